"""The staleness report as plain text: what to review first, who does it, where it lies.

Titles and texts of articles are left out on purpose: the report may be printed where not everybody may read the internal ones.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from kbgen.freshness.assess import Summary
from kbgen.model.review import Staleness, State

_GROUPS = (
    (State.OVERDUE, "Overdue", "days overdue"),
    (State.NEVER, "Never reviewed", ""),
    (State.DUE, "Due soon", "days left"),
)


def stale_text(items: Iterable[Staleness], summary: Summary, today: datetime.date) -> str:
    """The report, ending with a line break.

    Args:
        items: the articles; fresh ones are counted, not listed. The longest overdue come first, then by path.
        summary: the numbers to show.
        today: the day for which they were assessed.
    """
    listed = tuple(items)
    numbers = ", ".join(f"{summary.by_state[state]} {state.value}" for state in (State.OVERDUE, State.NEVER, State.DUE, State.FRESH))
    parts = [f"Reviews on {today.isoformat()}: {numbers}\n"]
    for state, title, days_title in _GROUPS:
        group = [item for item in listed if item.state is state]
        if group:
            rows = [_row(item, today) for item in sorted(group, key=_order)]
            header = ("path", days_title, "owner", "area")
            parts.append(f"{title} ({len(group)})\n" + _table(header, rows))
    if all(item.state is State.FRESH for item in listed):
        parts.append("Nothing to review.\n")
    else:
        parts.append("To review by owner\n" + _table(("owner", "overdue", "never reviewed", "due"), _owners(summary)))
    return "\n".join(parts)


def _order(item: Staleness) -> tuple[datetime.date, str]:
    return (item.due or datetime.date.min, item.article.source.path)


def _row(item: Staleness, today: datetime.date) -> tuple[str, ...]:
    days = "" if item.due is None else str(abs((item.due - today).days))
    meta = item.article.meta
    return (item.article.source.path, days, meta.owner or "nobody", meta.product_area)


def _owners(summary: Summary) -> list[tuple[str, ...]]:
    """Owners with something to do, the most overdue first."""
    todo = (State.OVERDUE, State.NEVER, State.DUE)
    rows = [(owner, tuple(counts[state] for state in todo)) for owner, counts in summary.by_owner.items()]
    rows = sorted((row for row in rows if any(row[1])), key=lambda row: (tuple(-number for number in row[1]), row[0]))
    return [(owner or "nobody", *map(str, numbers)) for owner, numbers in rows]


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Columns padded to their widest cell, numbers to the right; a column that is empty all through is left out."""
    lines = [tuple(_printable(cell) for cell in row) for row in (header, *rows)]
    columns = [column for column in zip(*lines, strict=True) if any(column)]
    padded = []
    for column in columns:
        width = max(len(cell) for cell in column)
        number = all(cell.isdigit() for cell in column[1:])
        padded.append([cell.rjust(width) if number else cell.ljust(width) for cell in column])
    return "".join("  " + "  ".join(cells).rstrip() + "\n" for cells in zip(*padded, strict=True))


def _printable(cell: str) -> str:
    """The cell without characters that a terminal would obey."""
    return "".join(character if character.isprintable() else "?" for character in cell)
