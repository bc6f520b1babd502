"""Options that several commands share."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from kbgen.app.build import Tools
from kbgen.app.project import Project
from kbgen.config.load import load_settings
from kbgen.engines.mkdocs import MkdocsEngine
from kbgen.engines.words import strings
from kbgen.model.settings import Settings
from kbgen.rules import RULES

Command = TypeVar("Command", bound=Callable[..., Any])


class _Day(click.ParamType[datetime.date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is no date such as 2026-05-17", param, ctx)


def common(command: Command) -> Command:
    """The options of every command that reads the project."""
    for option in (
        click.option("--project", "root", default=".", type=click.Path(path_type=Path), help="The folder that holds mkdocs.yml."),
        click.option("--today", type=_Day(), default=None, metavar="DATE", help="The day to judge freshness by, e.g. 2026-05-17."),
        click.option("--jobs", type=click.IntRange(1), default=None, help="How many processes may work at the same time."),
    ):
        command = option(command)
    return command


def project_at(root: Path) -> Project:
    """The project in this folder, with an absolute path."""
    return Project(root.resolve())


def day(today: datetime.date | None) -> datetime.date:
    """The day given, else today's date where the command runs."""
    return today or datetime.datetime.now().astimezone().date()


def processes(jobs: int | None) -> int:
    """The number of processes given, else as many as there are processors."""
    return jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or os.cpu_count() or 1


def tools(settings: Settings, jobs: int | None) -> Tools:
    """Engine, rules and words, wired together."""
    count = processes(jobs)
    return Tools(MkdocsEngine(count), RULES, {language: strings(language) for language in settings.languages}, count)


def on_terminal(stream: Literal["stdin", "stdout", "stderr"]) -> bool:
    """Whether a standard stream is a terminal."""
    return bool(getattr(sys, stream).isatty())


def settings_of(project: Project) -> Settings:
    """The project's settings."""
    return load_settings(project.root / "mkdocs.yml")
