"""Reusable blocks: a line exactly ``--8<-- "name.md"`` outside code is replaced by a snippet.

The snippet is ``_snippets/<language>/name.md``, or else ``_snippets/name.md``.

Names come from inside ``_snippets`` only; there are no sections, line ranges or addresses, and anything else that looks like an include
stays literal text. Cycles and missing snippets are faults.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kbgen.content.fences import Where, classify

_INCLUDE = re.compile(r'^--8<-- "(?P<name>[^"\n]+)"\r?$')
_MAX_DEPTH = 8
_MAX_LINES = 200_000


@dataclass(frozen=True, slots=True)
class Snippet:
    """A reusable block that was read: ``body`` starts on ``body_line`` of the file ``path``."""

    path: str
    audience: str
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class IncludeFault:
    """An include that cannot be followed, at ``line`` of the file ``path``."""

    path: str
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Expanded:
    """A text with its snippets in place: ``origin[i]`` is the file and line that line ``i`` of ``text`` (from 0) comes from."""

    text: str
    origin: tuple[tuple[str, int], ...]
    includes: tuple[tuple[str, str], ...]
    faults: tuple[IncludeFault, ...]


def expand(text: str, path: str, first_line: int, snippets: Mapping[str, Snippet], language: str) -> Expanded:
    """Put the snippets into a text. ``snippets`` is keyed by the path inside ``_snippets``."""
    lines: list[str] = []
    origin: list[tuple[str, int]] = []
    includes: dict[str, str] = {}
    faults: list[IncludeFault] = []

    def walk(body: str, here: str, start: int, trail: tuple[str, ...]) -> None:
        rows = body.split("\n")
        places = classify([row.rstrip("\r") for row in rows])
        for offset, row in enumerate(rows):
            found = _INCLUDE.match(row) if places[offset] is Where.TEXT else None
            if not found:
                lines.append(row)
                origin.append((here, start + offset))
                continue
            name = found["name"]
            snippet = snippets.get(f"{language}/{name}") or snippets.get(name)
            if snippet is None:
                faults.append(IncludeFault(here, start + offset, f"includes the snippet '{name}', which is not there", "check the name"))
            elif snippet.path in trail:
                faults.append(IncludeFault(here, start + offset, f"the snippet '{name}' includes itself", "break the circle"))
            elif len(trail) >= _MAX_DEPTH or len(lines) > _MAX_LINES:
                faults.append(IncludeFault(here, start + offset, "snippets are nested too deep or too long", "include less"))
            else:
                includes[snippet.path] = snippet.audience
                walk(snippet.body.rstrip("\r\n"), snippet.path, snippet.body_line, (*trail, snippet.path))

    walk(text, path, first_line, ())
    return Expanded("\n".join(lines), tuple(origin), tuple(sorted(includes.items())), tuple(faults))
