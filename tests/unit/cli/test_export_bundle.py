"""``kbgen export bundle``, as it is typed."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from pathlib import Path

import pytest
from running import Kbgen
from workshop import Workshop

DAY = ("--today", "2026-11-22")


def _held(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_wiki_is_copied_into_one_file(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    ran = kbgen("export", "bundle", *DAY)
    held = _held(workshop.root / "internal-copy.zip")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(rf"internal-copy\.zip: {len(held)} files, 0\.\d MB\n", ran.out)
    assert next(iter(held)) == "START-HERE.html"
    assert b"22 November 2026" in held["START-HERE.html"]
    assert "internal/team/roles/index.html" in held
    assert "internal/search/index.js" in held
    assert b'href="../../index.html"' in held["internal/team/roles/index.html"]


def test_the_copy_of_the_public_site_holds_that_site_alone(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    secret = workshop.root / "site/internal/team/roles/index.html"
    (workshop.root / "site/public/linked.html").symlink_to(secret)
    (workshop.root / "site/public/folder").symlink_to(secret.parent)
    assert kbgen("export", "bundle", "--site", "public", "--output", "out/help.zip", *DAY).code == 0
    held = _held(workshop.root / "out/help.zip")
    site = {path for path in workshop.site("public") if not (workshop.root / "site/public" / path).is_symlink()}
    site = {path for path in site if not path.startswith("folder/")}
    left_out = {"404.html", "ru/404.html", "robots.txt", "sitemap.xml"}
    expected = {path.replace(".json", ".js") if "search/" in path else path for path in site - left_out}
    added = {"START-HERE.html", "public/assets/stylesheets/bundle.css"}
    assert set(held) == {f"public/{path}" for path in expected} | added
    told = b"\n".join(held.values()).lower()
    assert b"emergency plan" not in told
    assert b"roles" not in told
    assert b"tidewater wiki" not in told


def test_the_built_site_stays_as_it_is(kbgen: Kbgen, workshop: Workshop) -> None:
    kbgen("build", *DAY)
    before = workshop.site("internal")
    kbgen("export", "bundle", *DAY)
    assert workshop.site("internal") == before


def test_same_site_same_bytes(kbgen: Kbgen, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    kbgen("build", *DAY)
    kbgen("export", "bundle", "--output", "a.zip", *DAY)
    for path in (workshop.root / "site/internal").rglob("*.html"):
        path.chmod(0o600)
        os.utime(path, (1, 1))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    kbgen("export", "bundle", "--output", "b.zip", *DAY)
    assert _digest(workshop.root / "a.zip") == _digest(workshop.root / "b.zip")
    kbgen("export", "bundle", "--output", "b.zip", "--today", "2026-11-23")
    assert _digest(workshop.root / "a.zip") != _digest(workshop.root / "b.zip")


def test_a_site_that_is_not_built(kbgen: Kbgen, workshop: Workshop) -> None:
    ran = kbgen("export", "bundle")
    assert (ran.code, ran.out) == (2, "")
    assert "the site 'internal' is not built yet: there is no site/internal/index.html\n  help: Run kbgen build first." in ran.err
    assert not list(workshop.root.glob("*.zip"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--site", "extranet"), "there is no site 'extranet'; the sites are: public, internal"),
        (("--output", "site/public/copy.zip"), "is no place for a copy: site/ is kbgen's own"),
        (("--output", "content/en/copy.zip"), "is no place for a copy: content/ is kbgen's own"),
        (("--output", ".kbgen/copy.zip"), "is no place for a copy: .kbgen/ is kbgen's own"),
        (("--output", "mkdocs.yml"), "stands there and is no copy that kbgen wrote"),
        (("--output", "content"), "is no place for a copy"),
        (("--output", "."), "stands there and is no copy that kbgen wrote"),
    ],
)
def test_where_no_copy_may_go(kbgen: Kbgen, workshop: Workshop, words: tuple[str, ...], said: str) -> None:
    kbgen("build", *DAY)
    before = {path: path.read_bytes() for path in workshop.root.rglob("*") if path.is_file()}
    ran = kbgen("export", "bundle", *words)
    assert (ran.code, said in ran.err) == (2, True), ran
    assert {path: path.read_bytes() for path in workshop.root.rglob("*") if path.is_file()} == before


def test_a_copy_that_fails_leaves_the_old_one(kbgen: Kbgen, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    kbgen("build", *DAY)
    kbgen("export", "bundle", *DAY)
    before = _digest(workshop.root / "internal-copy.zip")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    ran = kbgen("export", "bundle", "--today", "2026-11-23")
    assert (ran.code, "No space left on device" in ran.err) == (4, True)
    assert _digest(workshop.root / "internal-copy.zip") == before
    assert [path.name for path in workshop.root.iterdir() if "copy" in path.name] == ["internal-copy.zip"]


def test_a_site_that_is_built_meanwhile(kbgen: Kbgen, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    kbgen("build", *DAY)
    write = zipfile.ZipFile.writestr
    site = workshop.root / "site/internal"

    def exchanged(self: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> None:
        if info.filename == "START-HERE.html":
            site.rename(site.with_name("old"))
            site.mkdir()
            for path in site.with_name("old").iterdir():
                path.rename(site / path.name)
        write(self, info, data)

    monkeypatch.setattr(zipfile.ZipFile, "writestr", exchanged)
    ran = kbgen("export", "bundle", *DAY)
    assert (ran.code, "was built anew while it was being copied" in ran.err) == (4, True)
    assert not (workshop.root / "internal-copy.zip").exists()
