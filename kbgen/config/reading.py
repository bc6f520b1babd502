"""Reads one small text file: regular, bounded, UTF-8 without a byte order mark. Never blocks on a FIFO, never reads a device."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from kbgen.strict.yaml import Fault

_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of it: ``text``, or ``fault``, or neither where there is no such file; both where part of it can be read."""

    text: str | None = None
    fault: Fault | None = None


def read_file(path: Path, limit: int) -> Reading:
    """Read a file that the person who runs kbgen named: symbolic links are followed. ``limit`` in bytes."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        return _not_opened(error)
    return _read(descriptor, limit)


def read_inside(root: Path, relative: str, limit: int, *, in_part: bool = False) -> Reading:
    """Read a file of the content, without following a symbolic link at any step below ``root``.

    Args:
        root: the project's root, trusted.
        relative: path below it with ``/``.
        limit: bytes.
        in_part: give what can be read of a file with a fault, too: what stands within the limit, and in place of bytes that are no
            UTF-8 characters that YAML refuses (U+DC80 to U+DCFF).
    """
    *folders, name = relative.split("/")
    try:
        here = os.open(root, _FLAGS | os.O_DIRECTORY)
    except OSError as error:
        return _not_opened(error)
    try:
        for folder in folders:
            inner = os.open(folder, _FLAGS | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = inner
        return _read(os.open(name, _FLAGS | os.O_NOFOLLOW, dir_fd=here), limit, in_part=in_part)
    except OSError as error:
        return _not_opened(error)
    finally:
        os.close(here)


def _not_opened(error: OSError) -> Reading:
    if error.errno == errno.ENOENT:
        return Reading()
    # O_NOFOLLOW answers ELOOP for a link to a file and, with O_DIRECTORY, ENOTDIR for a link to a folder.
    if error.errno in {errno.ELOOP, errno.ENOTDIR}:
        return _fault("a symbolic link, or a file where a folder should be, stands in the way")
    if error.errno in {errno.ENXIO, errno.ENODEV}:
        return _fault("it is not a regular file")
    return _fault(f"it cannot be opened: {error.strerror}")


def _read(descriptor: int, limit: int, *, in_part: bool = False) -> Reading:
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return _fault("it is not a regular file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError as error:
        return _fault(f"it cannot be read: {error.strerror}")
    finally:
        os.close(descriptor)
    reading = _decode(data, limit)
    if in_part and reading.fault is not None:
        text = data[:limit].removeprefix(_BOM).decode("utf-8", "surrogateescape")
        return Reading(text, reading.fault)
    return reading


def _decode(data: bytes, limit: int) -> Reading:
    if len(data) > limit:
        return _fault(f"it is larger than {limit} bytes")
    if data.startswith(_BOM):
        return _fault("it starts with a byte order mark; save it as UTF-8 without one")
    try:
        return Reading(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        return _fault("it is not UTF-8 from here on", before.count(b"\n") + 1, column)


def _fault(message: str, line: int = 1, column: int = 1) -> Reading:
    return Reading(fault=Fault(line, column, message))
