"""Use case: hand the pages of the sites over to a search server, as files in a folder."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from kbgen.app.left_out import Missing, missing
from kbgen.app.project import Begin, Gathered, Project, gather, silent
from kbgen.audiences.data import site_data
from kbgen.errors import SettingsError
from kbgen.exports.search import edition_files, index_name, listing
from kbgen.model.ports import Rule
from kbgen.search.layout import FIELDS, WEIGHTS
from kbgen.staging.searching import search_documents

_LISTING = "export.json"
_OURS = re.compile(r"[A-Za-z0-9_-]+/(?:index\.json|query\.json|bulk-\d{3,}\.ndjson)")
Words = Mapping[str, Mapping[str, str]]


def export_search(
    project: Project,
    out: Path,
    sites: Sequence[str],
    words: Words,
    rules: Sequence[Rule],
    today: datetime.date,
    jobs: int = 1,
    begin: Begin = silent,
) -> tuple[tuple[tuple[str, int, int], ...], tuple[Missing, ...]]:
    """Write the documents of these sites (none: of all) into ``out``, which is made where it does not stand.

    Args:
        project: the project.
        out: a folder of its own: empty, or one that this wrote before.
        sites: names of sites.
        words: the theme's words by language, for the pages made from data.
        rules: all rules, to say why a file is left out.
        today: the day for which it is decided what is shown.
        jobs: processes to use.
        begin: told of each stage.

    Returns:
        For each index its name, how many documents it has, and how many files hold them; and the files that the sites leave out.
    """
    gathered = gather(project, today, jobs, begin)
    for name in sites:
        if name not in gathered.settings.sites:
            raise SettingsError(f"there is no site '{name}'; the sites are: {', '.join(gathered.settings.sites)}")
    _refuse(project, gathered, out)
    begin("exporting")
    weights = dict(zip(FIELDS, WEIGHTS, strict=True))
    files: dict[str, bytes] = {}
    counts: dict[str, int] = {}
    told: list[tuple[str, int, int]] = []
    for plan in gathered.projection.plans:
        edition = plan.edition
        if sites and edition.site not in sites:
            continue
        documents = search_documents(plan, gathered.settings, gathered.data, words.get(edition.language, {}))
        synonyms = site_data(gathered.data, gathered.settings, edition.site).synonyms
        made = edition_files(edition, gathered.settings.sites[edition.site].url, documents, weights, synonyms)
        files.update(made)
        counts[index_name(edition)] = len(documents)
        told.append((index_name(edition), len(documents), sum(path.endswith(".ndjson") for path in made)))
    _clear(out)
    files[_LISTING] = listing(counts, files)
    for path, data in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    return tuple(told), missing(gathered, rules, sites or list(gathered.settings.sites))


def _refuse(project: Project, gathered: Gathered, out: Path) -> None:
    """Whatever lies in site/ is handed out, and in the content folder everything is read: internal documents must not get there."""
    target = out.resolve()
    for folder in (project.sites, project.work, project.root / gathered.settings.content_dir):
        if target.is_relative_to(folder.resolve()) or target == project.root:
            raise SettingsError(f"'{out}' is no place for an export: {folder.name}/ is kbgen's own", "Name a folder beside it with --out.")
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / _LISTING).is_file())):
        raise SettingsError(f"'{out}' holds something that is no export of kbgen", "Name an empty folder, or one that is yet to be made.")


def _clear(out: Path) -> None:
    """Take away what the last export wrote: a part too many would be loaded with the others."""
    try:
        files = json.loads((out / _LISTING).read_bytes())["files"]
    except (OSError, ValueError, LookupError, TypeError):
        return
    for path in files if isinstance(files, dict) else ():
        if _OURS.fullmatch(path):
            (out / path).unlink(missing_ok=True)
            with suppress(OSError):  # not empty: somebody keeps things of their own there
                (out / path).parent.rmdir()
