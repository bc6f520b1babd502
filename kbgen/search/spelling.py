"""What a reader may have meant: the same keys on the other keyboard layout, Russian in Latin letters, and words one slip away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_ENGLISH = str.maketrans(_RUSSIAN, _ENGLISH)
_TO_RUSSIAN = str.maketrans(_ENGLISH, _RUSSIAN)
_WORDS = re.compile("[^ \t\r\n]+")
_SOUNDS = {
    **{"shch": "щ", "sch": "сч", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "ju": "ю", "ya": "я", "ja": "я"},
    **{"yo": "е", "jo": "е", "ye": "е", "ay": "ай", "ey": "ей", "iy": "ий", "oy": "ой", "uy": "уй", "yy": "ый"},
    **dict(zip("abcdefghijklmnopqrstuvwxyz'", "абцдефгхийклмнопкрстуввхызь", strict=True)),
}
"""How Russian is written in Latin letters, in one of its many ways: the longer groups first."""
_SOUND = re.compile("|".join(f"{sound}(?![aeou])" if sound[1:] == "y" and sound[0] in "aeiouy" else sound for sound in _SOUNDS))
MOST = 6
"""Corrections that are tried for one word."""
LONGEST_ENDING = 3
"""Letters of an ending that a slip in the stem kept the stemmer from taking off."""
SHORTEST_STEM = 6
SURE = 4
"""Letters that a word and the one it is taken for have to share in front of such an ending."""


class Known(NamedTuple):
    """A word of the index: its term, its most frequent spelling, how common it is (0 to 9)."""

    term: str
    form: str
    common: int


def other_layout(text: str) -> str:
    """The text as the same keys give it on the other layout, in lower case: ``ghbdtn`` → ``привет``, ``шьзщке`` → ``import``.

    A word with a Russian letter in it was typed on the Russian layout: its commas and full stops are what they look like, no letters.
    """
    return _WORDS.sub(lambda word: _swapped(word[0]), text.lower())


def _swapped(word: str) -> str:
    return word.translate(_TO_ENGLISH if any(letter in _RUSSIAN for letter in word) else _TO_RUSSIAN)


def in_cyrillic(text: str) -> str:
    """Russian that was written in Latin letters, in its own: ``vozvrat`` → ``возврат``, ``zayavka`` → ``заявка``."""
    return _SOUND.sub(lambda sound: _SOUNDS[sound[0]], text.lower())


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes one word of the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    same = 0
    while same < len(one) and one[same] == other[same]:
        same += 1
    if len(one) < len(other):
        return one[same:] == other[same + 1 :]
    swapped = same + 1 < len(one) and one[same] == other[same + 1] and one[same + 1] == other[same]
    return one[same + 1 :] == other[same + 1 :] or (swapped and one[same + 2 :] == other[same + 2 :])


def corrections(raw: str, term: str, known: Iterable[Known]) -> list[Known]:
    """The known words that a word may have been meant for, the likeliest first, at most MOST.

    Those whose usual spelling is one slip from the word as it is written, or whose term, if it is long enough, is one slip from the
    word's term. Only where there is none: those whose term is the word's beginning, or one slip from it, with an ending behind, and those
    whose usual spelling goes on with an ending behind such a slip (``notificaton``). The more common come first.
    """
    listed = list(known)
    near = [(0, word) for word in listed if one_slip_apart(raw, word.form) or _near_stem(term, word.term)]
    if not near:
        near = [(ending, word) for word in listed if (ending := _ending(raw, word.term) or _further(raw, word.form)) > 0]
    near.sort(key=lambda one: (one[0], -one[1].common, one[1].term))
    return [word for _, word in near[:MOST]]


def _near_stem(one: str, other: str) -> bool:
    """Whether the stems are one slip apart; of short ones too many are."""
    return min(len(one), len(other)) >= SHORTEST_STEM and one_slip_apart(one, other)


def spelt_like(raw: str, term: str, meant: Known) -> str:
    """How to tell a reader what a word was taken for: with the reader's own ending where the slip is in front of it."""
    if one_slip_apart(raw, meant.form) or not raw.startswith(term) or not one_slip_apart(term, meant.term):
        return meant.form
    return meant.term + raw[len(term) :]


def _ending(raw: str, term: str) -> int:
    """How many letters of the word stand behind the beginning that is the term, or one slip from it; 0: it has no such beginning."""
    if len(term) < SURE or len(raw) <= len(term):
        return 0
    for length in (len(term) - 1, len(term), len(term) + 1):
        if SURE <= length < len(raw) and len(raw) - length <= LONGEST_ENDING:
            begun = raw[:length]
            if begun == term or (min(length, len(term)) > SURE and one_slip_apart(begun, term)):
                return len(raw) - length
    return 0


def _further(raw: str, form: str) -> int:
    """How many letters a spelling has behind a beginning that is one slip from the word; 0: it has no such beginning."""
    for length in (len(raw) - 1, len(raw), len(raw) + 1) if len(raw) >= SHORTEST_STEM else ():
        if 0 < len(form) - length <= LONGEST_ENDING and one_slip_apart(raw, form[:length]):
            return len(form) - length
    return 0
