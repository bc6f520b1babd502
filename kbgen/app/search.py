"""Use case: search a built site from here."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from kbgen.app.project import Project
from kbgen.errors import SettingsError
from kbgen.model.settings import Settings
from kbgen.search import Explained, SearchHit, explain, find, open_index

Load = Callable[[str], bytes]
"""Reads a file of an index by its path under ``search/``."""


def edition_prefix(settings: Settings, language: str) -> str:
    """The folder of a language's edition in every site: ``""`` for the default language, else e.g. ``ru/``."""
    return "" if language == settings.default_language else f"{language}/"


def edition_index(project: Project, settings: Settings, site: str, language: str) -> Load:
    """What reads the files of a built edition's index, each once.

    Raises:
        SettingsError: there is no such site or language, or the site is not built.
    """
    if site not in settings.sites:
        raise SettingsError(f"there is no site '{site}'; the sites are: {', '.join(settings.sites)}")
    if language not in settings.languages:
        raise SettingsError(f"there is no language '{language}'; the languages are: {', '.join(settings.languages)}")
    folder = project.sites / site / edition_prefix(settings, language) / "search"
    if not (folder / "index.json").is_file():
        raise SettingsError(f"the site '{site}' is not built yet", "Run kbgen build first.")
    read: dict[str, bytes] = {}

    def load(path: str) -> bytes:
        if path not in read:
            read[path] = (folder / path).read_bytes()
        return read[path]

    return load


def found(load: Load, query: str, limit: int, prefix: str, *, explained: bool) -> dict[str, Any] | None:
    """What a query finds, as plain values with the keys of :mod:`kbgen.reports.search_json`.

    Args:
        load: reads the index.
        query: any text.
        limit: how many hits at most.
        prefix: the edition's folder in the site.
        explained: with the parts of each score.

    Returns:
        The results; None where another version of kbgen wrote the index.
    """
    reader = open_index(load)
    if reader is None:
        return None
    answer = find(reader, query, limit)
    why = {one.address: one for one in explain(load, query, limit).hits} if explained else {}
    hits = [_hit(hit, prefix, why.get(hit.address)) for hit in answer.hits]
    return {"query": query, "shown_as": answer.shown_as, "total": answer.total, "hits": hits}


def _hit(hit: SearchHit, prefix: str, why: Explained | None) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "title": hit.title,
        "address": prefix + hit.address,
        "anchor": hit.anchor,
        "area": hit.area,
        "type": hit.type,
        "audience": hit.audience,
        "score": round(hit.score, 6),
        "snippet": hit.snippet,
    }
    if why is not None:
        plain["covered"] = why.covered
        plain["parts"] = [{**dataclasses.asdict(part), "score": round(part.score, 6)} for part in why.parts]
    return plain
