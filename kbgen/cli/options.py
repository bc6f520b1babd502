"""Options that several commands share, and what is read from the surroundings: the clock, the terminal, the number of processors."""

from __future__ import annotations

import datetime
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from kbgen.app.build import Tools
from kbgen.app.project import Begin, Project
from kbgen.cli.progress import Stages
from kbgen.config.load import load_settings
from kbgen.engines.mkdocs import MkdocsEngine
from kbgen.engines.theme_dir import templates
from kbgen.engines.words import strings
from kbgen.model.settings import Settings
from kbgen.rules import RULES

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Where:
    """The project's folder as the command line names it: known outside the command too, for the report of a bug."""

    root: Path = Path()


class _Day(click.ParamType[datetime.date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        try:
            # fromisoformat takes other spellings, too, such as 2026-W20-7.
            if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value), re.ASCII):
                return datetime.date.fromisoformat(str(value))
        except ValueError:
            pass
        return self.fail(f"'{value}' is no date such as 2026-05-17", param, ctx)


def _remember(context: click.Context, _: click.Parameter, root: Path) -> Path:
    where = context.find_object(Where)
    if where is not None:
        where.root = root
    return root


def project(command: Command) -> Command:
    """The option that names the project."""
    folder = click.Path(path_type=Path)
    option = click.option("--project", "root", default=".", type=folder, callback=_remember, help="The folder that holds mkdocs.yml.")
    return option(command)


def common(command: Command) -> Command:
    """The options of every command that reads the project."""
    for option in (
        project,
        click.option("--today", type=_Day(), default=None, metavar="DATE", help="The day to judge freshness by, e.g. 2026-05-17."),
        click.option("--jobs", type=click.IntRange(1), default=None, help="How many processes may work at the same time."),
    ):
        command = option(command)
    return command


def project_at(root: Path) -> Project:
    """The project in this folder, with an absolute path."""
    return Project(root.resolve())


def settings_of(project: Project) -> Settings:
    """The project's settings."""
    return load_settings(project.root / "mkdocs.yml")


def day(today: datetime.date | None) -> datetime.date:
    """The day given, else today's date where the command runs."""
    return today or datetime.datetime.now().astimezone().date()


def processes(jobs: int | None) -> int:
    """The number of processes given, else as many as there are processors for us."""
    if jobs:
        return jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tools(settings: Settings, jobs: int | None, begin: Begin) -> Tools:
    """Engine, rules and words, wired together. ``begin`` is told of every stage."""
    count = processes(jobs)
    words = {language: strings(language) for language in settings.languages}
    return Tools(MkdocsEngine(count), RULES, words, count, begin, templates())


def on_terminal(stream: Literal["stdin", "stdout", "stderr"]) -> bool:
    """Whether a standard stream is a terminal."""
    return bool(getattr(sys, stream).isatty())


def coloured(stream: Literal["stdout", "stderr"]) -> bool:
    """Whether to write colours to a standard stream: to a terminal whose owner has not refused them (NO_COLOR, TERM=dumb)."""
    return on_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def stages(*, quiet: bool = False) -> Stages:
    """Shows what is being done to whoever waits at a terminal."""
    return Stages(shown=on_terminal("stderr") and os.environ.get("TERM") != "dumb" and not quiet)
