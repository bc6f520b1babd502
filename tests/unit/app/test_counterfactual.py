"""Internal articles called like ordinary words never stop the public site; a link to one that was slipped in still does."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from kbgen.app.build import Tools, build
from kbgen.app.project import Project
from kbgen.engines.words import strings
from kbgen.model.finding import Finding
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
    "billing/refund/by-card.md": f"---\ntitle: Refunds – by card\naudience: public\ntype: faq\n{HEAD}Ask the team for a refund, utf-8.\n",
    "account/reset-password.md": (
        f"---\ntitle: Reset your password\naudience: public\n{HEAD}Open the [refund](../billing/refund/by-card.md).\n"
    ),
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


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
