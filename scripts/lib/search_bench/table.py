"""The report as one Markdown table, and as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

from search_bench.promises import broken
from search_bench.run import Cost, Report, of_engine
from search_bench.score import Score, mean

_NONE = "—"
_COSTS: tuple[tuple[str, Callable[[Cost], str]], ...] = (
    ("bytes until the first list of titles: usual (most)", lambda cost: _bytes(cost.titles, cost.titles_most)),
    ("bytes until the first result: usual (most)", lambda cost: _bytes(cost.sent, cost.sent_most)),
    ("first result from nothing", lambda cost: f"{cost.ready:.0f} ms"),
    ("while typing, p95", lambda cost: f"{cost.typed:.0f} ms"),
    ("from a key to rows in the box, p95", lambda cost: f"{cost.shown:.0f} ms" if cost.shown else _NONE),
    ("results with snippets, p95", lambda cost: f"{cost.found:.0f} ms"),
    ("index built in", lambda cost: f"{cost.build:.1f} s"),
)


def markdown(report: Report) -> str:
    """The table and what has to be known to read it."""
    engines = report.engines
    rows: list[list[str]] = []
    for (name, collection), scores in report.scores.items():
        queries = next(iter(scores.values())).queries
        what = f"{name}, {collection} ({report.sizes[collection]:,} articles)"
        rows.append([what, str(queries), *(_cell(scores.get(engine)) for engine in engines)])
    if report.scores:
        means = [mean(of_engine(report.scores.values(), engine)) for engine in engines]
        rows.append(["**mean of all sets**", str(means[0].queries), *(f"**{_cell(each)}**" for each in means)])
    for (size, language), costs in report.costs.items():
        for label, tell in _COSTS:
            rows.append([f"{size:,} articles, {language}: {label}", "", *(tell(costs[e]) if e in costs else _NONE for e in engines)])
    head = ["", "queries", *engines]
    lines = ["| " + " | ".join(row) + " |" for row in [head, ["---", "---:", *("---" for _ in engines)], *rows]]
    return "\n".join(lines) + "\n\n" + _legend(report)


def _legend(report: Report) -> str:
    told = [
        "Of each set: success@1 / success@5 / MRR@10 · share of queries that found nothing.",
        "Bytes are gzipped: scripts, index and five snippets; until the first list of titles, only the index.",
        *report.notes,
        *(["Promises on sets are judged where every query was asked; here some sets were sampled."] if report.sampled else []),
        *(f"Broken: {sentence}." for sentence in broken(report)),
    ]
    return "\n".join(f"- {sentence}" for sentence in told) + "\n"


def as_json(report: Report) -> str:
    """Everything the report holds, unrounded."""
    scores = [
        {"set": name, "collection": collection, "scores": {title: dataclasses.asdict(each) for title, each in by_engine.items()}}
        for (name, collection), by_engine in report.scores.items()
    ]
    costs = [
        {"articles": size, "language": language, "costs": {title: dataclasses.asdict(each) for title, each in by_engine.items()}}
        for (size, language), by_engine in report.costs.items()
    ]
    whole = {"engines": report.engines, "notes": report.notes, "collections": report.sizes, "sets": scores, "sizes": costs}
    whole["broken"] = broken(report)
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def missed(report: Report) -> str:
    """A line for each query whose answer was not among the first five: engine, collection, set, query, answers, what stood there."""
    lines = (
        "\t".join((engine, collection, name, query.text, " ".join(sorted(query.answers)), " ".join(found[:3])))
        for engine, collection, name, query, found in report.missed
    )
    return "".join(f"{line}\n" for line in lines)


def _cell(score: Score | None) -> str:
    if score is None:
        return _NONE
    return f"{share(score.first)} / {share(score.five)} / {share(score.rank)} · {score.nothing * 100:.1f} %"


def share(value: float) -> str:
    """Three digits, cut and not rounded up: .97 is not .97 before it is."""
    return f"{int(value * 1000 + 1e-9) / 1000:.3f}".removeprefix("0")


def kilo(count: float) -> str:
    """Thousands."""
    return f"{count / 1000:,.0f}"


def _bytes(usual: int, most: int) -> str:
    return f"{kilo(usual)} kB ({kilo(most)} kB)" if most else _NONE
