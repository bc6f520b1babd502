"""Which lines of a Markdown text are inside fenced code.

Two answers are given, because they are used for opposite things: a line in a *simple* fence (opened and closed at column 1 with the very
same marker) is code for every parser; any other fence is only taken for one where that is the careful answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

# No part may be able to take what another part could take: a line of a million spaces would be tried in a billion ways.
_FENCE = re.compile(r"^(?P<prefix>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<marker>`{3,}|~{3,})(?P<info>[^`]*)$")

_MARKDOWN = frozenset({"markdown", "md"})


class Where(Enum):
    """Where a line stands: ``TEXT`` outside code, ``FENCE`` inside a simple fence or its marker, ``ODD`` inside any other fence."""

    TEXT = 0
    FENCE = 1
    ODD = 2


@dataclass(frozen=True, slots=True)
class Fence:
    """Fenced code from line ``start`` to line ``end`` (from 0, markers included), simple or not, and the language it names."""

    start: int
    end: int
    simple: bool
    language: str


def fences(lines: Sequence[str]) -> Iterator[Fence]:
    """The fences of a text in order. An unclosed one is odd and goes to the end of the text."""
    index = 0
    while index < len(lines):
        opened = _FENCE.match(lines[index])
        if opened:
            end, simple = _closing(lines, index, opened["prefix"], opened["marker"])
            yield Fence(index, end, simple, opened["info"].strip(" {.").split(" ", 1)[0].rstrip("}").casefold())
            index = end
        index += 1


def classify(lines: Sequence[str]) -> list[Where]:
    """Say for each line where it stands."""
    result = [Where.TEXT] * len(lines)
    for fence in fences(lines):
        result[fence.start : fence.end + 1] = [Where.FENCE if fence.simple else Where.ODD] * (fence.end - fence.start + 1)
    return result


def examples(lines: Sequence[str]) -> frozenset[int]:
    """The lines (from 0) in fences that show Markdown as Markdown: simple, named so, and without a sign that a fence was left open."""
    found: set[int] = set()
    for fence in fences(lines):
        inner = range(fence.start + 1, fence.end)
        reopened = any((again := _FENCE.match(lines[index])) and again["info"].strip() for index in inner)
        if fence.simple and fence.language in _MARKDOWN and not reopened:
            found.update(inner)
    return frozenset(found)


def _closing(lines: Sequence[str], start: int, prefix: str, marker: str) -> tuple[int, bool]:
    for index in range(start + 1, len(lines)):
        text = lines[index].lstrip(" \t>").rstrip()
        if len(text) >= len(marker) and set(text) == {marker[0]}:
            return index, not prefix and lines[index].rstrip() == marker
    return len(lines) - 1, False
