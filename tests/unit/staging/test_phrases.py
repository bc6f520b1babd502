"""Data as words."""

from __future__ import annotations

import pytest
from made_articles import DATA, SETTINGS

from kbgen.engines.words import strings
from kbgen.model.plan import Edition, SitePlan
from kbgen.model.support import Shift
from kbgen.staging.phrases import address, city, days, deciding, hours, minutes_in_words, span, unbroken
from kbgen.staging.scene import Scene

WEEK = ("mon", "tue", "wed", "thu", "fri")


def scene(language: str) -> Scene:
    plan = SitePlan(Edition("internal", language, ""), {}, frozenset(), (), {}, {})
    return Scene(plan, {language: plan}, SETTINGS, DATA, {}, strings(language), {language: {}})


def shift(start: str, end: str, *on: str, zone: str = "Europe/Lisbon") -> Shift:
    return Shift.model_validate({"from": start, "to": end, "zone": zone, **({"days": on} if on else {})})


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("1m", "en", "1 minute"),
        ("15m", "ru", "15 минут"),
        ("4h", "en", "4 hours"),
        ("2d", "ru", "2 дня"),
        ("2d", "xx", "2 d"),
        ("not promised", "en", "not promised"),
    ],
)
def test_spans(text: str, language: str, words: str) -> None:
    assert span(text, language) == words


def test_minutes_in_the_largest_units() -> None:
    assert [minutes_in_words(count, "en") for count in (0, 45, 60, 95, 1440, 3600)] == [
        "0 minutes",
        "45 minutes",
        "1 hour",
        "1 hour 35 minutes",
        "1 day",
        "2 days 12 hours",
    ]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (WEEK, "Mon–Fri"),
        (("sat", "sun"), "Sat, Sun"),
        (("fri", "mon", "tue", "wed"), "Mon–Wed, Fri"),
        (("tue",), "Tue"),
    ],
)
def test_days_that_follow_each_other_are_a_range(names: tuple[str, ...], words: str) -> None:
    assert days(names, "en") == words


def test_working_hours() -> None:
    english = scene("en")
    assert (
        hours(english, [shift("09:00", "18:00", *WEEK), shift("10:00", "14:00", "sat")]) == "Mon–Fri 09:00–18:00; Sat 10:00–14:00 (Lisbon)"
    )
    assert hours(english, [shift("07:00", "15:00"), shift("15:00", "23:00")]) == "every day 07:00–15:00, 15:00–23:00 (Lisbon)"
    two = [shift("09:00", "18:00", *WEEK), shift("08:00", "20:00", zone="Pacific/Auckland")]
    assert hours(english, two) == "Mon–Fri 09:00–18:00 (Lisbon); every day 08:00–20:00 (Auckland)"
    assert hours(english, [shift("00:00", "24:00")]) == hours(english, [shift("09:00", "09:00")]) == "around the clock"
    assert hours(english, [shift("00:00", "24:00", "sat", "sun")]) == "Sat, Sun all day (Lisbon)"
    assert hours(scene("ru"), [shift("09:00", "18:00", *WEEK)]) == "пн–пт 09:00–18:00 (Лиссабон)"
    assert hours(english, []) == ""


def test_a_zone_nobody_knows_is_told_as_it_is() -> None:
    assert [city(zone, "en") for zone in ("Mars/Olympus", "localtime", "UTC")] == ["Mars/Olympus", "localtime", "UTC"]


@pytest.mark.parametrize(
    ("value", "href"),
    [
        ("+1-202-555-0100", "tel:+12025550100"),
        ("help@acorn.example", "mailto:help@acorn.example"),
        ("https://chat.acorn.example/x", "https://chat.acorn.example/x"),
        ("#duty", ""),
        ("@duty", ""),
        ("room 12", ""),
        ("12-34", ""),
        ("a@b.example?cc=x", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_where_a_contact_leads(value: str, href: str) -> None:
    assert address(value) == href


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("1-я линия", "1\N{NON-BREAKING HYPHEN}я линия"),
        ("Поддержка (2-Я линия)", "Поддержка (2\N{NON-BREAKING HYPHEN}Я линия)"),
        ("line-2", "line-2"),
        ("+1-202-555", "+1-202-555"),
    ],
)
def test_ordinals_stay_in_one_piece(name: str, shown: str) -> None:
    assert unbroken(name) == shown


def test_a_team_that_decides_and_has_no_way_or_is_not_known() -> None:
    assert deciding(scene("en"), "nobody") == {"name": "nobody", "way": None}
