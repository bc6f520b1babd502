"""Where in a file a rule's finding belongs: the line of a key in the header, the line of a heading in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbgen.content.fences import Where, classify
from kbgen.model.article import Article, Heading
from kbgen.model.finding import Place
from kbgen.model.settings import Settings

_BEFORE_HEADING = r"^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*"
_UNDERLINE = {1: re.compile(r"^[\s>]*=+\s*$"), 2: re.compile(r"^[\s>]*-+\s*$")}


def key_place(article: Article, key: str, settings: Settings) -> Place:
    """Where a key of the front matter stands in the file, by our name or the mapped one; the file's first line where it does not."""
    mapped = settings.front_matter.map.get(key)
    names = {key, mapped} if isinstance(mapped, str) else {key}
    lines = article.source.data.decode("utf-8", "replace").split("\n")
    for number, line in enumerate(lines[: article.body_line - 1], start=1):
        if line.partition(":")[0].strip(" '\"") in names and ":" in line:
            return Place(article.source.path, number)
    return Place(article.source.path)


def heading_places(article: Article, headings: Sequence[Heading]) -> tuple[Place, ...]:
    """Where each heading stands in the file, matched in order outside code; the body's first line for one from a snippet."""
    lines = [line.rstrip("\r") for line in article.source.data.decode("utf-8", "replace").split("\n")][article.body_line - 1 :]
    places = classify(lines)
    found: list[Place] = []
    start = 0
    for heading in headings:
        index = next((i for i in range(start, len(lines)) if places[i] is Where.TEXT and _is_heading(lines, i, heading)), None)
        found.append(Place(article.source.path, article.body_line + (index or 0)))
        start = start if index is None else index + 1
    return tuple(found)


def _is_heading(lines: Sequence[str], index: int, heading: Heading) -> bool:
    line, level = lines[index], heading.level
    marked = re.match(_BEFORE_HEADING + rf"(?:#{{{level}}}(?!#)|<h{level}\b)", line, re.IGNORECASE) is not None
    underlined = level in _UNDERLINE and index + 1 < len(lines) and _UNDERLINE[level].match(lines[index + 1]) is not None
    return (marked or underlined) and _within(heading.text, line)


def _within(text: str, line: str) -> bool:
    """Whether the letters and digits of a heading's text stand in this order in the line, between whatever marks it up."""
    letters = iter(character for character in line.casefold() if character.isalnum())
    return all(character in letters for character in text.casefold() if character.isalnum())
