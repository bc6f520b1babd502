"""Data about a support department, as short as can be; every text of it that only the wiki may show holds the word Zanzibar."""

from __future__ import annotations

import datetime

from made_articles import DATA

from kbgen.model.data import Data
from kbgen.model.support import (
    Alert,
    Channel,
    Closed,
    Contact,
    Plan,
    Release,
    SeverityLevel,
    Shift,
    Sla,
    Team,
    Tier,
    Tracker,
    Unread,
)

ZONE = "Europe/Lisbon"
ZANZIBAR = "Zanzibar"
DAYTIME = Shift.model_validate({"from": "07:00", "to": "21:00", "zone": ZONE})


def told(text: str) -> dict[str, str]:
    return {"en": f"{ZANZIBAR} {text}", "ru": f"{ZANZIBAR} {text} по-русски"}


DAY_TEAM = Team(
    id="zanzibar-day",
    name=told("day team"),
    languages=("en", "ru"),
    hours=(Shift(days=("mon", "tue", "wed", "thu", "fri"), start="09:00", end="17:30", zone=ZONE),),
    contacts=(
        Contact(via="chat", value="#zanzibar"),
        Contact(via="phone", value="+1-202-555-0100", reserve="+1-202-555-0101"),
        Contact(via="email", value="zanzibar-old@acorn.example", active=False),
    ),
)
NIGHT_TEAM = Team(
    id="zanzibar-night",
    name=told("night team"),
    hours=(Shift(start="00:00", end="24:00", zone=ZONE),),
    contacts=(Contact(via="pager", rota="https://pager.acorn.example/zanzibar"),),
)
GONE_TEAM = Team(id="zanzibar-gone", name=told("gone team"), active=False)
FULL: Data = DATA.model_copy(
    update={
        "teams": (DAY_TEAM, NIGHT_TEAM, GONE_TEAM),
        "severities": (
            SeverityLevel(id="low", name={"en": "Low"}, definition={"en": "It works, only worse."}, audience="public"),
            SeverityLevel(
                id="high",
                name={"en": "High"},
                definition={"en": "Nothing works."},
                examples=({"en": "Nobody gets in."},),
                changed_by=("zanzibar-day",),
                audience="public",
            ),
        ),
        "plans": (
            Plan(id="basic", name={"en": "Basic"}, free=True, limits=({"en": "Not your own systems."},), audience="public"),
            Plan(id="zanzibar-plan", name=told("plan")),
        ),
        "channels": (
            Channel(id="chat", name={"en": "Chat"}, unread=Unread(after="5m", to="email"), reserve="zanzibar-spare", audience="public"),
            Channel(id="email", name={"en": "E-mail"}, address="mailto:help@acorn.example", audience="public"),
            Channel(id="phone", name={"en": "Phone"}, address="tel:+1-202-555-0199", open=DAYTIME, written=False, audience="public"),
            Channel(id="zanzibar-spare", name=told("spare")),
        ),
        "sla": (
            Sla(
                plan="basic", severity="low", channels=("email",), first_answer="1d", next_update="not promised", resolution="not promised"
            ),
            Sla(
                plan="basic",
                severity="high",
                channels=("chat", "email"),
                first_answer="15m",
                next_update="1h",
                resolution="not promised",
                clock="always",
            ),
        ),
        "tiers": (
            Tier(
                id="zanzibar-1",
                level=1,
                name=told("line 1"),
                teams=("zanzibar-day", "zanzibar-gone"),
                keeps={"high": "15m", "low": "1d"},
                next="zanzibar-2",
                branches={"bug": "zanzibar-3"},
                closed=Closed(told=told("is closed"), decides="zanzibar-night"),
            ),
            Tier(id="zanzibar-2", level=2, name=told("line 2"), teams=("zanzibar-night",), keeps={"high": "1h"}, next="zanzibar-empty"),
            Tier(id="zanzibar-empty", level=2, name=told("empty"), teams=("zanzibar-gone",), next="zanzibar-3"),
            Tier(id="zanzibar-3", level=3, name=told("line 3"), teams=("zanzibar-day",), exit=told("end")),
        ),
        "releases": tuple(
            Release(
                id=f"1.{number}",
                date=datetime.date(2026, number, 1),
                areas=areas,
                changed=told(f"release {number}"),
                known_problems=("KB-ISSUE",) if number == 5 else (),
                rolls_back="zanzibar-night",
            )
            for number, areas in enumerate([("billing",), ("team",), (), ("billing",), ("billing", "team")], 1)
        ),
        "alerts": (
            Alert(id="zanzibar-down", severity="high", area="billing", meaning=told("is down")),
            Alert(id="zanzibar-quiet", meaning=told("is quiet")),
        ),
        "trackers": (Tracker(id="bugs", name=told("bugs"), takes="bug", url="https://bugs.acorn.example/?s={summary}&d={description}"),),
    }
)
