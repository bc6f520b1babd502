"""Ranking: BM25 for each word of a query, the documents that answer more of the words first, and lunr for the order.

For one word, a document's score is that of its best answer (a term, a beginning, a synonym, …): the sum over the fields that hold it of

    boost · weight of the field · idf · count · (K1 + 1) / (K1 · (1 - B + B · length / average length) + count)

with idf = ln(1 + (N - n + 0.5) / (n + 0.5)), n being the documents whose title, keywords or questions hold the term for the first two
fields, and those whose headings, summary or text hold it for the other two. A phrase counts the mean of its terms, where the document
holds all of them. The sums of all words are multiplied by the share of the words that the document answers, by its cube where there are
no more than :data:`SHORT` words: a document with all three words comes before one that repeats two of them. Negations add to the sum and
don't count among the words. Whose title, or one of whose keywords or questions, is the query as a whole, counts :data:`WHOLE_TITLE` or
:data:`WHOLE_KEYWORD` times as much (:data:`SINGLE_KEYWORD` where it is one word); whose title begins with the whole query, stop words
too, :data:`BEGUN_TITLE` times. Documents below :data:`FLOOR` of the best score are no results.

A ``lunr.Index`` of the best documents, with a term for each word and these numbers as its vectors, gives order and scores.
``search-engine-rank.js`` does the same operations in the same order.
"""

# mypy: allow-untyped-calls
# (the library called here has no types)

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.token_set import TokenSet
from lunr.vector import Vector

from kbgen.search.layout import FIELDS, HALVES, Half, length_of, unpack
from kbgen.search.query import Asked, Terms, Understood
from kbgen.search.reader import Reader

FLOOR = 0.01
"""The part of the best score that a document has to reach: one that shares but a common word with the query is no result."""
SHORT = 3
"""Words of a query in which every word counts."""
WHOLE_TITLE, BEGUN_TITLE, WHOLE_KEYWORD, SINGLE_KEYWORD = 4.0, 3.0, 2.0, 1.4
MOST = 200
"""Documents that are put in order, unless more are asked for."""

Scores = list[float]
"""A score per field, in the order of FIELDS."""


@dataclass(slots=True)
class Scored:
    """A document while it is scored: for each word of the query the best answer and its score per field.

    ``covered``: how many words it answers, negations left out. ``factor``: what the sum of all words is multiplied by.
    """

    position: int
    answers: dict[int, tuple[Terms, Scores]] = field(default_factory=dict)
    covered: int = 0
    factor: float = 0.0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document that was found: its position in the directory's lists, its id, its score; and how that came about."""

    position: int
    id: int
    score: float
    scored: Scored


def inverse_frequency(documents: int, holding: int) -> float:
    """BM25's weight of a term by how few documents hold it, to 1/1024: logarithms differ in their last bit from machine to machine."""
    return max(1, math.floor(math.log(1 + (documents - holding + 0.5) / (holding + 0.5)) * 1024 + 0.5)) / 1024


def score(reader: Reader, understood: Understood, halves: Sequence[Half] = HALVES) -> list[Scored]:
    """All results: the documents that answer any of the words well enough, best first; of equal ones the lower id first."""
    asked, bonus = understood.asked, bonuses(reader, understood)
    found: dict[int, Scored] = {}
    for number, one in enumerate(asked):
        for terms, boost in one.answers.items():
            for position, scores in answered(reader, terms, boost, halves).items():
                scored = found.setdefault(position, Scored(position))
                known = scored.answers.get(number)
                if known is None:
                    scored.covered += one.counts
                if known is None or _sum(scores) > _sum(known[1]):
                    scored.answers[number] = (terms, scores)
    words = sum(one.counts for one in asked)
    for scored in found.values():
        total = 0.0
        for number in range(len(asked)):
            if number in scored.answers:
                total += _sum(scored.answers[number][1])
        scored.factor = coverage(scored.covered, words) * bonus.get(scored.position, 1.0)
        scored.score = total * scored.factor
    best = max((scored.score for scored in found.values()), default=0.0)
    most = max((scored.covered for scored in found.values()), default=0)
    results = [one for one in found.values() if one.covered and (one.covered == most or one.score >= best * FLOOR)]
    return sorted(results, key=lambda scored: (-scored.score, scored.position))


def bonuses(reader: Reader, understood: Understood) -> dict[int, float]:
    """Position → by how much the score of a document rises for being called, or asked, just what the query says."""
    found: dict[int, float] = {}
    begun = understood.begun
    letters = f" {begun[:3]}"
    for position, title in enumerate(reader.titles() if begun else ()):
        if letters in title and reader.begins(position).startswith(begun):
            found[position] = BEGUN_TITLE
    posting = reader.posting(HALVES[0], understood.whole) if understood.whole else []
    keyword = WHOLE_KEYWORD if begun else SINGLE_KEYWORD
    number = 0
    for at in range(0, len(posting), 2):
        number += posting[at]
        if number in reader.position_of:
            in_title = unpack(posting[at + 1], HALVES[0].caps)[0] > 0
            position = reader.position_of[number]
            found[position] = max(found.get(position, 1.0), WHOLE_TITLE if in_title else keyword)
    return found


def rank(reader: Reader, asked: Sequence[Asked], results: Sequence[Scored], limit: int = MOST) -> list[Ranked]:
    """The first results as lunr puts them in order."""
    best = results[: max(limit, MOST)]
    if not best:
        return []
    if not asked:  # titles with nothing but stop words
        return [Ranked(scored.position, reader.ids[scored.position], 0.0, scored) for scored in best]
    names = [f"word{number:02d}" for number in range(len(asked))]
    inverted: dict[str, dict[str, Any]] = {name: {"_index": at, **{f: {} for f in FIELDS}} for at, name in enumerate(names)}
    vectors: dict[str, Vector] = {}
    for scored in best:
        for number, name in enumerate(names):
            scores = scored.answers[number][1] if number in scored.answers else []
            for of_field, value in zip(FIELDS, scores, strict=False):
                if value:
                    inverted[name][of_field][str(scored.position)] = {}
                    vectors.setdefault(f"{of_field}/{scored.position}", Vector([])).elements.extend((number, value * scored.factor))
    index = Index(inverted, vectors, TokenSet.from_list(names), list(FIELDS), Pipeline())
    query = index.create_query()
    for name in names:
        query.term(name, use_pipeline=False)
    by_position = {scored.position: scored for scored in best}
    ranked = []
    for hit in index.query(query):
        position = int(hit["ref"])
        ranked.append(Ranked(position, reader.ids[position], hit["score"], by_position[position]))
    return sorted(ranked, key=lambda one: (-one.score, one.id))


def weights_of(reader: Reader, asked: Sequence[Asked]) -> dict[str, float]:
    """What each answer counts in passages: its boost by how rare its terms are. The terms of a phrase stand with spaces between them."""
    weights: dict[str, float] = {}
    for one in asked:
        for terms, boost in one.answers.items() if one.counts else ():
            rare = 0.0
            for term in terms:
                holding = max(len(reader.posting(half, term)) // 2 for half in HALVES)
                rare += inverse_frequency(len(reader.ids), holding)
            name = " ".join(terms)
            weights[name] = max(weights.get(name, 0.0), boost * rare)
    return weights


def answered(reader: Reader, terms: Terms, boost: float, halves: Sequence[Half]) -> Mapping[int, Scores]:
    """Position → score per field of the documents that hold all of the terms."""
    found: dict[int, Scores] = {}
    holding: dict[int, int] = {}
    share = boost / len(terms)
    for term in terms:
        here: dict[int, Scores] = {}
        for half in halves:
            _add_scores(reader, half, term, share, here)
        for position, scores in here.items():
            known = found.get(position)
            found[position] = scores if known is None else [one + other for one, other in zip(known, scores, strict=True)]
            holding[position] = holding.get(position, 0) + 1
    return found if len(terms) == 1 else {position: scores for position, scores in found.items() if holding[position] == len(terms)}


def _add_scores(reader: Reader, half: Half, term: str, boost: float, found: dict[int, Scores]) -> None:
    directory = reader.directory
    k1, b, posting = directory["k1"], directory["b"], reader.posting(half, term)
    weight = boost * inverse_frequency(len(reader.ids), len(posting) // 2)
    number = 0
    for at in range(0, len(posting), 2):
        number += posting[at]
        position = reader.position_of.get(number)
        if position is None:
            continue
        for of_field, count in zip(half.fields, unpack(posting[at + 1], half.caps), strict=True):
            if count:
                length = length_of(directory["documents"]["lengths"][of_field][position]) * 100 / max(1, directory["averages"][of_field])
                value = weight * directory["weights"][of_field] * ((k1 + 1) * count) / (k1 * (1 - b + b * length) + count)
                found.setdefault(position, [0.0] * len(FIELDS))[of_field] += value


def coverage(answered_words: int, words: int) -> float:
    """The share of the words that a document answers; its cube for short queries, in which every word counts."""
    share = answered_words / words
    return share * share * share if words <= SHORT else share


def _sum(scores: Scores) -> float:
    return scores[0] + scores[1] + scores[2] + scores[3]
