"""The terms of one document, counted by field: what building an index costs, and what is kept from one build to the next."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

from kbgen.model.search import SearchDocument
from kbgen.search.analyse import stop_words, words_of
from kbgen.search.layout import FIELDS

_VERSION = 1
"""Rises when the analyser gives other terms for the same text, or a row holds something else."""

Row = tuple[str, str, int, int, int, int]
"""A term, a spelling of it, and how often that spelling occurs in each field."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The terms of a document: the rows, sorted, and what follows from them."""

    rows: tuple[Row, ...]

    def counts(self) -> dict[str, list[int]]:
        """Term → how often it occurs in each field."""
        found: dict[str, list[int]] = {}
        for term, _, *counts in self.rows:
            known = found.get(term)
            found[term] = counts if known is None else [one + other for one, other in zip(known, counts, strict=True)]
        return found

    def lengths(self) -> tuple[int, ...]:
        """How many terms each field has."""
        return tuple(sum(row[2 + field] for row in self.rows) for field in range(len(FIELDS)))  # type: ignore[misc]


def fields_of(document: SearchDocument) -> tuple[str, ...]:
    """The text of each field."""
    return (
        document.title,
        "\n".join((*document.keywords, *document.questions)),
        "\n".join(section.heading for section in document.sections),
        "\n".join((document.summary, *(section.text for section in document.sections))),
    )


def key_of(document: SearchDocument) -> str:
    """What a document's terms depend on, as a digest: its texts, the stop words, this version."""
    value = json.dumps([_VERSION, sorted(stop_words()), fields_of(document)])
    return hashlib.sha256(value.encode("utf-8")).hexdigest()


def count(document: SearchDocument) -> Counted:
    """Analyse a document."""
    stop = stop_words()
    found: dict[tuple[str, str], list[int]] = {}
    for field, text in enumerate(fields_of(document)):
        counted = Counter((word.term, word.raw) for word in words_of(text, stop) if not word.stop)
        for pair, times in counted.items():
            found.setdefault(pair, [0] * len(FIELDS))[field] = times
    return Counted(tuple((term, raw, one, two, three, four) for (term, raw), (one, two, three, four) in sorted(found.items())))
