"""The search box: what readers type finds what they mean, with the mouse and the keyboard, and never a page of another circle."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Edition, Seen

pytestmark = pytest.mark.browser

CASES = {
    "en": [("refunds", "Get a refund"), ("payment method", "Payment methods"), ("how do I sign in with a new password", "Cannot sign in")],
    "ru": [("оплата", "Возврат оплаты"), ("оплата", "Способы оплаты"), ("как вернуть деньги за оплату", "Возврат оплаты")],
}
RUNBOOK = {"en": ("locked out", "Runbook"), "ru": ("инструкция клиент не входит", "Инструкция:")}
START = {"en": "refund", "ru": "возврат"}


def box(page: Page) -> Locator:
    return page.get_by_role("combobox").first


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def search(page: Page, text: str) -> Locator:
    """Type a query and wait until the box has answered."""
    box(page).click()
    box(page).press_sequentially(text)
    page.wait_for_function("() => document.querySelector('[role=option]') || document.querySelector('.kb-search__empty:not([hidden])')")
    # The answers of the first letters give way to those of the whole query.
    previous = None
    while previous != (previous := page.locator(".kb-search__panel").first.inner_text()):
        page.wait_for_timeout(300)
    return options(page)


def test_words_are_found_in_any_form(page: Page, edition: Edition, seen: Seen, picture: Callable[[Page, str], None]):
    for text, title in CASES[edition.language]:
        page.goto(edition.home + "billing/refund/")
        found = search(page, text)
        expect(found.filter(has_text=title).first).to_be_visible()
        assert title in "".join(found.all_inner_texts()[:3]), f"{title} is not among the first three for {text}"
    picture(page, f"{edition.site}-{edition.language}-search-1280")
    assert seen.nothing(), seen


def test_runbooks_are_found_in_the_wiki_only(page: Page, edition: Edition):
    text, title = RUNBOOK[edition.language]
    page.goto(edition.home)
    found = "\n".join(search(page, text).all_inner_texts())
    assert (title in found) == (edition.site == "internal")


def test_the_wiki_says_which_results_are_internal(page: Page, urls: dict[str, str]):
    page.goto(urls["internal"])
    found = search(page, "locked out sign in")
    expect(found.filter(has_text="Runbook").first.locator(".kb-search__internal")).to_be_visible()
    expect(found.filter(has_text="Cannot sign in").first.locator(".kb-search__internal")).to_have_count(0)


def test_the_keyboard_alone(page: Page, edition: Edition, seen: Seen):
    page.goto(edition.home)
    box(page).focus()
    found = search(page, START[edition.language])
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    marked = page.locator("[role=option][aria-selected=true]")
    expect(marked).to_have_count(1)
    expect(box(page)).to_have_attribute("aria-activedescendant", marked.get_attribute("id") or "no id")
    expect(box(page)).to_be_focused()
    goal = marked.evaluate("link => link.href")
    page.keyboard.press("Escape")
    expect(found.first).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    search(page, " ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(goal)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert seen.nothing(), seen


def test_a_result_leads_to_its_page(page: Page, edition: Edition):
    page.goto(edition.home)
    first = search(page, START[edition.language]).first
    goal = first.evaluate("link => link.href")
    assert goal.startswith(edition.home)
    first.click()
    page.wait_for_url(goal)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_nothing_found_leads_to_support(page: Page, edition: Edition, picture: Callable[[Page, str], None]):
    page.goto(edition.home)
    assert search(page, "qwxzqwxz").count() == 0
    empty = page.locator(".kb-search__empty").first
    expect(empty).to_contain_text("qwxzqwxz")
    assert (empty.locator(".kb-search__contact").get_attribute("href") or "").startswith(("mailto:", "https://"))
    picture(page, f"{edition.site}-{edition.language}-search-nothing-1280")


def test_markup_in_a_query_stays_text(page: Page, urls: dict[str, str], seen: Seen):
    page.goto(urls["public"])
    search(page, "<qwxzq onqwxzq=qwxzqw()>")
    assert page.locator(".kb-search qwxzq").count() == 0
    expect(page.locator(".kb-search__empty").first).to_contain_text("<qwxzq onqwxzq")
    assert seen.nothing(), seen


def test_the_index_is_fetched_only_when_somebody_searches(page: Page, urls: dict[str, str]):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(urls["public"] + "billing/refund/", wait_until="networkidle")
    assert not [url for url in asked if "/search/" in url]
    search(page, "refund")
    assert [url for url in asked if "/search/" in url]


def test_search_on_a_telephone(opened: Callable[..., BrowserContext], edition: Edition, picture: Callable[[Page, str], None]):
    page = opened(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True).new_page()
    page.goto(edition.home + "billing/refund/")
    found = search(page, START[edition.language])
    expect(found.first).to_be_in_viewport()
    picture(page, f"{edition.site}-{edition.language}-search-360")
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 360
