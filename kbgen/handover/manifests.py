"""Manifests on the disk: one file for each of a site's two folders, named by the folder's device and inode.

Format: a line with the SHA-256 of the rest, then JSON with sorted keys::

    {"addresses": […], "files": {path: [digest, size, mtime_ns, inputs]}, "folder": "<device>-<inode>", "format": 1, "gone": […],
     "site": "public", "version": "…"}

A manifest that is missing, cut, altered, of another folder or format is treated as none: the site is built anew, which is always right.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from kbgen.handover import disk
from kbgen.handover.places import Places, is_safe, places
from kbgen.model.site_tree import Entry, Manifest

_FORMAT = 1
_NAME = re.compile(r"(.+)-(\d+)-(\d+)\.json", re.DOTALL)


def read_manifest(site_dir: Path, work: Path, name: str, version: str) -> Manifest | None:
    """What stands in a site's folder.

    Args:
        site_dir: the folder, ``site/<name>`` (its idle twin works as well).
        work: the work folder, ``.kbgen``.
        name: the site's name.
        version: the version that wrote the manifest; another one's is worth nothing.

    Returns:
        The manifest, or None: build everything.
    """
    manifest = _read(site_dir, work, name)
    return manifest if manifest is not None and manifest.version == version else None


def known_addresses(site_dir: Path, work: Path, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The addresses that are live in a site and those that were once, in whatever version it was built: none is ever forgotten."""
    manifest = _read(site_dir, work, name)
    return (manifest.addresses, manifest.gone) if manifest is not None else (frozenset(), frozenset())


def write_manifest(where: Places, folder: os.stat_result, manifest: Manifest) -> None:
    """Write the manifest of the folder with this device and inode, in one step and down to the disk."""
    disk.write_file(where.manifest(folder), where.temporary_manifest, _dump(where.name, folder, manifest))
    disk.sync_folder(where.manifests)


def forget_manifest(where: Places, folder: os.stat_result) -> None:
    """Remove a folder's manifest, before the folder is changed: half-changed folders have none."""
    if disk.discard(where.manifest(folder)):
        disk.sync_folder(where.manifests)


def prune_manifests(where: Places) -> None:
    """Remove the site's manifests whose folders are no more, so that no later folder inherits them with the inode."""
    kept = {where.manifest(found).name for folder in (where.live, where.idle, where.old) if (found := disk.status(folder))}
    for file, _ in list(disk.entries(where.manifests)):
        match = _NAME.fullmatch(file)
        if match and match[1] == where.name and file not in kept:
            disk.discard(where.manifests / file)


def _read(site_dir: Path, work: Path, name: str) -> Manifest | None:
    where = places(name, site_dir.parent, work)
    with suppress(OSError):
        folder = disk.status(site_dir)
        if folder is not None and disk.is_folder(folder):
            return _load(disk.read_file(where.manifest(folder)), name, folder)
    return None


def _dump(name: str, folder: os.stat_result, manifest: Manifest) -> bytes:
    value = {
        "format": _FORMAT,
        "site": name,
        "folder": f"{folder.st_dev}-{folder.st_ino}",
        "version": manifest.version,
        "files": {path: [entry.digest, entry.size, entry.mtime_ns, entry.inputs] for path, entry in manifest.files.items()},
        "addresses": sorted(manifest.addresses),
        "gone": sorted(manifest.gone),
    }
    body = json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")
    return hashlib.sha256(body).hexdigest().encode("ascii") + b"\n" + body


def _load(data: bytes, name: str, folder: os.stat_result) -> Manifest | None:
    checksum, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode("ascii") != checksum:
        return None
    try:
        value = json.loads(body)
        if (value["format"], value["site"], value["folder"]) != (_FORMAT, name, f"{folder.st_dev}-{folder.st_ino}"):
            return None
        files = {path: _entry(*fields) for path, fields in value["files"].items() if is_safe(path)}
        addresses, gone = (frozenset(map(str, value[key])) for key in ("addresses", "gone"))
        return Manifest(str(value["version"]), files, addresses, gone)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _entry(digest: Any, size: Any, mtime_ns: Any, inputs: Any) -> Entry:
    return Entry(str(digest), int(size), int(mtime_ns), str(inputs))
