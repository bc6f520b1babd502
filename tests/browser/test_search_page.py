"""The page of search results: its address says all, filters and going back work, and nobody who finds nothing is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import watch

if TYPE_CHECKING:
    from tests.browser.conftest import Edition, Seen

pytestmark = pytest.mark.browser

COMMON = {"en": "report", "ru": "отчёт"}
TYPO = {"en": ("paymnt methds", "payment methods"), "ru": ("вазврат оплаты", "возврат оплаты")}
NONSENSE = "qwxzqwxz"
NOTHING = {"en": "Nothing found", "ru": "ничего не нашлось"}
SHIFTS = """() => {
  window.kbShifts = [];
  const names = (entry) => entry.sources.map((one) => one.node && (one.node.className || one.node.nodeName)).join();
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.kbShifts.push([entry.value, names(entry)])))
    .observe({ type: "layout-shift", buffered: true });
}"""
ODD = [
    "<img src=x onerror=alert(1)>",
    "{{7*7}} ${x} %s",
    "constructor",
    "__proto__",
    "toString",
    "'\"`\\",
    "🙂 👩‍👩‍👧",
    "\u202eabc",
    "a" * 10_000,
    "--",
    "and the",
]


def answered(page: Page, home: str, query: str, more: str = "") -> Locator:
    """Open the page of results and wait for the answer."""
    page.goto(f"{home}search/?q={quote(query)}{more}")
    page.wait_for_selector("[data-kb-results][data-state]")
    return page.locator(".kb-result")


def told(page: Page) -> str:
    return page.locator("[data-kb-said]").inner_text()


def count(text: str) -> int:
    return int("".join(filter(str.isdigit, text.split(" ", 1)[0])))


def test_an_address_shows_its_results(page: Page, edition: Edition, seen: Seen, picture: Callable[[Page, str], None]):
    found = answered(page, edition.home, COMMON[edition.language])
    assert 3 < found.count() <= 10
    assert COMMON[edition.language] in told(page)
    assert page.get_by_role("combobox").input_value() == COMMON[edition.language]
    assert page.title().startswith(COMMON[edition.language])
    assert "noindex" in (page.locator("meta[name=robots]").get_attribute("content") or "")
    assert found.locator("mark").count() > 0
    assert all(1 <= one.locator(".kb-result__sections > li").count() <= 3 for one in found.all())
    picture(page, f"{edition.site}-{edition.language}-results-1280")
    assert seen.nothing(), seen


def test_a_section_leads_to_its_heading(page: Page, edition: Edition):
    answered(page, edition.home, COMMON[edition.language])
    link = page.locator(".kb-result__sections a[href*='#']").first
    goal = link.evaluate("link => link.href")
    link.click()
    page.wait_for_url(goal)
    anchor = unquote(urlsplit(goal).fragment)
    expect(page.locator(f"[id='{anchor}']")).to_be_attached()
    expect(page.locator("mark.kb-hit").first).to_be_attached()


def test_filters_stand_in_the_address_and_going_back_takes_them_off(page: Page, edition: Edition, seen: Seen):
    answered(page, edition.home, COMMON[edition.language])
    everything = count(told(page))
    for facet in ("area", "type"):
        button = page.locator(f"[data-kb-facet^='{facet}=']").first
        wanted = count(button.locator(".kb-facet__count").inner_text())
        value = (button.get_attribute("data-kb-facet") or "").split("=", 1)[1]
        before = count(told(page))
        button.click()
        page.wait_for_function(
            "number => document.querySelector('[data-kb-said]').textContent.trim().startsWith(String(number))", arg=wanted
        )
        assert wanted <= before
        assert parse_qs(urlsplit(page.url).query)[facet] == [value]
        expect(page.locator(f"[data-kb-facet^='{facet}='][aria-pressed=true]")).to_be_focused()
    page.reload()
    page.wait_for_selector("[data-kb-results][data-state]")
    assert count(told(page)) == wanted
    page.go_back()
    page.go_back()
    page.wait_for_function(
        "number => document.querySelector('[data-kb-said]').textContent.trim().startsWith(String(number))", arg=everything
    )
    expect(page.locator("[aria-pressed=true][data-kb-facet]")).to_have_count(0)
    assert seen.nothing(), seen


def test_only_the_wiki_filters_by_who_may_read(page: Page, edition: Edition):
    answered(page, edition.home, COMMON[edition.language])
    assert (page.locator("[data-kb-facet^='audience=']").count() > 0) == (edition.site == "internal")
    if edition.site == "public":
        assert page.locator("[data-kb-facet^='severity=']").count() == 0


def test_more_results_on_demand_and_still_there_after_going_back(page: Page, urls: dict[str, str]):
    found = answered(page, urls["internal"], "customer")
    expect(found).to_have_count(10)
    first = found.all_inner_texts()
    page.locator("[data-kb-more] button").click()
    expect(found).not_to_have_count(10)
    assert found.all_inner_texts()[:10] == first
    expect(found.nth(10).locator("h2 a")).to_be_focused()
    shown = found.count()
    found.nth(11).locator("h2 a").click()
    expect(page.locator(".kb-body").first).to_be_visible()
    page.go_back()
    expect(found).to_have_count(shown)
    expect(found.nth(11)).to_be_in_viewport()


def test_a_corrected_query_is_said_and_can_be_taken_back(page: Page, edition: Edition):
    typo, meant = TYPO[edition.language]
    found = answered(page, edition.home, typo)
    expect(found.first).to_be_visible()
    notice = page.locator("[data-kb-as]")
    expect(notice).to_contain_text(meant)
    expect(notice).to_contain_text(typo)
    notice.get_by_role("link").click()
    page.wait_for_url("**exact=1*")
    expect(page.locator("[data-kb-said]")).not_to_contain_text(meant)
    page.go_back()
    expect(notice).to_contain_text(meant)


def test_nothing_found_leads_on(page: Page, edition: Edition, seen: Seen, picture: Callable[[Page, str], None]):
    assert answered(page, edition.home, NONSENSE).count() == 0
    assert NOTHING[edition.language] in told(page)
    assert NONSENSE in told(page)
    link = page.locator("[data-kb-nothing] a")
    expect(link).to_be_visible()
    assert NONSENSE in (link.get_attribute("href") or "")
    expect(page.locator("[data-kb-browse] a").first).to_be_visible()
    picture(page, f"{edition.site}-{edition.language}-results-nothing-1280")
    assert seen.nothing(), seen


def test_near_titles_are_offered_where_nothing_matches(page: Page, urls: dict[str, str]):
    assert answered(page, urls["public"], "xxpaymentmethodsxx").count() == 0
    near = page.locator("[data-kb-near] a")
    expect(near.first).to_have_text("Payment methods")
    near.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Payment methods")


def test_good_starts_of_the_topic_that_the_reader_came_from(page: Page, edition: Edition, seen: Seen):
    page.goto(edition.home + "billing/refund/")
    topic = page.locator(".kb-breadcrumbs li").nth(1).inner_text()
    near = page.locator("[data-kb-near]")
    for number, query in enumerate((NONSENSE, NONSENSE * 2)):
        page.get_by_role("combobox").fill(query)
        page.keyboard.press("Enter")
        expect(page.locator("[data-kb-said]")).to_contain_text(query)
        expect(near.get_by_role("heading")).to_contain_text(topic)
        assert all("/billing/" in url for url in near.locator("a").evaluate_all("links => links.map(link => link.href)")), number
        assert "area" not in parse_qs(urlsplit(page.url).query)
    page.goto(edition.home)
    page.get_by_role("combobox").first.fill(NONSENSE)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-state=nothing]")
    expect(near.get_by_role("heading")).not_to_contain_text(topic)
    expect(near.locator("a")).to_have_count(5)
    assert seen.nothing(), seen


def test_the_filter_says_the_topic_where_nothing_passes_it(page: Page, urls: dict[str, str]):
    answered(page, urls["internal"], NONSENSE, "&area=Reports")
    expect(page.locator("[data-kb-near] h2")).to_contain_text("Reports")
    answered(page, urls["internal"], NONSENSE, "&area=Nowhere")
    expect(page.locator("[data-kb-near] a")).to_have_count(5)


def test_the_box_on_the_page_searches_in_place(page: Page, edition: Edition, seen: Seen):
    answered(page, edition.home, NONSENSE)
    page.evaluate("window.kbSame = true")
    box = page.get_by_role("combobox")
    box.fill(COMMON[edition.language])
    page.keyboard.press("Enter")
    expect(page.locator(".kb-result").first).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["q"] == [COMMON[edition.language]]
    assert page.evaluate("window.kbSame")
    expect(page.get_by_role("option").first).to_be_hidden()
    page.go_back()
    expect(page.locator("[data-kb-said]")).to_contain_text(NONSENSE)
    assert box.input_value() == NONSENSE
    assert seen.nothing(), seen


def test_other_languages_are_asked_only_when_one_gets_there(page: Page, urls: dict[str, str], seen: Seen):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answered(page, urls["internal"], "Lumenta")
    page.wait_for_timeout(500)
    assert not [url for url in asked if "/ru/search/" in url]
    page.locator("[data-kb-others]").scroll_into_view_if_needed()
    link = page.locator("[data-kb-others] h2 a")
    expect(link).to_contain_text("Русский")
    link.click()
    page.wait_for_url(f"{urls['internal']}ru/search/?q=Lumenta")
    expect(page.locator(".kb-result").first).to_be_visible()
    assert seen.nothing(), seen


def test_the_switch_of_languages_takes_the_query_along(page: Page, urls: dict[str, str]):
    answered(page, urls["public"], "CRM")
    page.locator("header a[hreflang=ru]").click()
    page.wait_for_url(f"{urls['public']}ru/search/?q=CRM")
    expect(page.locator(".kb-result").first).to_be_visible()


def test_odd_queries_stay_text(page: Page, urls: dict[str, str], seen: Seen):
    for query in ODD:
        page.goto(f"{urls['internal']}search/?q={quote(query[:3000])}")
        page.wait_for_selector("[data-kb-results][data-state]")
        assert page.locator(".kb-results img, .kb-results script:not([type]):not([src])").count() == 0
        page.get_by_role("combobox").fill(query)
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
    assert seen.nothing(), seen


def test_odd_filters_and_leftovers_do_no_harm(page: Page, urls: dict[str, str], seen: Seen):
    for more in ("&area=__proto__", "&type=constructor&severity=%3Cb%3E", "&exact=2&audience=", "&q=other", "&area=Nowhere"):
        answered(page, urls["internal"], "customer", more)
    page.evaluate("sessionStorage.setItem('kb-hits', '{\"to\":7,\"words\":[1,{}]}')")
    page.goto(urls["internal"] + "billing/refund/")
    expect(page.locator("mark.kb-hit")).to_have_count(0)
    assert seen.nothing(), seen


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_jumps_when_the_answer_arrives(opened: Callable[..., BrowserContext], urls: dict[str, str], edition: Edition, width: int):
    page = opened(viewport={"width": width, "height": 800}).new_page()
    page.add_init_script(f"({SHIFTS})()")
    seen = watch(page, urls)
    for query in (COMMON[edition.language], NONSENSE):
        answered(page, edition.home, query)
        page.wait_for_timeout(300)
        shifts = page.evaluate("window.kbShifts")
        assert sum(value for value, _ in shifts) < 0.01, f"{query}: {shifts}"
        assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width
    assert seen.nothing(), seen


def test_filters_fold_on_a_telephone(opened: Callable[..., BrowserContext], urls: dict[str, str], picture: Callable[[Page, str], None]):
    page = opened(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, color_scheme="dark").new_page()
    answered(page, urls["internal"], "customer")
    button = page.locator("[data-kb-facet]").first
    expect(button).to_be_hidden()
    page.locator("[data-kb-facets] summary").tap()
    expect(button).to_be_visible()
    picture(page, "internal-en-results-360")
    button.tap()
    expect(page.locator("[data-kb-facets] summary")).to_contain_text("1")
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 360


def test_without_scripts_it_says_so_and_lists_the_topics(opened: Callable[..., BrowserContext], edition: Edition):
    page = opened(java_script_enabled=False).new_page()
    page.goto(edition.home + "search/?q=refund")
    expect(page.locator(".kb-results__noscript")).to_contain_text("JavaScript")
    topic = page.locator("[data-kb-browse] h3 a").first
    name = topic.inner_text()
    topic.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_the_page_is_in_no_sitemap_and_in_no_index(page: Page, edition: Edition):
    answer = page.request.get(edition.home.removesuffix("ru/") + "sitemap.xml")
    assert answer.ok == (edition.site == "public")
    if answer.ok:
        assert "/billing/refund/" in answer.text()
        assert "/search/" not in answer.text()
    assert "search/" not in page.request.get(edition.home + "search/index.json").json()["documents"]["address"]
