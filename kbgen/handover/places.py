"""Where things stand, and which names may stand there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kbgen.errors import HandoverError

_BUG = "This is a fault of kbgen, not of your articles; please report it. The site is as it was."


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one site's hand-over."""

    name: str
    site_root: Path
    work: Path

    @property
    def live(self) -> Path:
        """What readers see."""
        return self.site_root / self.name

    @property
    def idle(self) -> Path:
        """The twin: the site before, and the workshop of the next."""
        return self.work / "idle" / self.name

    @property
    def old(self) -> Path:
        """Where the live folder waits for a moment on systems that cannot exchange two folders in one step."""
        return self.work / "idle" / f"{self.name}.old"

    @property
    def temporary(self) -> Path:
        """The file that is being written; beside the twin, so that the twin never holds half a file."""
        return self.work / "idle" / f"{self.name}.tmp"

    @property
    def manifests(self) -> Path:
        """The folder of manifests, of all sites."""
        return self.work / "manifests"

    @property
    def temporary_manifest(self) -> Path:
        """The manifest that is being written."""
        return self.manifests / f"{self.name}.tmp"

    def manifest(self, folder: os.stat_result) -> Path:
        """The manifest of the folder with this device and inode."""
        return self.manifests / f"{self.name}-{folder.st_dev}-{folder.st_ino}.json"


def places(name: str, site_root: Path, work: Path) -> Places:
    """The places of a site, once its name is known to be a plain folder name.

    Raises:
        HandoverError: the name is none.
    """
    if _fault(name) or "/" in name or name.startswith(".") or name.endswith((".old", ".tmp")):
        raise HandoverError(f"{name!r} cannot be the name of a site.", "Use letters, digits and hyphens in mkdocs.yml under sites.")
    return Places(name, site_root, work)


def check_paths(paths: Iterable[str]) -> frozenset[str]:
    """The folders that these files need, all of them relative with ``/``; ``""``, the site itself, is not among them.

    Raises:
        HandoverError: a path is absolute, leads out of the site, holds an empty part or NUL, is no UTF-8, or is both file and folder.
    """
    files = frozenset(paths)
    folders: set[str] = set()
    for path in files:
        if fault := _fault(path):
            raise HandoverError(f"The path {path!r} {fault}; it cannot be part of a site.", _BUG)
        folder = parent(path)
        while folder and folder not in folders:
            folders.add(folder)
            folder = parent(folder)
    if both := folders & files:
        raise HandoverError(f"{min(both)!r} would be a file and a folder at once.", _BUG)
    return frozenset(folders)


def parent(path: str) -> str:
    """The folder of a path in the site; ``""``: the site itself."""
    return path.rpartition("/")[0]


def is_safe(path: str) -> bool:
    """Whether a path is relative, with ``/``, and stays inside."""
    return not _fault(path)


def _fault(path: str) -> str:
    if "\0" in path:
        return "holds a NUL"
    if path.startswith("/"):
        return "is absolute"
    if any(part in {"", ".", ".."} for part in path.split("/")):
        return "has an empty part, '.' or '..'"
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return "cannot be written as UTF-8"
    return ""
