"""A generated help center in Russian and English, the same on every run, and queries for it."""

from __future__ import annotations

import random
from collections.abc import Callable

from kbgen.model.article import Section
from kbgen.model.search import SearchDocument
from kbgen.model.support import Synonym
from kbgen.search.spelling import other_layout

ENGLISH = """account password invoice refund payment report goal webhook integration notification project call tracking number
manager filter segment channel campaign export import schedule invitation owner access security token session browser cookie
domain subscription plan limit currency receipt company address period closing balance upgrade downgrade trial support ticket""".split()
RUSSIAN = """оплата возврат счёт пароль вход аккаунт проект отчёт цель звонок интеграция уведомление номер приглашение сотрудник
доступ безопасность сессия браузер домен подписка тариф лимит валюта компания адрес период баланс поддержка обращение выгрузка
загрузка расписание фильтр сегмент канал кампания настройка менеджер изменение подключение ошибка сообщение письмо срок""".split()
ENDINGS = {"ru": ["", "ы", "и", "ов", "ами", "у", "ой", "е"], "en": ["", "s", "ing", "ed", "'s"]}
SYNONYMS = [
    Synonym(words=("refund", "money back", "возврат")),
    Synonym.model_validate({"from": ["log in", "вход"], "to": ["browser session", "пароль"]}),
    Synonym(words=("браузер", "хром-браузер")),
]
CODES = ["ERR_123", "0x80070005", "KB-7Q4M", "HTTP 502", "v2.3.1", "E-42"]
AREAS = ["Billing", "Оплата", "Reports", "Account"]
ODD = [
    "", " ", "*", "+title:x", "constructor", "__proto__", "toString hasOwnProperty", "{{ x }}", '"', "'", "<img src=x onerror=alert(1)>",
    "😀 🎉", "a" * 10_000, "слово " * 3_000, "\x00\x01", "\ud800", "𝒳𝒴 𝒵", "İstanbul ΣΊΣΥΦΟΣ", "за\u0301мок", "при\u00advет", "-_.-_.",
    "~1", "jgkfnf 502", "ERR_123 djpdhfn jgkfns", "2.3.1 зфныьуте куагтв", "refund djpdhfn",
    "title:оплата^10", "١٢٣", "\u202eоплата", "на", "how to", "ghbdtn jgkfnf", "щздфеф", "ошбика", "pasword refnd", "re", "опл",
    "KB-7q", "money back", "how do I log in", "log in 2", "деньги назад", "входы", "The How", "a b c",
    "возвртаы оплаты", "refuund", "qwertyqwerty", "notificaton setings",
]  # fmt: skip


def documents(count: int = 300, seed: int = 7) -> list[SearchDocument]:
    """This many documents, half of them in each language."""
    chance = random.Random(seed)
    return [_document(chance, number) for number in range(count)]


def _document(chance: random.Random, number: int) -> SearchDocument:
    language = chance.choice(["ru", "en"])

    def text(length: int) -> str:
        words = [_inflected(chance, language) for _ in range(length)]
        if chance.random() < 0.3:
            words.insert(chance.randrange(len(words) + 1), chance.choice(CODES))
        return " ".join(words) + "."

    sections = [Section("", "", text(chance.randint(5, 60)))]
    sections += [Section(f"part-{part}", text(3), text(chance.randint(0, 80))) for part in range(chance.randint(0, 4))]
    return SearchDocument(
        address=f"area{number % 4}/article-{number}/",
        title=text(chance.randint(2, 5)).capitalize(),
        area=AREAS[number % 4],
        type=chance.choice(["how-to", "faq"]),
        audience=chance.choice(["public", "internal"]),
        summary=chance.choice(["", text(8)]),
        keywords=tuple(text(1) for _ in range(chance.randint(0, 3))),
        questions=tuple(text(4) + "?" for _ in range(chance.randint(0, 2))),
        sections=tuple(sections),
        severity=chance.choice(["", "", "low", "high"]),
        featured=number % 17 == 0,
    )


def _inflected(chance: random.Random, language: str) -> str:
    stems = ENGLISH if language == "en" else RUSSIAN
    # Made-up words give the index many rare terms, as names and numbers do.
    made_up = "".join(chance.choice("абвгдеклмноп" if language == "ru" else "abcdefghijkl") for _ in range(chance.randint(3, 8)))
    word = chance.choice(stems) if chance.random() < 0.8 else made_up
    return word + chance.choice(ENDINGS[language])


def spoilt(chance: random.Random, query: str) -> str:
    """The query as it is, begun, misspelt, in capitals, with a code behind it or on the other keyboard layout."""
    changes: list[Callable[[str], str]] = [
        lambda query: query,
        lambda query: query[: max(2, len(query) - 2)],
        lambda query: query[:2] + query[3:],
        lambda query: query[:1] + query[2:3] + query[1:2] + query[3:],
        lambda query: query + " ",
        lambda query: query + " " + chance.choice(CODES),
        lambda query: query.upper(),
        other_layout,
    ]
    return chance.choice(changes)(query)


def queries(count: int = 200, seed: int = 11) -> list[str]:
    """This many queries: words of the documents, whole and spoilt; and all the odd ones."""
    chance = random.Random(seed)
    made = list(ODD)
    while len(made) < count:
        language = chance.choice(["ru", "en"])
        made.append(spoilt(chance, " ".join(_inflected(chance, language) for _ in range(chance.randint(1, 6)))))
    return made
