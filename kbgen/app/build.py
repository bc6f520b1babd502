"""Use case: build the sites. The order of the stages is this file."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbgen.app.gate import gate, site_canaries
from kbgen.app.project import MANIFEST_VERSION, Gathered, Project, gather
from kbgen.app.rendering import Before, Rendered, render
from kbgen.checks.run import exit_code, run
from kbgen.errors import HandoverError
from kbgen.freshness.assess import Summary, summarise
from kbgen.handover import Preview, current, hand_over, lock, preview, read_manifest, recover
from kbgen.incremental.plan import BuildPlan
from kbgen.model.finding import Effect, Finding, Problem
from kbgen.model.ports import Engine, Facts, RenderFailure, Rule
from kbgen.model.site_tree import NewFile
from kbgen.model.staged import StagedEdition
from kbgen.search import browser_files, build_index
from kbgen.staging.stage import search_documents, stage

Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What the command line hands in: the engine, the rules, the theme's words by language, processes to use."""

    engine: Engine
    rules: Sequence[Rule]
    words: Words
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What became of a site: ``handed_over`` False means that the old one stays; ``why`` then says why."""

    name: str
    articles: int
    handed_over: bool
    why: str
    changes: Preview
    plans: tuple[BuildPlan, ...]
    failures: tuple[RenderFailure, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did and found. ``code`` is the exit code."""

    findings: tuple[Finding, ...]
    freshness: Summary
    sites: tuple[SiteResult, ...]
    code: int


def build(project: Project, tools: Tools, today: datetime.date, *, clean: bool = False, strict: bool = False) -> Built:
    """Build and hand over every site that nothing speaks against.

    Args:
        project: the project.
        tools: engine, rules, words.
        today: the day for which freshness is assessed.
        clean: trust nothing of earlier builds.
        strict: warnings count like errors for the exit code.

    Raises:
        SettingsError: the settings are wrong; nothing was touched.
        HandoverError: another build is at work, or a finished site could not be put in place.
    """
    with lock(project.work, wait_seconds=60):
        gathered = gather(project, today, tools.jobs)
        before = _before(project, gathered)
        editions = stage(
            gathered.projection,
            gathered.corpus,
            gathered.settings,
            gathered.data,
            gathered.staleness,
            tools.words,
            gathered.live,
        )
        indexes = _indexes(gathered)
        rendered = render(editions, indexes, before, tools.engine, project, clean=clean)
        built, leaks = _verify(project, gathered, rendered, editions, tools.words)
        findings = run((*tools.rules,), _facts(gathered, built, leaks))
        sites = tuple(_hand_over(project, name, gathered, editions, item, before[name], findings, clean) for name, item in rendered.items())
        code = exit_code(findings, strict)
        return Built(findings, summarise(gathered.staleness), sites, max(code, 3) if any(site.failures for site in sites) else code)


def _before(project: Project, gathered: Gathered) -> dict[str, Before]:
    answer: dict[str, Before] = {}
    for name in gathered.settings.sites:
        recover(name, project.sites, project.work)
        manifest = read_manifest(project.sites / name, project.work, name, MANIFEST_VERSION)
        answer[name] = Before(manifest, current(project.sites / name, manifest) if manifest else frozenset())
    return answer


def _indexes(gathered: Gathered) -> dict[str, dict[str, bytes]]:
    """The search files of every edition, by path in the edition."""
    scripts = browser_files()
    answer: dict[str, dict[str, bytes]] = {}
    for plan in gathered.projection.plans:
        documents = search_documents(plan, gathered.settings, gathered.data)
        index = build_index(documents, plan.edition.language)
        answer[plan.edition.key] = {**scripts, **{f"search/{path}": data for path, data in index.items()}}
    return answer


def _verify(
    project: Project, gathered: Gathered, rendered: Mapping[str, Rendered], editions: Sequence[StagedEdition], words: Words
) -> tuple[dict[str, dict[str, bytes]], tuple[Problem, ...]]:
    """The bytes of every site that could be rendered, and what the gate found in them."""
    texts = [text for each in words.values() for text in each.values()]
    built: dict[str, dict[str, bytes]] = {}
    leaks: list[Problem] = []
    for name, item in rendered.items():
        if item.failures:
            continue
        built[name] = {path: _bytes(project, name, path, file) for path, file in sorted(item.files.items())}
        corrected = _addresses(name, editions, "correcting")
        forbidden = site_canaries(gathered, name, texts, corrected)
        leaks.extend(gate(name, built[name], forbidden, project.work / "verified" / f"{name}.json"))
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


def _addresses(site: str, editions: Sequence[StagedEdition], kind: str) -> frozenset[str]:
    """Site addresses of a site's pages of one kind."""
    return frozenset(
        edition.edition.prefix + address
        for edition in editions
        if edition.edition.site == site
        for address, page in edition.pages.items()
        if page.kind == kind
    )


def _hand_over(
    project: Project,
    name: str,
    gathered: Gathered,
    editions: Sequence[StagedEdition],
    item: Rendered,
    before: Before,
    findings: Sequence[Finding],
    clean: bool,
) -> SiteResult:
    plans = [plan for plan in gathered.projection.plans if plan.edition.site == name]
    articles = sum(len(plan.pages) for plan in plans)
    changes = preview(item.files, before.manifest)
    why = _refusal(name, item, findings)
    if why:
        return SiteResult(name, articles, False, why, Preview(0, 0, 0), item.plans, item.failures)
    addresses = frozenset(plan.edition.prefix + address for plan in plans for address in plan.pages)
    addresses |= _addresses(name, editions, "correcting")
    gone = (gathered.live[name] | gathered.gone[name]) - addresses
    hand_over(name, item.files, addresses, gone, site_root=project.sites, work=project.work, version=MANIFEST_VERSION, clean=clean)
    return SiteResult(name, articles, True, "", changes, item.plans, ())


def _refusal(name: str, item: Rendered, findings: Sequence[Finding]) -> str:
    if item.failures:
        return "; ".join(failure.message for failure in item.failures)
    refused = [finding for finding in findings if finding.effect is Effect.REFUSE and (not finding.sites or name in finding.sites)]
    return f"{refused[0].code} at {refused[0].place}: {refused[0].message}" if refused else ""
