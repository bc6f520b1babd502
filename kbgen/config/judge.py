"""What a model of pydantic cannot say about an entry of a data file: languages, audiences, time zones, addresses.

What is faulty is taken out at the depth where it stands: a text from its texts, a shift from its hours. Only what cannot be without it
goes too.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel

from kbgen.config.plain import Flaw, fills_host, quoted, unknown
from kbgen.model.data import ProductArea, Texts
from kbgen.model.settings import Settings
from kbgen.model.support import NOT_PROMISED, Channel, Contact, Shift, Synonym, Team, Tracker
from kbgen.strict.suggest import did_you_mean

M = TypeVar("M", bound=BaseModel)

_ICON = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")
_FOLDER = re.compile(r"[^._~\s/\\:%?#*\[\]][^/\\:%?#*\[\]]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"(?:https://[^\s/\"'<>]|mailto:[^\s\"'<>]+@|tel:\+?\d)[^\s\"'<>]*")
_LINK = re.compile(r"https?://[^\s/\"'<>][^\s\"'<>]*")
_BLANK = re.compile(r"\{[^{}]*\}")
_BLANKS = ("{summary}", "{description}")
_MOST_SHIFTS = 200  # of a team: a year of them is reckoned through
# Spellings that depend on the machine, or are another clock.
_ODD_ZONES = ("posix/", "right/", "SystemV/")


def stand_ins(model: type[BaseModel], settings: Settings) -> dict[str, Any]:
    """A possible value for every required key, so that the rest of an entry can be checked without it."""
    values: dict[str, Any] = {
        "id": "0",
        "level": 1,
        "date": "2000-01-01",
        "takes": "bug",
        "url": "https://",
        "plan": "0",
        "severity": "low",
        "channels": ["0"],
        "teams": ["0"],
        **dict.fromkeys(("first_answer", "next_update", "resolution"), NOT_PROMISED),
        **{key: {settings.default_language: "-"} for key in ("name", "definition", "changed")},
    }
    choices = typing.get_args(model.model_fields["id"].annotation) if "id" in model.model_fields else ()
    values["id"] = choices[0] if choices else "0"
    return {name: value for name, value in values.items() if name in model.model_fields and model.model_fields[name].is_required()}


def judge(value: M, settings: Settings) -> tuple[M | None, list[Flaw]]:
    """The entry without what is wrong in it; None where nothing usable is left. Paths of flaws start at the entry."""
    flaws: list[Flaw] = []
    changes: dict[str, Any] = {}
    whole = True
    for name, field in type(value).model_fields.items():
        key, old = field.alias or name, getattr(value, name)
        new, more = _part(field.annotation, old, settings)
        if field.is_required() and new in ({}, (), None):
            whole = False
            more = more or [Flaw((), "is empty")]
        flaws += [Flaw((key, *flaw.path), flaw.message) for flaw in more]
        changes[name] = new
    own = _OWN.get(type(value))
    if own is not None and whole:
        more, without = own(value.model_copy(update=changes))
        flaws += more
        whole = without is not None
        changes |= without or {}
    if (audience := changes.get("audience")) and audience not in settings.audiences:
        flaws.append(Flaw(("audience",), unknown(audience, settings.audiences, f"audience {quoted(audience)}")))
        changes["audience"] = ""
    return (value.model_copy(update=changes) if whole else None), flaws


def _part(annotation: Any, value: Any, settings: Settings) -> tuple[Any, list[Flaw]]:
    if annotation == Texts:
        return _texts(value, settings)
    if isinstance(value, BaseModel):
        return judge(value, settings)
    if not isinstance(value, tuple):
        return value, []
    kept: list[Any] = []
    flaws: list[Flaw] = []
    for position, item in enumerate(value):
        new, more = _part(typing.get_args(annotation)[0], item, settings)
        if new in ({}, None) and not more:
            more = [Flaw((), "is empty")]
        flaws += [Flaw((position, *flaw.path), flaw.message) for flaw in more]
        if new not in ({}, None):
            kept.append(new)
    return tuple(kept), flaws


def _texts(texts: Mapping[str, str], settings: Settings) -> tuple[Mapping[str, str], list[Flaw]]:
    """The texts without those in unknown languages and without empty ones."""
    flaws: dict[str, Flaw] = {}
    for code, text in texts.items():
        if code not in settings.languages:
            flaws[code] = Flaw((code,), unknown(code, settings.languages, "language"))
        elif not text.strip():
            flaws[code] = Flaw((code,), "is empty")
    return {code: text for code, text in texts.items() if code not in flaws}, list(flaws.values())


_Own = tuple[list[Flaw], dict[str, Any] | None]
"""What is wrong, and the changes that take it out; None: nothing is left without it."""


def _shift(shift: Shift) -> _Own:
    flaws: list[Flaw] = []
    if not _is_zone(shift.zone):
        near = did_you_mean(shift.zone, _zones()) or "write one of the IANA list, e.g. Europe/Lisbon"
        flaws.append(Flaw(("zone",), f"unknown time zone {quoted(shift.zone)}, {near}"))
    if shift.start == "24:00":
        flaws.append(Flaw(("from",), "no shift starts at the end of a day; write 00:00 and the next day"))
    if shift.start == shift.end:
        flaws.append(Flaw(("to",), "ends when it starts; a whole day is from 00:00 to 24:00"))
    if not shift.days:
        flaws.append(Flaw(("days",), "is empty"))
    return flaws, None if flaws else {}


@functools.cache
def _zones() -> tuple[str, ...]:
    return tuple(filter(_is_zone, available_timezones()))


def _is_zone(zone: str) -> bool:
    if zone != "UTC" and ("/" not in zone or zone.startswith(_ODD_ZONES)):
        return False  # "localtime" and the like are whatever the machine says
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, LookupError):
        return False
    return True


def _contact(contact: Contact) -> _Own:
    if contact.rota and not _LINK.fullmatch(contact.rota):
        return [Flaw(("rota",), f"{quoted(contact.rota)} is no https:// link")], {"rota": ""}
    return [], {}


def _team(team: Team) -> _Own:
    wrong = {code: position for position, code in enumerate(team.languages) if not _LANGUAGE.fullmatch(code)}
    flaws = [Flaw(("languages", position), f"{quoted(code)} is no code of a language such as en") for code, position in wrong.items()]
    if len(team.hours) > _MOST_SHIFTS:
        flaws.append(Flaw(("hours",), f"has more than {_MOST_SHIFTS} shifts; write a shift once, with all its days"))
    languages = tuple(code for code in team.languages if code not in wrong)
    return flaws, {"languages": languages, "hours": team.hours[:_MOST_SHIFTS]}


def _area(area: ProductArea) -> _Own:
    flaws: list[Flaw] = []
    changes: dict[str, Any] = {}
    if area.icon and not _ICON.fullmatch(area.icon):
        flaws.append(Flaw(("icon",), f"{quoted(area.icon)} is no name of an icon such as material/account"))
        changes["icon"] = ""
    if area.folder and not _FOLDER.fullmatch(area.folder):
        flaws.append(Flaw(("folder",), f"{quoted(area.folder)} has to be the name of one folder inside the language's folder"))
        return flaws, None
    return flaws, changes


def _channel(channel: Channel) -> _Own:
    # It becomes a link on pages for everybody.
    if channel.address and not _ADDRESS.fullmatch(channel.address):
        return [Flaw(("address",), f"{quoted(channel.address)} is no address that starts with https://, mailto: or tel:")], {"address": ""}
    return [], {}


def _tracker(tracker: Tracker) -> _Own:
    if not _LINK.fullmatch(tracker.url):
        return [Flaw(("url",), f"{quoted(tracker.url)} is no https:// link")], None
    if fills_host(tracker.url):
        return [Flaw(("url",), f"{quoted(tracker.url)} fills in the host; {' and '.join(_BLANKS)} are possible behind it only")], None
    odd = next((blank for blank in _BLANK.findall(tracker.url) if blank not in _BLANKS), "")
    if odd:
        return [Flaw(("url",), f"{quoted(odd)} is filled in by nobody (possible: {', '.join(_BLANKS)})")], None
    return [], {}


def _synonym(synonym: Synonym) -> _Own:
    given = [name for name, texts in (("words", synonym.words), ("from", synonym.from_), ("to", synonym.to)) if texts]
    if given == ["words"] and len(set(synonym.words)) < 2:
        return [Flaw(("words",), "needs two words that stand for each other")], None
    if given in (["words"], ["from", "to"]):
        return [], {}
    return [Flaw((), "needs either 'words: [one, another]' or 'from: [one]' and 'to: [another]'")], None


_OWN: Mapping[type[BaseModel], Callable[[Any], _Own]] = {
    Shift: _shift,
    Contact: _contact,
    Team: _team,
    ProductArea: _area,
    Channel: _channel,
    Tracker: _tracker,
    Synonym: _synonym,
}
