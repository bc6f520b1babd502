"""``kbgen verify``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kbgen.app.verify import verify as verify_sites
from kbgen.checks.run import exit_code
from kbgen.cli.options import coloured, common, day, processes, project_at, settings_of, stages
from kbgen.engines.theme_dir import templates
from kbgen.engines.words import strings
from kbgen.errors import SettingsError
from kbgen.reports.findings_text import findings_text
from kbgen.rules import RULES


@click.command(short_help="Look once more at the sites in site/.")
@common
def verify(root: Path, today: datetime.date | None, jobs: int | None) -> None:
    """Look once more at the sites in site/, byte by byte: no internal text, no dead link, no request to another host.

    kbgen build does the same before it hands a site over; this is for a site that was copied, published or touched since.

    \b
    Example:
      kbgen verify
    """  # noqa: D301 - click wants the character itself
    project = project_at(root)
    words = {language: strings(language) for language in settings_of(project).languages}
    with stages() as begin:
        findings, sites = verify_sites(project, RULES, words, day(today), processes(jobs), begin, templates())
    if not sites:
        raise SettingsError("there is no site to verify", "Run kbgen build first.")
    click.echo(findings_text(findings, colour=coloured("stdout")), nl=False)
    click.echo(f"verified: {', '.join(sites)}")
    click.get_current_context().exit(exit_code(findings, strict=False))
