"""The search of each edition as it is about to be, for the rules that ask it. An index is made only when somebody asks.

The full search scores every page that holds any of the words and keeps how each score came about. Here one page's place is wanted, for
thousands of queries on one index: what queries share is kept, and of the other pages only those are scored that may come before it. Where
scores are so close that rounding could tell them apart, and where one may be too low for a result, the full search decides.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path

from kbgen.app.project import Gathered, Project
from kbgen.app.search import edition_prefix
from kbgen.audiences.data import site_data
from kbgen.model.plan import SitePlan
from kbgen.model.ports import Standing
from kbgen.model.settings import Settings
from kbgen.search import Reader, TermCache, build_index, open_index
from kbgen.search.layout import HALVES
from kbgen.search.query import Asked, understand
from kbgen.search.rank import FLOOR, answered, coverage, score
from kbgen.staging.searching import search_documents

Files = Callable[[SitePlan], Mapping[str, bytes]]
"""The files of an edition's index, by path under its ``search/``."""
TERMS = "terms.sqlite"
"""What was analysed before, in the work folder: builds and checks share it."""
_BEFORE = 3
_CLOSE = 1e-9
_MOST_KEPT = 3_000_000
_NOT_FOUND = Standing(0, ())


class Indexes:
    """The files of each edition's index, by path under its ``search/``, each made when it is first asked for."""

    def __init__(self, project: Project, gathered: Gathered, words: Mapping[str, Mapping[str, str]]) -> None:
        """``words``: the theme's by language."""
        self._gathered, self._words = gathered, words
        self._cache = TermCache(project.work / TERMS)
        self._made: set[str] = set()

    def __call__(self, plan: SitePlan) -> Mapping[str, bytes]:
        """The files of this edition's index."""
        self._made.add(plan.edition.key)
        language, settings, data = plan.edition.language, self._gathered.settings, self._gathered.data
        documents = search_documents(plan, settings, data, self._words.get(language, {}))
        return build_index(documents, language, site_data(data, settings, plan.edition.site).synonyms, self._cache)

    def remember(self) -> None:
        """Keep what was analysed for the next time; not where an edition was left out, whose terms would be forgotten."""
        if len(self._made) == len(self._gathered.projection.plans):
            self._cache.save()


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word of a query counts: in each document that answers it, and at most."""

    values: Mapping[int, float]
    most: float


@dataclass(slots=True)
class _Index:
    """An index being asked again and again.

    Attributes:
        reader: the index.
        addresses: of the documents, in their order.
        positions: address → place in that order.
        words: what queries share, by the answers to a word; forgotten when it grows too large.
        size: how many numbers are kept.
    """

    reader: Reader
    addresses: list[str]
    positions: dict[str, int]
    words: dict[tuple[tuple[tuple[str, ...], float], ...], _Word] = field(default_factory=dict)
    size: int = 0

    def word(self, one: Asked) -> _Word:
        """What a word counts: in each document its best answer."""
        key = tuple(one.answers.items())
        found = self.words.get(key)
        if found is None:
            values: dict[int, float] = {}
            for terms, boost in key:
                for position, scores in answered(self.reader, terms, boost, HALVES).items():
                    values[position] = max(values.get(position, 0.0), sum(scores))
            found = _Word(values, max(values.values(), default=0.0))
            self.size += len(values)
            if self.size > _MOST_KEPT:
                self.words.clear()
                self.size = len(values)
            self.words[key] = found
        return found


@dataclass(slots=True)
class EditionSearches:
    """See :class:`kbgen.model.ports.Searches`."""

    project: Project
    settings: Settings
    files: Files
    _indexes: dict[str, _Index | None] = field(default_factory=dict)
    _titles: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def standing(self, plan: SitePlan, query: str, address: str) -> Standing:
        """Where this query finds the page at this address in the edition."""
        index = self._index(plan)
        if index is None or address not in index.positions:
            return _NOT_FOUND
        asked = understand(index.reader, query).asked
        mine = index.positions[address]
        words = sorted(map(index.word, asked), key=lambda word: -word.most)
        place, before = _counted(words, mine) or _searched(index, asked, mine)
        return Standing(place, tuple(index.addresses[position] for position in before))

    def live_title(self, plan: SitePlan, address: str) -> str:
        """The title of the page in the site that stands built; ``""`` where there is none."""
        edition = plan.edition
        if edition.key not in self._titles:
            folder = self.project.sites / edition.site / edition_prefix(self.settings, edition.language)
            self._titles[edition.key] = _titles(folder / "search" / "index.json")
        return self._titles[edition.key].get(address, "")

    def _index(self, plan: SitePlan) -> _Index | None:
        key = plan.edition.key
        if key not in self._indexes:
            reader = open_index(self.files(plan).__getitem__)
            self._indexes[key] = None if reader is None else _opened(reader)
        return self._indexes[key]


def _opened(reader: Reader) -> _Index:
    addresses: list[str] = reader.directory["documents"]["address"]
    return _Index(reader, addresses, {address: position for position, address in enumerate(addresses)})


def _total(words: Sequence[_Word], position: int) -> float:
    """The score of a document: the sum of its words, times what the share of the words that it answers makes of it."""
    values = [word.values[position] for word in words if position in word.values]
    return sum(values) * coverage(len(values), len(words)) if words else 0.0


def _higher(words: Sequence[_Word], least: float) -> dict[int, float]:
    """The documents with a higher score than this. Once the words left cannot make it alone, only those found before are looked at."""
    totals: dict[int, float] = {}
    covered: dict[int, int] = {}
    left = sum(word.most for word in words)
    for number, word in enumerate(words):
        values = word.values
        if left * (len(words) - number) / len(words) > least:
            for position, value in values.items():
                totals[position] = totals.get(position, 0.0) + value
                covered[position] = covered.get(position, 0) + 1
        else:
            for position in totals:
                if position in values:
                    totals[position] += values[position]
                    covered[position] += 1
        left -= word.most
    scores = ((position, total * coverage(covered[position], len(words))) for position, total in totals.items())
    return {position: score for position, score in scores if score > least}


def _counted(words: Sequence[_Word], mine: int) -> tuple[int, list[int]] | None:
    """The place and the documents before it by the sums; None where those cannot tell."""
    own = _total(words, mine)
    higher = _higher(words, own * (1 - _CLOSE))
    higher.pop(mine, None)
    before = nsmallest(_BEFORE, higher, key=lambda position: (-higher[position], position))
    if not own:
        return 0, before
    if before and own < 2 * FLOOR * higher[before[0]]:
        return None  # perhaps too low for a result
    if any(score < own * (1 + _CLOSE) for score in higher.values()) or (before and higher[before[-1]] < 2 * FLOOR * higher[before[0]]):
        return None
    return len(higher) + 1, before


def _searched(index: _Index, asked: tuple[Asked, ...], mine: int) -> tuple[int, list[int]]:
    order = [scored.position for scored in score(index.reader, asked)]
    if mine not in order:
        return 0, order[:_BEFORE]
    place = order.index(mine)
    return place + 1, order[: min(_BEFORE, place)]


def _titles(path: Path) -> Mapping[str, str]:
    try:
        documents = json.loads(path.read_bytes())["documents"]
        return dict(zip(documents["address"], documents["title"], strict=True))
    except (OSError, ValueError, LookupError, TypeError):
        return {}  # nothing stands there, or something of another version: then nobody knows
