"""Pages made from data and the facts card, through the real templates: whole, and inert whatever the data say."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from made_articles import SETTINGS, article, corpus
from support_data import FULL

from kbgen.audiences.project import project
from kbgen.engines.words import strings
from kbgen.model.settings import Contact
from kbgen.staging.stage import stage

EVIL = "<b>x</b>\"'--></script><img src=x onerror=evil()>"
# Addresses and names that are checked where they are read, not where they are printed.
KEPT = {
    "kind",
    "href",
    "language",
    "url",
    "canonical",
    "icon",
    "strings",
    "site",
    "prefix",
    "colour",
    "code",
    "address",
    "rota",
    "call",
    "template",
}
FORM = "https://acorn.example/new?from={article}&looked={query}"
MARKUP = re.compile(r"<script\b[^>]*>.*?</script>", re.DOTALL)


def pages(language: str) -> tuple[dict[str, Any], dict[str, tuple[dict[str, Any], str]]]:
    """The wiki's settings and pages as they are staged."""
    settings = SETTINGS.model_copy(update={"contact": Contact(url=FORM, sign_in="in")})
    items = (
        article("en/billing/a.md", id="in", title="Cannot sign in"),
        article(
            "en/billing/b.md", audience="internal", type="runbook", severity="high", alerts=("zanzibar-down",), off_hours="Restart it."
        ),
    )
    whole = corpus(*items)
    words = {code: strings(code) for code in settings.languages}
    made = project(whole, settings, FULL)
    edition = next(each for each in stage(made, whole, settings, FULL, (), words, {}) if each.edition.key == f"internal-{language}")
    return json.loads(edition.config), {address: (json.loads(page.context), page.html) for address, page in edition.pages.items()}


def spoiled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: each if key in KEPT else spoiled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [spoiled(each) for each in value]
    return EVIL if isinstance(value, str) and value else value


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_generated_page_shows_what_it_is_made_from(render, language: str) -> None:
    files = render(*pages(language))
    shown = {path: data.decode() for path, data in files.items() if path.endswith("index.html")}
    told = {
        "contact/index.html": ["help@acorn.example", "data-kb-contact-url", FORM.replace("&", "&amp;"), "Zanzibar"],
        "desk/escalation/index.html": ["data-kb-escalate", "#zanzibar", 'id="kb-escalation"', "<rect", "Zanzibar line 1"],
        "desk/sla/index.html": ["kb-span__bar", "Basic"],
        "desk/off-hours/index.html": ["Zanzibar"],
        "desk/alerts/index.html": ['id="alert-zanzibar-down"', "zanzibar-quiet"],
        "r/zanzibar-quiet/index.html": ["zanzibar-quiet"],
    }
    for path, texts in told.items():
        for text in texts:
            assert text in shown[path], f"{path}: {text}"
        assert 'id="None"' not in shown[path] and "built-in method" not in shown[path], path
    if language == "en":
        assert 'http-equiv="refresh" content="0; url=../../billing/b/"' in shown["r/zanzibar-down/index.html"]
        assert "data-kb-facts-now" in shown["billing/b/index.html"]
    assert "http-equiv" not in shown["r/zanzibar-quiet/index.html"]
    assert not [path for path, html in shown.items() if "style=" in MARKUP.sub("", html)], "the policy allows no style in an element"


def test_hostile_data_is_inert(render) -> None:
    config, staged = pages("en")
    files = render(config, {address: (spoiled(context), html) for address, (context, html) in staged.items()})
    for path, data in files.items():
        if path.endswith("index.html"):
            html = data.decode()
            assert "onerror=evil()>" not in html, path
            assert "<b>" not in html, path
            assert not re.search(r"<img\b", html), path
