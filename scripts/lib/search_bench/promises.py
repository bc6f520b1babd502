"""What this search promises, in one table, and which of it a run does not keep.

Of sets, only those are judged of which every query was asked: a sample is too coarse. Times and bytes are judged at the sizes that were
measured. What a run did not measure it cannot break.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from search_bench.run import Cost, Report, behind, of_engine
from search_bench.score import Score, mean

MARGIN = 0.02
"""In no set may the success at 1 or at 5 lie further behind the best engine of the run."""
BEST = ("first", "five", "rank")
"""On average over the sets no engine may be better in any of these."""
NOTHING = 0.01
"""The share of queries that find nothing, where an answer exists, in each set."""
LEAST = (
    ("questions", "xquad *", "first", 0.90),
    ("questions", "own *", "three", 1.0),
    ("*, inflected", "*", "five", 0.97),
    ("*, one typo", "*", "five", 0.97),
    ("*, other layout", "*", "five", 0.97),
)
"""Set and collection (patterns), measure, and what it has to reach."""
MOST = (
    (100, "sent_most", 90_000),
    (1_000, "sent_most", 200_000),
    (10_000, "sent_most", 450_000),
    (1_000, "titles_most", 40_000),
    (1_000, "typed", 50),
    (1_000, "shown", 50),
    (1_000, "found", 150),
    (10_000, "shown", 300),
    (10_000, "found", 300),
)
"""Articles, cost, and what it may not exceed: bytes, or milliseconds (p95)."""
NAMES = {
    "first": "success@1",
    "three": "success@3",
    "five": "success@5",
    "rank": "MRR@10",
    "sent_most": "bytes until the first result",
    "titles_most": "bytes until the first list of titles",
    "typed": "milliseconds while typing",
    "shown": "milliseconds from a key to rows in the box",
    "found": "milliseconds until results",
}
_ROUNDING = 1e-9


def broken(report: Report) -> list[str]:
    """The promises that this run breaks, a sentence each."""
    if not report.engines:
        return []
    whole = {key: scores for key, scores in report.scores.items() if key not in report.sampled}
    ours = report.engines[0]
    found = [f"{sentence}; at most {MARGIN} is promised" for sentence in behind(whole, ours, MARGIN)]
    for (name, collection), scores in whole.items():
        if ours in scores:
            found += _in_set(name, collection, scores[ours])
    if whole and not report.sampled:
        found += _on_average([*whole.values()], report.engines)
    for (size, language), costs in report.costs.items():
        if ours in costs:
            found += _at_size(size, language, costs[ours])
    return found


def _in_set(name: str, collection: str, score: Score) -> Iterator[str]:
    for pattern, of, measure, least in LEAST:
        value = getattr(score, measure)
        if fnmatchcase(name, pattern) and fnmatchcase(collection, of) and value < least - _ROUNDING:
            yield f"{name} ({collection}): {NAMES[measure]} is {value:.4f}; {least} is promised"
    if score.nothing > NOTHING + _ROUNDING:
        yield f"{name} ({collection}): {score.nothing:.1%} of the queries find nothing; at most {NOTHING:.0%} is promised"


def _on_average(scores: list[dict[str, Score]], engines: list[str]) -> Iterator[str]:
    ours, *others = ((engine, mean(of_engine(scores, engine))) for engine in engines)
    for measure in BEST:
        for other, theirs in others:
            if getattr(theirs, measure) > getattr(ours[1], measure) + _ROUNDING:
                yield f"mean of all sets: {NAMES[measure]} of {other} is better; ours is promised to be the best"


def _at_size(size: int, language: str, cost: Cost) -> Iterator[str]:
    for articles, what, most in MOST:
        if articles == size and getattr(cost, what) > most:
            yield f"{size:,} articles ({language}): {getattr(cost, what):,.0f} {NAMES[what]}; at most {most:,} is promised"
