"""The project's own articles: ``kbgen check`` says of them what is left so on purpose and no more, and search finds what they answer."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kbgen.app.check import Checked, check
from kbgen.app.project import Project
from kbgen.app.search import edition_prefix
from kbgen.app.searches import EditionSearches, Indexes
from kbgen.engines.words import strings
from kbgen.model.finding import Problem, Severity
from kbgen.model.plan import Projection, SitePlan
from kbgen.rules import RULES
from kbgen.rules import kb603_old_title_not_found as old_titles
from kbgen.rules.questions import TOP
from kbgen.search import Reader, find, open_index

TODAY = datetime.date(2026, 11, 22)
"""Near the articles' reviews; it moves on when they are reviewed anew (else KB203 says that a review lies in the future)."""
OVERDUE = ("reports/print-a-report.md", "team/reserve-check.md")
"""Left overdue on purpose: they show what readers and leads see then."""
SAYS_NOTHING = {"en": "Notes", "ru": "Заметки"}
EVERY = 6
"""The title of every sixth article is exchanged, for each time costs an index; and those of"""
LOST = ("billing/billing-questions/", "reports/export-report/")
"""articles that others resemble, so that some are lost."""


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project, never built."""
    copy = tmp_path_factory.mktemp("own")
    shutil.copytree(root / "content", copy / "content")
    shutil.copy(root / "mkdocs.yml", copy)
    return Project(copy)


@pytest.fixture(scope="module")
def checked(project: Project) -> Checked:
    return check(project, RULES, TODAY, words=strings)


@pytest.fixture(scope="module")
def indexes(project: Project, checked: Checked) -> Indexes:
    return Indexes(project, checked.gathered, {language: strings(language) for language in checked.gathered.settings.languages})


def opened(files: Mapping[str, bytes]) -> Reader:
    reader = open_index(files.__getitem__)
    assert reader is not None
    return reader


def first(reader: Reader, query: str) -> list[str]:
    """The addresses that a reader looks at."""
    return [hit.address for hit in find(reader, query, TOP, passages=False).hits]


def test_there_is_no_error(checked: Checked) -> None:
    assert [finding for finding in checked.findings if finding.severity is Severity.ERROR] == []


def test_nothing_is_found_but_what_is_left_so_on_purpose(checked: Checked) -> None:
    found = sorted((finding.code, finding.place.path) for finding in checked.findings)
    assert found == sorted(("KB202", f"content/{language}/{path}") for path in OVERDUE for language in ("en", "ru"))


def test_both_sites_in_both_languages_were_looked_at(checked: Checked) -> None:
    plans = checked.gathered.projection.plans
    asked = {plan.edition.key: sum(len(page.article.meta.questions) for page in plan.pages.values()) for plan in plans}
    assert len(asked) == 4
    assert all(count > 100 for count in asked.values())


def test_every_question_brings_its_article_among_the_first_three(checked: Checked, indexes: Indexes) -> None:
    lost = []
    for plan in checked.gathered.projection.plans:
        reader = opened(indexes(plan))
        for address, page in plan.pages.items():
            for question in page.article.meta.questions:
                if address not in (shown := first(reader, question)):
                    lost.append(f"{plan.edition.key}: '{question}' does not show {address}, but {', '.join(shown)}")
    assert lost == []


# A title is exchanged for one that says nothing, in the public site.


@pytest.fixture(scope="module")
def built(project: Project, checked: Checked, indexes: Indexes) -> Iterator[Project]:
    """The project with the search of its public site, as a build would have written it."""
    settings = checked.gathered.settings
    for plan in _public(checked):
        folder = project.sites / plan.edition.site / edition_prefix(settings, plan.edition.language) / "search"
        for path, data in indexes(plan).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    yield project
    shutil.rmtree(project.sites)


def _public(checked: Checked) -> list[SitePlan]:
    return [plan for plan in checked.gathered.projection.plans if plan.edition.site == "public"]


def _with(plan: SitePlan, address: str, **meta: object) -> SitePlan:
    """The plan with other keys in the header of one article."""
    page = plan.pages[address]
    article = replace(page.article, meta=page.article.meta.model_copy(update=meta))
    return replace(plan, pages={**plan.pages, address: replace(page, article=article)})


def _said(project: Project, checked: Checked, plan: SitePlan, files: Mapping[str, bytes]) -> list[Problem]:
    searches = EditionSearches(project, checked.gathered.settings, lambda _: files)
    return list(old_titles.check(replace(checked.gathered.facts(searches=searches), projection=Projection((plan,), ()))))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_old_title_is_missed_exactly_where_it_is_lost(built: Project, checked: Checked, indexes: Indexes, language: str) -> None:
    plan = next(plan for plan in _public(checked) if plan.edition.language == language)
    assert _said(built, checked, plan, indexes(plan)) == []
    lost = 0
    for address in sorted({*sorted(plan.pages)[::EVERY], *LOST}):
        meta = plan.pages[address].article.meta
        edited = _with(plan, address, title=SAYS_NOTHING[language])
        files = indexes(edited)
        problems = _said(built, checked, edited, files)
        assert bool(problems) is (address not in first(opened(files), meta.title)), meta.title
        if problems:
            lost += 1
            assert problems[0].hint == f"add '{meta.title}' to keywords:"
            mended = _with(edited, address, keywords=(*meta.keywords, meta.title))
            assert _said(built, checked, mended, indexes(mended)) == []
    assert lost, "no title of the sample is lost: name others in LOST"
