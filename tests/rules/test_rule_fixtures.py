"""The fixtures are read and written without loss."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_fixtures import ARTICLE, expected, read_fixture, rewritten

HERE = Path(__file__).parent


def test_parts_and_marks() -> None:
    data = b"---\r\ntitle: A <~ 1: KB101 error: x [withheld from a, b] <~ 8: KB102 error: y\r\n=== b -> c\n=== d\nd <~ 2: KB103 error: z"
    first, second, third = read_fixture(data)
    assert (first.path, first.data) == (ARTICLE, b"---\r\ntitle: A\r\n")
    assert (second.path, second.target, second.data) == ("b", "c", b"")
    assert (third.path, third.data) == ("d", b"d")
    assert expected((first, second, third)) == [
        (ARTICLE, 2, "1: KB101 error: x [withheld from a, b]"),
        (ARTICLE, 2, "8: KB102 error: y"),
        ("d", 1, "2: KB103 error: z"),
    ]


def test_a_finding_elsewhere() -> None:
    parts = read_fixture(b"=== a.md\n=== elsewhere\nmkdocs.yml:3:4: KB101 error: x\n")
    assert expected(parts) == [("mkdocs.yml", 3, "4: KB101 error: x")]


@pytest.mark.parametrize("path", sorted(HERE.glob("KB*/*.md")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_written_is_what_was_read(path: Path) -> None:
    data = path.read_bytes()
    parts = read_fixture(data)
    assert rewritten(parts, expected(parts)) == data
