"""Reads a built site."""

from __future__ import annotations

import os
from pathlib import Path


def read_site(folder: Path) -> dict[str, bytes]:
    """All regular files of a site by their path in it (with ``/``), sorted. Symbolic links and special files are left out.

    A folder that is not there is an empty site. Raises OSError where a file cannot be read.
    """
    return {path: (folder / path).read_bytes() for path in sorted(_paths(folder, ""))}


def _paths(folder: Path, prefix: str) -> list[str]:
    if not folder.is_dir():
        return []
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found.extend(_paths(Path(entry.path), f"{prefix}{entry.name}/"))
            elif entry.is_file(follow_symlinks=False):
                found.append(prefix + entry.name)
    return found
