"""What one data file says about another: where each reference leads, and whether somebody is still there.

After this every reference in the data leads to an entry of the data: one that does not (``KB107``) is left out, and with it what cannot
be without it. An entry that is there but faulty is known all the same: its own fault is told, nobody who refers to it is told off.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from kbgen.config.lists import DataFile, Row
from kbgen.config.plain import quoted, unknown
from kbgen.model.data import FILES
from kbgen.model.finding import Problem
from kbgen.model.support import WAYS, Team
from kbgen.strict.yaml import Path


@dataclass(frozen=True, slots=True)
class Table:
    """A data file as far as it was read. ``ids``: of all its entries, faulty or not; None where the file cannot be read at all."""

    file: DataFile
    rows: Sequence[Row]
    ids: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class _Reference:
    """A key that names entries of another file.

    ``path`` is where it stands in an entry, ``*`` any key or position; ``also`` words that are possible besides; ``stays``: what leads
    nowhere is kept, because the word alone says something.
    """

    field: str
    path: tuple[str, ...]
    target: str
    word: str
    also: tuple[str, ...] = ()
    stays: bool = False


_REFERENCES = (
    _Reference("teams", ("contacts", "*", "via"), "channels", "channel", WAYS, stays=True),
    _Reference("severities", ("changed_by", "*"), "teams", "team"),
    _Reference("channels", ("unread", "to"), "channels", "channel"),
    _Reference("channels", ("reserve",), "channels", "channel"),
    _Reference("sla", ("plan",), "plans", "plan"),
    _Reference("sla", ("channels", "*"), "channels", "channel"),
    _Reference("tiers", ("teams", "*"), "teams", "team"),
    _Reference("tiers", ("next",), "tiers", "tier"),
    _Reference("tiers", ("branches", "*"), "tiers", "tier"),
    _Reference("tiers", ("closed", "decides"), "teams", "team"),
    _Reference("releases", ("areas", "*"), "areas", "product area"),
    _Reference("releases", ("rolls_back",), "teams", "team"),
    _Reference("alerts", ("area",), "areas", "product area"),
    # Without a team everybody might file.
    _Reference("trackers", ("files",), "teams", "team", stays=True),
)
SUGGESTIONS = 50
"""Unknown words of a file that are compared with all known ones; a file with more has another trouble than a slip of the pen."""
_TEAMS_IN_USE = (
    _Reference("areas", ("owner",), "teams", "team"),
    # Those of the ladder have a rule of their own (KB706), for a case would get stuck there.
    *(each for each in _REFERENCES if each.target == "teams" and each.field != "tiers"),
)


def resolve(tables: Mapping[str, Table]) -> tuple[dict[str, Table], list[Problem]]:
    """The tables without references that lead nowhere; and those (``KB107``), and the teams in use that nobody reaches (``KB108``)."""
    problems: list[Problem] = []
    done: dict[str, Table] = {}
    for field, table in tables.items():
        rows = list(table.rows)
        told = 0
        for reference in _REFERENCES:
            if reference.field == field:
                target = tables[reference.target]
                for place in _nowhere(reference, rows, target):
                    told += 1
                    possible = (*reference.also, *filter(None, target.ids or ())) if told <= SUGGESTIONS else ()
                    problems.append(_unknown(table.file, *place, reference, possible))
                usable = {each.id for each in target.rows if each.value is not None}
                rows = rows if reference.stays else [_without(row, reference, usable) for row in rows]
        done[field] = replace(table, rows=rows)
    return done, [*problems, *_nobody_there(tables)]


def _nowhere(reference: _Reference, rows: Sequence[Row], target: Table) -> Iterator[tuple[Row, Path, str]]:
    if target.ids is not None:
        known = {*target.ids, *reference.also}
        yield from ((row, path, word) for row in rows for path, word in _words(row.value, reference.path) if word not in known)


def _words(value: Any, pattern: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The words at a pattern in an entry, with their paths."""
    if not value:
        return
    if not pattern:
        yield path, str(value)
        return
    step, rest = pattern[0], pattern[1:]
    if isinstance(value, BaseModel):
        yield from _words(getattr(value, step), rest, (*path, step))
    else:
        for key, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _words(item, rest, (*path, key))


def _unknown(file: DataFile, row: Row, path: Path, word: str, reference: _Reference, possible: Sequence[str]) -> Problem:
    hint = f"correct it, or add it to {FILES[reference.target]}" + ("" if reference.stays else "; until then it is left out")
    message = f"{'.'.join(map(str, path))}: {unknown(word, possible, f'{reference.word} {quoted(word)}')}"
    return Problem("KB107", file.place((row.position, *path)), message, hint)


def _without(row: Row, reference: _Reference, usable: Collection[str]) -> Row:
    return replace(row, value=_kept(row.value, reference.path, usable) if row.value is not None else None)


def _kept(value: Any, pattern: tuple[str, ...], usable: Collection[str]) -> Any:
    """The value without words that are not usable; None where it is nothing without one."""
    if not pattern:
        return value if value in usable else None
    step, rest = pattern[0], pattern[1:]
    if isinstance(value, BaseModel):
        old = getattr(value, step)
        new = _kept(old, rest, usable) if old else old
        field = type(value).model_fields[step]
        if new is None and field.is_required():
            return None
        return value.model_copy(update={step: field.get_default() if new is None else new})
    if isinstance(value, Mapping):
        return {key: kept for key, item in value.items() if (kept := _kept(item, rest, usable)) is not None}
    return tuple(kept for item in value if (kept := _kept(item, rest, usable)) is not None)


def _nobody_there(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Teams that are used although they, or all ways to reach them, are inactive."""
    teams = {row.id: row.value for row in tables["teams"].rows if isinstance(row.value, Team)}
    for reference in _TEAMS_IN_USE:
        table = tables[reference.field]
        for row in table.rows:
            for path, word in _words(row.value, reference.path):
                if word in teams and (why := teams[word].out_of_reach()):
                    place, where = table.file.place((row.position, *path)), ".".join(map(str, path))
                    hint = "name another team, or set it active again in teams.yml"
                    yield Problem("KB108", place, f"{where}: the team {quoted(word)} {why}", hint)
