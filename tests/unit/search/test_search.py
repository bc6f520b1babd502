from __future__ import annotations

import math
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
from kbgen.model.support import Synonym
from kbgen.search import Answer, SearchHit, build_index, explain, find, open_index, popular, search, suggest
from kbgen.search.layout import FIELDS
from kbgen.search.rank import WHOLE_TITLE
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
    assert found("наст") == ["setup/project/"]
    assert found("наст ") == found("наст. ") == []


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
    assert 1 <= len([path for path in loaded if path.startswith("terms/")]) <= 3
    assert not [path for path in loaded if path.startswith("words/")]
    assert len(loaded) == len(set(loaded))
    search(load, "возварты оплаты ")
    assert [path for path in loaded if path.startswith("words/")] == ["words/432.json"]


def opened(index: Any = INDEX) -> Any:
    reader = open_index(index.__getitem__)
    assert reader is not None
    return reader


def test_scores_follow_the_formula_that_is_written_down() -> None:
    pages = [page("a/", "Оплата картой", ("", "", "Текст о картах.")), page("b/", "Другое", ("", "", "Оплата картой"))]
    one, two = search(build_index(pages, "ru").__getitem__, "оплата карты ")

    def idf(holding: int) -> float:
        return math.floor(math.log(1 + (2 - holding + 0.5) / (holding + 0.5)) * 1024 + 0.5) / 1024

    def part(weight: float, holding: int, length: float, average: float) -> float:
        return weight * idf(holding) * 2.2 / (1.2 * (0.25 + 0.75 * length / average) + 1)

    title = part(8, 1, 2, 1.5)
    assert one.score == pytest.approx((title + title + part(1, 2, 2, 2)) * 2 / 2 * WHOLE_TITLE / math.sqrt(2), rel=1e-9)
    assert two.score == pytest.approx((part(1, 1, 2, 2) + part(1, 2, 2, 2)) * 2 / 2 / math.sqrt(2), rel=1e-9)


def test_a_page_with_all_words_comes_before_one_that_repeats_some() -> None:
    pages = [page("some/", "Прочее", ("", "", "отчёт " * 9)), page("all/", "Прочее", ("", "", "отчёт по каналу за период и многое другое"))]
    pages += [page(f"{number}/", "канал период", ("", "", "одно и другое " * 4)) for number in range(4)]
    assert found("отчёт канал период ", pages).index("all/") < found("отчёт канал период ", pages).index("some/")


def test_results_that_share_but_a_common_word_are_left_out() -> None:
    pages = [page(f"{number}/", f"Прочее {number}", ("", "", "отчёт")) for number in range(20)]
    pages.append(page("rare/", "Отчёт тарифа", ("", "", "отчёт тарифа")))
    answer = find(opened(build_index(pages, "ru")), "отчёт тарифа ")
    assert [hit.address for hit in answer.hits] == ["rare/"]
    assert answer.total == 1
    assert find(opened(build_index(pages, "ru")), "отчёт ", 3).total == 21


SYNONYMS = (
    Synonym(words=("деньги", "средства", "cash back")),
    Synonym.model_validate({"from": ["log in", "signon"], "to": ["password"]}),
)
WITH_SYNONYMS = build_index(
    [*PAGES, page("bonus/", "Cash back"), page("cash/", "Cash register"), page("back/", "Back office")], "ru", SYNONYMS
)


@pytest.mark.parametrize(
    ("query", "first", "others"),
    [
        ("средства ", "billing/refund/", {"bonus/"}), ("деньги ", "billing/refund/", {"bonus/"}),
        ("cash back ", "bonus/", {"billing/refund/", "cash/", "back/"}), ("signon ", "account/password/", set()),
        ("how do I log in", "account/password/", set()), ("How can I log  in here? ", "account/password/", set()),
        ("password ", "account/password/", set()),
    ],
)  # fmt: skip
def test_synonyms_bring_what_is_called_otherwise(query: str, first: str, others: set[str]) -> None:
    """Of a phrase all words are wanted, stop words of the query included; a word's own pages come first; one-way ones don't lead back."""
    hits = [hit.address for hit in search(WITH_SYNONYMS.__getitem__, query)]
    assert hits[0] == first
    assert set(hits[1:]) == others


def test_exact_search_takes_the_query_as_it_is_typed() -> None:
    reader = opened(WITH_SYNONYMS)
    for query, shown in (
        ("jgkfnf", "оплата"),
        ("pasword", "password"),
        ("reset pasword", "reset password"),
        ("502 djpdhfn", "502 возврат"),
    ):
        meant, typed = find(reader, query), find(reader, query, exact=True)
        assert (meant.shown_as, meant.literal) == (shown, False), query
        assert meant.total > 0
        assert (typed.shown_as, typed.literal) == ("", True)
        assert set(typed.weights) < set(meant.weights) or typed.total == 0
    assert find(reader, "средства ", exact=True).total == 0
    assert find(reader, "оплата картой").shown_as == ""


def test_facets_count_and_narrow_down() -> None:
    reader = opened()
    answer = find(reader, "оплата проект reports")
    assert answer.facets["area"] == {"Оплата": 2, "Проект": 1}
    assert answer.facets["audience"] == {"public": 2, "internal": 1}
    assert answer.facets["severity"] == {}
    narrow = find(reader, "оплата проект reports", filters={"area": ["Оплата"], "audience": {"internal"}})
    assert [hit.address for hit in narrow.hits] == ["reports/export/"]
    assert narrow.total == 1
    assert narrow.facets["area"] == {"Оплата": 1}, "the other facets' filters count"
    assert narrow.facets["audience"] == {"public": 1, "internal": 1}
    assert find(reader, "оплата", filters={"area": ["no such"]}).total == 0
    assert find(reader, "оплата", filters={"area": []}).total == find(reader, "оплата").total


def test_a_hit_has_up_to_three_sections() -> None:
    sections = [("", "", "Пусто.")] + [(f"s{number}", f"Часть {number}", "оплата картой") for number in range(5)]
    hit = search(build_index([page("a/", "Длинная", *sections)], "ru").__getitem__, "оплата картой")[0]
    assert [passage.anchor for passage in hit.sections] == ["s0", "s1", "s2"]
    assert (hit.anchor, hit.heading, hit.parts) == (hit.sections[0].anchor, hit.sections[0].heading, hit.sections[0].parts)
    assert len(search(INDEX.__getitem__, "Банк отклонил")[0].sections) == 1


def test_suggestions_come_from_titles_keywords_and_questions_alone() -> None:
    loaded: list[str] = []

    def load(path: str) -> bytes:
        loaded.append(path)
        return INDEX[path]

    reader = open_index(load)
    assert reader is not None
    assert [hit.address for hit in suggest(reader, "оп")] == ["billing/pay/"]
    assert [hit.address for hit in suggest(reader, "signed o")] == ["account/password/"]
    assert [hit.address for hit in suggest(reader, "csv")] == ["reports/export/"]
    assert [hit.address for hit in suggest(reader, "jgkfn")] == ["billing/pay/"]
    assert suggest(reader, "session") == [], "it is in the text only"
    assert suggest(reader, " о ") == []
    assert {path.split("/")[0] for path in loaded} == {"index.json", "first"}


def test_nothing_found_offers_the_nearest_titles() -> None:
    reader = opened()
    answer = find(reader, "экспортreports")
    assert (answer.hits, answer.total) == ((), 0)
    assert [hit.address for hit in answer.relaxed] == ["reports/export/"]
    assert find(reader, "оплата").relaxed == ()
    assert find(reader, "qwxzqwxz").relaxed == ()


def test_what_is_popular_is_what_is_featured_then_the_rest() -> None:
    pages = [page("b/", "B"), page("a/", "A"), page("c/", "C", featured=True), page("d/", "D", area="Проект", featured=True)]
    reader = opened(build_index(pages, "ru"))
    assert [hit.address for hit in popular(reader)] == ["c/", "d/", "a/", "b/"]
    assert [hit.address for hit in popular(reader, "Оплата", 2)] == ["c/", "a/"]
    assert popular(reader, "no such") == []


def test_the_parts_of_a_score_are_its_sum() -> None:
    index = build_index(corpus.documents(80), "ru", corpus.SYNONYMS)
    several = 0
    for query in corpus.queries(60):
        told = explain(index.__getitem__, query)
        assert [hit.address for hit in told.hits] == [hit.address for hit in search(index.__getitem__, query)]
        for hit in told.hits:
            assert sum(part.score for part in hit.parts) == pytest.approx(hit.score, rel=1e-9)
            assert {part.field for part in hit.parts} <= set(FIELDS)
            several += len(hit.parts) > 1
    assert several > 100
    part = explain(WITH_SYNONYMS.__getitem__, "средства ").hits[0].parts[0]
    assert (part.word, part.terms, part.boost, part.field) == ("средства", ("деньг",), 0.6, "title")


def test_an_index_of_another_version_finds_nothing() -> None:
    index = dict(INDEX) | {"index.json": INDEX["index.json"].replace(b'"version":3', b'"version":999')}
    assert search(index.__getitem__, "оплата") == []


def test_a_stale_shard_with_an_unknown_document_is_no_error() -> None:
    other = build_index([*PAGES, page("x/", "Оплата всего")], "ru")
    mixed = {name: other.get(name, data) if name.startswith(("terms/", "first/")) else data for name, data in INDEX.items()}
    assert [hit.address for hit in search(mixed.__getitem__, "оплата")] == ["billing/pay/"]


@pytest.mark.parametrize("query", corpus.ODD)
def test_odd_queries_never_raise(query: str) -> None:
    search(INDEX.__getitem__, query)


@given(st.text(alphabet=st.characters(), max_size=60), st.integers(-1, 20))
def test_no_text_raises(query: str, limit: int) -> None:
    hits = search(INDEX.__getitem__, query, limit)
    assert len(hits) <= max(0, limit)
    assert len({hit.address for hit in hits}) == len(hits)


@pytest.mark.parametrize(("count", "queries"), [(300, 240), (25, 120), (1, 70), (0, 60)])
@pytest.mark.parametrize("exact", [False, True])
def test_python_and_the_browser_give_the_same_answers(node: Any, count: int, queries: int, exact: bool) -> None:
    index = build_index(corpus.documents(count), "ru", corpus.SYNONYMS)
    reader, asked = opened(index), corpus.queries(queries)
    filters = {"area": ["Billing", "Оплата"], "severity": "high"} if exact else {}
    answers = node(index=index, queries=asked, limit=10, options={"filters": filters, "exact": exact})
    some = 0
    for query, theirs, rest, suggested in zip(asked, answers["hits"], answers["answers"], answers["suggested"], strict=True):
        ours = find(reader, query, filters=filters, exact=exact)
        expected = [_plain(hit) for hit in ours.hits]
        assert expected == [{name: hit[name] for name in _plain(_EMPTY)} for hit in theirs], repr(query[:80])
        assert _rest(ours) == rest, repr(query[:80])
        assert [[hit.address, hit.score] for hit in suggest(reader, query)] == suggested
        some += bool(ours.hits)
    assert some > queries * (0.2 if exact else 0.7) or count < 25
    assert answers["popular"] == [hit.address for hit in popular(reader, limit=10)]
    assert answers["loaded"][0] == "index.json"


_EMPTY = SearchHit("", "", "", "", "", "", "", 0.0, ())


def _plain(hit: SearchHit) -> dict[str, Any]:
    names = ("address", "anchor", "title", "heading", "area", "type", "audience", "severity", "score")
    sections = [{"anchor": one.anchor, "heading": one.heading, "parts": [list(part) for part in one.parts]} for one in hit.sections]
    return {name: getattr(hit, name) for name in names} | {"parts": [list(part) for part in hit.parts], "sections": sections}


def _rest(answer: Answer) -> dict[str, Any]:
    return {
        "total": answer.total,
        "facets": answer.facets,
        "shown_as": answer.shown_as,
        "literal": answer.literal,
        "weights": [list(one) for one in answer.weights.items()],
        "relaxed": [hit.address for hit in answer.relaxed],
    }


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
