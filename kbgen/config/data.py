"""Reads the data beside the articles: the files in the content folder's ``_data``.

Each holds a list of entries in the order the sites show them; none of them has to be there. :mod:`kbgen.config.lists` says what becomes
of what is wrong: a slip of the pen in one line never takes a whole site's areas away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel
from slugify import slugify

from kbgen.config.lists import Row, open_list, problems_of, read_rows
from kbgen.config.plain import Flaw, quoted, unknown
from kbgen.config.references import SUGGESTIONS, Table, resolve
from kbgen.model.address import reserved
from kbgen.model.data import FILES, Data, ProductArea
from kbgen.model.finding import Place, Problem
from kbgen.model.settings import Settings
from kbgen.model.support import Alert, Channel, DrillRecord, Plan, Release, SeverityLevel, Sla, Synonym, Team, Tier, Tracker

GENERAL = "general"
"""Id of the area of articles that lie in no folder, or in one of this name, where areas are derived."""

_MODELS: Mapping[str, type[BaseModel]] = {
    "areas": ProductArea,
    "teams": Team,
    "severities": SeverityLevel,
    "plans": Plan,
    "channels": Channel,
    "sla": Sla,
    "tiers": Tier,
    "releases": Release,
    "alerts": Alert,
    "trackers": Tracker,
    "synonyms": Synonym,
    "drills": DrillRecord,
}
_GENERAL_NAMES = {"ru": "Общее"}
# How ids that were made from a slug and a digest end: a folder of such a name gets a digest of its own.
_MADE_ID = re.compile(r"-[0-9a-f]{8}$")


def load_data(root: FilePath, settings: Settings, folders: Sequence[str]) -> tuple[Data, tuple[Problem, ...]]:
    """Read the data.

    Args:
        root: the project's root.
        settings: the settings.
        folders: names of the first-level folders of articles inside the languages' folders; areas are derived from them where there
            is no ``areas.yml``.

    Returns:
        The data, and everything that is wrong with the files, sorted by place.
    """
    tables: dict[str, Table] = {}
    flaws: dict[str, list[Flaw]] = {}
    for field, model in _MODELS.items():
        file = open_list(root, settings, FILES[field])
        rows, flaws[field] = read_rows(model, file, settings)
        unreadable = file.present and file.entries is None
        tables[field] = Table(file, rows, None if unreadable else tuple(row.id for row in rows if row.id))
    areas = tables["areas"]
    declared = areas.file.entries is not None
    if declared:
        areas = replace(areas, rows=_with_an_address(areas, tables["channels"], settings, flaws["areas"]))
    tables["areas"] = _declared(areas, tables["teams"], flaws["areas"]) if declared else _derived(areas, folders, settings)
    tables["sla"] = replace(tables["sla"], rows=_promised_once(tables["sla"], flaws["sla"]))
    told = [problem for field, table in tables.items() for problem in problems_of(table.file, flaws[field], table.rows)]
    tables, unresolved = resolve(tables)
    entries = {field: tuple(row.value for row in table.rows if row.value is not None) for field, table in tables.items()}
    data = Data(**entries, areas_declared=declared, places=_places(tables))
    return data, tuple(sorted({*told, *unresolved}, key=lambda problem: (problem.place, problem.code, problem.message)))


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


def _derived(areas: Table, folders: Sequence[str], settings: Settings) -> Table:
    rows = [Row(position, area.id, {}, area) for position, area in enumerate(derived_areas(folders, settings))]
    return replace(areas, rows=rows, ids=None if areas.ids is None else [row.id for row in rows])


def _with_an_address(areas: Table, channels: Table, settings: Settings, flaws: list[Flaw]) -> list[Row]:
    """The areas without those whose folder kbgen needs for itself: their page would stand in the place of another."""
    # Every site that sees a channel has contact/. Only one that all see counts: an internal channel must not change the public site.
    contact = any(isinstance(row.value, Channel) and row.value.audience == settings.audiences[0] for row in channels.rows)
    rows: list[Row] = []
    for row in areas.rows:
        area, kept = row.value, row
        if isinstance(area, ProductArea):
            folder = area.folder or area.id
            if reserved(f"{folder}/", settings) or (contact and folder.casefold() == "contact"):
                key = "folder" if area.folder else "id"
                flaws.append(Flaw((row.position, key), f"{quoted(folder)} is reserved: kbgen needs '{folder}/' for itself"))
                kept = replace(row, value=None)
        rows.append(kept)
    return rows


def _declared(areas: Table, teams: Table, flaws: list[Flaw]) -> Table:
    """The areas without owners that are no team, and each folder with one area only.

    A folder is the area's whose id it is, wherever that stands: an area that is added with ``folder:`` never takes another's pages. Where
    two areas name a folder that is the id of neither, nothing tells which was there before: the first holds, and one that is put in front
    of it takes its folder on every site. Areas have no audience that could decide. The same is true of two areas with one id.
    """
    rows: list[Row] = []
    strangers = 0
    taken = {
        row.value.id: row.value.id for row in areas.rows if isinstance(row.value, ProductArea) and row.value.folder in ("", row.value.id)
    }
    for row in areas.rows:
        area, owner = row.value, row.raw.get("owner")
        # Without a list of teams there is nothing to compare with.
        if isinstance(owner, str) and owner and teams.file.entries is not None and owner not in (teams.ids or ()):
            strangers += 1
            possible = (teams.ids or ()) if strangers <= SUGGESTIONS else ()
            flaws.append(Flaw((row.position, "owner"), unknown(owner, possible, f"team {quoted(owner)}")))
            area = area.model_copy(update={"owner": ""}) if area is not None else None
        if isinstance(area, ProductArea):
            folder = area.folder or area.id
            if taken.setdefault(folder, area.id) != area.id:
                message = f"the folder {quoted(folder)} belongs to the area {quoted(taken[folder])} already"
                flaws.append(Flaw((row.position, "folder"), message))
                area = None
        rows.append(replace(row, value=area))
    return replace(areas, rows=rows)


def _promised_once(sla: Table, flaws: list[Flaw]) -> list[Row]:
    """The promises, each plan, severity and channel once: what is promised first holds."""
    rows: list[Row] = []
    lines: dict[tuple[str, str, str], int] = {}
    for row in sla.rows:
        promise, once = row.value, row
        if isinstance(promise, Sla):
            again = [channel for channel in promise.channels if (promise.plan, promise.severity, channel) in lines]
            for channel in again:
                line = lines[promise.plan, promise.severity, channel]
                message = f"the answer in {quoted(channel)} is promised twice (first on line {line})"
                flaws.append(Flaw((row.position, "channels", promise.channels.index(channel)), message))
            left = tuple(channel for channel in promise.channels if channel not in again)
            here = sla.file.place((row.position,)).line
            lines |= {(promise.plan, promise.severity, channel): here for channel in left}
            once = replace(row, value=promise.model_copy(update={"channels": left}) if left else None)
        rows.append(once)
    return rows


def _places(tables: Mapping[str, Table]) -> dict[str, Place]:
    """What :meth:`Data.place` looks up."""
    places: dict[str, Place] = {}
    for field, table in tables.items():
        if table.file.entries is None:
            continue
        name = FILES[field]
        places[name] = table.file.place(())
        usable = [row for row in table.rows if row.value is not None]
        keys = {row.position: row.id or str(number) for number, row in enumerate(usable)}
        for path in table.file.document.marks:
            if path and path[0] in keys:
                item: Any = table.file.entries
                for step in path:
                    item = item[step]
                tail = (*path[1:-1], item) if len(path) > 1 and isinstance(path[-1], int) and isinstance(item, str) else path[1:]
                places.setdefault("/".join(map(str, (name, keys[int(path[0])], *tail))), table.file.place(path))
    return places
