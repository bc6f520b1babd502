"""A ladder as plain text: who, by which way, until when, then whom.

Times are those of the clock that the question was asked by, with the team's own behind them where it shows something else.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo

from kbgen.escalation import Ladder, Note, Request, Step
from kbgen.escalation.clocks import on_shift, zone_at
from kbgen.escalation.ladder import contact_of
from kbgen.model.data import Data
from kbgen.model.settings import text_in
from kbgen.model.support import Contact, Texts

_LANGUAGE = "en"
"""The language of the report; what the customer is told is in the customer's."""

_NO_WAY = "no way to reach them is written down"
_PROMISED = frozenset({"sla", "plans", "channels"})
_CLIMBED = frozenset({"tiers", "teams"})
_UNKNOWN = "What the SLA says for this plan, severity and channel cannot be told: its data have faults."
_INCOMPLETE = "The data of the ladder have faults: a step, a team or a way to reach it may be missing here."
_NOTES = {
    "no-exit": "The ladder ends with {name}, and nothing says what happens then.",
    "loop": "The ladder would go back to {name} and ends here.",
    "nobody": "{name} is passed over: no active team serves it.",
    "no-hours": "Nobody knows when {name} works, so later times cannot be told.",
    "no-tier": "There is no tier to start from.",
    "unknown-target": "'{about}' is neither a tier nor a team of one; the ladder goes its ordinary way.",
    "not-written": "Requests by {name} are not counted by the SLA.",
    "no-sla": "The SLA says nothing for this plan, severity and channel.",
    "no-clock": "The SLA counts working hours of line 1 that are not known, so not every time can be told.",
}


def promises_unknown(ladder: Ladder, faulty: Collection[str]) -> bool:
    """Whether the SLA may say something that nobody can read: it has no entry for the case, and faults where one may have stood."""
    return not _PROMISED.isdisjoint(faulty) and any(note.kind == "no-sla" for note in ladder.notes)


def escalation_text(
    data: Data, request: Request, ladder: Ladder, default_language: str, runbook: str = "", faulty: Collection[str] = ()
) -> str:
    """The report, ending with a line break.

    Args:
        data: what the ladder was made from; names come from there.
        request: what was asked.
        ladder: the answer.
        default_language: the language of names that have no English one.
        runbook: id and path of the article that was named, if any.
        faulty: fields of the data that hold an error.
    """
    writer = _Writer(data, request, default_language)
    unknown = promises_unknown(ladder, faulty)
    parts = ["\n".join(writer.head(ladder, runbook)), "\n".join(writer.promises(ladder, unknown=unknown))]
    parts += ["\n".join(writer.step(number, step, ladder)) for number, step in enumerate(ladder.steps, start=1)]
    notes = [_UNKNOWN if unknown and note.kind == "no-sla" else writer.note(note) for note in ladder.notes]
    notes += [_INCOMPLETE] if not _CLIMBED.isdisjoint(faulty) else []
    if notes:
        parts.append("\n".join(notes))
    text = "\n\n".join(parts) + "\n"
    return "".join(character if character.isprintable() or character == "\n" else "?" for character in text)


class _Writer:
    """Writes lines; lives only inside :func:`escalation_text`."""

    def __init__(self, data: Data, request: Request, default_language: str) -> None:
        self.data = data
        self.request = request
        self.default = default_language

    def head(self, ladder: Ladder, runbook: str) -> Iterator[str]:
        request = self.request
        plan, channel = self.data.plan(request.plan), self.data.channel(ladder.channel)
        words = [f"{request.severity} severity", f"plan {self.text(plan.name) if plan else request.plan or 'unknown'}"]
        words += [f"by {self.text(channel.name)}"] if channel else []
        words += [request.kind, f"in {request.language}"]
        line = ", ".join(words)
        yield line[:1].upper() + line[1:]
        yield f"Written {request.at:%a} {request.at.day} {request.at:%b %Y}{_time(request.at)} ({_offset(request.at)})"
        if runbook:
            yield f"Runbook {runbook}"

    def promises(self, ladder: Ladder, *, unknown: bool) -> Iterator[str]:
        yield "Promised"
        nothing = "unknown" if unknown else "not promised"
        for name, due in (("first answer", ladder.first_answer), ("next update", ladder.next_update), ("solution", ladder.resolution)):
            yield f"  {name:<14}" + (nothing if due is None else f"by {self.moment(due)}")

    def step(self, number: int, step: Step, ladder: Ladder) -> Iterator[str]:
        tier, team = self.data.tier(step.tier), self.data.team(step.team)
        zone = zone_at(team.hours, step.starts or self.request.at) if team else ""
        arrives = self.request.at if number == 1 else ladder.steps[number - 2].until
        closed = not step.on_shift and arrives is not None
        names = dict.fromkeys((self.text(tier.name) if tier else step.tier, self.team(step.team)))
        yield f"{number}. {': '.join(names)}{', not on shift' if closed else ''}"
        starts = f"   {'from':<11}{self.moment(step.starts, zone)}" if step.starts is not None and closed else ""
        if step.decides and arrives is not None:
            yield f"   {'call now':<11}{self.deciding(step.decides, arrives)}"
            if starts:
                yield starts
        yield f"   {'then call' if step.decides else 'call':<11}" + (_contact(step.contact) if step.contact else _NO_WAY)
        if not step.speaks:
            yield f"   {'language':<11}they do not speak {self.request.language}"
        if starts and not step.decides:
            yield starts
        yield f"   {'until':<11}" + (self.moment(step.until, zone) if step.until else "it is solved, or for as long as they see fit")
        if step.told is not None:
            yield f"   {'tell them':<11}{text_in(step.told, self.request.language, self.default)}"

    def deciding(self, name: str, arrives: datetime.datetime) -> str:
        """The team that decides while nobody of the tier is on shift, and how to reach it then."""
        team = self.data.team(name)
        way = contact_of(team, on_shift=on_shift(team.hours, arrives)) if team else None
        return f"{self.team(name)}, {_contact(way) if way else _NO_WAY} (they decide until then)"

    def note(self, note: Note) -> str:
        tier, channel = self.data.tier(note.about), self.data.channel(note.about)
        if note.kind == "exit":
            return f"Then: {self.text(tier.exit) if tier else note.about}"
        named = channel.name if note.kind == "not-written" and channel else tier.name if tier else None
        return _NOTES[note.kind].format(name=self.text(named) if named else f"'{note.about}'", about=note.about)

    def team(self, name: str) -> str:
        team = self.data.team(name)
        return self.text(team.name) if team else name

    def text(self, texts: Texts) -> str:
        return text_in(texts, _LANGUAGE, self.default)

    def moment(self, moment: datetime.datetime, zone: str = "") -> str:
        """By the clock of the question, and by a team's where that shows something else."""
        ours = moment.astimezone(self.request.at.tzinfo)
        text = f"{ours:%a} {ours.day} {ours:%b}" + ("" if ours.year == self.request.at.year else f" {ours.year}") + _time(ours)
        if not zone:
            return text
        theirs = moment.astimezone(ZoneInfo(zone))
        if theirs.replace(tzinfo=None) == ours.replace(tzinfo=None):
            return text
        day = "" if theirs.date() == ours.date() else f"{theirs:%a}"
        return f"{text} ({(day + _time(theirs)).strip()} in {zone})"


def _time(moment: datetime.datetime) -> str:
    return f" {moment:%H:%M:%S}" if moment.second else f" {moment:%H:%M}"


def _offset(moment: datetime.datetime) -> str:
    minutes = int((moment.utcoffset() or datetime.timedelta()).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "UTC"


def _contact(contact: Contact) -> str:
    """``pager https://…, if nobody answers 300``."""
    ways = " ".join(filter(None, (contact.via, contact.value, contact.rota)))
    return ways + (f", if nobody answers {contact.reserve}" if contact.reserve else "")
