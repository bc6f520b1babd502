from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import search_corpus as corpus

from kbgen.model.article import Section
from kbgen.model.search import SearchDocument
from kbgen.search import SearchHit, build_index, search
from kbgen.search.layout import FIELDS
from kbgen.search.query import open_index
from kbgen.search.rank import rank
from kbgen.search.spelling import one_slip_apart, other_layout


def page(address: str, title: str, *sections: tuple[str, str, str], **more: Any) -> SearchDocument:
    values = {"area": "Оплата", "type": "how-to", "audience": "public", "summary": "", "keywords": (), "questions": ()} | more
    return SearchDocument(address=address, title=title, sections=tuple(Section(*section) for section in sections), **values)


PAGES = [
    page(
        "billing/pay/",
        "Оплата картой",
        ("", "", "Чтобы продлить тариф, откройте раздел."),
        ("fail", "Банк отклонил", "Попробуйте другую карту."),
    ),
    page("billing/refund/", "Вернуть деньги", ("", "", "Срок возврата — десять дней. Счёт закроется."), summary="Когда приходят деньги."),
    page(
        "account/password/",
        "Reset a password",
        ("", "", "Open the page."),
        ("code", "Error ERR_123", "Your session ended."),
        questions=("Why am I signed out?",),
    ),
    page(
        "reports/export/",
        "Export reports",
        ("", "", "Reports are files. The code is 0x80070005."),
        audience="internal",
        keywords=("download", "csv"),
    ),
    page("setup/project/", "Настройка проекта", ("", "", "Проект создаёт владелец. См. KB-7Q4M."), area="Проект"),
]
INDEX = build_index(PAGES, "ru")


def found(query: str, documents: Sequence[SearchDocument] = PAGES) -> list[str]:
    return [hit.address for hit in search(build_index(documents, "ru").__getitem__, query)]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("оплаты", "billing/pay/"), ("оплата", "billing/pay/"), ("картами ", "billing/pay/"), ("возвраты", "billing/refund/"),
        ("счет", "billing/refund/"), ("счёт", "billing/refund/"), ("СЧЁТА", "billing/refund/"), ("report", "reports/export/"),
        ("reports", "reports/export/"), ("passwords", "account/password/"), ("sessions", "account/password/"),
        ("err_123", "account/password/"),
        ("ERR 123", "account/password/"), ("0x80070005", "reports/export/"), ("KB-7Q4M", "setup/project/"), ("kb-7q", "setup/project/"),
        ("why was I signed out?", "account/password/"), ("csv", "reports/export/"), ("настр", "setup/project/"),
        ("passw", "account/password/"),
        ("pasword", "account/password/"), ("проетк", "setup/project/"), ("jgkfnf", "billing/pay/"), ("jgkfnf 123", "billing/pay/"),
        ("щзут кузщкеы", "reports/export/"),
        ("на", "setup/project/"),
    ],
)  # fmt: skip
def test_finds(query: str, address: str) -> None:
    assert found(query)[:1] == [address]


@pytest.mark.parametrize("query", ["", "  ", "как", "how to ", "зюзюка", "*", "ы", "😀"])
def test_finds_nothing_where_nothing_is_meant(query: str) -> None:
    assert found(query) == []


def test_a_plural_in_the_article_is_found_by_the_singular() -> None:
    assert found("оплата", [page("a/", "Оплаты")]) == found("оплаты", [page("a/", "Оплата")]) == ["a/"]
    assert found("payment", [page("a/", "Payments")]) == found("payments", [page("a/", "Payment")]) == ["a/"]


def test_a_finished_word_is_not_taken_for_a_beginning() -> None:
    assert found("настр ") == found("настр. ") == []


def test_a_hit_says_all_a_result_shows() -> None:
    hit = search(INDEX.__getitem__, "session ended")[0]
    assert (hit.address, hit.anchor, hit.title, hit.heading) == ("account/password/", "code", "Reset a password", "Error ERR_123")
    assert (hit.area, hit.type, hit.audience) == ("Оплата", "how-to", "public")
    assert hit.snippet == "Your session ended."
    assert hit.parts == (("Your ", False), ("session ended. ", True))
    assert search(INDEX.__getitem__, "export")[0].audience == "internal"


def test_the_snippet_shows_the_match_in_a_long_text() -> None:
    text = " ".join(f"слово{number}" for number in range(200)) + " оплата картой " + " ".join(f"ещё{number}" for number in range(200))
    hit = search(build_index([page("a/", "Длинная", ("", "", text))], "ru").__getitem__, "оплаты картой")[0]
    assert hit.snippet.startswith("… слово196 слово197 слово198 слово199 оплата картой ещё0")
    assert hit.snippet.endswith("…")
    assert len(hit.snippet.split()) == 28 + 2


def test_a_match_in_the_title_alone_leads_to_the_top_and_shows_the_summary() -> None:
    hit = search(INDEX.__getitem__, "вернуть")[0]
    assert (hit.anchor, hit.snippet) == ("", "Когда приходят деньги.")


def test_the_title_counts_most_then_questions_then_headings_then_text() -> None:
    filler = "слово " * 6
    pages = [
        page("body/", filler, ("", filler, filler + "оплата"), keywords=(filler,)),
        page("headings/", filler, ("", filler + "оплата", filler), keywords=(filler,)),
        page("keywords/", filler, ("", filler, filler), keywords=(filler + "оплата",)),
        page("title/", filler + "оплата", ("", filler, filler), keywords=(filler,)),
    ]
    assert found("оплаты", pages) == ["title/", "keywords/", "headings/", "body/"]


def test_a_rare_word_outweighs_a_common_one() -> None:
    pages = [page(f"{number}/", "отчёт проекта отчёт проекта") for number in range(9)] + [page("rare/", "отчёт тарифа раздел меню")]
    assert found("отчёт тариф", pages)[0] == "rare/"


def test_only_the_files_a_query_needs_are_read() -> None:
    index = build_index(corpus.documents(300), "ru")
    loaded: list[str] = []

    def load(path: str) -> bytes:
        loaded.append(path)
        return index[path]

    hits = search(load, "возвраты оплаты ", limit=5)
    assert len(hits) == 5
    assert len([path for path in loaded if path.startswith("texts/")]) == 5
    assert 1 <= len([path for path in loaded if path.startswith("terms/")]) <= 2
    assert "words.json" not in loaded
    assert len(loaded) == len(set(loaded))
    search(load, "возварты оплаты ")
    assert "words.json" in loaded


def test_partial_postings_rank_as_the_whole_index_does() -> None:
    """lunr's own order over all terms of the index at once is the same as over the query's terms alone."""
    index = build_index(corpus.documents(60), "ru")
    reader = open_index(index.__getitem__)
    assert reader is not None
    wanted = {"оплат": 1.0, "возврат": 1.0, "refund": 0.6}
    everything = dict.fromkeys((term for first in reader.directory["shards"] for term in reader.shard(first)), 0.0) | wanted
    alone = [(one.id, round(one.score, 6)) for one in rank(reader, wanted)]
    among_all = [(one.id, one.score) for one in rank(reader, everything) if one.score > 0]
    assert [number for number, _ in alone] == [number for number, _ in among_all]
    assert len(alone) > 10
    assert len(FIELDS) == 4


def test_an_index_of_another_version_finds_nothing() -> None:
    index = dict(INDEX) | {"index.json": INDEX["index.json"].replace(b'"version":1', b'"version":999')}
    assert search(index.__getitem__, "оплата") == []


def test_a_stale_shard_with_an_unknown_document_is_no_error() -> None:
    other = build_index([*PAGES, page("x/", "Оплата всего")], "ru")
    mixed = {name: other.get(name, data) if name.startswith("terms/") else data for name, data in INDEX.items()}
    assert [hit.address for hit in search(mixed.__getitem__, "оплата")] == ["billing/pay/"]


@pytest.mark.parametrize("query", corpus.ODD)
def test_odd_queries_never_raise(query: str) -> None:
    search(INDEX.__getitem__, query)


@given(st.text(alphabet=st.characters(), max_size=60), st.integers(-1, 20))
def test_no_text_raises(query: str, limit: int) -> None:
    hits = search(INDEX.__getitem__, query, limit)
    assert len(hits) <= max(0, limit)
    assert len({hit.address for hit in hits}) == len(hits)


@pytest.mark.parametrize(("count", "queries"), [(300, 240), (25, 120), (1, 60), (0, 45)])
def test_python_and_the_browser_give_the_same_hits(node: Any, count: int, queries: int) -> None:
    index = build_index(corpus.documents(count), "ru")
    asked = corpus.queries(queries)
    answers = node(index=index, queries=asked, limit=10)
    assert len(answers["hits"]) == queries
    some = 0
    for query, theirs in zip(asked, answers["hits"], strict=True):
        ours = [_plain(hit) for hit in search(index.__getitem__, query)]
        assert ours == [{name: hit[name] for name in _plain(_EMPTY)} for hit in theirs], repr(query[:80])
        some += bool(ours)
    assert some > queries * 0.7 or count < 25
    assert answers["loaded"][0] == "index.json"


_EMPTY = SearchHit("", "", "", "", "", "", "", 0.0, ())


def _plain(hit: SearchHit) -> dict[str, Any]:
    names = ("address", "anchor", "title", "heading", "area", "type", "audience", "score")
    return {name: getattr(hit, name) for name in names} | {"parts": [list(part) for part in hit.parts]}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("refund", "refnd", True), ("refund", "refunds", True), ("refund", "refumd", True), ("refund", "erfund", True),
        ("refund", "refudn", True),
        ("refund", "refund", False), ("refund", "rfudn", False), ("refund", "unrefund", False), ("ab", "ba", True), ("abc", "cba", False),
        ("a", "b", True), ("оплат", "олпат", True), ("abcd", "badc", False),
    ],
)  # fmt: skip
def test_one_slip(one: str, other: str, near: bool) -> None:
    assert one_slip_apart(one, other) is near
    assert one_slip_apart(other, one) is near


def test_the_other_layout_and_back() -> None:
    assert other_layout("ghbdtn") == "привет"
    assert other_layout("Шьзщке") == "import"
    assert other_layout(other_layout("счёт 12 [x]")) == "счёт 12 [x]"
