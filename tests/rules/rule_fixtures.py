"""Reads and writes the fixtures: a small project in one file, with the expected findings beside the wrong lines (see README.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kbgen.model.finding import Finding
from kbgen.reports.findings_text import summary_line

ARTICLE = "content/en/billing/article.md"
SETTINGS = "settings"
ELSEWHERE = "elsewhere"
_PART = re.compile(rb"^=== ([^\r\n]+)\n", re.MULTILINE)
_MARK = re.compile(rb" <~ (?P<finding>\d+: KB\d{3} [^\r\n]*?)(?=\r?(?:\n|\Z)| <~ )")


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the fixture: its bytes without marks, the target where it is a symbolic link, and what is expected in which line."""

    path: str
    data: bytes
    target: str
    expected: tuple[tuple[int, str], ...]


def read_fixture(data: bytes) -> tuple[Part, ...]:
    """The parts of a fixture, in order. The first is the article, unless the fixture starts with another part."""
    cuts = [(found.start(), found.end(), found[1].decode()) for found in _PART.finditer(data)]
    starts = [] if cuts and cuts[0][0] == 0 else [(0, 0, ARTICLE)]
    starts += cuts
    ends = [start for start, _, _ in starts[1:]] + [len(data)]
    return tuple(_part(name, data[begin:end]) for (_, begin, name), end in zip(starts, ends, strict=True))


def _part(name: str, data: bytes) -> Part:
    path, _, target = name.partition(" -> ")
    expected = [
        (number, found["finding"].decode()) for number, line in enumerate(data.split(b"\n"), start=1) for found in _MARK.finditer(line)
    ]
    return Part(path, _MARK.sub(b"", data), target, tuple(expected))


def expected(parts: tuple[Part, ...]) -> list[tuple[str, int, str]]:
    """All expected findings as path, line, and the rest as it is written in a mark; sorted."""
    inside = [(part.path, line, text) for part in parts if part.path != ELSEWHERE for line, text in part.expected]
    outside = [line for part in parts if part.path == ELSEWHERE for line in part.data.decode().splitlines() if line]
    return sorted(inside + [_placed(line) for line in outside])


def _placed(line: str) -> tuple[str, int, str]:
    found = re.fullmatch(r"(.+?):(\d+):(\d+: KB\d{3} .*)", line)
    assert found, f"=== elsewhere holds lines 'path:line:column: KBnnn …', not {line!r}"
    return found[1], int(found[2]), found[3]


def as_found(finding: Finding) -> tuple[str, int, str]:
    """A finding as :func:`expected` gives it."""
    return finding.place.path, finding.place.line, f"{finding.place.column}: {summary_line(finding)}"


def rewritten(parts: tuple[Part, ...], found: list[tuple[str, int, str]]) -> bytes:
    """The fixture with these findings in place of the expected ones."""
    left = list(found)
    written: list[bytes] = []
    for part in parts:
        if part.path == ELSEWHERE:
            continue
        lines = part.data.split(b"\n")
        for item in found:
            path, line, text = item
            # The last, empty piece is no line that a mark can stand on, unless the part has nothing else.
            if path == part.path and not part.target and line <= len(lines) and (lines[-1] or line < len(lines)):
                body, ending = (lines[line - 1][:-1], b"\r") if lines[line - 1].endswith(b"\r") else (lines[line - 1], b"")
                lines[line - 1] = body + f" <~ {text}".encode() + ending
                left.remove(item)
        head = b"" if part.path == ARTICLE and not written else f"=== {part.path}{' -> ' + part.target if part.target else ''}\n".encode()
        written.append(head + b"\n".join(lines))
    if left:
        written.append(f"=== {ELSEWHERE}\n".encode() + b"".join(f"{path}:{line}:{text}\n".encode() for path, line, text in left))
    return b"".join(written)


def without_expectations(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts with nothing expected."""
    return tuple(replace(part, expected=()) for part in parts if part.path != ELSEWHERE)
