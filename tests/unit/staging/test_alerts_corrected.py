"""An alert whose runbook is being corrected: the wiki says so, and leads to what is left; no other site is told."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from made_articles import DATA, SETTINGS, article, corpus, unreadable
from support_data import FULL

from kbgen.audiences.project import project
from kbgen.engines.words import strings
from kbgen.model.article import Article, SourceFile, Unreadable
from kbgen.model.data import Data
from kbgen.model.finding import Place, Problem
from kbgen.model.staged import StagedEdition
from kbgen.staging.stage import stage

WORDS = {code: strings(code) for code in ("en", "ru")}
LIVE = {name: frozenset({"billing/runbook/"}) for name in ("public", "internal")}
HEADER = "---\ntitle: [\nid: KB-R\nalerts:\n  - zanzibar-down\n---\n\nThe alert zanzibar-quiet is another one.\n"


def staged(*items: Article | Unreadable, data: Data = FULL) -> dict[str, StagedEdition]:
    whole = corpus(*items)
    made = project(whole, SETTINGS, data, LIVE)
    return {each.edition.key: each for each in stage(made, whole, SETTINGS, data, (), WORDS, LIVE)}


def view(edition: StagedEdition, address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(edition.pages[address].context)["view"]
    return found


def broken(text: str = "", **header: object) -> Unreadable:
    made = unreadable("en/billing/runbook.md")
    meta = article("en/billing/runbook.md", **header).meta if header else None
    return dataclasses.replace(made, source=SourceFile(made.source.path, text.encode()), meta=meta, id=str(header.get("id", "")))


RU = article("ru/billing/runbook.md", title="Инструкция", id="KB-R", type="runbook", audience="internal", alerts=("zanzibar-down",))


HEADLESS = article("ru/billing/runbook.md", title="Инструкция", id="KB-R", audience="internal")


@pytest.mark.parametrize(
    ("original", "translation"),
    [(broken(alerts=("zanzibar-down",), id="KB-R"), RU), (broken(HEADER), RU), (broken(HEADER), HEADLESS)],
)
def test_it_leads_to_the_translation_and_says_why(original: Unreadable, translation: Article) -> None:
    made = staged(original, translation)
    told = view(made["internal-en"], "r/zanzibar-down/")
    assert (told["correcting"], told["refresh"]) == (["/billing/runbook/"], "")
    assert [each["href"] for each in told["runbooks"]] == ["../../ru/billing/runbook/"]
    assert view(made["internal-en"], "r/zanzibar-quiet/")["correcting"] == [], "what its text names it does not claim"
    theirs = view(made["internal-ru"], "r/zanzibar-down/")
    assert (theirs["correcting"], theirs["refresh"]) == ([], "../../billing/runbook/"), "who reads Russian misses nothing"


@pytest.mark.parametrize("original", [broken(alerts=("zanzibar-down",)), broken(HEADER)])
def test_without_a_translation_it_does_not_say_that_there_is_none(original: Unreadable) -> None:
    for edition in ("internal-en", "internal-ru"):
        told = view(staged(original)[edition], "r/zanzibar-down/")
        assert (told["correcting"], told["runbooks"], told["refresh"]) == (["/billing/runbook/"], [], "")
    rows = {row["name"]: row["correcting"] for row in view(staged(original)["internal-en"], "desk/alerts/")["alerts"]}
    assert rows == {"zanzibar-down": ["/billing/runbook/"], "zanzibar-quiet": []}


def test_an_alert_that_is_declared_nowhere_keeps_its_page() -> None:
    made = staged(broken(alerts=("disk-full",)), data=DATA)
    assert view(made["internal-en"], "r/disk-full/")["correcting"] == ["/billing/runbook/"]


def test_a_runbook_that_is_withheld_is_being_corrected_too() -> None:
    fault = Problem("KB303", Place("content/en/billing/runbook.md"), "a block in a block", "take it out", ("internal",))
    made = staged(article("en/billing/runbook.md", audience="internal", alerts=("disk-full",), problems=(fault,)), data=DATA)
    assert made["internal-en"].pages["billing/runbook/"].kind == "correcting"
    assert view(made["internal-en"], "r/disk-full/")["correcting"] == ["/billing/runbook/"]


def test_its_own_address_leads_to_the_translation_in_the_wiki_alone() -> None:
    for edition, there in (("internal-en", True), ("public-en", False)):
        page = staged(broken(HEADER), RU, article("en/billing/a.md"))[edition].pages["billing/runbook/"]
        assert page.kind == "correcting"
        assert [row["exists"] for row in json.loads(page.context)["alternates"]] == [False, there]


def test_no_other_site_is_told() -> None:
    """Neither which alerts led to it, nor which article is its translation."""
    others = (article("en/billing/a.md"), article("ru/billing/other.md", id="KB-R"))
    bare = staged(broken("---\ntitle: [\n---\n"), *others)
    told = staged(broken(HEADER), *others)
    read = staged(broken(alerts=("zanzibar-down",), audience="public", id="KB-R"), *others)
    for key in ("public-en", "public-ru"):
        assert bare[key] == told[key] == read[key]
    assert bare["internal-en"] != told["internal-en"]
