"""Reusable blocks: a line exactly ``--8<-- "name.md"`` outside code is replaced by a snippet.

The snippet is ``_snippets/<language>/name.md``, or else ``_snippets/name.md``.

Names come from inside ``_snippets`` only; there are no sections, line ranges or addresses, and anything else that looks like an include
stays literal text. Cycles and missing snippets are faults.

A snippet's internal blocks are its own: they are found, and cut, before it is put anywhere. So nothing that an internal snippet holds can
end the internal block it is put into, and the text that is left when the blocks are cut does not depend on what was in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kbgen.content.fences import Where, classify
from kbgen.content.internal import Rows, View

_INCLUDE = re.compile(r'^--8<-- "(?P<name>[^"\n]+)"\r?$')
_MAX_DEPTH = 8
_MAX_LINES = 200_000  # of all snippets, each counted as often as it is included


@dataclass(frozen=True, slots=True)
class Snippet:
    """A reusable block that was read: its file, its audience, and its lines as each view shows them."""

    path: str
    audience: str
    rows: Mapping[View, Rows]


@dataclass(frozen=True, slots=True, order=True)
class IncludeFault:
    """An include that cannot be followed, at ``line`` of the file ``path``."""

    path: str
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Expanded:
    """A text with its snippets in place.

    Attributes:
        text: the text.
        origin: for each line of the text the file and line it comes from.
        includes: path and audience of each snippet, transitively, sorted.
        faults: the includes that could not be followed.
    """

    text: str
    origin: tuple[tuple[str, int], ...]
    includes: tuple[tuple[str, str], ...]
    faults: tuple[IncludeFault, ...]


def expand(rows: Rows, path: str, snippets: Mapping[str, Snippet], language: str, view: View) -> Expanded:
    """Put the snippets into the lines of a file, each in the same view. ``snippets`` is keyed by the path inside ``_snippets``."""
    lines: list[str] = []
    origin: list[tuple[str, int]] = []
    includes: set[tuple[str, str]] = set()
    faults: dict[IncludeFault, None] = {}
    places: dict[str, list[Where]] = {}
    visited = 0

    def walk(body: Rows, here: str, trail: tuple[str, ...]) -> None:
        nonlocal visited
        visited += len(body)
        if here not in places:
            places[here] = classify([row.rstrip("\r") for _, row in body])
        for (number, row), where in zip(body, places[here], strict=True):
            found = _INCLUDE.match(row) if where is Where.TEXT else None
            if not found:
                lines.append(row)
                origin.append((here, number))
                continue
            name = found["name"]
            snippet = snippets.get(f"{language}/{name}") or snippets.get(name)
            if snippet is None:
                faults[IncludeFault(here, number, f"includes the snippet '{name}', which is not there", "check the name")] = None
            elif snippet.path in trail:
                faults[IncludeFault(here, number, f"the snippet '{name}' includes itself", "break the circle")] = None
            elif len(trail) >= _MAX_DEPTH or visited > _MAX_LINES:
                faults[IncludeFault(here, number, "snippets are nested too deep, too many or too long", "include less")] = None
            else:
                includes.add((snippet.path, snippet.audience))
                walk(snippet.rows[view], snippet.path, (*trail, snippet.path))

    walk(rows, path, ())
    return Expanded("\n".join(lines), tuple(origin), tuple(sorted(includes)), tuple(faults))
