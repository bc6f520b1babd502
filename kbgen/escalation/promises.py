"""What the SLA promises for a case, as moments.

The first entry for the plan, the severity and the channel holds. Its clock runs always, or in the hours of line 1: while a team of the
first tier of the first level is on shift. The first answer and the solution count from the customer's message; the next update counts
from the moment by which there is a first answer, and from the message where no first answer is promised.

Requests in a channel that is not written are not counted. Without a channel the first written one is meant.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from kbgen.escalation.clocks import after_work
from kbgen.model.data import Data
from kbgen.model.support import Shift, Sla, Tier, minutes

Moment = datetime.datetime | None
Clock = Callable[[datetime.datetime, int], Moment]


@dataclass(frozen=True, slots=True)
class Promised:
    """The moments by which something was promised, None where it was not; notes as kind and id (:class:`kbgen.escalation.ladder.Note`)."""

    channel: str
    first_answer: Moment = None
    next_update: Moment = None
    resolution: Moment = None
    notes: tuple[tuple[str, str], ...] = ()


def cell(data: Data, plan: str, severity: str, channel: str) -> Sla | None:
    """What the SLA says for a plan, a severity and a channel, or None."""
    return next((sla for sla in data.sla if sla.plan == plan and sla.severity == severity and channel in sla.channels), None)


def line_hours(data: Data, line: Tier | None) -> tuple[Shift, ...]:
    """The shifts of a tier's active teams."""
    teams = [data.team(name) for name in line.teams] if line else []
    return tuple(shift for team in teams if team is not None and team.active for shift in team.hours)


def promised(data: Data, plan: str, severity: str, channel: str, at: datetime.datetime, line: Tier | None) -> Promised:
    """What is promised to a customer who wrote at a moment, in UTC. ``line`` is the tier whose hours count."""
    name = channel or next((one.id for one in data.channels if one.written), "")
    known = data.channel(name)
    if known is not None and not known.written:
        return Promised(name, notes=(("not-written", name),))
    sla = cell(data, plan, severity, name)
    if sla is None:
        return Promised(name, notes=(("no-sla", ""),))
    late: list[str] = []
    clock = _clock(data, sla, line)

    def due(promise: str, since: datetime.datetime) -> Moment:
        span = minutes(promise)
        moment = None if span is None else clock(since, span)
        if span is not None and moment is None:
            late.append(promise)
        return moment

    answer = due(sla.first_answer, at)
    # An answer that was promised for a moment nobody can name leaves none from which to count on.
    update = None if late else due(sla.next_update, answer or at)
    resolution = due(sla.resolution, at)
    return Promised(name, answer, update, resolution, (("no-clock", ""),) if late else ())


def _clock(data: Data, sla: Sla, line: Tier | None) -> Clock:
    if sla.clock == "always":
        return lambda since, span: since + datetime.timedelta(minutes=span)
    shifts = line_hours(data, line)
    return lambda since, span: after_work(shifts, since, span)
