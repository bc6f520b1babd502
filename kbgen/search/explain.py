"""Why a document stands where it stands: the parts of its score."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kbgen.search.find import ranked
from kbgen.search.layout import FIELDS
from kbgen.search.rank import Ranked
from kbgen.search.reader import Load, Reader, open_index


@dataclass(frozen=True, slots=True)
class Part:
    """What one word of the query adds to a score in one field.

    Attributes:
        word: the word as typed.
        terms: what answers it in this document: its own term, or another one (begun, related, a synonym, corrected).
        boost: what such an answer counts, beside 1 for the word's own term.
        field: title, keywords, headings or body.
        score: the part of the score.
    """

    word: str
    terms: tuple[str, ...]
    boost: float
    field: str
    score: float


@dataclass(frozen=True, slots=True)
class Explained:
    """A hit and the parts of its score, which is their sum. ``covered`` of the query's words are in it."""

    address: str
    title: str
    score: float
    covered: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The hits of a query with the parts of their scores; ``shown_as``: what the query was taken for, if not for what was typed."""

    shown_as: str
    hits: tuple[Explained, ...]


def explain(load: Load, query: str, limit: int = 10, *, exact: bool = False) -> Explanation:
    """Search as :func:`kbgen.search.search` does, and tell the parts of the scores."""
    reader = open_index(load)
    if reader is None:
        return Explanation("", ())
    understood, hits = ranked(reader, query, limit, exact=exact)
    answers = [(one.word.raw, one.answers) for one in understood.asked]
    words = sum(one.counts for one in understood.asked)
    return Explanation(understood.shown_as, tuple(_explained(reader, one, answers, words) for one in hits))


def _explained(reader: Reader, one: Ranked, answers: list[tuple[str, dict[tuple[str, ...], float]]], words: int) -> Explained:
    documents = reader.directory["documents"]
    # lunr divides by the length of the query's vector.
    factor = one.scored.factor / math.sqrt(max(1, len(answers)))
    parts = [
        Part(answers[number][0], terms, answers[number][1][terms], FIELDS[at], value * factor)
        for number, (terms, scores) in sorted(one.scored.answers.items())
        for at, value in enumerate(scores)
        if value
    ]
    parts.sort(key=lambda part: -part.score)
    return Explained(
        documents["address"][one.position], documents["title"][one.position], one.score, f"{one.scored.covered}/{words}", tuple(parts)
    )
