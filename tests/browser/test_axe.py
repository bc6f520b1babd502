"""axe finds no violation of WCAG 2.2 A and AA on any type of page, on either site, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

LEVELS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"], "resultTypes": ["violations"]}
COMMON = {
    "home": "",
    "area": "account/",
    "article": "account/reset/",
    "guide": "account/cannot-sign-in/",
    "contact": "contact/",
    "search": "search/?q=password",
    "missing": "nothing/",
}
WIKI = {
    "runbook": "account/runbook/",
    "escalation": "desk/escalation/",
    "sla": "desk/sla/",
    "replies": "desk/replies/",
    "off-hours": "desk/off-hours/",
    "alerts": "desk/alerts/",
}
PAGES = [("public", kind, path) for kind, path in COMMON.items()] + [("internal", kind, path) for kind, path in {**COMMON, **WIKI}.items()]


def violations(page: Page) -> list[str]:
    """What axe finds, each with the elements and the reason."""
    page.evaluate("() => document.getAnimations().forEach(animation => animation.finish())")
    found = Axe().run(page, options=LEVELS).response["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("site", "kind", "path"), PAGES, ids=[f"{site}-{kind}" for site, kind, _ in PAGES])
def test_each_type_of_page(opened: Callable[..., BrowserContext], desk: dict[str, str], site: str, kind: str, path: str, scheme: str):
    for prefix, width in (("", 1280), ("ru/", 360)):
        page = opened(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
        page.goto(desk[site] + prefix + path, wait_until="networkidle")
        assert violations(page) == []


OWN = [
    ("public", ["", "account/", "account/cannot-sign-in/", "account/reset-password/", "contact/"]),
    ("internal", ["", "incidents/", "account/runbook-cannot-sign-in/", "incidents/mass-incident/", "desk/escalation/", "desk/replies/"]),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("site", "paths"), OWN, ids=[site for site, _ in OWN])
def test_the_base_itself(opened: Callable[..., BrowserContext], urls: dict[str, str], site: str, paths: list[str], scheme: str):
    page = opened(viewport={"width": 1280, "height": 800}, color_scheme=scheme).new_page()
    for prefix in ("", "ru/"):
        for path in paths:
            page.goto(urls[site] + prefix + path, wait_until="networkidle")
            assert violations(page) == [], f"{prefix}{path}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("site", ["public", "internal"])
def test_results_of_a_search(opened: Callable[..., BrowserContext], desk: dict[str, str], site: str, scheme: str):
    page = opened(viewport={"width": 1280, "height": 800}, color_scheme=scheme).new_page()
    page.goto(desk[site] + "account/reset/")
    box = page.get_by_role("combobox").first
    for query, awaited in (("password", "[role=option]"), ("qwxzqwxz", ".kb-search__empty:not([hidden])")):
        box.fill(query)
        expect(page.locator(awaited).first).to_be_visible()
        assert violations(page) == []
        if awaited == "[role=option]":
            page.keyboard.press("ArrowDown")
            assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_case_at_work(opened: Callable[..., BrowserContext], desk: dict[str, str], scheme: str):
    page = opened(viewport={"width": 1280, "height": 800}, color_scheme=scheme).new_page()
    page.goto(desk["internal"] + "account/runbook/")
    page.locator(".kb-step input").nth(1).check()
    page.locator("[data-kb-fills] input").first.fill("anna@client.example")
    page.locator(".kb-guide__answer:visible").first.click()
    page.get_by_text("Another priority, plan or language").click()
    page.get_by_text("Then whom, and until when").click()
    page.locator(".kb-reply__text").first.get_by_role("button").click()
    page.locator(".kb-case").get_by_role("button", name="Clear for the next case").click()
    assert violations(page) == []
    page.locator(".kb-gate").get_by_label("Confirmed", exact=True).check()
    page.locator(".kb-guide__answer:visible").first.click()
    assert violations(page) == []


def test_axe_is_awake(page: Page):
    page.set_content(
        "<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'><p style='color:#bbb;background:#fff'>pale</p></main>"
    )
    assert {line.partition(":")[0] for line in violations(page)} == {"image-alt", "color-contrast"}
