"""Pages made from data: where they are, how articles link to them, and who keeps their addresses free."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from made_articles import DATA, SETTINGS, article, corpus

from kbgen.audiences.pages import contact_anchors
from kbgen.audiences.project import project
from kbgen.model.data import Data
from kbgen.model.plan import Projection
from kbgen.model.playbook import NO_PLAYBOOK, Reply, Spot
from kbgen.model.settings import Settings, Site
from kbgen.model.support import Alert, Channel, Plan, SeverityLevel, Sla, Tier

OPEN = Channel(id="chat", name={"en": "Chat"}, audience="public")
OURS = Channel(id="spare", name={"en": "Spare"})
FULL = DATA.model_copy(
    update={
        "channels": (OPEN, OURS),
        "tiers": (Tier(id="line-1", level=1, name={"en": "Line 1"}, teams=()),),
        "sla": (Sla(plan="basic", severity="high", channels=(), first_answer="1h", next_update="1h", resolution="1h"),),
        "alerts": (Alert(id="disk-full"),),
    }
)


def projected(*items, data: Data = FULL, settings: Settings = SETTINGS) -> Projection:
    return project(corpus(*items), settings, data)


def pages(made: Projection) -> dict[str, dict[str, str]]:
    return {plan.edition.key: dict(plan.generated) for plan in made.plans}


def href(made: Projection, edition: str, address: str) -> str | None:
    plan = next(plan for plan in made.plans if plan.edition.key == edition)
    return plan.pages[address].hrefs[0]


def test_no_data_no_pages() -> None:
    made = projected(article("en/billing/a.md"), data=DATA)
    assert all(not plan.generated and not plan.alerts for plan in made.plans)


def test_each_page_is_there_where_its_data_are() -> None:
    wanted = {"escalation": "desk/escalation/", "sla": "desk/sla/", "alerts": "desk/alerts/", "contact": "contact/"}
    made = projected(article("en/billing/a.md"))
    assert pages(made) == {
        "public-en": {"contact": "contact/"},
        "public-ru": {"contact": "contact/"},
        "internal-en": wanted,
        "internal-ru": wanted,
    }
    ours = projected(article("en/billing/a.md"), data=DATA.model_copy(update={"channels": (OURS,)}))
    assert pages(ours)["public-en"] == {}
    assert pages(ours)["internal-en"] == {"contact": "contact/"}


def test_articles_make_pages_too_on_the_wiki_alone_in_all_its_languages() -> None:
    reply = Reply("sorry", "Sorry", "<p>Sorry</p>", "Sorry", (), Spot("x", 1))
    told = article("en/billing/a.md", off_hours="You may wait.", alerts=("NodeDown", "disk-full"))
    full = dataclasses.replace(
        told.full, outline=dataclasses.replace(told.full.outline, playbook=dataclasses.replace(NO_PLAYBOOK, replies=(reply,)))
    )
    made = projected(dataclasses.replace(told, full=full, cut=full), data=DATA)
    assert pages(made)["public-en"] == {}
    assert list(pages(made)["internal-ru"]) == ["replies", "off-hours", "alerts"]
    assert {plan.edition.key: plan.alerts for plan in made.plans} == {
        "public-en": (),
        "public-ru": (),
        "internal-en": ("disk-full", "NodeDown"),
        "internal-ru": ("disk-full", "NodeDown"),
    }


def test_an_article_links_to_a_page_by_its_name() -> None:
    made = projected(article("en/billing/a.md", "[x](page:contact)"), article("ru/billing/a.md", "[x](page:contact#channels)"))
    assert not made.problems
    assert href(made, "public-en", "billing/a/") == "../../contact/"
    assert href(made, "public-ru", "billing/a/") == "../../contact/#channels"
    assert href(projected(article("en/team/b.md", "[x](page:sla)", "internal")), "internal-en", "team/b/") == "../../desk/sla/"
    by_address = projected(article("en/billing/a.md", "[x](https://help.acorn.example/ru/contact/)"))
    assert href(by_address, "public-en", "billing/a/") == "../../ru/contact/"


@pytest.mark.parametrize("data", [FULL, DATA])
@pytest.mark.parametrize("name", ["escalation", "sla", "replies", "off-hours", "alerts"])
def test_a_wider_site_does_not_tell_which_pages_the_wiki_has(name: str, data: Data) -> None:
    made = projected(article("en/billing/a.md", f"[x](page:{name})"), data=data)
    said = [(problem.code, problem.message) for problem in made.problems if "public" in problem.sites]
    assert said == [("KB301", f"links to 'page:{name}', a page for internal readers")]
    assert "billing/a/" in next(plan for plan in made.plans if plan.edition.key == "public-en").withheld


@pytest.mark.parametrize(
    "address", ["/r/disk-full/", "/ru/r/disk-full/", "/desk/sla/", "/desk/alerts/#alert-disk-full", "/contact/#channels"]
)
def test_the_wiki_links_by_address_to_pages_made_from_data(address: str) -> None:
    made = projected(article("en/team/b.md", f"[x]({address})", "internal"))
    assert not made.problems
    assert href(made, "internal-en", "team/b/") == f"../..{address}"


@pytest.mark.parametrize("address", ["/r/disk-full/", "/r/no-such/", "/ru/desk/sla/", "/desk/no-such/", "https://help.acorn.example/r/x/"])
@pytest.mark.parametrize("data", [FULL, DATA])
def test_a_wider_site_does_not_tell_which_addresses_the_wiki_has(address: str, data: Data) -> None:
    made = projected(article("en/billing/a.md", f"[x]({address})"), data=data)
    assert [problem.code for problem in made.problems if "public" in problem.sites] == ["KB301"]
    assert "billing/a/" in next(plan for plan in made.plans if plan.edition.key == "public-en").withheld


def test_an_alert_that_is_not_there_is_a_dead_link() -> None:
    made = projected(article("en/team/b.md", "[x](/r/no-such/)", "internal"))
    assert [(problem.code, problem.sites) for problem in made.problems] == [("KB401", ("internal",))]


@pytest.mark.parametrize("target", ["page:contact#nope", "/contact/#nope", "page:contact#plans"])
def test_a_place_that_the_contact_page_does_not_have(target: str) -> None:
    made = projected(article("en/billing/a.md", f"[x]({target})"))
    assert [(problem.code, problem.sites) for problem in made.problems] == [("KB402", ("public", "internal"))]
    assert "#channels" in made.problems[0].hint
    assert href(made, "public-en", "billing/a/") == "../../contact/"


def test_the_places_of_the_contact_page_are_those_of_its_template(root: Path) -> None:
    template = (root / "theme/kb/contact.html").read_text(encoding="utf-8")
    data = FULL.model_copy(
        update={
            "severities": (SeverityLevel(id="low", name={"en": "Low"}, definition={"en": "x"}),),
            "plans": (Plan(id="basic", name={"en": "x"}),),
        }
    )
    assert contact_anchors(data, "some-article") == set(re.findall(r'\bid="([^"]+)"', template.replace("{{ plan.id | e }}", "basic")))


@pytest.mark.parametrize(
    ("target", "hint"),
    [("page:contact", "made where its data are"), ("page:contacts", "did you mean 'contact'?"), ("page:", "made where its data are")],
)
def test_a_page_that_is_not_there_is_a_dead_link(target: str, hint: str) -> None:
    made = projected(article("en/billing/a.md", f"[x]({target})"), data=DATA)
    assert {(problem.code, problem.sites) for problem in made.problems} == {("KB401", ("public", "internal"))}
    assert hint in made.problems[0].hint


def test_a_page_is_no_image() -> None:
    assert [problem.code for problem in projected(article("en/billing/a.md", "![x](page:contact)")).problems] == ["KB401"]


def test_a_page_made_from_data_keeps_its_address() -> None:
    items = (article("en/contact/office.md"), article("en/contact.md"), article("en/billing/a.md", "[x](../contact/office.md)"))
    made = projected(*items)
    assert [(problem.code, problem.place.path, problem.sites) for problem in made.problems] == [
        ("KB505", "content/en/contact.md", ("public", "internal")),
        ("KB505", "content/en/contact/office.md", ("public", "internal")),
    ]
    for plan in made.plans:
        assert not [address for address in plan.pages if address.startswith("contact/")]
    assert "contact/office/" in made.plans[0].withheld
    assert href(made, "public-en", "billing/a/") is None


def test_what_only_the_wiki_sees_takes_no_address_from_others() -> None:
    """Whether there are internal channels must not show outside."""
    made = projected(article("en/contact/office.md"), data=DATA.model_copy(update={"channels": (OURS,)}))
    assert [problem.sites for problem in made.problems] == [("internal",)]
    assert "contact/office/" in next(plan for plan in made.plans if plan.edition.key == "public-en").pages
    assert not projected(article("en/contact/office.md"), data=DATA).problems


def test_a_site_in_between_has_the_contact_page_and_nothing_of_the_wiki() -> None:
    settings = SETTINGS.model_copy(
        update={
            "audiences": ("public", "partner", "internal"),
            "sites": {**SETTINGS.sites, "partner": Site(name="Partners", audience="partner")},
        }
    )
    data = FULL.model_copy(update={"channels": (Channel(id="hotline", name={"en": "Hotline"}, audience="partner"),)})
    made = pages(projected(article("en/billing/a.md"), data=data, settings=settings))
    assert (made["public-en"], made["partner-en"]) == ({}, {"contact": "contact/"})
