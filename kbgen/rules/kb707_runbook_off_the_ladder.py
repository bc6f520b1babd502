"""A runbook says neither how bad its case is nor who takes it over.

Its facts card has nothing to show: no clock of the SLA, nobody to call. Whoever acts from it at night has to know both by heart. Nothing is
said while there is no ``escalation.yml``.

To mend it, write ``severity:`` into the front matter, and ``tier:`` and ``escalates_to:`` where the case leaves the common ladder.

Bad::

    type: runbook

Good::

    type: runbook
    severity: high
    escalates_to: duty

Effect: the finding is reported; the page goes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.place import key_place

CODE = "KB707"
NAME = "runbook-off-the-ladder"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    if not facts.data.tiers:
        return
    for article in facts.corpus.articles:
        meta = article.meta
        if article.language != (meta.original or facts.settings.default_language):
            continue  # a translation has all this from its original
        if meta.type == "runbook" and not (meta.severity or meta.tier or meta.escalates_to):
            message = "the runbook says neither how bad its case is nor who takes it over"
            yield Problem(CODE, key_place(article, "type", facts.settings), message, "add severity:, and escalates_to: where needed")
