"""Who to call: the form of the page of escalation, and the card on top of a runbook. The ladder itself has its own table of cases."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import watch

pytestmark = pytest.mark.browser

PAGE = "desk/escalation/"
RUNBOOK = "account/runbook/"
NOW = datetime.datetime(2026, 11, 22, 2, 0, tzinfo=datetime.UTC)  # a Sunday


@pytest.fixture
def desktop(opened: Callable[..., BrowserContext]) -> Page:
    """A page of an agent in Madrid, where it is Sunday, 03:00."""
    context = opened(viewport={"width": 1280, "height": 800}, timezone_id="Europe/Madrid", locale="en-GB")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.clock.install(time=NOW)
    return page


def steps(page: Page) -> Locator:
    return page.locator(".kb-ladder__steps .kb-ladder__step")


def copied(page: Page) -> str:
    return str(page.evaluate("() => navigator.clipboard.readText()"))


LADDER = """\
Escalation: High, Standard, Question, English
The customer wrote at: 2026-11-22 03:00 (UTC+1)
1. Customer Support (Line 1): Chat #line-1
   on shift; hands over by 2026-11-22 03:15
2. Technical Support (Line 2): Pager, https://pager.lumenta.example/line-2, reserve: +351 555 0100
   not on shift before 2026-11-23 10:00; hands over by 2026-11-23 11:00
   Tell the customer: We have your message and will start on Monday at nine.
   Until then decisions are made by: Customer Support
3. Support leads: Phone +351 555 0101
   on shift then
First answer by: 2026-11-22 03:15
Next update by: 2026-11-22 04:15
Solved by: not promised
Then: The support leads decide."""


def test_the_ladder_for_now(desktop: Page, desk: dict[str, str]):
    seen = watch(desktop, desk)
    desktop.goto(desk["internal"] + PAGE)
    form = desktop.locator("form[data-kb-escalate]")
    expect(form.locator("[name=at]")).to_have_value("2026-11-22T03:00")
    form.locator("[name=severity]").select_option("high")
    expect(steps(desktop)).to_have_count(3)
    expect(steps(desktop).nth(0)).to_contain_text("hands over by 03:15")
    expect(steps(desktop).nth(1)).to_contain_text("not on shift before Mon 23 Nov, 10:00")
    expect(steps(desktop).nth(1).get_by_role("link", name="+351 555 0100")).to_have_attribute("href", "tel:+3515550100")
    expect(desktop.locator("[data-kb-status]")).to_have_text("Call now: Customer Support")
    desktop.locator("[data-kb-escalate-result]").get_by_role("button", name="Copy").click()
    expect(desktop.locator(".kb-ladder__copied")).to_have_text("Copied")
    assert copied(desktop) == LADDER
    assert seen.nothing(), seen


def test_kind_plan_language_and_time(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + PAGE)
    form = desktop.locator("form[data-kb-escalate]")
    form.locator("[name=severity]").select_option("high")
    form.locator("[name=kind]").select_option("bug")
    expect(steps(desktop).last).to_contain_text("QA")
    form.locator("[name=plan]").select_option("premium")
    expect(desktop.locator(".kb-ladder__promises")).to_contain_text("03:05")
    expect(desktop.locator(".kb-ladder__promises")).to_contain_text("07:00")
    form.locator("[name=language]").select_option("ru")
    expect(steps(desktop).nth(1)).to_contain_text("speaks the customer’s language")
    expect(steps(desktop).nth(1)).to_contain_text("Мы получили ваше сообщение")
    form.locator("[name=at]").fill("2026-11-23T11:30")
    expect(desktop.locator(".kb-ladder__promises")).to_contain_text("11:35")
    expect(steps(desktop).nth(1)).to_contain_text("on shift")
    expect(steps(desktop).nth(1)).not_to_contain_text("Мы получили ваше сообщение")


def test_now_goes_on_until_a_time_is_set(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + PAGE)
    at = desktop.locator("[name=at]")
    desktop.clock.run_for(5 * 60_000)
    expect(at).to_have_value("2026-11-22T03:05")
    at.fill("2026-11-22T01:00")
    desktop.clock.run_for(5 * 60_000)
    expect(at).to_have_value("2026-11-22T01:00")


def test_in_russian(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + "ru/" + PAGE)
    desktop.locator("[name=severity]").select_option("high")
    expect(desktop.locator(".kb-ladder__now")).to_contain_text("Обратиться сейчас: Клиентская поддержка")
    expect(steps(desktop).nth(1)).to_contain_text("пн, 23 нояб., 10:00")
    expect(steps(desktop).nth(1)).to_contain_text("Мы получили ваше сообщение")


def test_the_card_of_a_runbook(desktop: Page, desk: dict[str, str]):
    seen = watch(desktop, desk)
    desktop.goto(desk["internal"] + RUNBOOK)
    card = desktop.locator("[data-kb-facts-now]")
    expect(card.locator(".kb-ladder__now")).to_contain_text("Customer Support")
    expect(card.locator(".kb-ladder__promises")).to_contain_text("03:15")
    expect(card.locator(".kb-ladder__step").first).to_be_hidden()
    card.get_by_text("Then whom, and until when").click()
    expect(card.locator(".kb-ladder__step").nth(1)).to_contain_text("Technical Support")
    desktop.clock.run_for(5 * 60_000)
    expect(card.locator(".kb-ladder__step").nth(1)).to_be_visible()  # what was opened stays open
    card.get_by_text("Another priority, plan or time").click()
    card.get_by_label("Plan").select_option("premium")
    expect(card.locator(".kb-ladder__promises")).to_contain_text("03:10")
    # Picked once: the handover has it too, and the other way round.
    expect(desktop.locator("#kb-case-plan")).to_have_value("premium")
    desktop.locator("#kb-case-priority").select_option("low")
    expect(card.get_by_label("Priority")).to_have_value("low")
    expect(card.locator(".kb-ladder__promises")).to_contain_text("07:05")
    assert seen.nothing(), seen


@pytest.mark.parametrize("prefix", ["", "ru/"])
def test_without_scripts_the_tables_tell_it(opened: Callable[..., BrowserContext], desk: dict[str, str], prefix: str):
    page = opened(java_script_enabled=False, viewport={"width": 1280, "height": 800}).new_page()
    page.goto(desk["internal"] + prefix + PAGE)
    expect(page.locator("form[data-kb-escalate]")).to_be_hidden()
    expect(page.locator("main table").first).to_be_visible()
    expect(page.locator("main").first).to_contain_text("+351 555 0100")
    page.goto(desk["internal"] + prefix + RUNBOOK)
    expect(page.locator("[data-kb-facts-now]")).to_contain_text("+351 555 0100")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", [PAGE, RUNBOOK, "desk/sla/", "desk/replies/", "desk/off-hours/", "desk/alerts/", "contact/"])
def test_no_page_is_wider_than_the_screen(
    opened: Callable[..., BrowserContext], desk: dict[str, str], path: str, width: int, picture: Callable[[Page, str], None]
):
    for prefix in ("", "ru/"):
        page = opened(viewport={"width": width, "height": 740}, is_mobile=width < 600, has_touch=width < 600).new_page()
        page.goto(desk["internal"] + prefix + path, wait_until="networkidle")
        picture(page, f"desk-{prefix.strip('/') or 'en'}-{path.strip('/').replace('/', '-')}-{width}")
        assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width, prefix
