"""The project's own content, and a small project (``desk/``) whose texts tests know, each built once, served by kbgen's own server, and
looked at with a real Chromium.

``KBGEN_CHROMIUM`` names a Chromium that is not on the path; ``KBGEN_SCREENSHOTS`` a folder for pictures of every kind of page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright

from kbgen.servers.serve import ServedSite, Server

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TODAY = "2026-11-22"
DESK = Path(__file__).parent / "desk"
WAIT_MS = 10_000


@dataclass(frozen=True, slots=True)
class Edition:
    """One site in one language, as a reader sees it."""

    site: str
    prefix: str
    language: str
    home: str


@dataclass(slots=True)
class Seen:
    """What went wrong in a page while nobody looked."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def nothing(self) -> bool:
        return not (self.errors or self.foreign or self.failed)


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its sites built."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(root / "content", project / "content")
    shutil.copy(root / "mkdocs.yml", project)
    return _build(project)


@pytest.fixture(scope="session")
def desk_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with its sites built."""
    project = tmp_path_factory.mktemp("desk") / "project"
    shutil.copytree(DESK, project)
    return _build(project)


def _build(project: Path) -> Path:
    command = [sys.executable, "-m", "kbgen", "build", "--today", TODAY]
    told = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    return project / "site"


def _served(site: Path) -> Server:
    return Server([ServedSite(name, site / name, internal=name == "internal", prefixes=("ru/",)) for name in ("public", "internal")])


@pytest.fixture(scope="session")
def urls(built: Path) -> Iterator[dict[str, str]]:
    """Name of the site → its address."""
    with _served(built) as server:
        yield server.urls


@pytest.fixture(scope="session")
def desk(desk_built: Path) -> Iterator[dict[str, str]]:
    """The same for the small project."""
    with _served(desk_built) as server:
        yield server.urls


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser, started once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes contexts, each with nothing remembered, and closes them."""
    contexts: list[BrowserContext] = []

    def new(**options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        return context

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def page(opened: Callable[..., BrowserContext]) -> Page:
    """A page of a desktop window."""
    return opened(viewport={"width": 1280, "height": 800}).new_page()


@pytest.fixture
def seen(page: Page, urls: dict[str, str]) -> Seen:
    """What goes wrong in ``page`` from now on: errors in the console (a breach of the policy is one), other hosts, failed requests."""
    return watch(page, urls)


def watch(page: Page, urls: dict[str, str]) -> Seen:
    """What :func:`seen` sees, in a page of one's own."""
    seen = Seen()
    own = {urlsplit(url).netloc for url in urls.values()}

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc not in own:
            seen.foreign.append(request.url)

    def answered(response: Response) -> None:
        if response.status >= 400:
            seen.failed.append(f"{response.status} {response.url}")

    def failed(request: Request) -> None:
        # A reader who goes on before the icon has come aborts it; that is no fault.
        if request.failure != "net::ERR_ABORTED":
            seen.failed.append(f"{request.failure} {request.url}")

    page.on("console", lambda message: seen.errors.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("request", asked)
    page.on("response", answered)
    page.on("requestfailed", failed)
    return seen


@pytest.fixture(params=["public-en", "public-ru", "internal-en", "internal-ru"])
def edition(request: pytest.FixtureRequest, urls: dict[str, str]) -> Edition:
    """Each of the four editions."""
    site, language = request.param.split("-")
    prefix = "" if language == "en" else f"{language}/"
    return Edition(site, prefix, language, urls[site] + prefix)


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Saves a picture of a whole page where ``KBGEN_SCREENSHOTS`` names a folder."""
    folder = os.environ.get("KBGEN_SCREENSHOTS")

    def save(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return save
