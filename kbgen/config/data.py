"""Reads the data beside the articles: ``areas.yml`` and ``teams.yml`` in the content folder's ``_data``.

Both hold a list of entries in the order the sites show them. What is wrong is a problem ``KB105`` and costs as little as possible: a
faulty key that an entry can do without is left out; an entry whose id, name or folder is faulty, or that cannot be read, is left out; a
file that holds no entries counts as absent. So a slip of the pen in one line never takes a whole site's areas away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel
from slugify import slugify

from kbgen.config.entries import Broken, load_entries
from kbgen.config.plain import Flaw, M, check, quoted, unknown
from kbgen.config.reading import read_inside
from kbgen.model.data import Data, ProductArea, Team
from kbgen.model.finding import Place, Problem
from kbgen.model.settings import Settings
from kbgen.strict.yaml import Document, Path

MAX_BYTES = 250_000
"""Bytes that a data file may have."""

GENERAL = "general"
"""Id of the area of articles that lie in no folder, or in one of this name, where areas are derived."""

# Where one of these is faulty, the entry cannot be used.
_NEEDED: frozenset[Path] = frozenset({("id",), ("name",), ("folder",)})
_GENERAL_NAMES = {"ru": "Общее"}
_ICON = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")
# How ids that were made from a slug and a digest end: a folder of such a name gets a digest of its own.
_MADE_ID = re.compile(r"-[0-9a-f]{8}$")
_FOLDER = re.compile(r"[^._~\s/\\:%?#*\[\]][^/\\:%?#*\[\]]*")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a data file with its position; its id and owner as written even where the entry cannot be used."""

    position: int
    id: str
    owner: str
    value: BaseModel | None


@dataclass(frozen=True, slots=True)
class _File:
    """A data file: ``entries`` is None where it is absent or holds no list."""

    path: str
    document: Document
    entries: tuple[Any, ...] | None
    problems: tuple[Problem, ...]


def load_data(root: FilePath, settings: Settings, folders: Sequence[str]) -> tuple[Data, tuple[Problem, ...]]:
    """Read areas and teams.

    Args:
        root: the project's root.
        settings: the settings.
        folders: names of the first-level folders of articles inside the languages' folders; areas are derived from them where there
            is no ``areas.yml``.

    Returns:
        The data, and everything that is wrong with the files, sorted by place.
    """
    teams_file = _open(root, settings, "teams.yml")
    teams, team_flaws = _read(Team, teams_file, settings)
    areas_file = _open(root, settings, "areas.yml")
    areas, area_flaws = _read(ProductArea, areas_file, settings)
    known = None if teams_file.entries is None else tuple(entry.id for entry in teams if entry.id)
    owned, owner_flaws = _owners(areas, known)
    whole, folder_flaws = _apart(owned)
    declared = areas_file.entries is not None
    data = Data(
        areas=whole if declared else derived_areas(folders, settings),
        teams=tuple(entry.value for entry in teams if isinstance(entry.value, Team)),
        areas_declared=declared,
    )
    problems = [*teams_file.problems, *areas_file.problems]
    problems += [_problem(teams_file, flaw) for flaw in team_flaws]
    problems += [_problem(areas_file, flaw) for flaw in (*area_flaws, *owner_flaws, *folder_flaws)]
    return data, tuple(sorted(set(problems), key=lambda problem: (problem.place, problem.message)))


def derived_areas(folders: Iterable[str], settings: Settings) -> tuple[ProductArea, ...]:
    """An area for each folder, named as the folder, and last the area ``general`` for articles in none.

    An area depends on its own folder alone: else a new internal folder would change what the public site calls another. A folder that is
    called ``general`` has the address of that area, so its articles are in it.
    """
    areas = [
        ProductArea(id=_area_id(folder), name=dict.fromkeys(settings.languages, folder), folder=folder)
        for folder in sorted(set(folders) - {"", GENERAL})
    ]
    general = ProductArea(id=GENERAL, name={code: _GENERAL_NAMES.get(code, "General") for code in settings.languages})
    return (*areas, general)


def _area_id(folder: str) -> str:
    """The folder where that is an id already, else its slug and a digest, which no other folder has."""
    slug = slugify(folder) or "area"
    if slug == folder and not _MADE_ID.search(folder):
        return folder
    return f"{slug}-{hashlib.sha256(folder.encode('utf-8')).hexdigest()[:8]}"


def _open(root: FilePath, settings: Settings, name: str) -> _File:
    path = f"{settings.content_dir}/_data/{name}"
    reading = read_inside(root, path, MAX_BYTES)
    document, faults = load_entries(reading.text or "")
    if reading.fault is not None:
        faults = (reading.fault,)
    entries = document.value if isinstance(document.value, list) and document.value else None
    hint = "mend it; until then the file counts as absent" if entries is None else "mend it; until then this entry is left out"
    problems = tuple(Problem("KB105", Place(path, fault.line, fault.column), fault.message, hint) for fault in faults)
    if entries is None and not faults and reading.text is not None:
        wrong = Problem(
            "KB105",
            Place(path, *document.marks.get((), (1, 1))),
            "the file does not hold a list",
            "start each entry with '- id: …'; until then the file counts as absent",
        )
        return _File(path, document, None, (wrong,))
    return _File(path, document, None if entries is None else tuple(entries), problems)


def _read(model: type[M], file: _File, settings: Settings) -> tuple[list[_Entry], list[Flaw]]:
    """The entries of a file, checked one by one, and what is wrong with them; paths start with the entry's position."""
    entries: list[_Entry] = []
    flaws: list[Flaw] = []
    seen: dict[str, int] = {}
    for position, raw in enumerate(file.entries or ()):
        if isinstance(raw, Broken):
            entries.append(_Entry(position, raw.id, "", None))
            continue
        if not isinstance(raw, Mapping):
            flaws.append(Flaw((position,), "has to be an entry of 'key: value' lines; it is left out"))
            continue
        entry_id, owner = (word if isinstance(word := raw.get(key), str) else "" for key in ("id", "owner"))
        checked = check(model, raw, {"id": "0", "name": {settings.default_language: "-"}})
        wrong = list(checked.flaws)
        value: BaseModel | None = None
        if checked.value is not None:
            value, more = _texts(checked.value, settings)
            wrong += more
        if any(flaw.path in _NEEDED for flaw in checked.flaws):
            value = None
        if entry_id and entry_id in seen:
            wrong.append(Flaw(("id",), f"the id {quoted(entry_id)} stands twice (first on line {seen[entry_id]})"))
            value = None
        seen.setdefault(entry_id, file.document.marks.get((position,), (1, 1))[0])
        entries.append(_Entry(position, entry_id, owner, value))
        flaws += [Flaw((position, *flaw.path), flaw.message) for flaw in wrong]
    return entries, flaws


def _texts(value: M, settings: Settings) -> tuple[M | None, list[Flaw]]:
    """The entry without texts in unknown languages and without empty ones; None where no name is left."""
    flaws: list[Flaw] = []
    changes: dict[str, Any] = {}
    for field in ("name", "summary"):
        texts = getattr(value, field, None)
        if texts is None:
            continue
        for code, text in texts.items():
            if code not in settings.languages:
                flaws.append(Flaw((field, code), unknown(code, settings.languages, "language")))
            elif field == "name" and not text.strip():
                flaws.append(Flaw((field, code), "is empty"))
        bad = {flaw.path[1] for flaw in flaws if flaw.path[0] == field}
        changes[field] = {code: text for code, text in texts.items() if code not in bad}
    if isinstance(value, ProductArea):
        if value.icon and not _ICON.fullmatch(value.icon):
            flaws.append(Flaw(("icon",), f"{quoted(value.icon)} is no name of an icon such as material/account"))
            changes["icon"] = ""
        if value.folder and not _FOLDER.fullmatch(value.folder):
            flaws.append(Flaw(("folder",), f"{quoted(value.folder)} has to be the name of one folder inside the language's folder"))
            return None, flaws
    if not changes["name"]:
        return None, flaws or [Flaw(("name",), "is empty")]
    return value.model_copy(update=changes), flaws


def _owners(entries: Iterable[_Entry], known: tuple[str, ...] | None) -> tuple[list[_Entry], list[Flaw]]:
    """The areas, without owners that are no team. ``known`` None: there is no list of teams to compare with."""
    result: list[_Entry] = []
    flaws: list[Flaw] = []
    for entry in entries:
        area = entry.value
        if entry.owner and known is not None and entry.owner not in known:
            flaws.append(Flaw((entry.position, "owner"), unknown(entry.owner, known, f"team {quoted(entry.owner)}")))
            area = area.model_copy(update={"owner": ""}) if area is not None else None
        result.append(_Entry(entry.position, entry.id, entry.owner, area))
    return result, flaws


def _apart(entries: Iterable[_Entry]) -> tuple[tuple[ProductArea, ...], list[Flaw]]:
    """The areas whose folder no earlier area has."""
    areas: dict[str, ProductArea] = {}
    flaws: list[Flaw] = []
    for entry in entries:
        if not isinstance(entry.value, ProductArea):
            continue
        folder = entry.value.folder or entry.value.id
        if folder in areas:
            message = f"the folder {quoted(folder)} belongs to the area {quoted(areas[folder].id)} already"
            flaws.append(Flaw((entry.position, "folder"), message))
        else:
            areas[folder] = entry.value
    return tuple(areas.values()), flaws


def _problem(file: _File, flaw: Flaw) -> Problem:
    path: Path = flaw.path
    while path and path not in file.document.marks:
        path = path[:-1]
    keys = [str(step) for step in flaw.path[1:]]
    message = f"{'.'.join(keys)}: {flaw.message}" if keys else flaw.message
    needed = not keys or flaw.path[1:] in _NEEDED
    hint = "mend it; until then this entry is left out" if needed else "mend it; until then it is left out of this entry"
    return Problem("KB105", Place(file.path, *file.document.marks.get(path, (1, 1))), message, hint)
