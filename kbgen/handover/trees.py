"""What really stands in a folder."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kbgen.handover import disk
from kbgen.handover.places import parent
from kbgen.model.site_tree import Entry, Manifest


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder with all below it. Symbolic links are never followed: they are ``others``.

    Attributes:
        files: path of each regular file → its size in bytes and its modification time in nanoseconds.
        folders: paths of the folders, each after the one it is in.
        others: links, pipes, sockets, devices.
        unreadable: folders that could not be looked into.
    """

    files: Mapping[str, tuple[int, int]]
    folders: tuple[str, ...]
    others: frozenset[str]
    unreadable: frozenset[str] = frozenset()

    def holds(self, path: str, entry: Entry) -> bool:
        """Whether this file is, as far as its size and time tell, the one that was written."""
        return self.files.get(path) == (entry.size, entry.mtime_ns)


def look(root: Path) -> Tree:
    """What stands in this folder.

    Raises:
        OSError: a folder cannot be looked into.
    """
    return _walk(root, lambda _path, error: _raise(error))


def glance(root: Path) -> Tree:
    """As :func:`look`, but what cannot be looked into is noted and nothing is raised."""
    unreadable: set[str] = set()
    tree = _walk(root, lambda path, _error: unreadable.add(path))
    return Tree(tree.files, tree.folders, tree.others, frozenset(unreadable))


def current(site_dir: Path, manifest: Manifest) -> frozenset[str]:
    """The files of the manifest that stand in the site as they were written; the others somebody else touched, they must be made anew."""
    tree = glance(site_dir)
    return frozenset(path for path, entry in manifest.files.items() if tree.holds(path, entry))


def remove(root: Path, files: Iterable[str], folders: Iterable[str]) -> frozenset[str]:
    """Remove files (or links), then folders, the inner ones first.

    Returns:
        The folders out of which something was taken and that still stand; ``""`` is the root.
    """
    gone = tuple(sorted(folders, reverse=True))
    touched: set[str] = set()
    for path in sorted(files):
        disk.discard(root / path)
        touched.add(parent(path))
    for path in gone:
        disk.remove_folder(root / path)
        touched.add(parent(path))
    return frozenset(touched.difference(gone))


def remove_all(root: Path) -> None:
    """Remove a folder and all in it, or the file or link that stands there; nothing there is fine."""
    found = disk.status(root)
    if disk.is_folder(found):
        tree = look(root)
        remove(root, (*tree.files, *tree.others), tree.folders)
        disk.remove_folder(root)
    elif found is not None:
        disk.discard(root)


def _walk(root: Path, failed: Callable[[str, OSError], None]) -> Tree:
    files: dict[str, tuple[int, int]] = {}
    folders: list[str] = []
    others: set[str] = set()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            found = sorted(disk.entries(root / folder), key=lambda entry: entry[0])
        except OSError as error:
            failed(folder, error)
            continue
        for name, status in found:
            path = f"{folder}/{name}" if folder else name
            if stat.S_ISDIR(status.st_mode):
                folders.append(path)
                waiting.append(path)
            elif stat.S_ISREG(status.st_mode):
                files[path] = (status.st_size, status.st_mtime_ns)
            else:
                others.add(path)
    return Tree(files, tuple(folders), frozenset(others))


def _raise(error: OSError) -> None:
    raise error
