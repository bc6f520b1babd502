"""The ladder where the table of cases has no word for it."""

from __future__ import annotations

import datetime

import pytest
from escalation_cases import data, random_requests, request_of

from kbgen.escalation import Note, Request, climb, plain, start_tier, tables
from kbgen.escalation.ladder import contact_of
from kbgen.model.data import Data
from kbgen.model.support import Contact, Team

DATA = data()
AT = datetime.datetime(2026, 11, 18, 10, tzinfo=datetime.UTC)


def team(*contacts: dict[str, object]) -> Team:
    return Team(id="team", name={"en": "Team"}, contacts=tuple(Contact.model_validate(contact) for contact in contacts))


@pytest.mark.parametrize(
    ("contacts", "inside", "outside"),
    [
        ([], None, None),
        ([{"via": "chat", "active": False}], None, None),
        ([{"via": "chat"}, {"via": "email"}], "chat", "chat"),
        ([{"via": "chat", "active": False}, {"via": "email"}], "email", "email"),
        ([{"via": "chat"}, {"via": "phone", "reserve": "1"}], "chat", "phone"),
        ([{"via": "chat"}, {"via": "phone", "reserve": "1"}, {"via": "pager"}], "chat", "pager"),
        ([{"via": "phone", "reserve": "1"}, {"via": "tracker", "rota": "https://pager.example.com/"}], "phone", "tracker"),
        ([{"via": "chat"}, {"via": "pager", "active": False}], "chat", "chat"),
        ([{"via": "pager", "value": "1"}, {"via": "pager", "value": "2"}], "pager", "pager"),
    ],
)
def test_how_to_reach_a_team(contacts: list[dict[str, object]], inside: str | None, outside: str | None) -> None:
    found = [contact_of(team(*contacts), on_shift=on_shift) for on_shift in (True, False)]
    assert [contact.via if contact else None for contact in found] == [inside, outside]
    assert all(contact is None or contact.active for contact in found)


def test_the_level_where_it_starts() -> None:
    assert [tier.id if (tier := start_tier(DATA, level)) else "" for level in (1, 2, 3, 4)] == ["line-1", "line-2", "line-3", ""]
    without = DATA.model_copy(update={"tiers": tuple(tier for tier in DATA.tiers if tier.level != 2)})
    assert start_tier(without, 2) == DATA.tier("line-3")


def test_nothing_at_all() -> None:
    ladder = climb(Data(), Request("high", "premium", AT))
    assert (ladder.steps, ladder.channel, ladder.notes) == ((), "", (Note("no-tier"), Note("no-sla")))


def test_working_hours_that_nobody_works() -> None:
    teams = tuple(team.model_copy(update={"hours": ()}) for team in DATA.teams)
    ladder = climb(DATA.model_copy(update={"teams": teams}), Request("medium", "premium", AT))
    assert (ladder.first_answer, ladder.next_update, ladder.resolution) == (None, None, None)
    assert [note.kind for note in ladder.notes] == ["no-hours", "exit", "no-clock"]
    assert [(step.starts, step.until) for step in ladder.steps] == [(None, None)] * 4


def test_any_ladder_goes_forward_in_time_and_ends() -> None:
    for asked in random_requests(DATA, seed=7, number=300):
        request = request_of(asked)
        ladder = climb(DATA, request)
        assert len({step.tier for step in ladder.steps}) == len(ladder.steps)
        times = [moment for step in ladder.steps for moment in (step.starts, step.until) if moment is not None]
        assert times == sorted(times)
        assert all(moment >= request.at.replace(microsecond=0) for moment in times)
        assert sum(note.kind in {"exit", "no-exit", "loop", "no-tier"} for note in ladder.notes) == 1
        for step in ladder.steps:
            assert not (step.on_shift and (step.told or step.decides))


def test_names_in_the_language_of_the_reader_words_in_that_of_the_customer() -> None:
    made = tables(DATA, "ru", "en")
    assert made["teams"]["customer-support"]["name"] == "Клиентская поддержка"
    assert made["teams"]["americas"]["name"] == "Technical Support Americas", "the default language, where there is no other"
    assert "old-line" not in made["teams"], "nobody calls a team that is no more"
    assert [contact["via"] for contact in made["teams"]["customer-support"]["contacts"]] == ["chat", "phone"]
    sunday = Request("high", "premium", datetime.datetime(2026, 11, 22, 10, tzinfo=datetime.UTC), language="ru")
    assert plain(climb(DATA, sunday), "ru", "en")["steps"][0]["told"] == "Вернёмся в пять."
