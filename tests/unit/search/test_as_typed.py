"""What people really type into the box of our own sites finds what they mean: ``tests/vectors/searches.json``.

Each row is a query, the addresses that answer it, and the place in which one of them has to stand. A query that somebody complains about
belongs there.
"""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kbgen.app.project import Project, gather
from kbgen.app.searches import Indexes
from kbgen.engines.words import strings
from kbgen.search import Reader, find, open_index

ROOT = Path(__file__).resolve().parents[3]
VECTORS = json.loads((ROOT / "tests" / "vectors" / "searches.json").read_text(encoding="utf-8"))
TODAY = datetime.date(2026, 11, 22)
MET = 0.97
"""The share of the queries of a language that have to find what they should: the texts may move a little."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, bytes]]:
    """The index of each edition of our own content."""
    root = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copy(ROOT / "mkdocs.yml", root)
    gathered = gather(Project(root), TODAY)
    indexes = Indexes(Project(root), gathered, {language: strings(language) for language in gathered.settings.languages})
    return {f"{plan.edition.site} {plan.edition.language}": indexes(plan) for plan in gathered.projection.plans}


@pytest.fixture(scope="module")
def editions(files: Mapping[str, Mapping[str, bytes]]) -> Mapping[str, Reader]:
    """Each of them, opened."""
    opened = {name: open_index(index.__getitem__) for name, index in files.items()}
    return {name: reader for name, reader in opened.items() if reader is not None}


def test_there_are_enough_of_them(editions: Mapping[str, Reader]) -> None:
    assert VECTORS.keys() == editions.keys()
    for language in ("en", "ru"):
        assert sum(len(rows) for name, rows in VECTORS.items() if name.endswith(language)) >= 100
    for name, rows in VECTORS.items():
        known = set(editions[name].directory["documents"]["address"])
        assert [query for query, wanted, _ in rows if not known.issuperset(wanted)] == [], f"{name}: an address is gone"
        assert len({query for query, _, _ in rows}) == len(rows)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_people_type_finds_what_they_mean(editions: Mapping[str, Reader], language: str) -> None:
    asked, missed = 0, []
    for name, rows in VECTORS.items():
        for query, wanted, place in rows if name.endswith(language) else ():
            found = [hit.address for hit in find(editions[name], query, 10, passages=False).hits]
            asked += 1
            if not set(wanted) & set(found[:place]):
                missed.append(f"{name}: {query!r} finds {', '.join(found[:3]) or 'nothing'}; should be {wanted[0]} ({place})")
    assert 1 - len(missed) / asked >= MET, "\n".join(missed)


@pytest.mark.parametrize("name", ["public en", "public ru", "internal ru"])
def test_the_browser_finds_the_same(
    files: Mapping[str, Mapping[str, bytes]], editions: Mapping[str, Reader], node: Callable[..., Any], name: str
) -> None:
    queries = [query for query, _, _ in VECTORS[name]]
    theirs = node(index=files[name], queries=queries, limit=5, options={})
    for query, hits, rest in zip(queries, theirs["hits"], theirs["answers"], strict=True):
        ours = find(editions[name], query, 5)
        assert [(hit.address, hit.anchor, [list(part) for part in hit.parts]) for hit in ours.hits] == [
            (hit["address"], hit["anchor"], hit["parts"]) for hit in hits
        ], query
        assert (ours.shown_as, ours.total) == (rest["shown_as"], rest["total"]), query


def test_a_whole_title_comes_first(editions: Mapping[str, Reader]) -> None:
    missed = []
    for name, reader in editions.items():
        documents = reader.directory["documents"]
        for title, address in zip(documents["title"], documents["address"], strict=True):
            first = find(reader, title, 1, passages=False).hits[0]
            if first.address != address and first.title != title:
                missed.append(f"{name}: {title!r} finds {first.address}")
    assert missed == []


def test_an_id_finds_its_article_where_that_is_shown(editions: Mapping[str, Reader]) -> None:
    for name, reader in editions.items():
        for query in ("KB-4HT9", "kb-4ht9", "KB-4HT"):
            assert find(reader, query, 1, passages=False).hits[0].address == "account/cannot-sign-in/", name
    runbook = "account/runbook-cannot-sign-in/"
    assert find(editions["internal en"], "KB-8KMX", 1, passages=False).hits[0].address == runbook
    assert find(editions["public en"], "KB-8KMX", passages=False).total == 0


@pytest.mark.parametrize(
    ("edition", "query"),
    [
        ("public en", "cant login"), ("public en", "reports loading forever"), ("public ru", "отписаться"), ("public ru", "рефанд"),
        ("public ru", "152-фз"), ("public ru", "reset пароля"), ("public ru", "платеж не прошел"), ("public ru", "ghbdtn"),
    ],
)  # fmt: skip
def test_nothing_is_taken_for_what_it_is_not(editions: Mapping[str, Reader], edition: str, query: str) -> None:
    assert find(editions[edition], query, passages=False).shown_as == ""
