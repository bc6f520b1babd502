"""A tier of the escalation ladder has no way out.

Who cannot solve a case has to know who takes it over. In ``content/_data/escalation.yml`` a tier names neither a ``next`` tier nor what
happens where the ladder ends (``exit``), or tiers hand a case round in a circle, perhaps for one kind of case only.

To mend it, write ``next:`` for the tier that takes over, or ``exit:`` for the end of the ladder.

Bad::

    - id: line-2
      level: 2
      name: {en: Line 2}
      teams: [second-line]
      keeps: {high: 1h}

Good::

    - id: line-2
      level: 2
      name: {en: Line 2}
      teams: [second-line]
      keeps: {high: 1h}
      next: line-3

Effect: the finding is reported; the sites are built, and the ladder ends there.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.escalation.ladder import by_id, next_tier
from kbgen.model.data import Data
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.support import KINDS, Tier

CODE = "KB701"
NAME = "tier-without-exit"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT
_FILE = "escalation.yml"
_SHOWN = 20  # tiers of a circle that the message names


def check(facts: Facts) -> Iterator[Problem]:
    data = facts.data
    for tier in data.tiers:
        # A tier that wrote a name which is no tier's has lost it, and that is told already.
        if not tier.next and not any(tier.exit.values()) and f"{_FILE}/{tier.id}/next" not in data.places:
            hint = "write 'next: …' for the tier that takes over, or 'exit: {…}' for what happens where the ladder ends"
            yield Problem(CODE, data.place(_FILE, tier.id), f"the tier '{tier.id}' does not say who takes a case over", hint)
    told: set[frozenset[str]] = set()
    for kind in KINDS:
        for circle in _circles(data, kind):
            if frozenset(circle) not in told:
                told.add(frozenset(circle))
                yield _round(data, circle, kind)


def _circles(data: Data, kind: str) -> Iterator[list[str]]:
    """The circles that a case of this kind may go round in, each from its first tier in the file. Every tier is passed once."""
    tiers = by_id(data)
    order = {name: position for position, name in enumerate(tier.id for tier in data.tiers)}
    done: set[str] = set()
    found: list[list[str]] = []
    for start in data.tiers:
        passed: dict[str, None] = {}
        tier: Tier | None = start
        while tier is not None and tier.id not in passed and tier.id not in done:
            passed[tier.id] = None
            tier = next_tier(tiers, tier, kind)
        if tier is not None and tier.id in passed:
            names = list(passed)
            circle = names[names.index(tier.id) :]
            first = circle.index(min(circle, key=order.__getitem__))
            found.append([*circle[first:], *circle[:first]])
        done |= passed.keys()
    yield from sorted(found, key=lambda circle: order[circle[0]])


def _round(data: Data, circle: list[str], kind: str) -> Problem:
    shown = circle if len(circle) <= _SHOWN else [*circle[: _SHOWN - 1], "…"]
    ways = " → ".join([*shown, circle[0]])
    which = "" if kind == "question" else f" (kind: {kind})"
    hint = "let one of them hand over to another tier, or end the ladder there with 'exit: {…}' and no 'next'"
    return Problem(CODE, data.place(_FILE, circle[0], "next"), f"the ladder goes round in a circle: {ways}{which}", hint)
