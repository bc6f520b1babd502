"""One run: every set on every engine, then every engine at every size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from search_bench import scale, sets
from search_bench.browser import Shelf
from search_bench.corpora import Asked, help_center, own, xquad
from search_bench.engines import Engine, Ready
from search_bench.score import Score, percentile, score
from search_bench.shapes import Collection, Query, QuerySet

AT_ONCE = 100
"""Queries that are handed to the browser at a time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done.

    Attributes:
        seed: gives chance its place; another one gives other queries.
        most: queries of a set at most, 0: all.
        sizes: articles that bytes and times are taken for, in English.
        russian: the same in Russian, whose letters take two bytes.
        timed: queries for a time.
        cold: first visits.
    """

    seed: int = 1
    most: int = 0
    sizes: tuple[int, ...] = (100, 1_000, 10_000)
    russian: tuple[int, ...] = (1_000,)
    timed: int = 100
    cold: int = 9


QUICK = Plan(most=60, sizes=(100, 1_000), russian=(), timed=40, cold=3)


@dataclass(frozen=True, slots=True)
class Cost:
    """What an engine costs at one size.

    Attributes:
        build: seconds to make the index.
        sent: gzipped bytes until the first result is shown, from nothing, with five snippets: median of the first visits.
        sent_most: the most of them.
        titles: gzipped bytes of the index until the first list of titles: median of those visits; 0: there is no such list.
        titles_most: the most of them.
        ready: milliseconds from the first letter to that result on this machine, nothing loaded: median.
        typed: p95 in milliseconds of what the engine answers while somebody types.
        shown: p95 in milliseconds from a letter typed into the search box to its rows; 0: no box was tried.
        found: p95 in milliseconds of results for a whole question, with five snippets.
    """

    build: float
    sent: int
    sent_most: int
    ready: float
    typed: float
    found: float
    titles: int = 0
    titles_most: int = 0
    shown: float = 0.0


@dataclass(slots=True)
class Report:
    """All that a run found. Engines stand under their titles.

    ``notes`` are sentences for the reader of the table; ``missed`` are the queries whose answer was not among the first five; ``sampled``
    are the sets of which only some queries were asked.
    """

    engines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    scores: dict[tuple[str, str], dict[str, Score]] = field(default_factory=dict)
    costs: dict[tuple[int, str], dict[str, Cost]] = field(default_factory=dict)
    missed: list[tuple[str, str, str, Query, list[str]]] = field(default_factory=list)
    sampled: set[tuple[str, str]] = field(default_factory=set)


def collections(root: Path, corpus: Path | None, work: Path) -> tuple[list[Asked], list[str]]:
    """What is there to search, and a sentence for whatever is not."""
    found: list[Asked] = []
    missing: list[str] = []
    for name in ("xquad", "arduino-help-center"):
        if corpus is None or not (corpus / name).is_dir():
            missing.append(f"The sets of {name} were left out: no folder of that name (--corpus).")
        elif name == "xquad":
            found += [xquad(corpus / name, language) for language in ("en", "ru")]
        else:
            found.append(help_center(corpus / name, work))
    found += own(root, work)
    return found, missing


def to_grow(found: Sequence[Asked], plan: Plan) -> list[tuple[Collection, int]]:
    """What articles are grown from, and how many of them."""
    english = next((name for name in ("arduino en", "own public en") if any(each.collection.name == name for each in found)), "")
    sizes = [(english, size) for size in plan.sizes] + [("own public ru", size) for size in plan.russian]
    by_name = {each.collection.name: each.collection for each in found}
    return [(by_name[name], size) for name, size in sizes if name in by_name]


def query_sets(asked: Asked, seed: int) -> list[QuerySet]:
    """The sets that this collection lends itself to."""
    collection = asked.collection
    if collection.name.startswith("arduino"):
        titles = sets.titles(collection)
        return [
            sets.links("link texts", collection, asked.queries),
            sets.misspelt("titles, one typo", collection, titles, seed),
            sets.on_the_other_layout("titles, other layout", collection, titles),
            sets.begun("beginnings of title words", collection, seed),
        ]
    questions = sets.as_asked("questions", collection, asked.queries)
    if collection.name.startswith("own internal"):
        return [questions]
    made = [
        questions,
        sets.misspelt("questions, one typo", collection, questions.queries, seed),
        sets.on_the_other_layout("questions, other layout", collection, questions.queries),
    ]
    if collection.language == "ru":
        made.append(sets.inflected("two words of a text, inflected", collection, seed))
    if collection.name.startswith("own"):
        made.append(sets.begun("beginnings of title words", collection, seed))
        if collection.language == "ru":
            made.append(sets.inflected_titles("words of a title, inflected", collection, seed))
    return made


class Bench:
    """The engines, a browser (None: there is none), and the report that grows."""

    def __init__(self, engines: Sequence[Engine], chromium: tuple[Page, Shelf] | None, plan: Plan, report: Report) -> None:
        self._engines, self._chromium, self._plan, self._report = engines, chromium, plan, report
        self._opening = 0.0  # milliseconds that opening the engine took last

    def rank(self, asked: Asked) -> None:
        """Every engine on every set of a collection."""
        whole = [each for each in query_sets(asked, self._plan.seed) if each.queries]
        made = [sets.sample(each, self._plan.most, self._plan.seed) for each in whole]
        self._report.sampled |= {(part.name, part.collection) for part, each in zip(made, whole, strict=True) if part is not each}
        self._report.sizes[asked.collection.name] = len(asked.collection.pages)
        for engine in self._engines:
            with tempfile.TemporaryDirectory(prefix="kbgen-search-") as work:
                ready = engine.prepare(asked.collection, Path(work))
                for each in made:
                    found = self._ranked(engine, ready, [query.text for query in each.queries], each.typing)
                    self._report.scores.setdefault((each.name, each.collection), {})[engine.title] = score(each.queries, found)
                    self._report.missed += [
                        (engine.title, each.collection, each.name, query, addresses)
                        for query, addresses in zip(each.queries, found, strict=True)
                        if query.answers.isdisjoint(addresses[:5])
                    ]

    def _ranked(self, engine: Engine, ready: Ready, queries: list[str], typing: bool) -> list[list[str]]:
        if ready.rank is not None:
            return ready.rank(queries, typing)
        assert self._chromium is not None
        page = self._open(engine, ready)
        found: list[list[str]] = []
        for start in range(0, len(queries), AT_ONCE):
            found += page.evaluate("(queries) => bench.rank(queries)", queries[start : start + AT_ONCE])["found"]
        return found

    def measure(self, source: Collection, size: int) -> None:
        """Every engine at this size, grown from this collection."""
        collection = scale.grown(source, size, self._plan.seed)
        for engine in self._engines:
            with tempfile.TemporaryDirectory(prefix="kbgen-search-") as work:
                cost = self._cost(engine, engine.prepare(collection, Path(work)), collection)
            self._report.costs.setdefault((size, collection.language), {})[engine.title] = cost

    def _cost(self, engine: Engine, ready: Ready, collection: Collection) -> Cost:
        assert self._chromium is not None
        page, shelf = self._chromium
        plan = self._plan
        sent: list[int] = []
        waited: list[float] = []
        for query in scale.questions(collection, plan.cold, plan.seed):
            self._open(engine, ready)
            waited.append(self._opening + sum(page.evaluate("(query) => bench.time('snippets', [query])", query)))
            sent.append(shelf.gzipped() + ready.always)
            if waited[-1] > 5_000:  # one such visit tells enough
                break
        keys = scale.keystrokes(collection, plan.timed, plan.seed)
        typed = page.evaluate("(queries) => bench.time('typed', queries)", keys)
        found = page.evaluate("(queries) => bench.time('snippets', queries)", scale.questions(collection, plan.timed, plan.seed + 1))
        cost = Cost(ready.seconds, int(median(sent)), max(sent), median(waited), percentile(typed, 0.95), percentile(found, 0.95))
        titles = self._titles(engine, ready, collection) if ready.titles else [0]
        return replace(cost, titles=int(median(titles)), titles_most=max(titles), shown=self._shown(ready, keys) if ready.box else 0.0)

    def _titles(self, engine: Engine, ready: Ready, collection: Collection) -> list[int]:
        """Bytes of the index until a list of titles, from nothing: for a word being typed, and for a whole question."""
        assert self._chromium is not None
        _, shelf = self._chromium
        cold, seed = self._plan.cold, self._plan.seed + 2
        sent = []
        for query in (*scale.keystrokes(collection, cold, seed), *scale.questions(collection, cold, seed)):
            self._open(engine, ready).evaluate("(query) => bench.time('typed', [query])", query)
            sent.append(shelf.gzipped(ready.titles))
        return sent

    def _shown(self, ready: Ready, keys: list[str]) -> float:
        """The time until a reader sees rows."""
        assert self._chromium is not None
        page, _ = self._chromium
        page.goto(f"/{ready.box}")
        times = page.evaluate("(queries) => bench.shown(queries)", keys)
        if len(times) < len(keys) // 2:
            raise RuntimeError(f"the search box showed rows for {len(times)} of {len(keys)} queries; does bench.shown() still know it?")
        return percentile(times, 0.95)

    def _open(self, engine: Engine, ready: Ready) -> Page:
        """A page on which nobody has searched yet, with the engine opened."""
        assert self._chromium is not None
        page, shelf = self._chromium
        shelf.serve(ready.files, ready.folder)
        page.goto("/")
        self._opening = page.evaluate("([kind, more]) => bench.begin(kind, '/', more)", [engine.kind, ready.more])
        return page


def behind(scores: Mapping[tuple[str, str], Mapping[str, Score]], ours: str, margin: float) -> list[str]:
    """Where our success lies behind the best engine's by more than the margin: a sentence each."""
    found = []
    for (name, collection), by_engine in scores.items():
        if ours not in by_engine:
            continue
        for measure in ("first", "five"):
            best = max(by_engine, key=lambda title: getattr(by_engine[title], measure))
            gap = getattr(by_engine[best], measure) - getattr(by_engine[ours], measure)
            if gap > margin:
                found.append(f"{name} ({collection}): success@{1 if measure == 'first' else 5} lies {gap:.3f} behind {best}")
    return found


def of_engine(scores: Iterable[Mapping[str, Score]], title: str) -> list[Score]:
    """One engine's scores on the sets that every engine was asked."""
    return [by_engine[title] for by_engine in scores if title in by_engine]
