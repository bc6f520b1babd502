"""Reads the settings from ``mkdocs.yml``: strictly, and telling everything that is wrong at once."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from kbgen.config.consistency import inconsistencies
from kbgen.config.plain import Flaw, check
from kbgen.config.project_file import ProjectFile, take_apart
from kbgen.config.reading import read_file
from kbgen.errors import SettingsError
from kbgen.model.settings import Settings
from kbgen.strict.yaml import Document, Path, load

MAX_BYTES = 100_000
"""Bytes that ``mkdocs.yml`` may have."""

# A required value that is missing is told once; the stand-in lets everything else be checked.
_STAND_INS: Mapping[str, Any] = {
    "sites": {},
    "name": "-",
    "audience": "public",
    "paths": ["-"],
    "set": {},
    "when": {"-": "-"},
    "value": None,
}


def load_settings(path: FilePath) -> Settings:
    """Read the settings.

    Args:
        path: the project's ``mkdocs.yml``.

    Raises:
        SettingsError: the file is missing, cannot be read, or anything in it is wrong. Its ``problems`` are all there are, sorted by
            place, as lines like ``mkdocs.yml:12:7: sites.public.colur: unknown key, did you mean 'colour'?``.
    """
    reading = read_file(path, MAX_BYTES)
    if reading.fault is not None:
        raise _error(path, [(reading.fault.line, reading.fault.column, reading.fault.message)])
    if reading.text is None:
        raise SettingsError(
            f"there is no settings file {path}",
            "Run kbgen in the project's folder, or write a mkdocs.yml there: a list 'plugins:' with '- kbgen:' and its 'sites:' below it.",
        )
    document = load(reading.text)
    if document.faults:
        raise _error(path, [(fault.line, fault.column, fault.message) for fault in document.faults])
    project = take_apart(document.value)
    settings, flaws = _settings(project)
    flaws = (*project.flaws, *flaws)
    if settings is None or flaws:
        raise _error(path, [(*_mark(document, flaw.path), _line(flaw, project.path)) for flaw in flaws])
    return settings


def settings_digest(settings: Settings) -> str:
    """SHA-256 of the settings as canonical JSON.

    Fields stand in the model's order, mappings in the file's: the order of sites, languages and globs means something.
    """
    spelling = json.dumps(settings.model_dump(), separators=(",", ":"), ensure_ascii=False, default=_spell)
    return hashlib.sha256(spelling.encode("utf-8")).hexdigest()


def _spell(value: object) -> object:
    # A date and the same date as a text are different settings.
    return {"date": value.isoformat()} if isinstance(value, datetime.date) else {"other": repr(value)}


def _settings(project: ProjectFile) -> tuple[Settings | None, tuple[Flaw, ...]]:
    if project.settings is None:
        return None, ()
    raw = _spelled_out(dict(project.settings))
    checked = check(Settings, raw, _STAND_INS)
    numbers = _quoted_numbers(raw)
    flaws = (*numbers, *(flaw for flaw in checked.flaws if all(flaw.path != number.path for number in numbers)))
    if checked.value is not None:
        flaws = (*flaws, *inconsistencies(checked.value, checked.flaws))
    at = project.path
    # docs_dir is MkDocs' key, at the top of the file.
    placed = tuple(Flaw(("docs_dir",) if flaw.path[:1] == ("content_dir",) else (*at, *flaw.path), flaw.message) for flaw in flaws)
    return checked.value, placed


def _spelled_out(raw: dict[str, Any]) -> dict[str, Any]:
    """The settings with their short spellings written out: one text for a list of one, a colour with a space or capitals."""
    _listed(raw, "audiences")
    _listed(raw.get("front_matter"), "ignore")
    defaults = raw.get("defaults")
    for default in defaults if isinstance(defaults, list) else ():
        _listed(default, "paths")
    sites = raw.get("sites")
    for site in sites.values() if isinstance(sites, dict) else ():
        if isinstance(site, dict) and isinstance(site.get("colour"), str):
            site["colour"] = site["colour"].strip().lower().replace(" ", "-")
    return raw


def _listed(mapping: Any, key: str) -> None:
    if isinstance(mapping, dict) and isinstance(mapping.get(key), str):
        mapping[key] = [mapping[key]]


def _quoted_numbers(raw: Mapping[str, Any]) -> tuple[Flaw, ...]:
    """Numbers written as ``"30"`` or ``yes``: pydantic would take them for 30 and 1."""
    review = raw.get("review")
    limits = raw.get("limits")
    numbers: list[tuple[Path, Any]] = []
    if isinstance(review, Mapping) and "due_within" in review:
        numbers.append((("review", "due_within"), review["due_within"]))
    if isinstance(limits, Mapping):
        numbers += [(("limits", key), value) for key, value in limits.items()]
    return tuple(Flaw(path, "has to be a whole number, without quotes") for path, value in numbers if _passes(value))


def _passes(value: Any) -> bool:
    """Whether pydantic would read something else than a number as a whole number (what it would not, it complains of itself)."""
    return isinstance(value, bool) or (isinstance(value, str) and value.strip().removeprefix("-").isdigit())


def _mark(document: Document, path: Path) -> tuple[int, int]:
    """Where a value stands; for a missing one, where the nearest one around it does."""
    while path and path not in document.marks:
        path = path[:-1]
    return document.marks.get(path, (1, 1))


def _line(flaw: Flaw, prefix: Path) -> str:
    """The flaw with its path: inside kbgen's settings from there, elsewhere from the top of the file."""
    path = flaw.path[len(prefix) :] if prefix and len(flaw.path) > len(prefix) and flaw.path[: len(prefix)] == prefix else flaw.path
    name = ""
    for step in path:
        if isinstance(step, int):
            name += f"[{step}]"
        else:
            word = step if step.replace("_", "").replace("-", "").isalnum() else f"'{step}'"
            name += f".{word}" if name else word
    return f"{name}: {flaw.message}" if name else flaw.message


def _error(path: FilePath, lines: list[tuple[int, int, str]]) -> SettingsError:
    problems = tuple(f"{path.name}:{line}:{column}: {text}" for line, column, text in sorted(set(lines)))
    count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
    return SettingsError(f"{count} in {path.name}", "Mend what is listed and run the command again.", problems)
