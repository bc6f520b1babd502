"""What a reader may have meant: the same keys on the other keyboard layout, and words one slip away."""

from __future__ import annotations

from collections.abc import Iterable

_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SWAP = str.maketrans(_ENGLISH + _RUSSIAN, _RUSSIAN + _ENGLISH)
MOST = 12
"""Corrections that are tried for one word."""


def other_layout(text: str) -> str:
    """The text as the same keys give it on the other layout, in lower case: ``ghbdtn`` → ``привет``, ``шьзщке`` → ``import``."""
    return text.lower().translate(_SWAP)


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


def corrections(term: str, known: Iterable[str]) -> list[str]:
    """The known words one slip away, those with the same first letter first (it is seldom wrong), at most MOST."""
    near = [word for word in known if one_slip_apart(term, word)]
    return sorted(near, key=lambda word: word[0] != term[0])[:MOST]
