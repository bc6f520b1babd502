"""A small project on disk, built with the engine that only pretends."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_engine import FakeEngine

from kbgen.app.build import Built, SiteResult, Tools, build
from kbgen.app.project import MANIFEST_VERSION, Project
from kbgen.engines.words import strings
from kbgen.handover import read_manifest
from kbgen.model.site_tree import Manifest
from kbgen.rules import RULES

TODAY = datetime.date(2026, 10, 10)
SETTINGS = """\
site_name: Tidewater
docs_dir: content
theme: material
plugins:
  - kbgen:
      sites:
        public: { audience: public, name: Tidewater Help, url: "https://help.tidewater.example/" }
        internal: { audience: internal, name: Tidewater Wiki }
      languages:
        en: { name: English }
        ru: { name: Русский }
      default_language: en
      contact: { email: support@tidewater.example }
"""
AREAS = """\
- id: billing
  name: { en: Billing, ru: Оплата }
  owner: money
- id: team
  name: { en: How we work, ru: Как мы работаем }
  owner: leads
"""
TEAMS = """\
- id: money
  name: { en: Money team, ru: Финансы }
- id: leads
  name: { en: Team leads, ru: Старшие смены }
"""


def article(title: str, body: str, audience: str = "public", **keys: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: {title}\naudience: {audience}\nlast_reviewed: 2026-10-01\n{more}---\n\n{body}\n"


def articles() -> dict[str, str]:
    """A public and an internal article for each area that needs one, in both languages."""
    roles = "The shift lead decides whether the whole region goes into the emergency plan tonight."
    return {
        "en/billing/refund.md": article("Ask for a refund", "Open the invoice and press the button for refunds."),
        "en/billing/invoices.md": article("Find your invoices", "They are all on one page. See [refunds](refund.md)."),
        "en/team/roles.md": article("Who does what at night", roles, "internal"),
        "ru/billing/refund.md": article("Как вернуть оплату", "Откройте счёт и нажмите кнопку возврата."),
        "ru/billing/invoices.md": article("Где найти счета", "Все счета лежат на одной странице."),
        "ru/team/roles.md": article("Кто чем занят ночью", "Старший смены решает, объявлять ли аварийный план для региона.", "internal"),
    }


@dataclass
class Workshop:
    """The project in ``root``, its engine, and what the stages were."""

    root: Path
    engine: FakeEngine = field(default_factory=FakeEngine)
    stages: list[str] = field(default_factory=list)

    @property
    def project(self) -> Project:
        return Project(self.root)

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file of the content folder."""
        target = self.root / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)

    def delete(self, path: str) -> None:
        (self.root / "content" / path).unlink()

    def settings(self, text: str = SETTINGS) -> None:
        (self.root / "mkdocs.yml").write_text(text, encoding="utf-8")

    def fill(self, texts: Mapping[str, str]) -> None:
        for path, text in texts.items():
            self.write(path, text)

    def build(self, today: datetime.date = TODAY, **options: Any) -> Built:
        words = {language: strings(language) for language in ("en", "ru")}
        return build(self.project, Tools(self.engine, RULES, words, 1, self.stages.append), today, **options)

    def site(self, name: str) -> dict[str, bytes]:
        """Every file of a finished site."""
        folder = self.root / "site" / name
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    def page(self, name: str, address: str) -> str:
        return (self.root / "site" / name / address / "index.html").read_text(encoding="utf-8")

    def manifest(self, name: str) -> Manifest:
        manifest = read_manifest(self.root / "site" / name, self.project.work, name, MANIFEST_VERSION)
        assert manifest is not None, f"the site {name} has no manifest"
        return manifest


def result(built: Built, name: str) -> SiteResult:
    return next(site for site in built.sites if site.name == name)


def found(built: Built) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return [(finding.code, str(finding.place)) for finding in built.findings]
