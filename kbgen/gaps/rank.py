"""Ranks what was looked for in vain, by language and by what the words mean, not how they were typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kbgen.gaps.mask import masked
from kbgen.gaps.read import Event

MOST_GROUPS = 200_000
"""Different queries that are kept apart; more of them are counted together, or a log could fill the memory."""
_MOST_SPELLINGS = 50

Analyse = Callable[[str], list[str]]
"""From a text to terms that inflected forms share."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something readers looked for, most of them in vain.

    Attributes:
        language: language code, ``""`` where the log said none.
        query: its commonest spelling, masked.
        spellings: how many ways it was typed in.
        searches: how often it was looked for.
        nothing: how often nothing was found.
        unclicked: how often something was shown, and nobody followed it.
    """

    language: str
    query: str
    spellings: int
    searches: int
    nothing: int
    unclicked: int

    @property
    def missed(self) -> int:
        """How many searches led nowhere."""
        return self.nothing + self.unclicked

    @property
    def nothing_share(self) -> float:
        """The share of searches that found nothing, 0 to 1."""
        return self.nothing / self.searches if self.searches else 0.0


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps, the widest first, and how much was looked at.

    Attributes:
        gaps: every query that led nowhere at least once.
        searches: searches of all queries.
        missed: those of them that led nowhere.
        uncounted: events that were left out because there were more different queries than MOST_GROUPS.
    """

    gaps: tuple[Gap, ...]
    searches: int
    missed: int
    uncounted: int


@dataclass(slots=True)
class _Group:
    shown: int = 0
    nothing: int = 0
    followed: int = 0
    spellings: Counter[str] = field(default_factory=Counter)


def find_gaps(events: Iterable[Event], analyse: Analyse) -> Gaps:
    """What was looked for in vain.

    The search box tells of a search when its list stands still and once more when a result is followed; both are one search. So the
    searches of a query are its lists or its clicks, whichever are more, and unclicked are the lists that no click can belong to.
    """
    groups: dict[tuple[str, tuple[str, ...]], _Group] = {}
    uncounted = 0
    for event in events:
        query = masked(event.query)
        if not query:
            continue
        key = (event.language, tuple(sorted(set(analyse(query)))) or (query.casefold(),))
        group = groups.get(key)
        if group is None:
            if len(groups) >= MOST_GROUPS:
                uncounted += 1
                continue
            group = groups[key] = _Group()
        if query in group.spellings or len(group.spellings) < _MOST_SPELLINGS:
            group.spellings[query] += 1
        if event.rank:
            group.followed += 1
        elif event.nothing:
            group.nothing += 1
        else:
            group.shown += 1
    counted = [_gap(language, group) for (language, _), group in groups.items()]
    gaps = sorted((gap for gap in counted if gap.missed), key=lambda gap: (-gap.missed, -gap.searches, gap.language, gap.query))
    return Gaps(tuple(gaps), sum(gap.searches for gap in counted), sum(gap.missed for gap in counted), uncounted)


def _gap(language: str, group: _Group) -> Gap:
    commonest = min(group.spellings, key=lambda spelling: (-group.spellings[spelling], spelling))
    unclicked = max(0, group.shown - group.followed)
    searches = group.nothing + max(group.shown, group.followed)
    return Gap(language, commonest, len(group.spellings), searches, group.nothing, unclicked)
