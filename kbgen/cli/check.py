"""``kbgen check``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kbgen.app.check import check as check_project
from kbgen.checks.run import exit_code
from kbgen.checks.select import select, unknown
from kbgen.cli.options import coloured, common, day, processes, project_at, stages
from kbgen.engines.words import strings
from kbgen.reports.findings_json import findings_json
from kbgen.reports.findings_text import findings_text
from kbgen.rules import RULES


@click.command(short_help="Say what is wrong with the content.")
@common
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the findings.")
@click.option("--select", "codes", multiple=True, metavar="CODE", help="Only findings of these codes, e.g. KB301 or KB4; may be repeated.")
@click.option("--strict", is_flag=True, help="Let warnings count like errors for the exit code.")
def check(root: Path, today: datetime.date | None, jobs: int | None, form: str, codes: tuple[str, ...], strict: bool) -> None:
    """Say everything that is wrong with the content. Nothing is built and nothing is changed.

    \b
    Examples:
      kbgen check
      kbgen check --format json
      kbgen check --select KB4 --strict
    """  # noqa: D301 - click wants the character itself
    if odd := unknown(codes, (rule.CODE for rule in RULES)):
        raise click.UsageError(f"there is no code '{odd[0]}'; kbgen explain lists all")
    with stages() as begin:
        checked = check_project(project_at(root), RULES, day(today), processes(jobs), begin, strings)
    findings = select(checked.findings, codes) if codes else checked.findings
    if form == "json":
        click.echo(findings_json(findings, {rule.CODE: rule.NAME for rule in RULES}), nl=False)
    else:
        click.echo(findings_text(findings, colour=coloured("stdout")), nl=False)
    click.get_current_context().exit(exit_code(findings, strict))
