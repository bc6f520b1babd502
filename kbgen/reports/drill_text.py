"""A drill as a script to read from, and the list of runbooks by risk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kbgen.content.fences import Where, classify
from kbgen.freshness.drills import Drill
from kbgen.model.article import Article

_RULES = """\
Before you start
  One of you leads the drill, one plays the agent on shift. Nothing is done in live systems: say what you would do.
  The agent has the runbook on the screen, nothing else. The leader takes the time.
"""
_END = """\
Afterwards
  1. What was missing, wrong or too slow to find in the runbook? Mend it today.
  2. Is the ladder still true: did the numbers and the people exist?
  3. Record it:  kbgen drill {id} --record passed --note "…"   (or partly, failed)
"""


def drill_list(drills: Iterable[Drill]) -> str:
    """Runbooks by risk, the riskiest first, ending with a line break."""
    rows = [("risk", "last drilled", "severity", "id", "path")]
    for drill in drills:
        meta = drill.article.meta
        when = "never" if meta.last_drilled is None else f"{meta.last_drilled.isoformat()} ({drill.days} days ago)"
        rows.append((str(drill.risk), when, meta.severity or "-", drill.article.id, drill.article.source.path))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows)


def drill_script(drill: Drill, article: Article) -> str:
    """The script of a drill, ending with a line break: the case first, then each section with its steps as they are written."""
    meta = article.meta
    last = "never drilled" if drill.days is None else f"last drilled {drill.days} days ago"
    parts = [f"Drill: {meta.title} ({article.id})\n{article.source.path} · severity {meta.severity or 'not given'} · {last}\n", _RULES]
    case, *sections = _sections(article)
    if meta.questions:
        told = "\n".join(f"  - {question}" for question in meta.questions)
        parts.append(f"Read aloud: somebody writes\n{told}\n")
    elif meta.summary:
        parts.append(f"Read aloud\n  {meta.summary}\n")
    if case[1].strip():
        parts.append(_indented(case[1]))
    parts.extend(f"[ ] {heading}\n{_indented(text)}" for heading, text in sections)
    return "\n".join([*parts, _END.format(id=article.id)])


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
