"""What rules are told of the search is what the search says, and no index is made that nobody asks for."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from workshop import TODAY, Workshop, article

sys.path.insert(0, str(Path(__file__).parents[1] / "search"))

from search_corpus import ODD, documents

from kbgen.app import searches as module
from kbgen.app.check import check
from kbgen.app.project import gather
from kbgen.app.searches import TERMS, EditionSearches, Indexes
from kbgen.engines.words import strings
from kbgen.model.plan import Edition, SitePlan
from kbgen.model.ports import Standing
from kbgen.rules import RULES
from kbgen.search import build_index, find, open_index

PLAN = SitePlan(Edition("public", "en", ""), {}, frozenset(), (), {}, {})
CORPUS = documents(150)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return build_index(CORPUS, "en")


def _queries() -> list[str]:
    chance = random.Random(5)
    titles = [document.title for document in CORPUS]
    words = " ".join(titles).split()
    some = [" ".join(chance.sample(words, chance.randint(1, 5))) for _ in range(60)]
    denied = [f"not {title}" for title in chance.sample(titles, 10)]
    return [
        *chance.sample(titles, 40),
        *some,
        *denied,
        "how to",
        "not",
        *(question for document in CORPUS[:20] for question in document.questions),
        *ODD,
    ]


def test_the_place_is_that_of_the_search(workshop: Workshop, files: dict[str, bytes]) -> None:
    asked = EditionSearches(workshop.project, gather(workshop.project, TODAY).settings, lambda _: files)
    reader = open_index(files.__getitem__)
    assert reader is not None
    for query in _queries():
        order = [hit.address for hit in find(reader, query, 200, passages=False).hits]
        for address in {*order[:6], *order[-1:], CORPUS[0].address}:
            place = order.index(address) + 1 if address in order else 0
            before = order[: min(3, place - 1)] if place else order[:3]
            assert asked.standing(PLAN, query, address) == Standing(place, tuple(before)), query[:80]


def test_what_is_kept_may_be_forgotten(workshop: Workshop, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    settings = gather(workshop.project, TODAY).settings
    keeps = EditionSearches(workshop.project, settings, lambda _: files)
    wanted = [(document.title, document.address) for document in CORPUS[:30]]
    before = [keeps.standing(PLAN, title, address) for title, address in wanted]
    monkeypatch.setattr(module, "_MOST_KEPT", 50)
    forgets = EditionSearches(workshop.project, settings, lambda _: files)
    assert [forgets.standing(PLAN, title, address) for title, address in wanted] == before


def test_a_page_that_is_not_there_is_not_found(workshop: Workshop, files: dict[str, bytes]) -> None:
    asked = EditionSearches(workshop.project, gather(workshop.project, TODAY).settings, lambda _: files)
    assert asked.standing(PLAN, CORPUS[0].title, "nowhere/") == Standing(0, ())


def test_the_title_in_the_built_site(workshop: Workshop, live: Workshop) -> None:
    gathered = gather(live.project, TODAY)
    asked = EditionSearches(live.project, gathered.settings, lambda _: {})
    russian = replace(PLAN, edition=Edition("internal", "ru", "ru/"))
    assert asked.live_title(PLAN, "billing/refund/") == "Ask for a refund"
    assert asked.live_title(russian, "team/roles/") == "Кто чем занят ночью"
    assert asked.live_title(PLAN, "team/roles/") == ""


def test_what_the_built_site_finds(live: Workshop) -> None:
    settings = gather(live.project, TODAY).settings
    asked = EditionSearches(live.project, settings, lambda _: {})
    assert asked.live_standing(PLAN, "ask for a refund", "billing/refund/") == Standing(1, ())
    assert asked.live_standing(PLAN, "find your invoices", "billing/refund/").before == ("billing/invoices/",)
    assert asked.live_standing(PLAN, "who does what at night", "team/roles/") == Standing(0, ())
    (live.root / "site/public/search/first").rename(live.root / "site/public/search/last")
    half_gone = EditionSearches(live.project, settings, lambda _: {})
    assert half_gone.live_title(PLAN, "billing/refund/") == "Ask for a refund"
    assert half_gone.live_standing(PLAN, "ask for a refund", "billing/refund/") == Standing(0, ())


def _index(**changed: object) -> bytes:
    """A small index with something in it changed."""
    directory = json.loads(build_index(CORPUS[:2], "en")["index.json"])
    directory["documents"] |= {"address": ["billing/refund/", "b/"]} | {key: value for key, value in changed.items() if key != "version"}
    return json.dumps(directory | {key: value for key, value in changed.items() if key == "version"}).encode()


ODD_INDEXES = [
    None,
    b"",
    b"{",
    b"[]",
    b'{"documents": 1}',
    _index(version=0),
    _index(title=["A"]),
    _index(id=[]),
    _index(id="?"),
    _index(title=1),
]


def test_the_small_index_is_readable_as_it_is(workshop: Workshop) -> None:
    path = workshop.root / "site/public/search/index.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(_index())
    asked = EditionSearches(workshop.project, gather(workshop.project, TODAY).settings, lambda _: {})
    assert asked.live_title(PLAN, "billing/refund/") != ""


@pytest.mark.parametrize("data", ODD_INDEXES)
def test_nobody_knows_where_nothing_readable_stands(workshop: Workshop, data: bytes | None) -> None:
    path = workshop.root / "site/public/search/index.json"
    if data is not None:
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    asked = EditionSearches(workshop.project, gather(workshop.project, TODAY).settings, lambda _: {})
    assert asked.live_title(PLAN, "billing/refund/") == ""
    assert asked.live_standing(PLAN, "refund", "billing/refund/") == Standing(0, ())


def test_a_check_makes_no_index_without_questions(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Indexes, "__call__", lambda *_: pytest.fail("nobody asked for an index"))
    check(workshop.project, RULES, TODAY)


def test_a_check_remembers_what_it_analysed_only_if_that_was_all(workshop: Workshop) -> None:
    ask = article("Ask for a refund", "Text.", questions='["How do I get a refund?"]')
    workshop.write("en/billing/refund.md", ask)
    check(workshop.project, RULES, TODAY, words=strings)
    assert not (workshop.project.work / TERMS).exists()
    workshop.write("ru/billing/refund.md", article("Как вернуть оплату", "Текст.", questions='["Как вернуть деньги?"]'))
    check(workshop.project, RULES, TODAY, words=strings)
    assert (workshop.project.work / TERMS).is_file()


def test_an_edited_title_is_offered_until_the_next_build(workshop: Workshop) -> None:
    for name in ("calls", "cards", "plans"):
        workshop.write(f"en/billing/{name}.md", article(f"How to get a refund for {name}", "Ask.", questions='["How do I get a refund?"]'))
    text = "Everything about money: invoices, limits and cards. " * 9
    workshop.write("en/billing/refund.md", article("Get a refund", text, questions='["How do I get a refund?"]'))
    workshop.build()
    workshop.write("en/billing/refund.md", article("Money matters", text, questions='["How do I get a refund?"]'))
    hints = [finding.hint for finding in check(workshop.project, RULES, TODAY, words=strings).findings if finding.code == "KB601"]
    assert hints == ["its title was 'Get a refund' before: add that to keywords:"]
    built = workshop.build()
    assert [finding.code for finding in built.findings] == [], "a build does not ask"
