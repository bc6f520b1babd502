from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.search import analyse
from kbgen.search.analyse import LONGEST, stop_words

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "analyser.json"


def vectors() -> list[list[Any]]:
    read: list[list[Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return read


def test_golden_vectors() -> None:
    assert [[text, analyse(text)] for text, _ in vectors()] == vectors(), (
        "meant? then: PYTHONPATH=. python tests/unit/search/rewrite_vectors.py"
    )


def test_there_are_enough_vectors_in_both_languages() -> None:
    texts = [text for text, _ in vectors()]
    assert len(set(texts)) == len(texts)
    assert len([text for text in texts if text.isalpha() and text.isascii()]) >= 250
    assert len([text for text in texts if text.isalpha() and "а" <= text[0].lower() <= "я"]) >= 250
    assert {"constructor", "__proto__", "😀", "ERR_123", "0x80070005", "KB-7Q4M", "{{ x }}"} <= set(texts)


def test_the_browser_gives_the_same_vectors(node: Any) -> None:
    texts = [text for text, _ in vectors()]
    terms = node(stop=sorted(stop_words()), texts=texts)["terms"]
    assert list(zip(texts, terms, strict=True)) == [(text, terms) for text, terms in vectors()]


def test_the_browser_stems_thousands_of_made_up_words_alike(node: Any) -> None:
    chance = random.Random(1)
    latin, cyrillic = "abcdeilmnorstuvyz", "абвгдеийклмнорстущыьэюя"
    ends = [
        "",
        "s",
        "es",
        "ies",
        "ed",
        "ing",
        "ational",
        "iveness",
        "bli",
        "logi",
        "eed",
        "y",
        "ement",
        "ll",
        "ость",
        "ейший",
        "ами",
        "вшись",
        "ует",
        "ия",
    ]
    words = ["".join(chance.choices(chance.choice([latin, cyrillic]), k=chance.randint(1, 9))) for _ in range(8_000)]
    texts = [word + chance.choice([end for end in ends if not end or (end[0] < "\x7f") == (word[0] < "\x7f")]) for word in words]
    terms = node(stop=[], texts=texts)["terms"]
    stop = stop_words()
    assert [(text, term) for text, term in zip(texts, terms, strict=True) if text not in stop and analyse(text) != term] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("оплата", "оплаты"), ("возврат", "возвратом"), ("уведомление", "уведомлений"), ("сотрудник", "сотрудникам"), ("счёт", "счет"),
        ("ЁЛКА", "елка"), ("payment", "payments"), ("refunded", "refunding"), ("за\u0301мок", "замок"), ("при\u00adвет", "привет"),
        ("cafe\u0301", "CAFÉ"), ("KB\u20117Q4M", "kb-7q4m"),
    ],
)  # fmt: skip
def test_forms_of_one_word_have_one_term(one: str, other: str) -> None:
    assert analyse(one) == analyse(other) != []


@pytest.mark.parametrize(("one", "other"), [("оплата", "возврат"), ("report", "refund"), ("ERR_123", "ERR_124"), ("мир", "мор")])
def test_different_words_have_different_terms(one: str, other: str) -> None:
    assert analyse(one) != analyse(other)


def test_codes_are_kept_whole_and_in_parts() -> None:
    assert analyse("ERR_123") == ["err_123", "err", "123"]
    assert analyse("0x80070005") == ["0x80070005"]
    assert analyse("v2.3.1,") == ["v2.3.1", "v2", "3", "1"]
    assert analyse("self-service") == ["self", "servic"], "a word with a hyphen is no code"


def test_stop_words_are_no_terms() -> None:
    assert analyse("How do I get it? Как его получить?") == ["get", "получ"]


@given(st.text())
def test_any_text_has_terms_of_bounded_length(text: str) -> None:
    for term in analyse(text):
        assert 0 < len(term) <= LONGEST
        assert "ё" not in term


@given(st.text())
def test_terms_do_not_depend_on_composition_or_case_of_russian(text: str) -> None:
    assert analyse(text + " йод ёж") == [*analyse(text), "йод", "еж"]
    assert analyse("ЙОД ЁЖ " + text) == ["йод", "еж", *analyse(text)]
