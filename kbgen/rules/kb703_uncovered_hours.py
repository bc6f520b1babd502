"""A tier of the ladder has hours in which nobody works, and nothing says what holds then.

A case may come to the tier in these hours. Whoever passes it on has to know what to tell the customer, and whose standing permission
holds until somebody is back. The whole year is looked at, with every change of the clocks in the zones of the shifts.

To mend it, write ``closed:`` for the tier in ``content/_data/escalation.yml``, or cover the hours with another team or shift.

Bad::

    - id: line-3
      level: 3
      name: {en: Line 3}
      teams: [architects]
      next: duty

where the architects work from Monday to Friday.

Good::

    - id: line-3
      level: 3
      name: {en: Line 3}
      teams: [architects]
      next: duty
      closed:
        told: {en: An architect looks at it on the next working day.}
        decides: duty-engineers

Effect: the finding is reported; the sites are built.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.escalation.coverage import listed, plan_gaps, tier_gaps
from kbgen.escalation.ladder import active_teams, start_tier
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB703"
NAME = "uncovered-hours"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    data = facts.data
    line = start_tier(data, 1)
    for tier in data.tiers:
        # A tier that nobody serves has no hours to speak of, and promised hours of line 1 must be covered, whatever is said in them.
        if tier.closed is not None or not active_teams(data, tier):
            continue
        if tier is line and any(plan_gaps(data, plan, facts.today) for plan in {sla.plan for sla in data.sla}):
            continue
        gaps = tier_gaps(data, tier, facts.today)
        if gaps:
            message = f"nobody of '{tier.id}' is on shift {listed(gaps)}, and nothing says what holds then"
            hint = "write 'closed:' with what the customer is told and who decides, or cover these hours"
            yield Problem(CODE, data.place("escalation.yml", tier.id), message, hint)
