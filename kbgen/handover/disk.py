"""The only module of the hand-over that touches the disk; each function is one small, complete act.

Calls are made as ``os.<call>`` with the kernel's names, and by nobody else: the fault tests put a failing ``os`` here and so reach
every one of them.
"""
# ruff: noqa: PTH102, PTH103, PTH104, PTH106, PTH108, PTH116

from __future__ import annotations

import ctypes
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_CHUNK = 1 << 20


def status(path: Path) -> os.stat_result | None:
    """What stands at this path, symbolic links not followed; None: nothing."""
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def device(path: Path) -> int | None:
    """The file system a path is on, links followed; None: nothing is there."""
    try:
        return os.stat(path).st_dev
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_folder(found: os.stat_result | None) -> bool:
    """Whether it is a real folder (not a link to one)."""
    return found is not None and stat.S_ISDIR(found.st_mode)


def entries(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Names in a folder and what they are, symbolic links not followed, in no order."""
    with os.scandir(folder) as found:
        for entry in found:
            with suppress(FileNotFoundError):
                yield entry.name, entry.stat(follow_symlinks=False)


def read_file(path: Path) -> bytes:
    """The bytes of a regular file. A link, pipe or device is an ``OSError``; opening one neither follows nor waits."""
    opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        with _named(path):
            chunks = []
            while chunk := os.read(opened, _CHUNK):
                chunks.append(chunk)
        return b"".join(chunks)
    finally:
        os.close(opened)


def write_file(target: Path, temporary: Path, data: bytes) -> os.stat_result:
    """Write a file so that ``target`` holds either what it held or all of ``data``, and ``data`` is on the disk before it does.

    Args:
        target: the file; its folder exists.
        temporary: a path on the same file system for the time of writing; whatever a killed run left there is removed.
        data: the bytes.

    Returns:
        The target as it now stands.
    """
    discard(temporary)
    opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        try:
            with _named(target):
                _write_all(opened, data)
                os.fsync(opened)
        finally:
            os.close(opened)
        os.rename(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    return os.lstat(target)


def make_folder(path: Path) -> None:
    """Make a folder; its parent exists, it does not."""
    os.mkdir(path)


def make_folders(path: Path) -> None:
    """Make a folder and all above it, where they are missing."""
    os.makedirs(path, exist_ok=True)


def rename(source: Path, target: Path) -> None:
    """Rename a file or folder in one step."""
    os.rename(source, target)


def discard(path: Path) -> bool:
    """Remove a file or link; answers whether there was one."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return False
    return True


def remove_folder(path: Path) -> None:
    """Remove an empty folder."""
    os.rmdir(path)


def sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk. Network file systems that know no such thing are left to themselves."""
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with _named(path):
            os.fsync(opened)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(opened)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step: ``renameat2(RENAME_EXCHANGE)`` of Linux.

    Raises:
        OSError: ENOSYS where this system or its C library has no such call, EINVAL where the file system has not.
    """
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one), None, str(other))


def _write_all(opened: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = os.write(opened, rest)
        if written == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[written:]


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Give errors the path they are about: calls on open files know none."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise
