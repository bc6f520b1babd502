"""The hours of the week in which nobody of a tier is on shift, over a whole year, so that no change of the clocks is missed.

A gap is told in UTC, from Monday 00:00. Hours that are uncovered in some weeks only (where one zone has changed its clocks and another has
not yet) belong to the gap, too; it then says in how many weeks they are, and in which first.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable
from dataclasses import dataclass

from kbgen.escalation.clocks import Span, runs
from kbgen.escalation.ladder import start_tier
from kbgen.escalation.promises import line_hours
from kbgen.model.data import Data
from kbgen.model.support import NOT_PROMISED, Shift, Sla, Tier

WEEK = 7 * 24 * 60
"""Minutes of a week."""

_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MINUTE = datetime.timedelta(minutes=1)
_WEEK = datetime.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the week in which nobody is on shift.

    Attributes:
        start: minutes from Monday 00:00 UTC.
        end: likewise; beyond :data:`WEEK` where the stretch goes on into Monday.
        weeks: in how many weeks of the year there is such a moment.
        whole: whether that is so in every week that lies in the year as a whole.
        first: the first moment of the year at which it is.
    """

    start: int
    end: int
    weeks: int
    whole: bool
    first: datetime.datetime

    def __str__(self) -> str:
        """The gap for people: ``Sat 22:00–Sun 06:00 UTC``."""
        return listed((self,))


def tier_gaps(data: Data, tier: Tier, day: datetime.date) -> tuple[Gap, ...]:
    """When nobody of a tier is on shift, in the year of a day; in the order of the week."""
    return gaps(line_hours(data, tier), day.year)


def plan_gaps(data: Data, plan: str, day: datetime.date) -> tuple[Gap, ...]:
    """When nobody of line 1 is on shift although the plan's SLA promises something around the clock."""
    line = start_tier(data, 1)
    if line is None or not any(promises_always(sla) for sla in data.sla if sla.plan == plan):
        return ()
    return tier_gaps(data, line, day)


def promises_something(sla: Sla) -> bool:
    """Whether anything is promised."""
    return {sla.first_answer, sla.next_update, sla.resolution} != {NOT_PROMISED}


def promises_always(sla: Sla) -> bool:
    """Whether something is promised whose clock never stops."""
    return sla.clock == "always" and promises_something(sla)


def gaps(shifts: Iterable[Shift], year: int) -> tuple[Gap, ...]:
    """When none of the shifts takes place."""
    return _gaps(tuple(dict.fromkeys(shifts)), year)


@functools.lru_cache(maxsize=64)  # rules and pages ask again and again about the same shifts
def _gaps(shifts: tuple[Shift, ...], year: int) -> tuple[Gap, ...]:
    start, end = (datetime.datetime(number, 1, 1, tzinfo=datetime.UTC) for number in (year, year + 1))
    monday = start - datetime.timedelta(days=start.weekday())
    free = _between(runs(shifts, start, end), start, end)
    pieces = [piece for span in free for piece in _by_week(span, monday)]
    joined: list[tuple[int, int]] = []
    for begin, stop in sorted({(begin, stop) for _, begin, stop in pieces}):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((begin, stop))
    if len(joined) > 1 and joined[0][0] == 0 and joined[-1][1] == WEEK:
        joined = [*joined[1:-1], (joined[-1][0], WEEK + joined[0][1])]
    full = range(0 if monday == start else 1, (end - monday) // _WEEK)
    return tuple(_gap(begin, stop, pieces, monday, full) for begin, stop in joined)


def _gap(start: int, end: int, pieces: list[tuple[int, int, int]], monday: datetime.datetime, full: range) -> Gap:
    # A piece on Monday morning may belong to a gap that starts on Sunday.
    inside = [(week, begin) for week, begin, _ in pieces if start <= begin < end or begin + WEEK < end]
    weeks = {week for week, _ in inside}
    week, begin = min(inside)
    return Gap(start, end, len(weeks), weeks >= set(full), monday + week * _WEEK + begin * _MINUTE)


def _between(covered: list[Span], start: datetime.datetime, end: datetime.datetime) -> list[Span]:
    """What lies between stretches."""
    edges = [start, *(edge for span in covered for edge in span), end]
    return [(begin, stop) for begin, stop in zip(edges[::2], edges[1::2], strict=True) if begin < stop]


def _by_week(span: Span, monday: datetime.datetime) -> list[tuple[int, int, int]]:
    """A stretch cut at Mondays: the week's number and minutes of that week."""
    start, end = ((moment - monday) // _MINUTE for moment in span)
    return [(week, max(start - week * WEEK, 0), min(end - week * WEEK, WEEK)) for week in range(start // WEEK, (end - 1) // WEEK + 1)]


def listed(some: Iterable[Gap]) -> str:
    """Gaps for people, those at the same hours of several days together: ``Mon–Thu 18:00–09:00, Fri 18:00–Mon 09:00 UTC``."""
    groups: dict[tuple[int, int, int], list[Gap]] = {}
    for gap in some:
        groups.setdefault((gap.start % 1440, gap.end - gap.start, 0 if gap.whole else gap.weeks), []).append(gap)
    return ", ".join(_told(group) for group in groups.values())


def _told(group: list[Gap]) -> str:
    """Gaps at the same hours. Midnight belongs to the day that ends."""
    gap, days = group[0], [gap.start // 1440 for gap in group]
    last, end = divmod(gap.end - 1, 1440)
    goes_on = "" if gap.end - gap.start <= 1440 and (len(days) > 1 or last == days[0]) else f"{_NAMES[last % 7]} "
    hours = f"{_clock(gap.start % 1440)}–{goes_on}{_clock(end + 1)}"
    text = "at any hour of the week" if gap.end - gap.start >= WEEK else f"{_days(days)} {hours} UTC"
    if gap.whole:
        return text
    weeks = "1 week" if gap.weeks == 1 else f"{gap.weeks} weeks"
    return f"{text} (in {weeks} of the year, first on {gap.first.date().isoformat()})"


def _days(days: list[int]) -> str:
    if len(days) == 7:
        return "every day"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{_NAMES[days[0]]}–{_NAMES[days[-1]]}"
    return ", ".join(_NAMES[day] for day in days)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
