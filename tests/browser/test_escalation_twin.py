"""The ladder in the browser is the ladder of Python: the same cases, and the same for requests that nobody thought of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "escalation"))
from escalation_cases import cases, data, expected, in_python, random_requests, short

from kbgen.escalation import tables
from kbgen.model.data import Data

pytestmark = pytest.mark.browser
DATA = data()
CLIMB = "([tables, requests]) => requests.map((request) => kbEscalation.climb(tables, request))"


@pytest.fixture(scope="module")
def script(browser: Browser, root: Path) -> Iterator[Page]:
    """An empty page with the script, in a browser far from UTC that speaks another language: neither may matter."""
    context = browser.new_context(timezone_id="Pacific/Chatham", locale="ar-EG")
    page = context.new_page()
    page.add_script_tag(content=(root / "theme" / "javascripts" / "escalation.js").read_text(encoding="utf-8"))
    yield page
    context.close()


def in_browser(page: Page, base: Data, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    climbed: list[dict[str, Any]] = page.evaluate(CLIMB, [tables(base, "en", "en"), requests])
    return climbed


def test_the_table_of_cases(script: Page):
    table = cases()
    climbed = in_browser(script, DATA, [case["request"] for case in table])
    assert [(case["name"], short(ladder)) for case, ladder in zip(table, climbed, strict=True)] == [
        (case["name"], expected(case)) for case in table
    ]


def test_random_requests(script: Page):
    requests = list(random_requests(DATA, seed=2026, number=600))
    climbed = in_browser(script, DATA, requests)
    differ = [request for request, ladder in zip(requests, climbed, strict=True) if ladder != in_python(DATA, request)]
    assert differ == []
    assert len({str(ladder) for ladder in climbed}) > 400, "the requests hardly differ"


STANDING = """([tables, requests]) => requests.map((request) => {
  const { steps } = kbEscalation.climb(tables, request);
  return steps.map((step, index) => {
    const arrives = index ? steps[index - 1].until : request.at;
    const asked = index ? request : { ...request, escalates_to: "" };
    return arrives ? kbEscalation.standing(tables, asked, step.tier, Date.parse(arrives)) : null;
  });
})"""


def test_a_tier_stands_at_a_moment_as_the_ladder_says_for_a_case_that_comes_then(script: Page):
    requests = list(random_requests(DATA, seed=11, number=300))
    found: list[list[Any]] = script.evaluate(STANDING, [tables(DATA, "en", "en"), requests])
    expected_steps = [in_python(DATA, request)["steps"] for request in requests]
    compared = 0
    for stands, steps in zip(found, expected_steps, strict=True):
        for stand, step in zip(stands, steps, strict=True):
            if stand:
                assert stand == step
                compared += 1
    assert compared > 600


def test_whoever_decides_is_reached_by_pager_while_nobody_of_them_is_there(script: Page):
    ask = "([tables, team, at]) => kbEscalation.reach(tables, team, Date.parse(at))"
    shown = tables(DATA, "en", "en")
    for name, team in shown["teams"].items():
        for at in ("2026-11-22T03:00:00Z", "2026-11-23T11:00:00Z"):
            reached = script.evaluate(ask, [shown, name, at])
            assert reached["contact"] in [*team["contacts"], None]
            if reached["on_shift"]:
                assert reached["contact"] == (team["contacts"] or [None])[0]
    assert script.evaluate(ask, [shown, "__proto__", "2026-11-22T03:00:00Z"]) is None


def test_data_that_lack_nearly_everything(script: Page):
    request = {"severity": "high", "plan": "premium", "at": "2026-11-22T03:00+03:00", "escalates_to": "constructor"}
    zone_of_nowhere = DATA.model_copy(
        update={"teams": tuple(team.model_copy(update={"hours": tuple(_moved(shift) for shift in team.hours)}) for team in DATA.teams)}
    )
    for base in (Data(), Data(tiers=DATA.tiers), Data(tiers=DATA.tiers, teams=DATA.teams), Data(sla=DATA.sla), zone_of_nowhere):
        asked = [request, {**request, "severity": "__proto__", "kind": "toString", "tier": 9}]
        assert in_browser(script, base, asked) == [in_python(base, one) for one in asked]


def test_the_horizon(script: Page):
    """A minute of work a week: 58 Mondays are within sight of the first, the 59th is not."""
    shift = {"days": ["mon"], "from": "09:00", "to": "09:01", "zone": "Europe/Lisbon"}
    request = {"severity": "high", "plan": "premium", "at": "2026-11-22T03:00+03:00"}
    ends = []
    for minutes in (1, 57, 58, 59):
        tier = {"id": "slow", "level": 1, "name": {"en": "Slow"}, "teams": ["slow"], "keeps": {"high": f"{minutes}m"}}
        base = Data.model_validate({"teams": [{"id": "slow", "name": {"en": "Slow"}, "hours": [shift]}], "tiers": [tier]})
        [ladder] = in_browser(script, base, [request])
        assert ladder == in_python(base, request)
        ends.append(ladder["steps"][0]["until"])
    assert ends == ["2026-11-23T09:01:00Z", "2027-12-20T09:01:00Z", "2027-12-27T09:01:00Z", None]


def _moved(shift: Any) -> Any:
    return shift.model_copy(update={"zone": "Mars/Olympus"})


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-22T03:00", "2026-11-22", "2026-13-40T03:00Z"])
def test_what_is_no_moment(script: Page, at: str):
    assert script.evaluate("([tables, at]) => kbEscalation.climb(tables, {at: at})", [tables(DATA, "en", "en"), at]) is None
