"""Guides: walked with the keyboard alone to each outcome, with a way back; an outline without scripts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import watch

pytestmark = pytest.mark.browser

GUIDE = "account/cannot-sign-in/"
OUTCOMES = {
    "": [
        (["Too many attempts"], "resolved", "Wait 15 minutes and try again."),
        (["Wrong password", "Yes"], "article", "Set a new password"),
        (["Wrong password", "No"], "contact", "Write to us and tell us what the page says."),
    ],
    "ru/": [
        (["Слишком много попыток"], "resolved", "Подождите 15 минут и попробуйте снова."),
        (["Неверный пароль", "Да"], "article", "Задайте новый пароль"),
        (["Неверный пароль", "Нет"], "contact", "Напишите нам, что показывает страница."),
    ],
}
CASES = [(prefix, *case) for prefix, cases in OUTCOMES.items() for case in cases]


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.innerText.trim()"))


def choose(page: Page, answer: str) -> None:
    """Go to an answer with Tab, as nobody with a mouse would, and take it."""
    for _ in range(60):
        if focused(page) == answer:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {answer}")


@pytest.mark.parametrize("site", ["public", "internal"])
@pytest.mark.parametrize(("prefix", "answers", "kind", "say"), CASES)
def test_each_outcome_by_keyboard(page: Page, desk: dict[str, str], site: str, prefix: str, answers: list[str], kind: str, say: str):
    seen = watch(page, desk)
    page.goto(desk[site] + prefix + GUIDE)
    nodes = page.locator(".kb-guide__nodes > li:visible")
    expect(nodes).to_have_count(1)
    start = nodes.locator(".kb-guide__ask").inner_text()
    expect(page.locator(".kb-guide__ways button:visible")).to_have_count(0)  # there is nothing to go back to
    before = page.evaluate("() => history.length")
    for number, answer in enumerate(answers):
        choose(page, answer)
        expect(nodes).to_have_count(1)
        expect(page.locator(".kb-guide__path li")).to_have_count(number + 1)
        # The focus is on the new question, the next Tab in its answers.
        assert page.evaluate("() => document.activeElement.closest('.kb-guide__nodes > li:not([hidden])') !== null")
        expect(page.locator("[data-kb-status]")).not_to_be_empty()
    expect(nodes).to_have_attribute("data-kb-outcome", kind)
    expect(nodes).to_contain_text(say)
    assert page.evaluate("() => history.length") == before, "the browser's Back has to leave the page, not the question"
    back, again = page.locator(".kb-guide__ways button").all()
    back.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kb-guide__path li")).to_have_count(len(answers) - 1)
    choose(page, answers[-1])
    again.focus()
    page.keyboard.press("Space")
    expect(nodes.locator(".kb-guide__ask")).to_have_text(start)
    assert focused(page) == start
    assert seen.nothing(), seen


def test_an_outcome_leads_to_its_article_and_back(page: Page, desk: dict[str, str]):
    page.goto(desk["public"] + GUIDE)
    choose(page, "Wrong password")
    choose(page, "Yes")
    page.locator("[data-kb-outcome=article] .kb-guide__link a").press("Enter")
    page.wait_for_url("**/account/reset/")
    page.go_back()
    expect(page.locator(".kb-guide__outcome:visible")).to_contain_text("Set a new password")


def test_answers_travel_with_the_way_to_support(page: Page, desk: dict[str, str]):
    page.goto(desk["public"] + GUIDE)
    box = page.get_by_role("combobox").first
    box.click()
    box.press_sequentially("password")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".kb-guide").get_by_role("button", name="Wrong password").click()
    page.get_by_role("button", name="No", exact=True).click()
    link = page.locator("[data-kb-outcome=contact] a[data-kb-contact]")
    expect(link).to_be_visible()
    address = urlsplit(link.get_attribute("href") or "")
    assert (address.scheme, address.path) == ("mailto", "support@lumenta.example")
    told = parse_qs(address.query)
    assert told["subject"] == ["password"]
    lines = told["body"][0].strip().splitlines()
    assert lines == [
        "Article: KB-SIGN",
        "Language: en",
        "I searched for: password",
        "Answers: What does the page say? — Wrong password; Does it work in a private window? — No",
    ]
    assert "+" not in address.query  # mail programs would show it


def test_a_form_gets_them_in_its_address(page: Page, desk: dict[str, str]):
    url = desk["public"] + GUIDE

    def with_form(route: Route) -> None:
        answer = route.fetch()
        address = "https://form.lumenta.example/?a={article}&amp;l={language}&amp;q={query}&amp;g={answers}"
        body = answer.text().replace('data-kb-contact-url="mailto:support@lumenta.example"', f'data-kb-contact-url="{address}"')
        route.fulfill(response=answer, body=body)

    page.route(url, with_form)
    page.goto(url)
    page.get_by_role("button", name="Too many attempts").click()
    href = page.locator("a[data-kb-contact-url]").first.get_attribute("href") or ""
    assert unquote(href) == "https://form.lumenta.example/?a=KB-SIGN&l=en&q=&g=What does the page say? — Too many attempts"


def test_a_link_to_a_question_shows_it(page: Page, desk: dict[str, str]):
    page.goto(desk["public"] + GUIDE + "#guide-1-private")
    expect(page.locator(".kb-guide__nodes > li:visible")).to_have_attribute("id", "guide-1-private")


def test_without_scripts_it_is_an_outline(opened: Callable[..., BrowserContext], desk: dict[str, str]):
    page = opened(java_script_enabled=False).new_page()
    page.goto(desk["public"] + GUIDE)
    nodes = page.locator(".kb-guide__nodes > li")
    expect(nodes).to_have_count(5)
    for node in nodes.all():
        expect(node).to_be_visible()
    page.get_by_role("link", name="Too many attempts").click()
    assert page.url.endswith("#guide-1-wait")
    expect(page.locator("#guide-1-wait")).to_be_in_viewport()
    kinds = page.locator(".kb-guide__kind").all_inner_texts()
    assert all(kind.strip() for kind in kinds)
