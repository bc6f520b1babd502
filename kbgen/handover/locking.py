"""One build at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kbgen.errors import HandoverError
from kbgen.handover import disk
from kbgen.handover.failures import told


@contextmanager
def lock(work: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the work folder for one build. The system releases it when the process ends, however it ends.

    Args:
        work: the work folder, ``.kbgen``; made where it is missing.
        wait_seconds: how long to wait for another build; 0: not at all.

    Raises:
        HandoverError: another build holds it, or the folder cannot be written to.
    """
    held = FileLock(work / "lock")
    with told("The build could not begin"):
        disk.make_folders(work)
        try:
            held.acquire(timeout=max(0.0, wait_seconds))
        except Timeout as error:
            hint = "Wait until it has ended, then build again. If you see none, another user or machine may share this folder."
            raise HandoverError(f"Another kbgen build is at work here ({work}).", hint) from error
    try:
        yield
    finally:
        held.release()
