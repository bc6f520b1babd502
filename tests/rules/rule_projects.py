"""Makes a project of a fixture, and checks it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml
from rule_fixtures import ELSEWHERE, SETTINGS, Part

from kbgen.app.check import check
from kbgen.app.counterfactual import excuse
from kbgen.app.gate import gate, site_canaries
from kbgen.app.project import Gathered, Project, gather
from kbgen.app.search import edition_prefix
from kbgen.app.searches import Indexes
from kbgen.checks.run import run
from kbgen.model.finding import Finding, Problem
from kbgen.rules import RULES

TODAY = datetime.date(2026, 11, 20)
KBGEN = {
    "sites": {"public": {"name": "Help", "audience": "public"}, "internal": {"name": "Wiki", "audience": "internal"}},
    "languages": {"en": {"name": "English"}, "ru": {"name": "Русский"}},
}
FILES = {
    "content/_data/areas.yml": b"""\
- {id: billing, name: {en: Billing, ru: Billing}, owner: accounting}
- {id: team, name: {en: Team, ru: Team}, owner: support}
""",
    "content/_data/teams.yml": b"""\
- {id: accounting, name: {en: Accounting, ru: Accounting}, contacts: [{via: phone, value: "+1-202-555-0101"}]}
- {id: support, name: {en: Support, ru: Support}, contacts: [{via: phone, value: "+1-202-555-0102"}]}
""",
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


BEFORE = "before/"


def make_project(root: Path, parts: Sequence[Part]) -> None:
    """Write the fixture's files, and what it needs besides; where it holds files from before, the search of the site that they made."""
    earlier = [replace(part, path=part.path.removeprefix(BEFORE)) for part in parts if part.path.startswith(BEFORE)]
    now = [part for part in parts if not part.path.startswith(BEFORE)]
    if earlier:
        _write_project(root, [*(part for part in now if part.path not in {each.path for each in earlier}), *earlier])
        _write_searches(root)
    _write_project(root, now)


def _write_searches(root: Path) -> None:
    """The index of every edition into its site, as a build would."""
    project = Project(root)
    gathered = gather(project, TODAY)
    indexes = Indexes(project, gathered, {})
    for plan in gathered.projection.plans:
        folder = project.sites / plan.edition.site / edition_prefix(gathered.settings, plan.edition.language) / "search"
        for path, data in indexes(plan).items():
            _write(folder / path, data)


def _write_project(root: Path, parts: Sequence[Part]) -> None:
    more = next((yaml.safe_load(part.data) for part in parts if part.path == SETTINGS), {})
    written = {part.path for part in parts}
    if "mkdocs.yml" not in written:
        settings = {"site_name": "Help", "docs_dir": "content", "plugins": [{"kbgen": {**KBGEN, **more}}]}
        (root / "mkdocs.yml").write_text(json.dumps(settings, indent=1), encoding="utf-8")
    for path, data in FILES.items():
        if path not in written:
            _write(root / path, data)
    for part in parts:
        if part.path in {SETTINGS, ELSEWHERE}:
            continue
        if part.target:
            (root / part.path).parent.mkdir(parents=True, exist_ok=True)
            (root / part.path).symlink_to(part.target)
        else:
            _write(root / part.path, PIXEL if part.path.endswith(".png") and not part.data.strip() else part.data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def findings(root: Path, parts: Sequence[Part]) -> tuple[Finding, ...]:
    """All findings in the project, and in its finished sites where the fixture holds any."""
    built: dict[str, dict[str, bytes]] = {}
    for part in parts:
        if part.path.startswith("site/"):
            _, site, path = part.path.split("/", 2)
            built.setdefault(site, {})[path] = part.data
    return _in_sites(root, built) if built else check(Project(root), RULES, TODAY).findings


def _leaks(gathered: Gathered, site: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    forbidden = site_canaries(gathered, site, (), frozenset())
    excused = excuse(gathered, site, {}, forbidden, {})
    return gate(site, files, forbidden, gathered.corpus, excused, None)


def _in_sites(root: Path, built: Mapping[str, Mapping[str, bytes]]) -> tuple[Finding, ...]:
    """What a build would find if these were the sites it made."""
    gathered = gather(Project(root), TODAY)
    leaks = [leak for site, files in built.items() for leak in _leaks(gathered, site, files)]
    facts = gathered.facts(built)
    return run(RULES, replace(facts, corpus=replace(facts.corpus, problems=(*facts.corpus.problems, *leaks))))
