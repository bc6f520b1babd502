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
