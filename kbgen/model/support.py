"""Data about support itself, from ``content/_data``: severities, plans, channels, what the SLA promises, the ladder, releases, alerts.

An entry that names an audience is shown to that audience; one without is the narrowest audience's. What holds for all of it: texts are
given per language, spans are ``5m``, ``4h`` or ``2d``, and ``not promised`` is a value of the SLA, not a gap in it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Texts = Mapping[str, str]
"""A text per language code, e.g. ``{"en": "Billing", "ru": "Оплата"}``."""

SLUG = r"^[a-z0-9][a-z0-9-]*$"
ALERT = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$"
"""How an alert may be called: it is a segment of an address, ``/r/<alert>/``."""

RELEASE = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"

NOT_PROMISED = "not promised"
Severity = Literal["low", "medium", "high"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
Kind = Literal["question", "bug", "architecture", "vendor", "payment", "custom"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What a case is about, as far as it decides who takes it over: ``question`` follows the ladder, the others may branch off."""

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)
_SPAN = re.compile(r"(\d{1,4})(m|h|d)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


def minutes(span: str) -> int | None:
    """Minutes in a span such as ``5m``, ``4h``, ``2d`` (48 hours); None for ``not promised``; ValueError for anything else."""
    if span == NOT_PROMISED:
        return None
    found = _SPAN.fullmatch(span)
    if not found or int(found[1]) == 0:
        raise ValueError("a span is a whole number and m, h or d, e.g. 5m, 4h or 2d")
    return int(found[1]) * _MINUTES[found[2]]


def _span(text: str) -> str:
    if minutes(text) is None:
        raise ValueError("a span is a whole number and m, h or d, e.g. 5m, 4h or 2d")
    return text


def _promise(text: str) -> str:
    try:
        minutes(text)
    except ValueError:
        raise ValueError("write a span such as 15m, 4h or 2d, or: not promised") from None
    return text


def _time(text: str) -> str:
    if not _TIME.fullmatch(text):
        raise ValueError('a time is two digits, a colon and two digits in quotes, e.g. "09:00"; the end of a day is "24:00"')
    return text


Span = Annotated[str, AfterValidator(_span)]
Promise = Annotated[str, AfterValidator(_promise)]
Time = Annotated[str, AfterValidator(_time)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Shift(_Entry):
    """Working hours, by the clock on the wall of a time zone. One that ends before it starts ends on the next day."""

    days: tuple[Day, ...] = Field(DAYS, description="The days on which it starts.")
    start: Time = Field(alias="from")
    end: Time = Field(alias="to")
    zone: str = Field(description="A time zone of the IANA list, e.g. Europe/Lisbon.")


WAYS = ("pager", "phone", "chat", "email", "tracker")
"""Ways to reach a team, beside the channels of customers."""


class Contact(_Entry):
    """A way to reach a team. ``via`` is a channel's id or one of :data:`WAYS`."""

    via: str = Field(pattern=SLUG)
    value: str = Field("", description="Number, address or name of the room.")
    rota: str = Field("", description="Where the rota is kept, if elsewhere: an https:// link to the pager.")
    reserve: str = Field("", description="Telephone number to use when nobody answers.")
    active: bool = True


class Team(_Entry):
    """A team: who owns articles, answers customers, takes over escalations."""

    id: str = Field(pattern=SLUG)
    name: Texts
    contact: str = ""
    duties: Texts = {}
    languages: tuple[str, ...] = Field((), description="Codes of the languages it answers in.")
    hours: tuple[Shift, ...] = ()
    contacts: tuple[Contact, ...] = Field((), description="How to reach it, the first one first.")
    active: bool = True

    def out_of_reach(self) -> str:
        """Why nobody of the team is reached, as the end of a sentence; ``""`` where somebody is."""
        if not self.active:
            return "is inactive"
        if self.contacts and not any(contact.active for contact in self.contacts):
            return "has inactive contacts only"
        return ""


class SeverityLevel(_Entry):
    """What a severity (for customers: a priority) means."""

    id: Severity
    name: Texts
    definition: Texts
    examples: tuple[Texts, ...] = ()
    changed_by: tuple[str, ...] = Field((), description="Teams that may change it, with their reasons in writing.")
    audience: str = ""


class Plan(_Entry):
    """A support plan."""

    id: str = Field(pattern=SLUG)
    name: Texts
    summary: Texts = {}
    free: bool = False
    includes: tuple[Texts, ...] = ()
    limits: tuple[Texts, ...] = Field((), description="Where its responsibility ends.")
    audience: str = ""


class Unread(_Entry):
    """Where a message goes that was not read for a while."""

    after: Span
    to: str = Field(pattern=SLUG)


class Channel(_Entry):
    """A way in which customers reach support."""

    id: str = Field(pattern=SLUG)
    name: Texts
    use: Texts = Field({}, description="When to use it.")
    address: str = Field("", description="mailto:, tel: or https:// address.")
    hours: Texts = Field({}, description="When it is answered, in words.")
    open: Shift | None = Field(None, description="The same as times of a zone, so that readers elsewhere are told by their own clock.")
    written: bool = Field(True, description="Whether the SLA counts requests made in it; it does for written ones.")
    unread: Unread | None = None
    reserve: str = Field("", description="The channel that is used when this one fails.")
    audience: str = ""


class Sla(_Entry):
    """What is promised on a plan, at a severity, in some channels."""

    plan: str = Field(pattern=SLUG)
    severity: Severity
    channels: tuple[str, ...]
    first_answer: Promise
    next_update: Promise
    resolution: Promise
    clock: Literal["always", "working"] = Field("working", description="Whether the time runs always, or in line 1's hours.")


class Closed(_Entry):
    """What holds in the hours when nobody of a tier works."""

    told: Texts = Field(description="What the customer is told.")
    decides: str = Field(pattern=SLUG, description="The team whose standing permission holds in these hours.")


class Tier(_Entry):
    """A step of the escalation ladder."""

    id: str = Field(pattern=SLUG)
    level: Literal[1, 2, 3]
    name: Texts
    teams: tuple[str, ...] = Field(description="Who serves it; the first that works and speaks the customer's language is called.")
    keeps: Mapping[Severity, Span] = Field({}, description="How long it may keep an unsolved case, by severity.")
    next: str = Field("", description="The tier that takes over.")
    branches: Mapping[Kind, str] = Field({}, description="Kind of case → the tier that takes over instead.")
    exit: Texts = Field({}, description="What happens where the ladder ends.")
    closed: Closed | None = None


class Release(_Entry):
    """A release of the product."""

    id: str = Field(pattern=RELEASE)
    date: datetime.date
    areas: tuple[str, ...] = ()
    changed: Texts
    known_problems: tuple[str, ...] = Field((), description="Ids of the articles about them.")
    rolls_back: str = Field("", description="The team that can take it back.")


class Alert(_Entry):
    """An alert of the monitoring."""

    id: str = Field(pattern=ALERT)
    severity: Severity | None = None
    area: str = ""
    meaning: Texts = {}


class DrillRecord(_Entry):
    """How a drill of a runbook went."""

    date: datetime.date
    runbook: str = Field(description="The runbook's id.")
    result: Literal["passed", "partly", "failed"]
    note: str = ""


class Tracker(_Entry):
    """A tracker that cases are handed to, with an address that fills its form in."""

    id: str = Field(pattern=SLUG)
    name: Texts
    takes: Literal["bug", "wish"]
    url: str = Field(description="Address with {summary} and {description}.")
    files: str = Field("", description="The team that may file; empty: everybody in support.")


class Synonym(_Entry):
    """Words that search takes for each other: all of ``words``, or one way only, ``from`` words that readers use ``to`` words of ours."""

    words: tuple[str, ...] = Field((), description="Words and phrases that stand for each other, of any language.")
    from_: tuple[str, ...] = Field((), alias="from", description="Words and phrases that are looked for …")
    to: tuple[str, ...] = Field((), description="… and what is looked for as well: one way only.")
    audience: str = ""
