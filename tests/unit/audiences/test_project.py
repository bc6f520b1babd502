"""Who sees what: from a corpus to what each edition holds."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from made_articles import DATA, SETTINGS, article, corpus, unreadable

from kbgen.audiences.project import project
from kbgen.model.finding import Place, Problem
from kbgen.model.plan import Projection, SitePlan


def plan(projection: Projection, key: str) -> SitePlan:
    return next(plan for plan in projection.plans if plan.edition.key == key)


def projected(*items, assets: tuple[str, ...] = (), live: Mapping[str, frozenset[str]] | None = None) -> Projection:
    return project(corpus(*items, assets=assets), SETTINGS, DATA, live)


def said(projection: Projection) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(problem.code, str(problem.place), problem.sites) for problem in projection.problems]


def target(path: str, *links: str, audience: str = "public", live: frozenset[str] = frozenset(), site: str = "public"):
    """The hrefs of an article that links to these targets, among a few others, and what was said of it."""
    text = "\n".join(links)
    others = [
        article("en/billing/refund.md", "## By card {#by-card}"),
        article("en/billing/cards/visa.md"),
        article("en/team/roles.md", audience="internal"),
        article("ru/billing/refund.md"),
        article("en/billing/odd name.md"),
        unreadable("en/billing/broken.md"),
    ]
    made = projected(article(path, text, audience), *others, assets=("en/billing/a.png", "en/team/b.png"), live={site: live})
    pages = plan(made, f"{site}-{path[:2]}").pages
    page = next((page for page in pages.values() if page.article.source.path == f"content/{path}"), None)
    codes = [problem.code for problem in made.problems if problem.place.path == f"content/{path}" and site in problem.sites]
    return (page.hrefs if page else None), codes


def test_each_edition_holds_what_its_audience_may_see_in_its_language() -> None:
    made = projected(
        article("en/billing/refund.md", "Open. Closed.", cut="Open."),
        article("ru/billing/refund.md"),
        article("en/team/roles.md", audience="internal"),
    )
    assert [(each.edition.key, each.edition.prefix, list(each.pages), each.areas) for each in made.plans] == [
        ("public-en", "", ["billing/refund/"], ("billing",)),
        ("public-ru", "ru/", ["billing/refund/"], ("billing",)),
        ("internal-en", "", ["billing/refund/", "team/roles/"], ("billing", "team")),
        ("internal-ru", "ru/", ["billing/refund/"], ("billing",)),
    ]
    assert plan(made, "public-en").pages["billing/refund/"].rendering.text == "Open."
    assert plan(made, "internal-en").pages["billing/refund/"].rendering.text == "Open. Closed."
    assert plan(made, "public-en").translations == {"billing/refund/": {"en": "billing/refund/", "ru": "billing/refund/"}}
    assert plan(made, "internal-en").translations["team/roles/"] == {"en": "team/roles/"}
    assert made.problems == ()


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("refund.md", "../refund/"),
        ("./refund.md", "../refund/"),
        ("refund.md#by-card", "../refund/#by-card"),
        ("refund.md?tab=2#by-card", "../refund/#by-card"),
        ("cards/visa.md", "../cards/visa/"),
        ("../../ru/billing/refund.md", "../../ru/billing/refund/"),
        ("odd%20name.md", "../odd%20name/"),
        ("odd name.md", "../odd%20name/"),
        ("/billing/refund/", "../refund/"),
        ("/billing/refund", "../refund/"),
        ("/billing/refund/#by-card", "../refund/#by-card"),
        ("/ru/billing/refund/", "../../ru/billing/refund/"),
        ("/", "../../"),
        ("/ru/", "../../ru/"),
        ("https://help.acorn.example/billing/refund/", "../refund/"),
        ("https://HELP.acorn.example/billing/refund/#by-card", "../refund/#by-card"),
        ("https://help.acorn.example", "../../"),
        ("https://other.example/a?b=c#d", "https://other.example/a?b=c#d"),
        ("//other.example/a", "//other.example/a"),
        ("mailto:support@acorn.example", "mailto:support@acorn.example"),
        ("tel:+100", "tel:+100"),
        ("#", "#"),
        ("#top", "#top"),
    ],
)
def test_links_that_lead_somewhere(written: str, href: str) -> None:
    assert target("en/billing/page.md", f"[x]({written})") == ((href,), [])


@pytest.mark.parametrize(
    ("written", "href", "code"),
    [
        ("refund.md#nothing", "../refund/", "KB402"),
        ("#nothing", None, "KB402"),
        ("../../../outside.md", None, "KB404"),
        ("missing.pdf", None, "KB403"),
        ("notes.docx", None, "KB404"),
        ("http://[::1", None, "KB404"),
    ],
)
def test_links_with_a_fault_that_the_page_survives(written: str, href: str | None, code: str) -> None:
    assert target("en/billing/page.md", f"[x]({written})") == ((href,), [code])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("../team/roles.md", "KB301"),
        ("../team/roles.md#x", "KB301"),
        ("https://wiki.acorn.example/team/roles/", "KB301"),
        ("https://WIKI.acorn.example", "KB301"),
        ("//wiki.acorn.example/team/roles/", "KB301"),
        ("../team/nothing.md", "KB401"),
        ("/team/roles/", "KB401"),
        ("/billing/nothing/", "KB401"),
        ("https://help.acorn.example/team/roles/", "KB401"),
        ("broken.md", "KB401"),
        ("refund", "KB401"),
        ("../team/b.png", "KB308"),
        ("../team/missing.png", "KB308"),
    ],
)
def test_links_that_keep_a_page_out_of_the_public_site(written: str, code: str) -> None:
    assert target("en/billing/page.md", f"[x]({written})") == (None, [code])


@pytest.mark.parametrize(
    ("written", "href", "codes"),
    [
        ("../team/roles.md", "../../team/roles/", []),
        ("https://wiki.acorn.example/team/roles/", "../../team/roles/", []),
        ("https://help.acorn.example/billing/refund/", "https://help.acorn.example/billing/refund/", []),
        ("../team/nothing.md", None, ["KB401"]),
    ],
)
def test_the_same_links_in_the_wiki(written: str, href: str | None, codes: list[str]) -> None:
    assert target("en/billing/page.md", f"[x]({written})", site="internal") == ((href,), codes)


def test_an_internal_link_and_a_missing_one_look_the_same_from_outside() -> None:
    there = projected(article("en/billing/a.md", "[x](../team/roles.md)"), article("en/team/roles.md", audience="internal"))
    gone = projected(article("en/billing/a.md", "[x](../team/roles.md)"))
    assert plan(there, "public-en") == plan(gone, "public-en")


def test_pictures() -> None:
    hrefs, codes = target("en/billing/page.md", "![x](a.png)", "![x](missing.png)", "![x](https://other.example/a.png)")
    assert hrefs is not None
    assert hrefs[0] is not None
    assert hrefs[0].startswith("../../assets/files/")
    assert (hrefs[1:], codes) == ((None, None), ["KB403", "KB404"])


def test_only_assets_that_a_page_shows_are_shipped() -> None:
    made = projected(
        article("en/billing/a.md", "![x](a.png)\n\n![y](b.png)", cut="![x](a.png)"),
        assets=("en/billing/a.png", "en/billing/b.png", "c.png"),
    )
    assert [path.rpartition("/")[2] for path in plan(made, "public-en").assets] == ["a.png"]
    assert sorted(path.rpartition("/")[2] for path in plan(made, "internal-en").assets) == ["a.png", "b.png"]
    assert plan(made, "public-ru").assets == {}


def test_a_page_left_out_takes_no_page_along_that_links_to_it() -> None:
    items = (
        article("en/billing/a.md", "[x](b.md)"),
        article("en/billing/b.md", "[x](../team/roles.md)"),
        article("en/team/roles.md", audience="internal"),
    )
    made = plan(projected(*items), "public-en")
    assert (made.pages["billing/a/"].hrefs, made.withheld) == ((None,), {"billing/b/"})
    made = plan(projected(*items, live={"public": frozenset({"billing/b/"})}), "public-en")
    assert (made.pages["billing/a/"].hrefs, made.withheld) == (("../b/",), {"billing/b/"})


def test_a_link_to_what_was_live_and_cannot_be_read_leads_to_its_stand_in() -> None:
    assert target("en/billing/page.md", "[x](broken.md)", live=frozenset({"billing/broken/"})) == (("../broken/",), [])


def test_what_counts_as_internal_by_mistake_keeps_its_address() -> None:
    doubt = Problem("KB305", Place("content/en/billing/b.md"), "odd", "mend it", ("public",))
    items = (article("en/billing/a.md", "[x](b.md)"), article("en/billing/b.md", audience="internal", problems=(doubt,)))
    made = plan(projected(*items, live={"public": frozenset({"billing/b/"})}), "public-en")
    assert (made.pages["billing/a/"].hrefs, made.withheld) == (("../b/",), {"billing/b/"})
    # What never was live is no different from any internal article.
    made = plan(projected(*items), "public-en")
    assert list(made.pages) == []


def test_a_snippet_for_colleagues_keeps_a_page_out() -> None:
    made = projected(article("en/billing/a.md", includes=(("content/_snippets/en/x.md", "internal"),)))
    assert (list(plan(made, "public-en").pages), list(plan(made, "internal-en").pages)) == ([], ["billing/a/"])
    assert [(code, sites) for code, _, sites in said(made)] == [("KB302", ("public",))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("en/billing/a.md", "en/billing/a/index.md"),
        ("en/billing/Refund.md", "en/billing/refund/index.md"),
        ("en/billing/\u0439.md", "en/billing/\u0438\u0306.md"),
    ],
)
def test_two_articles_with_one_address(one: str, other: str) -> None:
    made = projected(article(one), article(other))
    assert [(code, sites) for code, _, sites in said(made)] == [("KB501", ("public", "internal"))]
    made = projected(article(one), article(other, audience="internal"))
    assert [(code, sites) for code, _, sites in said(made)] == [("KB501", ("internal",))]
    assert len(plan(made, "public-en").pages) == 1


def test_a_link_to_an_article_that_lost_its_address_says_nothing_more() -> None:
    made = projected(article("en/billing/a.md"), article("en/billing/a/index.md"), article("en/billing/b.md", "[x](a/index.md)"))
    assert [code for code, _, _ in said(made)] == ["KB501"]


def test_the_answer_does_not_depend_on_what_is_internal() -> None:
    public = [article("en/billing/a.md", "[x](b.md)"), article("en/billing/b.md"), article("ru/billing/a.md")]
    inside = [article("en/team/roles.md", "[x](../billing/a.md)", "internal"), article("ru/team/роли.md", audience="internal")]
    with_them, without = projected(*public, *inside), projected(*public)
    assert [each for each in with_them.plans if each.edition.site == "public"] == [
        each for each in without.plans if each.edition.site == "public"
    ]
