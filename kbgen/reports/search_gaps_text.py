"""What readers looked for in vain, for people: a table for each language.

::

    1,204 searches, 212 of them led nowhere (18 %)

    language: ru
    in vain  searches  nothing found  not followed
         61        70      60 (86 %)             1  оплата по QR
                                                    nearest: Способы оплаты  /ru/billing/payment-methods/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kbgen.gaps import Gap, Gaps, Log

_HEAD = "in vain  searches  nothing found  not followed"
_INDENT = " " * (len(_HEAD) + 2)


def search_gaps_text(log: Log, gaps: Gaps, listed: Sequence[tuple[Gap, Mapping[str, str] | None]]) -> str:
    """The report, ending with a line break."""
    searches = _counted(gaps.searches, "search", "searches")
    lines = [f"{searches}, {gaps.missed:,} of them led nowhere ({_percent(gaps.missed, gaps.searches)})"]
    for language in dict.fromkeys(gap.language for gap, _ in listed):
        lines += ["", f"language: {language or 'unknown'}", _HEAD]
        for gap, nearest in listed:
            if gap.language == language:
                lines += _rows(gap, nearest)
    if rest := _rest(log, gaps, len(listed)):
        lines += ["", *rest]
    return "\n".join(lines) + "\n"


def _rows(gap: Gap, nearest: Mapping[str, str] | None) -> list[str]:
    nothing = f"{gap.nothing:,} ({_percent(gap.nothing, gap.searches)})"
    more = f"  (typed in {gap.spellings} ways)" if gap.spellings > 1 else ""
    rows = [f"{gap.missed:>7,}  {gap.searches:>8,}  {nothing:>13}  {gap.unclicked:>12,}  {gap.query}{more}"]
    if nearest:
        title = "".join(character if character.isprintable() else " " for character in nearest["title"])
        rows.append(f"{_INDENT}nearest: {title}  /{nearest['address']}")
    return rows


def _rest(log: Log, gaps: Gaps, listed: int) -> list[str]:
    """What the numbers leave out."""
    rest = []
    if more := len(gaps.gaps) - listed:
        rest.append(f"{more:,} more; --limit shows them")
    if log.odd:
        rest.append(f"{_counted(log.odd, 'line holds', 'lines hold')} no search event")
    if gaps.uncounted:
        rest.append(f"{_counted(gaps.uncounted, 'event was', 'events were')} left out: there are too many different queries")
    if log.cut:
        rest.append("the log is too long: its end was not read")
    return rest


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole) if whole else 0} %"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
