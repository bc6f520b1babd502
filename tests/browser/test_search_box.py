"""The search box: titles while one types, which never move; the keyboard; and the marks on the page that a title led to."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Edition, Seen

pytestmark = pytest.mark.browser

WORD = {"en": "report", "ru": "отчёт"}
FEW_TITLES = {"en": "refund", "ru": "возврат"}
BEGUN = {"en": "re", "ru": "от"}
TYPO = {"en": ("paymnt methds", "payment methods"), "ru": ("вазврат оплаты", "возврат оплаты")}
# Words of titles for which the first title is another one than the first result: [[word, title's address, result's address], …].
OTHER_FIRST = """async (most) => {
  const engine = await window.kbFind.engine("../search/", "../assets/");
  const words = engine.reader.directory.documents.title.flatMap((title) => title.match(/[a-z]{4,}/g) || []);
  const found = [];
  for (const word of new Set(words)) {
    const hits = [(await engine.suggest(word, 10))[0], (await engine.find(word, 10)).hits[0]];
    const first = hits.map((hit) => hit && window.kbFind.address("../", hit.address, ""));
    if (first[0] && first[1] && first[0] !== first[1]) found.push([word, ...first]);
    if (found.length === most) break;
  }
  return found;
}"""
PLACES = "rows => rows.map(row => [row.href, row.getBoundingClientRect().top, row.getBoundingClientRect().height])"

ANSWERED = "() => /[0-9]/.test(document.querySelector('.kb-search__status').textContent)"


def box(page: Page) -> Locator:
    return page.get_by_role("combobox").first


def rows(page: Page) -> Locator:
    return page.get_by_role("option")


def typed(page: Page, text: str) -> Locator:
    """Type a query and wait until the whole answer is there: then the box tells how much there is."""
    box(page).click()
    box(page).fill(text)
    page.wait_for_function(ANSWERED)
    return rows(page)


def test_two_letters_bring_titles_with_their_topic(page: Page, edition: Edition):
    page.goto(edition.home + "billing/refund/")
    box(page).click()
    box(page).press_sequentially(BEGUN[edition.language][0])
    page.wait_for_timeout(500)
    expect(rows(page)).to_have_count(0)
    box(page).press_sequentially(BEGUN[edition.language][1])
    expect(rows(page).first).to_be_visible()
    page.wait_for_timeout(500)
    assert 1 < rows(page).count() <= 10
    assert all(text.strip() for text in rows(page).locator(".kb-search__area").all_inner_texts())
    assert rows(page).locator(".kb-search__area").count() == rows(page).count()
    assert len({height for _, _, height in rows(page).evaluate_all(PLACES)}) == 1


def test_bodies_refine_the_list_without_moving_a_row(page: Page, edition: Edition, seen: Seen):
    """What articles say inside arrives late; the titles stay where they are, and more comes below them."""
    held: list[Route] = []
    free = False

    def bodies(route: Route) -> None:
        if free:
            route.continue_()
        else:
            held.append(route)

    page.goto(edition.home + "billing/refund/")
    page.route("**/search/terms/**", bodies)
    box(page).click()
    box(page).fill(FEW_TITLES[edition.language])
    expect(rows(page).first).to_be_visible()
    before = rows(page).evaluate_all(PLACES)
    page.keyboard.press("ArrowDown")
    assert held, "no file of the bodies was asked for"
    free = True
    for route in held:
        route.continue_()
    page.wait_for_function(ANSWERED)
    after = rows(page).evaluate_all(PLACES)
    assert len(after) > len(before)
    assert after[: len(before)] == before
    expect(rows(page).first).to_have_attribute("aria-selected", "true")
    assert rows(page).locator("mark").count() > 0
    assert seen.nothing(), seen


def test_what_comes_late_moves_no_row_that_nobody_chose_either(page: Page, urls: dict[str, str]):
    held: list[Route] = []
    page.goto(urls["internal"] + "search/")
    ((query, title, _),) = page.evaluate(OTHER_FIRST, 1)
    page.reload()
    free = False

    def bodies(route: Route) -> None:
        if free:
            route.continue_()
        else:
            held.append(route)

    page.route("**/search/terms/**", bodies)
    box(page).fill(query)
    expect(rows(page).first).to_be_visible()
    before = rows(page).evaluate_all(PLACES)
    assert before[0][0] == title
    page.wait_for_timeout(400)
    free = True
    for route in held:
        route.continue_()
    page.wait_for_function(ANSWERED)
    assert rows(page).evaluate_all(PLACES)[: len(before)] == before


def test_what_comes_in_time_is_in_the_order_of_the_page_of_results(page: Page, urls: dict[str, str]):
    page.add_init_script("performance.now = () => 1")  # a stopped clock: everything comes in time, on a slow machine as well
    page.goto(urls["internal"] + "search/")
    differing = page.evaluate(OTHER_FIRST, 5)
    assert len(differing) == 5
    for query, _, result in differing:
        assert typed(page, query).evaluate_all("rows => rows.map(row => row.href)")[0] == result
        page.keyboard.press("Enter")
        page.wait_for_function("query => document.title.startsWith(query)", arg=query)
        page.wait_for_selector("[data-kb-answer]:not([aria-busy]) .kb-result")
        assert page.locator(".kb-result h2 a").first.evaluate("link => link.href") == result
        box(page).fill("")


def test_a_word_half_typed_keeps_the_titles_that_go_on_with_it_in_front(page: Page, urls: dict[str, str]):
    page.add_init_script("performance.now = () => 1")
    page.goto(urls["internal"])
    for begun in ("refun", "passwo", "numbe"):
        assert f" {begun}" in f" {typed(page, begun).first.locator('.kb-search__title').inner_text().lower()}"
        box(page).fill("")


def test_titles_wait_for_nothing(page: Page, urls: dict[str, str]):
    page.goto(urls["internal"] + "billing/refund/")
    typed(page, "refund")
    page.evaluate("window.setTimeout = () => 0")
    box(page).fill("report")
    expect(rows(page).filter(has_text="report").first).to_be_visible()


def test_the_box_says_what_a_query_was_taken_for(page: Page, edition: Edition):
    typo, meant = TYPO[edition.language]
    page.goto(edition.home + "billing/refund/")
    typed(page, typo)
    line = page.locator(".kb-search__as").first
    expect(line).to_be_visible()
    expect(line).to_contain_text(meant)
    assert meant in page.locator(".kb-search__status").first.inner_text()
    # Below the rows: it comes late, and they would have to make place for it.
    last = rows(page).last.bounding_box()
    place = line.bounding_box()
    assert last and place and place["y"] > last["y"]
    typed(page, WORD[edition.language])
    expect(line).to_be_hidden()


NONSENSE = "qwxzqwxz"


def test_who_finds_nothing_in_a_topic_gets_its_good_starts(page: Page, edition: Edition, seen: Seen):
    page.goto(edition.home + "billing/refund/")
    topic = page.locator(".kb-breadcrumbs li").nth(1).inner_text()
    box(page).fill(NONSENSE)
    offered = page.locator(".kb-search__offered a")
    expect(offered).to_have_count(3)
    expect(page.locator(".kb-search__lead")).to_contain_text(topic)
    assert all("/billing/" in url for url in offered.evaluate_all("links => links.map(link => link.href)"))
    assert page.url not in offered.evaluate_all("links => links.map(link => link.href)"), "the page that the reader is on"
    page.keyboard.press("Tab")
    expect(offered.first).to_be_focused()
    goal = offered.first.evaluate("link => link.href")
    page.keyboard.press("Enter")
    page.wait_for_url(goal)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert seen.nothing(), seen


def test_who_finds_nothing_elsewhere_gets_good_starts_too(page: Page, edition: Edition):
    page.goto(edition.home)
    box(page).fill(NONSENSE)
    expect(page.locator(".kb-search__offered a")).to_have_count(3)
    assert "“" not in page.locator(".kb-search__lead").inner_text()


def test_titles_that_come_close_are_offered_first(page: Page, urls: dict[str, str]):
    page.goto(urls["public"] + "account/")
    box(page).fill("xxpaymentmethodsxx")
    expect(page.locator(".kb-search__offered a").first).to_have_text("Payment methods")


def test_enter_without_a_choice_opens_all_results(page: Page, edition: Edition, seen: Seen):
    page.goto(edition.home + "billing/refund/")
    box(page).click()
    box(page).press_sequentially(WORD[edition.language])
    page.keyboard.press("Enter")
    page.wait_for_url(edition.home + "search/?q=*")
    expect(page.locator(".kb-result").first).to_be_visible()
    assert box(page).input_value() == WORD[edition.language]
    assert seen.nothing(), seen


def test_words_that_tell_nothing_find_on_the_page_what_the_box_lists(page: Page, urls: dict[str, str]):
    page.goto(urls["internal"])
    first = typed(page, "how our").first.evaluate("row => row.href")
    page.keyboard.press("Enter")
    expect(page.locator(".kb-result h2 a").first).to_be_visible()
    assert page.locator(".kb-result h2 a").first.evaluate("link => link.href") == first


def test_the_last_row_leads_to_all_results(page: Page, edition: Edition):
    page.goto(edition.home)
    typed(page, WORD[edition.language])
    link = page.locator(".kb-search__all").first
    expect(link).to_contain_text(WORD[edition.language])
    link.click()
    page.wait_for_url(edition.home + "search/?q=*")


def test_escape_on_the_link_to_all_results_closes_the_panel(page: Page, urls: dict[str, str]):
    page.goto(urls["public"])
    typed(page, "report")
    page.locator(".kb-search__all").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".kb-search__panel").first).to_be_hidden()
    expect(box(page)).to_be_focused()
    page.wait_for_timeout(300)
    expect(page.locator(".kb-search__panel").first).to_be_hidden()
    assert box(page).input_value() == "report"


def test_a_long_text_is_searched_for_as_it_stands_in_the_box(page: Page, urls: dict[str, str]):
    page.goto(urls["public"])
    text = "refund " + "x" * 250 + " end"
    box(page).fill(text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("[data-kb-said]")).to_contain_text("end”")
    assert box(page).input_value() == text


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_keys_that_lead_to_the_box(page: Page, urls: dict[str, str], keys: str):
    page.goto(urls["public"] + "billing/refund/")
    page.keyboard.press(keys)
    expect(box(page)).to_be_focused()
    assert box(page).input_value() == ""
    page.keyboard.type("a/b")
    assert box(page).input_value() == "a/b"


def test_escape_closes_then_empties(page: Page, urls: dict[str, str]):
    page.goto(urls["public"])
    typed(page, "report")
    page.keyboard.press("Escape")
    expect(rows(page).first).to_be_hidden()
    assert box(page).input_value() == "report"
    page.keyboard.press("Escape")
    assert box(page).input_value() == ""


def test_words_are_marked_where_a_title_leads(page: Page, edition: Edition, seen: Seen):
    page.goto(edition.home)
    typed(page, WORD[edition.language]).first.click()
    page.wait_for_url(lambda url: url != edition.home)
    marks = page.locator("mark.kb-hit")
    expect(marks.first).to_be_attached()
    beginning = WORD[edition.language].replace("ё", "е")[:5]
    assert all(text.lower().replace("ё", "е").startswith(beginning) for text in marks.all_text_contents()), marks.all_text_contents()
    assert "?" not in page.url
    text = page.locator(".kb-body").inner_text()
    page.keyboard.press("Escape")
    expect(marks).to_have_count(0)
    expect(page.locator(".kb-unmark")).to_have_count(0)
    assert page.locator(".kb-body").inner_text() == text
    page.reload()
    expect(marks).to_have_count(0)
    assert seen.nothing(), seen


def test_only_the_very_next_page_is_marked(page: Page, urls: dict[str, str]):
    page.goto(urls["public"])
    row = typed(page, "report").first
    goal = row.evaluate("link => link.href")
    row.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    row.click()
    page.goto(urls["public"] + "billing/refund/")
    page.goto(goal)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("mark.kb-hit")).to_have_count(0)


def test_a_button_takes_the_marks_away(page: Page, urls: dict[str, str]):
    page.goto(urls["public"])
    typed(page, "report").first.click()
    expect(page.locator("mark.kb-hit").first).to_be_attached()
    page.locator(".kb-unmark").click()
    expect(page.locator("mark.kb-hit")).to_have_count(0)


@pytest.fixture
def plain(built: Path) -> Iterator[str]:
    """The public site on a file server that knows nothing of kbgen."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(built / "public"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_plain_file_server_is_enough(page: Page, plain: str):
    page.goto(plain)
    assert typed(page, "refund").count() > 0
    page.keyboard.press("Enter")
    expect(page.locator(".kb-result").first).to_be_visible()


def test_a_page_opened_as_a_file_says_what_search_needs(page: Page, built: Path):
    page.goto((built / "public/billing/refund/index.html").as_uri())
    box(page).click()
    box(page).fill("refund")
    expect(page.locator(".kb-search__empty").first).to_contain_text("web server")
    page.goto((built / "public/search/index.html").as_uri() + "?q=refund")
    expect(page.locator("[data-kb-said]")).to_contain_text("web server")
    expect(page.locator("[data-kb-browse]")).to_be_visible()


def test_without_scripts_the_box_is_a_link_to_all_topics(opened: Callable[..., BrowserContext], edition: Edition):
    page = opened(java_script_enabled=False).new_page()
    page.goto(edition.home + "billing/refund/")
    expect(page.locator("input[data-kb-search]")).to_be_hidden()
    page.locator(".kb-search__plain").click()
    page.wait_for_url(edition.home + "search/")
