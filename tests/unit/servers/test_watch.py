"""Watching, on real files."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kbgen.servers.watch import watch

Started = Callable[[Callable[[], None] | None], None]


@pytest.fixture
def told() -> queue.Queue[str]:
    return queue.Queue()


@pytest.fixture
def start(tmp_path: Path, told: queue.Queue[str]) -> Iterator[Started]:
    content = tmp_path / "content"
    content.mkdir()
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("a")
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def started(rebuild: Callable[[], None] | None = None) -> None:
        def rebuilt() -> None:
            told.put("rebuilt")
            if rebuild:
                rebuild()

        arguments = ([content, settings, tmp_path / "missing"], rebuilt, stop, lambda error: told.put(str(error)))
        threads.append(threading.Thread(target=watch, args=arguments))
        threads[0].start()
        # The first look is taken at once, but the thread has to get there.
        probe = content / "probe"
        for number in range(50):
            probe.write_text(str(number))
            try:
                told.get(timeout=0.3)
                break
            except queue.Empty:
                continue
        while True:
            try:
                told.get(timeout=1)
            except queue.Empty:
                return

    yield started
    stop.set()
    for thread in threads:
        thread.join(timeout=5)
        assert not thread.is_alive()


def quiet(told: queue.Queue[str]) -> bool:
    try:
        told.get(timeout=1)
    except queue.Empty:
        return True
    return False


def test_changes_close_together_are_one_rebuild(tmp_path: Path, told: queue.Queue[str], start: Started):
    start(None)
    for number in range(5):
        (tmp_path / "content" / f"{number}.md").write_text("x")
    assert told.get(timeout=5) == "rebuilt"
    assert quiet(told)


def test_a_settings_file_that_an_editor_replaces_is_seen_each_time(tmp_path: Path, told: queue.Queue[str], start: Started):
    start(None)
    for text in ("bb", "ccc"):
        (tmp_path / "new").write_text(text)
        (tmp_path / "new").replace(tmp_path / "mkdocs.yml")
        assert told.get(timeout=5) == "rebuilt"
    assert quiet(told)


def test_a_failing_rebuild_is_reported_and_the_watching_goes_on(tmp_path: Path, told: queue.Queue[str], start: Started):
    failing = threading.Event()

    def rebuild() -> None:
        if failing.is_set():
            raise ValueError("broken settings")

    start(rebuild)
    failing.set()
    (tmp_path / "content" / "a.md").write_text("x")
    assert [told.get(timeout=5), told.get(timeout=5)] == ["rebuilt", "broken settings"]
    failing.clear()
    (tmp_path / "content" / "a.md").write_text("y")
    assert told.get(timeout=5) == "rebuilt"
    assert quiet(told)
