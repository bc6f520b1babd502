"""``kbgen escalate``."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import click

from kbgen.app.escalate import Asked
from kbgen.app.escalate import escalate as climb
from kbgen.checks.run import exit_code
from kbgen.cli.options import coloured, processes, project, project_at, stages
from kbgen.model.support import KINDS, SEVERITIES
from kbgen.reports.escalation_json import escalation_json
from kbgen.reports.escalation_text import escalation_text
from kbgen.reports.findings_text import findings_text
from kbgen.rules import RULES

_YEARS = range(1971, 2200)
"""Years for which the clocks of the world are known, or may be guessed."""

_MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?P<offset>Z|[+-]\d\d:\d\d)?", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_EXAMPLE = "2026-11-22T03:00+03:00"


class _Moment(click.ParamType[datetime.datetime]):
    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.datetime:
        if isinstance(value, datetime.datetime):
            return value
        found = _MOMENT.fullmatch(str(value))
        if found and not found["offset"]:
            self.fail(f"'{value}' does not say by which clock: add the offset from UTC, e.g. {_EXAMPLE}, or Z", param, ctx)
        try:
            moment = datetime.datetime.fromisoformat(str(value)) if found else None
        except ValueError:
            moment = None
        if moment is None:
            self.fail(f"'{value}' is no moment such as {_EXAMPLE}", param, ctx)
        if moment.year not in _YEARS:
            self.fail(f"'{value}' is too far from our time", param, ctx)
        return moment


def _language(_: click.Context, param: click.Parameter, code: str | None) -> str:
    if code and not _LANGUAGE.fullmatch(code):
        raise click.BadParameter(f"'{code}' is no language code such as en or pt-BR", param=param)
    return code or ""


@click.command(short_help="Say who takes a case, until when, then whom.")
@project
@click.option("--severity", type=click.Choice(SEVERITIES), default=None, help="How severe it is; by default what the runbook says.")
@click.option("--plan", default="", metavar="ID", help="The customer's plan, an id of _data/plans.yml.")
@click.option("--at", type=_Moment(), default=None, metavar="MOMENT", help=f"When the customer wrote, e.g. {_EXAMPLE}; by default now.")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="What it is about; by default a question.")
@click.option("--language", callback=_language, default=None, metavar="CODE", help="The customer's; by default the default language.")
@click.option("--channel", default="", metavar="ID", help="The channel it came by; by default the first written one.")
@click.option("--tier", type=click.IntRange(1, 3), default=None, help="The level where it stands; by default what the runbook says, or 1.")
@click.option("--runbook", default="", metavar="ID", help="An article that says severity, tier and who takes over, e.g. KB-7Q4M.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the answer.")
def escalate(
    root: Path,
    severity: str | None,
    plan: str,
    at: datetime.datetime | None,
    kind: str | None,
    language: str,
    channel: str,
    tier: int | None,
    runbook: str,
    form: str,
) -> None:
    """Say who takes a case, by which way to reach them, until when, then whom, and what was promised to the customer.

    What is wrong with the data that it is made from is said on standard error, and the exit code is 1: something may be missing then.

    \b
    Examples:
      kbgen escalate --severity high --plan premium
      kbgen escalate --severity high --plan premium --at "2026-11-22T03:00+03:00" --kind bug --language ru
      kbgen escalate --plan standard --runbook KB-7Q4M --format json
    """  # noqa: D301 - click wants the character itself
    moment = at or datetime.datetime.now().astimezone()
    asked = Asked(moment, severity or "", plan, kind or "", language, channel, tier, runbook)
    with stages() as begin:
        answer = climb(project_at(root), asked, RULES, processes(None), begin)
    if answer.findings:
        click.echo(findings_text(answer.findings, colour=coloured("stderr")), err=True, nl=False)
    for remark in answer.remarks:
        click.echo(f"note: {remark}", err=True)
    if form == "json":
        text = escalation_json(answer.request, answer.ladder, answer.default_language, runbook, answer.faulty)
    else:
        named = f"{answer.runbook.id}, {answer.runbook.source.path}" if answer.runbook else ""
        text = escalation_text(answer.data, answer.request, answer.ladder, answer.default_language, named, answer.faulty)
    click.echo(text, nl=False)
    click.get_current_context().exit(exit_code(answer.findings, strict=False))
