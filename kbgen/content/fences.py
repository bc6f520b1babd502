"""Which lines of a Markdown text are inside fenced code.

Two answers are given, because they are used for opposite things: a line in a *simple* fence (opened and closed at column 1 with the very
same marker) is code for every parser; any other fence is only taken for one where that is the careful answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

# No part may be able to take what another part could take: a line of a million spaces would be tried in a billion ways.
_FENCE = re.compile(r"^(?P<prefix>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<marker>`{3,}|~{3,})(?P<info>[^`]*)$")


class Where(Enum):
    """Where a line stands: ``TEXT`` outside code, ``FENCE`` inside a simple fence or its marker, ``ODD`` inside any other fence."""

    TEXT = 0
    FENCE = 1
    ODD = 2


def classify(lines: Sequence[str]) -> list[Where]:
    """Say for each line where it stands. An unclosed fence is odd to the end of the text."""
    result: list[Where] = []
    index = 0
    while index < len(lines):
        opened = _FENCE.match(lines[index])
        if not opened:
            result.append(Where.TEXT)
            index += 1
            continue
        end, simple = _closing(lines, index, opened["prefix"], opened["marker"])
        result.extend([Where.FENCE if simple else Where.ODD] * (end - index + 1))
        index = end + 1
    return result


def _closing(lines: Sequence[str], start: int, prefix: str, marker: str) -> tuple[int, bool]:
    for index in range(start + 1, len(lines)):
        text = lines[index].lstrip(" \t>").rstrip()
        if len(text) >= len(marker) and set(text) == {marker[0]}:
            return index, not prefix and lines[index].rstrip() == marker
    return len(lines) - 1, False
