"""What lies in the content folder: articles, snippets, assets. Regular files with allowed names and types only; no link is followed.

The folder is data: settings, hooks, templates or code in it are never read. What is left out is said (KB504), what is no regular file or
has an impossible name is a fault (KB007).
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kbgen.content.media import ASSET_TYPES, clean_asset
from kbgen.errors import SettingsError
from kbgen.model.article import Asset, SourceFile
from kbgen.model.finding import Place, Problem
from kbgen.model.settings import Settings

_DEEPEST = 30
_LONGEST = 1000
SNIPPETS = "_snippets"
DATA = "_data"
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\%?#:*\"<>|]|^\.\.?$|[. ]$|^ ")


@dataclass(frozen=True, slots=True)
class Discovered:
    """The files of a content folder, sorted by path.

    Attributes:
        articles: the articles.
        refused: articles that must not or cannot be opened, by path.
        snippets: reusable blocks by their path inside ``_snippets``.
        assets: assets by path.
        problems: what was left out or is wrong, but for the articles refused.
    """

    articles: tuple[SourceFile, ...]
    refused: dict[str, Problem]
    snippets: dict[str, SourceFile]
    assets: dict[str, Asset] = field(repr=False)
    problems: tuple[Problem, ...] = ()


def discover(root: Path, settings: Settings) -> Discovered:
    """Read everything in ``root/<content_dir>`` once. ``root`` is the project's folder; all paths are relative to it."""
    articles: list[SourceFile] = []
    refused: dict[str, Problem] = {}
    snippets: dict[str, SourceFile] = {}
    assets: dict[str, Asset] = {}
    problems: list[Problem] = []
    content = settings.content_dir.strip("/")
    for count, (path, problem) in enumerate(_walk(root, content)):
        if count >= settings.limits.files:
            # Going on with the first of them would take pages off the site for no fault of theirs.
            message = f"the content folder holds more than {settings.limits.files:,} files"
            raise SettingsError(message, "Raise limits.files in mkdocs.yml, or take out what does not belong there.")
        inside = path.removeprefix(content + "/")
        first, _, rest = inside.partition("/")
        suffix = Path(path).suffix
        article = suffix == ".md" and first != SNIPPETS
        if first == DATA:
            continue
        if problem:
            _note(problem, article, refused, problems)
            continue
        if suffix != ".md" and suffix.lower().lstrip(".") not in ASSET_TYPES:
            problems.append(Problem("KB504", Place(path), _left_out(path), "remove it, or rename it if it is meant to be read"))
            continue
        limit = settings.limits.article_bytes if suffix == ".md" else settings.limits.asset_bytes
        data = _read(root / path, limit)
        if isinstance(data, str):
            code = "KB006" if data.startswith("too large") else "KB007"
            _note(Problem(code, Place(path), data, _HINTS[data.split(":")[0]]), article, refused, problems)
        elif suffix == ".md" and first == SNIPPETS:
            snippets[rest] = SourceFile(path, data, hashlib.sha256(data).hexdigest())
        elif suffix == ".md":
            articles.append(SourceFile(path, data, hashlib.sha256(data).hexdigest()))
        else:
            clean = clean_asset(data, suffix.lower().lstrip("."))
            if isinstance(clean, str):
                problems.append(Problem("KB404", Place(path), clean, "export the file anew, or remove it"))
            else:
                assets[path] = Asset(path, clean, hashlib.sha256(clean).hexdigest())
    return Discovered(tuple(articles), refused, snippets, assets, tuple(problems))


def _note(problem: Problem, article: bool, refused: dict[str, Problem], problems: list[Problem]) -> None:
    """An article that cannot be opened still has an address; anything else is only a problem."""
    if article:
        refused[problem.place.path] = problem
    else:
        problems.append(problem)


_HINTS = {
    "too large": "split it, or raise the limit in mkdocs.yml",
    "not a regular file": "put the file itself there: links, pipes and devices are not followed",
    "cannot be read": "give the user who builds the right to read it",
}


def _left_out(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    if name.lower().endswith((".md", ".markdown", ".mdx")):
        return "left out: articles end in .md (small letters)"
    return "left out: kbgen does not ship files of this type"


def _walk(root: Path, folder: str) -> Iterator[tuple[str, Problem | None]]:
    """All files below a folder, sorted by path, with a problem for each that must not be opened. Hidden names are passed over."""
    try:
        with os.scandir(root / folder) as scan:
            entries = sorted(scan, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield folder, Problem("KB007", Place(folder), f"cannot be read: {error.strerror}", _HINTS["cannot be read"])
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = f"{folder}/{entry.name}"
        if _FORBIDDEN.search(entry.name) or not _encodable(entry.name) or len(os.fsencode(entry.name)) > 200:
            shown = path.encode("utf-8", "replace").decode()
            hint = "use letters, digits, spaces, - and _ (and no more than 200 bytes)"
            yield shown, Problem("KB007", Place(shown), "a name with characters that addresses cannot carry", hint)
            continue
        if path.count("/") > _DEEPEST or len(os.fsencode(path)) > _LONGEST:
            message = f"lies more than {_DEEPEST} folders deep, or its path is longer than {_LONGEST} bytes"
            yield path, Problem("KB007", Place(path), message, "move it up")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path)
        elif entry.is_file(follow_symlinks=False):
            yield path, None
        else:
            yield path, Problem("KB007", Place(path), "not a regular file", _HINTS["not a regular file"])


def _encodable(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _read(path: Path, limit: int) -> bytes | str:
    """The bytes of a regular file, or why not. Opened without following links and without waiting for a pipe's other end."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            return "not a regular file"
        if status.st_size > limit:
            return f"too large: {status.st_size:,} bytes, {limit:,} are allowed"
        try:
            data = file.read(limit + 1)
        except OSError as error:
            return f"cannot be read: {error.strerror}"
    return data if len(data) <= limit else f"too large: it grows while it is read, {limit:,} bytes are allowed"
