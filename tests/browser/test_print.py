"""On paper there is the text and nothing to click; what one works with is there whole."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

RUNBOOK = "account/runbook/"
NAVIGATION = "nav, header.kb-header, footer, .kb-sections, [role=search], .kb-search, .kb-skip, .kb-toc, .kb-contact, .md-code__nav"
PAGES = {
    "internal": [
        "",
        "account/",
        RUNBOOK,
        "account/cannot-sign-in/",
        "desk/escalation/",
        "desk/sla/",
        "desk/replies/",
        "desk/off-hours/",
        "contact/",
    ],
    "public": ["", "account/", "account/cannot-sign-in/", "contact/"],
}


def printed(opened: Callable[..., BrowserContext], url: str, **options: object) -> Page:
    """The page as its print view shows it, on a dark screen, for that must not reach the paper."""
    page = opened(viewport={"width": 760, "height": 1000}, color_scheme="dark", **options).new_page()
    page.goto(url, wait_until="networkidle")
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize(("site", "path"), [(site, path) for site, paths in PAGES.items() for path in paths])
def test_there_is_no_navigation(
    opened: Callable[..., BrowserContext], desk: dict[str, str], site: str, path: str, scripts: bool, picture: Callable[[Page, str], None]
):
    for prefix in ("", "ru/"):
        page = printed(opened, desk[site] + prefix + path, java_script_enabled=scripts)
        shown = [part.evaluate("part => part.outerHTML.slice(0, 120)") for part in page.locator(NAVIGATION).all() if part.is_visible()]
        assert shown == []
        assert page.locator("main button:visible:not(.kb-guide__answer)").count() == 0
        expect(page.locator("h1")).to_be_visible()
        if scripts:
            picture(page, f"print-{site}-{prefix.strip('/') or 'en'}-{path.strip('/').replace('/', '-') or 'home'}")


def test_a_runbook_on_paper(opened: Callable[..., BrowserContext], desk: dict[str, str]):
    page = printed(opened, desk["internal"] + RUNBOOK)
    for text in ("lumctl auth log", "Cancel the link in the card", "Two resets in a row", "Аккаунт"):
        expect(page.get_by_text(text).first).to_be_visible()
    boxes = page.locator(":is(.kb-step, .kb-step--block) input[type=checkbox]")
    expect(boxes).to_have_count(9)
    for box in boxes.all():
        expect(box).to_be_visible()
        assert box.evaluate("box => getComputedStyle(box).borderTopWidth") != "0px"
    expect(page.locator(".kb-bar, .kb-case").first).to_be_hidden()
    # A guide is an outline again, and says where its answers lead.
    expect(page.locator(".kb-guide__nodes > li").last).to_be_visible()
    assert (
        page.locator(".kb-guide__answer").first.evaluate("one => getComputedStyle(one, '::after').content").replace('" "', "") == '" → 2"'
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_dark_letters_on_white(opened: Callable[..., BrowserContext], desk: dict[str, str], scripts: bool):
    page = printed(opened, desk["internal"] + RUNBOOK, java_script_enabled=scripts)
    for selector in ("h1", ".kb-body p", ".kb-danger", ".kb-reply__text"):
        colour = page.locator(selector).first.evaluate("one => getComputedStyle(one).color.match(/\\d+/g).slice(0, 3).map(Number)")
        assert max(colour) < 90, (selector, colour)


def test_commands_are_not_cut_off(opened: Callable[..., BrowserContext], desk: dict[str, str]):
    page = printed(opened, desk["internal"] + RUNBOOK)
    cut = page.eval_on_selector_all(
        "pre code", "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    )
    assert cut == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_is_folded_on_a_screen_is_open_on_paper(opened: Callable[..., BrowserContext], desk: dict[str, str], scripts: bool):
    page = opened(viewport={"width": 360, "height": 740}, java_script_enabled=scripts).new_page()
    page.goto(desk["internal"] + RUNBOOK, wait_until="networkidle")
    expect(page.locator(".kb-facts__list")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".kb-facts__list")).to_be_visible()


@pytest.mark.parametrize("path", ["account/runbook-cannot-sign-in/", "incidents/mass-incident/"])
@pytest.mark.parametrize("prefix", ["", "ru/"])
def test_a_runbook_takes_few_sheets_and_the_first_is_not_empty(
    opened: Callable[..., BrowserContext], urls: dict[str, str], prefix: str, path: str
):
    """The facts begin under the title; as a block that may not be parted they began on the second sheet, and a runbook took eleven."""
    page = opened(viewport={"width": 760, "height": 1000}).new_page()
    page.goto(urls["internal"] + prefix + path, wait_until="networkidle")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 8
    page.emulate_media(media="print")
    for part in page.locator(".kb-facts, .kb-facts__grid, .kb-facts__part--ladder").all():
        assert part.evaluate("part => getComputedStyle(part).breakInside") == "auto"
