"""The emergency copy, unpacked and opened from disk: the browser lets no page read other files there."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import TODAY, Seen, watch

pytestmark = pytest.mark.browser

QUERY = {"en": ("locked out", "Runbook"), "ru": ("инструкция клиент не входит", "Инструкция:")}


def _unpacked(built: Path, site: str, target: Path) -> Path:
    command = [sys.executable, "-m", "kbgen", "export", "bundle", "--site", site, "--today", TODAY, "--output", str(target / "copy.zip")]
    told = subprocess.run(command, cwd=built.parent, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    with zipfile.ZipFile(target / "copy.zip") as packed:
        packed.extractall(target / "copy of the wiki #1")  # people call their folders as they like
    return target / "copy of the wiki #1"


@pytest.fixture(scope="session")
def wiki(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wiki's copy."""
    return _unpacked(built, "internal", tmp_path_factory.mktemp("bundle"))


@pytest.fixture
def calm(page: Page) -> Seen:
    """What goes wrong in the page; from disk no request to any host is right."""
    return watch(page, {})


def _at(page: Page, folder: Path, path: str) -> bool:
    return unquote(urlsplit(page.url).path).endswith(path) and page.url.startswith(folder.as_uri())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_from_the_start_to_a_runbook_and_back(page: Page, wiki: Path, calm: Seen, language: str, picture: Callable[[Page, str], None]):
    query, title = QUERY[language]
    page.goto((wiki / "START-HERE.html").as_uri())
    picture(page, f"bundle-start-{language}")
    page.locator(f"section[lang={language}]").get_by_role("link").click()
    prefix = "" if language == "en" else "ru/"
    assert _at(page, wiki, f"/internal/{prefix}index.html")
    expect(page.locator(".kb-copy")).to_contain_text("2026")
    page.get_by_role("combobox").first.click()
    page.keyboard.type(query)
    row = page.get_by_role("option").filter(has_text=title).first
    expect(row).to_be_visible()
    page.keyboard.press("Enter")
    found = page.locator(".kb-result h2 a").filter(has_text=title).first
    expect(found).to_be_visible()
    assert _at(page, wiki, f"/internal/{prefix}search/index.html")
    picture(page, f"bundle-results-{language}")
    found.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert _at(page, wiki, "/index.html")
    expect(page.locator("mark.kb-hit").first).to_be_attached()
    page.go_back()
    expect(found).to_be_visible()
    page.locator(f"header a[hreflang={'ru' if language == 'en' else 'en'}]").click()
    expect(page.locator(f"html[lang={'ru' if language == 'en' else 'en'}]")).to_be_attached()
    page.wait_for_selector("[data-kb-results][data-state]")
    assert calm.nothing(), calm


def test_filters_and_other_languages_work_from_disk(page: Page, wiki: Path, calm: Seen):
    page.goto((wiki / "internal/search/index.html").as_uri() + "?q=Lumenta")
    button = page.locator("[data-kb-facet^='area=']").first
    button.click()
    page.wait_for_url("**&area=*")
    page.go_back()
    page.locator("[data-kb-others]").scroll_into_view_if_needed()
    page.locator("[data-kb-others] h2 a").click()
    page.wait_for_url("**/internal/ru/search/index.html?q=Lumenta")
    expect(page.locator(".kb-result").first).to_be_visible()
    assert calm.nothing(), calm


def test_the_page_of_an_alert_leads_to_its_runbook(page: Page, wiki: Path):
    alert = next(path for path in sorted((wiki / "internal/r").glob("*/index.html")) if 'http-equiv="refresh"' in path.read_text("utf-8"))
    page.goto(alert.as_uri())
    page.wait_for_url(lambda url: "/r/" not in url)
    assert page.url.endswith("index.html")
    expect(page.locator(".kb-body")).to_be_visible()


def test_every_link_of_the_copy_leads_to_a_file(page: Page, wiki: Path):
    """As the browser resolves them, on a page of each kind."""
    for path in ("index.html", "search/index.html", "billing/index.html", "billing/refund/index.html", "ru/contact/index.html"):
        page.goto((wiki / "internal" / path).as_uri())
        links = page.locator("a[href], link[href], script[src], img[src]").evaluate_all("all => all.map(one => one.href || one.src)")
        inside = {unquote(urlsplit(url).path) for url in links if url.startswith("file:")}
        assert len(inside) > 10
        assert [name for name in inside if not Path(name).is_file()] == []


def test_the_copy_works_on_a_web_server_too(opened: Callable[..., BrowserContext], wiki: Path):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(wiki))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = opened().new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/internal/search/?q=refund")
        expect(page.locator(".kb-result").first).to_be_visible()
        server.shutdown()


def test_the_public_copy_has_no_internal_line(page: Page, built: Path, tmp_path: Path):
    folder = _unpacked(built, "public", tmp_path)
    assert {path.name for path in folder.iterdir()} == {"START-HERE.html", "public"}
    page.goto((folder / "START-HERE.html").as_uri())
    expect(page.locator(".kb-start-here__internal")).to_have_count(0)
    page.get_by_role("link").first.click()
    page.get_by_role("combobox").first.fill("refund")
    expect(page.get_by_role("option").first).to_be_visible()
