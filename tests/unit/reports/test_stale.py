"""The staleness report as text and as JSON."""

import json
import re
from datetime import date

import pytest

from kbgen.freshness.assess import assess, summarise
from kbgen.model.article import Article, Outline, Rendering, SourceFile
from kbgen.model.meta import Meta
from kbgen.model.settings import Settings
from kbgen.reports import stale_json as json_module
from kbgen.reports.stale_json import stale_json
from kbgen.reports.stale_text import stale_text

EMPTY = Rendering("", "", "", Outline())
TODAY = date(2026, 10, 1)
SETTINGS = Settings(sites={"public": {"name": "x", "audience": "public"}}, review={"every": "90d", "due_within": 14})


def article(path, reviewed, owner, area, audience="public"):
    meta = Meta(title="Secret plans of the team", audience=audience, owner=owner, product_area=area, last_reviewed=reviewed)
    return Article(f"KB-{len(path)}", SourceFile(f"content/{path}", b""), path[:2], path[3:], "", meta, 1, EMPTY, EMPTY)


@pytest.fixture
def items():
    articles = [
        article("en/account/reset-password.md", date(2026, 9, 20), "customer-support", "account"),
        article("en/billing/refund.md", date(2026, 7, 1), "customer-accounting", "billing"),
        article("en/incidents/mass-incident.md", date(2025, 1, 15), "duty-engineers", "incidents", "internal"),
        article("en/setup/first-project.md", date(2026, 7, 10), "customer-support", "setup"),
        article("en/setup/numbers.md", date(2026, 7, 3), "customer-support", "setup"),
        article("en/welcome.md", None, "", "general"),
        article("ru/billing/возврат.md", date(2026, 7, 1), "customer-accounting", "billing"),
        article("ru/setup/first\x1b[2J.md", date(2027, 1, 1), "customer-support", "setup"),
        article("ru/team/roles.md", None, "support-leads", "team", "internal"),
    ]
    return assess(articles, SETTINGS, TODAY)


def test_text(items, golden):
    golden("stale.txt", stale_text(items, summarise(items), TODAY))


def test_json(items, golden):
    golden("stale.json", stale_json(items, summarise(items), TODAY))


@pytest.mark.parametrize("report", [stale_text, stale_json])
def test_order_of_the_articles_does_not_matter(items, report):
    assert report(items, summarise(items), TODAY) == report(items[::-1], summarise(items[::-1]), TODAY)


@pytest.mark.parametrize("report", [stale_text, stale_json])
def test_titles_are_not_told(items, report):
    assert "Secret" not in report(items, summarise(items), TODAY)


@pytest.mark.parametrize("report", [stale_text, stale_json])
def test_nothing_from_outside_reaches_the_terminal_raw(report):
    items = assess([article("en/a\x1b[2J\u202e.md", None, "own\x07er", "area\u2028")], SETTINGS, TODAY)
    text = report(items, summarise(items), TODAY)
    assert "\x1b" not in text
    assert "\x07" not in text
    if report is stale_text:
        assert all(character.isprintable() or character == "\n" for character in text)


def test_nothing_to_do():
    items = assess([article("en/a.md", TODAY, "x", "y")], SETTINGS, TODAY)
    expected = "Reviews on 2026-10-01: 0 overdue, 0 never reviewed, 0 due, 1 fresh\n\nNothing to review.\n"
    assert stale_text(items, summarise(items), TODAY) == expected


def test_no_articles():
    assert stale_text((), summarise(()), TODAY).endswith("Nothing to review.\n")
    assert json.loads(stale_json((), summarise(()), TODAY))["articles"] == []


def test_every_key_is_documented(items):
    """The table in the module's docstring is the manual: it names exactly the keys there are."""
    report = json.loads(stale_json(items, summarise(items), TODAY))
    keys = {key for key in report if key not in {"summary", "articles"}}
    keys |= {f"summary.{key}" for key in report["summary"]} | {f"articles[].{key}" for key in report["articles"][0]}
    documented = set(re.findall(r"^``([^`]+)``", json_module.__doc__, flags=re.M))
    assert documented == keys | {"articles[]"}
    assert set(report["summary"]["states"]) == {"fresh", "due", "overdue", "never"}
