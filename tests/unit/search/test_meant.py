"""What a query is taken for: denials, other keys, words written together, whole titles; and what of it is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from kbgen.model.article import Section
from kbgen.model.search import SearchDocument
from kbgen.model.support import Synonym
from kbgen.search import Answer, build_index, find, open_index
from kbgen.search.spelling import Known, corrections, in_cyrillic, spelt_like


def page(address: str, title: str, text: str = "", **more: Any) -> SearchDocument:
    values = {"area": "", "type": "how-to", "audience": "public", "summary": "", "keywords": (), "questions": ()} | more
    return SearchDocument(address=address, title=title, sections=(Section("", "", text),), **values)


PAGES = [
    page("pay/", "Как оплатить Lumenta", "Оплата картой, возврат не нужен. Письмо приходит сразу."),
    page("refund/", "Возврат оплаты", "Деньги вернутся, если услуга не работает."),
    page("phone/", "Не работает телефон", "Телефон молчит. Сервис работает."),
    page("works/", "Что работает ночью", "Телефон поддержки работает, чат работает, все работает."),
    page("webhook/", "Webhook", "Приходят события webhook. Пароль от приложения REST API, ответ придет."),
    page("two/", "Two factor sign-in", "A factor is a code. Two are better."),
    page("mail/", "Change your e-mail", "An e-mail address."),
    page("mailbox/", "Mail and e", "mail e mail"),
    page("new/", "What's new in November", "Reports."),
    page("layout/", "New layout", "What is new in a new report, new, new."),
    page("how/", "How it works", "It runs."),
    page("counted/", "How goals are counted", "Goals."),
    page("count/", "A goal doesn't count", "Goals counted, goals.", keywords=("goals", "how goals are counted wrong")),
]


def asked(query: str, pages: Sequence[SearchDocument] = PAGES, synonyms: Sequence[Synonym] = ()) -> Answer:
    reader = open_index(build_index(pages, "ru", synonyms).__getitem__)
    assert reader is not None
    return find(reader, query)


def first(query: str) -> str:
    hits = asked(query).hits
    return hits[0].address if hits else ""


def marked(answer: Answer, address: str) -> str:
    """What is marked in the snippet of a hit."""
    hit = next(hit for hit in answer.hits if hit.address == address)
    return " ".join(text.strip() for text, matched in hit.parts if matched)


def test_a_denial_tips_the_scale_and_is_never_marked() -> None:
    answer = asked("не работает ")
    assert answer.hits[0].address == "phone/"
    assert "не" not in answer.weights
    assert marked(answer, "refund/") == "работает."
    assert answer.total == len([hit for hit in answer.hits if hit.address in {"phone/", "works/", "refund/"}])
    assert asked("не ").total == 3, "alone it is looked for"


@pytest.mark.parametrize(
    "query", ["calls dont count", "calls don't count", "calls don’t count", "calls not counting", "calls cannot count"]
)
def test_one_denial_is_as_good_as_another(query: str) -> None:
    pages = [page("do/", "Calls count"), page("do-not/", "A call doesn't count"), page("want/", "What you want counts")]
    answer = asked(query, pages)
    assert [hit.address for hit in answer.hits][:2] == ["do-not/", "do/"]
    assert answer.shown_as == ""


@pytest.mark.parametrize(
    ("query", "address", "shown"),
    [
        ("Rfr jgkfnbnm Lumenta", "pay/", "как оплатить lumenta"), ("ghb[jlzn webhook ", "webhook/", "приходят webhook"),
        ("yt hf,jnftn ntktajy", "phone/", "не работает телефон"), ("Lumenta jgkfnf", "pay/", "lumenta оплата"),
        ("ghbdtn jgkfnf", "pay/", "привет оплата"), ("vozvrat oplaty", "refund/", "возврат оплаты"), ("telefon", "phone/", "телефон"),
    ],
)  # fmt: skip
def test_other_keys_are_tried_piece_by_piece(query: str, address: str, shown: str) -> None:
    answer = asked(query)
    assert answer.hits[0].address == address
    assert answer.shown_as == shown


@pytest.mark.parametrize("query", ["ghbdtn", "152-фз", "reset пароля"])
def test_other_keys_and_corrections_have_to_be_likely(query: str) -> None:
    assert asked(query).shown_as == ""


@pytest.mark.parametrize(
    ("query", "address", "shown"),
    [
        ("twofactor", "two/", "two factor"),
        ("неработает телефон", "phone/", "не работает телефон"),
        ("телефонработает", "phone/", "телефон работает"),
    ],
)
def test_words_written_together_are_found(query: str, address: str, shown: str) -> None:
    answer = asked(query)
    assert (answer.hits[0].address, answer.shown_as) == (address, shown)


def test_email_is_one_word_in_either_spelling() -> None:
    assert [hit.address for hit in asked("email ").hits] == [hit.address for hit in asked("e-mail").hits] == ["mail/"]
    assert marked(asked("e-mail"), "mail/") == "e-mail"


def test_a_whole_title_comes_first_and_one_that_begins_so_next() -> None:
    assert first("How goals are counted") == first("how are goals counted") == "counted/"
    assert first("what's new") == first("what is new") == "new/"
    assert first("Не работает телефон") == first("не работает телефон") == "phone/"


def test_a_whole_keyword_or_question_comes_before_one_that_says_more() -> None:
    pages = [
        page("a/", "Other", keywords=("double payment", "card", "bill", "bank")),
        page("b/", "Other", keywords=("double",), questions=("Which payment is late?",)),
        page("c/", "Double the payment of others"),
    ]
    assert [hit.address for hit in asked("double payment ", pages).hits][:2] == ["a/", "c/"]


@pytest.mark.parametrize(("query", "addresses"), [("how", ["counted/", "how/"]), ("how it", ["how/"]), ("why", []), ("how 5", [])])
def test_stop_words_alone_find_titles(query: str, addresses: list[str]) -> None:
    answer = asked(query)
    assert sorted(hit.address for hit in answer.hits) == addresses
    assert answer.total == len(addresses)


MONEY = [
    page("a/", "Other", "The money is gone. Come back later. Ask for a refund."),
    page("b/", "Get it", "You get your money back soon."),
]
SYNONYMS = (Synonym(words=("refund", "money back")),)


def test_of_a_phrase_only_the_whole_is_marked() -> None:
    answer = asked("refund ", MONEY, SYNONYMS)
    assert marked(answer, "a/") == "refund."
    assert marked(answer, "b/") == "money back"
    assert list(answer.weights) == ["refund", "money back"]


def test_a_synonym_of_a_phrase_counts_more_than_one_of_a_word() -> None:
    synonyms = (
        Synonym.model_validate({"from": ["get in"], "to": ["password"]}),
        Synonym.model_validate({"from": ["enter"], "to": ["password"]}),
    )
    pages = [page("a/", "Password"), page("b/", "Other")]
    assert asked("get in ", pages, synonyms).weights["password"] > asked("enter ", pages, synonyms).weights["password"]


def test_russian_in_latin_letters() -> None:
    words = {
        "vozvrat": "возврат",
        "zayavka": "заявка",
        "schet": "счет",
        "Oplaty": "оплаты",
        "nastroyka": "настройка",
        "platezhi": "платежи",
    }
    assert {word: in_cyrillic(word) for word in words} == words


def test_a_code_is_found_as_a_whole_and_by_its_beginning() -> None:
    pages = [
        page("a/", "One", codes=("KB-7Q4M", "2026.11.2")),
        page("b/", "Two", codes=("KB-9Z9Z",)),
        page("c/", "Three", codes=("my-id",)),
    ]
    wanted = {"kb-7q4m": "a/", "KB-7Q": "a/", "2026.11.2": "a/", "KB-1111 ": "", "my-id": "c/", "kb ": ""}
    assert {query: "".join(hit.address for hit in asked(query, pages).hits) for query in wanted} == wanted


@pytest.mark.parametrize(
    ("raw", "term", "known", "shown"),
    [
        ("forever", "forev", Known("form", "form", 5), ""), ("рефанд", "рефанд", Known("реша", "решает", 5), ""),
        ("возварты", "возварт", Known("возврат", "возврата", 5), "возвраты"),
        ("pasword", "pasword", Known("password", "password", 5), "password"),
        ("notificaton", "notificaton", Known("notif", "notifications", 5), "notifications"),
        ("оплтаами", "оплтаам", Known("оплат", "оплата", 5), "оплата"),
    ],
)  # fmt: skip
def test_how_a_correction_is_told(raw: str, term: str, known: Known, shown: str) -> None:
    near = corrections(raw, term, [known])
    assert (spelt_like(raw, term, near[0]) if near else "") == shown
