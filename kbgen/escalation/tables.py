"""The data of the ladder as plain JSON for the script, and a ladder as the same kind of JSON, so that both sides can be compared.

:func:`tables` gives::

    {
      "default": "en",                                     language of texts that a language lacks
      "days": ["mon", …, "sun"],
      "severities": [{"id", "name"}], "plans": [{"id", "name"}], "channels": [{"id", "name", "written"}],
      "kinds": ["question", "bug", …],
      "tiers": [{"id", "level", "name", "teams": [id], "keeps": {severity: minutes}, "next", "branches": {kind: id}, "exit",
                 "closed": {"told": {language: text}, "decides"} | null}],
      "teams": {id: {"name", "languages": [code], "hours": [{"days", "from", "to", "zone"}],
                     "contacts": [{"via", "value", "rota", "reserve"}]}},
      "sla": [{"plan", "severity", "channels", "first_answer", "next_update", "resolution", "clock"}]
    }

with names and exits in one language, spans in minutes and null for what is not promised. Only active teams that the ladder needs are
there, with their active contacts. What the customer is told stays in all languages: the customer's may not be the reader's.

:func:`plain` gives what ``kbEscalation.climb(tables, request)`` gives::

    {
      "steps": [{"tier", "team", "contact": {"via", "value", "rota", "reserve"} | null, "on_shift", "speaks", "starts", "until",
                 "told": text | null, "decides"}],
      "channel", "first_answer", "next_update", "resolution",
      "notes": [{"kind", "about"}]
    }

with moments as ``2026-11-22T00:15:00Z`` or null.
"""

from __future__ import annotations

import datetime
from typing import Any

from kbgen.escalation.clocks import zone_of
from kbgen.escalation.ladder import Ladder, Step
from kbgen.model.data import Data
from kbgen.model.settings import text_in
from kbgen.model.support import DAYS, KINDS, SEVERITIES, Contact, Sla, Team, Tier, minutes


def tables(data: Data, language: str, default_language: str) -> dict[str, Any]:
    """What the script needs, with names in one language."""

    def text(texts: Any) -> str:
        return text_in(texts, language, default_language)

    levels = [(level.id, text(level.name)) for level in data.severities] or [(severity, severity) for severity in SEVERITIES]
    needed = {name for tier in data.tiers for name in (*tier.teams, tier.closed.decides if tier.closed else "")}
    return {
        "default": default_language,
        "days": list(DAYS),
        "severities": [{"id": severity, "name": name} for severity, name in levels],
        "plans": [{"id": plan.id, "name": text(plan.name)} for plan in data.plans],
        "channels": [{"id": channel.id, "name": text(channel.name), "written": channel.written} for channel in data.channels],
        "kinds": list(KINDS),
        "tiers": [_tier(tier, text(tier.name), text(tier.exit)) for tier in data.tiers],
        "teams": {team.id: _team(team, text(team.name)) for team in data.teams if team.active and team.id in needed},
        "sla": [_sla(sla) for sla in data.sla],
    }


def plain(ladder: Ladder, language: str, default_language: str) -> dict[str, Any]:
    """A ladder as JSON. ``language`` is the customer's: what the customer is told is in it, where there is such a text."""
    return {
        "steps": [_step(step, language, default_language) for step in ladder.steps],
        "channel": ladder.channel,
        "first_answer": _moment(ladder.first_answer),
        "next_update": _moment(ladder.next_update),
        "resolution": _moment(ladder.resolution),
        "notes": [{"kind": note.kind, "about": note.about} for note in ladder.notes],
    }


def _tier(tier: Tier, name: str, end: str) -> dict[str, Any]:
    return {
        "id": tier.id,
        "level": tier.level,
        "name": name,
        "teams": list(tier.teams),
        "keeps": {severity: minutes(span) for severity, span in tier.keeps.items()},
        "next": tier.next,
        "branches": dict(tier.branches),
        "exit": end,
        "closed": {"told": dict(tier.closed.told), "decides": tier.closed.decides} if tier.closed else None,
    }


def _team(team: Team, name: str) -> dict[str, Any]:
    hours = [
        {"days": list(shift.days), "from": shift.start, "to": shift.end, "zone": shift.zone} for shift in team.hours if zone_of(shift.zone)
    ]
    contacts = [_contact(contact) for contact in team.contacts if contact.active]
    return {"name": name, "languages": list(team.languages), "hours": hours, "contacts": contacts}


def _contact(contact: Contact | None) -> dict[str, str] | None:
    if contact is None:
        return None
    return {"via": contact.via, "value": contact.value, "rota": contact.rota, "reserve": contact.reserve}


def _sla(sla: Sla) -> dict[str, Any]:
    return {
        "plan": sla.plan,
        "severity": sla.severity,
        "channels": list(sla.channels),
        "first_answer": minutes(sla.first_answer),
        "next_update": minutes(sla.next_update),
        "resolution": minutes(sla.resolution),
        "clock": sla.clock,
    }


def _step(step: Step, language: str, default_language: str) -> dict[str, Any]:
    return {
        "tier": step.tier,
        "team": step.team,
        "contact": _contact(step.contact),
        "on_shift": step.on_shift,
        "speaks": step.speaks,
        "starts": _moment(step.starts),
        "until": _moment(step.until),
        "told": None if step.told is None else text_in(step.told, language, default_language),
        "decides": step.decides,
    }


def _moment(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
