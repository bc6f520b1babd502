"""``kbgen search``."""

from __future__ import annotations

from pathlib import Path

import click

from kbgen.cli.options import project, project_at, settings_of
from kbgen.errors import SettingsError
from kbgen.search import search as find


@click.command(short_help="Search a built site.")
@click.argument("query")
@project
@click.option("--site", default="public", show_default=True, help="The site to search.")
@click.option("--language", default=None, help="The language to search in; by default the default language.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many results to print.")
def search(query: str, root: Path, site: str, language: str | None, limit: int) -> None:
    """Search a built site from here: the same index, the same ranking as in the browser.

    \b
    Examples:
      kbgen search "refund"
      kbgen search "возврат оплаты" --language ru --site internal
    """  # noqa: D301 - click wants the character itself
    where = project_at(root)
    settings = settings_of(where)
    if site not in settings.sites:
        raise click.UsageError(f"there is no site '{site}'; the sites are: {', '.join(settings.sites)}")
    code = language or settings.default_language
    if code not in settings.languages:
        raise click.UsageError(f"there is no language '{code}'; the languages are: {', '.join(settings.languages)}")
    prefix = "" if code == settings.default_language else f"{code}/"
    edition = where.sites / site / prefix
    if not (edition / "search").is_dir():
        raise SettingsError(f"the site '{site}' is not built yet", "Run kbgen build first.")
    try:
        hits = find(lambda path: (edition / "search" / path).read_bytes(), query, limit)
    except (OSError, ValueError, LookupError, TypeError) as error:  # cut or altered by somebody: whatever stands there is no index
        raise SettingsError(f"the search index of '{site}' cannot be read", "Run kbgen build, it makes the index anew.") from error
    for hit in hits:
        anchor = f"#{hit.anchor}" if hit.anchor else ""
        click.echo(f"{hit.score:7.2f}  {hit.title}  [{hit.area}]  /{prefix}{hit.address}{anchor}")
    if not hits:
        click.echo("nothing found")
