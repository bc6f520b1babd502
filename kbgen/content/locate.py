"""Where in the source a link stands. The parse says which links exist; this only finds their places, by matching in order."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from kbgen.content.fences import Where, classify
from kbgen.content.sanitise import RawLink
from kbgen.model.article import Link

_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)")
_SEARCHES = 500  # through the whole text for what is not in it as the page says it; then the rest gets no place of its own
_LONG = 10_000  # characters of a line in which an address is not counted any more


def locate(links: Sequence[RawLink], text: str, origin: Sequence[tuple[str, int]]) -> tuple[Link, ...]:
    """The links with their places: the line is that of the match, the column exact where the line holds the address once, else 1."""
    if not links:
        return ()
    rows = text.split("\n")
    places = classify([row.rstrip("\r") for row in rows])
    rows = [
        _CODE_SPAN.sub(lambda span: " " * len(span[0]), row) if where is Where.TEXT else "" for row, where in zip(rows, places, strict=True)
    ]
    source = "\n".join(rows)
    starts = [0]
    for row in rows[:-1]:
        starts.append(starts[-1] + len(row) + 1)
    found: list[Link] = []
    cursor, left = 0, _SEARCHES
    for link in links:
        if link.line:
            path, line = origin[min(link.line, len(origin)) - 1] if origin else ("", link.line)
            found.append(Link(link.target, link.kind, path, line, link.column))
            continue
        place = -1
        spelling = ""
        for spelling, start in _tries(link, cursor) if left else ():
            place = source.find(spelling, start)
            if place >= 0:
                break
            left -= 1
        if place < 0:
            path, line = origin[0] if origin else ("", 1)
            found.append(Link(link.target, link.kind, path, line, 1))
            continue
        cursor = place + len(spelling)
        index = bisect_right(starts, place) - 1
        path, line = origin[index]
        unique = len(rows[index]) <= _LONG and rows[index].count(spelling) == 1
        found.append(Link(link.target, link.kind, path, line, place - starts[index] + 1 if unique else 1))
    return tuple(found)


def _tries(link: RawLink, cursor: int) -> Iterator[tuple[str, int]]:
    """What to look for and from where: each way the address may be written, onwards from the link before, then from the top."""
    spellings = dict.fromkeys((link.target, html.escape(link.target), html.escape(link.target, quote=False), unquote(link.target)))
    for start in dict.fromkeys((cursor, 0)):
        yield from ((spelling, start) for spelling in spellings if spelling and "\n" not in spelling)
