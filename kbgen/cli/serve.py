"""``kbgen serve``."""

from __future__ import annotations

import datetime
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import click

from kbgen.app.build import build
from kbgen.app.project import Project
from kbgen.cli.build import report
from kbgen.cli.options import common, day, project_at, settings_of, tools
from kbgen.errors import KbgenError
from kbgen.handover import known_addresses
from kbgen.model.settings import Settings
from kbgen.servers.serve import ServedSite, Server
from kbgen.servers.watch import watch


@click.command()
@common
@click.option("--port", type=click.IntRange(0, 65000), default=8000, show_default=True, help="Port of the first site; 0: any free ports.")
@click.option("--no-build", "built", is_flag=True, help="Serve what stands in site/ and build nothing.")
def serve(root: Path, today: datetime.date | None, jobs: int | None, port: int, built: bool) -> None:
    r"""Serve all sites on this machine only, and rebuild them on every save.

    Findings are shown and serving goes on: what cannot be built stays as it was. Stop with Ctrl-C.

    \b
    Examples:
      kbgen serve
      kbgen serve --port 9000
      kbgen serve --port 0 --no-build
    """
    project = project_at(root)
    settings = settings_of(project)

    def rebuild() -> None:
        report(build(project, tools(settings_of(project), jobs), day(today)), explained=False, quiet=False)

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    if not built:
        _try(rebuild)
    with Server(_sites(project, settings, port)) as server:
        for name, url in server.urls.items():
            click.echo(f"{name}: {url}")
        if built:
            stop.wait()
        else:
            click.echo("Watching for changes; stop with Ctrl-C.")
            watch([project.root / settings.content_dir, project.root / "mkdocs.yml"], rebuild, stop, _tell)


def _sites(project: Project, settings: Settings, port: int) -> list[ServedSite]:
    prefixes = tuple(f"{code}/" for code in settings.languages if code != settings.default_language)

    def site(position: int, name: str) -> ServedSite:
        folder = project.sites / name
        return ServedSite(
            name=name,
            folder=folder,
            internal=settings.is_narrowest(name),
            port=port + position if port else 0,
            prefixes=prefixes,
            gone=lambda: known_addresses(folder, project.work, name)[1],
        )

    return [site(position, name) for position, name in enumerate(settings.sites)]


def _try(rebuild: Callable[[], None]) -> None:
    try:
        rebuild()
    except KbgenError as error:
        _tell(error)


def _tell(error: Exception) -> None:
    """Say what went wrong and go on serving; a bug is said by its kind alone, the sites are as they were."""
    if isinstance(error, KbgenError):
        click.echo(f"kbgen: {error.message}", err=True)
        for problem in getattr(error, "problems", ()):
            click.echo(f"  {problem}", err=True)
        if error.hint:
            click.echo(f"  help: {error.hint}", err=True)
    else:
        click.echo(f"kbgen: a bug of kbgen itself ({type(error).__name__}: {error}); the sites are as they were.", err=True)
