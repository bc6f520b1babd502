"""What scripts/bench-search makes of a run: the tables, and the promises that it breaks."""

import importlib
import json
import sys
from dataclasses import replace
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
if str(ROOT / "scripts" / "lib") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts" / "lib"))
shapes, score, run, table, promises, quote = (
    importlib.import_module(f"search_bench.{name}") for name in ("shapes", "score", "run", "table", "promises", "quote")
)
Query, Score = shapes.Query, score.Score


def report():
    made = run.Report(engines=["kbgen", "Other 1.0"], notes=["Third could not be installed."], sizes={"test en": 1240})
    made.scores["questions", "test en"] = {
        "kbgen": Score(10, 0.9999, 1.0, 1.0, 0.95, 0.0),
        "Other 1.0": Score(10, 0.5, 0.9, 0.95, 0.7, 0.25),
    }
    made.scores["links", "test en"] = {"kbgen": Score(4, 0.5, 0.7, 0.75, 0.6, 0.0), "Other 1.0": Score(4, 0.53, 0.7, 0.76, 0.6, 0.0)}
    made.costs[1000, "en"] = {"kbgen": run.Cost(1.25, 75_400, 80_000, 58.4, 9.5, 27.1, 29_400, 31_000, 38.2)}
    return made


def test_the_table() -> None:
    assert table.markdown(report()) == (
        "|  | queries | kbgen | Other 1.0 |\n"
        "| --- | ---: | --- | --- |\n"
        "| questions, test en (1,240 articles) | 10 | .999 / 1.000 / .950 · 0.0 % | .500 / .950 / .700 · 25.0 % |\n"
        "| links, test en (1,240 articles) | 4 | .500 / .750 / .600 · 0.0 % | .530 / .760 / .600 · 0.0 % |\n"
        "| **mean of all sets** | 14 | **.749 / .875 / .775 · 0.0 %** | **.515 / .855 / .650 · 12.5 %** |\n"
        "| 1,000 articles, en: bytes until the first list of titles: usual (most) |  | 29 kB (31 kB) | — |\n"
        "| 1,000 articles, en: bytes until the first result: usual (most) |  | 75 kB (80 kB) | — |\n"
        "| 1,000 articles, en: first result from nothing |  | 58 ms | — |\n"
        "| 1,000 articles, en: while typing, p95 |  | 10 ms | — |\n"
        "| 1,000 articles, en: from a key to rows in the box, p95 |  | 38 ms | — |\n"
        "| 1,000 articles, en: results with snippets, p95 |  | 27 ms | — |\n"
        "| 1,000 articles, en: index built in |  | 1.2 s | — |\n"
        "\n"
        "- Of each set: success@1 / success@5 / MRR@10 · share of queries that found nothing.\n"
        "- Bytes are gzipped: scripts, index and five snippets; until the first list of titles, only the index.\n"
        "- Third could not be installed.\n"
        "- Broken: links (test en): success@1 lies 0.030 behind Other 1.0; at most 0.02 is promised.\n"
    )


def test_the_json_holds_everything() -> None:
    told = json.loads(table.as_json(report()))
    assert told["sets"][0]["scores"]["Other 1.0"]["nothing"] == 0.25
    assert told["sizes"][0]["costs"]["kbgen"]["sent"] == 75_400
    assert told["engines"] == ["kbgen", "Other 1.0"]
    assert told["broken"] == ["links (test en): success@1 lies 0.030 behind Other 1.0; at most 0.02 is promised"]


def test_what_was_missed_is_told() -> None:
    made = report()
    made.missed.append(("kbgen", "test en", "links", Query("the button", frozenset({"b/", "a/"})), ["c/", "d/", "e/", "f/", "g/"]))
    assert table.missed(made) == "kbgen\ttest en\tlinks\tthe button\ta/ b/\tc/ d/ e/\n"


def test_a_sample_is_told() -> None:
    made = report()
    made.sampled.add(("links", "test en"))
    assert "here some sets were sampled" in table.markdown(made)
    assert "Broken" not in table.markdown(made)


# promises

GOOD = Score(100, 1.0, 1.0, 1.0, 1.0, 0.0)
FAST = run.Cost(1.0, 1, 1, 1.0, 1.0, 1.0, 1, 1, 1.0)


def of(name: str, collection: str, ours: Score, **others: Score):
    made = run.Report(engines=["kbgen", *others], sizes={collection: 1})
    made.scores[name, collection] = {"kbgen": ours, **others}
    return made


def broken(made) -> list[str]:
    return [sentence.split(";")[0] for sentence in promises.broken(made)]


def test_a_run_that_keeps_everything() -> None:
    made = of("questions", "xquad en", GOOD, Other=GOOD)
    made.costs.update({(size, "en"): {"kbgen": FAST, "Other": replace(FAST, found=9_000.0)} for size in (100, 1_000, 10_000)})
    assert promises.broken(made) == []
    assert promises.broken(run.Report()) == []


@pytest.mark.parametrize(
    ("name", "collection", "measure", "least"),
    [
        ("questions", "xquad en", "first", 0.90),
        ("questions", "xquad ru", "first", 0.90),
        ("questions", "own public ru", "three", 1.0),
        ("questions", "own internal en", "three", 1.0),
        ("two words of a text, inflected", "xquad ru", "five", 0.97),
        ("words of a title, inflected", "own public ru", "five", 0.97),
        ("questions, one typo", "xquad en", "five", 0.97),
        ("titles, one typo", "arduino en", "five", 0.97),
        ("questions, other layout", "own public en", "five", 0.97),
    ],
)
def test_what_a_set_has_to_reach(name: str, collection: str, measure: str, least: float) -> None:
    assert broken(of(name, collection, replace(GOOD, **{measure: least}))) == []
    [sentence] = broken(of(name, collection, replace(GOOD, **{measure: least - 0.001})))
    assert sentence.startswith(f"{name} ({collection}): success@")


def test_the_names_of_the_sets_are_those_of_a_run() -> None:
    pages = (shapes.Page("a/", "Настройка целей", (shapes.Piece("", "", "Настройка целей проекта"),)),)
    made = {
        (each.name, each.collection)
        for name in ("xquad ru", "arduino en", "own public ru", "own internal en")
        for each in run.query_sets(run.Asked(shapes.Collection(name, name[-2:], pages), (("Как?", "a/"),)), 1)
    }
    for pattern, of_collection, *_ in promises.LEAST:
        assert any(promises.fnmatchcase(name, pattern) and promises.fnmatchcase(where, of_collection) for name, where in made), pattern
    quoted = {(name, collection) for _, name, collections in quote._SETS for collection in collections if collection != "xquad en"}
    assert quoted <= made


def test_one_in_a_hundred_may_find_nothing() -> None:
    assert broken(of("link texts", "arduino en", replace(GOOD, nothing=0.01))) == []
    assert broken(of("link texts", "arduino en", replace(GOOD, nothing=0.011))) == [
        "link texts (arduino en): 1.1% of the queries find nothing"
    ]


def test_nobody_may_be_far_better_in_a_set() -> None:
    better = replace(GOOD, first=0.52)
    assert broken(of("link texts", "arduino en", replace(GOOD, first=0.5, rank=1.0), Other=replace(better, first=0.5199, rank=0.5))) == [
        "mean of all sets: success@1 of Other is better"
    ]
    assert "link texts (arduino en): success@1 lies 0.021 behind Other" in broken(
        of("link texts", "arduino en", replace(GOOD, first=0.5), Other=replace(better, first=0.521))
    )


@pytest.mark.parametrize("measure", ["first", "five", "rank"])
def test_nobody_may_be_better_on_average(measure: str) -> None:
    made = of("link texts", "arduino en", replace(GOOD, **{measure: 0.99}), Other=GOOD, Another=replace(GOOD, **{measure: 0.98}))
    assert [sentence.rpartition(" of ")[2] for sentence in broken(made)] == ["Other is better"]
    made.scores["titles", "arduino en"] = {"kbgen": GOOD, "Other": replace(GOOD, **{measure: 0.98}), "Another": GOOD}
    assert broken(made) == []


def test_a_sample_breaks_nothing() -> None:
    made = of("questions", "xquad en", replace(GOOD, first=0.5), Other=GOOD)
    made.sampled.add(("questions", "xquad en"))
    assert broken(made) == []


@pytest.mark.parametrize(("size", "what", "most"), promises.MOST)
def test_what_a_size_may_cost(size: int, what: str, most: int) -> None:
    made = run.Report(engines=["kbgen"])
    made.costs[size, "en"] = {"kbgen": replace(FAST, **{what: most})}
    assert broken(made) == []
    made.costs[size, "en"] = {"kbgen": replace(FAST, **{what: most + 1})}
    [sentence] = broken(made)
    assert sentence == f"{size:,} articles (en): {most + 1:,.0f} {promises.NAMES[what]}"
    made.costs[size + 1, "en"] = made.costs.pop((size, "en"))
    assert broken(made) == []


# README.md


def test_the_short_table() -> None:
    made = report()
    made.scores = {("questions", "xquad en"): made.scores["questions", "test en"], ("links", "test en"): made.scores["links", "test en"]}
    made.scores["questions", "xquad ru"] = {"kbgen": replace(GOOD, queries=10)}
    made.costs[10_000, "en"] = {"kbgen": replace(FAST, titles=99_000, build=12.34)}
    made.costs[1_000, "ru"] = {"kbgen": replace(FAST, build=99.0)}
    assert quote.quoted(made) == (
        "| Queries | kbgen | Other 1.0 |\n"
        "| --- | --- | --- |\n"
        "| whole questions, English · Russian (10) | .999 / 1.000 · 1.000 / 1.000 | .500 / .950 · — |\n"
        "| mean of all 3 sets (24 queries) | .833 / .916 | .515 / .855 |\n"
        "| share of queries that found nothing | 0.0 % | 12.5 % |\n"
        "| bytes until the first list of titles: 1,000 · 10,000 articles | 29 · 99 kB | — |\n"
        "| bytes until the first result: 1,000 · 10,000 articles | 75 · 0 kB | — |\n"
        "| while typing, p95: 1,000 · 10,000 articles | 10 · 1 ms | — |\n"
        "| from a key to rows in the box, p95: 1,000 · 10,000 articles | 38 · 1 ms | — |\n"
        "| results with snippets, p95: 1,000 · 10,000 articles | 27 · 1 ms | — |\n"
        "| index built: 1,000 · 10,000 articles | 1.2 · 12.3 s | — |\n"
    )


def test_the_short_table_of_nothing() -> None:
    assert quote.quoted(run.Report(engines=["kbgen"])) == "| Queries | kbgen |\n| --- | --- |\n"


def test_it_is_put_under_its_heading() -> None:
    text = "# A\n\n| a |\n| - |\n\n## Search, measured\n\nText:\n\n| b |\n| - |\n| \\1 |\n\nMore.\n\n## C\n\n| c |\n| - |\n"
    assert quote.put(text, "| new \\1 |\n") == text.replace("| b |\n| - |\n| \\1 |\n", "| new \\1 |\n")


@pytest.mark.parametrize("text", ["| a |\n", "\n## Search, measured\n\nText.\n\n## B\n\n| b |\n"])
def test_without_a_place_nothing_is_put(text: str) -> None:
    with pytest.raises(ValueError, match="there is no table"):
        quote.put(text, "| new |\n")


def test_there_is_a_place_in_our_own() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "| new |\n" in quote.put(readme, "| new |\n")


# the command


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch):
    """scripts/bench-search as a module, whose run is over before it began."""
    loader = SourceFileLoader("bench_search", str(ROOT / "scripts" / "bench-search"))
    module = module_from_spec(spec_from_loader("bench_search", loader))
    loader.exec_module(module)
    monkeypatch.setattr(module, "measured", lambda _: report())
    return module


def test_a_broken_promise_is_said_and_makes_it_1(bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main([]) == 1
    assert capsys.readouterr().err == "broken: links (test en): success@1 lies 0.030 behind Other 1.0; at most 0.02 is promised\n"


def test_with_all_of_them_kept_it_is_0(bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bench, "measured", lambda _: of("questions", "xquad en", GOOD))
    assert bench.main([]) == 0
    assert capsys.readouterr().err == ""


def test_the_readme_gets_the_table_of_the_run(bench, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# A\n\n## Search, measured\n\n| b |\n", encoding="utf-8")
    bench.main(["--readme", str(readme)])
    assert readme.read_text(encoding="utf-8") == f"# A\n\n## Search, measured\n\n{quote.quoted(report())}"
    with pytest.raises(SystemExit):
        bench.main(["--readme", str(tmp_path / "nowhere.md")])
