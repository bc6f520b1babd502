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
    at: int = 0
    """Line of the expanded text (from 0) where the snippet should begin."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """A text with its snippets in place.

    Attributes:
        text: the text.
        origin: for each line of the text the file and line it comes from.
        includes: snippet's path, its audience and the line of the text (from 0) where it begins.
        faults: the includes that could not be followed.
    """

    text: str
    origin: tuple[tuple[str, int], ...]
    includes: tuple[tuple[str, str, int], ...]
    faults: tuple[IncludeFault, ...]


def expand(text: str, path: str, first_line: int, snippets: Mapping[str, Snippet], language: str) -> Expanded:
    """Put the snippets into a text. ``snippets`` is keyed by the path inside ``_snippets``."""
    lines: list[str] = []
    origin: list[tuple[str, int]] = []
    includes: list[tuple[str, str, int]] = []
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
                faults.append(
                    IncludeFault(here, start + offset, f"includes the snippet '{name}', which is not there", "check the name", len(lines))
                )
            elif snippet.path in trail:
                faults.append(IncludeFault(here, start + offset, f"the snippet '{name}' includes itself", "break the circle", len(lines)))
            elif len(trail) >= _MAX_DEPTH or len(lines) > _MAX_LINES:
                faults.append(IncludeFault(here, start + offset, "snippets are nested too deep or too long", "include less", len(lines)))
            else:
                includes.append((snippet.path, snippet.audience, len(lines)))
                walk(snippet.body.rstrip("\r\n"), snippet.path, snippet.body_line, (*trail, snippet.path))

    walk(text, path, first_line, ())
    return Expanded("\n".join(lines), tuple(origin), tuple(includes), tuple(faults))
