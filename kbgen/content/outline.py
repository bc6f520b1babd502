"""What a page holds, read from its sanitised HTML: headings, anchors, text by section, internal blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from kbgen.content.internal import looks_internal
from kbgen.model.article import Heading, Section

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKING = {*_HEADINGS, *"p div li dt dd tr pre blockquote br hr table aside section details summary td th figcaption".split()}
_BETWEEN_CELLS, _BETWEEN_ROWS = " \u00b7 ", " \0 "
"""What keeps the cells of a table apart where they are read in one line; the second becomes ``;``, and no HTML holds it."""
_ROW = re.compile(r"(.?) ?\0")


@dataclass(frozen=True, slots=True)
class PageOutline:
    """What was found in a page.

    Attributes:
        headings: in order.
        anchors: every id and name.
        sections: its text by heading; a section without heading and text is left out.
        internal: how many internal blocks there are.
        stray_marker: whether something that looks like the marker of one can be read in the text, outside code.
    """

    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    sections: tuple[Section, ...]
    internal: int
    stray_marker: bool


def read_outline(html: str) -> PageOutline:
    """Read a page's sanitised HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    sections = reader.all_sections()
    return PageOutline(tuple(reader.headings), frozenset(reader.anchors), sections, reader.internal, reader.stray_marker)


class _Reader(HTMLParser):
    """One pass over the HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[Heading] = []
        self.anchors: set[str] = set()
        self.internal = 0
        self.stray_marker = False
        self._sections: list[tuple[str, str, list[str]]] = [("", "", [])]
        self._heading: tuple[int, str, list[str]] | None = None
        self._code = 0
        self._line: list[str] = []
        self._rows = self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name in ("id", "name"):
            if values.get(name):
                self.anchors.add(values[name] or "")
        if tag in _BREAKING:
            self._break()
        if tag in {"table", "tr", "td", "th"} and not self._heading:
            self._sections[-1][2].append(self._between(tag))
        if tag in _HEADINGS:
            self._heading = (_HEADINGS[tag], values.get("id") or "", [])
        elif tag in {"code", "pre"}:
            self._code += 1
        elif tag == "aside" and "kb-internal" in (values.get("class") or "").split():
            self.internal += 1
        elif tag == "img" and values.get("alt"):
            self.handle_data(f" {values['alt']} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"code", "pre"}:
            self._code -= 1
        if tag in _BREAKING:
            self._break()
        if tag in _HEADINGS and self._heading:
            level, anchor, parts = self._heading
            text = " ".join("".join(parts).split())
            self.headings.append(Heading(level, anchor, text))
            self._sections.append((anchor, text, []))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if not self._code:
            self._line.append(data)
        if self._heading:
            self._heading[2].append(data)
        else:
            self._sections[-1][2].append(data)

    def _between(self, tag: str) -> str:
        """What is written in front of a part of a table."""
        if tag == "table":
            self._rows = self._cells = 0
            return ""
        if tag == "tr":
            self._rows, self._cells = self._rows + 1, 0
            return _BETWEEN_ROWS if self._rows > 1 else ""
        self._cells += 1
        return _BETWEEN_CELLS if self._cells > 1 else ""

    def _break(self) -> None:
        if self._line and looks_internal("".join(self._line)):
            self.stray_marker = True
        self._line = []
        if not self._heading:
            self._sections[-1][2].append(" ")

    def all_sections(self) -> tuple[Section, ...]:
        self._break()
        texts = (_ROW.sub(_row_end, " ".join("".join(parts).split())) for _, _, parts in self._sections)
        sections = (Section(anchor, heading, text) for (anchor, heading, _), text in zip(self._sections, texts, strict=True))
        return tuple(section for section in sections if section.heading or section.text)


def _row_end(end: re.Match[str]) -> str:
    """The last character of a row with what parts it from the next: a sentence needs nothing."""
    return end[1] if end[1] in ".!?:;…" else f"{end[1]};"
