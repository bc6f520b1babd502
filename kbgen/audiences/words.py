"""How texts are compared with canaries: one way to see words, and numbers in their place."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
TAG = re.compile(r"<!--|-->|</?[A-Za-z!][^<>]*>")

Numbers = Sequence[int]


class Numbering(dict[str, int]):
    """Word → number below 2^61, stable between processes."""

    def __missing__(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = self[word] = (int.from_bytes(digest, "big") >> 3) or 1
        return number

    def of(self, text: str) -> list[int]:
        """The numbers of a text's words."""
        return [self[word] for word in words(text)]


def words(text: str) -> list[str]:
    """The words of a text: letters and digits, composed (NFC), case-folded, without invisible characters."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _WORD.findall(text.casefold())


def without_tags(markup: str, between: str = " ") -> str:
    """The text of some markup: tags replaced by ``between`` (the text of comments stays), entities decoded."""
    return html.unescape(TAG.sub(between, markup))


def hashes(numbers: Numbers, size: int) -> Iterator[int]:
    """A hash for each run of ``size`` numbers, in order."""
    return map(hash, zip(*(numbers[start:] for start in range(size)), strict=False))
