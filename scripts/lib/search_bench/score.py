"""Measures: how far up the answer stood, over the queries of a set."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_bench.shapes import Query

DEPTH = 10
"""Results that are looked at."""


@dataclass(frozen=True, slots=True)
class Score:
    """Measures of one engine on one set.

    Attributes:
        queries: how many queries.
        first: share of the queries whose answer stood first.
        three: share of those whose answer stood among the first three, which a reader looks at.
        five: share of those whose answer stood among the first five.
        rank: mean of 1 / place among the first ten, 0 where it was not there (MRR@10).
        nothing: share of the queries that found nothing at all.
    """

    queries: int
    first: float
    three: float
    five: float
    rank: float
    nothing: float


def score(queries: Sequence[Query], found: Sequence[Sequence[str]]) -> Score:
    """The measures of what was found for each query: addresses, best first."""
    places = [_place(query, addresses) for query, addresses in zip(queries, found, strict=True)]
    return Score(
        queries=len(queries),
        first=_share(place == 1 for place in places),
        three=_share(0 < place <= 3 for place in places),
        five=_share(0 < place <= 5 for place in places),
        rank=sum(1 / place for place in places if place) / max(1, len(places)),
        nothing=_share(not addresses for addresses in found),
    )


def mean(scores: Sequence[Score]) -> Score:
    """The mean over sets, each counting alike."""
    count = max(1, len(scores))
    return Score(
        queries=sum(each.queries for each in scores),
        first=sum(each.first for each in scores) / count,
        three=sum(each.three for each in scores) / count,
        five=sum(each.five for each in scores) / count,
        rank=sum(each.rank for each in scores) / count,
        nothing=sum(each.nothing for each in scores) / count,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed; 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _place(query: Query, addresses: Sequence[str]) -> int:
    """Place of the first answer, from 1; 0: not among the first ten."""
    return next((place for place, address in enumerate(addresses[:DEPTH], 1) if address in query.answers), 0)


def _share(true: Iterable[bool]) -> float:
    listed = list(true)
    return sum(listed) / max(1, len(listed))
