"""On the page that a result leads to, just what was searched for is marked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser

SCRIPTS = Path(__file__).resolve().parents[2] / "theme" / "javascripts"
PAGE = """<!doctype html><div class="kb-page"><h1>Get your money back</h1><div class="kb-body">
<p>The money is not here. Come back later, it does not work. Writing an <b>E\u2011mail</b> helps; mail alone, or e, does not.
Слово не работает.</p></div></div>
<script>window.kbFind = { settings: () => ({ strings: {} }) };</script>
<script src="/kbgen.js"></script><script src="/search-words.js"></script>"""
HAND = """(words) => sessionStorage.setItem("kb-hits", JSON.stringify({ to: "/page", words, at: Date.now() }))"""


def marks(opened: Callable[..., BrowserContext], words: list[str]) -> list[str]:
    """What is marked on the page where these words were searched for."""
    page = opened().new_page()
    page.route("**/*.js", lambda route: route.fulfill(path=SCRIPTS / route.request.url.rpartition("/")[2]))
    page.route("**/page", lambda route: route.fulfill(body=PAGE, content_type="text/html; charset=utf-8"))
    page.route("**/start", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://localhost/start")
    page.evaluate(f"({HAND})({json.dumps(words)})")
    page.goto("http://localhost/page")
    return page.locator("mark.kb-hit").all_inner_texts()


def test_a_phrase_is_marked_where_it_stands_whole(opened: Callable[..., BrowserContext]):
    assert marks(opened, ["money back"]) == ["money", "back"]
    assert marks(opened, ["later come"]) == []


def test_denials_are_never_marked(opened: Callable[..., BrowserContext]):
    assert marks(opened, ["not", "не", "работа"]) == ["работает"]


def test_one_word_with_a_hyphen_is_one(opened: Callable[..., BrowserContext]):
    assert marks(opened, ["email"]) == ["E\u2011mail"]
