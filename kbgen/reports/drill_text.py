"""A drill as a script to read from, and the list of runbooks by risk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kbgen.content.fences import Where, classify
from kbgen.freshness.drills import Drill
from kbgen.model.article import Article

Words = Mapping[str, str]
"""The theme's words in the language of the script."""


def drill_list(drills: Iterable[Drill]) -> str:
    """Runbooks by risk, the riskiest first, ending with a line break."""
    rows = [("risk", "last drilled", "severity", "id", "path")]
    for drill in drills:
        meta = drill.article.meta
        when = "never" if meta.last_drilled is None else f"{meta.last_drilled.isoformat()} ({drill.days} days ago)"
        rows.append((str(drill.risk), when, meta.severity or "-", drill.article.id, drill.article.source.path))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows)


def drill_script(drill: Drill, article: Article, words: Words) -> str:
    """The script of a drill, ending with a line break: the case first, then each section with its steps as they are written."""
    meta = article.meta
    parts = [_head(drill, article, words), _list(words, "script.before", ("script.before.roles", "script.before.screen"))]
    case, *sections = _sections(article)
    if meta.questions:
        told = "\n".join(f"  - {question}" for question in meta.questions)
        parts.append(f"{words['script.somebody']}\n{told}\n")
    elif meta.summary:
        parts.append(f"{words['script.read']}\n  {meta.summary}\n")
    if case[1].strip():
        parts.append(_indented(case[1]))
    parts.extend(f"[ ] {heading}\n{_indented(text)}" for heading, text in sections)
    command = f'kbgen drill {article.id} --record passed --note "…"'
    after = ("script.after.missing", "script.after.ladder", "script.after.record")
    return "\n".join([*parts, _list(words, "script.after", after, numbered=True).replace("{command}", command)])


def _head(drill: Drill, article: Article, words: Words) -> str:
    severity = article.meta.severity
    said = (
        words["script.severity"].replace("{severity}", words[f"severity.{severity}"].lower()) if severity else words["script.severity.none"]
    )
    last = words["script.never"] if drill.days is None else words["script.last"].replace("{days}", str(drill.days))
    title = words["script.drill"].replace("{title}", f"{article.meta.title} ({article.id})")
    return f"{title}\n{article.source.path} · {said} · {last}\n"


def _list(words: Words, head: str, rows: Sequence[str], *, numbered: bool = False) -> str:
    marks = [f"{number}. " if numbered else "" for number in range(1, len(rows) + 1)]
    return f"{words[head]}\n" + "".join(f"  {mark}{words[row]}\n" for mark, row in zip(marks, rows, strict=True))


def _sections(article: Article) -> Sequence[tuple[str, str]]:
    """The text under each second-level heading, as it is written; the first has no heading."""
    lines = article.full.text.replace("\r\n", "\n").split("\n")
    headings = iter(heading.text for heading in article.full.outline.headings if heading.level == 2)
    found: list[tuple[str, list[str]]] = [("", [])]
    for line, place in zip(lines, classify(lines), strict=True):
        if place is Where.TEXT and line.startswith("## "):
            found.append((next(headings, line[3:]), []))
        else:
            found[-1][1].append(line)
    return [(heading, "\n".join(text).strip("\n")) for heading, text in found]


def _indented(text: str) -> str:
    return "".join(f"  {line}".rstrip() + "\n" for line in text.split("\n"))
