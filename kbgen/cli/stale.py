"""``kbgen stale``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kbgen.app.stale import stale as assess
from kbgen.cli.options import common, day, processes, project_at, stages
from kbgen.reports.stale_json import stale_json
from kbgen.reports.stale_text import stale_text


@click.command(short_help="Say which articles need a review.")
@common
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the report.")
def stale(root: Path, today: datetime.date | None, jobs: int | None, form: str) -> None:
    """Say which articles are fresh, due for review, overdue or were never reviewed, by owner and product area.

    \b
    Examples:
      kbgen stale
      kbgen stale --format json --today 2027-01-01
    """  # noqa: D301 - click wants the character itself
    date = day(today)
    with stages() as begin:
        items, summary = assess(project_at(root), date, processes(jobs), begin)
    click.echo(stale_json(items, summary, date) if form == "json" else stale_text(items, summary, date), nl=False)
