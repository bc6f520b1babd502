"""Use case: drills of runbooks: which is next, and what became of one."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kbgen.app.project import Begin, Gathered, Project, gather, silent
from kbgen.config.entries import load_entries
from kbgen.config.lists import MAX_BYTES
from kbgen.config.reading import read_inside
from kbgen.content.edit import rewrite, with_key
from kbgen.content.glimpse import seeming_ids
from kbgen.errors import SettingsError
from kbgen.freshness.drills import Drill, ranking
from kbgen.model.article import Article, Unreadable
from kbgen.strict.suggest import did_you_mean
from kbgen.strict.yaml import load

_LOG_HEAD = "# Drills of runbooks, the newest last; `kbgen drill --record` adds to it.\n"
_FIRST = re.compile(r"^( *)-( +)(?=[^ \r\n])", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def next_drills(project: Project, today: datetime.date, jobs: int = 1, begin: Begin = silent) -> tuple[Gathered, tuple[Drill, ...]]:
    """The project, and its runbooks: the one to drill next first."""
    gathered = gather(project, today, jobs, begin)
    drills = ranking(gathered.corpus.articles, gathered.settings.default_language, today)
    if not drills:
        hint = "Write  type: runbook  in the front matter of an article."
        if unread := gathered.corpus.unreadable:
            raise SettingsError("there is no runbook to drill that can be read", f"Mend them first, or: {hint}", _why(unread))
        raise SettingsError("there is no runbook to drill", hint)
    return gathered, drills


def chosen(gathered: Gathered, drills: Sequence[Drill], runbook: str, *, recording: bool = False) -> Drill:
    """The drill of the runbook with this id; the first of all where it is empty. ``recording``: a result was to be written down."""
    nothing = "; nothing was recorded, neither in it nor in drills.yml" if recording else ""
    for drill in drills:
        if not runbook or drill.article.id.casefold() == runbook.casefold():
            return drill
    if unread := [item for item in gathered.corpus.unreadable if runbook.casefold() in _names(item)]:
        raise SettingsError(f"the runbook '{runbook}' cannot be read{nothing}", "Mend it, then run the command again.", _why(unread))
    if other := next((each for each in gathered.corpus.articles if each.id.casefold() == runbook.casefold()), None):
        said = f"its type is {other.meta.type}" if other.meta.type else "its original cannot be read"
        raise SettingsError(f"the article '{runbook}' is no runbook: {said}{nothing}", "kbgen drill --list names all runbooks.")
    near = did_you_mean(runbook, [drill.article.id for drill in drills])
    raise SettingsError(f"there is no runbook '{runbook}'{nothing}", near or "kbgen drill --list names them all.")


def _names(item: Unreadable) -> set[str]:
    return {name.casefold() for name in (item.id, *seeming_ids(item))}


def _why(items: Iterable[Unreadable]) -> tuple[str, ...]:
    return tuple(f"{problem.place}: {problem.code} {problem.message}" for item in items for problem in item.problems)


def translated(gathered: Gathered, article: Article, language: str) -> Article:
    """The article in this language; itself where there is no translation."""
    twins = (each for each in gathered.corpus.articles if each.id == article.id and each.language == language)
    return next(twins, article)


def record(project: Project, gathered: Gathered, drill: Drill, result: str, note: str) -> tuple[tuple[str, ...], str]:
    """Write the result into ``_data/drills.yml``, and then the day into the runbook's front matter.

    The front matter stays as it is where the drill failed, since what nobody could do is as risky as before, and where a later day
    stands there. Nothing is written before all of it is known to be possible.

    Returns:
        The paths of the files, the runbook's first; and why that one was left as it is, ``""`` where it was not.

    Raises:
        SettingsError: one of them cannot be changed by a program, or the note cannot be written down.
    """
    settings, article, day = gathered.settings, drill.article, gathered.today.isoformat()
    path, log = article.source.path, f"{settings.content_dir}/_data/drills.yml"

    def drilled(data: bytes) -> bytes | None:
        return with_key(data, "last_drilled", day, settings.limits)

    entry: dict[str, Any] = {"date": gathered.today, "runbook": article.id, "result": result, **({"note": note} if note else {})}
    _check_note(note)
    text = _with_entry(project.root, log, entry)
    source = project.root / path
    kept = _kept(article, gathered.today, result)
    if not kept and (source.is_symlink() or drilled(source.read_bytes()) is None):
        raise SettingsError(f"{path}: its front matter cannot be changed by a program", f"Write  last_drilled: {day}  there by hand.")
    target = project.root / log
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        rewrite(target, lambda _: text.encode("utf-8"))
    else:
        with target.open("xb") as file:
            file.write(text.encode("utf-8"))
    if kept:
        return (log,), f"{path}: {kept}"
    rewrite(source, drilled)
    return (path, log), ""


def _kept(article: Article, today: datetime.date, result: str) -> str:
    """Why the day of the last drill stays as it is; ``""``: it does not."""
    if result == "failed":
        return "last_drilled stays as it is: a drill that failed leaves the risk as high as it was"
    last = article.meta.last_drilled
    return f"last_drilled stays {last.isoformat()}, which is later" if last and last > today else ""


def _check_note(note: str) -> None:
    odd = next((letter for letter in note if unicodedata.category(letter) in {"Cc", "Cs"} or ord(letter) & 0xFFFE == 0xFFFE), "")
    if odd:
        raise SettingsError(f"the note holds the character U+{ord(odd):04X}, which is no text", "Write the note without it.")


def _with_entry(root: Path, log: str, entry: Mapping[str, Any]) -> str:
    """The text of the log with one entry more, indented as the others. It is read before and after as the log is always read."""
    by_hand = "Mend the file, or write the entry there by hand; nothing was written."
    reading = read_inside(root, log, MAX_BYTES)
    if reading.fault is not None:
        raise SettingsError(f"{log}: {reading.fault.message}", by_hand)
    before = _LOG_HEAD if reading.text is None else reading.text
    known, faults = load_entries(before)
    if faults:
        raise SettingsError(f"{log}:{faults[0].line}: {faults[0].message}", by_hand)
    if known.value is not None and not isinstance(known.value, list):
        raise SettingsError(f"{log} does not hold a list", by_hand)
    first = _FIRST.search(before) if known.value else None
    indent, gap = (first[1], first[2]) if first else ("", " ")
    ending = "\r\n" if "\r\n" in before else "\n"
    lines = [f"{key}: {_written(value)}" for key, value in entry.items()]
    rows = [f"{indent}-{gap}{lines[0]}", *(f"{indent} {' ' * len(gap)}{line}" for line in lines[1:])]
    text = before + ("" if not before or before.endswith("\n") else ending) + "".join(f"{row}{ending}" for row in rows)
    after, faults = load_entries(text)
    if faults or after.value != [*(known.value or ()), dict(entry)] or len(text.encode("utf-8")) > MAX_BYTES:
        raise SettingsError(f"{log}: an entry cannot be added to it by a program", by_hand)
    return text


def _written(value: datetime.date | str) -> str:
    """A value on a line of YAML: plain where it is a word that means itself, else in quotes."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if _WORD.fullmatch(value) and load(value).value == value else json.dumps(value, ensure_ascii=False)
