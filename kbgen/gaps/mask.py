"""Takes off a query what may point to a person. People paste anything into a search box."""

from __future__ import annotations

import re

_MAIL = re.compile(r"\S{1,200}@\S{1,200}")
_NUMBER = re.compile(r"(?<![^\W_])\+?\d(?:[\s().-]{0,3}\d){6,}(?![^\W_])")
_SECRET = re.compile(r"(?<![^\W_])(?=[\w-]*\d)(?=[\w-]*[^\W\d_])[\w-]{24,}(?![^\W_])")
_LONGEST = 200


def masked(query: str) -> str:
    """The query with ``@`` for addresses of mail, ``#`` for seven or more digits in a row (telephones, cards) and for long tokens.

    The search box writes the same marks before it sends anything. Codes that belong to a word (``0x80070005``) stay. What no line may
    hold (control characters) becomes a space, and a long text is cut.
    """
    plain = "".join(character if character.isprintable() else " " for character in query[: 10 * _LONGEST])
    plain = _SECRET.sub("#", _NUMBER.sub("#", _MAIL.sub("@", plain)))
    return " ".join(plain.split())[:_LONGEST].rstrip()
