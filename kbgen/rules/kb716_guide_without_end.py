"""A question or an outcome of a guide cannot be reached, or a question leads to no end.

Whoever starts a guide must come to an outcome, whatever they answer on the way. A question without answers, or whose answers only go
round in circles, leaves them standing. A question or an outcome that no answer leads to is never seen: either an answer is missing, or
it is left over.

To mend it, add the answer, or take away what nothing leads to.

Bad::

    start: see
    questions:
      see: {ask: "What do you see?", answers: [{say: "An error", to: see}]}
    outcomes:
      done: {resolved: "All is well."}

Good::

    start: see
    questions:
      see: {ask: "What do you see?", answers: [{say: "My reports", to: done}, {say: "An error", to: write}]}
    outcomes:
      done: {resolved: "All is well."}
      write: {contact: "Write to us."}

Effect: the finding is reported; the page goes out, without what cannot be reached.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.content.guides import in_order
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.playbook import Guide
from kbgen.model.ports import Facts
from kbgen.rules.acting import place, playbooks

CODE = "KB716"
NAME = "guide-without-end"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for article in facts.corpus.articles:
        for playbook in playbooks(article):
            for guide in playbook.guides:
                yield from _check(guide)


def _check(guide: Guide) -> Iterator[Problem]:
    reached = {node.id for node in in_order(guide)}
    spots = {question.id: question.spot for question in guide.questions} | {outcome.id: outcome.spot for outcome in guide.outcomes}
    for name, spot in spots.items():
        if name not in reached:
            yield Problem(CODE, place(spot), f"no answer leads to '{name}'", "add an answer that does, or take it out")
    ends = _ending(guide)
    for question in guide.questions:
        if not question.answers:
            yield Problem(CODE, place(question.spot), f"the question '{question.id}' has no answers", "add them, or make it an outcome")
        elif question.id not in ends:
            message = f"from the question '{question.id}' no answer comes to an outcome"
            yield Problem(CODE, place(question.spot), message, "let one of its answers lead to an outcome, or to a question that does")


def _ending(guide: Guide) -> frozenset[str]:
    """What an outcome can be reached from."""
    into: dict[str, list[str]] = {}
    for question in guide.questions:
        for answer in question.answers:
            into.setdefault(answer.to, []).append(question.id)
    ends = {outcome.id for outcome in guide.outcomes}
    for name in (waiting := sorted(ends)):
        fresh = [source for source in dict.fromkeys(into.get(name, ())) if source not in ends]
        ends.update(fresh)
        waiting.extend(fresh)
    return frozenset(ends)
