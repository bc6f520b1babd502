"""Translations find their originals, take from them what they do not write themselves, and are never wider."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from made_articles import SETTINGS, article, unreadable

from kbgen.model.article import Article, Unreadable
from kbgen.translations.pair import pair


def paired(*items: Article | Unreadable) -> dict[str, Article]:
    articles = [item for item in items if isinstance(item, Article)]
    made = pair(articles, [item for item in items if isinstance(item, Unreadable)], SETTINGS)
    assert [item.source.path for item in made] == [item.source.path for item in articles], "the same articles in the same order"
    return {item.source.path.removeprefix("content/"): item for item in made}


@pytest.mark.parametrize(("path", "id_"), [("ru/billing/a.md", ""), ("ru/team/b.md", "KB-1")])
def test_by_path_or_by_id(path: str, id_: str) -> None:
    original = article("en/billing/a.md", id="KB-1", type="reference", tags=("money",), owner="money", review_every="90d", featured=True)
    made = paired(original, article(path, id=id_))[path]
    assert (made.id, made.meta.type, made.meta.tags, made.meta.owner) == ("KB-1", "reference", ("money",), "money")
    assert (made.meta.product_area, made.meta.review_every, made.meta.featured) == ("billing", "90d", True)


def test_what_a_translation_writes_itself() -> None:
    day = datetime.date(2026, 5, 17)
    original = article("en/billing/a.md", summary="English", keywords=("one",), questions=("Why?",), last_reviewed=day)
    own = {"title": "Русский", "summary": "Кратко", "keywords": ("раз",), "questions": ("Зачем?",)}
    meta = paired(original, article("ru/billing/a.md", **own))["ru/billing/a.md"].meta
    assert {key: getattr(meta, key) for key in own} == own
    assert meta.last_reviewed is None, "nobody has reviewed the translation"


@pytest.mark.parametrize(
    ("original", "translation", "counts_as", "said"),
    [
        ("public", "public", "public", []),
        ("public", "internal", "internal", []),
        ("internal", "internal", "internal", []),
        ("internal", "public", "internal", ["KB307"]),
    ],
)
def test_the_narrower_audience_holds(original: str, translation: str, counts_as: str, said: list[str]) -> None:
    made = paired(article("en/billing/a.md", audience=original), article("ru/billing/a.md", audience=translation))
    assert made["ru/billing/a.md"].meta.audience == counts_as
    assert [problem.code for problem in made["ru/billing/a.md"].problems] == said
    assert all(problem.sites == ("public",) for problem in made["ru/billing/a.md"].problems)
    assert made["en/billing/a.md"].meta.audience == original, "an original does not follow its translation"


def test_an_original_that_cannot_be_read_counts_as_internal() -> None:
    made = paired(unreadable("en/billing/a.md"), article("ru/billing/a.md"))["ru/billing/a.md"]
    assert (made.meta.audience, [problem.code for problem in made.problems]) == ("internal", ["KB307"])


def _broken(path: str, **header: object) -> Unreadable:
    """An original whose header could be read."""
    read = article(path, **header)
    return dataclasses.replace(unreadable(path), meta=read.meta, id=str(header.get("id", "")))


def test_what_the_header_of_a_broken_original_says_still_holds() -> None:
    broken = _broken("en/billing/a.md", id="KB-1", type="runbook", severity="high", tier=2, alerts=("down",), audience="public", typed=True)
    made = paired(broken, article("ru/billing/a.md", title="Своё"))["ru/billing/a.md"]
    meta = made.meta
    assert (made.id, meta.title, meta.type, meta.severity, meta.tier, meta.alerts) == ("KB-1", "Своё", "runbook", "high", 2, ("down",))
    assert (meta.audience, [problem.code for problem in made.problems]) == ("internal", ["KB307"]), "that it says public is not enough"


@pytest.mark.parametrize("broken", [unreadable("en/billing/a.md"), _broken("en/billing/a.md", original="de", type="reference")])
def test_no_type_is_claimed_that_nobody_can_know(broken: Unreadable) -> None:
    assert paired(broken, article("ru/billing/a.md"))["ru/billing/a.md"].meta.type == ""
    own = article("ru/billing/a.md", type="procedure", typed=True)
    assert paired(broken, own)["ru/billing/a.md"].meta.type == "procedure"


def test_a_broken_original_that_is_a_translation_itself_gives_nothing_and_still_narrows() -> None:
    made = paired(_broken("en/billing/a.md", original="ru", type="reference"), article("ru/billing/a.md", original="en", type="faq"))
    assert (made["ru/billing/a.md"].meta.type, made["ru/billing/a.md"].meta.audience) == ("", "internal")


def test_without_an_original_nothing_changes() -> None:
    alone = article("ru/billing/a.md")
    assert paired(alone)["ru/billing/a.md"] == alone


def test_an_original_in_another_language() -> None:
    made = paired(article("en/billing/a.md", original="ru"), article("ru/billing/a.md", type="concept"))
    assert made["en/billing/a.md"].meta.type == "concept"
    assert made["ru/billing/a.md"].meta.type == "concept", "the original takes nothing from its translation"
    made = paired(article("en/billing/a.md", original="ru"), article("ru/billing/a.md", audience="internal"))
    assert made["en/billing/a.md"].meta.audience == "internal"
    made = paired(article("en/billing/a.md", audience="internal", original="ru"), article("ru/billing/a.md"))
    assert made["ru/billing/a.md"].meta.audience == "public", "of the two only the translation was internal"


def test_two_that_name_each_other_are_as_narrow_as_the_narrower() -> None:
    made = paired(article("en/billing/a.md", original="ru", audience="internal"), article("ru/billing/a.md", original="en"))
    assert {item.meta.audience for item in made.values()} == {"internal"}


def test_an_id_in_another_folder_is_not_taken_for_a_path() -> None:
    made = paired(article("en/billing/a.md", id="KB-1", type="concept"), article("ru/billing/a.md", id="KB-2"))
    assert made["ru/billing/a.md"].meta.type == "concept", "the path pairs where no id does"
