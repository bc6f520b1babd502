"""A runbook names an alert that ``_data/alerts.yml`` does not know.

Either the alert was renamed or removed in the monitoring, or there is a slip of the pen: whoever follows the link in the alert does not
come to this runbook. Nothing is said while there is no ``alerts.yml``.

To mend it, write the name exactly as the monitoring has it, or add the alert to ``_data/alerts.yml``.

Bad::

    alerts: [auth-servce-down]

Good::

    alerts: [auth-service-down]

Effect: the finding is reported; the page goes out, and ``/r/auth-servce-down/`` leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.place import key_place
from kbgen.strict.suggest import did_you_mean

CODE = "KB721"
NAME = "unknown-alert"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    known = [alert.id for alert in facts.data.alerts]
    if not known:
        return
    for article in facts.corpus.articles:
        if article.language != (article.meta.original or facts.settings.default_language):
            continue  # a translation has the alerts of its original
        for name in article.meta.alerts:
            if name not in known:
                hint = did_you_mean(name, known) or "add it to _data/alerts.yml, or write the name as the monitoring has it"
                yield Problem(CODE, key_place(article, "alerts", facts.settings), f"there is no alert '{name}'", hint)
