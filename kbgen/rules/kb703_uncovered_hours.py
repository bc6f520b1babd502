"""A tier of the ladder has hours in which nobody works, and nothing says what holds then.

A case may come to the tier in these hours. Whoever passes it on has to know what to tell the customer, and whose standing permission
holds until somebody is back; and whoever decides then has to be there. The whole year is looked at, with every change of the clocks in the
zones of the shifts.

To mend it, write ``closed:`` for the tier in ``content/_data/escalation.yml`` with a team that works in these hours, or cover them with
another team or shift.

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

from kbgen.escalation.coverage import gaps, listed, plan_gaps, tier_gaps
from kbgen.escalation.ladder import active_teams, start_tier
from kbgen.escalation.promises import line_hours
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.support import Tier

CODE = "KB703"
NAME = "uncovered-hours"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    data = facts.data
    line = start_tier(data, 1)
    for tier in data.tiers:
        # A tier that nobody serves has no hours to speak of, and promised hours of line 1 must be covered, whatever is said in them.
        if not active_teams(data, tier):
            continue
        if tier.closed is not None:
            yield from _undecided(facts, tier, tier.closed.decides)
            continue
        if tier is line and any(plan_gaps(data, plan, facts.today) for plan in {sla.plan for sla in data.sla}):
            continue
        found = tier_gaps(data, tier, facts.today)
        if found:
            message = f"nobody of '{tier.id}' is on shift {listed(found)}, and nothing says what holds then"
            hint = "write 'closed:' with what the customer is told and who decides, or cover these hours"
            yield Problem(CODE, data.place("escalation.yml", tier.id), message, hint)


def _undecided(facts: Facts, tier: Tier, decides: str) -> Iterator[Problem]:
    """Hours of a closed tier in which the team that decides is not there either."""
    team = facts.data.team(decides)
    # A team that keeps no hours here may still be there; that an inactive one is not is told by KB706.
    if team is None or not team.active or not team.hours:
        return
    open_gaps = gaps((*line_hours(facts.data, tier), *team.hours), facts.today.year)
    if open_gaps:
        message = f"while '{tier.id}' is closed '{decides}' decides, but nobody of that team is on shift either {listed(open_gaps)}"
        hint = "name a team under decides: that works in these hours"
        yield Problem(CODE, facts.data.place("escalation.yml", tier.id, "closed", "decides"), message, hint)
