"""One key of a header is changed, and not a byte besides."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.content.door import Opened, open_source
from kbgen.content.edit import rewrite, with_key
from kbgen.model.article import SourceFile
from kbgen.model.settings import Limits

LIMITS = Limits()
ARTICLE = b"---\ntitle: Page the engineers\nlast_drilled: 2026-01-01  # with the night shift\nseverity: high\n---\n\nText.\n"


def test_a_key_that_is_there_gets_the_new_value_and_keeps_its_comment() -> None:
    assert with_key(ARTICLE, "last_drilled", "2026-11-22", LIMITS) == ARTICLE.replace(b"2026-01-01", b"2026-11-22")


def test_a_key_that_is_not_there_becomes_the_last_one() -> None:
    without = ARTICLE.replace(b"last_drilled: 2026-01-01  # with the night shift\n", b"")
    assert with_key(without, "last_drilled", "2026-11-22", LIMITS) == without.replace(b"high\n", b"high\nlast_drilled: 2026-11-22\n")


def test_line_endings_of_windows_stay() -> None:
    changed = with_key(ARTICLE.replace(b"\n", b"\r\n"), "last_drilled", "2026-11-22", LIMITS)
    assert changed == ARTICLE.replace(b"2026-01-01", b"2026-11-22").replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "data",
    [
        b"No header at all.\n",
        b"---\ntitle: [broken\n---\n\nText.\n",
        b"---\ntitle: Two lines\nlast_drilled:\n  2026-01-01\n---\n\nText.\n",
        b"\xff---\ntitle: A\n---\n",
    ],
    ids=["no header", "broken", "over two lines", "no UTF-8"],
)
def test_what_cannot_be_changed_safely_is_not_changed(data: bytes) -> None:
    assert with_key(data, "last_drilled", "2026-11-22", LIMITS) is None


@given(title=st.text(max_size=30), comment=st.text(max_size=20), body=st.text(max_size=60), there=st.booleans())
def test_everything_else_stays_byte_for_byte(title: str, comment: str, body: str, there: bool) -> None:
    line = f"last_drilled: 2026-01-01 # {comment}\n" if there else ""
    data = f"---\ntitle: {title}\n{line}---\n{body}".encode("utf-8", "surrogatepass")
    changed = with_key(data, "last_drilled", "2026-11-22", LIMITS)
    if changed is not None:
        opened = open_source(SourceFile("", changed), LIMITS)
        assert isinstance(opened, Opened)
        assert str(opened.values["last_drilled"]) == "2026-11-22"
        without = data.replace(line.encode("utf-8", "surrogatepass"), b"", 1) if there else data
        kept = b"".join(each for each in changed.splitlines(keepends=True) if not each.startswith(b"last_drilled:"))
        assert kept == b"".join(each for each in without.splitlines(keepends=True))


def test_a_file_is_replaced_whole_keeps_its_rights_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_bytes(ARTICLE)
    path.chmod(0o640)
    assert rewrite(path, lambda data: data + b"More.\n")
    assert path.read_bytes() == ARTICLE + b"More.\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["article.md"]
    assert not rewrite(path, lambda _: None)
    assert path.read_bytes() == ARTICLE + b"More.\n"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(ARTICLE)
    (tmp_path / "link.md").symlink_to("real.md")
    with pytest.raises(OSError, match="is a link"):
        rewrite(tmp_path / "link.md", lambda data: data + b"x")
    assert (tmp_path / "real.md").read_bytes() == ARTICLE
