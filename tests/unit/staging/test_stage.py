"""Staged editions: what templates may know of a page, and the files kbgen makes itself."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

import pytest
from made_articles import DATA, SETTINGS, article, corpus, unreadable

from kbgen.audiences.project import project
from kbgen.freshness.assess import assess
from kbgen.model.settings import Language, Settings
from kbgen.model.staged import StagedEdition
from kbgen.staging.searching import search_documents
from kbgen.staging.stage import stage

TODAY = datetime.date(2026, 10, 10)
DAY = datetime.date(2026, 10, 1)
WORDS = {"en": {"notice.correcting": "It is being corrected.", "correcting.title": "Being corrected", "notice.overdue": "Overdue."}}


def staged(
    *items, live: frozenset[str] = frozenset(), today: datetime.date = TODAY, settings: Settings = SETTINGS
) -> dict[str, StagedEdition]:
    whole = corpus(*items)
    made = project(whole, settings, DATA, {"public": live})
    staleness = assess(whole.articles, settings, today)
    return {each.edition.key: each for each in stage(made, whole, settings, DATA, staleness, WORDS, {"public": live})}


def context(edition: StagedEdition, address: str) -> Mapping[str, Any]:
    return json.loads(edition.pages[address].context)


def test_a_stand_in_holds_nothing_of_the_article() -> None:
    secret = article(
        "en/billing/plan.md", "[Zanzibar](../team/x.md)", title="The Zanzibar plan", summary="Zanzibar", keywords=("Zanzibar",)
    )
    made = staged(secret, article("en/billing/b.md"), live=frozenset({"billing/plan/"}))["public-en"]
    page = made.pages["billing/plan/"]
    assert (page.kind, page.html) == ("correcting", "")
    assert b"Zanzibar" not in page.data
    known = context(made, "billing/plan/")
    assert (known["title"], known["notice"]) == ("Being corrected", {"kind": "correcting", "text": "It is being corrected."})
    assert not any(b"Zanzibar" in each.data for each in made.pages.values())


def test_a_stand_in_stands_only_where_something_stood() -> None:
    broken = unreadable("ru/billing/plan.md")
    assert "billing/plan/" not in staged(broken)["public-ru"].pages
    assert staged(broken, live=frozenset({"ru/billing/plan/"}))["public-ru"].pages["billing/plan/"].kind == "correcting"
    assert "billing/plan/" not in staged(broken, live=frozenset({"billing/plan/"}))["public-ru"].pages


def test_the_public_site_does_not_know_what_day_it_is() -> None:
    items = (article("en/billing/a.md", last_reviewed=DAY), article("en/team/b.md", audience="internal", last_reviewed=DAY))
    now, later = staged(*items), staged(*items, today=datetime.date(2030, 1, 1))
    assert now["public-en"] == later["public-en"]
    assert context(now["internal-en"], "billing/a/")["notice"] is None
    assert context(later["internal-en"], "billing/a/")["notice"] == {"kind": "overdue", "text": "Overdue."}


def test_only_the_wiki_names_owner_and_id() -> None:
    made = staged(article("en/billing/a.md", id="KB-1", owner="money"))
    assert [context(made["public-en"], "billing/a/")[key] for key in ("id", "owner")] == ["", ""]
    assert [context(made["internal-en"], "billing/a/")[key] for key in ("id", "owner")] == ["KB-1", "money"]


def test_lists_are_in_the_order_of_the_alphabet_featured_first() -> None:
    titles = ["Ёлка", "еда", "Жук", "Abc", "zeta", "Дом"]
    items = [article(f"ru/billing/{number}.md", title=title) for number, title in enumerate(titles)]
    items.append(article("ru/billing/last.md", title="Я", featured=True))
    listed = context(staged(*items)["public-ru"], "billing/")["articles"]
    assert [row["title"] for row in listed] == ["Я", "Abc", "zeta", "Дом", "еда", "Ёлка", "Жук"]


def test_home_and_area_pages_are_no_articles_of_an_area() -> None:
    items = (article("en/index.md", product_area="team"), article("en/billing/index.md", "Own text."), article("en/billing/a.md"))
    made = staged(*items)["public-en"]
    assert [(area["href"], area["count"]) for area in context(made, "")["areas"]] == [("billing/", 1)]
    assert [item["href"] for area in context(made, "billing/a/")["nav"] for item in area["items"]] == ["./"]
    assert [row["href"] for row in context(made, "billing/")["articles"]] == ["a/"]
    assert (made.pages["billing/"].kind, made.pages["billing/"].html) == ("area", "<p>Own text.</p>")
    assert made.pages[""].kind == "home"
    assert "team/" not in made.pages


def test_a_long_area_is_not_listed_beside_each_of_its_articles() -> None:
    few, many = ([article(f"en/billing/{number}.md") for number in range(count)] for count in (40, 41))
    assert len(context(staged(*few)["public-en"], "billing/1/")["nav"][0]["items"]) == 40
    assert context(staged(*many)["public-en"], "billing/1/")["nav"][0]["items"] == []
    assert len(context(staged(*many)["public-en"], "billing/")["articles"]) == 41


def test_other_languages() -> None:
    made = staged(article("en/billing/a.md", id="KB-1"), article("ru/billing/b.md", id="KB-1"), article("en/team/c.md"))
    rows = {address: context(made["public-en"], address)["alternates"] for address in ("", "billing/", "billing/a/", "team/c/", "team/")}
    assert {address: (row[1]["href"], row[1]["exists"]) for address, row in rows.items()} == {
        "": ("ru/", True),
        "billing/": ("../ru/billing/", True),
        "billing/a/": ("../../ru/billing/b/", True),
        "team/c/": ("../../ru/", False),
        "team/": ("../ru/", False),
    }
    assert rows["billing/a/"][1]["url"] == "https://help.acorn.example/ru/billing/b/"
    assert rows["team/c/"][1]["url"] == "", "what is not there has no address"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1 October 2026"), ("ru", "1 октября 2026\u202fг."), ("pt-BR", "1 de outubro de 2026"), ("xx", "2026-10-01")],
)
def test_days_as_each_language_writes_them(language: str, written: str) -> None:
    settings = SETTINGS.model_copy(update={"languages": {language: Language(name="x")}, "default_language": language})
    made = staged(article(f"{language}/billing/a.md", last_reviewed=DAY), settings=settings)[f"public-{language}"]
    assert (context(made, "billing/a/")["reviewed"], context(made, "billing/a/")["reviewed_text"]) == ("2026-10-01", written)


def test_each_address_is_in_the_sitemap_once() -> None:
    items = (article("en/index.md", product_area="billing"), article("en/billing/index.md"), article("en/billing/a & b.md"))
    more = (article("ru/billing/index.md"), article("en/team/c.md", audience="internal"), article("en/billing/x.md", "[x](nowhere.md)"))
    made = staged(*items, *more, live=frozenset({"billing/x/"}))
    sitemap = made["public-en"].files["sitemap.xml"].decode()
    places = [
        line.partition("<loc>")[2].partition("</loc>")[0].removeprefix("https://help.acorn.example/") for line in sitemap.splitlines()
    ]
    assert [place for line, place in zip(sitemap.splitlines(), places, strict=True) if line.startswith("<url>")] == [
        "",
        "billing/",
        "billing/a%20&amp;%20b/",
        "ru/",
        "ru/billing/",
    ]
    assert "sitemap.xml" not in made["public-ru"].files


def test_the_wiki_asks_to_be_left_out_of_indexes() -> None:
    made = staged(article("en/billing/a.md"))
    assert made["internal-en"].files == {"robots.txt": b"User-agent: *\nDisallow: /\n"}
    assert b"Sitemap: https://help.acorn.example/sitemap.xml" in made["public-en"].files["robots.txt"]


def test_search_sees_the_text_that_the_edition_shows() -> None:
    whole = corpus(article("en/billing/a.md", "Open. Closed.", cut="Open."), article("en/team/b.md", audience="internal"))
    made = project(whole, SETTINGS, DATA)
    documents = {plan.edition.key: search_documents(plan, SETTINGS, DATA) for plan in made.plans}
    assert {key: [item.address for item in items] for key, items in documents.items()} == {
        "public-en": ["billing/a/"],
        "public-ru": [],
        "internal-en": ["billing/a/", "team/b/"],
        "internal-ru": [],
    }
    assert documents["public-en"][0].area == "Billing"


def test_staging_is_the_same_each_time_and_in_any_order_of_files() -> None:
    items = [article(f"en/billing/{number}.md", title=f"Title {number % 3}") for number in range(9)]
    assert staged(*items) == staged(*reversed(items))
