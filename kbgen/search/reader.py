"""Reads an index: only the files that a query needs, each once. ``search-engine-read.js`` is the same in the browser."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from kbgen.search.analyse import Word, normalise, words_of
from kbgen.search.layout import HALVES, VERSION, Half, Json, shard_path, text_path, utf16, words_path
from kbgen.search.spelling import Known

MOST_SHARDS = 3
"""Two letters may begin the words of half the index: no more shards than these are fetched for them."""

_PART = re.compile(r"[^\W_]+")

Load = Callable[[str], bytes]
"""Reads a file of the index by its path under ``search/``."""


class Synonyms(NamedTuple):
    """From any of these phrases to any of those: a phrase as the terms of its words, stop words included, beside those without."""

    from_: tuple[tuple[str, ...], ...]
    to: tuple[tuple[str, ...], ...]


class Reader:
    """An index being read."""

    def __init__(self, load: Load, directory: Json) -> None:
        """``load``: reads a file; ``directory``: what ``index.json`` holds."""
        self.load = load
        self.directory = directory
        self.stop = frozenset(directory["stop"])
        self.ids: list[int] = list(accumulate(directory["documents"]["id"]))
        self.position_of = {number: position for position, number in enumerate(self.ids)}
        self.synonyms = [self._synonyms(listed) for listed in directory["synonyms"]]
        self._titles: list[str] = []
        self._begun: dict[int, str] = {}
        self._shards: dict[str, dict[str, list[int]]] = {}
        self._words: dict[str, list[Known]] = {}

    def titles(self) -> list[str]:
        """The words of each title, normalised, between spaces; made once, for they are looked through at every letter typed."""
        if not self._titles:
            self._titles = [f" {' '.join(_PART.findall(normalise(title)))} " for title in self.directory["documents"]["title"]]
        return self._titles

    def begins(self, position: int) -> str:
        """A title as :func:`beginning_of` writes it; made once."""
        if position not in self._begun:
            self._begun[position] = beginning_of(words_of(self.titles()[position], self.stop))
        return self._begun[position]

    def posting(self, half: Half, term: str) -> list[int]:
        """The posting of a term in one half, empty where there is none."""
        return self._shard(half, self._from(half, term)[0]).get(term, [])

    def knows(self, term: str, halves: Sequence[Half] = HALVES) -> bool:
        """Whether the index holds this term."""
        return any(self.posting(half, term) for half in halves)

    def beginning(self, begun: str, halves: Sequence[Half] = HALVES) -> list[str]:
        """The terms that begin so, those in most documents first."""
        found: dict[str, int] = {}
        for half in halves:
            shards = self._from(half, begun)
            near = [shards[0], *(first for first in shards[1:] if first.startswith(begun))][:MOST_SHARDS]
            for first in near:
                for term, posting in self._shard(half, first).items():
                    if term.startswith(begun):
                        found[term] = found.get(term, 0) + len(posting)
        return sorted(found, key=lambda term: (-found[term], utf16(term)))

    def words(self, letter: str) -> list[Known]:
        """The words with this first letter that a misspelt one may have meant; all of them where they stand in one file."""
        letters: list[str] = self.directory["letters"]
        name = "" if "" in letters else letter
        if name not in letters:
            return []
        if name not in self._words:
            listed = json.loads(self.load(words_path(name)))
            known = zip(listed["terms"], listed["forms"], listed["common"], strict=True)
            self._words[name] = [Known(term, _spelt(term, form), int(common)) for term, form, common in known]
        return self._words[name]

    def texts(self, document_id: int) -> Json:
        """The sections of a document."""
        return json.loads(self.load(text_path(document_id)))

    def _from(self, half: Half, term: str) -> list[str]:
        """The first terms of the shard that would hold this term and of all after it."""
        shards: list[str] = self.directory["shards"][half.folder]
        return shards[bisect_right(shards, utf16(term), key=utf16) - 1 :]

    def _shard(self, half: Half, first: str) -> dict[str, list[int]]:
        path = shard_path(half, first)
        if path not in self._shards:
            self._shards[path] = dict(json.loads(self.load(path)))
        return self._shards[path]

    def _synonyms(self, listed: list[list[str]]) -> Synonyms:
        def phrases(texts: list[str], *, stop: bool) -> tuple[tuple[str, ...], ...]:
            words = ([word for word in words_of(text, self.stop) if not word.code] for text in texts)
            return tuple(tuple(word.term for word in of_text if stop or not word.stop) for of_text in words)

        return Synonyms(phrases(listed[0], stop=True), phrases(listed[-1], stop=False))


def beginning_of(words: Sequence[Word]) -> str:
    """Words as they are compared with the beginnings of titles: their terms, without words of one or two letters (``is``, ``'s``)."""
    return "".join(f"{word.term} " for word in words if not word.code and len(word.raw) > 2)


def _spelt(term: str, form: str) -> str:
    return term[: len(term) - int(form[0])] + form[1:] if form else term


def open_index(load: Load) -> Reader | None:
    """The index behind ``load``; None where another version wrote it."""
    directory = json.loads(load("index.json"))
    return Reader(load, directory) if directory["version"] == VERSION else None
