"""What all tests share: how long hypothesis searches, the two programs that are no Python packages, and that CI skips nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# `dev` and `ci` draw the same examples every time, so that a red run is red again; `nightly` looks further, and somewhere else each
# time. A law that has to hold a stated number of times says so itself, with @settings(max_examples=…). No deadlines: machines differ.
_CALM = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("dev", max_examples=50, derandomize=True, deadline=None, suppress_health_check=_CALM)
settings.register_profile("ci", max_examples=200, derandomize=True, deadline=None, suppress_health_check=_CALM, print_blob=True)
settings.register_profile("nightly", max_examples=2000, deadline=None, suppress_health_check=_CALM, print_blob=True)
settings.load_profile(os.environ.get("KBGEN_HYPOTHESIS") or ("ci" if os.environ.get("CI") else "dev"))

_IN_CI = bool(os.environ.get("CI"))  # read once: tests may change the environment


def _failed(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that says why."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"{reason}\nCI is set, so nothing may be skipped: mend what is missing, or mark the test nightly."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one, but for those marked nightly and those expected to fail."""
    report = yield
    if _IN_CI and report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("nightly") is None:
        _failed(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI a module that skips itself as a whole is a failed one."""
    report = yield
    if _IN_CI and report.skipped:
        _failed(report)
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Cheap tests first, the browser last; a stable sort, so that the order within a folder stays."""
    items.sort(key=lambda item: (item.get_closest_marker("browser") is not None, item.get_closest_marker("nightly") is not None))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; skips where there is none."""
    named = os.environ.get("KBGEN_CHROMIUM")
    path = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None or not Path(path).exists():
        pytest.skip("Chromium is missing (Debian: apt-get install chromium), or KBGEN_CHROMIUM names none")
    return path


@pytest.fixture(scope="session")
def node() -> str:
    """Path of Node.js; skips where there is none."""
    path = shutil.which("node")
    if path is None:
        pytest.skip("Node.js is missing (Debian: apt-get install nodejs)")
    return path
