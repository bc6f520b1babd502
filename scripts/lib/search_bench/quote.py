"""The short table that README.md quotes: one run's, from the report of that run and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from search_bench.run import Cost, Report, of_engine
from search_bench.score import Score, mean
from search_bench.table import kilo, share

HEADING = "## Search, measured"
_SETS = (
    ("whole questions, English · Russian", "questions", ("xquad en", "xquad ru")),
    ("one typo in them", "questions, one typo", ("xquad en", "xquad ru")),
    ("the wrong keyboard layout", "questions, other layout", ("xquad en", "xquad ru")),
    ("two inflected Russian words", "two words of a text, inflected", ("xquad ru",)),
    ("texts of links in a help center", "link texts", ("arduino en",)),
    ("its titles with one typo", "titles, one typo", ("arduino en",)),
)
_COSTS: tuple[tuple[str, str, Callable[[Cost], float], Callable[[float], str]], ...] = (
    ("bytes until the first list of titles", "kB", lambda cost: cost.titles, kilo),
    ("bytes until the first result", "kB", lambda cost: cost.sent, kilo),
    ("while typing, p95", "ms", lambda cost: cost.typed, "{:.0f}".format),
    ("from a key to rows in the box, p95", "ms", lambda cost: cost.shown, "{:.0f}".format),
    ("results with snippets, p95", "ms", lambda cost: cost.found, "{:.0f}".format),
    ("index built", "s", lambda cost: cost.build, "{:.1f}".format),
)
_TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)


def quoted(report: Report) -> str:
    """The table: success at 1 / at 5 of the sets that say most, the means, the costs in English."""
    engines = report.engines
    rows = []
    for label, name, collections in _SETS:
        scores = [report.scores[name, collection] for collection in collections if (name, collection) in report.scores]
        if scores:
            counts = " · ".join(dict.fromkeys(f"{next(iter(each.values())).queries:,}" for each in scores))
            rows.append([f"{label} ({counts})", *(" · ".join(_success(each.get(engine)) for each in scores) for engine in engines)])
    if report.scores:
        means = [mean(of_engine(report.scores.values(), engine)) for engine in engines]
        rows.append([f"mean of all {len(report.scores)} sets ({means[0].queries:,} queries)", *map(_success, means)])
        rows.append(["share of queries that found nothing", *(f"{each.nothing * 100:.1f} %" for each in means)])
    costs = {size: of_size for (size, language), of_size in report.costs.items() if language == "en"}
    sizes = " · ".join(f"{size:,}" for size in costs)
    for label, unit, value, tell in _COSTS if costs else ():
        rows.append([f"{label}: {sizes} articles", *(_told(costs.values(), engine, value, tell, unit) for engine in engines)])
    lines = [["Queries", *engines], ["---" for _ in range(len(engines) + 1)], *rows]
    return "".join("| " + " | ".join(row) + " |\n" for row in lines)


def put(text: str, table: str) -> str:
    """README.md with this table in place of the one under its heading.

    Raises:
        ValueError: there is no such heading, or no table under it.
    """
    before, heading, after = text.partition(f"\n{HEADING}\n")
    section, rest = (after[: end.start()], after[end.start() :]) if (end := re.search(r"^## ", after, re.MULTILINE)) else (after, "")
    if not heading or not _TABLE.search(section):
        raise ValueError(f"there is no table under '{HEADING}'")
    return before + heading + _TABLE.sub(lambda _: table, section, count=1) + rest


def _success(score: Score | None) -> str:
    return f"{share(score.first)} / {share(score.five)}" if score else "—"


def _told(costs: Sequence[dict[str, Cost]], engine: str, value: Callable[[Cost], float], tell: Callable[[float], str], unit: str) -> str:
    values = [value(cost[engine]) if engine in cost else 0.0 for cost in costs]
    return " · ".join(tell(each) if each else "—" for each in values) + f" {unit}" if any(values) else "—"
