"""Use case: build the sites. The order of the stages is this file."""

from __future__ import annotations

import dataclasses
import datetime
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kbgen.app.counterfactual import excuse
from kbgen.app.gate import gate, site_canaries, theme_pages
from kbgen.app.handing import SiteResult, settle, stand_ins
from kbgen.app.project import MANIFEST_VERSION, Begin, Gathered, Project, gather, silent
from kbgen.app.rendering import Before, Rendered, render
from kbgen.app.searches import TERMS, Indexes
from kbgen.checks.run import exit_code, run
from kbgen.config.load import load_settings
from kbgen.errors import HandoverError
from kbgen.freshness.assess import Summary, summarise
from kbgen.handover import current, lock, read_manifest, recover
from kbgen.model.finding import Finding, Problem
from kbgen.model.ports import Engine, Facts, Rule
from kbgen.model.site_tree import NewFile
from kbgen.model.staged import StagedEdition
from kbgen.search import browser_files
from kbgen.staging.stage import stage

Words = Mapping[str, Mapping[str, str]]
WAIT_SECONDS = 60.0
"""How long a build waits for another one to end."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the command line hands in: engine, rules, the theme's words by language, processes to use, who is told of each stage, and
    the theme's templates by path.
    """

    engine: Engine
    rules: Sequence[Rule]
    words: Words
    jobs: int = 1
    begin: Begin = silent
    theme: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did and found. ``code`` is the exit code."""

    findings: tuple[Finding, ...]
    freshness: Summary
    sites: tuple[SiteResult, ...]
    code: int


def build(
    project: Project, tools: Tools, today: datetime.date, *, clean: bool = False, strict: bool = False, wait_seconds: float = WAIT_SECONDS
) -> Built:
    """Build and hand over every site that nothing speaks against.

    Args:
        project: the project.
        tools: engine, rules, words.
        today: the day for which freshness is assessed.
        clean: trust nothing of earlier builds.
        strict: warnings count like errors for the exit code.
        wait_seconds: how long to wait for another build.

    Raises:
        SettingsError: the settings are wrong; nothing was touched.
        HandoverError: another build is at work, or the work folder cannot be written to.
    """
    begin = tools.begin
    begin("waiting for other builds")
    with lock(project.work, wait_seconds):
        if clean:
            _forget(project)
        _recover(project)
        gathered = gather(project, today, tools.jobs, begin)
        before = _before(project, gathered)
        begin("staging")
        editions = _stage(gathered, tools.words)
        begin("indexing")
        indexes = _indexes(gathered, tools.words, project)
        begin("rendering")
        rendered = render(editions, indexes, before, tools.engine, project, clean=clean)
        begin("verifying")
        built, leaks = _verify(project, gathered, rendered, editions, tools)
        findings = run(tools.rules, _facts(gathered, built, leaks))
        begin("handing over")
        sites = tuple(
            settle(project, name, gathered, editions, item, before[name], findings, clean=clean) for name, item in rendered.items()
        )
    return Built(findings, summarise(gathered.staleness), sites, _code(findings, sites, strict))


def _forget(project: Project) -> None:
    """Remove what earlier builds remember, but for the manifests: those know which addresses were live once."""
    (project.work / "conversions.sqlite").unlink(missing_ok=True)
    (project.work / TERMS).unlink(missing_ok=True)
    shutil.rmtree(project.work / "verified", ignore_errors=True)


def _code(findings: Sequence[Finding], sites: Sequence[SiteResult], strict: bool) -> int:
    """The exit code: the gravest of what the findings, the engine and the hand-over have to say."""
    engine = 3 if any(site.failures for site in sites) else 0
    handover = 4 if any(site.refused for site in sites) else 0
    return max(exit_code(findings, strict), engine, handover)


def _stage(gathered: Gathered, words: Words) -> tuple[StagedEdition, ...]:
    return stage(
        gathered.projection, gathered.corpus, gathered.settings, gathered.data, gathered.staleness, words=words, live=gathered.live
    )


def _recover(project: Project) -> None:
    """Put back what a killed build left half exchanged, before anybody asks which addresses the sites hold."""
    for name in load_settings(project.root / "mkdocs.yml").sites:
        recover(name, project.sites, project.work)


def _before(project: Project, gathered: Gathered) -> dict[str, Before]:
    answer: dict[str, Before] = {}
    for name in gathered.settings.sites:
        manifest = read_manifest(project.sites / name, project.work, name, MANIFEST_VERSION)
        answer[name] = Before(manifest, current(project.sites / name, manifest) if manifest else frozenset())
    return answer


def _indexes(gathered: Gathered, words: Words, project: Project) -> dict[str, dict[str, bytes]]:
    """The search files of every edition, by path in the edition. What was analysed before is taken from the work folder."""
    scripts = browser_files()
    indexes = Indexes(project, gathered, words)
    answer: dict[str, dict[str, bytes]] = {}
    for plan in gathered.projection.plans:
        answer[plan.edition.key] = {**scripts, **{f"search/{path}": data for path, data in indexes(plan).items()}}
    indexes.remember()
    return answer


def _verify(
    project: Project, gathered: Gathered, rendered: Mapping[str, Rendered], editions: Sequence[StagedEdition], tools: Tools
) -> tuple[dict[str, dict[str, bytes]], tuple[Problem, ...]]:
    """The bytes of every site that could be rendered, and what the gate found in them."""
    texts = [text for each in tools.words.values() for text in each.values()]
    built: dict[str, dict[str, bytes]] = {}
    leaks: list[Problem] = []
    for name, item in rendered.items():
        if item.failures:
            continue
        built[name] = {path: _bytes(project, name, path, file) for path, file in sorted(item.files.items())}
        forbidden = site_canaries(gathered, name, texts, stand_ins(name, editions))
        excused = excuse(gathered, name, tools.words, forbidden, theme_pages(built[name]), tools.theme)
        memory = project.work / "verified" / f"{name}.json"
        leaks.extend(gate(name, built[name], forbidden, gathered.corpus, excused, memory))
    return built, tuple(leaks)


def _bytes(project: Project, site: str, path: str, file: NewFile) -> bytes:
    if file.data is not None:
        return file.data
    try:
        return (project.sites / site / path).read_bytes()
    except OSError as error:
        message = f"site/{site}/{path} can no longer be read: {error.strerror}"
        raise HandoverError(message, "Run kbgen build --clean.") from error


def _facts(gathered: Gathered, built: Mapping[str, Mapping[str, bytes]], leaks: tuple[Problem, ...]) -> Facts:
    corpus = dataclasses.replace(gathered.corpus, problems=(*gathered.corpus.problems, *leaks))
    return dataclasses.replace(gathered.facts(built), corpus=corpus)
