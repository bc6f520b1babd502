"""An alert of ``_data/alerts.yml`` has no runbook.

Whoever is woken by it finds nobody's experience: ``/r/<alert>/`` leads nowhere. An article for the widest audience is no runbook: what it
says is for customers.

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

from kbgen.model.article import Article
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB722"
NAME = "alert-without-runbook"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    claimed: dict[str, list[Article]] = {}
    for article in facts.corpus.articles:
        for name in article.meta.alerts:
            claimed.setdefault(name, []).append(article)
    for alert in facts.data.alerts:
        articles = claimed.get(alert.id, [])
        widest = facts.settings.audiences[0]
        if all(article.meta.audience == widest for article in articles):
            others = f"; {articles[0].source.path} names it, but is for the audience {widest}" if articles else ""
            message = f"no runbook says what to do about the alert '{alert.id}'{others}"
            # A file that cannot be read may be the runbook; whoever writes a second one makes two of them.
            first = "mend the files that cannot be read first, one may name it; then " if facts.corpus.unreadable else ""
            yield Problem(CODE, facts.data.place("alerts.yml", alert.id), message, first + "name it under alerts: in a runbook")
