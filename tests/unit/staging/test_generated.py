"""Pages made from data, the facts card, and what of it no site but the wiki may hold."""

from __future__ import annotations

import dataclasses
import datetime
import json
from typing import Any

import pytest
from made_articles import DATA, SETTINGS, article, corpus
from support_data import FULL

from kbgen.audiences.project import project
from kbgen.engines.plugin import KINDS
from kbgen.engines.theme_dir import theme_dir
from kbgen.engines.words import strings
from kbgen.freshness.assess import assess
from kbgen.model.data import Data
from kbgen.model.settings import Contact, Settings
from kbgen.model.staged import StagedEdition
from kbgen.staging.searching import search_documents
from kbgen.staging.stage import stage

TODAY = datetime.date(2026, 10, 10)
DRILLED = datetime.date(2026, 9, 1)
WORDS = {code: strings(code) for code in ("en", "ru")}
FORM = "https://acorn.example/new?from={article}&in={language}&looked={query}&said={answers}"
CONTACT = SETTINGS.model_copy(update={"contact": Contact(url=FORM, email="help@acorn.example", sign_in="KB-IN")})


def runbook(path: str = "en/billing/runbook.md", **more: Any):
    keys = {"type": "runbook", "severity": "high", "tier": 1, "alerts": ("zanzibar-down",), "last_drilled": DRILLED, **more}
    return article(path, audience="internal", **keys)


def staged(*items, data: Data = FULL, settings: Settings = SETTINGS, live: frozenset[str] = frozenset()) -> dict[str, StagedEdition]:
    whole = corpus(*items)
    made = project(whole, settings, data, {"public": live})
    staleness = assess(whole.articles, settings, TODAY)
    return {each.edition.key: each for each in stage(made, whole, settings, data, staleness, WORDS, {"public": live})}


def context(edition: StagedEdition, address: str) -> dict[str, Any]:
    return json.loads(edition.pages[address].context)


def test_every_kind_of_page_is_known_to_the_engine_and_has_a_template() -> None:
    made = staged(article("en/billing/a.md"), runbook(off_hours="Restart it."))
    kinds = {page.kind for edition in made.values() for page in edition.pages.values()}
    assert kinds == KINDS - {"correcting", "replies"}
    assert all((theme_dir() / "kb" / f"{kind}.html").is_file() for kind in KINDS)


def test_nothing_is_made_from_nothing() -> None:
    made = staged(article("en/billing/a.md"), runbook(alerts=()), data=DATA)
    assert [sorted(edition.pages) for edition in made.values()] == [
        ["", "billing/", "billing/a/", "search/"],
        ["", "search/"],
        ["", "billing/", "billing/a/", "billing/runbook/", "search/"],
        ["", "search/"],
    ]
    known = context(made["internal-en"], "billing/runbook/")
    assert [known[key] for key in ("facts", "escalation", "trackers", "plans", "off_hours", "view")] == [None, None, [], [], "", None]
    assert [entry["title"] for entry in known["nav"]] == ["Billing"]


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_no_other_site_holds_anything_of_the_wikis_data(audience: str) -> None:
    settings = CONTACT.model_copy(update={"audiences": ("public", "partner", "internal")})
    site = SETTINGS.sites["public"].model_copy(update={"audience": audience})
    settings = settings.model_copy(update={"sites": {"public": site, "internal": SETTINGS.sites["internal"]}})
    items = (article("en/billing/a.md", type="runbook", severity="high", off_hours="zanzibar", alerts=("zanzibar-down",)), runbook())
    made = staged(*items, settings=settings)
    for key in ("public-en", "public-ru"):
        told = b"\n".join([*(page.data for page in made[key].pages.values()), *made[key].files.values()]).lower()
        assert b"zanzibar" not in told
        assert not [address for address in made[key].pages if address.startswith(("desk/", "r/"))]
        known = context(made[key], "contact/")
        assert [plan["id"] for plan in known["view"]["plans"]] == ["basic"]
        assert all(
            page["escalation"] is None and page["facts"] is None and page["trackers"] == [] for page in [known, context(made[key], "")]
        )
    assert b"zanzibar" in made["internal-en"].pages["desk/escalation/"].data.lower()


def test_the_public_site_is_the_same_with_and_without_internal_data() -> None:
    public = {"severities", "plans", "channels", "areas", "areas_declared"}
    bare = FULL.model_copy(update=dict.fromkeys(Data.model_fields.keys() - public - {"places"}, ()))
    kept = {key: tuple(each for each in getattr(bare, key) if each.audience == "public") for key in ("severities", "plans", "channels")}
    items = (article("en/billing/a.md"), article("ru/billing/a.md"), runbook())
    one, other = staged(*items, settings=CONTACT), staged(*items, settings=CONTACT, data=bare.model_copy(update=kept))
    for key in ("public-en", "public-ru"):
        assert one[key] == other[key]


def test_generated_pages_are_pages_of_their_edition() -> None:
    made = staged(article("en/billing/a.md"), article("ru/billing/a.md"), runbook())
    known = context(made["public-ru"], "contact/")
    assert (known["kind"], known["title"], known["canonical"]) == (
        "contact",
        "Связь с поддержкой",
        "https://help.acorn.example/ru/contact/",
    )
    assert [(row["href"], row["exists"]) for row in known["alternates"]] == [("../../contact/", True), ("./", True)]
    assert known["breadcrumbs"] == [{"title": "Acorn Help", "href": "../"}]
    sitemap = made["public-en"].files["sitemap.xml"].decode()
    assert (
        sitemap.count("<loc>https://help.acorn.example/contact/</loc>")
        == sitemap.count("<loc>https://help.acorn.example/ru/contact/</loc>")
        == 1
    )
    group = context(made["internal-en"], "desk/sla/")["nav"][0]
    assert (group["desk"], group["active"], [item["href"] for item in group["items"]]) == (
        True,
        True,
        ["../escalation/", "./", "../alerts/", "../../contact/"],
    )
    assert "desk" not in context(made["public-en"], "contact/")["nav"][0]
    home = context(made["internal-en"], "")
    assert [tool["href"] for tool in home["view"]["tools"]] == [item["href"] for item in home["nav"][0]["items"]]


def test_an_article_at_the_address_of_a_page_made_from_data_gives_way() -> None:
    made = staged(article("en/contact.md", title="Old"), article("en/billing/a.md"), live=frozenset({"contact/"}))["public-en"]
    assert made.pages["contact/"].kind == "contact"
    assert b"Old" not in made.pages["contact/"].data


def test_an_area_at_the_address_of_the_contact_page_gives_way() -> None:
    area = DATA.areas[0].model_copy(update={"id": "contact", "folder": "contact"})
    made = staged(article("en/billing/a.md", product_area="contact"), data=FULL.model_copy(update={"areas": (area,)}))["public-en"]
    assert made.pages["contact/"].kind == "contact"


# ---- contact


def test_who_cannot_sign_in_comes_first() -> None:
    made = staged(article("en/billing/in.md", id="KB-IN", title="Cannot sign in", summary="Two checks."), settings=CONTACT)
    assert context(made["public-en"], "contact/")["view"]["sign_in"] == {
        "title": "Cannot sign in",
        "summary": "Two checks.",
        "href": "../billing/in/",
        "language": "en",
    }
    assert context(made["public-ru"], "contact/")["view"]["sign_in"]["href"] == "../../billing/in/"
    ours = staged(article("en/billing/in.md", audience="internal", id="KB-IN"), settings=CONTACT)
    assert context(ours["public-en"], "contact/")["view"]["sign_in"] is None


def test_every_way_to_support_says_from_where() -> None:
    made = staged(article("ru/billing/a.md", id="KB-Ö 1"), settings=CONTACT)["public-ru"]
    assert context(made, "billing/a/")["contact"] == {
        "href": "https://acorn.example/new?from=KB-%C3%96%201&in=ru&looked=&said=",
        "template": FORM,
        "email": "help@acorn.example",
        "article": "KB-Ö 1",
        "language": "ru",
        "page": "../../contact/",
    }
    assert context(made, "")["contact"]["href"] == "https://acorn.example/new?from=&in=ru&looked=&said="
    assert json.loads(made.config)["contact"] == {
        "url": FORM,
        "href": "https://acorn.example/new?from=&in=ru&looked=&said=",
        "email": "help@acorn.example",
        "page": "contact/",
    }


@pytest.mark.parametrize(
    ("contact", "href", "template"),
    [
        (Contact(url="https://acorn.example/new", email="help@acorn.example"), "https://acorn.example/new", "https://acorn.example/new"),
        (Contact(email="help@acorn.example"), "mailto:help@acorn.example", "mailto:help@acorn.example"),
        (Contact(), "../../contact/", ""),
    ],
)
def test_ways_to_support_without_braces_stay_as_they_are(contact: Contact, href: str, template: str) -> None:
    made = staged(article("en/billing/a.md"), settings=SETTINGS.model_copy(update={"contact": contact}))["public-en"]
    found = context(made, "billing/a/")["contact"]
    assert (found["href"], found["template"]) == (href, template)


def test_the_contact_page_tells_what_its_readers_may_know() -> None:
    made = staged(article("en/billing/a.md"), settings=CONTACT)
    view = context(made["public-en"], "contact/")["view"]
    chat, email, phone = view["channels"]
    assert (chat["reserve"], chat["unread"], chat["after"], chat["ours"]) == ("", "E-mail", "5 minutes", False)
    assert (email["address"], email["label"], email["template"]) == (
        "mailto:help@acorn.example",
        "help@acorn.example",
        "mailto:help@acorn.example",
    )
    assert (phone["label"], phone["written"], view["written"]) == ("+1-202-555-0199", False, True)
    assert (chat["clock"], phone["clock"]) == ("", "07:00 21:00 Europe/Lisbon")
    assert [level["id"] for level in view["priorities"]] == ["high", "low"]
    assert view["form"] is True
    spare = context(made["internal-en"], "contact/")["view"]["channels"]
    assert (spare[0]["reserve"], spare[3]["ours"], spare[0]["ours"]) == ("Zanzibar spare", True, False)


def test_a_channel_that_is_the_form_is_told_once_and_carries_what_it_knows() -> None:
    form = FULL.channels[1].model_copy(update={"id": "form", "address": "https://acorn.example/new"})
    made = staged(article("en/billing/a.md"), settings=CONTACT, data=FULL.model_copy(update={"channels": (form,)}))["public-en"]
    view = context(made, "contact/")["view"]
    assert (view["channels"][0]["template"], view["channels"][0]["address"]) == (
        FORM,
        "https://acorn.example/new?from=&in=en&looked=&said=",
    )
    assert view["form"] is False


# ---- the facts card


def test_the_facts_card() -> None:
    issues = (
        article("en/billing/issue.md", type="known-issue", status="open", fixed_in="1.6", title="Doubled"),
        article("en/billing/mended.md", type="known-issue", status="fixed", title="Mended"),
        article("en/team/other.md", type="known-issue", audience="internal", title="Elsewhere"),
        article("ru/team/known.md", type="known-issue", audience="internal", title="Из релиза", id="KB-ISSUE"),
    )
    made = staged(runbook(escalates_to="zanzibar-night"), *issues)["internal-en"]
    facts = context(made, "billing/runbook/")["facts"]
    assert facts["severity"] == {"id": "high", "name": "High", "definition": "Nothing works."}
    assert [
        (level["id"], level["name"], [(row["plan"], row["first"], row["next"], row["resolution"]) for row in level["promises"]])
        for level in facts["levels"]
    ] == [
        ("high", "High", [("Basic", "15 minutes", "1 hour", "not promised")]),
        ("medium", "Medium", []),
        ("low", "Low", [("Basic", "1 day", "not promised", "not promised")]),
    ], "a case may have another priority than the article"
    decides = facts["steps"][0]["decides"]
    assert (decides["name"], decides["way"]["rota"]) == ("Zanzibar night team", "https://pager.acorn.example/zanzibar")
    assert [(step["id"], step["starts"], step["keep"]) for step in facts["steps"]] == [
        ("zanzibar-1", "at once", "15 minutes"),
        ("zanzibar-2", "after 15 minutes", "1 hour"),
        ("zanzibar-3", "after 1 hour 15 minutes", ""),
    ]
    team = facts["steps"][0]["teams"]
    assert [each["name"] for each in team] == ["Zanzibar day team"], "an inactive team is not called"
    assert (team[0]["hours"], team[0]["languages"]) == ("Mon–Fri 09:00–17:30 (Lisbon)", ["EN", "RU"])
    assert [(way["label"], way["value"], way["href"], way["call"]) for way in team[0]["contacts"]] == [
        ("Chat", "#zanzibar", "", ""),
        ("Phone", "+1-202-555-0100", "tel:+12025550100", "tel:+12025550101"),
    ]
    assert (facts["hands_to"], facts["escalates_to"]) == ("Zanzibar night team", "zanzibar-night")
    assert facts["alerts"] == [{"name": "zanzibar-down", "href": "../../r/zanzibar-down/", "meaning": "Zanzibar is down"}]
    assert [(release["id"], release["date_text"]) for release in facts["releases"]] == [
        ("1.5", "1 May 2026"),
        ("1.4", "1 April 2026"),
        ("1.3", "1 March 2026"),
    ], "the area's last three; one without areas is everybody's"
    assert [(issue["title"], issue["href"], issue["language"], issue["fixed_in"]) for issue in facts["issues"]] == [
        ("Doubled", "../issue/", "en", "1.6"),
        ("Из релиза", "../../ru/team/known/", "ru", ""),
    ]
    assert (facts["drilled"], facts["stop"], facts["escalation"]) == ("1 September 2026", False, "../../desk/escalation/")


@pytest.mark.parametrize(
    ("keys", "has"),
    [
        ({"type": "runbook"}, True),
        ({"type": "procedure", "severity": "low"}, True),
        ({"type": "procedure"}, False),
        ({"type": "rule", "severity": "high"}, False),
        ({"type": "how-to", "severity": "high"}, False),
    ],
)
def test_who_has_a_facts_card(keys: dict[str, Any], has: bool) -> None:
    known = context(staged(article("en/team/a.md", audience="internal", **keys))["internal-en"], "team/a/")
    assert (known["facts"] is not None, known["escalation"] is not None) == (has, has)


@pytest.mark.parametrize("target", ["zanzibar-3", "zanzibar-day"])
def test_a_runbook_may_name_who_takes_over(target: str) -> None:
    """A tier; or a team, which means the first tier it serves: here the one that has the case already, so the ladder ends."""
    facts = context(staged(runbook(escalates_to=target))["internal-en"], "billing/runbook/")["facts"]
    assert [step["id"] for step in facts["steps"]] == (["zanzibar-1", "zanzibar-3"] if target == "zanzibar-3" else ["zanzibar-1"])


def test_a_ladder_that_turns_in_a_circle_is_told_once() -> None:
    first, second, *others = FULL.tiers
    data = FULL.model_copy(update={"tiers": (first, second.model_copy(update={"next": first.id}), *others)})
    facts = context(staged(runbook(), data=data)["internal-en"], "billing/runbook/")["facts"]
    assert [step["id"] for step in facts["steps"]] == ["zanzibar-1", "zanzibar-2"]


def test_what_articles_hold_to_act_on_is_told_to_the_script_where_it_is_shown() -> None:
    wanted = {"customer": "name of the customer", "secret": "key of the vault", "unused": "nothing"}
    whole = article("en/billing/a.md", "Text.", placeholders=wanted, type="procedure", cut="Te.")
    fills = [
        dataclasses.replace(each, outline=dataclasses.replace(each.outline, playbook=book))
        for each, book in zip((whole.full, whole.cut), _books(), strict=True)
    ]
    made = staged(dataclasses.replace(whole, full=fills[0], cut=fills[1]))
    assert [fill["name"] for fill in context(made["internal-en"], "billing/a/")["fills"]] == ["customer", "secret"]
    assert context(made["public-en"], "billing/a/")["fills"] == [{"name": "customer", "label": "name of the customer"}]
    assert [context(made[key], "billing/a/")["checklist"] for key in ("public-en", "internal-en")] == [False, True]
    assert [len(context(made[key], "billing/a/")["trackers"]) for key in ("public-en", "internal-en")] == [0, 1]


def _books():
    from kbgen.model.playbook import Fill, Playbook, Spot

    spot = Spot("x", 1)
    return Playbook(fills=(Fill("secret", spot), Fill("customer", spot))), Playbook(fills=(Fill("customer", spot),))


# ---- the pages of the desk


def test_the_page_of_escalation_tells_all_without_a_script() -> None:
    known = context(staged(article("en/billing/a.md"))["internal-en"], "desk/escalation/")
    view = known["view"]
    assert [rung["id"] for rung in view["ladder"]] == ["zanzibar-1", "zanzibar-2", "zanzibar-3"], "a tier without a team is passed over"
    assert view["others"] == []
    assert [(level["id"], len(level["promises"]), [step["starts"] for step in level["steps"]]) for level in view["matrix"]] == [
        ("high", 1, ["at once", "after 15 minutes", "after 1 hour 15 minutes"]),
        ("medium", 0, ["at once", "if still unsolved", "if still unsolved"]),
        ("low", 1, ["at once", "after 1 day", "if still unsolved"]),
    ]
    assert [option["id"] for option in view["form"]["severities"]] == ["high", "medium", "low"]
    assert [tier["id"] for tier in known["escalation"]["tiers"]] == [tier.id for tier in FULL.tiers]
    week = {row["name"]: row for row in view["week"]["rows"]}
    assert (view["week"]["city"], view["week"]["mixed"], view["week"]["days"][0]) == ("Lisbon", False, "Mon")
    monday, sunday = week["Zanzibar line 1"]["days"][0], week["Zanzibar line 1"]["days"][6]
    assert (monday["bars"], monday["text"]) == ([{"x": 540, "width": 510}], "09:00–17:30")
    assert (sunday["bars"], sunday["text"]) == ([], "nobody")
    assert (week["Zanzibar line 1"]["hours"], week["Zanzibar line 2"]["always"]) == ("42 of 168 hours", True)


def test_a_branch_that_is_not_on_the_way_up_stands_beside_it() -> None:
    more = FULL.tiers[3].model_copy(update={"id": "zanzibar-side"})
    view = context(
        staged(article("en/billing/a.md"), data=FULL.model_copy(update={"tiers": (*FULL.tiers, more)}))["internal-en"], "desk/escalation/"
    )["view"]
    assert [rung["id"] for rung in view["others"]] == ["zanzibar-side"]


def test_the_sla_page_compares_times() -> None:
    view = context(staged(article("en/billing/a.md"))["internal-ru"], "desk/sla/")["view"]
    (plan,) = view["plans"]
    assert [(row["severity_id"], row["first"], row["resolution"], row["bars"]) for row in plan["rows"]] == [
        ("high", "15 минут", "не обещаем", {"first": 38, "next": 57, "resolution": 0}),
        ("low", "1 день", "не обещаем", {"first": 100, "next": 0, "resolution": 0}),
    ]
    assert view["unwritten"] == ["Phone"]


def test_the_page_of_off_hours_gathers_permissions() -> None:
    items = (runbook(off_hours="Restart it.", owner="zanzibar-day", title="B"), article("en/billing/a.md", off_hours="Wait.", title="A"))
    view = context(staged(*items)["internal-en"], "desk/off-hours/")["view"]
    assert [(each["title"], each["may"], each["href"], each["severity"]) for each in view["pages"]] == [
        ("A", "Wait.", "../../billing/a/", ""),
        ("B", "Restart it.", "../../billing/runbook/", "High"),
    ]
    (closed,) = view["closed"]
    assert (closed["tier"], closed["told"], closed["decides"]["name"]) == ("Zanzibar line 1", "Zanzibar is closed", "Zanzibar night team")
    assert closed["decides"]["way"]["rota"] == "https://pager.acorn.example/zanzibar", "who decides can be reached"


def test_an_alert_leads_to_its_runbook() -> None:
    made = staged(runbook(title="Runbook"))
    known = context(made["internal-en"], "r/zanzibar-down/")
    assert (known["title"], known["view"]["refresh"], known["view"]["severity"]) == ("zanzibar-down", "../../billing/runbook/", "High")
    assert context(made["internal-ru"], "r/zanzibar-down/")["view"]["refresh"] == "../../../billing/runbook/", "in the language there is"
    assert context(made["internal-en"], "r/zanzibar-quiet/")["view"]["runbooks"] == []


def test_an_alert_with_several_runbooks_is_a_choice() -> None:
    made = staged(runbook(title="One"), runbook("en/team/two.md", title="Another", summary="The other way."), data=DATA)["internal-en"]
    view = context(made, "r/zanzibar-down/")["view"]
    assert view["refresh"] == ""
    assert [(each["title"], each["href"], each["summary"]) for each in view["runbooks"]] == [
        ("Another", "../../team/two/", "The other way."),
        ("One", "../../billing/runbook/", ""),
    ]
    (row,) = context(made, "desk/alerts/")["view"]["alerts"]
    assert (row["href"], row["anchor"], len(row["runbooks"])) == ("../../r/zanzibar-down/", "alert-zanzibar-down", 2)


def test_runbooks_of_one_title_are_told_apart() -> None:
    made = staged(
        runbook("en/billing/a.md", title="Same"),
        runbook("en/team/b.md", title="same"),
        runbook("en/team/c.md", title="Same"),
        runbook("en/team/d.md", title="Same", summary="By hand."),
        runbook("en/team/e.md", title="Other"),
        data=DATA,
    )["internal-en"]
    rows = context(made, "r/zanzibar-down/")["view"]["runbooks"]
    assert {row["href"].split("/")[-2]: row["apart"] for row in rows} == {
        "a": "Billing",
        "b": "/team/b/",
        "c": "/team/c/",
        "d": "",
        "e": "",
    }
    template = (theme_dir() / "kb" / "alert.html").read_text(encoding="utf-8")
    assert "{{ runbook.apart | e }}" in template


def test_translations_of_a_runbook_are_one_runbook() -> None:
    made = staged(runbook(id="KB-1", title="One"), runbook("ru/billing/runbook.md", id="KB-1", title="Один"))
    assert context(made["internal-ru"], "r/zanzibar-down/")["view"]["refresh"] == "../../billing/runbook/"
    assert context(made["internal-en"], "r/zanzibar-down/")["view"]["refresh"] == "../../billing/runbook/"


# ---- search


def test_search_finds_what_each_site_has_and_nothing_else() -> None:
    whole = corpus(article("en/billing/a.md"), runbook(off_hours="Restart it."))
    made = project(whole, CONTACT, FULL)
    found = {plan.edition.key: search_documents(plan, CONTACT, FULL, WORDS[plan.edition.language]) for plan in made.plans}
    editions = {each.edition.key: each for each in stage(made, whole, CONTACT, FULL, (), WORDS, {})}
    for key, documents in found.items():
        searched = {kind for kind in KINDS if kind not in {"home", "area", "correcting", "alert", "search"}}
        assert {each.address for each in documents} == {a for a, page in editions[key].pages.items() if page.kind in searched}
    assert {each.address for each in found["public-en"]} == {"billing/a/", "contact/"}
    assert "zanzibar" not in repr((found["public-en"], found["public-ru"])).lower()
    assert {each.audience for each in found["public-en"]} == {"public"}
    pages = {each.address: each for each in found["internal-en"]}
    assert {address: page.audience for address, page in pages.items() if address.startswith("desk/")} == dict.fromkeys(
        ["desk/escalation/", "desk/sla/", "desk/off-hours/", "desk/alerts/"], "internal"
    )
    assert [(section.id, section.heading) for section in pages["desk/alerts/"].sections] == [
        ("alert-zanzibar-down", "zanzibar-down"),
        ("alert-zanzibar-quiet", "zanzibar-quiet"),
    ]
    assert "Restart it." in pages["desk/off-hours/"].sections[0].text
