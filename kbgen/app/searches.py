"""The search of each edition as it is about to be, for the rules that ask it. An index is made only when somebody asks.

The full search scores every page that holds any of the words and keeps how each score came about. Here one page's place is wanted, for
thousands of queries on one index: what queries share is kept, and of the other pages only those are scored that may come before it. Where
scores are so close that rounding could tell them apart, and where one may be too low for a result, the full search decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from kbgen.app.project import Gathered, Project
from kbgen.app.search import edition_prefix
from kbgen.audiences.data import site_data
from kbgen.model.plan import SitePlan
from kbgen.model.ports import Standing
from kbgen.model.settings import Settings
from kbgen.search import Reader, TermCache, build_index, open_index
from kbgen.search.find import results_of
from kbgen.search.layout import HALVES
from kbgen.search.query import Asked, Understood, understand
from kbgen.search.rank import FLOOR, answered, bonuses, coverage
from kbgen.staging.searching import search_documents

Files = Callable[[SitePlan], Mapping[str, bytes]]
"""The files of an edition's index, by path under its ``search/``."""
TERMS = "terms.sqlite"
"""What was analysed before, in the work folder: builds and checks share it."""
_BEFORE = 3
_CLOSE = 1e-9
_MOST_KEPT = 3_000_000
_NOT_FOUND = Standing(0, ())
_UNREADABLE = (OSError, ValueError, LookupError, TypeError)
"""What reading a file that is not there or not ours raises."""


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
    _built: dict[str, _Index | None] = field(default_factory=dict)

    def standing(self, plan: SitePlan, query: str, address: str) -> Standing:
        """Where this query finds the page at this address in the edition."""
        return _standing(self._index(plan), query, address)

    def live_title(self, plan: SitePlan, address: str) -> str:
        """The title of the page in the site that stands built; ``""`` where there is none."""
        index = self._live(plan)
        if index is None or address not in index.positions:
            return ""
        title: str = index.reader.directory["documents"]["title"][index.positions[address]]
        return title

    def live_standing(self, plan: SitePlan, query: str, address: str) -> Standing:
        """Where this query finds the page in the site that stands built; nowhere where there is none."""
        try:
            return _standing(self._live(plan), query, address)
        except _UNREADABLE:
            return _NOT_FOUND

    def _live(self, plan: SitePlan) -> _Index | None:
        """The index in the built site; None where nothing stands there, or something of another version: then nobody knows."""
        edition = plan.edition
        if edition.key not in self._built:
            folder = self.project.sites / edition.site / edition_prefix(self.settings, edition.language) / "search"
            try:
                reader = open_index(lambda path: (folder / path).read_bytes())
                self._built[edition.key] = None if reader is None else _opened(reader)
            except _UNREADABLE:
                self._built[edition.key] = None
        return self._built[edition.key]

    def _index(self, plan: SitePlan) -> _Index | None:
        key = plan.edition.key
        if key not in self._indexes:
            reader = open_index(self.files(plan).__getitem__)
            self._indexes[key] = None if reader is None else _opened(reader)
        return self._indexes[key]


def _opened(reader: Reader) -> _Index:
    documents = reader.directory["documents"]
    addresses: list[str] = documents["address"]
    if not len(addresses) == len(documents["title"]) == len(reader.ids):
        raise ValueError("the lists of documents are not of one length")
    return _Index(reader, addresses, {address: position for position, address in enumerate(addresses)})


def _standing(index: _Index | None, query: str, address: str) -> Standing:
    if index is None or address not in index.positions:
        return _NOT_FOUND
    understood = understand(index.reader, query)
    mine = index.positions[address]
    place, before = _counted(_Query.of(index, understood), mine) or _searched(index, understood, query, mine)
    return Standing(place, tuple(index.addresses[position] for position in before))


@dataclass(frozen=True, slots=True)
class _Query:
    """The words of a query, those that count most first; which of them a document has to answer; the bonuses of documents."""

    words: Sequence[tuple[_Word, bool]]
    counting: int
    bonuses: Mapping[int, float]

    @classmethod
    def of(cls, index: _Index, understood: Understood) -> _Query:
        words = sorted(((index.word(one), one.counts) for one in understood.asked), key=lambda word: -word[0].most)
        return cls(words, sum(counts for _, counts in words), bonuses(index.reader, understood))

    def score(self, position: int) -> float:
        """The score of a document: the sum of its words, times what the words that it answers and its bonus make of it."""
        here = [(word.values[position], counts) for word, counts in self.words if position in word.values]
        return self._made(position, sum(value for value, _ in here), sum(counts for _, counts in here))

    def higher(self, least: float) -> dict[int, float]:
        """The documents with a higher score than this. Once the words left cannot make it alone, only those found before are looked at.

        Those with a bonus are few: they are looked at one by one.
        """
        totals: dict[int, float] = {}
        covered: dict[int, int] = {}
        left, counting = sum(word.most for word, _ in self.words), self.counting
        for word, counts in self.words:
            values = word.values
            if left * counting > least * self.counting:
                for position, value in values.items():
                    totals[position] = totals.get(position, 0.0) + value
                    covered[position] = covered.get(position, 0) + counts
            else:
                for position in totals:
                    if position in values:
                        totals[position] += values[position]
                        covered[position] += counts
            left -= word.most
            counting -= counts
        scores = {position: self._made(position, total, covered[position]) for position, total in totals.items()}
        scores |= {position: self.score(position) for position in self.bonuses}
        return {position: score for position, score in scores.items() if score > least}

    def _made(self, position: int, total: float, covered: int) -> float:
        return total * coverage(covered, self.counting) * self.bonuses.get(position, 1.0) if covered else 0.0


def _counted(query: _Query, mine: int) -> tuple[int, list[int]] | None:
    """The place and the documents before it by the sums; None where those cannot tell."""
    if not query.counting:
        return None  # nothing but stop words: other things decide
    own = query.score(mine)
    higher = query.higher(own * (1 - _CLOSE))
    higher.pop(mine, None)
    before = nsmallest(_BEFORE, higher, key=lambda position: (-higher[position], position))
    low = 2 * FLOOR * higher[before[0]] if before else 0.0
    if (before and higher[before[-1]] < low) or 0 < own < low:
        return None  # perhaps too low for a result
    if not own:
        return 0, before
    return None if any(score < own * (1 + _CLOSE) for score in higher.values()) else (len(higher) + 1, before)


def _searched(index: _Index, understood: Understood, query: str, mine: int) -> tuple[int, list[int]]:
    order = [scored.position for scored in results_of(index.reader, understood, query)]
    if mine not in order:
        return 0, order[:_BEFORE]
    place = order.index(mine)
    return place + 1, order[: min(_BEFORE, place)]
