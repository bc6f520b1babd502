"""In which order a site lists its articles: the wiki for an agent with a customer waiting, other sites for whoever looks around."""

from __future__ import annotations

from made_articles import SETTINGS, article
from support_data import FULL
from test_generated import WORDS, context, staged

ARTICLES = (
    article("en/billing/a.md", title="A public how-to"),
    article("en/billing/b.md", title="B featured for everybody", featured=True),
    article("en/billing/c.md", title="C rule", type="rule", audience="internal"),
    article("en/billing/d.md", title="D procedure", type="procedure", audience="internal", severity="high"),
    article("en/billing/e.md", title="E minor", type="runbook", severity="low", audience="internal", featured=True),
    article("en/billing/f.md", title="F grave", type="runbook", severity="high", audience="internal"),
    article("en/billing/g.md", title="G of no priority", type="runbook", audience="internal"),
)
WIKI = ["F grave", "E minor", "G of no priority", "D procedure", "C rule", "B featured for everybody", "A public how-to"]


def titles(rows: list[dict[str, str]]) -> list[str]:
    return [row["title"] for row in rows]


def test_the_wiki_lists_what_is_urgent_first_and_says_which_is_which() -> None:
    found = context(staged(*ARTICLES)["internal-en"], "billing/")
    assert titles(found["articles"]) == WIKI
    assert [(group["id"], group["title"], titles(group["articles"])) for group in found["view"]["groups"]] == [
        ("runbooks", "Runbooks", WIKI[:3]),
        ("procedures", "Procedures", WIKI[3:4]),
        ("rules", "Rules and background", WIKI[4:5]),
        ("customers", "What customers read", WIKI[5:]),
    ]
    entry = next(entry for entry in found["nav"] if entry["active"])
    assert titles(entry["items"]) == WIKI


def test_priorities_stand_beside_runbooks_only() -> None:
    rows = context(staged(*ARTICLES)["internal-en"], "billing/")["articles"]
    assert [(row["title"], row["severity"], row["severity_name"]) for row in rows if "severity" in row] == [
        ("F grave", "high", "High"),
        ("E minor", "low", "Low"),
    ]


def test_the_public_site_lists_what_is_featured_first() -> None:
    found = context(staged(*ARTICLES)["public-en"], "billing/")
    assert titles(found["articles"]) == ["B featured for everybody", "A public how-to"]
    assert found["view"] is None
    assert not any("severity" in row for row in found["articles"])


def test_an_area_of_one_kind_is_not_divided() -> None:
    assert context(staged(*ARTICLES[:2])["internal-en"], "billing/")["view"]["groups"] == []


def test_the_home_of_the_wiki_opens_with_what_is_needed_now() -> None:
    made = staged(*ARTICLES, data=FULL)
    home = context(made["internal-en"], "")
    assert titles(home["view"]["runbooks"]) == ["E minor", "F grave", "G of no priority"]  # featured before others
    assert titles(home["articles"]) == ["B featured for everybody"]
    assert [row["title"] for row in home["areas"][0]["articles"]] == WIKI[:4]
    tools = home["view"]["tools"]
    assert [tool["name"] for tool in tools] == ["escalation", "sla", "alerts", "contact"]
    assert (tools[0]["href"], tools[0]["title"], tools[0]["lead"]) == (
        "desk/escalation/",
        WORDS["en"]["page.escalation"],
        WORDS["en"]["page.escalation.lead"],
    )
    assert home["escalation"]["tiers"]
    outside = context(made["public-en"], "")
    assert titles(outside["articles"]) == ["B featured for everybody"]
    assert (outside["view"], outside["escalation"]) == (None, None)


def test_a_wiki_without_a_ladder_has_nobody_on_shift() -> None:
    assert (
        context(staged(*ARTICLES, settings=SETTINGS, data=FULL.model_copy(update={"tiers": ()}))["internal-en"], "")["escalation"] is None
    )
