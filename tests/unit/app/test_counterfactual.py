"""Internal articles called like ordinary words never stop the public site; a link to one that was slipped in still does."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from kbgen.app.build import Tools, build
from kbgen.app.project import Project
from kbgen.engines.words import strings
from kbgen.model.finding import Finding
from kbgen.model.ports import RenderJob
from kbgen.rules import RULES
from tests.unit.app.fake_engine import FakeEngine

DAY = datetime.date(2026, 5, 17)
HEAD = "last_reviewed: 2026-05-01\n---\n"
SETTINGS = """site_name: Acorn
docs_dir: content
plugins:
  - kbgen:
      sites:
        public: { name: Acorn Help, url: "https://help.example.com/", audience: public }
        internal: { name: Acorn Wiki, url: "https://wiki.example.com/", audience: internal }
      contact: { email: support@example.com }
"""
PUBLIC = {
    "billing/refund/by-card.md": (
        f"---\ntitle: Refunds – by card\naudience: public\ntype: concept\n{HEAD}Ask the team for a refund, utf-8.\n"
    ),
    "account/reset-password.md": (
        f"---\ntitle: Reset your password\naudience: public\n{HEAD}Open the [refund](../billing/refund/by-card.md).\n"
    ),
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class ThemedEngine(FakeEngine):
    """Pretends a little more: markup of the theme, its files in every edition, a 404 page with links, sentences made of data."""

    frame = '<header class="md-header kb-search" data-kb="search-box"><a href="{base}contact/">Contact</a></header>'
    script = 'var searchBox = {OnError: 1}; load("index.html", "#search-box", ".md-header")'
    style = "a { width: 12345678901px; src: url(https://fonts.acorn.example/one) }"

    def _render(self, job: RenderJob) -> None:
        super()._render(job)
        there = bool(json.loads((job.source / "edition.json").read_bytes())["contact"]["page"])
        base = "/ru/" if job.edition.language == "ru" else "/"
        for page in filter(Path.is_file, job.target.rglob("*.html")):
            frame = self.frame if there else ""
            text = page.read_text(encoding="utf-8") + frame.replace("{base}", base)
            if page.name != "404.html":
                text += '<div class="kb-article__head"></div>'
            if page.parent.name == "contact":
                words = strings(job.edition.language)
                after = "5 minutes" if job.edition.language == "en" else "5 минут"
                sentence = words["contact.unread"].replace("{span}", after).replace("{channel}", "E-mail")
                text += f"<p>{sentence}</p>"
            page.write_text(text, encoding="utf-8")
        (job.target / "assets/theme.js").write_text(self.script, encoding="utf-8")
        (job.target / "assets/theme.css").write_text(self.style, encoding="utf-8")


THEME = {"kb/article.html": b'<div class="kb-article__head">{{ page }}</div>'}
TOLD = SETTINGS + "      languages: { en: { name: English }, ru: { name: Russian } }\n"
CHANNELS = """\
- { id: chat, name: { en: Chat }, unread: { after: 5m, to: mail }, audience: public }
- { id: mail, name: { en: E-mail }, address: "mailto:support@example.com", audience: public }
"""
RU = {"ru/billing/refund/by-card.md": f"---\ntitle: Как вернуть деньги\naudience: public\n{HEAD}Спросите нас.\n"}


def themed(root: Path, files: dict[str, str], engine: FakeEngine | None = None) -> tuple[int, list[Finding]]:
    """The same with two languages, a contact page and a theme."""
    (root / "mkdocs.yml").write_text(TOLD, encoding="utf-8")
    write(root, {**PUBLIC, **RU, "_data/channels.yml": CHANNELS, **files})
    words = {code: strings(code) for code in ("en", "ru")}
    built = build(Project(root), Tools(engine or ThemedEngine(), RULES, words, theme=THEME), DAY)
    assert (root / "site/public/contact/index.html").is_file() is (built.code != 4)
    return built.code, [finding for finding in built.findings if finding.code == "KB902"]


def internal(text: str = "x", title: str = "Ours") -> str:
    return f'---\ntitle: "{title}"\naudience: internal\n{HEAD}{text}\n'


def leaks(root: Path) -> tuple[int, list[Finding]]:
    built = build(Project(root), Tools(FakeEngine(), RULES, {"en": strings("en")}), DAY)
    return built.code, [finding for finding in built.findings if finding.code == "KB902"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("team/index.md", "Team"),
        ("faq.md", "FAQ"),
        ("how-to.md", "How-to"),
        ("utf-8.md", "Utf-8"),
        ("2026.md", "2026"),
        ("reset-password.md", "Password"),
        ("billing/refund.md", "Refunds"),
        ("billing/index.md", "Billing"),
        ("search-answers.md", "Search"),
        ("account.md", "account"),
    ],
)
def test_an_internal_article_may_be_called_like_an_ordinary_word(tmp_path: Path, name: str, title: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    write(tmp_path, {**PUBLIC, name: f'---\ntitle: "{title}"\naudience: internal\n{HEAD}x\n'})
    code, found = leaks(tmp_path)
    assert not found
    assert code == 0


def test_an_internal_article_may_quote_the_public_site(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    words = strings("en")
    quoted = f"{words['contact.text']} {words['contact']} support@example.com"
    page = "Reset your password How-to Last reviewed May 1, 2026 Open the refund."
    write(tmp_path, {**PUBLIC, "team/quotes.md": f"---\ntitle: Quotes\naudience: internal\n{HEAD}{quoted}\n\n{page}\n"})
    code, found = leaks(tmp_path)
    assert not found
    assert code == 0


@pytest.mark.parametrize("path", ["en/contact.md", "en/contact/index.md", "ru/contact.md", "ru/contact/index.md", "contact.md"])
def test_an_internal_article_may_have_the_address_of_a_generated_page(tmp_path: Path, path: str) -> None:
    assert not themed(tmp_path, {path: internal(title="Contact")})[1]


def test_an_internal_article_may_quote_what_the_contact_page_says(tmp_path: Path) -> None:
    en, ru = (strings(code)["contact.unread"].replace("{channel}", "E-mail") for code in ("en", "ru"))
    quoted = f"{en.replace('{span}', '5 minutes')}\n\n{ru.replace('{span}', '5 минут')}"
    assert not themed(tmp_path, {"en/team/quotes.md": internal(quoted), "en/team/titled.md": internal(title=quoted.partition("\n")[0])})[1]


NAMES = ["OnError", "md-header", "index.html", "kb-search", "search-box", "kb-article__head"]


@pytest.mark.parametrize("name", NAMES)
def test_an_alert_or_a_room_may_be_called_like_a_word_of_the_theme(tmp_path: Path, name: str) -> None:
    alerts = f"- {{ id: {name}, severity: low, area: billing, meaning: {{ en: x }} }}\n"
    teams = f'- {{ id: a, name: {{ en: A }}, contacts: [{{ via: room, value: "#{name}" }}] }}\n'
    assert not themed(tmp_path, {"_data/alerts.yml": alerts, "_data/teams.yml": teams})[1]


CONTACTS = [
    "https://help.example.com/?s={summary}&d={description}",
    "https://help.example.com/billing/refund/by-card/?s={summary}&d={description}",
    "https://example.com/?s={summary}&d={description}",
    "https://fonts.acorn.example/one?s={summary}&d={description}",
    "2026-05-01",
    "20260501",
    "12345678901",
]


@pytest.mark.parametrize("value", CONTACTS)
def test_a_contact_may_be_what_the_public_site_says_anyway(tmp_path: Path, value: str) -> None:
    teams = f'- {{ id: a, name: {{ en: A }}, contacts: [{{ via: phone, value: "{value}" }}] }}\n'
    files = {"_data/teams.yml": teams}
    if "{summary}" in value:
        files["_data/trackers.yml"] = f'- {{ id: bugs, name: {{ en: Bugs }}, takes: bug, url: "{value}", files: a }}\n'
    assert not themed(tmp_path, files)[1]


SLIPS = ["+351 210 000 123", "https://duty.acorn.example/rota", "duty-desk@acorn.example"]
PLACED = [*((slip, place) for slip in SLIPS for place in ("home", "everywhere")), ("#duty-room-2", "home")]


# A name in the frame of every page counts as a word of the theme.
@pytest.mark.parametrize(("slip", "place"), PLACED)
def test_a_contact_that_was_slipped_into_a_page_is_a_leak(tmp_path: Path, slip: str, place: str) -> None:
    engine = ThemedEngine()
    if place == "home":
        engine.slips = {"public-en": f"<p>{slip}</p>"}
    else:
        engine.frame += f"<footer>{slip}</footer>"
    teams = f'- {{ id: a, name: {{ en: A }}, contacts: [{{ via: phone, value: "{slip}" }}] }}\n'
    code, found = themed(tmp_path, {"_data/teams.yml": teams}, engine)
    assert code == 4
    assert {"site/public/index.html"} <= {finding.place.path for finding in found}


def test_eight_internal_words_in_the_contact_page_are_a_leak(tmp_path: Path) -> None:
    engine = ThemedEngine()
    secret = "the shift lead wakes up the owner of the ledger"
    engine.frame += f"<p>{secret}</p>"
    code, found = themed(tmp_path, {"en/team/secret.md": internal(secret)}, engine)
    assert code == 4
    assert {"site/public/404.html", "site/public/contact/index.html"} <= {finding.place.path for finding in found}


def test_a_link_to_an_internal_page_in_an_article_is_a_leak(tmp_path: Path) -> None:
    engine = ThemedEngine()
    engine.slips = {"public-en": '<a href="team/secret/">x</a>'}
    assert themed(tmp_path, {"en/team/secret.md": internal()}, engine)[0] == 4
