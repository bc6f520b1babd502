"""What a command is doing, for those who wait: the stage on a terminal, its seconds for ``--profile``."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console


class Stages:
    """Call it with a stage's name when the stage begins; use it with ``with``, so that the last one ends.

    Args:
        shown: whether to show the stage on the terminal, on standard error.
    """

    def __init__(self, *, shown: bool) -> None:
        self._status = Console(stderr=True).status("") if shown else None
        self._begun: list[tuple[str, float]] = []

    def __call__(self, stage: str) -> None:
        """The stage begins, and the one before has ended."""
        self._begun.append((stage, time.perf_counter()))
        if self._status is not None:
            self._status.update(f"{stage} …")

    def __enter__(self) -> Stages:
        self._begun.clear()
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._begun.append(("", time.perf_counter()))
        if self._status is not None:
            self._status.stop()

    def seconds(self) -> list[tuple[str, float]]:
        """Each stage and how long it took, in order."""
        ends = [begun for _, begun in self._begun[1:]]
        return [(stage, end - begun) for (stage, begun), end in zip(self._begun, ends, strict=False)]
