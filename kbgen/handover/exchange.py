"""The step that readers see: the live folder and its idle twin change places.

On Linux it is one call, ``renameat2(RENAME_EXCHANGE)``, known to ext4, XFS, Btrfs, tmpfs and others. Where the C library or the file
system lacks it, it is two renames, live → ``.kbgen/idle/<name>.old`` and idle → live, with a moment between them in which there is no
live site. A kill in that very moment is mended by :func:`recover`, which every build calls first.
"""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from kbgen.handover import disk
from kbgen.handover.failures import told
from kbgen.handover.places import Places, places
from kbgen.handover.trees import remove_all

_UNKNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def exchange(where: Places) -> None:
    """Make the idle twin the live site, and the live site the twin; the first time there is none.

    Raises:
        OSError: it could not be done; the live site is what it was.
    """
    if disk.status(where.live) is None:
        disk.rename(where.idle, where.live)
        return
    try:
        disk.exchange(where.live, where.idle)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
        _in_two_steps(where)


def recover(name: str, site_root: Path, work: Path) -> None:
    """Mend what a kill between the two renames left: bring the old site back, or put it where its twin belongs.

    Raises:
        HandoverError: the operating system refused.
    """
    where = places(name, site_root, work)
    with told(f"The site {name!r} could not be brought back after a build that was stopped"):
        if disk.status(where.old) is None:
            return
        if disk.status(where.live) is None:
            disk.make_folders(where.site_root)
            disk.rename(where.old, where.live)
        elif disk.status(where.idle) is None:
            disk.rename(where.old, where.idle)
        else:
            remove_all(where.old)
        settle(where)


def settle(where: Places) -> None:
    """Have the names of the two folders on the disk."""
    disk.sync_folder(where.site_root)
    disk.sync_folder(where.idle.parent)


def _in_two_steps(where: Places) -> None:
    disk.rename(where.live, where.old)
    try:
        disk.rename(where.idle, where.live)
    except BaseException:
        disk.rename(where.old, where.live)
        raise
    with suppress(OSError):  # the site is in place; recover() does this before the next build
        disk.rename(where.old, where.idle)
