"""Ranking: a lunr index made of nothing but the postings of a query's terms. It ranks as one over the whole edition would."""

# mypy: allow-untyped-calls
# (the library called here has no types)

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.token_set import TokenSet
from lunr.vector import Vector

from kbgen.search.layout import FIELDS, Json, unpack
from kbgen.search.query import Reader


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document that was found: its position in the directory's lists, its id, its score."""

    position: int
    id: int
    score: float


def inverse_frequency(documents: int, holding: int) -> float:
    """BM25's weight of a term by how few documents hold it, to 1/1024: logarithms differ in their last bit from machine to machine."""
    return math.floor(math.log(1 + (documents - holding + 0.5) / (holding + 0.5)) * 1024 + 0.5) / 1024


def rank(reader: Reader, wanted: Mapping[str, float]) -> list[Ranked]:
    """The documents that hold any of the wanted terms, best first; of equal ones the lower id first."""
    ids = list(accumulate(reader.directory["documents"]["id"]))
    position_of = {number: position for position, number in enumerate(ids)}
    inverted: dict[str, dict[str, Any]] = {}
    vectors: dict[str, Vector] = {}
    for index, term in enumerate(wanted):
        inverted[term] = {"_index": index, **{name: {} for name in FIELDS}}
        found = [(number, packed) for number, packed in _pairs(reader.posting(term) or []) if number in position_of]
        weight = inverse_frequency(len(ids), len(found))
        for number, packed in found:
            for name, score in _scores(reader.directory, position_of[number], packed, weight):
                inverted[term][name][str(number)] = {}
                vectors.setdefault(f"{name}/{number}", Vector([])).elements.extend((index, score))
    if not vectors:
        return []
    lunr_index = Index(inverted, vectors, TokenSet.from_list(sorted(inverted)), list(FIELDS), Pipeline())
    query = lunr_index.create_query()
    for term, boost in wanted.items():
        query.term(term, boost=boost, use_pipeline=False)
    ranked = [Ranked(position_of[int(hit["ref"])], int(hit["ref"]), hit["score"]) for hit in lunr_index.query(query)]
    return sorted(ranked, key=lambda one: (-one.score, one.id))


def _pairs(posting: list[int]) -> list[tuple[int, int]]:
    return list(zip(accumulate(posting[::2]), posting[1::2], strict=True))


def _scores(directory: Json, position: int, packed: int, weight: float) -> list[tuple[str, float]]:
    """BM25 of one term in one document, for each field that holds it. JavaScript does the same operations in the same order."""
    scores = []
    k1, b = directory["k1"], directory["b"]
    for field, count in enumerate(unpack(packed)):
        if count:
            length = directory["documents"]["lengths"][field][position] * 100 / max(1, directory["averages"][field])
            score = weight * ((k1 + 1) * count) / (k1 * (1 - b + b * length) + count)
            scores.append((FIELDS[field], score * directory["weights"][field]))
    return scores
