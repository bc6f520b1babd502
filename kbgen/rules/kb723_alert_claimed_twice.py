"""Two runbooks claim the same alert.

Whoever is woken by it at night has to choose first: ``/r/<alert>/`` shows both. Articles in several languages with one id count once.

To mend it, leave the alert to the runbook that is to be read first, and link the other one from there.

Bad::

    # in two runbooks
    alerts: [forwarding-errors]

Good::

    # in one of them
    alerts: [forwarding-errors]

Effect: the finding is reported; the alert's address shows a page to choose from.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.article import Article
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.place import key_place

CODE = "KB723"
NAME = "alert-claimed-twice"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    first: dict[str, Article] = {}
    for article in facts.corpus.articles:
        if article.language != (article.meta.original or facts.settings.default_language):
            continue  # a translation has the alerts of its original
        for name in article.meta.alerts:
            other = first.setdefault(name, article)
            if other.id != article.id:
                message = f"the alert '{name}' is claimed by {other.source.path}, too"
                hint = "leave it to one of them, and link the other one from there"
                yield Problem(CODE, key_place(article, "alerts", facts.settings), message, hint)
