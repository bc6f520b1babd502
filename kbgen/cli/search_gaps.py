"""``kbgen search-gaps``."""

from __future__ import annotations

from pathlib import Path

import click

from kbgen.app.search_gaps import search_gaps as find_gaps
from kbgen.cli.options import project, project_at, settings_of
from kbgen.reports.search_gaps_json import search_gaps_json
from kbgen.reports.search_gaps_text import search_gaps_text


@click.command(short_help="Rank what readers looked for in vain.")
@click.argument("log", type=click.Path(dir_okay=False, allow_dash=True))
@project
@click.option("--site", default="public", show_default=True, help="The site whose nearest article is named, if it is built.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many queries to print.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the report.")
def search_gaps(log: str, root: Path, site: str, limit: int, form: str) -> None:
    """Rank what readers looked for and did not find, in LOG: the events that pages send to the address in  search: {events: …}.

    LOG is a file, or - for standard input; in each line an event as JSON, or a line of an access log that holds one. Forms of a word
    count as one. Addresses of mail and long numbers are masked, all else is as it was typed: do not publish the report.

    \b
    Examples:
      kbgen search-gaps events.log
      kbgen search-gaps events.log --format json --limit 200
    """  # noqa: D301 - click wants the character itself
    where = project_at(root)
    settings = settings_of(where)
    if site not in settings.sites:
        raise click.UsageError(f"there is no site '{site}'; the sites are: {', '.join(settings.sites)}")
    try:
        with click.open_file(log, "rb") as stream:
            read, gaps, listed = find_gaps(where, settings, site, stream, limit)
    except OSError as error:
        raise click.FileError(log, error.strerror) from error
    report = search_gaps_json if form == "json" else search_gaps_text
    click.echo(report(read, gaps, listed), nl=False)
