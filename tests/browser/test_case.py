"""One case after another: nothing of the last customer goes unseen, and the languages and tabs of a page know the same case."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import watch
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser

RUNBOOK = "account/runbook/"
REPLIES = "desk/replies/"
TRACK = "team/first-two-weeks/"
NOW = datetime.datetime(2026, 11, 22, 21, 42, tzinfo=datetime.UTC)
TICKED = ".kb-step input:checked"


@pytest.fixture
def desktop(opened: Callable[..., BrowserContext]) -> Page:
    """A page of an agent in Lisbon, where it is 21:42."""
    context = opened(viewport={"width": 1280, "height": 800}, timezone_id="Europe/Lisbon", locale="en-GB")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    return page


@pytest.mark.parametrize(
    ("prefix", "told", "stale"),
    [
        ("", "Continuing T-1001, begun 21:42.", "begun 22 November, 21:42. Is it still the same one?"),
        ("ru/", "Продолжаем: T-1001, с 21:42.", "с 22 ноября, 21:42. Обращение всё то же?"),
    ],
)
def test_an_old_case_is_said_on_top(desktop: Page, desk: dict[str, str], prefix: str, told: str, stale: str):
    seen = watch(desktop, desk)
    desktop.goto(desk["internal"] + prefix + RUNBOOK)
    banner, bar = desktop.locator(".kb-stale"), desktop.locator(".kb-bar")
    expect(banner).to_be_hidden()
    expect(bar.locator(".kb-bar__end")).to_be_hidden()
    desktop.locator("[data-kb-fills-name=ticket]").fill("T-1001")
    expect(banner).to_be_hidden()
    expect(bar).to_contain_text("T-1001")
    desktop.reload()
    expect(banner).to_contain_text(told)
    assert banner.evaluate("banner => banner.compareDocumentPosition(document.querySelector('h1')) & 4"), "it is not on top"
    desktop.clock.set_fixed_time(NOW + datetime.timedelta(hours=13))
    desktop.reload()
    expect(banner).to_contain_text(stale)
    banner.get_by_role("button").click()
    banner.get_by_role("button").first.click()
    expect(banner).to_be_hidden()
    expect(desktop.locator("[data-kb-fills-name=ticket]")).to_have_value("")
    assert desktop.evaluate("() => document.activeElement.tagName") == "H1"
    desktop.reload()
    expect(banner).to_be_hidden()
    assert seen.nothing(), seen


def test_the_bar_ends_a_case(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    desktop.locator(".kb-step input").nth(3).check()
    bar = desktop.locator(".kb-bar")
    expect(bar).to_be_in_viewport()
    bar.get_by_role("button", name="Clear for the next case").click()
    expect(bar.get_by_role("button", name="Copy handover")).to_be_hidden()
    desktop.keyboard.press("Escape")
    expect(desktop.locator(TICKED)).to_have_count(1)
    bar.get_by_role("button", name="Clear for the next case").click()
    bar.get_by_role("button", name="Clear", exact=True).click()
    expect(desktop.locator(TICKED)).to_have_count(0)
    expect(bar.locator(".kb-bar__end")).to_be_hidden()


def test_the_page_of_replies_has_a_case_too(desktop: Page, desk: dict[str, str]):
    seen = watch(desktop, desk)
    desktop.goto(desk["internal"] + REPLIES)
    expect(desktop.locator(".kb-bar")).to_be_hidden()
    desktop.locator(".kb-reply summary").click()
    desktop.locator(".kb-reply").get_by_label("email").fill("anna@client.example")
    expect(desktop.locator(".kb-bar")).to_contain_text("anna@client.example")
    desktop.goto(desk["internal"] + "ru/" + REPLIES)
    expect(desktop.locator(".kb-stale")).to_contain_text("anna@client.example")
    expect(desktop.locator(".kb-reply .kb-fill").first).to_have_text("anna@client.example")
    bar = desktop.locator(".kb-bar")
    bar.get_by_role("button").click()
    bar.get_by_role("button", name="Удалить").click()
    expect(desktop.locator(".kb-reply .kb-fill").first).to_have_text("{{email}}")
    desktop.goto(desk["internal"] + REPLIES)
    expect(desktop.locator(".kb-stale")).to_be_hidden()
    expect(desktop.locator(".kb-reply .kb-fill").first).to_have_text("{{email}}")
    assert seen.nothing(), seen


def test_languages_made_alike_share_the_case(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    desktop.locator(".kb-step", has_text="Compare the times").get_by_role("checkbox").check()
    desktop.locator(".kb-question textarea").first.fill("4711")
    desktop.get_by_label("Confirmed", exact=True).check()
    desktop.get_by_label("Who confirmed it").fill("letter 7")
    desktop.locator(".kb-guide__answer:visible").nth(1).click()
    desktop.goto(desk["internal"] + "ru/" + RUNBOOK)
    expect(desktop.locator(TICKED)).to_have_count(1)
    expect(desktop.locator(".kb-step", has_text="Сравните время").get_by_role("checkbox")).to_be_checked()
    expect(desktop.locator(".kb-question textarea").first).to_have_value("4711")
    expect(desktop.get_by_label("Подтверждено", exact=True)).to_be_checked()
    expect(desktop.get_by_label("Кто подтвердил")).to_have_value("letter 7")
    expect(desktop.locator(".kb-guide__path")).to_contain_text("stale_hash")
    expect(desktop.locator(".kb-guide__outcome:visible")).to_contain_text("узел расходится с базой")
    expect(desktop.locator(".kb-elsewhere")).to_be_hidden()
    # What is taken back in one language is taken back in the other.
    desktop.locator(".kb-step", has_text="Сравните время").get_by_role("checkbox").uncheck()
    desktop.locator(".kb-step", has_text="Откройте").get_by_role("checkbox").check()
    desktop.goto(desk["internal"] + RUNBOOK)
    expect(desktop.locator(TICKED)).to_have_count(1)
    expect(desktop.locator(".kb-step", has_text="Open Users").get_by_role("checkbox")).to_be_checked()


def with_a_new_step(page: Page, url: str, before: str, new: str) -> None:
    """The page at an address gets a step before the one that begins with a text."""

    def edited(route: Route) -> None:
        answer = route.fetch()
        body = answer.text()
        assert f"<li>{before}" in body
        route.fulfill(response=answer, body=body.replace(f"<li>{before}", f"<li>{new}</li>\n<li>{before}", 1))

    page.route(url, edited)


def test_languages_made_otherwise_say_so(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    desktop.locator(".kb-step", has_text="Compare the times").get_by_role("checkbox").check()
    desktop.locator(".kb-step", has_text="The log shows").get_by_role("checkbox").check()
    with_a_new_step(desktop, desk["internal"] + "ru/" + RUNBOOK, "Откройте <strong>Пользователей", "Новый.")
    desktop.goto(desk["internal"] + "ru/" + RUNBOOK)
    note = desktop.locator(".kb-elsewhere")
    expect(note).to_contain_text("(английский): 2.")
    expect(desktop.locator(TICKED)).to_have_count(0)
    note.get_by_role("link").click()
    desktop.wait_for_url(desk["internal"] + RUNBOOK)
    expect(desktop.locator(TICKED)).to_have_count(2)


def test_after_an_edit_no_tick_of_another_language_moves(desktop: Page, desk: dict[str, str]):
    """Both languages get a new first step. What was ticked before it stands in its place in each."""
    desktop.goto(desk["internal"] + RUNBOOK)
    desktop.locator(".kb-step", has_text="Compare the times").get_by_role("checkbox").check()
    with_a_new_step(desktop, desk["internal"] + RUNBOOK, "Open <strong>Users", "A new one.")
    with_a_new_step(desktop, desk["internal"] + "ru/" + RUNBOOK, "Откройте <strong>Пользователей", "Новый.")
    desktop.goto(desk["internal"] + RUNBOOK)
    desktop.locator(".kb-step", has_text="A new one").get_by_role("checkbox").check()
    desktop.goto(desk["internal"] + "ru/" + RUNBOOK)
    expect(desktop.locator(TICKED)).to_have_count(2)
    for text in ("Новый", "Сравните время"):
        expect(desktop.locator(".kb-step", has_text=text).get_by_role("checkbox")).to_be_checked()


def test_another_tab_knows_the_diagnosis(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    other = desktop.context.new_page()
    other.goto(desk["internal"] + RUNBOOK)
    desktop.locator(".kb-guide__answer:visible").first.click()
    expect(other.locator(".kb-guide__path")).to_contain_text("bad_password")
    expect(other.locator(".kb-case__text")).to_contain_text("bad_password")
    other.locator(".kb-guide__answer:visible").first.click()
    expect(desktop.locator(".kb-guide__outcome:visible")).to_contain_text("delete the saved entry")
    # A tick, which is another part of the same case, changes nothing in the guide.
    desktop.goto(desk["internal"] + RUNBOOK + "#guide-1-typed")
    desktop.locator(".kb-step input").first.check()
    expect(desktop.locator(".kb-guide__nodes > li:visible")).to_have_attribute("id", "guide-1-typed")


def test_the_handover_says_what_the_page_knows(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    text = desktop.locator(".kb-case__text")
    expect(desktop.locator("#kb-case-priority option:checked")).to_have_text("High (from the runbook)")
    expect(text).to_contain_text("Priority: High (from the runbook)\nPlan: Not set")
    desktop.locator("#kb-case-priority").select_option("medium")
    expect(text).to_contain_text("Priority: Medium\n")
    # The ticket is typed once, wherever.
    desktop.locator("#kb-case-ticket").fill("T-1001")
    expect(desktop.locator(".kb-fill[data-kb-fill=ticket]")).to_have_text("T-1001")
    expect(desktop.locator("[data-kb-fills-name=ticket]")).to_have_value("T-1001")
    desktop.locator("[data-kb-fills-name=ticket]").fill("T-1002")
    expect(text).to_contain_text("Ticket: T-1002")
    expect(text).not_to_contain_text("number of the ticket")


def test_a_ticket_that_an_older_version_kept_is_not_lost(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    desktop.evaluate("() => localStorage.setItem('kb-case:KB-RUN1', JSON.stringify({ fields: { ticket: 'T-7' } }))")
    desktop.reload()
    expect(desktop.locator("#kb-case-ticket")).to_have_value("T-7")


def test_a_confirmation_without_a_proof_is_told_as_such(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    gate, text = desktop.locator(".kb-gate"), desktop.locator(".kb-case__text")
    expect(text).to_contain_text("- Not confirmed yet: The client has confirmed")
    expect(gate.locator(".kb-gate__unproved")).to_be_hidden()
    gate.get_by_label("Confirmed", exact=True).check()
    expect(gate.locator(".kb-gate__unproved")).to_be_visible()
    expect(desktop.locator("[data-kb-status]")).to_contain_text("No proof noted yet")
    expect(text).to_contain_text("- Confirmed 2026-11-22 21:42, no proof noted: The client has confirmed")
    gate.get_by_label("Who confirmed it").fill("letter 7")
    expect(gate.locator(".kb-gate__unproved")).to_be_hidden()
    expect(text).to_contain_text("- Confirmed 2026-11-22 21:42, proof: letter 7: The client has confirmed")


def test_a_command_copied_with_a_hole_in_it(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    block = desktop.locator("pre", has_text="lumctl auth log")
    note = desktop.locator(".kb-unfilled")
    block.hover()
    block.get_by_role("button").click()
    expect(note).to_have_text("Copied. Still to fill in: e-mail the person signs in with")
    expect(desktop.locator("[data-kb-status]")).to_contain_text("Still to fill in")
    desktop.locator("[data-kb-fills-name=email]").fill("anna@client.example")
    expect(note).to_be_hidden()
    block.hover()
    block.get_by_role("button").click()
    expect(note).to_be_hidden()
    # The same by hand: the second command stands in a sentence and has no button.
    desktop.locator(".kb-step", has_text="Send the link").locator("code").evaluate("code => getSelection().selectAllChildren(code)")
    desktop.keyboard.press("Control+c")
    expect(desktop.locator(".kb-danger .kb-unfilled")).to_have_text("Copied. Still to fill in: number of the ticket")
    assert "Still to fill in" not in desktop.locator(".kb-case__text").inner_text()


@pytest.mark.parametrize(
    ("prefix", "reset", "yes", "printed"), [("", "Reset steps", "Reset", "Print"), ("ru/", "Снять отметки", "Снять", "Напечатать")]
)
def test_a_learning_path_is_no_case(desktop: Page, urls: dict[str, str], prefix: str, reset: str, yes: str, printed: str):
    seen = watch(desktop, urls)
    desktop.goto(urls["internal"] + prefix + TRACK)
    expect(desktop.locator(".kb-case, .kb-stale:visible")).to_have_count(0)
    desktop.locator(".kb-step input").first.check()
    desktop.clock.set_fixed_time(NOW + datetime.timedelta(days=9))
    desktop.reload()
    expect(desktop.locator(TICKED)).to_have_count(1)
    expect(desktop.locator(".kb-stale")).to_be_hidden()
    bar = desktop.locator(".kb-bar")
    expect(bar.get_by_role("button", name=printed)).to_be_visible()
    bar.get_by_role("button", name=reset).click()
    expect(desktop.locator(TICKED)).to_have_count(1)  # it asks
    bar.get_by_role("button", name=yes, exact=True).click()
    expect(desktop.locator(TICKED)).to_have_count(0)
    assert seen.nothing(), seen


@pytest.mark.parametrize(
    ("prefix", "section", "ladder"), [("", "What to hand over", "Who takes it over"), ("ru/", "Что передать", "Кому передать")]
)
def test_an_outcome_that_escalates_says_whom_to_call(page: Page, desk: dict[str, str], prefix: str, section: str, ladder: str):
    page.goto(desk["internal"] + prefix + RUNBOOK)
    page.locator(".kb-guide__answer:visible").nth(1).click()
    outcome = page.locator("[data-kb-outcome=escalate]")
    expect(outcome.get_by_role("link", name="+351 555 0100")).to_have_attribute("href", "tel:+3515550100")
    expect(outcome.locator(".kb-guide__call a").first).to_have_attribute("href", "https://pager.lumenta.example/line-2")
    outcome.get_by_role("link", name=section).click()
    expect(page.locator("#escalate")).to_be_in_viewport()
    outcome.get_by_role("link", name=ladder).click()
    page.wait_for_url("**/desk/escalation/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_case(opened: Callable[..., BrowserContext], desk: dict[str, str], scheme: str):
    page = opened(viewport={"width": 1280, "height": 800}, color_scheme=scheme).new_page()
    page.goto(desk["internal"] + RUNBOOK)
    page.locator(".kb-guide__answer:visible").nth(1).click()
    page.get_by_label("Confirmed", exact=True).check()
    page.reload()
    block = page.locator("pre", has_text="lumctl auth log")
    block.hover()
    block.get_by_role("button").click()
    expect(page.locator(".kb-unfilled")).to_be_visible()
    page.locator(".kb-bar__end").get_by_role("button").click()
    page.locator(".kb-stale").get_by_role("button").click()
    assert violations(page) == []
    page.goto(desk["internal"] + REPLIES)
    page.locator(".kb-reply summary").click()
    page.locator(".kb-reply").get_by_label("email").fill("anna@client.example")
    assert violations(page) == []
