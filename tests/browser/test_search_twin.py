"""Search in the browser is search in Python: the same order, the same scores, the same snippets, for queries that nobody thought of."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "search"))
import search_corpus as corpus

from kbgen.search import Reader, SearchHit, browser_files, build_index, find, open_index, suggest

pytestmark = pytest.mark.browser
QUERIES = 1_000
BATCH = 100
DOCUMENTS = corpus.documents(400, seed=3)
INDEX = build_index(DOCUMENTS, "ru", corpus.SYNONYMS)
OPEN = """async (files) => {
  window.engine = await kbSearch.open(async (path) => {
    if (!Object.hasOwn(files, path)) throw new Error("there is no " + path);
    return JSON.parse(files[path]);
  });
}"""
ASK = """async ([queries, options]) => {
  const answers = [];
  for (const query of queries) {
    const { total, facets, shown_as, relaxed, weights, hits } = await engine.find(query, 10, options);
    const suggested = await engine.suggest(query);
    const sections = await Promise.all(hits.map((hit) => engine.passages(hit, weights)));
    answers.push({
      total, facets: Object.assign({}, facets), shown: shown_as, relaxed: relaxed.map((hit) => hit.address),
      hits: hits.map((hit, at) => [hit.address, hit.score, sections[at].map((one) => [one.anchor, one.heading, one.parts])]),
      suggested: suggested.map((hit) => [hit.address, hit.score]),
    });
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    """An empty page with the engine and the index, in a browser of another language: it may not matter."""
    context = browser.new_context(locale="tr-TR")
    page = context.new_page()
    page.add_script_tag(content=next(iter(browser_files().values())).decode("utf-8"))
    page.evaluate(OPEN, {path: data.decode("utf-8") for path, data in INDEX.items()})
    yield page
    context.close()


def queries(count: int, seed: int) -> list[str]:
    """Odd ones, titles, questions, pieces of texts; some begun, misspelt, in the other layout."""
    chance = random.Random(seed)
    made = corpus.queries(count // 3, seed)
    while len(made) < count:
        document = chance.choice(DOCUMENTS)
        text = chance.choice([document.title, *document.questions, *document.keywords, *(section.text for section in document.sections)])
        words = text.split()
        start = chance.randrange(max(1, len(words)))
        made.append(corpus.spoilt(chance, " ".join(words[start : start + chance.randint(1, 8)])))
    chance.shuffle(made)
    return made


def answers(reader: Reader, query: str, options: dict[str, Any]) -> dict[str, Any]:
    found = find(reader, query, 10, options.get("filters"), exact=options.get("exact", False))
    return {
        "total": found.total,
        "facets": found.facets,
        "shown": found.shown_as,
        "relaxed": [hit.address for hit in found.relaxed],
        "hits": [_hit(hit) for hit in found.hits],
        "suggested": [[hit.address, hit.score] for hit in suggest(reader, query)],
    }


def _hit(hit: SearchHit) -> list[Any]:
    return [hit.address, hit.score, [[one.anchor, one.heading, [list(part) for part in one.parts]] for one in hit.sections]]


def _differ(one: Any, other: Any) -> bool:
    """Whether two answers differ by more than 1e-9 in a score, or in anything else at all."""
    if isinstance(one, float) or isinstance(other, float):
        return abs(one - other) > 1e-9
    if isinstance(one, dict):
        return one.keys() != other.keys() or any(_differ(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) != len(other) or any(map(_differ, one, other))
    return bool(one != other)


@pytest.mark.parametrize("options", [{}, {"exact": True, "filters": {"area": ["Billing", "Reports"]}}], ids=["as meant", "exact"])
def test_a_thousand_queries(engine: Page, options: dict[str, Any]):
    reader = open_index(INDEX.__getitem__)
    assert reader is not None
    asked = queries(QUERIES if not options else QUERIES // 5, seed=2026)
    shown = found = 0
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        # A lone half of an emoji cannot travel to the browser; tests/unit/search asks for it in Node.
        batch = [query.encode("utf-8", "replace").decode("utf-8") for query in batch]
        theirs = engine.evaluate(ASK, [batch, options])
        ours = [answers(reader, query, options) for query in batch]
        assert [query[:80] for query, one, other in zip(batch, ours, theirs, strict=True) if _differ(one, other)] == []
        found += sum(bool(one["hits"]) for one in ours)
        shown += sum(bool(one["shown"]) for one in ours)
    assert found > len(asked) * 0.6
    assert shown > len(asked) * 0.1 or options


def test_odd_words_run_nothing_and_break_nothing(engine: Page):
    failed: list[str] = []
    engine.on("pageerror", lambda error: failed.append(str(error)))
    odd = [query for query in corpus.ODD if query.isprintable()]
    assert len(engine.evaluate(ASK, [odd, {}])) == len(odd) > 30
    assert failed == []
