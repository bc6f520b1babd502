"""Hours of the week nobody covers, over a year with its changes of the clocks."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest
from escalation_cases import data

from kbgen.escalation import plan_gaps, tier_gaps
from kbgen.escalation.coverage import WEEK, gaps, listed
from kbgen.model.data import Data
from kbgen.model.support import Shift

DAY = datetime.date(2026, 11, 22)
DATA = data()
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def shift(start: str, end: str, zone: str = "UTC", days: tuple[str, ...] = WORKDAYS) -> Shift:
    return Shift.model_validate({"days": days, "from": start, "to": end, "zone": zone})


def told(*shifts: Shift) -> list[str]:
    return [str(gap) for gap in gaps(shifts, 2026)]


def of_tier(name: str) -> list[str]:
    tier = DATA.tier(name)
    assert tier
    return [str(gap) for gap in tier_gaps(DATA, tier, DAY)]


def test_all_and_nothing() -> None:
    always = shift("00:00", "24:00", days=(*WORKDAYS, "sat", "sun"))
    assert told(always) == []
    assert told(always, shift("09:00", "18:00")) == []
    assert told() == ["at any hour of the week"]
    assert told(shift("09:00", "18:00", "Mars/Olympus")) == ["at any hour of the week"]


def test_days_and_nights() -> None:
    assert told(shift("00:00", "24:00")) == ["Sat 00:00–Sun 24:00 UTC"]
    assert told(shift("00:00", "24:00", days=("mon", "tue", "wed", "thu", "fri", "sun"))) == ["Sat 00:00–24:00 UTC"]
    assert told(shift("06:00", "24:00", days=(*WORKDAYS, "sat", "sun")))[0] == "Mon 00:00–06:00 UTC"
    assert told(shift("06:00", "22:00", days=("sat", "sun")), shift("00:00", "24:00")) == [
        "Sat 00:00–06:00 UTC",
        "Sat 22:00–Sun 06:00 UTC",
        "Sun 22:00–24:00 UTC",
    ]


def test_gaps_at_the_same_hours_are_told_together() -> None:
    assert listed(gaps([shift("09:00", "18:00")], 2026)) == "Mon–Thu 18:00–09:00 UTC, Fri 18:00–Mon 09:00 UTC"
    assert listed(gaps([shift("06:00", "24:00", days=(*WORKDAYS, "sat", "sun"))], 2026)) == "every day 00:00–06:00 UTC"
    assert listed(gaps([shift("00:00", "24:00"), shift("06:00", "24:00", days=("sat", "sun"))], 2026)) == "Sat, Sun 00:00–06:00 UTC"
    assert listed(gaps([shift("00:00", "24:00", days=("mon", "wed", "thu", "fri", "sat", "sun"))], 2026)) == "Tue 00:00–24:00 UTC"
    assert listed(()) == ""


def test_a_gap_over_sunday_night_is_one() -> None:
    found = gaps([shift("08:00", "24:00", days=("mon",)), shift("00:00", "24:00", days=("tue", "wed", "thu", "fri", "sat"))], 2026)
    assert [str(gap) for gap in found] == ["Sun 00:00–Mon 08:00 UTC"]
    assert (found[0].start, found[0].end, found[0].whole) == (6 * 1440, WEEK + 480, True)
    monday_first = gaps([shift("08:00", "24:00", days=("mon",)), shift("00:00", "24:00", days=("tue", "wed", "thu", "fri", "sat"))], 2024)
    assert monday_first[0].first == datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)


def test_summer_time_moves_a_gap_and_both_places_count() -> None:
    """17:00 to 09:00 in Lisbon leaves 09:00 to 17:00 UTC in winter, 08:00 to 16:00 in summer."""
    assert of_tier("line-1") == ["Sat 08:00–17:00 UTC", "Sun 08:00–17:00 UTC"]


def test_weeks_between_two_changes() -> None:
    """Who hands over to whom changes with the clocks of one of them only."""
    rest = shift("00:00", "24:00", days=("tue", "wed", "thu", "fri", "sat", "sun"))
    evening = shift("07:00", "24:00", "America/Sao_Paulo", ("mon",))  # from 10:00 UTC all year
    assert told(rest, evening, shift("00:00", "12:00", "Europe/Berlin", ("mon",))) == []  # to 11:00 UTC in winter, to 10:00 in summer
    assert told(rest, evening, shift("00:00", "11:00", "Europe/Berlin", ("mon",))) == [
        "Mon 09:00–10:00 UTC (in 30 weeks of the year, first on 2026-03-30)"
    ]
    new_york = shift("08:00", "24:00", "America/New_York", ("mon",))  # from 13:00 UTC in winter, from 12:00 in summer
    berlin = shift("00:00", "14:00", "Europe/Berlin", ("mon",))  # to 13:00 UTC in winter, to 12:00 in summer
    assert told(rest, berlin, new_york) == []
    assert told(rest, shift("00:00", "12:00", "UTC", ("mon",)), new_york) == [
        "Mon 12:00–13:00 UTC (in 18 weeks of the year, first on 2026-01-05)"
    ]


def test_against_the_clock_on_the_wall() -> None:
    """Each quarter of an hour of a year, from UTC to local time."""
    found = tier_gaps(DATA, next(tier for tier in DATA.tiers if tier.id == "line-2"), DAY)
    free = set[int]()
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    while moment.year == 2026:
        berlin, new_york = (moment.astimezone(zoneinfo.ZoneInfo(zone)) for zone in ("Europe/Berlin", "America/New_York"))
        works = (berlin.weekday() < 5 and 10 <= berlin.hour < 19) or (new_york.weekday() < 5 and 9 <= new_york.hour < 17)
        if not works:
            free.add((moment.weekday() * 1440 + moment.hour * 60 + moment.minute) % WEEK)
        moment += datetime.timedelta(minutes=15)
    assert {minute % WEEK for gap in found for minute in range(gap.start, gap.end, 15)} == free


def test_a_plan_that_promises_something_around_the_clock() -> None:
    assert [str(gap) for gap in plan_gaps(DATA, "premium", DAY)] == ["Sat 08:00–17:00 UTC", "Sun 08:00–17:00 UTC"]
    assert plan_gaps(DATA, "standard", DAY) == ()
    assert plan_gaps(DATA, "nobody-sells-it", DAY) == ()
    assert plan_gaps(Data(), "premium", DAY) == ()


@pytest.mark.parametrize("year", [1970, 2024, 2026, 2040, 2100])
def test_any_year(year: int) -> None:
    assert [str(gap) for gap in gaps([shift("00:00", "24:00")], year)] == ["Sat 00:00–Sun 24:00 UTC"]
