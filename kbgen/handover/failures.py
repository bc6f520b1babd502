"""What the operating system says, in plain sentences."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from kbgen.errors import HandoverError

_PLAIN = {
    errno.ENOSPC: ("the disk is full", "Free some space, then build again."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space or ask for more, then build again."),
    errno.EACCES: ("there is no right to do that", "Give the user who builds the right to write there, then build again."),
    errno.EPERM: ("the system does not allow it", "Give the user who builds the right to write there, then build again."),
    errno.EROFS: ("the file system is read-only", "Build on a disk that can be written to."),
    errno.EIO: ("the disk could not read or write", "Check the disk (the system's log says more), then build again."),
    errno.EMFILE: ("too many files are open", "Raise the limit of open files (ulimit -n), then build again."),
    errno.ENFILE: ("too many files are open on this machine", "Close other programs, then build again."),
    errno.EXDEV: (
        "the site and the work folder are on different file systems, or it comes from a read-only layer of a container",
        "Keep site/ and .kbgen/ on the same file system.",
    ),
    errno.EBUSY: ("it is in use, perhaps as a mount point", "Mount or share the folder above it instead, then build again."),
    errno.ENAMETOOLONG: ("the name is too long for this file system", "Shorten the name of the article or of its folder."),
}


def failure(what: str, error: OSError) -> HandoverError:
    """The error of the operating system as ours: what went wrong, why, where, and what to do."""
    reason, hint = _PLAIN.get(error.errno or 0, (error.strerror or str(error), "Mend that, then build again."))
    path = error.filename2 or error.filename
    place = f" ({_shown(path)})" if path is not None else ""
    return HandoverError(f"{what}: {reason}{place}.", hint)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Every ``OSError`` inside becomes a HandoverError that begins with ``what``."""
    try:
        yield
    except OSError as error:
        raise failure(what, error) from error


def _shown(path: object) -> str:
    text = path.decode("utf-8", "surrogateescape") if isinstance(path, bytes) else str(path)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
