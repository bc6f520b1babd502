"""Signals of the search: none at all unless the settings name an address, and then nothing that says who searched."""

from __future__ import annotations

import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kbgen.servers.serve import ServedSite, Server
from tests.browser.conftest import DESK, _build

pytestmark = pytest.mark.browser


class Collector:
    """Takes signals as a collecting server would."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], Any]] = []
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.told.append(({name.lower(): value for name, value in self.headers.items()}, json.loads(body)))
                self.send_response(204)
                self.end_headers()

            def do_OPTIONS(self) -> None:
                collector.told.append(({}, "asked first"))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    collector = Collector()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()


@pytest.fixture(scope="module")
def telling(collector: Collector, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, built with an address for signals."""
    project = tmp_path_factory.mktemp("telling") / "project"
    shutil.copytree(DESK, project)
    settings = project / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + f"      search:\n        events: {collector.origin}/told\n", encoding="utf-8"
    )
    return _build(project)


@pytest.fixture
def home(telling: Path, collector: Collector) -> Iterator[str]:
    collector.told.clear()
    with Server([ServedSite("public", telling / "public", prefixes=("ru/",), events=collector.origin)]) as server:
        yield server.urls["public"]


def wait(page: Page, collector: Collector, number: int) -> list[Any]:
    for _ in range(60):
        if len(collector.told) >= number:
            break
        page.wait_for_timeout(100)
    return [event for _, event in collector.told]


def errors(page: Page) -> list[str]:
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    return found


def test_a_settled_search_is_told_without_a_cookie(page: Page, home: str, collector: Collector):
    wrong = errors(page)
    page.context.add_cookies([{"name": "who", "value": "me", "url": home}])
    page.goto(home + "search/?q=password")
    shown = page.locator(".kb-result")
    expect(shown.first).to_be_visible()
    assert wait(page, collector, 1) == [{"query": "password", "language": "en", "count": shown.count(), "rank": 0, "nothing": False}]
    headers, _ = collector.told[0]
    assert headers["content-type"].startswith("text/plain")
    # A cookie of the same host on another port is sent along by browsers; the pages set none.
    assert page.evaluate("() => document.cookie") == "who=me"
    assert headers.get("referer", home) == home
    assert wrong == []


def test_a_followed_result_is_told_with_its_rank(page: Page, home: str, collector: Collector):
    page.goto(home + "search/?q=password")
    page.locator(".kb-result h2 a").nth(1).click()
    expect(page.locator(".kb-body")).to_be_visible()
    (event,) = wait(page, collector, 1)
    assert (event["rank"], event["nothing"]) == (2, False)
    page.go_back()
    expect(page.locator(".kb-result").first).to_be_visible()
    page.wait_for_timeout(2000)
    assert len(collector.told) == 1


def test_what_nobody_wrote_about_is_told(page: Page, home: str, collector: Collector):
    page.goto(home + "search/?q=qwxzqwxz")
    (event,) = wait(page, collector, 1)
    assert event == {"query": "qwxzqwxz", "language": "en", "count": 0, "rank": 0, "nothing": True}


def test_the_box_tells_too(page: Page, home: str, collector: Collector):
    page.goto(home + "ru/")
    page.get_by_role("combobox").first.fill("qwxzqwxz")
    (event,) = wait(page, collector, 1)
    assert (event["query"], event["language"], event["nothing"]) == ("qwxzqwxz", "ru", True)
    collector.told.clear()
    page.get_by_role("combobox").first.fill("пароль")
    page.get_by_role("option").first.click()
    (event,) = wait(page, collector, 1)
    assert (event["query"], event["rank"]) == ("пароль", 1)


def test_what_points_to_a_person_is_left_out(page: Page, home: str, collector: Collector):
    for query, sent in (
        ("password ann@shop.example", "password @"),
        ("call +7 (999) 123-45-67 now", "call # now"),
        ("0x80070005", "0x80070005"),
    ):
        collector.told.clear()
        page.goto(home + "search/?q=" + query.replace("+", "%2B"))
        assert [event["query"] for event in wait(page, collector, 1)] == [sent]


def test_off_by_default(page: Page, desk: dict[str, str]):
    told: list[str] = []
    page.on("request", lambda request: told.append(request.method) if request.method != "GET" else None)
    page.add_init_script("navigator.sendBeacon = () => { window.kbBeacon = true; return true; };")
    page.goto(desk["public"] + "search/?q=password")
    expect(page.locator(".kb-result").first).to_be_visible()
    page.wait_for_timeout(2000)
    assert page.evaluate("() => window.kbBeacon") is None
    page.get_by_role("combobox").first.fill("qwxzqwxz")
    page.wait_for_timeout(3000)
    assert page.evaluate("() => window.kbBeacon") is None
    assert told == []


def test_the_policy_allows_that_address_alone(page: Page, telling: Path, collector: Collector, home: str):
    answer = page.goto(home)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert f"connect-src 'self' {collector.origin};" in policy
    with Server([ServedSite("public", telling / "public")]) as server:
        wrong = errors(page)
        page.goto(server.urls["public"] + "search/?q=password")
        page.wait_for_timeout(2500)
        assert collector.told == []
        assert any("connect-src" in text for text in wrong)
