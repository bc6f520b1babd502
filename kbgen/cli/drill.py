"""``kbgen drill``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kbgen.app.drill import chosen, next_drills, record, translated
from kbgen.app.left_out import missing_inside
from kbgen.cli.missing import tell_missing
from kbgen.cli.options import common, day, processes, project_at, stages
from kbgen.engines.words import strings
from kbgen.reports.drill_text import drill_list, drill_script
from kbgen.rules import RULES


@click.command(short_help="Pick the runbook to drill next, as a script.")
@click.argument("runbook", default="")
@common
@click.option("--list", "listing", is_flag=True, help="List all runbooks by risk instead.")
@click.option("--language", default="", help="The language of the script; by default the runbook's own.")
@click.option("--record", "result", type=click.Choice(["passed", "partly", "failed"]), default=None, help="Record how the drill went.")
@click.option("--note", default="", help="With --record: what to remember, one sentence.")
def drill(
    runbook: str, root: Path, today: datetime.date | None, jobs: int | None, listing: bool, language: str, result: str | None, note: str
) -> None:
    """Print the riskiest runbook that was not drilled for longest as a script to drill it; or the one with the id RUNBOOK.

    Risk is the severity (high 3, medium 2, low 1) times the days since the last drill; a runbook that was never drilled counts 730 days.
    --record writes the day into the runbook's front matter (last_drilled) and the result into _data/drills.yml. A drill that failed is
    only written into the latter: the risk stays. Runbooks that cannot be read are named on standard error, and the exit code is 1.

    \b
    Examples:
      kbgen drill
      kbgen drill --list
      kbgen drill KB-8KMX --language ru
      kbgen drill KB-8KMX --record passed --note "Nobody knew the reserve number; now it is in the runbook"
    """  # noqa: D301 - click wants the character itself
    if note and result is None:
        raise click.UsageError("--note goes with --record")
    if result is not None and not runbook:
        raise click.UsageError("name the runbook that was drilled, e.g. kbgen drill KB-8KMX --record passed")
    where = project_at(root)
    with stages() as begin:
        gathered, drills = next_drills(where, day(today), processes(jobs), begin)
    if language and language not in gathered.settings.languages:
        raise click.UsageError(f"there is no language '{language}'; the languages are: {', '.join(gathered.settings.languages)}")
    one = chosen(gathered, drills, runbook, recording=result is not None)
    if result is not None:
        paths, kept = record(where, gathered, one, result, " ".join(note.split()))
        for path in paths:
            click.echo(f"written: {path}")
        if kept:
            click.echo(kept)
        return
    if listing:
        click.echo(drill_list(drills), nl=False)
    else:
        article = translated(gathered, one.article, language)
        click.echo(drill_script(one, article, strings(article.language)), nl=False)
    # Whoever named a runbook has it; in a choice among all of them the one that cannot be read may be the riskiest.
    click.get_current_context().exit(tell_missing(missing_inside(gathered, RULES)) if listing or not runbook else 0)
