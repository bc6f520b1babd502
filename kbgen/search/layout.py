"""The files of an index and how its numbers are written; both the builder and the search read this page.

All paths lie under the edition's ``search/`` folder::

    index.json            what a first list needs: settings, stop words, synonyms, the list of documents, the directories of shards
    first/<name>.json     a shard of titles, keywords and questions
    terms/<name>.json     a shard of headings, summaries and texts
    words/<name>.json     the words of one first letter that a misspelt one may have meant; fetched only for a word nobody knows
    texts/<id>.json       the sections of one document, fetched only for results that are shown

A shard is a list of ``[term, [id step, counts, id step, counts, …]]``, sorted by UTF-16 code units. ``first`` and ``terms`` are two
indexes of their own, each of two fields, so that what an article is called and asked comes first at every size; each is one file while
it is small. ``counts`` are the counts of the two fields in one number. ``first`` also holds a term for each title, keyword and question
as a whole: see :func:`whole_term`.

A document's id comes from a digest of its address, not from its place in a list, and shards end where a digest of a term says so: an
edit then rewrites the shards it touches and no others. Ids rise within a posting, so that only the steps between them are written.
Lengths are rounded down to four bits and an exponent and written as one character each: see :func:`level` and :func:`length_of`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

VERSION: Final = 3


class Half(NamedTuple):
    """One of the two indexes: its folder, the numbers of its fields in :data:`FIELDS`, and the highest count kept of each.

    More than that would not change a score by much. Each is 2ⁿ-1: the counts are packed into one number.
    """

    folder: str
    fields: tuple[int, int]
    caps: tuple[int, int]


FIELDS: Final = ("title", "keywords", "headings", "body")
"""``keywords`` are keywords and questions; ``body`` is summary and section texts."""

HALVES: Final = (Half("first", (0, 1), (3, 3)), Half("terms", (2, 3), (7, 15)))

WEIGHTS: Final = (8, 6, 3, 1)
"""What a match in each field counts. A title names what an article is about, a question is written in customers' words; a heading names
a part; one word in the body says least. Measured: see ADR 0014."""

K1: Final = 1.2
B: Final = 0.75
"""BM25: how soon repetition stops counting, and how much long texts are discounted (both lunr's values)."""

SHARD_BYTES: Final = 4_096
SINGLE_BYTES: Final = 32_768
"""Up to this size all postings of a half stand in one shard, above it they are split until each fits SHARD_BYTES."""

CORRECTABLE: Final = re.compile(r"[a-z]{3,}|[а-я]{3,}")
"""Words for which a misspelling is looked for, and which may be the answer."""

_LEVELS: Final = "".join(chr(code) for code in range(35, 127) if code != 92)
"""The characters that stand for lengths: what JSON writes as it is."""


def pack(counts: tuple[int, ...], caps: tuple[int, int]) -> int:
    """The counts of a half's two fields in one number, the second's in the lowest bits: for most postings it has one or two digits."""
    return min(counts[0], caps[0]) * (caps[1] + 1) + min(counts[1], caps[1])


def unpack(packed: int, caps: tuple[int, int]) -> tuple[int, int]:
    """The two counts that :func:`pack` packed."""
    first, second = divmod(packed, caps[1] + 1)
    return first, second


def level(length: int) -> str:
    """The character for a length in terms."""
    shift = max(0, length.bit_length() - 4)
    return _LEVELS[min(len(_LEVELS) - 1, 8 * shift + (length >> shift))]


def length_of(char: str) -> int:
    """The length that :func:`level` wrote, rounded down: exact up to 15, then in steps of at most an eighth."""
    position = ord(char) - (35 if ord(char) < 92 else 36)
    if position < 16:
        return position
    shift = position // 8 - 1
    return (position - 8 * shift) << shift


def utf16(term: str) -> bytes:
    """The order of terms: by UTF-16 code units, as JavaScript compares strings."""
    return term.encode("utf-16-be", "surrogatepass")


def digest(term: str) -> int:
    """A 32-bit number for a term: FNV-1a over its UTF-16 code units and a last mixing; JavaScript has the same function."""
    number = 0x811C9DC5
    data = utf16(term)
    for position in range(0, len(data), 2):
        number = ((number ^ (data[position] << 8 | data[position + 1])) * 0x01000193) & 0xFFFFFFFF
    number = ((number ^ number >> 16) * 0x85EBCA6B) & 0xFFFFFFFF
    number = ((number ^ number >> 13) * 0xC2B2AE35) & 0xFFFFFFFF
    return number ^ number >> 16


WHOLE: Final = "="
"""What a term begins with that stands for a whole title, keyword or question; no word does."""


def whole_term(terms: Sequence[str]) -> str:
    """The term for these words in this order as a whole: 24 bits of a digest, for nobody looks for a part of it."""
    return f"{WHOLE}{digest(' '.join(terms)) >> 8:x}"


def shard_path(half: Half, first: str) -> str:
    """Path of the shard that begins at this term; the first one begins at the empty term."""
    return f"{half.folder}/{digest(first):08x}.json"


def words_path(letter: str) -> str:
    """Path of the words that begin with this letter; of all words, where there are few: the letter is empty then."""
    return f"words/{ord(letter):x}.json" if letter else "words/all.json"


def text_path(document_id: int) -> str:
    """Path of a document's sections."""
    return f"texts/{document_id:x}.json"


Json = Any
"""What json.loads returns; the shapes are in this module's docstring."""
