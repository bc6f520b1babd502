"""A limit that strikes, and that nothing on the way catches."""

from __future__ import annotations

import contextlib
import signal
import sys
import time

import pytest

from kbgen.content.bounds import OutOfTime, stack_limit, time_limit


def test_nothing_that_catches_exceptions_catches_it() -> None:
    with pytest.raises(OutOfTime), time_limit(0.05):
        for _ in range(100):
            with contextlib.suppress(Exception):
                time.sleep(0.01)


def test_afterwards_everything_is_as_before() -> None:
    handler = signal.getsignal(signal.SIGALRM)
    limit = sys.getrecursionlimit()
    with time_limit(60), stack_limit():
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert sys.getrecursionlimit() == limit


def test_nesting_ends_equally_deep_wherever_it_begins() -> None:
    def deep(level: int) -> int:
        try:
            return deep(level + 1)
        except RecursionError:
            return level

    def limited() -> int:
        with stack_limit():
            return deep(0)

    def from_below(levels: int) -> int:
        return from_below(levels - 1) if levels else limited()

    assert limited() == from_below(200)
