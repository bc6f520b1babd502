"""``kbgen build``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kbgen.app.build import Built
from kbgen.app.build import build as build_sites
from kbgen.app.handing import SiteResult
from kbgen.cli.messages import counted
from kbgen.cli.options import coloured, common, day, project_at, settings_of, stages, tools
from kbgen.model.finding import Severity
from kbgen.reports.findings_text import findings_text

_LISTED = 20  # articles left out that the summary names; the findings name them all


@click.command(short_help="Build all sites into site/.")
@common
@click.option("--clean", is_flag=True, help="Trust nothing of earlier builds: convert, render, verify and write everything.")
@click.option("--strict", is_flag=True, help="Let warnings count like errors for the exit code.")
@click.option("--explain", "explained", is_flag=True, help="Say for every page why it was rendered.")
@click.option("--profile", is_flag=True, help="Say how many seconds each stage took.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
def build(
    root: Path, today: datetime.date | None, jobs: int | None, clean: bool, strict: bool, explained: bool, profile: bool, quiet: bool
) -> None:
    """Build all sites into site/, and hand over each one that nothing speaks against.

    What cannot be read is left out and named; the rest goes out. A site with internal text where it must not be is refused, and
    the old one stays.

    \b
    Examples:
      kbgen build
      kbgen build --clean --strict
      kbgen build --explain --today 2026-05-17
    """  # noqa: D301 - click wants the character itself
    project = project_at(root)
    with stages(quiet=quiet) as begin:
        built = build_sites(project, tools(settings_of(project), jobs, begin), day(today), clean=clean, strict=strict)
    report(built, explained=explained, quiet=quiet)
    if profile:
        _profile(begin.seconds())
    click.get_current_context().exit(built.code)


def report(built: Built, *, explained: bool, quiet: bool) -> None:
    """Print what a build found (to standard error) and did.

    Reviews that are due or overdue are counted in the last line; one line for each of thousands would hide what stopped an article.
    """
    told = [each for each in built.findings if each.severity is Severity.ERROR or not each.code.startswith("KB2")]
    if told:
        click.echo(findings_text(told, colour=coloured("stderr")), err=True, nl=False)
    if quiet:
        return
    for site in built.sites:
        click.echo(_line(site))
        _left_out(site)
        if explained:
            for plan in site.plans:
                for path in plan.render:
                    click.echo(f"    {path}: {plan.reasons.get(path, '')}")
    counts = [f"{count:,} {state.value}" for state, count in built.freshness.by_state.items() if count]
    click.echo(f"freshness: {', '.join(counts) or 'no articles'}  (kbgen stale says which)")


def _line(site: SiteResult) -> str:
    if not site.handed_over:
        stays = "the old one stays" if site.stood else "there is none yet"
        return f"site/{site.name}/  not handed over, {stays}: {site.why}"
    rendered = sum(len(plan.render) for plan in site.plans)
    changes = [f"{number:,} {what}" for number, what in zip(site.changes, ("added", "changed", "removed"), strict=True) if number]
    files = f"files: {', '.join(changes)}" if changes else "no file changed"
    return f"site/{site.name}/  {counted(site.articles, 'article')}, {counted(rendered, 'page')} rendered; {files}"


def _left_out(site: SiteResult) -> None:
    for item in site.left_out[:_LISTED]:
        note = " (its page says that it is being corrected)" if item.stand_in and site.handed_over else ""
        click.echo(f"    left out: {item.path}{note}")
    if len(site.left_out) > _LISTED:
        click.echo(f"    and {len(site.left_out) - _LISTED:,} more")


def _profile(seconds: list[tuple[str, float]]) -> None:
    for stage, took in [*seconds, ("in all", sum(took for _, took in seconds))]:
        click.echo(f"{took:8.2f} s  {stage}")
