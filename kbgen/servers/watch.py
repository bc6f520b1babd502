"""Rebuilds when something changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from watchfiles import DefaultFilter
from watchfiles import watch as changes_in

_STEP_MS = 50
_DEBOUNCE_MS = 400
_LOOK_MS = 500


def watch(paths: Sequence[Path], rebuild: Callable[[], None], stop: threading.Event, report: Callable[[Exception], None]) -> None:
    """Call ``rebuild`` after every change in ``paths``, until ``stop`` is set. Changes close together count as one.

    Args:
        paths: folders (with all that is in them) and single files; those that are not there yet are passed over.
        rebuild: what to do. Changes made meanwhile are not lost: it is called again.
        stop: ends the watching, within half a second.
        report: told of any error in ``rebuild``; the watching goes on.
    """
    folders = [path for path in paths if path.is_dir()]
    # An editor replaces a file by renaming a new one over it, and a watch on the old one would see nothing more: files are looked at.
    files = [path for path in paths if path not in folders]
    seen = _look(files)
    for changed in changes_in(
        *folders,
        watch_filter=DefaultFilter(),
        stop_event=stop,
        step=_STEP_MS,
        debounce=_DEBOUNCE_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        now = _look(files)
        if not changed and now == seen:
            continue
        seen = now
        try:
            rebuild()
        except Exception as error:  # whatever it was, the next save may mend it
            report(error)


def _look(files: Sequence[Path]) -> list[tuple[int, int, int] | None]:
    found: list[tuple[int, int, int] | None] = []
    for file in files:
        try:
            status = file.stat()
            found.append((status.st_ino, status.st_mtime_ns, status.st_size))
        except OSError:
            found.append(None)
    return found
