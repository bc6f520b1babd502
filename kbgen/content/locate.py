"""Where in the source a link stands. The parse says which links exist; this only finds their places, by matching in order."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from urllib.parse import unquote

from kbgen.content.fences import Where, classify
from kbgen.content.sanitise import RawLink
from kbgen.model.article import Link

_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def locate(links: Sequence[RawLink], text: str, origin: Sequence[tuple[str, int]]) -> tuple[Link, ...]:
    """The links with their places: the line is that of the match, the column exact where the line holds the address once, else 1."""
    if not links:
        return ()
    rows = text.split("\n")
    places = classify([row.rstrip("\r") for row in rows])
    rows = [
        _CODE_SPAN.sub(lambda span: " " * len(span[0]), row) if where is Where.TEXT else "" for row, where in zip(rows, places, strict=True)
    ]
    found: list[Link] = []
    cursor = (0, 0)
    for link in links:
        spellings = dict.fromkeys((link.target, html.escape(link.target), html.escape(link.target, quote=False), unquote(link.target)))
        place = next((hit for spelling in spellings if spelling and (hit := _after(rows, cursor, spelling))), None)
        if place is None:
            place = next((hit for spelling in spellings if spelling and (hit := _after(rows, (0, 0), spelling))), None)
        if place is None:
            path, line = origin[0] if origin else ("", 1)
            found.append(Link(link.target, link.kind, path, line, 1))
            continue
        index, offset, length = place
        cursor = (index, offset + length)
        path, line = origin[index]
        unique = rows[index].count(rows[index][offset : offset + length]) == 1
        found.append(Link(link.target, link.kind, path, line, offset + 1 if unique else 1))
    return tuple(found)


def _after(rows: Sequence[str], cursor: tuple[int, int], spelling: str) -> tuple[int, int, int] | None:
    start_row, start_column = cursor
    for index in range(start_row, len(rows)):
        offset = rows[index].find(spelling, start_column if index == start_row else 0)
        if offset >= 0:
            return index, offset, len(spelling)
    return None
