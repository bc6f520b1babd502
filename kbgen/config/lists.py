"""Reads a data file: a list of entries, checked one by one, with the place of everything in it.

What is wrong is a problem ``KB105`` and costs as little as possible: a faulty key that an entry can do without is left out; an entry
that is faulty where it cannot, or cannot be read, is left out, one with bytes that are no UTF-8, too; of a file of more than 5 MB what
stands behind them is left out; a file that holds no entries counts as absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel

from kbgen.config.entries import Broken, load_entries
from kbgen.config.judge import judge, stand_ins
from kbgen.config.plain import Flaw, check, quoted
from kbgen.config.reading import read_inside
from kbgen.model.finding import Place, Problem
from kbgen.model.settings import Settings
from kbgen.strict.yaml import NOT_UTF8, Document, Path

MAX_BYTES = 250_000
"""Bytes that a data file may have."""

_MOST_BYTES = 5_000_000
"""Bytes of it that are read. Above :data:`MAX_BYTES` that is a fault, but entries stay: an internal one must not cost a public one."""

# An area without its folder would be another area.
_FOLDER: Path = ("folder",)


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a data file with its position in it. ``raw`` and ``id`` are as written, even where ``value`` is None: not usable."""

    position: int
    id: str
    raw: Mapping[str, Any]
    value: BaseModel | None


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file.

    Attributes:
        path: from the project's root.
        document: its text as a value with marks.
        present: whether there is such a file at all.
        entries: what the list holds; None where the file is absent or holds no list.
        problems: what is wrong with it as a text.
    """

    path: str
    document: Document
    present: bool
    entries: tuple[Any, ...] | None
    problems: tuple[Problem, ...]

    def place(self, path: Path) -> Place:
        """Where a value stands, or the nearest thing around it."""
        while path and path not in self.document.marks:
            path = path[:-1]
        return Place(self.path, *self.document.marks.get(path, (1, 1)))


def open_list(root: FilePath, settings: Settings, name: str) -> DataFile:
    """Read one file of the content folder's ``_data``."""
    path = f"{settings.content_dir}/_data/{name}"
    reading = read_inside(root, path, _MOST_BYTES, in_part=True)
    document, faults = load_entries(reading.text or "")
    if reading.fault is not None:
        # Bytes that are no UTF-8 are faults of their entries already.
        faults = faults if any(fault.message == NOT_UTF8 for fault in faults) else (reading.fault, *faults)
    present = reading.text is not None or reading.fault is not None
    entries = document.value if isinstance(document.value, list) and document.value else None
    hint = "mend it; until then the file counts as absent" if entries is None else "mend it; until then this entry is left out"
    problems = tuple(Problem("KB105", Place(path, fault.line, fault.column), fault.message, hint) for fault in faults)
    if entries is None and not faults and reading.text is not None:
        place = Place(path, *document.marks.get((), (1, 1)))
        hint = "start each entry with '- id: …'; until then the file counts as absent"
        problems = (Problem("KB105", place, "the file does not hold a list", hint),)
    return DataFile(path, document, present, None if entries is None else tuple(entries), problems)


def read_rows(model: type[BaseModel], file: DataFile, settings: Settings) -> tuple[list[Row], list[Flaw]]:
    """The entries of a file, and what is wrong with them; paths of flaws start with the entry's position."""
    rows: list[Row] = []
    flaws: list[Flaw] = []
    for position, raw in enumerate(file.entries or ()):
        if isinstance(raw, Broken):
            rows.append(Row(position, raw.id, {}, None))
        elif not isinstance(raw, Mapping):
            flaws.append(Flaw((position,), "has to be an entry of 'key: value' lines; it is left out"))
        else:
            value, wrong = _entry(model, raw, settings)
            rows.append(Row(position, word if isinstance(word := raw.get("id"), str) else "", raw, value))
            flaws += [Flaw((position, *flaw.path), flaw.message) for flaw in wrong]
    return _apart(rows, file, settings, flaws), flaws


def _entry(model: type[BaseModel], raw: Mapping[str, Any], settings: Settings) -> tuple[BaseModel | None, list[Flaw]]:
    checked = check(model, raw, stand_ins(model, settings), drop_incomplete=True)
    wrong = list(checked.flaws)
    value: BaseModel | None = None
    if checked.value is not None:
        value, more = judge(checked.value, settings)
        # What is empty because something faulty was taken out of it has been told already.
        wrong += [flaw for flaw in more if not any(told.path[: len(flaw.path)] == flaw.path for told in checked.flaws)]
    # What was put in for a missing or faulty value so that the rest could be checked is no value.
    needed = {(field.alias or name,) for name, field in model.model_fields.items() if field.is_required()} | {_FOLDER}
    if any(flaw.path in needed for flaw in checked.flaws):
        value = None
    return value, wrong


def _apart(rows: Sequence[Row], file: DataFile, settings: Settings, flaws: list[Flaw]) -> list[Row]:
    """The rows, of which each id is usable once: the one for the widest audience, else the first.

    So an internal entry never takes the place of a public one.
    """
    lines = {row.position: file.place((row.position,)).line for row in rows}
    named: dict[str, list[Row]] = {}
    for row in rows:
        if row.raw and row.id:
            named.setdefault(row.id, []).append(row)
    second: set[int] = set()
    for entry_id, same in named.items():
        best = min((row for row in same if row.value), key=lambda row: (_rank(row, settings), row.position), default=same[0])
        for row in same:
            if row is not best:
                order = "first" if best.position < row.position else "also"
                message = f"the id {quoted(entry_id)} stands twice ({order} on line {lines[best.position]})"
                flaws.append(Flaw((row.position, "id"), message))
                second.add(row.position)
    return [replace(row, value=None) if row.position in second else row for row in rows]


def _rank(row: Row, settings: Settings) -> int:
    audience = getattr(row.value, "audience", "")
    return settings.audiences.index(audience) if audience in settings.audiences else len(settings.audiences)


def problems_of(file: DataFile, flaws: Iterable[Flaw], rows: Iterable[Row]) -> list[Problem]:
    """The flaws as problems ``KB105``, in their places."""
    usable = {row.position for row in rows if row.value is not None}
    problems = list(file.problems)
    for flaw in flaws:
        keys = [str(step) for step in flaw.path[1:]]
        message = f"{'.'.join(keys)}: {flaw.message}" if keys else flaw.message
        hint = (
            "mend it; until then it is left out of this entry" if flaw.path[0] in usable else "mend it; until then this entry is left out"
        )
        if keys == ["audience"]:
            hint = "mend it; until then the entry is for the narrowest audience only"
        problems.append(Problem("KB105", file.place(flaw.path), message, hint))
    return problems
