"""Which words are forms of one word, in both languages."""

import pytest

from kbgen.search.forms import ENGLISH, RUSSIAN, Endings, Forms


@pytest.mark.parametrize(
    ("endings", "one", "other", "together"),
    [
        (RUSSIAN, "отчетами", "отчету", True),
        (RUSSIAN, "интеграции", "интеграцией", True),
        (RUSSIAN, "подключения", "подключением", True),
        (RUSSIAN, "последней", "последнего", True),
        (RUSSIAN, "отчетами", "отчетный", False),
        (RUSSIAN, "таблица", "табличный", False),
        (RUSSIAN, "банк", "банка", False),
        (ENGLISH, "invoice", "invoices", True),
        (ENGLISH, "categories", "category", True),
        (ENGLISH, "connected", "connecting", True),
        (ENGLISH, "verify", "verified", True),
        (ENGLISH, "report", "reporter", False),
        (ENGLISH, "card", "cards", False),
    ],
)
def test_forms_of_one_word(endings: Endings, one: str, other: str, together: bool) -> None:
    assert bool(endings.families(one) & endings.families(other)) == together
    assert (other in Forms(endings, [f"{one} и, and {other}"]).of(one)) == together


def test_words_of_a_language_in_one_spelling() -> None:
    assert RUSSIAN.words("Отчёт CRM, Ещё отчёт") == ["отчет", "еще", "отчет"]
    assert ENGLISH.words("Отчёт CRM, a Report") == ["crm", "a", "report"]


def test_only_forms_that_occur() -> None:
    assert Forms(RUSSIAN, ["об оплате", "оплаты"]).of("оплата") == {"оплате", "оплаты"}
