"""Ways to support: a mail address works without a script, and hours are told by the reader's clock as well."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

ARTICLE = "account/cannot-sign-in/"
MAIL = "a[href^='mailto:support@lumenta.example']"


@pytest.mark.parametrize("prefix", ["", "ru/"])
@pytest.mark.parametrize("path", ["", ARTICLE, "account/", "nothing/"])
def test_the_mail_address_is_a_link_without_scripts(opened: Callable[..., BrowserContext], urls: dict[str, str], prefix: str, path: str):
    page = opened(java_script_enabled=False).new_page()
    page.goto(urls["public"] + prefix + path)
    link = page.locator(f".kb-contact {MAIL}")
    expect(link).to_be_visible()
    assert link.get_attribute("href") == f"mailto:{link.inner_text()}"


def test_with_scripts_the_letter_says_where_the_reader_comes_from(page: Page, urls: dict[str, str]):
    page.goto(urls["public"] + ARTICLE)
    address = page.locator(f".kb-contact {MAIL}").get_attribute("href")
    assert address is not None
    letter = parse_qs(urlsplit(address).query)
    assert letter["subject"] == [page.locator("h1").inner_text()]
    assert "KB-" in letter["body"][0]


CLOCKS = {
    ("", "Asia/Tokyo"): "By your clock: 16:00 to 6:00",
    ("", "America/New_York"): "By your clock: 2:00 to 16:00",
    ("", "Asia/Kolkata"): "By your clock: 12:30 to 2:30",
    ("ru/", "Europe/Moscow"): "По вашим часам: с 10:00 до 0:00",
}


@pytest.mark.parametrize(("prefix", "zone"), CLOCKS)
def test_hours_are_told_by_the_readers_clock_too(opened: Callable[..., BrowserContext], urls: dict[str, str], prefix: str, zone: str):
    page = opened(timezone_id=zone).new_page()
    page.clock.set_fixed_time("2026-11-22T12:00:00Z")
    page.goto(urls["public"] + prefix + "contact/")
    place = page.locator("[data-kb-clock]")
    expect(place).to_have_text(CLOCKS[prefix, zone])
    expect(place).to_be_visible()


@pytest.mark.parametrize(("zone", "scripts"), [("Europe/Lisbon", True), ("Europe/London", True), ("Asia/Tokyo", False)])
def test_there_is_one_clock_where_it_is_the_same_and_without_scripts(
    opened: Callable[..., BrowserContext], urls: dict[str, str], zone: str, scripts: bool
):
    page = opened(timezone_id=zone, java_script_enabled=scripts).new_page()
    page.goto(urls["public"] + "contact/")
    expect(page.locator("[data-kb-clock]")).to_be_hidden()
    expect(page.get_by_text("Every day from 7:00 to 21:00, Lisbon time")).to_be_visible()
