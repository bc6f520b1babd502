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
The customer wrote at: 2026-11-22 02:10 (UTC+1)
As of 2026-11-22 03:00.
1. Customer Support (Line 1): Chat #line-1
   time was up at 2026-11-22 02:25
2. Technical Support (Line 2): Pager, https://pager.lumenta.example/line-2, reserve: +351 555 0100
   starts with its shift; not on shift before 2026-11-23 10:00; hands over by 2026-11-23 11:00
   Tell the customer: We have your message and will start on Monday at nine.
   Until then decisions are made by: Customer Support, Chat #line-1
3. Support leads: Phone +351 555 0101
   on shift then
First answer by: 2026-11-22 02:25, overdue by 35 mins
Next update by: 2026-11-22 03:25
Solved by: not promised
Then: The support leads decide."""


def now(page: Page | Locator) -> Locator:
    return page.locator(".kb-ladder__now")


def asked(page: Page, at: str = "", **picked: str) -> None:
    """Fills in the form of the page of escalation."""
    form = page.locator("form[data-kb-escalate]")
    for name, value in picked.items():
        form.locator(f"[name={name}]").select_option(value)
    if at:
        form.locator("[name=at]").fill(at)


def test_until_a_time_is_set_the_customer_wrote_just_now(desktop: Page, desk: dict[str, str]):
    seen = watch(desktop, desk)
    desktop.goto(desk["internal"] + PAGE)
    asked(desktop, severity="low")
    asked(desktop, severity="high")
    expect(desktop.locator("[name=at]")).to_have_value("")
    expect(desktop.locator(".kb-ladder__for")).to_contain_text("As if the customer wrote just now")
    expect(now(desktop)).to_contain_text("You (Line 1) have it until 03:15 (in 15 minutes)")
    expect(now(desktop)).to_contain_text("Then: Technical Support (Line 2): Pager rota")
    expect(now(desktop).get_by_role("link", name="+351 555 0100")).to_have_attribute("href", "tel:+3515550100")
    expect(now(desktop)).to_contain_text("Until then decisions are made by: Customer Support, Chat #line-1")
    expect(desktop.locator("[data-kb-status]")).to_have_text("You (Line 1) have it until 03:15 (in 15 minutes)")
    expect(steps(desktop)).to_have_count(3)
    expect(steps(desktop).nth(0)).to_contain_text("has it now")
    expect(steps(desktop).nth(1)).to_contain_text("not on shift before Mon 23 Nov, 10:00")
    desktop.clock.run_for(5 * 60_000)
    expect(now(desktop)).to_contain_text("until 03:20 (in 15 minutes)")
    desktop.get_by_role("button", name="Just now").click()
    expect(desktop.locator("[name=at]")).to_have_value("2026-11-22T03:05")
    desktop.clock.run_for(5 * 60_000)
    expect(now(desktop)).to_contain_text("until 03:20 (in 10 minutes)")
    assert seen.nothing(), seen


def test_the_ladder_is_read_off_now_and_not_when_the_customer_wrote(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + PAGE)
    asked(desktop, severity="high", at="2026-11-22T02:10")
    expect(desktop.locator(".kb-ladder__for")).to_have_text("The customer wrote at 02:10, 50 minutes ago.")
    # Line 1's time is over, line 2 sleeps: who decides meanwhile is line 1, and not somebody to be called.
    expect(now(desktop)).to_contain_text("Until Mon 23 Nov, 10:00 you decide: Technical Support is not on shift.")
    expect(now(desktop)).not_to_contain_text("Call now")
    expect(steps(desktop).nth(0)).to_contain_text("time was up at 02:25")
    expect(steps(desktop).nth(1)).to_have_attribute("aria-current", "step")
    promises = desktop.locator(".kb-ladder__promises > div")
    expect(promises.nth(0)).to_contain_text("02:25 overdue by 35 mins")
    expect(promises.nth(1)).to_contain_text("03:25 in 25 minutes")
    expect(desktop.locator(".kb-ladder__zone")).to_contain_text("As of Sun 22 Nov, 03:00. Times are by your clock, UTC+1.")
    desktop.locator("[data-kb-escalate-result]").get_by_role("button", name="Copy").click()
    expect(desktop.locator(".kb-ladder__copied")).to_have_text("Copied")
    assert copied(desktop) == LADDER


def test_somebody_else_is_called_when_it_is_their_turn(desktop: Page, desk: dict[str, str]):
    desktop.clock.set_fixed_time(datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.UTC))
    desktop.goto(desk["internal"] + PAGE)
    asked(desktop, severity="high", at="2026-11-23T10:05")
    expect(now(desktop)).to_contain_text("Call now: Technical Support (Line 2): Pager")
    expect(now(desktop)).to_contain_text("on shift; hands over by 11:20")
    # A case that came at night and is on somebody's desk by now: nothing about the night is said any more.
    asked(desktop, at="2026-11-22T23:00")
    expect(now(desktop)).to_contain_text("Call now: Technical Support (Line 2)")
    expect(now(desktop)).not_to_contain_text("Tell the customer")
    # The whole ladder is over.
    asked(desktop, at="2026-11-20T03:00")
    expect(now(desktop)).to_contain_text("Call now: Support leads: Phone +351 555 0101")


def test_the_clock_hands_the_case_over(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + PAGE)
    asked(desktop, severity="high", at="2026-11-22T02:50")
    expect(now(desktop)).to_contain_text("You (Line 1) have it until 03:05 (in 5 minutes)")
    desktop.clock.run_for(5 * 60_000)
    expect(now(desktop)).to_contain_text("you decide")
    expect(desktop.locator("[data-kb-status]")).to_contain_text("you decide: Technical Support is not on shift.")


def test_a_message_still_to_come_is_for_planning(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + PAGE)
    asked(desktop, severity="high", kind="bug")
    expect(steps(desktop).last).to_contain_text("QA")
    asked(desktop, plan="premium")
    expect(desktop.locator(".kb-ladder__promises")).to_contain_text("03:05")
    expect(desktop.locator(".kb-ladder__promises")).to_contain_text("07:00")
    asked(desktop, language="ru")
    expect(steps(desktop).nth(1)).to_contain_text("speaks the customer’s language")
    expect(steps(desktop).nth(1)).to_contain_text("Мы получили ваше сообщение")
    asked(desktop, at="2026-11-23T11:30")
    expect(desktop.locator(".kb-ladder__for")).to_have_text("For planning: this is how it will be for a message at Mon 23 Nov, 11:30.")
    expect(desktop.locator(".kb-ladder__promises")).to_contain_text("Mon 23 Nov, 11:35")
    expect(desktop.locator(".kb-ladder__near")).to_have_count(0)
    expect(steps(desktop).nth(1)).to_contain_text("on shift then")
    expect(steps(desktop).nth(1)).not_to_contain_text("Мы получили ваше сообщение")


def test_an_hour_that_comes_twice_has_its_offset(opened: Callable[..., BrowserContext], desk: dict[str, str]):
    page = opened(timezone_id="Europe/Lisbon", locale="en-GB").new_page()
    page.clock.install(time=datetime.datetime(2026, 10, 25, 1, 10, tzinfo=datetime.UTC))  # 01:10 for the second time
    page.goto(desk["internal"] + PAGE)
    asked(page, severity="high")
    page.get_by_role("button", name="Just now").click()
    expect(now(page)).to_contain_text("until 01:25 (+00:00)")
    asked(page, at="2026-10-25T01:20")
    expect(page.locator(".kb-ladder__for")).to_have_text("The customer wrote at 01:20 (+01:00), 50 minutes ago.")


def test_in_russian(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + "ru/" + PAGE)
    asked(desktop, severity="high", at="2026-11-22T02:10")
    expect(now(desktop)).to_contain_text("До пн, 23 нояб., 10:00 решаете вы. Не на смене: Техническая поддержка.")
    expect(now(desktop)).to_contain_text("Мы получили ваше сообщение")
    # «1-я» stays in one piece on the screen, and is what one searches for in the ticket.
    expect(steps(desktop).nth(0)).to_contain_text("1\u2011я линия")
    desktop.locator("[data-kb-escalate-result]").get_by_role("button", name="Скопировать").click()
    expect(desktop.locator(".kb-ladder__copied")).not_to_be_empty()
    assert "(1-я линия)" in copied(desktop)
    desktop.goto(desk["internal"] + "ru/" + PAGE)
    expect(now(desktop)).to_contain_text("Обращение у вас (1\u2011я линия) до")


def test_on_a_phone_the_answer_is_on_the_first_screen(opened: Callable[..., BrowserContext], desk: dict[str, str]):
    for prefix in ("", "ru/"):
        page = opened(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, timezone_id="Europe/Madrid").new_page()
        page.clock.install(time=NOW)
        page.goto(desk["internal"] + prefix + PAGE)
        box = now(page).locator("p").first.bounding_box()
        assert box and box["y"] + box["height"] < 740, prefix
        links = page.locator(":is(.kb-rung, .kb-ladder) a[href^='tel:']")
        assert links.count() > 3
        assert min(link.evaluate("one => one.getBoundingClientRect().height") for link in links.all()) >= 44


def test_paper_has_times_that_stay_true(desktop: Page, desk: dict[str, str]):
    for path in (PAGE, RUNBOOK):
        desktop.goto(desk["internal"] + path)
        desktop.emulate_media(media="print")
        expect(desktop.locator(".kb-ladder__zone")).to_contain_text("High" if path == RUNBOOK else "Standard")
        expect(desktop.locator(".kb-ladder__zone")).to_be_visible()
        expect(now(desktop)).to_be_visible()
        for near in desktop.locator(".kb-ladder__near").all():
            expect(near).to_be_hidden()
        desktop.emulate_media(media="screen")


def test_the_card_of_a_runbook(desktop: Page, desk: dict[str, str]):
    seen = watch(desktop, desk)
    desktop.goto(desk["internal"] + RUNBOOK)
    card = desktop.locator("[data-kb-facts-now]")
    expect(now(card)).to_contain_text("You (Line 1) have it until 03:15")
    # Who comes next stands open, with a number to call: a runbook may say "at once".
    expect(now(card)).to_contain_text("at once where this page says so: Technical Support (Line 2)")
    expect(now(card).get_by_role("link", name="+351 555 0100")).to_be_visible()
    expect(card.locator(".kb-ladder__promises")).to_contain_text("03:15")
    expect(card.locator(".kb-ladder__step").first).to_be_hidden()
    card.get_by_text("Then whom, and until when").click()
    expect(card.locator(".kb-ladder__step").nth(1)).to_contain_text("Technical Support")
    desktop.locator("h1").click()
    desktop.clock.run_for(5 * 60_000)
    expect(card.locator(".kb-ladder__step").nth(1)).to_be_visible()  # what was opened stays open
    card.get_by_text("Another priority, plan or language").click()
    card.get_by_label("Plan").select_option("premium")
    expect(card.locator(".kb-ladder__promises")).to_contain_text("03:10")
    # Picked once: the handover has it too, and the other way round.
    expect(desktop.locator("#kb-case-plan")).to_have_value("premium")
    desktop.locator("#kb-case-priority").select_option("low")
    expect(card.get_by_label("Priority")).to_have_value("low")
    expect(card.locator(".kb-ladder__promises")).to_contain_text("07:05")
    assert seen.nothing(), seen


def test_the_clock_of_a_case_runs_out_and_survives_a_reload(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    card = desktop.locator("[data-kb-facts-now]")
    expect(card.locator(".kb-ladder__for")).to_contain_text("As if the customer wrote just now")
    expect(card.get_by_label("The customer wrote at")).to_be_visible()
    card.get_by_role("button", name="Just now").click()
    expect(card.get_by_label("The customer wrote at")).to_have_value("2026-11-22T03:00")
    desktop.locator("h1").click()
    desktop.clock.run_for(20 * 60_000)
    expect(card.locator(".kb-ladder__promises")).to_contain_text("03:15 overdue by 5 mins")
    desktop.reload()
    expect(card.get_by_label("The customer wrote at")).to_have_value("2026-11-22T03:00")
    expect(card.locator(".kb-ladder__promises")).to_contain_text("03:15 overdue by 5 mins")
    rows = dict(desktop.evaluate("() => window.kbLadder.handover()"))
    assert rows["The customer wrote at"] == "2026-11-22 03:00 (UTC+1)"
    assert rows["First answer by"] == "2026-11-22 03:15, overdue by 5 mins"
    assert rows["Who has it now"].startswith("Technical Support (Line 2): Pager, https://pager.lumenta.example/line-2")
    assert "Customer Support, Chat #line-1" in rows["Who has it now"]
    assert rows["Who is next"].startswith("Support leads: Phone +351 555 0101")


def test_the_next_case_starts_as_the_page_says(desktop: Page, desk: dict[str, str]):
    desktop.goto(desk["internal"] + RUNBOOK)
    facts, card = desktop.locator(".kb-facts"), desktop.locator("[data-kb-facts-now]")
    card.get_by_text("Another priority, plan or language").click()
    for label, value in (
        ("Priority", "medium"),
        ("Plan", "premium"),
        ("What it is about", "bug"),
        ("Customer’s language", "ru"),
        ("Channel", "email"),
    ):
        card.get_by_label(label, exact=True).select_option(value)
    card.get_by_label("The customer wrote at").fill("2026-11-22T02:00")
    # The card speaks of one priority, and says where it is not the page's own.
    expect(facts.locator(".kb-facts__severity:visible")).to_have_text("Priority: Medium One person is blocked.")
    expect(facts.locator("[data-kb-level-usual]")).to_have_text("Chosen for this case. Usual for this page: High.")
    expect(facts.locator(".kb-facts__times:visible")).to_contain_text("4 hours")
    desktop.evaluate("() => window.kbCase.clear()")
    for label, value in (
        ("Priority", "high"),
        ("Plan", "standard"),
        ("What it is about", "question"),
        ("Customer’s language", "en"),
        ("Channel", "chat"),
    ):
        expect(card.get_by_label(label, exact=True)).to_have_value(value)
    expect(card.get_by_label("The customer wrote at")).to_have_value("")
    expect(facts.locator(".kb-facts__severity:visible")).to_have_text("Priority: High Nobody can work.")
    expect(facts.locator("[data-kb-level-usual]")).to_be_empty()


@pytest.mark.parametrize("path", [PAGE, RUNBOOK, "desk/off-hours/"])
def test_whoever_decides_can_be_reached_without_scripts(opened: Callable[..., BrowserContext], desk: dict[str, str], path: str):
    page = opened(java_script_enabled=False, viewport={"width": 1280, "height": 800}).new_page()
    page.goto(desk["internal"] + path)
    told = page.locator(".kb-rung__decides").first
    assert " ".join((told.text_content() or "").split()) == "Decides meanwhile: Customer Support · Chat #line-1"


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
