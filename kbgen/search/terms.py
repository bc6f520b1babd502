"""The terms of one document, counted by field: what building an index costs, and what is kept from one build to the next."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kbgen.model.search import SearchDocument
from kbgen.search.analyse import Word, stop_words, words_of
from kbgen.search.layout import FIELDS, WHOLE, whole_term

_VERSION = 2
"""Rises when the analyser gives other terms for the same text, or a row holds something else."""

_KEYWORDS = FIELDS.index("keywords")

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
        words = [row for row in self.rows if not row[0].startswith(WHOLE)]
        return tuple(sum(row[2 + field] for row in words) for field in range(len(FIELDS)))  # type: ignore[misc]


def fields_of(document: SearchDocument) -> tuple[str, ...]:
    """The text of each field."""
    return (
        document.title,
        "\n".join((*document.keywords, *document.questions)),
        "\n".join(section.heading for section in document.sections),
        "\n".join((document.summary, *(section.text for section in document.sections))),
    )


def whole(words: Sequence[Word]) -> str:
    """The term that stands for these words being a title, a keyword or a question as a whole; empty where they say nothing.

    Stop words and a code beside its parts don't count; a code alone is a whole already.
    """
    terms = [word.term for word in words if not word.stop and not word.code]
    alone = len({word.chunk for word in words}) == 1 and any(word.code for word in words)
    return whole_term(terms) if terms and not alone else ""


def key_of(document: SearchDocument) -> str:
    """What a document's terms depend on, as a digest: its texts, the stop words, this version."""
    value = json.dumps([_VERSION, sorted(stop_words()), fields_of(document), document.codes])
    return hashlib.sha256(value.encode("utf-8")).hexdigest()


def count(document: SearchDocument) -> Counted:
    """Analyse a document."""
    stop = stop_words()
    found: dict[tuple[str, str], list[int]] = {}
    phrases = ((document.title,), (*document.keywords, *document.questions))
    for field, texts in enumerate((*phrases, *((text,) for text in fields_of(document)[len(phrases) :]))):
        of_texts = [words_of(text, stop) for text in texts]
        counted = Counter((word.term, word.raw) for words in of_texts for word in words if not word.stop)
        if field < len(phrases):
            counted.update(dict.fromkeys(((term, "") for term in map(whole, of_texts) if term), 1))
        for pair, times in counted.items():
            found.setdefault(pair, [0] * len(FIELDS))[field] = times
    for code in document.codes:
        words = words_of(code, stop)
        # Not the parts of a code: every id begins alike.
        for word in [word for word in words if word.code] or [word for word in words if not word.stop]:
            found.setdefault((word.term, word.raw), [0] * len(FIELDS))[_KEYWORDS] = 1
    return Counted(tuple((term, raw, one, two, three, four) for (term, raw), (one, two, three, four) in sorted(found.items())))
