"""Which Russian words are forms of one word: by paradigms, tables of endings, and by no stemmer, for a stemmer is what is measured.

Two words belong together where one stem and two endings of one paradigm make them: ``отчётами`` and ``отчёту`` do, ``отчётами`` and
``отчётный`` don't. The tables are coarse: forms with a fleeting vowel or a changed consonant are missed
(``заявка``, ``заявок``), and now and then strangers are joined.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

SHORTEST_STEM = 5
"""Letters; shorter stems join too many strangers, such as ``банк`` and ``банка``."""

_NOTHING = "-"
_PARADIGMS = tuple(
    tuple("" if ending == _NOTHING else ending for ending in line.split())
    for line in (
        "- а у ом е ы ов ам ами ах",  # отчёт
        "- а у ом е и ов ам ами ах",  # список: after г, к, х
        "а ы е у ой - ам ами ах",  # страница, оплата
        "а и е у ой ам ами ах",  # заявка
        "ь я ю ем е и ей ям ями ях",  # пользователь
        "ь и ью ей ям ями ях",  # стоимость
        "ия ии ию ией ий иям иями иях",  # интеграция
        "ие ия ию ием ии ий иям иями иях",  # подключение
        "о а у ом е - ам ами ах",  # количество
        "й я ю ем е и ев ям ями ях",  # случай
        "ый ая ое ые ого ой ому ую ым ых ыми ом",  # новый
        "ий ая ое ие ого ой ому ую им их ими ом",  # русский
        "ий яя ее ие его ей ему юю им их ими ем",  # последний, следующий
        "ть л ла ло ли ет ют ем",  # подключать: подключает
        "ить ил ила ило или ит ят им ите",  # настроить
    )
)
_WORD = re.compile(r"[а-я]+")


def words(text: str) -> list[str]:
    """The Russian words of a text in lower case, ``ё`` written ``е``, as often as they occur."""
    return _WORD.findall(text.lower().replace("ё", "е"))


def families(word: str) -> frozenset[tuple[int, str]]:
    """The paradigms, each with a stem, that the word can belong to."""
    found = set()
    for number, endings in enumerate(_PARADIGMS):
        for ending in endings:
            stem = word.removesuffix(ending) if ending else word
            if word.endswith(ending) and len(stem) >= SHORTEST_STEM:
                found.add((number, stem))
    return frozenset(found)


class Forms:
    """The forms that occur in some texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._of_family: dict[tuple[int, str], set[str]] = defaultdict(set)
        for word in sorted({word for text in texts for word in words(text)}):
            for family in families(word):
                self._of_family[family].add(word)

    def of(self, word: str) -> frozenset[str]:
        """All forms of the word that occur, itself too if it does."""
        return frozenset().union(*(self._of_family.get(family, ()) for family in families(word)))
