"""What somebody typed with the wrong keys: on the other keyboard layout, Russian in Latin letters, two words as one.

``search-engine-retype.js`` is the same in the browser. It is decided for each piece of a query between spaces, so that in
``Rfr jgkfnbnm Lumenta`` the name stays as it is:

* a piece of which the index knows all words (or that has none of letters, or but stop words) is kept;
* else it is taken for what the same keys give on the other layout, where the index knows all words of that; once one piece is, so are
  all others that were not kept;
* else, where no piece is, for Russian in Latin letters, where the index knows that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from kbgen.search.analyse import WEAK, stem, words_of
from kbgen.search.layout import CORRECTABLE, Half
from kbgen.search.reader import Reader
from kbgen.search.spelling import in_cyrillic, other_layout

MOST_PIECES = 24
SHORTEST_SOUNDED = 4
SHORTEST_PART = 3
NOT = "не"
SHORTEST_DENIED = 4
_PIECE = re.compile("[^ \t\r\n]+")
_LATIN = re.compile("[a-z']+")

Knows = Callable[[str], bool]


def retyped(reader: Reader, query: str, known: AbstractSet[str], halves: Sequence[Half]) -> str:
    """The query with other keys, or as it is where the index knows no better.

    Args:
        reader: the index.
        query: any text.
        known: words of the query, as written, that anything answers.
        halves: the halves of the index to look into.
    """
    pieces: list[str] = _PIECE.findall(query)
    kept = [_is_kept(reader, piece, known) for piece in pieces]
    tried = [at for at in range(len(pieces)) if not kept[at]][:MOST_PIECES]
    alone = len(pieces) == 1
    if any(_holds(reader, other_layout(pieces[at]), alone, halves) for at in tried):
        return " ".join(piece if kept[at] else other_layout(piece) for at, piece in enumerate(pieces))
    sounded = {at for at in tried if _is_sounded(reader, pieces[at], halves)}
    return " ".join(in_cyrillic(piece) if at in sounded else piece for at, piece in enumerate(pieces)) if sounded else query


def _is_kept(reader: Reader, piece: str, known: AbstractSet[str]) -> bool:
    words = [word for word in words_of(piece, reader.stop) if not word.code and not word.raw.isnumeric()]
    return all(word.stop or word.raw in known for word in words)


def _holds(reader: Reader, piece: str, alone: bool, halves: Sequence[Half]) -> bool:
    """Whether the index knows all words of a piece, and one of them tells something. Two letters alone may be the beginning of a word."""
    words = words_of(piece, reader.stop)
    telling = [word for word in words if not word.stop and word.term not in WEAK]
    if alone and len(words) == 1 and words[0].raw.isalpha() and len(words[0].raw) > 1 and reader.beginning(words[0].raw, halves):
        return True
    return any(CORRECTABLE.fullmatch(word.raw) for word in telling) and all(
        word.code or reader.knows(word.term, halves) or bool(len(word.raw) > 3 and reader.beginning(word.raw, halves)) for word in telling
    )


def _is_sounded(reader: Reader, piece: str, halves: Sequence[Half]) -> bool:
    if not _LATIN.fullmatch(piece.lower()):
        return False
    word = in_cyrillic(piece)
    return len(word) >= SHORTEST_SOUNDED and reader.knows(stem(word), halves)


def parted(reader: Reader, raw: str, halves: Sequence[Half]) -> tuple[str, ...]:
    """An unknown word as the words it is made of, all of which the index knows: ``twofactor``, ``неработает``; empty: it is not made so."""
    rest = raw[len(NOT) :]
    if raw.startswith(NOT) and len(rest) >= SHORTEST_DENIED and reader.knows(stem(rest), halves):
        return (NOT, rest)
    if len(raw) < 2 * SHORTEST_PART:
        return ()
    known = {one.term for one in reader.words(raw[0])}
    for at in range(len(raw) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        one, other = raw[:at], raw[at:]
        if stem(one) in known and other not in reader.stop and reader.knows(stem(other), halves):
            return (one, other)
    return ()
