"""The ladder, climbed for one case: who takes it, how to reach them, until when they may keep it, then whom.

**Where it starts.** At the first tier of the level where the case stands, else of the next level that has a tier.

**Who is called.** Of a tier's active teams the first that is on shift and speaks the customer's language; else the first that is on shift;
else the one that comes on shift first, and of several that come at once the first that speaks the language. A team that names no languages
does not talk to customers: it counts as speaking all of them. Where nobody is on shift, the step says so, and holds what the customer is
told and who may decide meanwhile, as the tier's ``closed`` has it.

**By which way.** The team's first active contact; where the team is not on shift, its first one with a pager or a rota kept elsewhere,
else the first with a reserve number, else the first.

**Until when.** The tier's ``keeps`` for the severity. The span runs while somebody of the tier is on shift: always for a tier that works
around the clock, and over the next morning for one that does not. So a case never has to be handed over at an hour at which nobody is
there to do it. Without a span for the severity the tier keeps the case until it is solved: ``until`` is None, and so are all times of the
steps after it, which are listed for those who cannot solve it.

**Then whom.** The branch of the case's kind, else the tier's ``next``. ``escalates_to`` (a tier, or a team: then the first tier that it
serves, and there this team before the others while it is on shift) replaces both for the first step. A tier without an active team
is passed over. The ladder ends where there is no next tier, and where it would come back to one that had the case.

**What was promised.** See :mod:`kbgen.escalation.promises`. Seconds count, fractions of them do not.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbgen.escalation.clocks import after_work, next_on, on_shift
from kbgen.escalation.promises import Promised, promised
from kbgen.model.data import Data
from kbgen.model.support import Contact, Team, Texts, Tier, minutes


@dataclass(frozen=True, slots=True)
class Request:
    """A case, as far as its way up depends on it.

    Attributes:
        severity: ``low``, ``medium`` or ``high``.
        plan: id of the customer's plan.
        at: when the customer wrote; aware, and within the years that a clock is good for.
        kind: what it is about, see :data:`kbgen.model.support.KINDS`.
        language: code of the customer's language.
        channel: id of the channel it came by; ``""``: the first that is written.
        tier: the level, 1 to 3, where it stands.
        escalates_to: a tier or a team that takes over next, as a runbook may say; ``""``: as the ladder says.
    """

    severity: str
    plan: str
    at: datetime.datetime
    kind: str = "question"
    language: str = "en"
    channel: str = ""
    tier: int = 1
    escalates_to: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A tier that has the case.

    Attributes:
        tier: its id.
        team: id of the team to call.
        contact: how to reach it; None where it names no way.
        on_shift: whether the team is on shift when the case comes.
        speaks: whether it speaks the customer's language.
        starts: from when somebody of the tier works on it; None where that cannot be told.
        until: when it has to be handed over; None: there is no limit, or it cannot be told.
        told: what the customer is told where the case comes while nobody of the tier is on shift, per language; else None.
        decides: id of the team that may decide meanwhile; ``""`` where somebody is on shift.
    """

    tier: str
    team: str
    contact: Contact | None
    on_shift: bool
    speaks: bool
    starts: datetime.datetime | None
    until: datetime.datetime | None
    told: Texts | None
    decides: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about a ladder. ``about`` is an id: which kind of thing's, the ``kind`` says.

    ==================  ==============================================================================================
    kind                means
    ==================  ==============================================================================================
    ``exit``            the ladder ends at the tier ``about``; its ``exit`` says what happens then
    ``no-exit``         the ladder ends at the tier ``about``, which does not say what happens then
    ``loop``            the ladder would come back to the tier ``about``, and ends instead
    ``nobody``          the tier ``about`` has no active team and is passed over
    ``no-hours``        no team of the tier ``about`` ever comes on shift
    ``no-tier``         there is no tier to start from
    ``unknown-target``  ``escalates_to`` is neither a tier nor an active team of one; the ladder goes its ordinary way
    ``not-written``     the SLA does not count requests made in the channel ``about``
    ``no-sla``          the SLA says nothing for this plan, severity and channel
    ``no-clock``        the SLA counts the hours of line 1, and these don't reach far enough to say when time is up
    ==================  ==============================================================================================
    """

    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The way up.

    Attributes:
        steps: the tiers that have the case, in order; the first is where it stands.
        channel: id of the channel that the promises are for; ``""`` where there is none.
        first_answer: by when the customer has an answer; None: not promised.
        next_update: by when the customer hears again after a first answer at its latest; None: not promised.
        resolution: by when it is solved; None: not promised.
        notes: what else there is to say; those about the steps come first.
    """

    steps: tuple[Step, ...]
    channel: str
    first_answer: datetime.datetime | None
    next_update: datetime.datetime | None
    resolution: datetime.datetime | None
    notes: tuple[Note, ...]


def start_tier(data: Data, level: int) -> Tier | None:
    """The first tier of this level, else of the next level that has one, else None."""
    levels = [tier.level for tier in data.tiers if tier.level >= level]
    return next((tier for tier in data.tiers if levels and tier.level == min(levels)), None)


def target(data: Data, name: str) -> tuple[Tier, str] | None:
    """What ``escalates_to`` means: a tier, and the team that is named, or ``""``. A name that is a tier's and a team's is the tier's."""
    tier = data.tier(name)
    if tier is not None:
        return tier, ""
    team = data.team(name)
    if team is None or not team.active:
        return None
    return next(((tier, name) for tier in data.tiers if name in tier.teams), None)


def active_teams(data: Data, tier: Tier) -> tuple[Team, ...]:
    """The teams that serve a tier now, in its order."""
    found = (data.team(name) for name in tier.teams)
    return tuple(team for team in found if team is not None and team.active)


def climb(data: Data, request: Request) -> Ladder:
    """The ladder for a case. Total: whatever the data lack becomes a note."""
    at = request.at.astimezone(datetime.UTC).replace(microsecond=0)
    steps, notes = _steps(data, request, at)
    answer: Promised = promised(data, request.plan, request.severity, request.channel, at, start_tier(data, 1))
    notes += [Note(kind, about) for kind, about in answer.notes]
    return Ladder(tuple(steps), answer.channel, answer.first_answer, answer.next_update, answer.resolution, tuple(notes))


def _steps(data: Data, request: Request, at: datetime.datetime) -> tuple[list[Step], list[Note]]:
    steps: list[Step] = []
    notes: list[Note] = []
    override = target(data, request.escalates_to) if request.escalates_to else None
    tier = last = start_tier(data, request.tier)
    if tier is None or last is None:
        return [], [Note("no-tier")]
    if request.escalates_to and override is None:
        notes.append(Note("unknown-target", request.escalates_to))
    tiers = by_id(data)
    arrives: datetime.datetime | None = at
    named, visited = "", set[str]()
    while tier is not None:
        if tier.id in visited:
            return steps, [*notes, Note("loop", tier.id)]
        visited.add(tier.id)
        if teams := active_teams(data, tier):
            step = _step(tier, teams, named, request, arrives)
            if arrives is not None and step.starts is None:
                notes.append(Note("no-hours", tier.id))
            steps.append(step)
            arrives = step.until
        else:
            notes.append(Note("nobody", tier.id))
        last = tier
        (tier, named), override = override or (next_tier(tiers, tier, request.kind), ""), None
    return steps, [*notes, Note("exit" if last.exit else "no-exit", last.id)]


def by_id(data: Data) -> dict[str, Tier]:
    """The tiers by their ids, for whoever goes from one to the next."""
    return {tier.id: tier for tier in reversed(data.tiers)}


def next_tier(tiers: Mapping[str, Tier], tier: Tier, kind: str) -> Tier | None:
    """The tier that takes over a case of this kind, or None. ``tiers`` as :func:`by_id` gives them."""
    branch = next((to for branches, to in tier.branches.items() if branches == kind), "")
    return tiers.get(branch) or tiers.get(tier.next)


def _step(tier: Tier, teams: Sequence[Team], named: str, request: Request, arrives: datetime.datetime | None) -> Step:
    team, working = _called(teams, named, request.language, arrives)
    shifts = tuple(shift for member in teams for shift in member.hours)
    starts = None if arrives is None else next_on(shifts, arrives)
    keeps = next((span for severity, span in tier.keeps.items() if severity == request.severity), None)
    until = None if starts is None or keeps is None else after_work(shifts, starts, minutes(keeps) or 0)
    closed = None if working or arrives is None else tier.closed
    return Step(
        tier=tier.id,
        team=team.id,
        contact=contact_of(team, on_shift=working or arrives is None),
        on_shift=working,
        speaks=_speaks(team, request.language),
        starts=starts,
        until=until,
        told=closed.told if closed else None,
        decides=closed.decides if closed else "",
    )


def _called(teams: Sequence[Team], named: str, language: str, at: datetime.datetime | None) -> tuple[Team, bool]:
    """The team to call, and whether it is on shift. Without a moment: the one to call at some time."""
    if at is None:
        return min(teams, key=lambda team: (team.id != named, not _speaks(team, language))), False
    working = [team for team in teams if on_shift(team.hours, at)]
    if working:
        return min(working, key=lambda team: (team.id != named, not _speaks(team, language))), True
    never = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return min(teams, key=lambda team: (next_on(team.hours, at) or never, not _speaks(team, language))), False


def _speaks(team: Team, language: str) -> bool:
    return not team.languages or language in team.languages


def contact_of(team: Team, *, on_shift: bool) -> Contact | None:
    """How to reach a team: in its hours by its first active contact, outside them by one that is made for it, where there is one."""
    active = [contact for contact in team.contacts if contact.active]
    if on_shift or not active:
        return active[0] if active else None
    return min(active, key=lambda contact: 0 if contact.via == "pager" or contact.rota else 1 if contact.reserve else 2)
