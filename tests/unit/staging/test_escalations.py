"""A guide's outcome that escalates is for the narrowest audience: the text of it is on no other site."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from kbgen.app.project import Gathered, Project, gather
from kbgen.engines.words import strings
from kbgen.model.staged import StagedEdition
from kbgen.staging.searching import search_documents
from kbgen.staging.stage import stage

SETTINGS = """\
site_name: Guides
theme: material
plugins:
  - kbgen:
      audiences: [public, partners, internal]
      sites:
        public: { audience: public, name: Help }
        partners: { audience: partners, name: Partners }
        internal: { audience: internal, name: Wiki }
      languages: { en: { name: English } }
"""
GUIDE = """\
---
title: Sign in
audience: public
last_reviewed: 2026-10-01
---

## Find the cause

```decision
start: see
questions:
  see:
    ask: "What do you see?"
    answers:
      - {say: "Nothing", to: up}
      - {say: "An error", to: write}
outcomes:
  up: {escalate: "Wake <Vera> of the night watch"}
  write: {contact: "Tell us the number of the error"}
```
"""
INSIDE = "\n/// internal\n\nWho is on duty stands in the rota.\n\n///\n"


@pytest.fixture(params=["", INSIDE], ids=["no block", "with a block"])
def read(tmp_path: Path, request: pytest.FixtureRequest) -> Gathered:
    (tmp_path / "content/en").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "content/en/sign-in.md").write_text(GUIDE + request.param, encoding="utf-8")
    return gather(Project(tmp_path), datetime.date(2026, 10, 10))


def staged(read: Gathered) -> dict[str, StagedEdition]:
    words = {"en": strings("en")}
    editions = stage(read.projection, read.corpus, read.settings, read.data, read.staleness, words=words, live={})
    return {each.edition.site: each for each in editions}


def test_only_the_wiki_shows_whom_to_escalate_to(read: Gathered) -> None:
    pages = {site: edition.pages["sign-in/"].html for site, edition in staged(read).items()}
    for site in ("public", "partners"):
        assert "Vera" not in pages[site] and "scalat" not in pages[site], site
        contact = '<p class="kb-guide__kind" data-kb-word="guide.contact">Write to support</p></li>'
        assert f'<li class="kb-guide__outcome" id="guide-1-up" data-kb-outcome="contact">{contact}' in pages[site]
        assert "Tell us the number of the error" in pages[site]
    assert 'data-kb-outcome="escalate"><p class="kb-guide__kind" data-kb-word="guide.escalate">Escalate</p>' in pages["internal"]
    assert "Wake &lt;Vera&gt; of the night watch" in pages["internal"]


def test_search_finds_it_in_the_wiki_only(read: Gathered) -> None:
    found = {
        plan.edition.site: " ".join(section.text for each in search_documents(plan, read.settings, read.data) for section in each.sections)
        for plan in read.projection.plans
    }
    assert {site: "Vera" in text for site, text in found.items()} == {"public": False, "partners": False, "internal": True}
    assert all("Tell us the number" in text and "What do you see?" in text for text in found.values())


TEAMS = """\
- id: night
  name: {en: "Night watch"}
  contacts:
    - {via: chat, value: "#night"}
    - {via: pager, rota: "https://pager.acorn.example/night", reserve: "+1-202-555-0130"}
- id: second
  name: {en: "Technical Support"}
  contacts:
    - {via: email, value: "second@acorn.example"}
- id: gone
  name: {en: "Gone team"}
  active: false
"""
TIERS = """\
- id: line-2
  level: 2
  name: {en: "Line 2"}
  teams: [second]
  exit: {en: "They keep it."}
"""
NIGHT = (
    '<p class="kb-guide__call"><strong>Night watch</strong>: '
    'Pager <a href="https://pager.acorn.example/night" rel="noreferrer">who has the duty</a>, '
    'if nobody answers: <a href="tel:+12025550130" rel="noreferrer">+1-202-555-0130</a> · Chat #night</p>'
)
SECOND = '<strong>Technical Support</strong>: E-mail <a href="mailto:second@acorn.example"'
LADDER = '<a href="../desk/escalation/">Who takes it over</a>'
OWN_PART = '<a href="#escalate">What to hand over</a>'


def outcome(folder: Path, said: str, keys: str = "", more: str = "") -> dict[str, str]:
    """What each site shows of an outcome that says this."""
    (folder / "content/en").mkdir(parents=True)
    (folder / "content/_data").mkdir()
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "content/_data/teams.yml").write_text(TEAMS, encoding="utf-8")
    (folder / "content/_data/escalation.yml").write_text(TIERS, encoding="utf-8")
    text = GUIDE.replace("Wake <Vera> of the night watch", said).replace("title: Sign in\n", f"title: Sign in\n{keys}") + more
    (folder / "content/en/sign-in.md").write_text(text, encoding="utf-8")
    made = staged(gather(Project(folder), datetime.date(2026, 10, 10)))
    pages = {site: edition.pages["sign-in/"].html for site, edition in made.items() if "sign-in/" in edition.pages}
    return {site: page.partition('id="guide-1-up"')[2].partition("</li>")[0] for site, page in pages.items()}


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("Night watch, at once: nobody gets in.", NIGHT),
        ("night watch", NIGHT),
        ("Line 2: a node differs.", SECOND),
        ("Technical Support: a node differs.", SECOND),
        ("Line 20 has it.", ""),
        ("Gone team: nobody is there.", ""),
        ("A bug. File it yourself.", ""),
    ],
)
def test_the_one_that_is_named_can_be_called_from_there(tmp_path: Path, said: str, called: str) -> None:
    shown = outcome(tmp_path, said)["internal"]
    assert called in shown if called else "kb-guide__call" not in shown
    assert LADDER in shown and OWN_PART not in shown


def test_without_a_name_it_is_whom_the_article_hands_over_to(tmp_path: Path) -> None:
    runbook = "id: KB-RUN\ntype: runbook\nescalates_to: line-2\n"
    shown = outcome(tmp_path, "A bug.", runbook, "\n## Escalate {#escalate}\n\nSay what you saw.\n")["internal"]
    assert SECOND in shown and f"{OWN_PART} · {LADDER}" in shown


def test_no_other_site_learns_whom_to_call(tmp_path: Path) -> None:
    shown = outcome(tmp_path, "Night watch, at once.", more="\n## Escalate {#escalate}\n\nText.\n")
    assert set(shown) == {"public", "partners", "internal"}
    for site in ("public", "partners"):
        assert shown[site].endswith('data-kb-word="guide.contact">Write to support</p>'), site
