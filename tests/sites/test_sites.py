"""Golden folders: ``<case>/input`` is a small project, ``<case>/expected`` what it becomes.

``findings.txt`` is what ``kbgen check`` prints; each ``<site>-<language>.txt`` is an edition as it is staged, in a form for people: what a
page's template may know of it, then its body. After a change that is meant, ``UPDATE_GOLDEN=1 python -m pytest tests/sites`` writes them
anew; read the difference before you keep it.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kbgen.app.check import check
from kbgen.app.project import Project
from kbgen.model.plan import SitePlan
from kbgen.model.staged import StagedEdition, StagedPage
from kbgen.reports.findings_text import findings_text
from kbgen.rules import RULES
from kbgen.staging.stage import stage

HERE = Path(__file__).parent
COMMAND = "UPDATE_GOLDEN=1 python -m pytest tests/sites"
TODAY = datetime.date(2026, 10, 10)
CASES = sorted(path.parent for path in HERE.glob("*/input"))
# Words of our own, so that a better word in the theme is no change here.
WORDS = {
    "en": {
        "type.how-to": "How-to",
        "type.runbook": "Runbook",
        "notice.overdue": "Overdue.",
        "notice.never": "Never reviewed.",
        "desk": "On shift",
        "page.sla": "SLA",
        "stop": "Stop when",
        "reply": "Reply",
    },
    "ru": {
        "type.how-to": "Как сделать",
        "type.runbook": "Инструкция",
        "notice.overdue": "Устарело.",
        "notice.never": "Не проверено.",
        "desk": "На смене",
        "page.sla": "SLA",
        "stop": "Стоп",
        "reply": "Шаблон",
    },
}
PLAIN = ("description", "url", "canonical", "type", "type_title", "audience", "reviewed", "reviewed_text", "owner", "id")
SHOWN_WHOLE = ("robots.txt", "sitemap.xml")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(case / "input", root)
    made = dict(_outcome(root))
    expected = case / "expected"
    if os.environ.get("UPDATE_GOLDEN"):
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        for name, text in made.items():
            (expected / name).write_text(text, encoding="utf-8")
    there = {path.name: path.read_text(encoding="utf-8") for path in sorted(expected.iterdir())} if expected.is_dir() else {}
    assert sorted(there) == sorted(made), f"expected files without a use, or missing; if that is meant: {COMMAND}"
    for name, text in made.items():
        assert text == there[name], f"{case.name}/expected/{name} differs; if that is meant: {COMMAND}"


def test_there_are_cases() -> None:
    assert len(CASES) >= 8
    assert all((case / "input/mkdocs.yml").is_file() for case in CASES)
    assert {path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__"} == {case.name for case in CASES}


def _outcome(root: Path) -> Iterator[tuple[str, str]]:
    checked = check(Project(root), RULES, TODAY)
    yield "findings.txt", findings_text(checked.findings)
    known = checked.gathered
    plans = {plan.edition.key: plan for plan in known.projection.plans}
    words = {language: WORDS.get(language, {}) for language in known.settings.languages}
    for edition in stage(known.projection, known.corpus, known.settings, known.data, known.staleness, words, {}):
        yield f"{edition.edition.key}.txt", "\n".join(_edition(edition, plans[edition.edition.key])) + "\n"


def _edition(edition: StagedEdition, plan: SitePlan) -> Iterator[str]:
    config = json.loads(edition.config)
    yield f"{config['name']}  ({edition.edition.site}, {config['language']}, at /{edition.edition.prefix})"
    yield f"left out: {', '.join(sorted(plan.withheld)) or 'nothing'}"
    for page in edition.pages.values():
        yield from ("", "=" * 100, f"/{edition.edition.prefix}{page.address}  ({page.kind})", "-" * 100, *_page(page))
    for path, data in edition.files.items():
        yield from ("", "=" * 100, f"/{edition.edition.prefix}{path}  (file, {len(data)} bytes)")
        if path in SHOWN_WHOLE:
            yield data.decode("utf-8").rstrip("\n")


def _page(page: StagedPage) -> Iterator[str]:
    context = json.loads(page.context)
    yield f"title: {context['title']}"
    yield from (f"{key}: {context[key]}" for key in PLAIN if context[key])
    if context["notice"]:
        yield f"notice: {context['notice']['kind']}: {context['notice']['text']}"
    if context["breadcrumbs"]:
        yield "above: " + " / ".join(_link(item) for item in context["breadcrumbs"])
    for area in context["nav"]:
        yield f"menu: {_link(area)}{' *' if area['active'] else ''}"
        yield from (f"menu:     {_link(item)}{' *' if item['active'] else ''}" for item in area["items"])
    for other in context["alternates"]:
        state = "this page" if other["current"] else "the same page" if other["exists"] else "only its home"
        yield f"language: {other['language']} → {other['href']} ({', '.join(filter(None, (state, other['url'])))})"
    yield from (f"toc: {'  ' * (item['level'] - 2)}#{item['id']} {item['title']}" for item in context["toc"])
    for area in context["areas"]:
        yield f"area: {_link(area)}, {area['count']}"
        yield from (f"area:     {_row(row)}" for row in area["articles"])
    yield from (f"list: {_row(row)}" for row in context["articles"])
    if context["contact"]["href"]:
        contact = context["contact"]
        yield f"support: {contact['href']} (article {contact['article'] or 'none'}, page {contact['page'] or 'none'})"
    for key in ("checklist", "fills", "off_hours", "trackers", "plans", "facts", "view"):
        yield from _nested(key, context[key])
    if context["escalation"]:
        yield f"escalation: tables of {', '.join(tier['id'] for tier in context['escalation']['tiers'])}"
    if page.html:
        yield from ("-" * 100, page.html.rstrip("\n"))


def _nested(key: str, value: Any, indent: str = "") -> Iterator[str]:
    """A value in lines; what is empty is left out."""
    if isinstance(value, Mapping):
        inside = [line for name, each in value.items() for line in _nested(name, each, f"{indent}  ")]
        yield from [f"{indent}{key}:", *inside] if inside else []
    elif isinstance(value, list) and value and not isinstance(value[0], str):
        for number, each in enumerate(value, 1):
            yield from _nested(f"{key} {number}", each, indent)
    elif value and value != {}:
        yield f"{indent}{key}: {', '.join(value) if isinstance(value, list) else value}"


def _link(item: Mapping[str, Any]) -> str:
    return f"{item['title']} → {item['href']}"


def _row(row: Mapping[str, Any]) -> str:
    return f"{_link(row)} ({', '.join(filter(None, (row['type_title'], row['audience'], row['summary'])))})"
