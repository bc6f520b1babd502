"""Shifts against an independent reckoning: minute by minute, from UTC to the clock on the wall, where the code goes the other way."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.escalation.clocks import HORIZON, after_work, next_on, on_shift, runs, zone_at, zone_of
from kbgen.model.support import DAYS, Shift

UTC = datetime.UTC
MINUTE = datetime.timedelta(minutes=1)
# Edges of shifts keep clear of 00:00 to 04:00, the hours at which clocks change; what happens then is in the table of cases.
TIMES = [f"{hour:02}:{minute:02}" for hour in range(4, 24) for minute in (0, 30, 59)]
ZONES = [
    "Europe/Lisbon",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Australia/Adelaide",
    "Pacific/Kiritimati",
    "UTC",
]
shifts = st.builds(
    lambda days, start, end, zone: Shift.model_validate({"days": sorted(days, key=DAYS.index), "from": start, "to": end, "zone": zone}),
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.sampled_from(TIMES),
    st.sampled_from([*TIMES, "24:00"]),
    st.sampled_from(ZONES),
)
moments = st.one_of(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: at("2026-01-01T00:00") + minutes * MINUTE),
    st.integers(0, 3 * 24 * 60).map(lambda minutes: at("2026-03-27T00:00") + minutes * MINUTE),
    st.integers(0, 10 * 24 * 60).map(lambda minutes: at("2026-10-23T00:00") + minutes * MINUTE),
)


def shift(start: str, end: str, zone: str = "UTC", days: tuple[str, ...] = DAYS) -> Shift:
    return Shift.model_validate({"days": days, "from": start, "to": end, "zone": zone})


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text + "Z")


def works(one: Shift, moment: datetime.datetime) -> bool:
    """By the clock on the wall alone."""
    local = moment.astimezone(zoneinfo.ZoneInfo(one.zone))
    now, today, yesterday = f"{local:%H:%M}", DAYS[local.weekday()], DAYS[local.weekday() - 1]
    if one.end > one.start:
        return today in one.days and one.start <= now < one.end
    return (today in one.days and now >= one.start) or (yesterday in one.days and now < one.end)


@given(st.lists(shifts, min_size=1, max_size=3), moments)
def test_on_shift_as_the_clock_on_the_wall_says(some: list[Shift], moment: datetime.datetime) -> None:
    assert on_shift(some, moment) == any(works(one, moment) for one in some)


@given(st.lists(shifts, min_size=1, max_size=3), moments, st.integers(1, 2000))
def test_minutes_of_work_counted_one_by_one(some: list[Shift], moment: datetime.datetime, minutes: int) -> None:
    now, left, start = moment, minutes, None
    while left and now < moment + datetime.timedelta(days=6):
        if any(works(one, now) for one in some):
            start = start or now
            left -= 1
        now += MINUTE
    if start:
        assert next_on(some, moment) == start
    if not left:
        assert after_work(some, moment, minutes) == now
    else:
        found = after_work(some, moment, minutes)
        assert found is None or found > now


@given(st.lists(shifts, max_size=3), moments, st.integers(1, 30 * 24 * 60))
def test_stretches_are_in_order_and_do_not_touch(some: list[Shift], start: datetime.datetime, length: int) -> None:
    end = start + length * MINUTE
    found = runs(some, start, end)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    assert all(start <= edge <= end for edge in edges)


def test_nobody_nowhere_never() -> None:
    now = at("2026-11-22T00:00")
    for none in (
        (),
        (shift("09:00", "18:00", days=()),),
        (shift("09:00", "18:00", "Mars/Olympus"),),
        (shift("09:00", "18:00", "localtime"),),
    ):
        assert not on_shift(none, now)
        assert next_on(none, now) is None
        assert after_work(none, now, 1) is None
    assert zone_at([shift("09:00", "18:00", "Mars/Olympus")], now) == ""


def test_the_horizon() -> None:
    weekly = [shift("09:00", "09:01", days=("mon",))]
    now = at("2026-11-22T00:00")
    weeks = HORIZON // datetime.timedelta(weeks=1)
    assert after_work(weekly, now, weeks) == at("2026-11-23T09:01") + (weeks - 1) * datetime.timedelta(weeks=1)
    assert after_work(weekly, now, weeks + 1) is None
    assert after_work([shift("00:00", "24:00")], now, 400 * 24 * 60) == now + HORIZON
    assert after_work([shift("00:00", "24:00")], now, 400 * 24 * 60 + 1) is None


@pytest.mark.parametrize(
    ("start", "end", "moment", "on"),
    [
        ("09:00", "09:00", "2026-11-24T08:59", True),  # a whole day
        ("09:00", "09:00", "2026-11-24T09:00", False),
        ("00:00", "00:00", "2026-11-23T12:00", True),
        ("00:00", "24:00", "2026-11-23T23:59", True),
        ("00:00", "24:00", "2026-11-24T00:00", False),
        ("24:00", "06:00", "2026-11-24T03:00", True),  # Monday's 24:00 is Tuesday's midnight
        ("24:00", "06:00", "2026-11-23T03:00", False),
        ("22:00", "24:00", "2026-11-23T23:59", True),
    ],
)
def test_midnight(start: str, end: str, moment: str, on: bool) -> None:
    assert on_shift([shift(start, end, days=("mon",))], at(moment)) is on


@pytest.mark.parametrize(
    "name", ["", "..", "Europe", "Europe/", "Europe/Nowhere", "/etc/passwd", "../x", "localtime", "posixrules", "A/../B"]
)
def test_no_zone(name: str) -> None:
    assert zone_of(name) is None


@pytest.mark.parametrize("name", ["UTC", "Europe/Lisbon", "America/Argentina/Buenos_Aires", "Etc/GMT+3"])
def test_zone(name: str) -> None:
    assert zone_of(name) is not None


def test_the_ends_of_the_world() -> None:
    """Eleven hours behind UTC and fourteen ahead of it: a day there lies on three days of UTC."""
    behind, ahead = shift("23:00", "22:00", "Pacific/Pago_Pago", ("mon",)), shift("00:00", "06:00", "Pacific/Kiritimati", ("wed",))
    assert runs([behind], at("2026-11-20T00:00"), at("2026-11-27T00:00")) == [(at("2026-11-24T10:00"), at("2026-11-25T09:00"))]
    assert on_shift([behind], at("2026-11-25T08:59"))
    assert runs([ahead], at("2026-11-20T00:00"), at("2026-11-27T00:00")) == [(at("2026-11-24T10:00"), at("2026-11-24T16:00"))]
    assert on_shift([ahead], at("2026-11-24T10:00"))


def test_the_zone_of_a_team_is_that_of_whoever_works() -> None:
    some = [shift("09:00", "17:00", "Europe/Lisbon"), shift("09:00", "17:00", "Asia/Kolkata")]
    assert zone_at(some, at("2026-11-23T10:00")) == "Europe/Lisbon"
    assert zone_at(some, at("2026-11-23T05:00")) == "Asia/Kolkata"
    assert zone_at(some, at("2026-11-23T20:00")) == "Europe/Lisbon"
