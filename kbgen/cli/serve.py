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
from kbgen.cli.messages import tell, tell_bug, tell_system
from kbgen.cli.options import common, day, project_at, settings_of, stages, tools
from kbgen.errors import KbgenError
from kbgen.handover import known_addresses
from kbgen.model.settings import Settings
from kbgen.servers.serve import ServedSite, Server
from kbgen.servers.watch import watch


@click.command(short_help="Serve the sites here, and rebuild on every save.")
@common
@click.option("--port", type=click.IntRange(0, 65000), default=8000, show_default=True, help="Port of the first site; 0: any free ports.")
@click.option("--no-build", "as_is", is_flag=True, help="Serve what stands in site/ and build nothing.")
def serve(root: Path, today: datetime.date | None, jobs: int | None, port: int, as_is: bool) -> None:
    """Serve all sites on this machine only, and rebuild them on every save.

    Findings are shown and serving goes on: what cannot be built stays as it was. Stop with Ctrl-C.

    \b
    Examples:
      kbgen serve
      kbgen serve --port 9000
      kbgen serve --port 0 --no-build
    """  # noqa: D301 - click wants the character itself
    project = project_at(root)
    settings = settings_of(project)

    def rebuild() -> None:
        with stages() as begin:
            built = build(project, tools(settings_of(project), jobs, begin), day(today))
        report(built, explained=False, quiet=False)

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    if not as_is:
        _try(rebuild, project.root)
    with Server(_sites(project, settings, port)) as server:
        for name, url in server.urls.items():
            click.echo(f"{name}: {url}")
        if as_is:
            stop.wait()
        else:
            click.echo("Watching for changes; stop with Ctrl-C.")
            watch(
                [project.root / settings.content_dir, project.root / "mkdocs.yml"], rebuild, stop, lambda error: _tell(error, project.root)
            )


def _sites(project: Project, settings: Settings, port: int) -> list[ServedSite]:
    prefixes = tuple(f"{code}/" for code in settings.languages if code != settings.default_language)

    def site(position: int, name: str) -> ServedSite:
        folder = project.sites / name
        return ServedSite(
            name=name,
            folder=folder,
            internal=not settings.is_open(name),
            port=port + position if port else 0,
            prefixes=prefixes,
            gone=lambda: known_addresses(folder, project.work, name)[1],
            events=settings.search.events_origin,
        )

    return [site(position, name) for position, name in enumerate(settings.sites)]


def _try(rebuild: Callable[[], None], root: Path) -> None:
    try:
        rebuild()
    except KbgenError as error:
        _tell(error, root)


def _tell(error: Exception, root: Path) -> None:
    """Say what went wrong and go on serving."""
    if isinstance(error, KbgenError):
        tell(error)
    elif isinstance(error, OSError):
        tell_system(error)
    else:
        tell_bug(error, root)
