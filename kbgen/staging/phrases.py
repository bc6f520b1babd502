"""Data as a reader's words: days, spans of time, working hours, ways to reach a team."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_day_names, get_timezone_location
from babel.units import format_unit

from kbgen.escalation.clocks import zone_of
from kbgen.model.support import DAYS, NOT_PROMISED, Contact, Shift, Team
from kbgen.staging.scene import Scene

_SPAN = re.compile(r"(\d+)([mhd])")
_UNITS = {"m": "minute", "h": "hour", "d": "day"}
_SIZES = (("d", 24 * 60), ("h", 60), ("m", 1))
_ORDINAL = re.compile(r"(\d)-(?=[а-яё])", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s().-]{5,}")


def locale_of(language: str) -> Locale | None:
    """How a language writes days and numbers; None where nobody knows."""
    # Plain "en" would be written the American way.
    try:
        return Locale.parse("en-GB" if language == "en" else language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def day(date: datetime.date, language: str) -> str:
    """A day in words, e.g. ``1 October 2026``; in digits where nobody knows how the language writes days."""
    locale = locale_of(language)
    return format_date(date, format="long", locale=locale) if locale else date.isoformat()


def span(text: str, language: str) -> str:
    """A span such as ``15m`` in words: ``15 minutes``. Anything else is told as it is."""
    found = _SPAN.fullmatch(text)
    return _amount(int(found[1]), found[2], language) if found else text


def minutes_in_words(count: int, language: str) -> str:
    """Minutes in words, in as large units as they fill: ``1 hour 15 minutes``."""
    parts = []
    for unit, size in _SIZES:
        amount, count = divmod(count, size)
        if amount:
            parts.append(_amount(amount, unit, language))
    return " ".join(parts) or _amount(0, "m", language)


def _amount(count: int, unit: str, language: str) -> str:
    locale = locale_of(language)
    words = format_unit(count, f"duration-{_UNITS[unit]}", "long", locale=locale) if locale else ""
    return words if words and "duration-" not in words else f"{count} {unit}"  # a language without these words


def promise(scene: Scene, text: str) -> str:
    """A promise of the SLA in words."""
    return scene.word("sla.none") if text == NOT_PROMISED else span(text, scene.language)


def hours(scene: Scene, shifts: Iterable[Shift]) -> str:
    """Working hours in words: ``Mon–Fri 09:00–18:00; Sat 10:00–14:00 (Lisbon)``."""
    by_zone: dict[str, dict[str, list[str]]] = {}
    for shift in shifts:
        whole = shift.start == shift.end or (shift.start, shift.end) == ("00:00", "24:00")
        daily = frozenset(shift.days) == frozenset(DAYS)
        if whole and daily:
            return scene.word("hours.always")
        named = scene.word("hours.daily") if daily else days(shift.days, scene.language)
        time = scene.word("hours.allday") if whole else f"{shift.start}–{shift.end}"
        by_zone.setdefault(shift.zone, {}).setdefault(named, []).append(time)
    zones = ((zone, "; ".join(f"{named} {', '.join(times)}" for named, times in found.items())) for zone, found in by_zone.items())
    return "; ".join(f"{told} ({city(zone, scene.language)})" for zone, told in zones)


def days(names: Sequence[str], language: str) -> str:
    """Days of the week, those that follow each other as a range: ``Mon–Fri``."""
    known = day_names(language)
    numbers = sorted({DAYS.index(day) for day in DAYS if day in names})
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(known[run[0]] if len(run) == 1 else f"{known[run[0]]}{'–' if len(run) > 2 else ', '}{known[run[-1]]}" for run in runs)


def day_names(language: str) -> tuple[str, ...]:
    """Monday to Sunday, short."""
    locale = locale_of(language)
    if locale is None:
        return DAYS
    names = get_day_names("abbreviated", "stand-alone", locale)
    return tuple(names[number] for number in range(7))


def city(zone: str, language: str) -> str:
    """A time zone by its city, as people call it: ``Lisbon``."""
    locale = locale_of(language)
    if locale is None or zone_of(zone) is None:
        return zone
    if zone in {"UTC", "Etc/UTC"}:
        return "UTC"
    return str(get_timezone_location(zone, locale=locale, return_city=True))


def unbroken(text: str) -> str:
    """A name with its ordinals in one piece: «1-я» may not break at its hyphen."""
    return _ORDINAL.sub("\\1\N{NON-BREAKING HYPHEN}", text)


def deciding(scene: Scene, team_id: str) -> dict[str, Any]:
    """Who decides while nobody else is there: the name, and the first way to reach them; None where they have none."""
    found = scene.data.team(team_id)
    ways = [way for way in found.contacts if way.active] if found else []
    return {"name": unbroken(scene.team_name(team_id)), "way": contact(scene, ways[0]) if ways else None}


def team(scene: Scene, one: Team) -> dict[str, Any]:
    """A team to call: name, hours, languages, and its contacts that work."""
    return {
        "id": one.id,
        "name": unbroken(scene.text(one.name)),
        "hours": hours(scene, one.hours),
        "languages": [code.upper() for code in one.languages],
        "contacts": [contact(scene, way) for way in one.contacts if way.active],
    }


def contact(scene: Scene, way: Contact) -> dict[str, str]:
    """A way to reach a team: what it is called, the address, and where a click leads."""
    channel = scene.data.channel(way.via)
    label = scene.word(f"via.{way.via}") or (scene.text(channel.name) if channel else way.via)
    return {
        "label": label,
        "value": way.value,
        "href": address(way.value),
        "rota": way.rota,
        "reserve": way.reserve,
        "call": address(way.reserve),
    }


def address(value: str) -> str:
    """Where a click on a contact leads: a mail program, the telephone, a page; ``""`` for the name of a room and the like."""
    if value.startswith(("https://", "http://", "mailto:", "tel:")):
        return value
    if "@" in value and not re.search(r"[\s,;?&]", value) and not value.startswith("@"):
        return f"mailto:{value}"
    return f"tel:{re.sub(r'[^+0-9]', '', value)}" if _PHONE.fullmatch(value) and sum(c.isdigit() for c in value) > 4 else ""
