"""Shifts on the clock: who is on shift at a moment, when somebody comes on, when some minutes of work are over.

A shift starts on each of its days at ``from`` and ends at ``to``, by the clock on the wall of its zone; one that does not end later than
it starts ends on the next day, so ``09:00`` to ``09:00`` is a whole day. It holds its first moment and not its last. Where the clock on
the wall is put forward or back, its times are read as :pep:`495` reads them with ``fold=0``:

- a time that the clock skips counts with the offset before the change: where it goes from 02:00 to 03:00, a shift from ``02:30`` starts
  at 03:30 of the new time; a shift that would so end before it starts does not take place that day;
- a time that comes twice is the first one: a shift to ``02:30`` ends when that is first shown, one from ``02:30`` starts then.

A shift across the change is an hour shorter or longer in real time, as it is for whoever works it. A shift in an unknown zone never
takes place. Nothing is looked for further than :data:`HORIZON` after the moment asked about.
"""

from __future__ import annotations

import datetime
import functools
import re
import zoneinfo
from collections.abc import Iterable, Iterator

from kbgen.model.support import DAYS, Shift

HORIZON = datetime.timedelta(days=400)
"""How far ahead somebody's coming on shift, or the end of some minutes of work, is looked for."""

Span = tuple[datetime.datetime, datetime.datetime]
"""A stretch of time in UTC: with its first moment, without its last."""

_UTC = datetime.UTC
_DAY = datetime.timedelta(days=1)
_CHUNK = datetime.timedelta(days=8)
# Names such as 'localtime' or 'posixrules' mean something else on every machine.
_ZONE = re.compile(r"UTC|GMT|[A-Z][A-Za-z_]*(?:/[A-Za-z0-9_+-]+)+")


@functools.lru_cache(maxsize=256)
def zone_of(name: str) -> zoneinfo.ZoneInfo | None:
    """The time zone of this name, or None."""
    if not _ZONE.fullmatch(name):
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # KeyError: ZoneInfoNotFoundError; OSError: the name of a folder of zones
        return None


def runs(shifts: Iterable[Shift], start: datetime.datetime, end: datetime.datetime) -> list[Span]:
    """When at least one of the shifts takes place between two moments: stretches that do not touch, in order."""
    found = sorted(
        (max(begin, start), min(stop, end))
        for shift in shifts
        for begin, stop in _places(shift, start, end)
        if begin < end and stop > start
    )
    merged: list[Span] = []
    for begin, stop in found:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((begin, stop))
    return merged


def on_shift(shifts: Iterable[Shift], at: datetime.datetime) -> bool:
    """Whether one of the shifts takes place at this moment."""
    return bool(runs(shifts, at, at + datetime.timedelta(microseconds=1)))


def next_on(shifts: Iterable[Shift], at: datetime.datetime) -> datetime.datetime | None:
    """The first moment from ``at`` on at which one of the shifts takes place, or None where that is beyond the horizon."""
    return next((begin for begin, _ in _ahead(tuple(shifts), at)), None)


def after_work(shifts: Iterable[Shift], at: datetime.datetime, minutes: int) -> datetime.datetime | None:
    """The moment at which this many minutes have passed in which one of the shifts took place; None where that is beyond the horizon."""
    left = datetime.timedelta(minutes=minutes)
    for begin, stop in _ahead(tuple(shifts), at):
        if stop - begin >= left:
            return begin + left
        left -= stop - begin
    return None


def zone_at(shifts: Iterable[Shift], at: datetime.datetime) -> str:
    """The zone in which a team works at this moment, else that of its first shift, else ``""``."""
    listed = [shift for shift in shifts if zone_of(shift.zone)]
    return next((shift.zone for shift in listed if on_shift((shift,), at)), listed[0].zone if listed else "")


def _ahead(shifts: tuple[Shift, ...], at: datetime.datetime) -> Iterator[Span]:
    """When shifts take place from ``at`` to the horizon, week by week, so that nobody reckons a year to find the next morning."""
    start, limit = at.astimezone(_UTC), at.astimezone(_UTC) + HORIZON
    while shifts and start < limit:
        end = min(start + _CHUNK, limit)
        yield from runs(shifts, start, end)
        start = end


def _places(shift: Shift, start: datetime.datetime, end: datetime.datetime) -> Iterator[Span]:
    """Each time the shift takes place around a stretch of time, and some before and after it."""
    zone = zone_of(shift.zone)
    if zone is None:
        return
    begins, ends = _minute_of_day(shift.start), _minute_of_day(shift.end)
    if ends <= begins:
        ends += 24 * 60
    # A shift reaches at most two days beyond the day on which it starts, and zones differ from UTC by less than a day.
    day, last = start.date() - 3 * _DAY, end.date() + _DAY
    while day <= last:
        if DAYS[day.weekday()] in shift.days:
            begin, stop = _moment(day, begins, zone), _moment(day, ends, zone)
            if begin < stop:
                yield begin, stop
        day += _DAY


def _minute_of_day(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def _moment(day: datetime.date, minute: int, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
    """The moment at which the clock on the wall shows this minute after the day's midnight; a minute of the next day is one of that day."""
    days, minute = divmod(minute, 24 * 60)
    time = datetime.time(minute // 60, minute % 60)
    return datetime.datetime.combine(day + days * _DAY, time, zone).astimezone(_UTC)
