"""On a telephone, 360 px wide, with one thumb: the sections are in reach, what is secondary is folded, nothing is cut off unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
RUNBOOK = "account/runbook-cannot-sign-in/"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("prefix", ["", "ru/"])
def test_every_section_of_a_runbook_is_two_taps_away(
    opened: Callable[..., BrowserContext], urls: dict[str, str], scripts: bool, prefix: str
):
    page = opened(**PHONE, java_script_enabled=scripts).new_page()
    page.goto(urls["internal"] + prefix + RUNBOOK)
    sections = page.locator(".kb-sections")
    expect(sections.locator("summary")).to_be_in_viewport()
    sections.locator("summary").tap()
    wanted = sections.locator("a[href='#resolve']")
    expect(wanted).to_be_visible()
    wanted.tap()
    expect(page.locator("#resolve")).to_be_in_viewport()
    if scripts:
        expect(wanted).to_be_hidden()
        expect(sections.locator("summary")).to_be_in_viewport()  # in reach from anywhere
        page.wait_for_function("() => new Promise(done => { const y = scrollY; setTimeout(() => done(y === scrollY && y > 0), 150); })")
        covered = (
            "part => { const box = part.getBoundingClientRect(); return !part.contains(document.elementFromPoint(box.x + 2, box.y + 2)); }"
        )
        assert not page.locator("#resolve").evaluate(covered)


def test_the_list_of_sections_closes_like_a_menu(opened: Callable[..., BrowserContext], urls: dict[str, str]):
    page = opened(**PHONE).new_page()
    page.goto(urls["internal"] + RUNBOOK)
    summary = page.locator(".kb-sections summary")
    summary.tap()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".kb-sections ul")).to_be_hidden()
    expect(summary).to_be_focused()
    summary.tap()
    page.locator("h1").tap()
    expect(page.locator(".kb-sections ul")).to_be_hidden()


def test_a_window_with_room_has_them_at_its_side(page: Page, urls: dict[str, str]):
    page.goto(urls["internal"] + RUNBOOK)
    expect(page.locator(".kb-sections")).to_be_hidden()
    expect(page.locator(".kb-aside .kb-toc")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_is_secondary_is_folded_where_there_is_no_room(opened: Callable[..., BrowserContext], urls: dict[str, str], scripts: bool):
    for width, shown in ((360, False), (1280, True)):
        page = opened(viewport={"width": width, "height": 740}, java_script_enabled=scripts).new_page()
        page.goto(urls["internal"] + RUNBOOK)
        expect(page.locator(".kb-facts__times:visible, .kb-facts__list:visible")).to_have_count(2 if shown else 0)
        expect(page.locator(".kb-facts__part--ladder [data-kb-facts-now]")).to_be_visible()
    page.locator(".kb-facts__part:has(.kb-facts__list) > summary").click()
    if scripts:
        expect(page.locator(".kb-facts__list")).to_be_hidden()  # what is shown may be folded


@pytest.mark.parametrize("prefix", ["", "ru/"])
@pytest.mark.parametrize("site", ["public", "internal"])
def test_the_mark_of_the_site_is_not_squeezed(opened: Callable[..., BrowserContext], urls: dict[str, str], site: str, prefix: str):
    page = opened(**PHONE).new_page()
    page.goto(urls[site] + prefix + "account/")
    box = page.locator(".kb-brand__mark").bounding_box()
    assert box is not None
    assert box["width"] == box["height"] == 34


def test_a_table_wider_than_the_screen_is_moved_with_the_keyboard_and_says_so(opened: Callable[..., BrowserContext], desk: dict[str, str]):
    page = opened(viewport={"width": 360, "height": 740}).new_page()
    page.goto(desk["public"] + "account/reset/", wait_until="networkidle")
    box = page.get_by_role("region", name="Table: Which letter comes")
    expect(box).to_have_attribute("tabindex", "0")
    expect(box).to_contain_class("kb-scroll--more")
    box.focus()
    page.keyboard.press("End")
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    expect(box).not_to_contain_class("kb-scroll--more")  # nothing more to the right
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("region", name="Table: Which letter comes")).to_have_count(0)
    assert page.locator(".kb-scroll").get_attribute("tabindex") is None


def test_options_of_commands_stay_in_one_piece(opened: Callable[..., BrowserContext], urls: dict[str, str]):
    page = opened(**PHONE).new_page()
    page.goto(urls["internal"] + RUNBOOK)
    lines = page.eval_on_selector_all(".kb-body li code .kb-keep", "all => all.map(one => [one.textContent, one.getClientRects().length])")
    assert lines
    assert {text for text, _ in lines} == {"--ticket"}
    assert {count for _, count in lines} == {1}


def test_labels_of_times_stand_in_a_row(opened: Callable[..., BrowserContext], urls: dict[str, str]):
    """Some of them take two lines."""
    page = opened(**PHONE).new_page()
    page.goto(urls["internal"] + "ru/desk/sla/")
    rows = page.eval_on_selector_all(
        ".kb-table--bars tbody tr",
        """rows => rows.map(row => [...row.querySelectorAll('td')].slice(0, 3).map(cell => {
            const words = document.createRange();
            words.selectNodeContents(cell);
            return Math.round([...words.getClientRects()][0].top);
        }))""",
    )
    assert rows
    assert [set(row) for row in rows if len(set(row)) > 1] == []
