"""Findings for people: one line with place, code and message, one with what to do, and a last line that counts.

::

    content/en/billing/refund.md:7:1: KB301 error: links to an internal article (KB-7Q4M) [withheld from public]
      help: link to a public article, or put the sentence into an internal block

    1 error in 1 file
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kbgen.model.finding import Effect, Finding, Severity

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_WORDS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}
_EFFECTS = {Effect.REPORT: "", Effect.WITHHOLD: "withheld from", Effect.REFUSE: "refuses"}


def findings_text(findings: Sequence[Finding], colour: bool = False) -> str:
    """All findings and their counts, lines that end in a newline. ``colour`` adds ANSI codes, for a terminal."""
    lines: list[str] = []
    for finding in findings:
        lines.append(place_line(finding, colour))
        if finding.hint:
            lines.append(f"  {_paint('help:', '2', colour)} {_printable(finding.hint)}")
    if lines:
        lines.append("")
    lines.append(counts_line(findings))
    return "\n".join(lines) + "\n"


def place_line(finding: Finding, colour: bool = False) -> str:
    """A finding with its place, without what to do about it."""
    return f"{_paint(_printable(str(finding.place)), '1', colour)}: {summary_line(finding, colour)}"


def summary_line(finding: Finding, colour: bool = False) -> str:
    """A finding without its place: ``KB301 error: links to an internal article (KB-7Q4M) [withheld from public]``."""
    severity = _paint(f"{finding.code} {finding.severity}", _COLOURS[finding.severity], colour)
    effect = _EFFECTS[finding.effect]
    sites = ", ".join(finding.sites) or "every site"
    return f"{severity}: {_printable(finding.message)}" + (f" [{effect} {_printable(sites)}]" if effect else "")


def counts_line(findings: Sequence[Finding]) -> str:
    """How many there are: ``3 errors, 1 warning in 2 files``, or ``no findings``."""
    if not findings:
        return "no findings"
    counts = Counter(finding.severity for finding in findings)
    parts = (_plural(counts[severity], *_WORDS[severity]) for severity in Severity if counts[severity])
    files = len({finding.place.path for finding in findings})
    return f"{', '.join(parts)} in {_plural(files, 'file', 'files')}"


def _plural(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _printable(text: str) -> str:
    """Names of files and pieces of articles come from outside: what could move a terminal's cursor or turn its text around is spelt out."""
    return "".join(character if character.isprintable() or character == "\xa0" else _escape(character) for character in text)


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) > 0xFF else f"\\x{ord(character):02x}"
