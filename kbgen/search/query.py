"""From a query to clauses: which terms of the index to look up, and what each counts. ``search-engine.js`` is the same in the browser."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from kbgen.search.analyse import Word, normalise, words_of
from kbgen.search.layout import CORRECTABLE, VERSION, Json, shard_path, utf16
from kbgen.search.spelling import corrections, other_layout

MOST_TERMS = 24
"""Words of a query that count; a longer text pasted into the box is cut."""
MOST_COMPLETIONS = 16
MOST_COMPLETION_SHARDS = 3
"""Two letters may begin the words of half the index: no more than these are fetched for them."""
CODE, COMPLETED, ALSO_COMPLETED, CORRECTED = 2.0, 0.6, 0.15, 0.7
"""Boosts beside a plain word's 1: a whole code; a word begun; one begun that is also a word by itself; a misspelt one."""

Load = Callable[[str], bytes]
"""Reads a file of the index by its path under ``search/``."""


@dataclass(slots=True)
class Reader:
    """An index being read: only the files a query needs, each once."""

    load: Load
    directory: Json
    _shards: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def shard(self, first: str) -> dict[str, list[int]]:
        """The terms of a shard and their postings, sorted."""
        if first not in self._shards:
            self._shards[first] = dict(json.loads(self.load(shard_path(first))))
        return self._shards[first]

    def posting(self, term: str) -> list[int] | None:
        """The posting of a term, or None."""
        return self.shard(self._shards_from(term)[0]).get(term)

    def completions(self, begun: str) -> list[str]:
        """The terms that begin so, those in most documents first."""
        shards: list[str] = self._shards_from(begun)
        near = [shards[0], *(first for first in shards[1:] if first.startswith(begun))][:MOST_COMPLETION_SHARDS]
        found = [(len(posting), term) for first in near for term, posting in self.shard(first).items() if term.startswith(begun)]
        return [term for _, term in sorted(found, key=lambda one: -one[0])][:MOST_COMPLETIONS]

    def words(self) -> list[str]:
        """The words that a misspelt one may have meant."""
        shards: list[str] = self.directory["shards"]
        if len(shards) == 1:
            return [term for term in self.shard(shards[0]) if CORRECTABLE.fullmatch(term)]
        words: list[str] = json.loads(self.load("words.json"))
        return words

    def _shards_from(self, term: str) -> list[str]:
        shards: list[str] = self.directory["shards"]
        return shards[bisect_right(shards, utf16(term), key=utf16) - 1 :]


def open_index(load: Load) -> Reader | None:
    """The index behind ``load``; None where another version wrote it."""
    directory = json.loads(load("index.json"))
    return Reader(load, directory) if directory["version"] == VERSION else None


@dataclass(slots=True)
class _Lookup:
    """What the index knows of one spelling of a query.

    Attributes:
        found: clauses for the words it knows.
        missing: the terms of those it doesn't.
        sure: how many words of letters it knows; numbers say nothing about the layout.
        words: how many words of letters there are.
    """

    found: dict[str, float] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    sure: int = 0
    words: int = 0


def clauses(reader: Reader, query: str) -> dict[str, float]:
    """Terms of the index to look up → boost, in the order of the query.

    Where the index knows less than half of the words, the same keys on the other layout are tried, and win if it knows more of those.
    Then unknown words are corrected; only where nothing at all is found, those of the other layout too.
    """
    first = _look_up(reader, query)
    if first.found and 2 * first.sure >= first.words:
        return _corrected(reader, first)
    second = _look_up(reader, other_layout(query))
    if second.sure > first.sure or (second.found and not first.found):
        first, second = second, first
    return _corrected(reader, first) or _corrected(reader, second)


def _look_up(reader: Reader, query: str) -> _Lookup:
    words = words_of(query, frozenset(reader.directory["stop"]))
    telling = [word for word in words if not word.stop][:MOST_TERMS]
    begun = _begun(query, words, telling)
    lookup = _Lookup()
    for word in telling:
        known = reader.posting(word.term) is not None
        if known:
            _raise(lookup.found, word.term, CODE if word.code else 1.0)
        completed = _complete(reader, lookup.found, word, known=known, begun=begun)
        if not known and not completed:
            lookup.missing.append(word.term)
        if CORRECTABLE.fullmatch(word.raw):
            lookup.words += 1
            lookup.sure += known or completed
    if not telling:
        for word in begun:
            _complete(reader, lookup.found, word, known=False, begun=begun)
    return lookup


def _begun(query: str, words: list[Word], telling: list[Word]) -> list[Word]:
    """The word being typed: the last one, unless something follows it. A code comes with its last part.

    A stop word is taken for a beginning (``на`` for ``настройка``) only where there is no other word.
    """
    if not words or not normalise(query).endswith(words[-1].raw):
        return []
    last = words[-1]
    if last.stop and telling:
        return []
    return [word for word in words if word.chunk == last.chunk and (word.code or word is last)]


def _complete(reader: Reader, found: dict[str, float], word: Word, *, known: bool, begun: list[Word]) -> bool:
    """Adds clauses for the words that begin like this one, if it is being typed; says whether there are any."""
    if not any(word is other for other in begun) or len(word.raw) < 2:
        return False
    completed = [term for term in reader.completions(word.raw) if term != word.term]
    for term in completed:
        _raise(found, term, ALSO_COMPLETED if known else COMPLETED)
    return bool(completed)


def _corrected(reader: Reader, lookup: _Lookup) -> dict[str, float]:
    """The clauses, with those for what the unknown words may have meant."""
    correctable = [term for term in lookup.missing if CORRECTABLE.fullmatch(term)]
    known = reader.words() if correctable else []
    for term in correctable:
        for word in corrections(term, known):
            _raise(lookup.found, word, CORRECTED)
    return lookup.found


def _raise(found: dict[str, float], term: str, boost: float) -> None:
    found[term] = max(found.get(term, 0.0), boost)
