"""Reading a built site."""

from __future__ import annotations

import os
from pathlib import Path

from kbgen.sites.read import read_site


def test_regular_files_by_path_sorted(tmp_path: Path):
    site = tmp_path / "site"
    (site / "b" / "c").mkdir(parents=True)
    (site / "b" / "c" / "index.html").write_bytes(b"1")
    (site / "b-a.txt").write_bytes(b"2")
    (tmp_path / "secret.txt").write_bytes(b"3")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    (site / "folder").symlink_to(tmp_path)
    os.mkfifo(site / "pipe.html")
    assert list(read_site(site).items()) == [("b-a.txt", b"2"), ("b/c/index.html", b"1")]


def test_a_site_that_is_not_there_is_empty(tmp_path: Path):
    assert read_site(tmp_path / "nothing") == {}
