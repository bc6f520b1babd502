"""The best section of a document for a query, and the piece of its text that shows why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kbgen.search.analyse import words_of
from kbgen.search.layout import Json

WINDOW = 28
"""Words of a snippet."""
LEAD = 4
"""Words shown before its first match."""
MOST = 3
"""Sections shown of one document."""

Part = tuple[str, bool]
"""A piece of a snippet, and whether it matched."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A section: its anchor (empty: the top of the page), its heading, and a snippet in parts."""

    anchor: str
    heading: str
    parts: tuple[Part, ...]


def best_passage(texts: Json, weights: Mapping[str, float], stop: AbstractSet[str]) -> Passage:
    """The section that holds the weightiest of the answers; one in its heading counts once more. Of equal ones the first."""
    return best_passages(texts, weights, stop, 1)[0]


def best_passages(texts: Json, weights: Mapping[str, float], stop: AbstractSet[str], most: int = MOST) -> tuple[Passage, ...]:
    """The best sections, the best first, at least one; but for the first only such as hold more than half of the weight of the best."""
    sections: list[list[str]] = texts["sections"] or [["", "", ""]]
    scores = [_weight(section, weights, stop) for section in sections]
    order = sorted(range(len(sections)), key=lambda number: (-scores[number], number))
    chosen = [number for number in order[:most] if number == order[0] or 2 * scores[number] > scores[order[0]]]
    return tuple(_passage(sections, number, texts["summary"], weights, stop) for number in chosen)


def _weight(section: list[str], weights: Mapping[str, float], stop: AbstractSet[str]) -> float:
    in_heading, in_text = _answers(section[1], weights, stop), _answers(section[2], weights, stop)
    score = 0.0
    for name, weight in weights.items():
        score += weight * ((name in in_heading) + (name in in_text))
    return score


def _answers(text: str, weights: Mapping[str, float], stop: AbstractSet[str]) -> set[str]:
    """Those of the answers that stand in a text: terms, and phrases as a whole."""
    terms = [word.term for word in words_of(text, stop) if not word.stop]
    return {term for term in terms if term in weights} | {phrase for phrase, _ in _phrases(terms, weights)}


def _phrases(terms: Sequence[str], weights: Mapping[str, float]) -> Iterator[tuple[str, range]]:
    """The phrases among the answers that stand in this row of terms, and where."""
    for phrase in weights:
        wanted = phrase.split(" ")
        for start in range(len(terms) - len(wanted) + 1) if len(wanted) > 1 and wanted[0] in terms else ():
            if all(terms[start + at] == term for at, term in enumerate(wanted)):
                yield phrase, range(start, start + len(wanted))


def _passage(sections: list[list[str]], number: int, summary: str, weights: Mapping[str, float], stop: AbstractSet[str]) -> Passage:
    """The passage of a section. The summary stands in for an empty one, and for the first one where none of its words was looked for."""
    anchor, heading, text = sections[number]
    if not text or (number == 0 and not any(_marks(text, weights, stop))):
        text = summary or text
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
    """For each word between spaces, whether it matches: by itself, or as a part of a phrase that stands there as a whole."""
    marks: list[bool] = []
    terms: list[str] = []
    places: list[int] = []
    for place, piece in enumerate(text.split(" ")):
        found = words_of(piece, stop)
        marks.append(any(word.term in weights for word in found))
        terms += [word.term for word in found if not word.stop]
        places += [place for word in found if not word.stop]
    for _, phrase in _phrases(terms, weights):
        for at in phrase:
            marks[places[at]] = True
    return marks


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
