"""What of the data beside the articles must not occur in a site, and what of it may because it is too plain or said in public."""

from __future__ import annotations

import datetime

import pytest
from made_articles import SETTINGS, article, corpus

from kbgen.audiences.canaries import RUN, Canaries, canaries, origins_of
from kbgen.audiences.data_canaries import candidates, data_texts
from kbgen.audiences.words import hashes, words
from kbgen.model.article import Article
from kbgen.model.data import Data, ProductArea
from kbgen.model.support import Alert, Channel, Closed, Contact, Plan, Release, Team, Tier, Tracker
from kbgen.sites.gate import leaks_in

TOLD = "Until nine in the morning nobody pays back more than fifty at once"
OURS = "Only for resellers who signed the paper with the blue lion on it"
OPEN = "Free for everybody who ever opened an account with us on any day"
EN = {"en": "X"}
DATA = Data(
    areas=(
        ProductArea(id="billing", name={"en": "Billing"}, summary={"en": "Money and all that has to do with it in eight words"}),
        ProductArea(id="team", name={"en": "Team"}, summary={"en": "What we do all day long when nobody of them looks"}),
    ),
    teams=(
        Team(
            id="qa",
            name={"en": "QA"},
            contact="leads@acorn.example",
            contacts=(
                Contact(via="phone", value="+1-202-555-0110", reserve="(202) 555 0111"),
                Contact(via="chat", value="#support-line-2"),
                Contact(via="chat", value="#duty"),
                Contact(via="tracker", value="BUGS"),
                Contact(via="pager", rota="https://pager.acorn.example/rota/qa"),
                Contact(via="phone", value="4711"),
            ),
        ),
    ),
    plans=(Plan(id="std", name=EN, summary={"en": OPEN}, audience="public"), Plan(id="own", name=EN, summary={"en": OURS})),
    channels=(
        Channel(id="mail", name=EN, address="mailto:help@acorn.example", audience="public"),
        Channel(id="room", name=EN, address="https://meet.acorn.example/x7"),
        Channel(id="phone", name=EN, address="tel:+1-202-555-0100", audience="public"),
    ),
    tiers=(Tier(id="one", level=1, name=EN, teams=("qa",), closed=Closed(told={"en": TOLD}, decides="qa")),),
    releases=(Release(id="2026.11", date=datetime.date(2026, 11, 10), changed=EN),),
    alerts=(Alert(id="report-latency-p95"), Alert(id="AuthServiceDown"), Alert(id="burst")),
    trackers=(Tracker(id="bugs", name=EN, takes="bug", url="https://jira.acorn.example/new!x.jspa?s={summary}"),),
)


def made(*articles: Article, site: str = "public", areas: tuple[str, ...] = ("billing",)) -> Canaries:
    return canaries(corpus(*articles), SETTINGS, site, data=data_texts(DATA, SETTINGS, site, areas))


def runs_of(text: str, found: Canaries) -> int:
    return sum(run in found.runs for run in hashes([found.numbers.get(word, 0) for word in words(text)], RUN))


def kinds(text: str, found: Canaries) -> set[str]:
    return {leak.kind for leak in leaks_in("page/index.html", f"<p>{text}</p>".encode(), found)}


def test_texts_of_entries_for_others_are_canaries_of_the_wider_site_only():
    for text in (TOLD, OURS, DATA.areas[1].summary["en"]):
        assert runs_of(text, made()) == len(words(text)) - RUN + 1
        assert not runs_of(text, made(site="internal"))


def test_texts_of_entries_for_everybody_are_none():
    found = made()
    assert not runs_of(OPEN, found)
    assert not runs_of(DATA.areas[0].summary["en"], found)
    assert runs_of(DATA.areas[0].summary["en"], made(areas=()))


def test_a_text_that_a_public_article_holds_is_none():
    assert not runs_of(TOLD, made(article("en/billing/a.md", TOLD)))


@pytest.mark.parametrize(
    "text",
    [
        "Call +1-202-555-0110.",
        "Call +1 (202) 555 01 10 now",
        '<a href="tel:+12025550110">us</a>',
        "2025550111",
        "or 202.555.0111, or",
        "write to Leads@Acorn.example.",
        '<a href="mailto:leads%40acorn.example">x</a>',
        '<a href="https://pager.acorn.example/rota/qa">x</a>',
        "pager.acorn.example/rota/qa",
        "https://meet.acorn.example/x7",
        "https://jira.acorn.example/new!x.jspa?s=y",
    ],
)
def test_ways_to_reach_somebody_are_found_however_short_and_written(text: str):
    assert "contact" in kinds(text, made())
    assert not kinds(text, made(site="internal"))


@pytest.mark.parametrize("text", ["in #support-line-2 at once", "support-line-2", "the alert Report-latency-p95", "r/AuthServiceDown/"])
def test_names_that_are_more_than_a_word_are_found(text: str):
    assert kinds(text, made()) == {"name"}


@pytest.mark.parametrize(
    "text",
    [
        "QA is on duty",
        "#duty",
        "bugs and a burst of them",
        "one std own room",
        "4711",
        "help@acorn.example",
        "+1-202-555-0100",
        "support line 2",
        "support-line-22",
        "1-202-555-011",
        "2026.11",
    ],
)
def test_plain_words_and_what_is_public_are_not(text: str):
    assert not kinds(text, made())


@pytest.mark.parametrize(
    "text", ["(1) 202 555-0110", "pager.acorn.example/rota/qa", "#support-line-2", "report-latency-p95", "leads@acorn.example"]
)
def test_what_a_public_article_says_is_none(text: str):
    assert kinds(text, made())
    assert not kinds(text, made(article("en/billing/a.md", f"Here: {text}, that is all.")))
    assert kinds(text, made(article("en/billing/a.md", f"Here: {text}, that is all.", audience="internal")))


def test_the_file_of_a_leak_is_told():
    found = made()
    assert origins_of("until nine in the morning nobody pays back", corpus(), found.data) == ("_data/escalation.yml",)
    assert origins_of("leads@acorn.example", corpus(), found.data) == ("_data/teams.yml",)


def test_they_are_part_of_the_digest_and_nothing_of_them_is_printed():
    found = made()
    assert found.digest() != canaries(corpus(), SETTINGS, "public").digest()
    printed = repr((found, data_texts(DATA, SETTINGS, "public", ()), candidates(data_texts(DATA, SETTINGS, "public", ()))))
    assert not any(secret in printed for secret in ("leads", "0110", "nobody pays", "latency"))
