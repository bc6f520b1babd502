"""Analysed documents are kept between builds, and nothing that is wrong with the file can change an index."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import search_corpus as corpus

from kbgen.search import TermCache, build_index
from kbgen.search.terms import count, key_of

DOCUMENTS = corpus.documents(40)
INDEX = build_index(DOCUMENTS, "ru")


def built(path: Path | None, documents: list[corpus.SearchDocument] = DOCUMENTS) -> tuple[dict[str, bytes], int]:
    """The index made with this cache, and how many documents were analysed."""
    cache = TermCache(path)
    index = build_index(documents, "ru", (), cache)
    cache.save()
    return index, cache.analysed


def test_only_what_changed_is_analysed_again(tmp_path: Path) -> None:
    path = tmp_path / "work" / "terms.sqlite"
    assert built(path) == (INDEX, 40)
    assert built(path) == (INDEX, 0)
    edited = [replace(DOCUMENTS[0], title="Зюзюкин"), *DOCUMENTS[1:]]
    assert built(path, edited) == (build_index(edited, "ru"), 1)
    assert built(path, edited[1:])[1] == 0
    assert built(path) == (INDEX, 1), "what no document had any more was forgotten"


def test_the_terms_depend_on_texts_alone() -> None:
    one = DOCUMENTS[0]
    assert key_of(replace(one, address="elsewhere/", area="x", type="y", audience="z", severity="low", featured=True)) == key_of(one)
    moved = replace(one, title="", keywords=(*one.keywords, one.title))
    assert key_of(moved) != key_of(one)
    assert count(moved) != count(one)


def test_two_editions_share_a_cache() -> None:
    cache = TermCache()
    build_index(DOCUMENTS, "ru", (), cache)
    assert build_index(DOCUMENTS[:30], "en", (), cache) == build_index(DOCUMENTS[:30], "en")
    assert cache.analysed == 40


@pytest.mark.parametrize("data", [b"", b"not a database", b"SQLite format 3\x00 and no more"])
def test_a_file_that_is_no_cache_is_thrown_away(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "terms.sqlite"
    path.write_bytes(data)
    assert built(path) == (INDEX, 40)
    assert built(path) == (INDEX, 0)


@pytest.mark.parametrize(
    "change", ["value = x'00'", "value = 'text'", "digest = x'00'", "digest = NULL", "value = (SELECT max(value) FROM terms)"]
)
def test_damaged_rows_are_never_believed(tmp_path: Path, change: str) -> None:
    path = tmp_path / "terms.sqlite"
    built(path)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA ignore_check_constraints = on")
        if "NULL" in change:
            database.execute("CREATE TABLE other AS SELECT * FROM terms")
            database.execute("DROP TABLE terms")
            database.execute("ALTER TABLE other RENAME TO terms")
        database.execute(f"UPDATE terms SET {change}")
    database.close()
    index, analysed = built(path)
    assert index == INDEX
    assert analysed >= 39


def test_another_table_or_a_folder_or_a_link_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "terms.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE terms (other TEXT)")
    database.close()
    assert built(path) == (INDEX, 40)
    folder = tmp_path / "folder"
    folder.mkdir()
    assert built(folder) == (INDEX, 40)
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("kept", encoding="utf-8")
    link.symlink_to(target)
    assert built(link) == (INDEX, 40)
    assert target.read_text(encoding="utf-8") == "kept"
