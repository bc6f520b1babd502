"""``kbgen search``."""

from __future__ import annotations

from pathlib import Path

import click

from kbgen.app.search import edition_index, edition_prefix, found
from kbgen.cli.options import project, project_at, settings_of
from kbgen.errors import SettingsError
from kbgen.reports.search_json import search_json
from kbgen.reports.search_text import search_text


@click.command(short_help="Search a built site.")
@click.argument("query")
@project
@click.option("--site", default="public", show_default=True, help="The site to search.")
@click.option("--language", default=None, help="The language to search in; by default the default language.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many results to print.")
@click.option("--explain", "explained", is_flag=True, help="Print the parts of each score: word, field, and what answers the word.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the results.")
def search(query: str, root: Path, site: str, language: str | None, limit: int, explained: bool, form: str) -> None:
    """Search a built site from here: the same index, the same ranking as in the browser.

    \b
    Examples:
      kbgen search "refund"
      kbgen search "возврат оплаты" --language ru --site internal
      kbgen search "djpdhfn" --language ru --explain
      kbgen search "refund" --format json
    """  # noqa: D301 - click wants the character itself
    where = project_at(root)
    settings = settings_of(where)
    if site not in settings.sites:
        raise click.UsageError(f"there is no site '{site}'; the sites are: {', '.join(settings.sites)}")
    code = language or settings.default_language
    if code not in settings.languages:
        raise click.UsageError(f"there is no language '{code}'; the languages are: {', '.join(settings.languages)}")
    load = edition_index(where, settings, site, code)
    try:
        results = found(load, query, limit, edition_prefix(settings, code), explained=explained)
    except (OSError, ValueError, LookupError, TypeError) as error:  # cut or altered by somebody: whatever stands there is no index
        raise SettingsError(f"the search index of '{site}' cannot be read", "Run kbgen build, it makes the index anew.") from error
    if results is None:
        raise SettingsError(f"another version of kbgen wrote the search index of '{site}'", "Run kbgen build, it makes the index anew.")
    report = {"site": site, "language": code, **results}
    click.echo(search_json(report) if form == "json" else search_text(report), nl=False)
