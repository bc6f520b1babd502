"""What the wiki's pages open with, for somebody with a customer waiting; and that nothing on them lies outside of a landmark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("prefix", ["", "ru/"])
def test_home_opens_with_who_is_there_the_tools_and_the_runbooks(
    opened: Callable[..., BrowserContext], urls: dict[str, str], prefix: str, picture: Callable[[Page, str], None]
):
    page = opened(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(urls["internal"] + prefix)
    expect(page.locator("#kb-runbooks")).to_be_in_viewport()
    tops = [page.locator(part).first.bounding_box() for part in (".kb-shift__line", ".kb-tools", ".kb-runs", ".kb-start", ".kb-blocks")]
    assert all(tops)
    heights = [box["y"] for box in tops if box]
    assert heights == sorted(heights)
    names = page.locator(".kb-runs a").all_inner_texts()
    listed = page.eval_on_selector_all(".kb-runs .kb-pill", "all => all.map(one => one.className.split('--')[1])")
    order = ["high", "medium", "low"]
    assert len(names) == len(listed) >= 14
    assert listed == sorted(listed, key=order.index)
    picture(page, f"home-internal-{prefix.strip('/') or 'en'}")


@pytest.mark.parametrize(
    ("moment", "zone", "states"),
    [
        # A Wednesday at noon in Lisbon, and the night before, when the architects sleep.
        ("2026-11-25T12:00:00Z", "Europe/Lisbon", ["", "", ""]),
        ("2026-11-25T03:00:00Z", "Europe/Lisbon", ["", "", "09:00"]),
        ("2026-11-25T03:00:00Z", "Asia/Tokyo", ["", "", "18:00"]),
    ],
)
def test_who_is_there_is_told_for_this_minute_by_the_agents_clock(
    opened: Callable[..., BrowserContext], urls: dict[str, str], moment: str, zone: str, states: list[str]
):
    page = opened(timezone_id=zone).new_page()
    page.clock.set_fixed_time(moment)
    page.goto(urls["internal"])
    lines = page.locator(".kb-shift__line")
    expect(lines).to_have_count(len(states))
    for line, starts in zip(lines.all(), states, strict=True):
        expect(line.locator(".kb-shift__state")).to_contain_text(starts or "on shift")
        expect(line).to_have_class(f"kb-shift__line{'' if starts else ' kb-shift__line--on'}")
    expect(page.locator(".kb-shift__way").first).to_have_text("Chat #support-shift")


def test_home_is_whole_without_scripts(opened: Callable[..., BrowserContext], urls: dict[str, str]):
    page = opened(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    page.goto(urls["internal"])
    expect(page.locator(".kb-shift")).to_be_hidden()
    expect(page.locator(".kb-tools a").first).to_be_in_viewport()
    expect(page.locator(".kb-runs a").first).to_be_visible()


def test_areas_of_the_wiki_begin_with_runbooks(page: Page, urls: dict[str, str]):
    page.goto(urls["internal"])
    expect(page.locator(".kb-block:has(a[href='account/']) li a").first).to_have_text(
        "Runbook: customer locked out after changing a password"
    )
    page.goto(urls["internal"] + "account/")
    assert [" ".join(name.split()) for name in page.locator(".kb-group h2").all_inner_texts()] == ["Runbooks 1", "What customers read 9"]


def test_areas_for_customers_are_one_list(page: Page, urls: dict[str, str]):
    page.goto(urls["public"] + "account/")
    expect(page.locator(".kb-group")).to_have_count(0)
    expect(page.locator(".kb-rows")).to_have_count(1)


@pytest.mark.parametrize("path", ["", "account/", "account/runbook-cannot-sign-in/", "desk/sla/", "contact/", "search/?q=password"])
def test_everything_lies_in_a_landmark(page: Page, urls: dict[str, str], path: str):
    for site in ("internal", "public"):
        page.goto(urls[site] + path, wait_until="networkidle")
        found = Axe().run(page, options={"runOnly": ["region", "landmark-unique", "landmark-no-duplicate-banner"]}).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
