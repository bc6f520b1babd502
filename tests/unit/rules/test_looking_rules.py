"""The rules that look for themselves."""

import dataclasses
import datetime

import pytest

from kbgen.freshness.assess import assess
from kbgen.model.article import Unreadable
from kbgen.model.finding import Place, Problem
from kbgen.model.review import Staleness, State
from kbgen.rules import (
    RULES,
    kb201_never_reviewed,
    kb202_overdue,
    kb203_reviewed_in_the_future,
    kb204_due_soon,
    kb502_heading_levels,
    kb503_no_text,
)

DAY = datetime.date(2026, 3, 1)
FRESHNESS = {kb201_never_reviewed: State.NEVER, kb202_overdue: State.OVERDUE, kb204_due_soon: State.DUE}
BELOW = {"KB401", "KB402", "KB403", "KB404", "KB501", "KB504", "KB505", "KB902"}
MET_BELOW = [rule for rule in RULES if (rule.CODE[2] in "013" and rule.CODE != "KB109") or rule.CODE in BELOW]


def found(rule, facts):
    return [(problem.place.line, problem.message) for problem in rule.check(facts)]


@pytest.mark.parametrize("rule", MET_BELOW, ids=lambda rule: rule.CODE)
def test_what_was_met_below_is_passed_on(rule, make_facts):
    mine = Problem(rule.CODE, Place("content/en/a.md", 3, 2), "something", "do something", ("public",))
    other = Problem("KB000", Place("content/en/a.md"), "something else", "")
    assert list(rule.check(make_facts(problems=(other, mine)))) == [mine]
    assert list(rule.check(make_facts(projected=(mine, other)))) == [mine]


def test_facts_hold_the_problems_of_unreadable_files(make_facts, make_article):
    problem = Problem("KB001", Place("content/en/a.md"), "no UTF-8", "")
    facts = make_facts(make_article("Text"))
    corpus = type(facts.corpus)((), (Unreadable(make_article("x").source, "en", "a.md", "a/", (problem,)),), {})
    assert list(RULES[0].check(dataclasses.replace(facts, corpus=corpus))) == [problem]


@pytest.mark.parametrize(("rule", "state"), FRESHNESS.items(), ids=lambda value: getattr(value, "CODE", str(value)))
def test_each_state_has_one_rule(rule, state, make_facts, make_article):
    article = make_article("Text")
    for other in State:
        facts = make_facts(staleness=(Staleness(article, other, DAY, ()),))
        assert bool(found(rule, facts)) is (other is state)


def test_overdue_is_shown_at_the_key(make_facts, make_article):
    article = make_article("Text", header="title: T\nlast_reviewed: 2025-01-01\naudience: public")
    assert found(kb202_overdue, make_facts(staleness=(Staleness(article, State.OVERDUE, DAY, ()),))) == [
        (3, "the review of the article is overdue; it was due on 2026-03-01")
    ]


def test_overdue_is_shown_at_the_mapped_key(make_facts, make_article):
    article = make_article("last_reviewed: in the text", header="title: T\nms.date: 2025-01-01\naudience: public")
    facts = make_facts(staleness=(Staleness(article, State.DUE, DAY, ()),), front_matter={"map": {"last_reviewed": "ms.date"}})
    assert found(kb204_due_soon, facts) == [(3, "the review of the article is due on 2026-03-01")]


@pytest.mark.parametrize(
    ("reviewed", "future"),
    [("2026-02-28", False), ("2026-03-01", False), ("2026-03-02", True), ("9999-12-31", True), ("0001-01-01", False), (None, False)],
)
@pytest.mark.parametrize("every", ["1d", "6m", "100y"])
def test_reviewed_in_the_future(reviewed, every, future, make_facts, make_article):
    header = f"title: T\nlast_reviewed: {reviewed}"
    article = make_article("Text", header=header, last_reviewed=reviewed and datetime.date.fromisoformat(reviewed), review_every=every)
    facts = make_facts()
    staleness = assess((article,), facts.settings, DAY)
    message = f"the article was reviewed on {reviewed}, which is yet to come"
    assert found(kb203_reviewed_in_the_future, make_facts(staleness=staleness)) == ([(3, message)] if future else [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## A\n\n### B\n\n## C\n", []),
        ("Text\n\n# A\n", [(7, "the heading 'A' makes a second title")]),
        ("### A\n", [(5, "the heading 'A' is of level 3, after level 1")]),
        ("## A\n\n#### **B** `c` [d](e.md)\n", [(7, "the heading 'B c d' is of level 4, after level 2")]),
        ("```\n# no heading\n```\n\n# no heading\n", [(9, "the heading 'no heading' makes a second title")]),
        ("Intro\n\nA\n=\n\nText\n", [(7, "the heading 'A' makes a second title")]),
        ("> # A\n", [(5, "the heading 'A' makes a second title")]),
        ("## A\n\n# A\n\n## A\n\n# A\n", [(7, "the heading 'A' makes a second title"), (11, "the heading 'A' makes a second title")]),
        ("<h4>A</h4>\n", [(5, "the heading 'A' is of level 4, after level 1")]),
    ],
)
def test_heading_levels(body, expected, make_facts, make_article):
    assert found(kb502_heading_levels, make_facts(make_article(body))) == expected


def test_a_level_may_be_missing_only_without_the_internal_blocks(make_facts, make_article):
    article = make_article("## A\n\n### B\n\n#### C\n", "## A\n\n#### C\n")
    assert found(kb502_heading_levels, make_facts(article)) == [(9, "the heading 'C' is of level 4, after level 2")]


@pytest.mark.parametrize("body", ["", "\n\n", "## A\n\n### B\n", "<!-- later -->\n"])
def test_no_text(body, make_facts, make_article):
    assert found(kb503_no_text, make_facts(make_article(body))) == [(5, "the article has no text")]


@pytest.mark.parametrize("body", ["Text", "## A\n\nText\n", "![](a.png)", "- item"])
def test_some_text(body, make_facts, make_article):
    assert found(kb503_no_text, make_facts(make_article(body))) == []


def test_all_text_internal(make_facts, make_article):
    article = make_article("Secret", "")
    (problem,) = kb503_no_text.check(make_facts(article))
    assert problem.sites == ("public",)
    assert problem.message == "all of its text is internal: its page is empty for everybody else"


def test_an_internal_article_has_no_page_that_could_be_empty(make_facts, make_article):
    assert found(kb503_no_text, make_facts(make_article("Secret", "", audience="internal"))) == []


def test_index_pages_need_no_text(make_facts, make_article):
    assert found(kb503_no_text, make_facts(make_article("", path="billing/index.md"))) == []
