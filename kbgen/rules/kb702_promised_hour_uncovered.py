"""The SLA promises something in hours in which nobody of line 1 is on shift.

An entry of ``content/_data/sla.yml`` whose ``clock`` runs ``always`` promises an answer at any hour of the week. Line 1, the first tier
of level 1 in ``escalation.yml``, receives every case; its active teams, together, have to be on shift at each of these hours. The whole
year is looked at, with every change of the clocks in the zones of the shifts. Where the clock runs in ``working`` hours, line 1 has to
have any.

To mend it, add a team or a shift to line 1, or promise less: ``clock: working``. A team may serve line 1 and another tier.

Bad::

    - {plan: premium, severity: high, channels: [chat], first_answer: 15m, next_update: 1h, resolution: 4h, clock: always}

with a line 1 that works from 09:00 to 18:00.

Good::

    teams: [customer-support, duty-engineers]

on line 1, where the engineers on duty work around the clock.

Effect: the finding is reported; the sites are built.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.escalation.coverage import listed, plan_gaps, promises_always, promises_something
from kbgen.escalation.ladder import start_tier
from kbgen.escalation.promises import line_hours
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB702"
NAME = "promised-hour-uncovered"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT
_HINT = "add a team or a shift to {line}, or promise it in working hours only (clock: working)"


def check(facts: Facts) -> Iterator[Problem]:
    data = facts.data
    line = start_tier(data, 1)
    if line is None:
        return
    hours = line_hours(data, line)
    told: set[str] = set()
    for position, sla in enumerate(data.sla):
        if sla.plan in told or not (promises_always(sla) if hours else promises_something(sla)):
            continue
        told.add(sla.plan)
        hint = _HINT.format(line=f"the tier '{line.id}'")
        if not hours:
            message = f"the plan '{sla.plan}' is promised an answer, but no shift of the tier '{line.id}' is known"
            yield Problem(CODE, data.place("sla.yml", str(position)), message, f"write 'hours' for a team of the tier '{line.id}'")
        elif gaps := plan_gaps(data, sla.plan, facts.today):
            message = f"the plan '{sla.plan}' is promised an answer at any hour, but nobody of '{line.id}' is on shift {listed(gaps)}"
            yield Problem(CODE, data.place("sla.yml", str(position)), message, hint)
