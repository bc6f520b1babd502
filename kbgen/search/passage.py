"""The best section of a document for a query, and the piece of its text that shows why."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kbgen.search.analyse import words_of
from kbgen.search.layout import Json

WINDOW = 28
"""Words of a snippet."""
LEAD = 4
"""Words shown before its first match."""

Part = tuple[str, bool]
"""A piece of a snippet, and whether it matched."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A section: its anchor (empty: the top of the page), its heading, and a snippet in parts."""

    anchor: str
    heading: str
    parts: tuple[Part, ...]


def best_passage(texts: Json, weights: Mapping[str, float], stop: AbstractSet[str]) -> Passage:
    """The section that holds the weightiest of the terms; a term in its heading counts once more. Of equal ones the first."""
    sections: list[list[str]] = texts["sections"] or [["", "", ""]]
    best, most = sections[0], 0.0
    for section in sections:
        in_heading = {word.term for word in words_of(section[1], stop)}
        in_text = {word.term for word in words_of(section[2], stop)}
        score = 0.0
        for term, weight in weights.items():
            score += weight * ((term in in_heading) + (term in in_text))
        if score > most:
            best, most = section, score
    anchor, heading, text = best
    if not text or (best is sections[0] and not _marks(text, weights, stop).count(True)):
        text = texts["summary"] or text
    return Passage(anchor, heading, snippet(text, weights, stop))


def snippet(text: str, weights: Mapping[str, float], stop: AbstractSet[str]) -> tuple[Part, ...]:
    """The WINDOW words of the text with the most matches, the first such; neighbours of one kind joined."""
    words = text.split(" ")
    marks = _marks(text, weights, stop)
    start = _densest(marks)
    parts: list[Part] = [("… ", False)] if start else []
    for word, marked in zip(words[start : start + WINDOW], marks[start : start + WINDOW], strict=True):
        if parts and parts[-1][1] == marked:
            parts[-1] = (f"{parts[-1][0]}{word} ", marked)
        else:
            parts.append((f"{word} ", marked))
    if start + WINDOW < len(words):
        parts.append(("…", False))
    return tuple(parts)


def _marks(text: str, weights: Mapping[str, float], stop: AbstractSet[str]) -> list[bool]:
    return [any(found.term in weights for found in words_of(word, stop)) for word in text.split(" ")]


def _densest(marks: list[bool]) -> int:
    """Where the window begins."""
    if not any(marks):
        return 0
    inside = best = sum(marks[:WINDOW])
    start = 0
    for position in range(1, max(1, len(marks) - WINDOW + 1)):
        inside += marks[position + WINDOW - 1] - marks[position - 1]
        if inside > best:
            best, start = inside, position
    first = marks.index(True, start)
    return max(0, first - LEAD)
