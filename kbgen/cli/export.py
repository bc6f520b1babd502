"""``kbgen export``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kbgen.app.export import export_alerts, export_replies
from kbgen.app.export_bundle import export_bundle
from kbgen.app.export_search import export_search
from kbgen.cli.messages import counted
from kbgen.cli.missing import tell_missing
from kbgen.cli.options import common, day, processes, project_at, settings_of, stages
from kbgen.engines.theme_dir import theme_dir
from kbgen.engines.words import strings
from kbgen.exports.alerts import FORMATS as ALERTS
from kbgen.exports.replies import FORMATS as REPLIES
from kbgen.rules import RULES


@click.group(short_help="Hand alerts, replies, pages or a site to other tools.")
def export() -> None:
    """Hand parts of the base over to other tools. What is exported is internal: it may name contacts and incidents.

    The exceptions are the documents of a public site for a search server, and a copy of it.

    Files that are left out of the sites are in no export: each is named on standard error, and the exit code is 1. The rest is printed.

    \b
    Examples:
      kbgen export alerts --format prometheus > runbooks.yml
      kbgen export replies --format zendesk > macros.json
      kbgen export search --site public --out ../search-documents
      kbgen export bundle --output ../wiki-copy.zip
    """  # noqa: D301 - click wants the character itself


@export.command(short_help="Links from alerts to runbooks.")
@common
@click.option("--format", "form", type=click.Choice(list(ALERTS)), default="json", show_default=True, help="For which tool.")
def alerts(root: Path, today: datetime.date | None, jobs: int | None, form: str) -> None:
    """Print a link to its runbook for every alert that a runbook claims.

    The links lead to /r/<alert>/ in the wiki and stay right when a runbook is renamed.

    \b
    Examples:
      kbgen export alerts --format prometheus
      kbgen export alerts --format pagerduty
    """  # noqa: D301 - click wants the character itself
    with stages() as begin:
        text, missing = export_alerts(project_at(root), form, RULES, day(today), processes(jobs), begin)
    click.echo(text, nl=False)
    click.get_current_context().exit(tell_missing(missing))


@export.command(short_help="Saved replies for a ticket system.")
@common
@click.option("--format", "form", type=click.Choice(list(REPLIES)), default="csv", show_default=True, help="For which system.")
def replies(root: Path, today: datetime.date | None, jobs: int | None, form: str) -> None:
    """Print all saved replies, in every language. Placeholders stand in square brackets, in words.

    \b
    Examples:
      kbgen export replies --format csv > replies.csv
      kbgen export replies --format freshdesk
    """  # noqa: D301 - click wants the character itself
    with stages() as begin:
        text, missing = export_replies(project_at(root), form, RULES, day(today), processes(jobs), begin)
    click.echo(text, nl=False)
    click.get_current_context().exit(tell_missing(missing))


@export.command(short_help="The pages of the sites for a search server.")
@common
@click.option("--format", "form", type=click.Choice(["opensearch"]), default="opensearch", show_default=True, help="For which server.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write into; it is made.")
@click.option("--site", "sites", multiple=True, metavar="NAME", help="Only this site; may be repeated. By default all of them.")
def search(root: Path, today: datetime.date | None, jobs: int | None, form: str, out: Path, sites: tuple[str, ...]) -> None:  # noqa: ARG001 - there is but one format
    """Write an index's mappings and bulk files for each site and language, a folder each.

    The folders of a site hold exactly what that site shows: those of the wiki are internal, keep them apart.

    \b
    Examples:
      kbgen export search --format opensearch --out search-documents
      kbgen export search --site public --out search-documents
    """  # noqa: D301 - click wants the character itself
    where = project_at(root)
    words = {language: strings(language) for language in settings_of(where).languages}
    with stages() as begin:
        written, missing = export_search(where, out, sites, words, RULES, day(today), processes(jobs), begin)
    for index, documents, parts in written:
        click.echo(f"{index}: {counted(documents, 'document')} in {counted(parts, 'bulk file')}")
    click.get_current_context().exit(tell_missing(missing))


@export.command(short_help="A copy of a site that opens from disk.")
@common
@click.option("--site", default="internal", show_default=True, help="The site to copy.")
@click.option("--output", type=click.Path(path_type=Path), default=None, help="The zip file to write; by default SITE-copy.zip, here.")
def bundle(root: Path, today: datetime.date | None, jobs: int | None, site: str, output: Path | None) -> None:  # noqa: ARG001 - one process is enough
    """Write a copy of a built site into one zip file, for when the wiki or the network is down.

    Unpacked, it opens by a double click on START-HERE.html, with search, in all its languages. It says the day it was made on.
    A copy of the wiki is internal: keep it where only staff get at it, and make a new one after each build.

    \b
    Examples:
      kbgen export bundle
      kbgen export bundle --site internal --output ../wiki-copy.zip
    """  # noqa: D301 - click wants the character itself
    where = project_at(root)
    settings = settings_of(where)
    words = {language: strings(language) for language in settings.languages}
    target = output or Path(f"{site}-copy.zip")
    style = (theme_dir() / "stylesheets" / "bundle.css").read_bytes()
    with stages() as begin:
        files, size = export_bundle(where, settings, site, target, words, style, day(today), begin)
    click.echo(f"{target}: {counted(files, 'file')}, {size / 1_000_000:.1f} MB")
