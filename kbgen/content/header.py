"""From the keys of a header to an article's :class:`Meta`: foreign keys mapped, defaults filled in, every odd key said.

The audience is read last and least trusting: it is public only by the literal word, or by a default of the settings for a file in which
nothing at all was odd. In every other case the article counts as the narrowest audience's.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kbgen.content.door import Opened
from kbgen.content.fences import Where, classify
from kbgen.content.internal import View, rows, scan
from kbgen.content.places import matches
from kbgen.content.signs import resembles_audience
from kbgen.model.data import Data
from kbgen.model.finding import Place, Problem
from kbgen.model.meta import HIDING, Header, Meta
from kbgen.model.settings import Settings
from kbgen.strict.suggest import did_you_mean

# Whether an area or a team exists is said elsewhere: a change there must not hide an article whose own header is without a fault.
_ELSEWHERE = frozenset({"KB103", "KB104"})
_TITLE_WITHIN = 100
_FIELDS = frozenset(Header.model_fields)
_LISTS = frozenset({"keywords", "questions", "tags", "depends_on", "plans", "redirect_from", "alerts"})


@dataclass(slots=True)
class _Reading:
    """A header while it is read: what was taken, and what was wrong. Lives only inside :func:`read_header`."""

    path: str
    inside: str
    opened: Opened
    settings: Settings
    problems: list[Problem] = field(default_factory=list)
    doubtful: bool = False

    def say(self, code: str, key: str, message: str, hint: str) -> None:
        line, column = self.opened.marks.get((key,), (1, 1))
        sites = self.settings.wider_sites() if code.startswith("KB3") else ()
        self.problems.append(Problem(code, Place(self.path, line, column), message, hint, sites))

    @property
    def narrowest(self) -> str:
        return self.settings.audiences[-1]


def read_header(
    path: str, inside: str, folder: str, opened: Opened, settings: Settings, data: Data
) -> tuple[Meta, str, tuple[Problem, ...]]:
    """Read a header.

    Args:
        path: the file, from the project's root.
        inside: the file, from the content folder; globs of the settings are matched against it.
        folder: the first folder inside the language's folder, ``""`` where the file lies in none.
        opened: what the door let through.
        settings: the settings.
        data: product areas and teams.

    Returns:
        The meta, the id as written (``""`` where there is none) and the problems.
    """
    reading = _Reading(path, inside, opened, settings)
    values = _ours(reading)
    header = _validate(reading, values)
    area = _area(reading, header, folder, data)
    owner = _owner(reading, header, area, data)
    audience = _audience(reading, values)
    taken = header.model_dump(exclude={"audience", "product_area", "owner", "id", "title"}, exclude_none=True)
    meta = Meta(title=header.title, audience=audience, product_area=area, owner=owner, typed=header.type is not None, **taken)
    return meta, header.id or "", tuple(reading.problems)


def _ours(reading: _Reading) -> dict[str, Any]:
    """The values by our keys, without the audience's rules; unknown and doubtful keys are said here."""
    rules = reading.settings.front_matter
    theirs = reading.opened.values
    values: dict[str, Any] = {key: value for key, value in theirs.items() if key in _FIELDS and key not in rules.map}
    mapped: set[str] = set()
    for key, source in rules.map.items():
        if isinstance(source, str):
            mapped.add(source.split(".", 1)[0])
            hits = [found] if (found := _dotted(theirs, source)) is not None else []
        else:
            mapped.update(name for condition in source for name in condition.when)
            hits = [condition.value for condition in source if all(_same(theirs.get(name), want) for name, want in condition.when.items())]
        if key == "audience" and hits:
            value = _narrowest([*hits, *([theirs[key]] if key in theirs else [])], reading.settings)
        else:
            value = hits[0] if hits else theirs.get(key)
        if value is not None:
            values[key] = value
    for key, value in theirs.items():
        _judge_key(reading, key, value, mapped)
    for default in reversed(reading.settings.defaults):  # the last that matches holds, as for the audience
        if any(matches(reading.inside, glob) for glob in default.paths):
            values = {**{key: _from_path(value, reading.path) for key, value in default.set.items() if key != "audience"}, **values}
    return values


def _from_path(value: Any, path: str) -> Any:
    """A default's value; ``{stem}`` stands for the file's name without ``.md``: where runbooks are called as their alerts are."""
    if isinstance(value, str):
        return value.replace("{stem}", path.rsplit("/", 1)[-1].removesuffix(".md"))
    return [_from_path(each, path) for each in value] if isinstance(value, (list, tuple)) else value


def _judge_key(reading: _Reading, key: str, value: Any, mapped: set[str]) -> None:
    if key.strip().casefold() in HIDING and key not in _FIELDS:
        if key not in mapped or not isinstance(value, bool):
            reading.doubtful = True
            said = "is not mapped to an audience" if key not in mapped else f"should be true or false, not {value!r}"
            hint = "map it in mkdocs.yml under front_matter.map.audience, or write audience: instead; until then the article is internal"
            reading.say("KB306", key, f"the key '{key}' hides pages elsewhere and {said}", hint)
    elif key in _FIELDS or key in mapped:
        return
    elif resembles_audience(key):
        reading.doubtful = True
        reading.say(
            "KB305", key, f"the key {key!r} resembles 'audience'", "write audience: in plain small letters; until then it is internal"
        )
    elif key not in reading.settings.front_matter.ignore:
        near = did_you_mean(key, _FIELDS)
        hint = near or "remove it, or name it in mkdocs.yml under front_matter.ignore"
        reading.say("KB101", key, f"unknown key '{key}'", hint)


def _dotted(values: Mapping[str, Any], key: str) -> Any:
    """A value by its key; ``ms.date`` is that very key, or the key ``date`` inside ``ms``."""
    if key in values:
        return values[key]
    current: Any = values
    for part in key.split("."):
        current = current.get(part) if isinstance(current, Mapping) else None
    return current


def _same(found: Any, wanted: Any) -> bool:
    return type(found) is type(wanted) and bool(found == wanted)


def _narrowest(candidates: list[Any], settings: Settings) -> Any:
    """The narrowest of some audiences; an odd one is narrower than all."""
    order = settings.audiences
    return max(candidates, key=lambda name: order.index(name) if name in order else len(order))


def _validate(reading: _Reading, values: dict[str, Any]) -> Header:
    """The header of all values that are as they should be; the others are said and left out."""
    fields = {key: _coerced(key, value) for key, value in values.items() if key != "audience" and value is not None}
    if "title" not in fields:
        if reading.opened.headed:
            reading.say("KB102", "", "there is no title", "add a line such as  title: Reset a password")
        fields["title"] = _fallback_title(reading)
    try:
        return Header.model_validate(fields)
    except ValidationError as error:
        for detail in error.errors():
            key = str(detail["loc"][0])
            reading.say("KB102", key, f"{key}: {_plain(detail)}", _hint(key))
            fields.pop(key, None)
        fields.setdefault("title", _fallback_title(reading))
        return Header.model_validate(fields)


def _coerced(key: str, value: Any) -> Any:
    if key in _LISTS and isinstance(value, list):
        return tuple(value)
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if key in {"last_reviewed", "publish_at", "expires", "last_drilled"} and isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value) if len(value) == 10 else value
        except ValueError:
            return value
    return value


def _plain(detail: ErrorDetails) -> str:
    kind = detail["type"]
    shown = repr(detail["input"])
    shown = shown if len(shown) <= 60 else shown[:60] + "…"
    if kind == "string_type":
        return f"should be a text, not {shown} (put it in quotes)"
    if kind == "tuple_type":
        return f"should be a list, not {shown}"
    if kind.startswith("date"):
        return f"should be a date such as 2026-05-17, not {shown}"
    if kind in {"literal_error", "bool_type"}:
        return f"{detail['msg'].removeprefix('Input should be ').join(('should be ', ''))}, not {shown}"
    if detail["loc"][0] == "alerts":
        return f"the name of an alert has letters, digits, '.', '_' and '-', not {shown}"
    if kind.startswith("string_"):
        return f"should be one line of 1 to 300 characters, not {shown}"
    return f"{detail['msg'].removeprefix('Value error, ')}, not {shown}"


def _hint(key: str) -> str:
    field_info = Header.model_fields.get(key)
    return (field_info.description if field_info and field_info.description else "") or f"mend '{key}', or leave it out"


def _fallback_title(reading: _Reading) -> str:
    """The first heading of a file that has no front matter at all, or else the file's name.

    Only lines that every reader may see count: not those of internal blocks, comments or code.
    """
    name = reading.path.rsplit("/", 1)[-1].removesuffix(".md")[:300]
    if reading.opened.headed:
        return name
    body = reading.opened.body
    lines = [row for _, row in rows(body, scan(body), 1, View.OPEN)][:_TITLE_WITHIN]
    places = classify([line.rstrip("\r") for line in lines])
    for line, below, place in zip(lines, [*lines[1:], ""], places, strict=True):
        if "<!--" in line:
            break
        underlined = below.startswith("=") and not below.strip(" \r=")
        heading = line.strip() if underlined else line[2:].strip().rstrip("#") if line.startswith("# ") else ""
        text = " ".join(heading.strip(" `*_").split())[:300]
        if text and place is Where.TEXT:
            return text
    return name


def _area(reading: _Reading, header: Header, folder: str, data: Data) -> str:
    by_folder = next((area.id for area in data.areas if (area.folder or area.id) == folder), "")
    if header.product_area:
        if data.area(header.product_area):
            return header.product_area
        near = did_you_mean(header.product_area, [area.id for area in data.areas])
        known = ", ".join(area.id for area in data.areas)
        reading.say("KB103", "product_area", f"there is no product area '{header.product_area}'", near or f"the areas are: {known}")
    elif not by_folder and data.areas_declared:
        place = f"the folder '{folder}' belongs" if folder else "a file outside all folders belongs"
        reading.say("KB103", "", f"{place} to no product area", "add product_area:, or the area to _data/areas.yml")
    return by_folder or ("general" if data.area("general") else "")


def _owner(reading: _Reading, header: Header, area_id: str, data: Data) -> str:
    if header.owner and data.teams and not data.team(header.owner):
        near = did_you_mean(header.owner, [team.id for team in data.teams])
        reading.say("KB104", "owner", f"there is no team '{header.owner}'", near or f"the teams are: {', '.join(t.id for t in data.teams)}")
    elif header.owner:
        return header.owner
    area = data.area(area_id)
    return area.owner if area else ""


def _audience(reading: _Reading, values: Mapping[str, Any]) -> str:
    """Who may read it. Everything that is not certain is the narrowest audience's."""
    order = reading.settings.audiences
    written = "audience" in reading.opened.values or values.get("audience") is not None
    if written:
        value = values.get("audience")
        plain = "audience" not in reading.opened.values or reading.opened.spelled("audience") is not None
        if isinstance(value, str) and value in order and plain:
            return reading.narrowest if reading.doubtful else value
        shown = "nothing" if value is None else repr(value)
        near = did_you_mean(value, order) if isinstance(value, str) else ""
        hint = near or f"write one of: {', '.join(order)}"
        if value in order:
            shown, hint = "not written out plainly", f"write audience: {value} on one line, without escapes or line breaks"
        reading.say("KB305", "audience", f"the audience is {shown}; the article counts as {reading.narrowest}", hint)
        return reading.narrowest
    fallback = next(_defaults(reading), None)
    if fallback == reading.narrowest:
        return fallback
    if fallback in order and not reading.doubtful and all(problem.code in _ELSEWHERE for problem in reading.problems):
        return str(fallback)
    if reading.doubtful:
        return reading.narrowest
    why = "no audience is written, and a default is not trusted for a header with faults" if fallback else "no audience is written"
    reading.say("KB304", "", f"{why}; the article counts as {reading.narrowest}", f"add a line such as  audience: {reading.narrowest}")
    return reading.narrowest


def _defaults(reading: _Reading) -> Iterator[str]:
    """The audiences that the settings' defaults give this file, the last matching default first."""
    for default in reversed(reading.settings.defaults):
        if "audience" in default.set and any(matches(reading.inside, glob) for glob in default.paths):
            yield str(default.set["audience"])
