"""What the wiki shows of a runbook that cannot be read, through the real templates: its alerts and its own address lead to what is left."""

from __future__ import annotations

import dataclasses
import json
import re

from made_articles import SETTINGS, article, corpus, unreadable
from support_data import FULL

from kbgen.audiences.project import project
from kbgen.engines.words import strings
from kbgen.model.article import Article, Unreadable
from kbgen.staging.stage import stage

LIVE = {name: frozenset({"billing/runbook/"}) for name in ("public", "internal")}
META = article("en/billing/runbook.md", alerts=("zanzibar-down",)).meta
BROKEN = dataclasses.replace(unreadable("en/billing/runbook.md"), meta=META, id="KB-R")
TWIN = article("ru/billing/runbook.md", title="Инструкция", id="KB-R", type="", audience="internal", alerts=("zanzibar-down",))


def shown(render, *items: Article | Unreadable, key: str = "internal-en") -> dict[str, str]:
    whole = corpus(*items, article("en/billing/a.md"))
    made = project(whole, SETTINGS, FULL, LIVE)
    words = {code: strings(code) for code in SETTINGS.languages}
    edition = next(each for each in stage(made, whole, SETTINGS, FULL, (), words, LIVE) if each.edition.key == key)
    staged = {address: (json.loads(page.context), page.html) for address, page in edition.pages.items()}
    return {path: data.decode() for path, data in render(json.loads(edition.config), staged).items() if path.endswith("index.html")}


def test_an_alert_says_that_its_runbook_is_being_corrected(render) -> None:
    pages = shown(render, BROKEN, TWIN)
    alert = pages["r/zanzibar-down/index.html"]
    assert "is being corrected: <code>/billing/runbook/</code>" in alert
    assert "use this:" in alert
    assert '<a href="../../ru/billing/runbook/" hreflang="ru" lang="ru">Инструкция</a>' in alert
    assert 'http-equiv="refresh"' not in alert
    row = pages["desk/alerts/index.html"].partition('id="alert-zanzibar-down"')[2].partition("</tr>")[0]
    assert "Being corrected" in row
    assert "No runbook yet" not in row


def test_without_a_translation_it_names_the_ladder(render) -> None:
    alert = shown(render, BROKEN)["r/zanzibar-down/index.html"]
    assert "is being corrected: <code>/billing/runbook/</code>" in alert
    assert "call the next one on the ladder" in alert
    assert "There is no runbook" not in alert


def test_its_own_address_leads_to_the_translation_in_the_wiki_alone(render) -> None:
    link = '<a href="../../ru/billing/runbook/" hreflang="ru" lang="ru">Русский</a>'
    inside, outside = (shown(render, BROKEN, TWIN, key=key)["billing/runbook/index.html"] for key in ("internal-en", "public-en"))
    assert link in inside.partition("<main")[2]
    assert link not in outside.partition("<main")[2]
    assert "another language" not in outside


def test_no_type_is_shown_where_none_is_known(render) -> None:
    page = shown(render, BROKEN, TWIN, key="internal-ru")["billing/runbook/index.html"]
    head = page.partition("<h1")[2].partition("</header>")[0]
    assert not re.search(r'<span class="kb-badge">', head)
