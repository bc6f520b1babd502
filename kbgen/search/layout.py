"""The files of an index and how its numbers are written; both the builder and the search read this page.

All paths lie under the edition's ``search/`` folder::

    index.json            what every search needs: settings, the list of documents, the directory of shards
    terms/<name>.json     a shard: [term, [id step, counts, id step, counts, …]] for each of its terms, sorted by UTF-16 code units
    words.json            the words a misspelt one may have meant; only where there is more than one shard
    texts/<id>.json       the sections of one document, fetched only for results that are shown

A document's id comes from a digest of its address, not from its place in a list, and shards end where a digest of a term says so: an
edit then rewrites the shards it touches and no others. Ids rise within a posting, so that only the steps between them are written.
"""

from __future__ import annotations

import re
from typing import Any, Final

VERSION: Final = 1
FIELDS: Final = ("title", "keywords", "headings", "body")
"""``keywords`` are keywords and questions; ``body`` is summary and section texts."""

WEIGHTS: Final = (6, 5, 3, 1)
"""What a match in each field counts. A title names what an article is about, a question is written in customers' words; a heading names
a part; one word in the body says least."""

K1: Final = 1.2
B: Final = 0.75
"""BM25: how soon repetition stops counting, and how much long texts are discounted (both lunr's values)."""

CAPS: Final = (3, 3, 7, 15)
"""The highest count kept per field; more would not change the score by much. Each is 2ⁿ-1: counts are packed into one number."""

SHARD_BYTES: Final = 4_096
SINGLE_BYTES: Final = 32_768
"""Up to this size all postings stand in one shard, above it they are split until each fits SHARD_BYTES."""

CORRECTABLE: Final = re.compile(r"[a-z]{3,}|[а-я]{3,}")
"""Words for which a misspelling is looked for, and which may be the answer."""


def pack(counts: tuple[int, ...]) -> int:
    """Counts per field in one number, the body's in the lowest bits: for most postings it has one or two digits."""
    packed = 0
    for count, cap in zip(counts, CAPS, strict=True):
        packed = packed * (cap + 1) + min(count, cap)
    return packed


def unpack(packed: int) -> tuple[int, ...]:
    """The counts per field that :func:`pack` packed."""
    counts: list[int] = []
    for cap in reversed(CAPS):
        counts.append(packed % (cap + 1))
        packed //= cap + 1
    return tuple(reversed(counts))


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


def shard_path(first: str) -> str:
    """Path of the shard that begins at this term; the first one begins at the empty term."""
    return f"terms/{digest(first):08x}.json"


def text_path(document_id: int) -> str:
    """Path of a document's sections."""
    return f"texts/{document_id:x}.json"


Json = Any
"""What json.loads returns; the shapes are in this module's docstring."""
