"""scripts/bench-search takes bytes and times in a real Chromium, and tries the theme's own search box there."""

import importlib
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
if str(ROOT / "scripts" / "lib") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts" / "lib"))
shapes, engines, run, browser, box = (
    importlib.import_module(f"search_bench.{name}") for name in ("shapes", "engines", "run", "browser", "box")
)
pytestmark = pytest.mark.browser
TEXT = "Open the report, press the button, and the spreadsheet arrives by mail within a minute or two."
NAMES = ("Export a report", "Invite colleagues", "Get a refund", "Import a schedule")
PAGES = tuple(shapes.Page(f"{number}/", name, (shapes.Piece("", "", f"{name}. {TEXT}"),)) for number, name in enumerate(NAMES))


def apart(work: Callable[[], None]) -> None:
    """In a thread of its own: one that has run browser tests has Playwright's event loop, and a second one will not start there."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(work).result()


@pytest.fixture(scope="module")
def cost(chromium: str):
    report = run.Report()

    def work() -> None:
        with browser.opened(chromium) as opened:
            bench = run.Bench([engines.Kbgen(ROOT)], opened, run.Plan(cold=2, timed=4), report)
            bench.measure(shapes.Collection("test en", "en", PAGES), 30)

    apart(work)
    return report.costs[30, "en"]["kbgen"]


def test_a_list_of_titles_comes_before_results(cost) -> None:
    assert 0 < cost.titles <= cost.titles_most < cost.sent <= cost.sent_most


def test_every_time_was_taken(cost) -> None:
    assert min(cost.build, cost.ready, cost.typed, cost.found) > 0


def test_the_box_shows_rows_after_the_engine_answered(cost) -> None:
    assert 0 < cost.shown < 10_000


def test_a_box_that_shows_nothing_is_an_error(chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.scale, "keystrokes", lambda *_: ["zzzzzz"] * 2)
    script = browser._SCRIPT.read_bytes().replace(b"LATE = 10000", b"LATE = 100")
    monkeypatch.setattr(browser.Shelf, "read", _reading(script, browser.Shelf.read))

    def work() -> None:
        with browser.opened(chromium) as opened:
            bench = run.Bench([engines.Kbgen(ROOT)], opened, run.Plan(cold=1, timed=2), run.Report())
            bench.measure(shapes.Collection("test en", "en", PAGES), 5)

    with pytest.raises(RuntimeError, match="showed rows for 0 of 2"):
        apart(work)


def _reading(script: bytes, read):
    return lambda shelf, path: script if path == "bench.js" else read(shelf, path)
