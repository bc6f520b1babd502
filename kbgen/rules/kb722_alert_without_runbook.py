"""An alert of ``_data/alerts.yml`` has no runbook.

Whoever is woken by it finds nobody's experience: ``/r/<alert>/`` leads nowhere.

To mend it, write a runbook and name the alert in its front matter, or name it in the runbook that fits already; an alert that the
monitoring no longer has is taken off the list.

Bad::

    # _data/alerts.yml, and no article says  alerts: [report-queue-long]
    - id: report-queue-long

Good::

    # in the front matter of a runbook
    alerts: [report-queue-long]

Effect: the finding is reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB722"
NAME = "alert-without-runbook"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    claimed = {name for article in facts.corpus.articles for name in article.meta.alerts}
    for alert in facts.data.alerts:
        if alert.id not in claimed:
            place = facts.data.place("alerts.yml", alert.id)
            yield Problem(CODE, place, f"no runbook says what to do about the alert '{alert.id}'", "name it under alerts: in a runbook")
