"""Brings the idle twin up to date and hands it over."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from kbgen.errors import HandoverError
from kbgen.handover import disk
from kbgen.handover.exchange import exchange, recover, settle
from kbgen.handover.failures import told
from kbgen.handover.manifests import forget_manifest, prune_manifests, read_manifest, write_manifest
from kbgen.handover.places import Places, check_paths, parent, places
from kbgen.handover.trees import Tree, glance, look, remove, remove_all
from kbgen.model.site_tree import Entry, Manifest, NewFile


class Preview(NamedTuple):
    """How many files a hand-over adds, changes and removes."""

    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Order:
    """What the live site shall be."""

    where: Places
    files: Mapping[str, NewFile]
    folders: frozenset[str]
    addresses: frozenset[str]
    gone: frozenset[str]
    version: str

    def manifest(self, entries: Mapping[str, Entry]) -> Manifest:
        return Manifest(self.version, entries, self.addresses, self.gone)


def preview(files: Mapping[str, NewFile], live: Manifest | None) -> Preview:
    """What handing over ``files`` would do to the site with this manifest (None: there is none), judged by the bytes."""
    before = live.files if live is not None else {}
    changed = sum(1 for path, new in files.items() if path in before and before[path].digest != new.digest)
    return Preview(len(files.keys() - before.keys()), changed, len(before.keys() - files.keys()))


def hand_over(
    name: str,
    files: Mapping[str, NewFile],
    addresses: frozenset[str],
    gone: frozenset[str],
    *,
    site_root: Path,
    work: Path,
    version: str,
    clean: bool = False,
) -> Manifest:
    """Make ``site_root/name`` hold exactly these files, in one step; on any failure it stays as it was. Call it under :func:`lock`.

    Where the bytes of the live site are the wanted ones already, the folders stay where they are and only its manifest is renewed.

    Args:
        name: the site, e.g. ``public``.
        files: path in the site, relative with ``/`` → file. Data None: take the bytes from the live site.
        addresses: addresses of articles live in this site.
        gone: addresses that were live once.
        site_root: the folder of the sites, ``site``; made where it is missing.
        work: the work folder, ``.kbgen``, on the same file system.
        version: kbgen's version and the manifest's format.
        clean: trust nothing of what stands there and write every file.

    Returns:
        The manifest of what is now live.

    Raises:
        HandoverError: it could not be done. Unless the message says that the site is in place, it is what it was.
    """
    order = _Order(places(name, site_root, work), files, check_paths(files), addresses, gone, version)
    with told(f"The site {name!r} could not be handed over"):
        _prepare(order.where)
    recover(name, site_root, work)
    with told(f"The site {name!r} could not be handed over"):
        live = glance(order.where.live) if disk.status(order.where.live) else Tree({}, (), frozenset())
        manifest = None if clean else _renewed(order, live)
        if manifest is not None:
            return manifest
        manifest = _fill(order, live, clean=clean)
        exchange(order.where)
    with told(f"The site {name!r} is in place, but the disk did not confirm it"):
        settle(order.where)
    with suppress(OSError):  # the site is in place; the next hand-over does this again
        prune_manifests(order.where)
    return manifest


def _prepare(where: Places) -> None:
    """Make the folders, clear away what a killed run left, and see that the exchange can work."""
    for folder in (where.site_root, where.idle.parent, where.manifests):
        if disk.status(folder) is None:
            disk.make_folders(folder)
            disk.sync_folder(folder.parent)
    for debris in (where.temporary, where.temporary_manifest):
        disk.discard(debris)
    live = disk.status(where.live)
    if live is not None and not disk.is_folder(live):
        hint = "Remove it, or choose another site folder; to serve the site from elsewhere, let a link point here instead."
        raise HandoverError(f"{where.live} is not a folder but a file or a link; the site cannot be put there.", hint)
    devices = {disk.device(folder) for folder in (where.site_root, where.live, where.idle.parent)} - {None}
    if len(devices) > 1:
        hint = "Keep site/ and .kbgen/ on the same file system: only there can a site be exchanged in one step."
        raise HandoverError(f"{where.live} and {where.idle} are on different file systems.", hint)


def _renewed(order: _Order, live: Tree) -> Manifest | None:
    """The live site's manifest, brought up to date, if the live site holds the wanted bytes and nothing else; else None."""
    where = order.where
    manifest = read_manifest(where.live, where.work, where.name, order.version)
    folder = disk.status(where.live)
    if manifest is None or folder is None or live.others or live.unreadable or set(live.folders) != order.folders:
        return None
    if not live.files.keys() == manifest.files.keys() == order.files.keys():
        return None
    if not all(live.holds(path, entry) and order.files[path].digest == entry.digest for path, entry in manifest.files.items()):
        return None
    renewed = order.manifest({path: replace(entry, inputs=order.files[path].inputs) for path, entry in manifest.files.items()})
    if renewed != manifest:
        write_manifest(where, folder, renewed)
    with suppress(OSError):  # for the next hand-over
        prune_manifests(where)
    return renewed


def _fill(order: _Order, live: Tree, *, clean: bool) -> Manifest:
    """Make the idle twin hold exactly the wanted files, down to the disk, and write its manifest."""
    where = order.where
    kept = {} if clean else _kept(order)
    touched = _make_room(order, kept)
    entries = dict(kept)
    for path, new in sorted(order.files.items()):
        if path not in kept:
            data = _bytes(order, live, path, new)
            status = disk.write_file(where.idle / path, where.temporary, data)
            entries[path] = Entry(new.digest, status.st_size, status.st_mtime_ns, new.inputs)
            touched.add(parent(path))
    for folder in sorted(touched, reverse=True):
        disk.sync_folder(where.idle / folder)
    disk.sync_folder(where.idle.parent)
    manifest = order.manifest(entries)
    write_manifest(where, _folder(where.idle), manifest)
    return manifest


def _kept(order: _Order) -> Mapping[str, Entry]:
    """The files of the idle twin that are what is wanted.

    Its manifest, size and time say which may be; their bytes decide, so that nothing goes live unread that somebody changed behind
    our back (hashing 10,000 pages costs less than half a second).
    """
    where = order.where
    manifest = read_manifest(where.idle, where.work, where.name, order.version)
    if manifest is None:
        return {}
    tree = look(where.idle)
    kept: dict[str, Entry] = {}
    for path, new in order.files.items():
        entry = manifest.files.get(path)
        if entry is None or entry.digest != new.digest or not tree.holds(path, entry):
            continue
        if hashlib.sha256(disk.read_file(where.idle / path)).hexdigest() == new.digest:
            kept[path] = replace(entry, inputs=new.inputs)
    return kept


def _make_room(order: _Order, kept: Mapping[str, Entry]) -> set[str]:
    """Leave only what is kept in the idle twin and make the missing folders; answers the folders in which names have changed.

    With nothing to keep the twin is begun anew: a killed run may have left names in it that are not on the disk yet.
    """
    where = order.where
    found = disk.status(where.idle)
    if found is not None:
        forget_manifest(where, found)
    if not kept or not disk.is_folder(found):
        remove_all(where.idle)
        disk.make_folder(where.idle)
        forget_manifest(where, _folder(where.idle))  # of an earlier folder with the same inode
    tree = look(where.idle)
    unwanted = {*tree.files, *tree.others} - kept.keys()
    touched = {"", *remove(where.idle, unwanted, set(tree.folders) - order.folders)}
    for folder in sorted(order.folders.difference(tree.folders)):
        disk.make_folder(where.idle / folder)
        touched |= {folder, parent(folder)}
    return touched


def _bytes(order: _Order, live: Tree, path: str, new: NewFile) -> bytes:
    """The bytes of a wanted file: brought along, or those of the live site; in both cases they must fit the digest."""
    if new.data is not None:
        if hashlib.sha256(new.data).hexdigest() != new.digest:
            raise HandoverError(f"{path!r} does not fit its digest.", "This is a fault of kbgen; please report it. The site is as it was.")
        return new.data
    data = disk.read_file(order.where.live / path) if path in live.files else None
    if data is None or hashlib.sha256(data).hexdigest() != new.digest:
        what = "is missing from" if data is None else "was changed by somebody else in"
        raise HandoverError(f"{path!r} {what} {order.where.live}.", "Run the build with --clean: it makes every file anew.")
    return data


def _folder(path: Path) -> os.stat_result:
    found = disk.status(path)
    if found is None:
        raise HandoverError(f"{path} has vanished during the hand-over.", "Look for another program that removes files there.")
    return found
