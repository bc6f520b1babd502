"""The ladder sends a case to a team that nobody can reach.

A team that serves a tier, or that decides while a tier is closed, is inactive; or no active contact of it says where: a number, an address,
a room, a rota. A rota that is kept elsewhere needs a telephone in ``reserve:`` as well, for the night when nobody answers the pager.

To mend it, name the team that took over in ``content/_data/escalation.yml``, or give the team a contact that works in ``teams.yml``.

Bad::

    # teams.yml
    - id: duty-engineers
      name: {en: Engineers on duty}
      contacts:
        - {via: pager, rota: "https://pager.example/rota/duty"}

Good::

    # teams.yml
    - id: duty-engineers
      name: {en: Engineers on duty}
      contacts:
        - {via: pager, rota: "https://pager.example/rota/duty", reserve: "+1-202-555-0130"}

Effect: the finding is reported; the sites are built.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Place, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.support import Team

CODE = "KB706"
NAME = "out-of-reach"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    data = facts.data
    told: set[str] = set()
    for tier in data.tiers:
        named = [(name, ("teams", name)) for name in tier.teams]
        named += [(tier.closed.decides, ("closed", "decides"))] if tier.closed else []
        for name, keys in named:
            team = data.team(name)
            if team is not None and name not in told:
                told.add(name)
                yield from _problems(team, data.place("escalation.yml", tier.id, *keys), data.place("teams.yml", name))


def _problems(team: Team, used: Place, written: Place) -> Iterator[Problem]:
    """What keeps a team from being reached: where it is used if it is gone, else where its contacts are written."""
    if not team.active:
        yield Problem(CODE, used, f"the team '{team.id}' is inactive", "name another team, or set it active again in teams.yml")
        return
    contacts = [contact for contact in team.contacts if contact.active]
    if not any(contact.value or contact.rota for contact in contacts):
        why = "has inactive contacts only" if team.contacts and not contacts else "has no contact that says where to reach it"
        yield Problem(CODE, written, f"the team '{team.id}' of the ladder {why}", "write one under contacts:, e.g. {via: phone, value: …}")
    for contact in contacts:
        if contact.rota and not contact.reserve:
            message = f"the rota of the team '{team.id}' is kept elsewhere, and nothing says whom to call when nobody answers"
            yield Problem(CODE, written, message, "add a telephone number as reserve: to this contact")
