"""Reads a YAML list so that a fault costs its entry only.

A text that YAML can read as a whole is read as a whole. One that it cannot is cut where an entry starts, at the dashes farthest to the
left (those of lists inside entries stand to the right of them), and each piece is read for itself: what a slip of the pen spoils ends
where the next entry starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kbgen.strict.yaml import Document, Fault, Path, load

_DASH = re.compile(r"(?<![^\r\n])( *)-(?![^ \t\r\n])")
_BREAK = re.compile(r"\r\n?|\n")
_ID = re.compile(r"\bid\s*:\s*['\"]?([A-Za-z0-9][A-Za-z0-9._-]*)")


@dataclass(frozen=True, slots=True)
class Broken:
    """Stands for an entry that cannot be read. ``id`` is what seems to be its id, or ``""``."""

    id: str


@lru_cache(maxsize=64)
def load_entries(text: str) -> tuple[Document, tuple[Fault, ...]]:
    """Read a list. What was read lately is remembered, for whoever reads a project again and again: don't change the value.

    Returns:
        The document, without faults, whose value is the list with a :class:`Broken` for each piece that cannot be read, or whatever
        else the text holds; and the faults. Where no entry can be told apart the value is None.
    """
    whole = load(text)
    if not whole.faults:
        return whole, ()
    entries: list[Any] = []
    faults: list[Fault] = []
    marks: dict[Path, tuple[int, int]] = {}
    for line, piece, is_entry in _pieces(text):
        document = load(piece, line)
        if not is_entry and document.value is None and not document.faults:
            continue  # comments, a line '---'
        path: Path = (len(entries),)
        marks[path] = (line, 1)
        if is_entry and isinstance(document.value, list):
            marks |= {(*path, *inner[1:]): mark for inner, mark in document.marks.items() if inner}
            entries += document.value
        else:
            faults += document.faults or (Fault(line, 1, "an entry starts with a dash and a space"),)
            found = _ID.search(piece)
            entries.append(Broken(found[1] if found else ""))
    # A fault of no piece: one of the text as a whole, such as too many values.
    return Document(entries or None, (), marks), tuple(faults) or whole.faults


def _pieces(text: str) -> Iterator[tuple[int, str, bool]]:
    """The pieces with their first lines, and whether each starts as an entry does. No piece where no entry starts."""
    dashes = list(_DASH.finditer(text))
    if not dashes:
        return
    indent = min(len(dash[1]) for dash in dashes)
    starts = [dash.start() for dash in dashes if len(dash[1]) == indent]
    line = 1
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        piece = text[start:end]
        if piece:
            yield line, piece, start >= starts[0]
        line += len(_BREAK.findall(piece))
