"""What content alone tried once to break the promises, each as a small project."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import pytest

from kbgen.app.build import Tools, build
from kbgen.app.check import check
from kbgen.app.project import Project
from kbgen.engines.words import strings
from kbgen.errors import SettingsError
from kbgen.handover import known_addresses
from kbgen.rules import RULES
from tests.unit.app.fake_engine import FakeEngine

DAY = datetime.date(2026, 5, 17)
REVIEWED = "last_reviewed: 2026-05-01\n"
SETTINGS = """site_name: Acorn
docs_dir: content
plugins:
  - kbgen:
      sites:
        public: {{ name: Acorn Help, url: "https://help.example.com/", audience: public }}
        internal: {{ name: Acorn Wiki, url: "https://wiki.example.com/", audience: internal }}
      languages: {{ en: {{ name: English }}, ru: {{ name: Русский }} }}
{extra}"""


@dataclass(frozen=True)
class Site:
    """A project to be built again and again."""

    root: Path
    extra: str = ""

    def write(self, name: str, text: str) -> Site:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def build(self, today: datetime.date = DAY) -> int:
        (self.root / "mkdocs.yml").write_text(SETTINGS.format(extra=self.extra), encoding="utf-8")
        words = {language: strings(language) for language in ("en", "ru")}
        return build(Project(self.root), Tools(FakeEngine(), RULES, words), today).code

    def codes(self) -> set[str]:
        (self.root / "mkdocs.yml").write_text(SETTINGS.format(extra=self.extra), encoding="utf-8")
        return {finding.code for finding in check(Project(self.root), RULES, DAY).findings}

    def public(self) -> str:
        files = sorted(path for path in (self.root / "site" / "public").rglob("*") if path.is_file())
        return "\n".join(f"{path}\n{path.read_text(encoding='utf-8', errors='replace')}" for path in files)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path).write("en/billing/refund.md", f"---\ntitle: Refunds\naudience: public\n{REVIEWED}---\nAsk us.\n")


def article(body: str, audience: str = "public", more: str = "title: Another\n") -> str:
    return f"---\n{more}audience: {audience}\n{REVIEWED}---\n{body}\n"


@pytest.mark.parametrize(
    "body",
    [
        "/// internal\n\n# Zebra codename plan\n\n///\n\nOpen text.",
        "<!--\n# Zebra codename plan\n-->\n\nOpen text.",
        "```\n# Zebra codename plan\n```\n\nOpen text.",
    ],
)
def test_a_missing_title_is_not_taken_from_what_is_hidden(site: Site, body: str) -> None:
    site.write("en/billing/other.md", article(body, more="")).build()
    pages = (path for path in (site.root / "site" / "public").rglob("index.html"))
    assert not [path for path in pages if "<h1>Zebra" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    "head", ["**Audience:** internal only", "audience：internal", "audience = internal", "> audience: internal", "| Audience | internal |"]
)
def test_a_default_is_no_excuse_for_overlooking_an_audience(site: Site, head: str) -> None:
    trusting = Site(site.root, '      defaults: [{ paths: ["**"], set: { audience: public } }]\n')
    trusting.write("en/billing/other.md", f"{head}\n\nZebra codename plan.\n").build()
    assert "Zebra" not in trusting.public()


@pytest.mark.parametrize(
    "url",
    ["http://wiki.example.com/team/", "https://wiki.example.com:443/team/", "//wiki.example.com/team/", "https://x@WIKI.example.com/team/"],
)
def test_the_wiki_is_known_in_every_spelling(site: Site, url: str) -> None:
    site.write("en/billing/other.md", article(f"See [it]({url})."))
    assert "KB301" in site.codes()


def test_an_article_is_shown_from_its_day_and_until_its_day(site: Site) -> None:
    site.write("en/billing/soon.md", article("Zebra plan.", more="title: Soon\npublish_at: 2026-05-18\nexpires: 2026-05-20\n"))
    site.write("en/billing/other.md", article("See [it](soon.md)."))
    shown = {}
    for day in (17, 18, 19, 20):
        assert site.build(datetime.date(2026, 5, day)) == 0
        shown[day] = "Zebra" in site.public()
        assert "Another" in site.public()
    assert shown == {17: False, 18: True, 19: True, 20: False}
    assert not (site.root / "site/public/billing/soon").exists()


ODD = {
    "a huge number": f"---\ntitle: x\nid: 0x{'f' * 5000}\naudience: internal\n---\nx\n",
    "a link that is no address": article('<a href="https://wiki.example.com///[x">a</a>', "internal"),
    "a line of slashes": article("/" * 150_000, "internal"),
    "elements that are never closed": article("".join(f"<b x{n}>" for n in range(4000)) + "<p>x" * 8000, "internal"),
    "brackets in the host": article("[x](http://[::1/)", "internal"),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_internal_file_never_stops_the_public_site(site: Site, text: str) -> None:
    site.write("en/billing/odd.md", text)
    assert site.build() in {0, 1}
    assert "Ask us." in site.public()


def test_folders_without_end_are_a_finding(site: Site) -> None:
    deep = site.root / "content/en/billing"
    for _ in range(60):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "x.md").write_text("x", encoding="utf-8")
    assert "KB007" in site.codes()


def test_too_many_files_stop_the_build_before_anything_is_taken_off(site: Site) -> None:
    assert site.build() == 0
    before = site.public()
    small = Site(site.root, "      limits: { files: 2 }\n")
    for name in ("a", "b", "c"):
        small.write(f"en/aaa/{name}.md", article("x", "internal"))
    with pytest.raises(SettingsError, match="more than 2 files"):
        small.build()
    assert site.public() == before


@pytest.mark.parametrize("name", ["en/robots.txt.md", "en/404.html.md", "en/billing/index.html.md", "en/sitemap.xml.md"])
def test_an_article_cannot_take_the_place_of_a_file(site: Site, name: str) -> None:
    site.write(name, article("x"))
    assert site.build() == 1
    assert "KB505" in site.codes()
    assert "Ask us." in site.public()


def test_a_name_in_other_letters_of_the_same_look_is_found(site: Site) -> None:
    site.write("en/billing/правилои\u0306.md", article("x")).write("en/billing/other.md", article("[x](правилой.md)"))
    assert site.build() == 0


def test_ids_of_the_theme_are_not_for_articles(site: Site) -> None:
    site.write("en/billing/other.md", article('## A {#kb-nav}\n\n<a id="kbSearch"></a>\n\n## B {#50%}\n')).build()
    page = (site.root / "site/public/billing/other/index.html").read_text(encoding="utf-8")
    assert 'id="kb-nav"' not in page
    assert 'id="kbSearch"' not in page
    assert 'id="50%"' not in page


def test_renaming_a_team_hides_nothing(site: Site) -> None:
    trusting = Site(site.root, '      defaults: [{ paths: ["**"], set: { audience: public } }]\n')
    trusting.write("en/billing/other.md", f"---\ntitle: Other\nowner: crew\n{REVIEWED}---\nZebra.\n")
    trusting.write("_data/teams.yml", "- { id: other, name: { en: Other } }\n")
    trusting.build()
    assert "Zebra." in trusting.public()


def test_a_broken_file_takes_no_other_languages_address(site: Site) -> None:
    site.write("ru/solo/one.md", article("Зебра.", more="title: Одна\n")).build()
    assert "Зебра" in site.public()
    site.write("en/ru/solo/one.md", "---\nbroken\n").build()
    assert "Зебра" in site.public()


def test_a_killed_exchange_forgets_no_address(site: Site) -> None:
    """Where folders cannot be exchanged in one step, a kill may leave the live site put aside: its addresses still count."""
    site.write("en/billing/other.md", article("x")).build()
    (site.root / "content/en/billing/other.md").unlink()
    site.build()
    live, work = site.root / "site/public", site.root / ".kbgen"
    assert known_addresses(live, work, "public")[1] == {"billing/other/"}
    live.rename(work / "idle/public.old")
    site.build()
    assert known_addresses(live, work, "public")[1] == {"billing/other/"}
