"""Reads a YAML list so that a fault costs its entry only.

A text that YAML can read as a whole is read as a whole. One that it cannot is cut where an entry starts, at the dashes farthest to the
left (those of lists inside entries stand to the right of them), and each piece is read for itself: what a slip of the pen spoils ends
where the next entry starts. A piece that reads by itself stays, whatever stands beside it. For those that do not there are two more tries:

- put together with the next ones, in case a dash in front of a line was part of a text;
- cut at the dashes farther to the right, in case entries are not moved to the right by the same width.

What cannot be helped: a quote that is opened in one entry and happens to be closed in another one such that the whole is YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kbgen.strict.yaml import Document, Fault, Path, load

MAX_ENTRY = 250_000
"""Characters that an entry may have. A longer text is never read as a whole."""

# How many pieces are tried together, of how many in a row, and how many characters: each try reads them once more.
_TOGETHER = 4
_MANY = 60
_LONG = 20_000
_NEAR = 2
_MOVED = "this line does not fit the lines above: look at how far they are moved to the right"
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
    whole = load(text) if len(text) <= MAX_ENTRY else Document(None, (Fault(1, 1, f"it is larger than {MAX_ENTRY} characters"),))
    if not whole.faults:
        return whole, ()
    read = _Read([], [], {})
    for run in _runs(_pieces(text)):
        for piece in _put_together(run):
            _take(piece, read)
    # A fault of no piece: one of the text as a whole, such as too many values.
    return Document(read.entries or None, (), read.marks), tuple(read.faults) or whole.faults


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the text, the line it starts on, whether it starts as an entry does, and what it reads as."""

    line: int
    text: str
    is_entry: bool
    document: Document

    @property
    def is_one(self) -> bool:
        """Whether it is one entry, read without a fault."""
        value = self.document.value
        return self.is_entry and isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict)


@dataclass(frozen=True, slots=True)
class _Read:
    """What has been read so far."""

    entries: list[Any]
    faults: list[Fault]
    marks: dict[Path, tuple[int, int]]

    def add(self, piece: _Piece) -> None:
        path: Path = (len(self.entries),)
        self.marks[path] = (piece.line, 1)
        if piece.is_entry and isinstance(piece.document.value, list):
            self.marks.update({(*path, *inner[1:]): mark for inner, mark in piece.document.marks.items() if inner})
            self.entries.extend(piece.document.value)
        else:
            self.faults.extend(piece.document.faults or (Fault(piece.line, 1, "an entry starts with a dash and a space"),))
            found = _ID.search(piece.text)
            self.entries.append(Broken(found[1] if found else ""))


def _take(piece: _Piece, read: _Read) -> None:
    if not piece.is_entry and piece.document.value is None and not piece.document.faults:
        return  # comments, a line '---'
    for each in (piece,) if piece.is_one else _cut_again(piece):
        if not each.is_entry and each.document.value is None and not each.document.faults:
            continue
        read.add(each)


def _cut_again(piece: _Piece) -> tuple[_Piece, ...]:
    """A piece that is no entry, cut at the dashes next to the right; as it is, unless all that starts there looks like an entry."""
    margin = _margin(piece) if piece.is_entry else -1
    parts = list(_pieces(piece.text, piece.line, beyond=margin))
    inner = [part for part in parts if part.is_entry]
    if not inner or not all(part.is_one and _looks_like_an_entry(part) for part in inner):
        return (piece,)
    before = [replace(part, is_entry=piece.is_entry) for part in parts if not part.is_entry]
    if piece.is_entry and _margin(inner[0]) > margin + _NEAR:
        # That far to the right it may as well be an example inside a text: what stands in front of it is kept, but it is no entry.
        inner = [replace(part, document=Document(None, (Fault(part.line, 1, _MOVED),))) for part in inner]
    return (*before, *inner)


def _margin(piece: _Piece) -> int:
    return len(piece.text) - len(piece.text.lstrip(" "))


def _looks_like_an_entry(piece: _Piece) -> bool:
    """Unlike the parts of an entry: the texts in a list, shifts, ways to reach somebody."""
    return not {"id", "audience"}.isdisjoint(piece.document.value[0])


def _runs(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces: each that is an entry by itself, and together those one after the other that are not."""
    bad: list[_Piece] = []
    for piece in pieces:
        if piece.is_one or not piece.is_entry:
            if bad:
                yield bad
            bad = []
            yield [piece]
        else:
            bad.append(piece)
    if bad:
        yield bad


def _put_together(run: Sequence[_Piece]) -> Iterator[_Piece]:
    """Pieces that are no entries, some of them put together to one: so that as many entries as possible come of it."""
    best: list[tuple[int, list[_Piece]]] = [(0, [])]  # after so many pieces: how many entries, and the pieces
    for end in range(1, len(run) + 1):
        count, made = best[end - 1]
        found = (count + run[end - 1].is_one, [*made, run[end - 1]])
        for start in range(end - 2, max(-1, end - 1 - _TOGETHER), -1):
            if len(run) > _MANY or best[start][0] + 1 <= found[0]:
                continue
            text = "".join(piece.text for piece in run[start:end])
            if len(text) <= _LONG and (joined := _piece(run[start].line, text, is_entry=True)).is_one:
                found = (best[start][0] + 1, [*best[start][1], joined])
        best.append(found)
    return iter(best[-1][1])


def _pieces(text: str, line: int = 1, beyond: int = -1) -> Iterator[_Piece]:
    """The pieces. None where no entry starts. Only dashes farther to the right than ``beyond`` count."""
    dashes = [dash for dash in _DASH.finditer(text) if len(dash[1]) > beyond]
    if not dashes:
        return
    indent = min(len(dash[1]) for dash in dashes)
    starts = [dash.start() for dash in dashes if len(dash[1]) == indent]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        piece = text[start:end]
        if piece:
            yield _piece(line, piece, is_entry=start >= starts[0])
        line += len(_BREAK.findall(piece))


def _piece(line: int, text: str, *, is_entry: bool) -> _Piece:
    if len(text) > MAX_ENTRY:
        return _Piece(line, text[:MAX_ENTRY], is_entry, Document(None, (Fault(line, 1, f"an entry larger than {MAX_ENTRY} characters"),)))
    return _Piece(line, text, is_entry, load(text, line))
