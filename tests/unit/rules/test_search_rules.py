"""The rules that ask the search: KB601 to KB603, with a search that answers what the test says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.model.article import Article
from kbgen.model.plan import Edition, Page, Projection, SitePlan
from kbgen.model.ports import Facts, Standing
from kbgen.rules import kb601_question_not_found as not_found
from kbgen.rules import kb602_question_with_a_slip as slips
from kbgen.rules import kb603_old_title_not_found as old_titles
from kbgen.rules import questions
from kbgen.search.forms import ENGLISH, RUSSIAN, Forms
from kbgen.search.spelling import one_slip_apart, other_layout

QUESTION = "How do I get a refund?"
HEADER = f"title: T\naudience: public\nquestions:\n  - {QUESTION}"
FIRST, GONE = Standing(1, ()), Standing(0, ())
FOURTH = Standing(4, ("a/", "b/", "contact/"))
BEHIND = "behind content/en/billing/a.md, content/en/billing/b.md and the page contact/"


@dataclass
class Answers:
    """Site and query → standing; ``titles`` and ``live`` standings of the built sites; what was asked."""

    standings: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    live: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def standing(self, plan: SitePlan, query: str, address: str) -> Standing:
        self.asked.append((plan.edition.site, query))
        return self.standings.get((plan.edition.site, query), FIRST)

    def live_title(self, plan: SitePlan, address: str) -> str:
        return self.titles.get((plan.edition.site, address), "")

    def live_standing(self, plan: SitePlan, query: str, address: str) -> Standing:
        return self.live.get((plan.edition.site, query), FIRST)


@pytest.fixture
def facts(make_article: Callable[..., Article], make_facts: Callable[..., Facts]) -> Callable[..., Facts]:
    """Two sites that show an article with this question and two others; the search answers as told."""

    def make(
        answers: Answers | None,
        *asks: str,
        header: str = HEADER,
        sites: tuple[str, ...] = ("public", "internal"),
        text: str = "Text.",
        keywords: tuple[str, ...] = (),
    ) -> Facts:
        article = make_article(text, header=header, questions=asks or (QUESTION,), keywords=keywords)
        others = {f"{name}/": make_article("Text.", path=f"billing/{name}.md") for name in "ab"}
        pages = {each: Page(one, one.full, ()) for each, one in {"billing/refund/": article, **others}.items()}
        plans = tuple(SitePlan(Edition(site, "en", ""), pages, frozenset(), (), {}, {}) for site in sites)
        return replace(make_facts(article), projection=Projection(plans, ()), searches=answers)

    return make


def test_nobody_to_ask(facts: Callable[..., Facts]) -> None:
    assert list(not_found.check(facts(None))) == list(slips.check(facts(None))) == list(old_titles.check(facts(None))) == []


@pytest.mark.parametrize("place", [1, 2, 3])
def test_the_first_three_are_found(facts: Callable[..., Facts], place: int) -> None:
    standings = {(site, QUESTION): Standing(place, ("a/", "b/")[: place - 1]) for site in ("public", "internal")}
    assert list(not_found.check(facts(Answers(standings)))) == []


def test_the_place_and_those_before_are_named_once_for_both_sites(facts: Callable[..., Facts]) -> None:
    [problem] = not_found.check(facts(Answers({("public", QUESTION): FOURTH, ("internal", QUESTION): FOURTH})))
    assert problem.message == (f"asked '{QUESTION}', the search of public and internal shows this article only in place 4, {BEHIND}")
    assert (str(problem.place), problem.sites) == ("content/en/billing/refund.md:5:5", ("public", "internal"))
    assert problem.hint.startswith("leave the question to one of them")


def test_each_site_by_itself_where_they_differ(facts: Callable[..., Facts]) -> None:
    said = [
        problem.message.partition("the search of ")[2]
        for problem in not_found.check(facts(Answers({("public", QUESTION): GONE, ("internal", QUESTION): Standing(0, ("a/",))})))
    ]
    assert said == ["public finds nothing", "internal does not find this article, but content/en/billing/a.md"]


def test_the_old_title_is_offered(facts: Callable[..., Facts]) -> None:
    answers = Answers({("public", QUESTION): FOURTH}, {("public", "billing/refund/"): "Get a refund"})
    [problem] = not_found.check(facts(answers))
    assert problem.hint == "its title was 'Get a refund' before: add that to keywords:"


@pytest.mark.parametrize("title", ["", "T"])
def test_no_title_is_offered_that_is_no_other(facts: Callable[..., Facts], title: str) -> None:
    [problem] = not_found.check(facts(Answers({("public", QUESTION): FOURTH}, {("public", "billing/refund/"): title})))
    assert "its title" not in problem.hint


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("title: T\nquestions:\n  - Another?\n  - How do I get a refund?", (5, 5)),
        ('title: T\nquestions: ["How do I get a refund?"]', (3, 14)),
        ("title: How do I get a refund?\nquestions:\n  - >-\n    How do I get\n    a refund?", (3, 1)),
        ("title: T", (1, 1)),
    ],
)
def test_the_line_of_the_question(facts: Callable[..., Facts], header: str, line: tuple[int, int]) -> None:
    [problem] = not_found.check(facts(Answers({("public", QUESTION): FOURTH}), header=header))
    assert (problem.place.line, problem.place.column) == line


def test_too_many_questions_are_sampled_the_same_way_each_time(facts: Callable[..., Facts]) -> None:
    asks = [f"Question {number}?" for number in range(50)]
    first, again, fewer = Answers(), Answers(), Answers()
    list(questions.asked(facts(first, *asks), first, 10))
    list(questions.asked(facts(again, *reversed(asks)), again, 10))
    assert {query for _, query in first.asked} == {query for _, query in again.asked}
    assert len({query for _, query in first.asked}) == 10
    list(questions.asked(facts(fewer, *asks), fewer, 9))
    assert {query for _, query in fewer.asked} < {query for _, query in first.asked}


# slips

INFLECTED = "How do I get a refunds?"


def test_a_slip_a_form_and_the_other_layout_are_tried(facts: Callable[..., Facts]) -> None:
    answers = Answers()
    assert list(slips.check(facts(answers, sites=("public",), text="Refunds take a day."))) == []
    assert [query for _, query in answers.asked] == [QUESTION, slips.with_slip(QUESTION), INFLECTED, other_layout(QUESTION)]


def test_what_a_slip_costs_is_said(facts: Callable[..., Facts]) -> None:
    slip, layout = slips.with_slip(QUESTION), other_layout(QUESTION)
    answers = Answers(
        {
            ("public", slip): FOURTH,
            ("internal", slip): FOURTH,
            ("public", layout): Standing(0, FOURTH.before),
            ("internal", INFLECTED): FOURTH,
        }
    )
    fourth = f"shows this article only in place 4, {BEHIND}"
    assert [problem.message for problem in slips.check(facts(answers, text="Refunds take a day."))] == [
        f"asked '{QUESTION}' with a slip ('{slip}'), the search of public and internal {fourth}",
        f"asked '{QUESTION}' on the other layout ('{layout}'), the search of public does not find this article, but {BEHIND[7:]}",
        f"asked '{QUESTION}' with a word in another form ('{INFLECTED}'), the search of internal {fourth}",
    ]


def test_what_is_not_found_anyway_is_not_said_twice(facts: Callable[..., Facts]) -> None:
    answers = Answers({("public", QUESTION): FOURTH, ("public", slips.with_slip(QUESTION)): GONE})
    assert list(slips.check(facts(answers, sites=("public",)))) == []
    assert [query for _, query in answers.asked] == [QUESTION]


def test_only_a_sample_is_tried(facts: Callable[..., Facts]) -> None:
    answers = Answers()
    list(slips.check(facts(answers, *(f"How many reports number {number}?" for number in range(100)), sites=("public",))))
    assert len(answers.asked) == 3 * slips.SAMPLE


@pytest.mark.parametrize("question", ["", "Why?", "На что?", "1234567?", "aaaaaa", "😀😀😀😀😀😀"])
def test_no_word_is_long_enough_for_a_slip(question: str) -> None:
    assert slips.with_slip(question) == ""


@given(st.text("refundоплатаё ?", max_size=40))
def test_a_slip_swaps_two_neighbours_in_one_word(question: str) -> None:
    slip = slips.with_slip(question)
    assert not slip or (one_slip_apart(question.lower(), slip.lower()) and sorted(question) == sorted(slip))


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Как отменить оплату?", "Об оплате и оплатах", {"Как отменить оплате?", "Как отменить оплатах?"}),
        ("Где Отчёт?", "В отчётах", {"Где отчетах?"}),
        ("Where are my invoices, please?", "An invoice is invoiced", {"Where are my invoice, please?", "Where are my invoiced, please?"}),
        ("Where are my invoices?", "Pay all invoices", {""}),
        ("Как быть?", "Быть тому", {""}),
    ],
)
def test_one_word_takes_another_form_that_is_in_use(question: str, text: str, expected: set[str]) -> None:
    assert slips.in_another_form(question, [Forms(RUSSIAN, [text]), Forms(ENGLISH, [text])]) in expected


# old titles

OLD = "Get a refund"
CALLED = {("public", "billing/refund/"): OLD, ("internal", "billing/refund/"): OLD}


def test_an_old_title_that_finds_its_article_is_nothing_to_speak_of(facts: Callable[..., Facts]) -> None:
    answers = Answers({("public", OLD): Standing(3, ("a/", "b/"))}, CALLED)
    assert list(old_titles.check(facts(answers))) == []
    assert answers.asked == [("public", OLD), ("internal", OLD)]


def test_an_old_title_that_is_lost_is_said_once_for_both_sites(facts: Callable[..., Facts]) -> None:
    [problem] = old_titles.check(facts(Answers({("public", OLD): FOURTH, ("internal", OLD): FOURTH}, CALLED)))
    assert problem.message == (
        f"its title was '{OLD}' before; asked that, the search of public and internal shows this article only in place 4, {BEHIND}"
    )
    assert (problem.hint, problem.sites) == (f"add '{OLD}' to keywords:", ("public", "internal"))
    assert str(problem.place) == "content/en/billing/refund.md:2:1"


def test_each_site_knows_its_own_old_title(facts: Callable[..., Facts]) -> None:
    called = {("public", "billing/refund/"): OLD, ("internal", "billing/refund/"): "Money"}
    problems = list(old_titles.check(facts(Answers({(site, title): GONE for (site, _), title in called.items()}, called))))
    assert [(problem.sites, problem.message.split("'")[1]) for problem in problems] == [(("public",), OLD), (("internal",), "Money")]


def test_what_did_not_find_it_before_is_not_lost(facts: Callable[..., Facts]) -> None:
    answers = Answers({("public", OLD): FOURTH, ("internal", OLD): FOURTH}, CALLED, {("public", OLD): FOURTH, ("internal", OLD): GONE})
    assert list(old_titles.check(facts(answers))) == []


@pytest.mark.parametrize("title", ["", "T"])
def test_nothing_is_asked_where_the_title_is_the_same(facts: Callable[..., Facts], title: str) -> None:
    answers = Answers({("public", title): GONE}, {("public", "billing/refund/"): title})
    assert list(old_titles.check(facts(answers))) == []
    assert answers.asked == []


def test_a_keyword_that_is_there_is_not_offered(facts: Callable[..., Facts]) -> None:
    facts_of = facts(Answers({("public", OLD): FOURTH}, CALLED), keywords=("get a REFUND",))
    [problem] = old_titles.check(facts_of)
    assert problem.hint == "it stands in keywords: already; look whether this article and those in front say the same"
