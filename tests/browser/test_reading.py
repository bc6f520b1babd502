"""Readers find their way: from home to an article, to the other language, to a section; on a telephone and without scripts, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Edition, Seen

pytestmark = pytest.mark.browser

ARTICLE = "billing/refund/"
OTHER = {"en": "ru", "ru": "en"}


def test_home_area_article_other_language(page: Page, edition: Edition, seen: Seen):
    page.goto(edition.home)
    expect(page.locator("html")).to_have_attribute("lang", edition.language)
    area = page.locator("section:has(> #kb-areas) h3 a").first
    name = area.inner_text()
    area.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    article = page.locator("main li a[href]:not(nav a)").first
    title = article.inner_text()
    article.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    there = urlsplit(page.url).path.removeprefix(f"/{edition.prefix}")
    other = OTHER[edition.language]
    page.locator(f"header a[hreflang={other}]").click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
    assert urlsplit(page.url).path.removeprefix("/ru/").removeprefix("/") == there.removeprefix("/")
    page.locator(f"header a[hreflang={edition.language}]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert seen.nothing(), seen


def test_the_way_back_up(page: Page, edition: Edition):
    page.goto(edition.home + ARTICLE)
    crumbs = page.locator("nav.kb-breadcrumbs a")
    crumbs.last.click()
    assert page.url == f"{edition.home}billing/"
    page.locator("nav.kb-breadcrumbs a").first.click()
    assert page.url == edition.home


def test_five_pages_without_an_error_a_foreign_request_or_a_missing_file(page: Page, edition: Edition, seen: Seen):
    waiting, visited = [edition.home], []
    while waiting and len(visited) < 5:
        url = waiting.pop(0)
        page.goto(url, wait_until="networkidle")
        visited.append(url)
        hrefs = page.eval_on_selector_all("main a[href]", "links => links.map(link => link.href)")
        fresh = (href.partition("#")[0] for href in hrefs if href.startswith(edition.home))
        waiting = list(dict.fromkeys((*waiting, *(href for href in fresh if href not in visited))))
        # One page of each depth, not five areas.
        waiting.sort(key=lambda href: -href.count("/"))
    assert len(visited) == 5
    assert seen.nothing(), seen


def test_the_policy_is_in_force(page: Page, edition: Edition):
    answer = page.goto(edition.home + ARTICLE)
    assert answer is not None
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page.evaluate(
        "() => { const made = document.createElement('script'); made.textContent = 'window.ran = true'; document.body.append(made); }"
    )
    assert page.evaluate("() => window.ran") is None


def test_a_link_to_a_section_shows_it(page: Page, edition: Edition, seen: Seen):
    page.goto(f"{edition.home}{ARTICLE}#when")
    heading = page.locator("#when")
    expect(heading).to_be_in_viewport()
    covered = "part => { const box = part.getBoundingClientRect(); return part.contains(document.elementFromPoint(box.x + 2, box.y + 2)); }"
    page.wait_for_function("() => scrollY > 0")
    assert heading.evaluate(covered), "something lies over the heading"
    page.locator(".kb-aside a[href='#what']").click()
    assert page.url.endswith("#what")
    expect(page.locator("#what")).to_be_in_viewport()
    assert seen.nothing(), seen


@pytest.mark.parametrize("path", ["nothing/", "billing/nothing/at/all/", "billing/nothing.html"])
def test_a_page_that_is_not_there(page: Page, edition: Edition, seen: Seen, path: str):
    answer = page.goto(edition.home + path)
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("html")).to_have_attribute("lang", edition.language)
    assert seen.failed == [f"404 {edition.home}{path}"]
    page.locator("main a:visible").first.click()
    assert page.url == edition.home


def test_the_keyboard_reaches_the_text_first(page: Page, edition: Edition):
    page.goto(edition.home + ARTICLE)
    page.keyboard.press("Tab")
    skip = page.locator("a.kb-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_everything_that_has_the_focus_is_seen(page: Page, urls: dict[str, str]):
    page.goto(urls["public"] + ARTICLE)
    for _ in range(12):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
                const part = document.activeElement, style = getComputedStyle(part), around = part.closest('label, form') || part;
                const lines = [style, getComputedStyle(around)];
                return part === document.body || lines.some(one => parseFloat(one.outlineWidth) > 0 && one.outlineStyle !== 'none'
                    || one.boxShadow !== 'none');
            }"""
        )
        assert shown, page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")


PAGES = {
    "home": "",
    "area": "billing/",
    "article": ARTICLE,
    "article-long": "setup/connect-project/",
    "missing": "nothing/",
}


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_is_wider_than_the_screen(
    opened: Callable[..., BrowserContext], edition: Edition, kind: str, width: int, picture: Callable[[Page, str], None]
):
    page = opened(viewport={"width": width, "height": 740}, is_mobile=width < 600, has_touch=width < 600).new_page()
    page.goto(edition.home + PAGES[kind], wait_until="networkidle")
    picture(page, f"{edition.site}-{edition.language}-{kind}-{width}")
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["incidents/mass-incident/", "account/runbook-cannot-sign-in/"])
@pytest.mark.parametrize("width", [1280, 360])
def test_runbooks_fit_as_well(
    opened: Callable[..., BrowserContext], urls: dict[str, str], path: str, width: int, picture: Callable[[Page, str], None]
):
    page = opened(viewport={"width": width, "height": 740}).new_page()
    answer = page.goto(urls["internal"] + path, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    picture(page, f"internal-en-{path.split('/')[1]}-{width}")
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width


def test_the_menu_of_a_telephone(opened: Callable[..., BrowserContext], edition: Edition, picture: Callable[[Page, str], None]):
    page = opened(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True).new_page()
    page.goto(edition.home + ARTICLE)
    menu = page.locator("[data-kb-menu]")
    nav = page.locator("#kb-nav")
    expect(nav).to_be_hidden()
    menu.tap()
    expect(nav).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    picture(page, f"{edition.site}-{edition.language}-menu-360")
    page.keyboard.press("Escape")
    expect(nav).to_be_hidden()
    expect(menu).to_be_focused()
    menu.tap()
    nav.locator("a").first.tap()
    page.wait_for_url(lambda url: url != edition.home + ARTICLE)
    assert page.url.startswith(edition.home)


def test_pages_are_complete_without_scripts(opened: Callable[..., BrowserContext], edition: Edition):
    page = opened(java_script_enabled=False, viewport={"width": 1280, "height": 800}).new_page()
    page.goto(edition.home)
    page.locator("section:has(> #kb-areas) h3 a").first.click()
    page.locator("main li a[href]:not(nav a)").first.click()
    expect(page.locator(".kb-body")).to_be_visible()
    expect(page.locator("#kb-nav")).to_be_visible()


def test_the_public_site_has_no_page_of_the_wiki(page: Page, urls: dict[str, str]):
    for path in ("incidents/", "team/roles/", "account/runbook-cannot-sign-in/", "ru/incidents/mass-incident/"):
        inside, outside = page.goto(urljoin(urls["internal"], path)), page.goto(urljoin(urls["public"], path))
        assert inside is not None
        assert outside is not None
        assert (inside.status, outside.status) == (200, 404), path
