"""What a reader may have meant: the same keys on the other keyboard layout, and words one slip away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_ENGLISH = str.maketrans(_RUSSIAN, _ENGLISH)
_TO_RUSSIAN = str.maketrans(_ENGLISH, _RUSSIAN)
_WORDS = re.compile("[^ \t\r\n]+")
MOST = 6
"""Corrections that are tried for one word."""
LONGEST_ENDING = 3
"""Letters of an ending that a slip in the stem kept the stemmer from taking off."""


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

    Those whose term is one slip from the word's term, or whose usual spelling is one slip from the word as it is written. Only where
    there is none: those whose term is the word's beginning, or one slip from it, with an ending behind. The more common come first.
    """
    listed = list(known)
    near = [(0, word) for word in listed if one_slip_apart(term, word.term) or one_slip_apart(raw, word.form)]
    if not near:
        near = [(ending, word) for word in listed if (ending := _ending(raw, word.term)) > 0]
    near.sort(key=lambda one: (one[0], -one[1].common, one[1].term))
    return [word for _, word in near[:MOST]]


def _ending(raw: str, term: str) -> int:
    """How many letters of the word stand behind the beginning that is the term, or one slip from it; 0: it has no such beginning."""
    if len(term) < 4 or len(raw) <= len(term):
        return 0
    for length in (len(term) - 1, len(term), len(term) + 1):
        if 3 < length < len(raw) and len(raw) - length <= LONGEST_ENDING:
            begun = raw[:length]
            if begun == term or one_slip_apart(begun, term):
                return len(raw) - length
    return 0
