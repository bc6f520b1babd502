"""Part of a build: hand over each site that nothing speaks against, and say what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbgen.app.project import MANIFEST_VERSION, Gathered, Project
from kbgen.app.rendering import Before, Rendered
from kbgen.errors import HandoverError
from kbgen.handover import Preview, hand_over, preview
from kbgen.incremental.plan import BuildPlan
from kbgen.model.article import Article, Unreadable
from kbgen.model.finding import Effect, Finding
from kbgen.model.plan import SitePlan
from kbgen.model.ports import RenderFailure
from kbgen.model.staged import StagedEdition

_NO_CHANGES = Preview(0, 0, 0)


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """An article (path of its file) that a site should hold and does not; ``stand_in``: its address says that it is being corrected."""

    path: str
    stand_in: bool


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What became of a site.

    Attributes:
        name: the site.
        articles: articles it holds.
        handed_over: False: what stood there before stays, and ``why`` says why.
        why: what speaks against it; ``""``: nothing.
        stood: whether the site stood there before.
        changes: files added, changed, removed.
        plans: what was rendered and why, one plan for each edition.
        failures: what the engine said.
        left_out: the articles left out, by path.
        refused: whether the hand-over itself failed (full disk, rights).
    """

    name: str
    articles: int
    handed_over: bool
    why: str
    stood: bool
    changes: Preview
    plans: tuple[BuildPlan, ...]
    failures: tuple[RenderFailure, ...]
    left_out: tuple[LeftOut, ...]
    refused: bool = False


def settle(
    project: Project,
    name: str,
    gathered: Gathered,
    editions: Sequence[StagedEdition],
    rendered: Rendered,
    before: Before,
    findings: Sequence[Finding],
    *,
    clean: bool,
) -> SiteResult:
    """Hand one site over, or leave the old one as it is. A site that cannot be put in place does not stop the others."""
    plans = [plan for plan in gathered.projection.plans if plan.edition.site == name]
    standing_in = stand_ins(name, editions)
    why = _refusal(name, rendered, findings)
    refused = False
    if not why:
        addresses = frozenset(plan.edition.prefix + address for plan in plans for address in plan.pages) | standing_in
        gone = (gathered.live[name] | gathered.gone[name]) - addresses
        try:
            places = {"site_root": project.sites, "work": project.work}
            hand_over(name, rendered.files, addresses, gone, **places, version=MANIFEST_VERSION, clean=clean)
        except HandoverError as error:
            why, refused = " ".join(filter(None, (error.message, error.hint))), True
    return SiteResult(
        name=name,
        articles=sum(len(plan.pages) for plan in plans),
        handed_over=not why,
        why=why,
        stood=before.manifest is not None or (project.sites / name).exists(),
        changes=_NO_CHANGES if why else preview(rendered.files, before.manifest),
        plans=rendered.plans,
        failures=rendered.failures,
        left_out=_left_out(gathered, plans, standing_in),
        refused=refused,
    )


def stand_ins(site: str, editions: Sequence[StagedEdition]) -> frozenset[str]:
    """Site addresses of a site's pages that stand in for an article that is being corrected."""
    return frozenset(
        edition.edition.prefix + address
        for edition in editions
        if edition.edition.site == site
        for address, page in edition.pages.items()
        if page.kind == "correcting"
    )


def _left_out(gathered: Gathered, plans: Sequence[SitePlan], standing_in: frozenset[str]) -> tuple[LeftOut, ...]:
    wanted = {(plan.edition.language, address): plan.edition.prefix + address for plan in plans for address in plan.withheld}
    items: list[Article | Unreadable] = [*gathered.corpus.articles, *gathered.corpus.unreadable]
    missing = [(item.source.path, wanted.get((item.language, item.address))) for item in items]
    return tuple(sorted(LeftOut(path, address in standing_in) for path, address in missing if address is not None))


def _refusal(name: str, rendered: Rendered, findings: Sequence[Finding]) -> str:
    if rendered.failures:
        return "; ".join(failure.message for failure in rendered.failures)
    refused = [finding for finding in findings if finding.effect is Effect.REFUSE and (not finding.sites or name in finding.sites)]
    return f"{refused[0].code} at {refused[0].place}: {refused[0].message}" if refused else ""
