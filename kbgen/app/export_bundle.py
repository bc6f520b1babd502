"""Use case: a copy of a finished site in one file, which opens from disk."""

from __future__ import annotations

import datetime
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from kbgen.app.project import Begin, Project, silent
from kbgen.app.search import edition_prefix
from kbgen.errors import HandoverError, SettingsError
from kbgen.exports.bundle import START, Copy, Tongue, bundle
from kbgen.model.settings import Settings, text_in
from kbgen.staging.phrases import day

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows: same site, same bytes, whenever it was copied
_PACKED = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".mp4", ".webm", ".zip", ".woff2", ".pdf")
Words = Mapping[str, Mapping[str, str]]


def export_bundle(
    project: Project, settings: Settings, site: str, output: Path, words: Words, style: bytes, today: datetime.date, begin: Begin = silent
) -> tuple[int, int]:
    """Write a copy of ``site/<site>`` into the zip file ``output``, one file after the other; what stood there before goes at the very end.

    Args:
        project: the project.
        settings: its settings.
        site: name of the site. Only what stands in its folder gets into the copy.
        output: the file; it may be there if it is such a copy.
        words: the theme's words by language.
        style: the style sheet of what only a copy has.
        today: the day that the copy says it was made on.
        begin: told of each stage.

    Returns:
        How many files it holds, and its size in bytes.
    """
    if site not in settings.sites:
        raise SettingsError(f"there is no site '{site}'; the sites are: {', '.join(settings.sites)}")
    folder = project.sites / site
    if not (folder / "index.html").is_file():
        raise SettingsError(f"the site '{site}' is not built yet: there is no site/{site}/index.html", "Run kbgen build first.")
    _refuse(project, settings, output)
    begin("copying")
    slot = folder.stat().st_ino
    copy = _copy(settings, site, words, style, today)
    output.parent.mkdir(parents=True, exist_ok=True)
    part = output.with_name(f".{output.name}.part")
    try:
        count = _write(part, copy, folder)
        if folder.stat().st_ino != slot:  # a build exchanged the folder meanwhile: half of this would be of the old site
            raise HandoverError(f"the site '{site}' was built anew while it was being copied", "Run the command again.")
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    return count, output.stat().st_size


def _copy(settings: Settings, site: str, words: Words, style: bytes, today: datetime.date) -> Copy:
    known = settings.sites[site]
    tongues = tuple(
        Tongue(
            code,
            language.name,
            edition_prefix(settings, code),
            text_in(known.name, code, settings.default_language),
            words[code],
            day(today, code),
        )
        for code, language in sorted(settings.languages.items(), key=lambda item: item[0] != settings.default_language)
    )
    return Copy(site, urlsplit(known.url).path or "/", tongues, not settings.is_open(site), style)


def _write(target: Path, copy: Copy, folder: Path) -> int:
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in bundle(copy, _paths(folder), lambda path: (folder / path).read_bytes()):
            info = zipfile.ZipInfo(path, _LONG_AGO)
            info.create_system = 3  # as on every system
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if path.lower().endswith(_PACKED) else zipfile.ZIP_DEFLATED
            packed.writestr(info, data)
            count += 1
    return count


def _paths(folder: Path) -> list[str]:
    """Paths of all regular files of the site. Links lead who knows where, also to other sites: they are left out."""
    found: list[str] = []
    for here, _, names in os.walk(folder):
        paths = (Path(here, name) for name in names)
        found.extend(path.relative_to(folder).as_posix() for path in paths if path.is_file() and not path.is_symlink())
    return sorted(found)


def _refuse(project: Project, settings: Settings, output: Path) -> None:
    """Whatever lies in site/ is handed out, and in the content folder everything is read: an internal copy must not get there."""
    target = output.resolve()
    for folder in (project.sites, project.work, project.root / settings.content_dir):
        if target.is_relative_to(folder.resolve()):
            raise SettingsError(f"'{output}' is no place for a copy: {folder.name}/ is kbgen's own", "Name a file elsewhere with --output.")
    if target.exists() and not _is_copy(target):
        raise SettingsError(f"'{output}' stands there and is no copy that kbgen wrote", "Name another file with --output, or remove it.")


def _is_copy(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return START in packed.namelist()
    except (OSError, zipfile.BadZipFile):
        return False
