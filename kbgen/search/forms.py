"""Which words are forms of one word: by paradigms, tables of endings, and by no stemmer, for it is the stemmer that is put to the test.

Two words belong together where one stem and two endings of one paradigm make them: ``отчётами`` and ``отчёту`` do, ``отчётами`` and
``отчётный`` don't. The tables are coarse: forms with a fleeting vowel or a changed consonant are missed
(``заявка``, ``заявок``), and now and then strangers are joined.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST_STEM = 5
"""Letters; shorter stems join too many strangers, such as ``банк`` and ``банка``."""

_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Endings:
    """The paradigms of a language, and the letters of its words."""

    letters: re.Pattern[str]
    paradigms: tuple[tuple[str, ...], ...]

    def words(self, text: str) -> list[str]:
        """The words of a text in these letters, in lower case, ``ё`` written ``е``, as often as they occur."""
        return self.letters.findall(text.lower().replace("ё", "е"))

    def families(self, word: str) -> frozenset[tuple[int, str]]:
        """The paradigms, each with a stem, that the word can belong to."""
        found = set()
        for number, endings in enumerate(self.paradigms):
            for ending in endings:
                stem = word.removesuffix(ending) if ending else word
                if word.endswith(ending) and len(stem) >= SHORTEST_STEM:
                    found.add((number, stem))
        return frozenset(found)


def _endings(letters: str, *lines: str) -> Endings:
    return Endings(re.compile(letters), tuple(tuple("" if ending == _NOTHING else ending for ending in line.split()) for line in lines))


RUSSIAN = _endings(
    r"[а-я]+",
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
ENGLISH = _endings(
    r"[a-z]+",
    "- s",  # report
    "- es",  # address
    "y ies",  # category
    "- s ed ing",  # connect
    "e es ed ing",  # invoice, change
    "y ies ied ying",  # verify
)


class Forms:
    """The forms that occur in some texts."""

    def __init__(self, endings: Endings, texts: Iterable[str]) -> None:
        self._endings = endings
        self._of_family: dict[tuple[int, str], set[str]] = defaultdict(set)
        for word in sorted({word for text in texts for word in endings.words(text)}):
            for family in endings.families(word):
                self._of_family[family].add(word)

    def of(self, word: str) -> frozenset[str]:
        """All forms of the word that occur, itself too if it does."""
        return frozenset().union(*(self._of_family.get(family, ()) for family in self._endings.families(word)))
