"""What fingers do to a query: a slip in one word, the wrong keyboard layout, stopping in the middle of a word. Chance comes as dice."""

from __future__ import annotations

import random
import re
from collections.abc import Set as AbstractSet

SHORTEST = 5
"""Letters of a word that is misspelt or cut."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")
# The same keys, without and with Shift, on the usual American and Russian layouts.
_AMERICAN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?' + "@#$^&"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ," + '"№;:?'
_TYPED = {"ru": str.maketrans(_RUSSIAN, _AMERICAN), "en": str.maketrans(_AMERICAN, _RUSSIAN)}
_WORD = re.compile(r"[^\W\d_]+")


def wrong_layout(text: str, language: str) -> str:
    """What stands there when somebody types this text of this language (``en`` or ``ru``) and the other layout is on."""
    return text.translate(_TYPED[language])


def telling_words(text: str) -> list[str]:
    """The words of a text, in order, that are long enough to be misspelt or cut, each once."""
    return list(dict.fromkeys(word for word in _WORD.findall(text) if len(word) >= SHORTEST))


def slip(word: str, dice: random.Random, known: AbstractSet[str]) -> str:
    """The word with one letter left out, put in, exchanged for a neighbour on the keyboard, or two neighbours swapped.

    Any place of the word, the first letter too. It never gives a word of ``known`` (lower case): that would be another word, not a slip.
    """
    for _ in range(100):
        wrong = dice.choice((_leave_out, _put_in, _exchange, _swap))(word, dice.randrange(len(word)), dice)
        if wrong.lower() != word.lower() and wrong.lower() not in known:
            return wrong
    return word + word[-1]


def _leave_out(word: str, at: int, _: random.Random) -> str:
    return word[:at] + word[at + 1 :]


def _put_in(word: str, at: int, dice: random.Random) -> str:
    return word[:at] + dice.choice(_near(word[at])) + word[at:]


def _exchange(word: str, at: int, dice: random.Random) -> str:
    return word[:at] + dice.choice(_near(word[at])) + word[at + 1 :]


def _swap(word: str, at: int, _: random.Random) -> str:
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _near(letter: str) -> str:
    """Letters beside this one on its row; any letter of its alphabet where it has no key of its own there."""
    low = letter.lower()
    for row in _ROWS:
        if low in row:
            at = row.index(low)
            return row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return next((alphabet for alphabet in _ALPHABETS if low in alphabet), _ALPHABETS[0])


def beginnings(title: str, titles: list[str], dice: random.Random) -> list[str]:
    """What has been typed of a title when the reader looks up: its telling words cut after four to six letters, at most two of them.

    A beginning that another title has too comes with the telling word before it; where that does not tell them apart, it is left out.
    """
    found = []
    telling = telling_words(title)
    for position, word in enumerate(telling):
        begun = word[: min(len(word) - 1, dice.randint(4, 6))].lower()
        tries = [begun] if position == 0 else [begun, f"{telling[position - 1].lower()} {begun}"]
        alone = next((one for one in tries if sum(_begins(other, one) for other in titles) == 1), None)
        if alone is not None:
            found.append(alone)
    return found[:2]


def _begins(title: str, typed: str) -> bool:
    words = _WORD.findall(title.lower())
    *whole, begun = typed.split()
    return any(word.startswith(begun) for word in words) and all(word in words for word in whole)
