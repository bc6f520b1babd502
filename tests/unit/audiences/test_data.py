"""What of the data beside the articles each site may see."""

from __future__ import annotations

import datetime

import pytest

from kbgen.audiences.data import site_data
from kbgen.model.data import Data, ProductArea
from kbgen.model.settings import Settings, Site
from kbgen.model.support import (
    Alert,
    Channel,
    Contact,
    Plan,
    Release,
    SeverityLevel,
    Sla,
    Team,
    Tier,
    Tracker,
    Unread,
)

SETTINGS = Settings(
    sites={
        "public": Site(name="Help", audience="public"),
        "partner": Site(name="Partners", audience="partner"),
        "internal": Site(name="Wiki", audience="internal"),
    },
    audiences=("public", "partner", "internal"),
)
NAME = {"en": "Name"}
TEAM = Team(id="secret-team", name=NAME, contacts=(Contact(via="phone", value="+1-202-555-0100"),))
DATA = Data(
    areas=(ProductArea(id="billing", name=NAME, owner="secret-team"),),
    teams=(TEAM,),
    severities=(
        SeverityLevel(id="low", name=NAME, definition=NAME, changed_by=("secret-team",), audience="public"),
        SeverityLevel(id="high", name=NAME, definition=NAME),
    ),
    plans=(
        Plan(id="standard", name=NAME, audience="public"),
        Plan(id="reseller", name=NAME, audience="partner"),
        Plan(id="secret-plan", name=NAME),
        Plan(id="odd-plan", name=NAME, audience="Public"),
    ),
    channels=(
        Channel(id="chat", name=NAME, unread=Unread(after="5m", to="email"), reserve="secret-room", audience="public"),
        Channel(id="email", name=NAME, unread=Unread(after="5m", to="secret-room"), reserve="chat", audience="public"),
        Channel(id="secret-room", name=NAME),
    ),
    sla=(Sla(plan="standard", severity="low", channels=("chat",), first_answer="15m", next_update="1h", resolution="2d"),),
    tiers=(Tier(id="secret-tier", level=1, name=NAME, teams=("secret-team",)),),
    releases=(Release(id="secret-release", date=datetime.date(2026, 10, 1), changed=NAME),),
    alerts=(Alert(id="SecretAlert"),),
    trackers=(Tracker(id="secret-tracker", name=NAME, takes="bug", url="https://bugs.example/?s={summary}"),),
    areas_declared=True,
)


def test_the_narrowest_site_sees_all():
    assert site_data(DATA, SETTINGS, "internal") is DATA


@pytest.mark.parametrize(("site", "plans"), [("public", ["standard"]), ("partner", ["standard", "reseller"])])
def test_a_wider_site_sees_the_entries_for_it_only(site: str, plans: list[str]):
    """An odd audience (``Public``) is the narrowest."""
    seen = site_data(DATA, SETTINGS, site)
    assert [plan.id for plan in seen.plans] == plans
    assert [level.id for level in seen.severities] == ["low"]
    assert [channel.id for channel in seen.channels] == ["chat", "email"]
    assert [area.id for area in seen.areas] == ["billing"]
    assert seen.areas_declared


@pytest.mark.parametrize("site", ["public", "partner"])
def test_nothing_a_wider_site_sees_names_what_it_does_not(site: str):
    seen = site_data(DATA, SETTINGS, site)
    assert "secret" not in seen.model_dump_json().casefold()
    assert {name for name in Data.model_fields if getattr(seen, name)} == {"areas", "severities", "plans", "channels", "areas_declared"}
    assert seen.channel("chat").unread == Unread(after="5m", to="email")
    assert seen.channel("email").reserve == "chat"
