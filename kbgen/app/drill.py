"""Use case: drills of runbooks: which is next, and what became of one."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

from kbgen.app.project import Begin, Gathered, Project, gather, silent
from kbgen.content.edit import rewrite, with_key
from kbgen.errors import SettingsError
from kbgen.freshness.drills import Drill, ranking
from kbgen.model.article import Article
from kbgen.strict.suggest import did_you_mean

_LOG_HEAD = "# Drills of runbooks, the newest last; `kbgen drill --record` adds to it.\n"


def next_drills(project: Project, today: datetime.date, jobs: int = 1, begin: Begin = silent) -> tuple[Gathered, tuple[Drill, ...]]:
    """The project, and its runbooks: the one to drill next first."""
    gathered = gather(project, today, jobs, begin)
    drills = ranking(gathered.corpus.articles, gathered.settings.default_language, today)
    if not drills:
        raise SettingsError("there is no runbook to drill", "Write  type: runbook  in the front matter of an article.")
    return gathered, drills


def chosen(drills: Sequence[Drill], runbook: str) -> Drill:
    """The drill of the runbook with this id; the first of all where it is empty."""
    for drill in drills:
        if not runbook or drill.article.id.casefold() == runbook.casefold():
            return drill
    near = did_you_mean(runbook, [drill.article.id for drill in drills])
    raise SettingsError(f"there is no runbook '{runbook}'", near or "kbgen drill --list names them all.")


def translated(gathered: Gathered, article: Article, language: str) -> Article:
    """The article in this language; itself where there is no translation."""
    twins = (each for each in gathered.corpus.articles if each.id == article.id and each.language == language)
    return next(twins, article)


def record(project: Project, gathered: Gathered, drill: Drill, result: str, note: str) -> tuple[str, str]:
    """Write the day into the runbook's front matter, and the result into ``_data/drills.yml``.

    Returns:
        The paths of the two files.
    """
    settings, article, day = gathered.settings, drill.article, gathered.today.isoformat()
    path, log = article.source.path, f"{settings.content_dir}/_data/drills.yml"
    if not rewrite(project.root / path, lambda data: with_key(data, "last_drilled", day, settings.limits)):
        raise SettingsError(f"{path}: its front matter cannot be changed by a program", f"Write  last_drilled: {day}  there by hand.")
    entry = f"- date: {day}\n  runbook: {article.id}\n  result: {result}\n"
    entry += f"  note: {json.dumps(note, ensure_ascii=False)}\n" if note else ""
    target = project.root / log
    target.parent.mkdir(exist_ok=True)
    if not target.exists():
        target.write_text(_LOG_HEAD, encoding="utf-8")
    rewrite(target, lambda data: data + (b"" if not data or data.endswith(b"\n") else b"\n") + entry.encode())
    return path, log
