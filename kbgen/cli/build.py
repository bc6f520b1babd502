"""``kbgen build``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kbgen.app.build import Built, SiteResult
from kbgen.app.build import build as build_sites
from kbgen.cli.options import common, day, on_terminal, project_at, settings_of, tools
from kbgen.reports.findings_text import findings_text


@click.command()
@common
@click.option("--clean", is_flag=True, help="Trust nothing of earlier builds: read, convert and render everything.")
@click.option("--strict", is_flag=True, help="Let warnings count like errors for the exit code.")
@click.option("--explain", "explained", is_flag=True, help="Say for every page why it was rendered.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
def build(root: Path, today: datetime.date | None, jobs: int | None, clean: bool, strict: bool, explained: bool, quiet: bool) -> None:
    r"""Build all sites into site/, and hand over each one that nothing speaks against.

    What cannot be read is left out and named; the rest goes out. A site with internal text where it must not be is refused, and
    the old one stays.

    \b
    Examples:
      kbgen build
      kbgen build --clean --strict
      kbgen build --explain --today 2026-05-17
    """
    project = project_at(root)
    built = build_sites(project, tools(settings_of(project), jobs), day(today), clean=clean, strict=strict)
    report(built, explained=explained, quiet=quiet)
    click.get_current_context().exit(built.code)


def report(built: Built, *, explained: bool, quiet: bool) -> None:
    """Print what a build found (to standard error) and did."""
    if built.findings:
        click.echo(findings_text(built.findings, colour=on_terminal("stderr")), err=True, nl=False)
    if not quiet:
        _summary(built, explained)


def _summary(built: Built, explained: bool) -> None:
    for site in built.sites:
        click.echo(_line(site))
        if explained:
            for plan in site.plans:
                for path in plan.render:
                    click.echo(f"    {path}: {plan.reasons.get(path, '')}")
    counts = {state.value: count for state, count in built.freshness.by_state.items()}
    click.echo("freshness: " + ", ".join(f"{count} {state}" for state, count in counts.items()) + "  (kbgen stale says which)")


def _line(site: SiteResult) -> str:
    if not site.handed_over:
        return f"site/{site.name}/  not handed over, the old one stays: {site.why}"
    rendered = sum(len(plan.render) for plan in site.plans)
    added, changed, removed = site.changes
    files = f"files: {added} added, {changed} changed, {removed} removed"
    return f"site/{site.name}/  {site.articles} articles, {rendered} pages rendered; {files}"
