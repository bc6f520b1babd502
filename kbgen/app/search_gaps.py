"""Use case: what readers looked for and did not find, and what today's site would show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO

from kbgen.app.project import Project
from kbgen.app.search import edition_index, edition_prefix
from kbgen.errors import SettingsError
from kbgen.gaps import Gap, Gaps, Log, find_gaps, read_log
from kbgen.model.settings import Settings
from kbgen.search import analyse, search

Nearest = Mapping[str, str]


def search_gaps(
    project: Project, settings: Settings, site: str, stream: IO[bytes], limit: int
) -> tuple[Log, Gaps, Sequence[tuple[Gap, Nearest | None]]]:
    """Read a log of search events.

    Returns:
        The log and its counts, all gaps, and the widest of them each with the title and address that ``site`` finds first today.
    """
    log = read_log(stream)
    gaps = find_gaps(log.events(), analyse)
    return log, gaps, [(gap, _nearest(project, settings, site, gap)) for gap in gaps.gaps[:limit]]


def _nearest(project: Project, settings: Settings, site: str, gap: Gap) -> Nearest | None:
    """What the built site finds first; None where it is not built, cannot be read, or finds nothing."""
    if gap.language not in settings.languages:
        return None
    try:
        hits = search(edition_index(project, settings, site, gap.language), gap.query, 1)
    except (SettingsError, OSError, ValueError, LookupError, TypeError):
        return None
    return {"title": hits[0].title, "address": edition_prefix(settings, gap.language) + hits[0].address} if hits else None
