"""The week of a tier as bars: when somebody of it is on shift, by the clock of one city.

Cities change their clocks on different days, so a bar can only be right for one week. It is drawn for a week of January; the hours in
words beside it hold all year.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from kbgen.escalation.clocks import runs, zone_of
from kbgen.escalation.ladder import active_teams
from kbgen.model.data import Data
from kbgen.model.support import Shift, Tier
from kbgen.staging.phrases import city, day_names, unbroken
from kbgen.staging.scene import Scene

DAY = 24 * 60
_MONDAY = datetime.datetime(2026, 1, 5)  # noqa: DTZ001 - gets the zone later
_MINUTE = datetime.timedelta(minutes=1)


def week(scene: Scene) -> dict[str, Any] | None:
    """The weeks of all tiers; None where no team has hours."""
    shifts = {tier.id: _shifts(scene.data, tier) for tier in scene.data.tiers}
    zones = list(dict.fromkeys(shift.zone for each in shifts.values() for shift in each if zone_of(shift.zone)))
    if not zones:
        return None
    zone = ZoneInfo(zones[0])
    names = day_names(scene.language)
    rows = []
    for tier in scene.data.tiers:
        if not active_teams(scene.data, tier):
            continue
        bars = _by_day(_minutes(shifts[tier.id], zone))
        covered = sum(stop - start for day in bars for start, stop in day)
        rows.append(
            {
                "name": unbroken(scene.text(tier.name)),
                "days": [
                    {
                        "name": name,
                        "bars": [{"x": start, "width": stop - start} for start, stop in day],
                        "text": ", ".join(f"{_clock(start)}–{_clock(stop)}" for start, stop in day) or scene.word("coverage.nobody"),
                        "whole": day == [(0, DAY)],
                    }
                    for name, day in zip(names, bars, strict=True)
                ],
                "hours": scene.word("coverage.hours").replace("{count}", str(round(covered / 60))),
                "always": covered == 7 * DAY,
            }
        )
    return {"city": city(zones[0], scene.language), "mixed": len(zones) > 1, "days": list(names), "rows": rows}


def _shifts(data: Data, tier: Tier) -> list[Shift]:
    return [shift for team in active_teams(data, tier) for shift in team.hours]


def _minutes(shifts: Sequence[Shift], zone: ZoneInfo) -> list[tuple[int, int]]:
    """When the shifts take place, in minutes of that week, by the zone's clock."""
    start = _MONDAY.replace(tzinfo=zone).astimezone(datetime.UTC)
    return [((begin - start) // _MINUTE, (stop - start) // _MINUTE) for begin, stop in runs(shifts, start, start + 7 * DAY * _MINUTE)]


def _by_day(spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    days: list[list[tuple[int, int]]] = []
    for number in range(7):
        begin = number * DAY
        cut = [(max(start - begin, 0), min(stop - begin, DAY)) for start, stop in spans]
        days.append([(start, stop) for start, stop in cut if start < stop])
    return days


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
