"""Markdown to safe HTML and an outline. Total: whatever the text, the answer is a conversion or one sentence saying why not.

The Markdown object is made once per process and variant and reused, which saves a quarter of the time. A conversion depends on the
text alone, so it can be cached by the text's digest and run in another process.
"""

from __future__ import annotations

import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from types import FrameType
from xml.etree import ElementTree

import markdown
from markdown.preprocessors import Preprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block
from slugify import slugify

from kbgen.content.internal import looks_internal
from kbgen.content.sanitise import RawLink, sanitise
from kbgen.model.article import Heading, Section

VERSION = "2"
SECONDS = 10
_FRAMES = 1000
_TIGHT_ID = re.compile(r"^(#{1,6}[ \t].*[^\s{])(\{#[\w.:-]+\})[ \t]*$")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKING = {*_HEADINGS, *"p div li dt dd tr pre blockquote br hr table aside section details summary td th figcaption".split()}
_EXTENSIONS = [
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "admonition",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.highlight",
    "pymdownx.quotes",
    "pymdownx.tasklist",
    "pymdownx.tilde",
    "pymdownx.betterem",
    "pymdownx.magiclink",
    "tables",
    "toc",
]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a text became. ``html`` is sanitised; ``links`` holds the addresses taken out of it; ``internal`` counts internal blocks."""

    html: str
    headings: tuple[Heading, ...]
    links: tuple[RawLink, ...]
    anchors: frozenset[str]
    sections: tuple[Section, ...]
    internal: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a text could not be converted, as one sentence without a full stop."""

    message: str


class _InternalSeen(Exception):  # noqa: N818
    """The parser met an internal block in a text from which they were all cut."""


class _Internal(Block):
    NAME = "internal"

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        return ElementTree.SubElement(parent, "aside", {"class": "kb-internal"})


class _Forbidden(Block):
    NAME = "internal"

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:  # noqa: ARG002
        raise _InternalSeen


class _Blocks(BlocksExtension):
    def __init__(self, block: type[Block]) -> None:
        super().__init__()
        self.block = block

    def extendMarkdownBlocks(self, md: markdown.Markdown, block_mgr: object) -> None:  # noqa: N802, ARG002
        block_mgr.register(self.block, {})  # type: ignore[attr-defined]


class _HeadingIds(Preprocessor):
    """``## Title{#id}``, as some tools write it, means ``## Title {#id}``. Runs when fenced code is out of the way."""

    def run(self, lines: list[str]) -> list[str]:
        return [_TIGHT_ID.sub(r"\1 \2", line) for line in lines]


def heading_id(text: str, separator: str = "-") -> str:
    """The anchor of a heading: its text, transliterated, in lower case: ``Возврат оплаты`` → ``vozvrat-oplaty``."""
    return slugify(text, separator=separator, max_length=80, word_boundary=True) or "section"


@cache
def _converter(internal_allowed: bool) -> markdown.Markdown:
    converter = markdown.Markdown(
        extensions=[*_EXTENSIONS, _Blocks(_Internal if internal_allowed else _Forbidden)],
        extension_configs={
            "toc": {"slugify": heading_id, "permalink": False, "marker": ""},
            "tables": {"use_align_attribute": True},
            "pymdownx.highlight": {"guess_lang": False, "anchor_linenums": False, "linenums": False, "auto_title": False},
            "pymdownx.tasklist": {"custom_checkbox": False, "clickable_checkbox": False},
            "pymdownx.quotes": {"callouts": True},
            "pymdownx.magiclink": {"hide_protocol": False},
            "footnotes": {"BACKLINK_TEXT": "↩", "UNIQUE_IDS": False, "SEPARATOR": "-"},
        },
        tab_length=4,
    )
    converter.preprocessors.register(_HeadingIds(converter), "kbgen-heading-ids", 15)
    return converter


@contextmanager
def _time_limit() -> Iterator[None]:
    """Stop the conversion after some seconds, where signals can be used (the main thread of a process, not on Windows)."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _stack_limit() -> Iterator[None]:
    """Let a conversion nest equally deep wherever it is called from, so that every process comes to the same result."""
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + _FRAMES)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _reason(error: Exception) -> str:
    if isinstance(error, _InternalSeen):
        return "an internal block stands where its marker is not recognised"
    if isinstance(error, TimeoutError):
        return f"converting it takes longer than {SECONDS} seconds; something in it is nested too deep"
    if isinstance(error, RecursionError):
        return "something in it (lists, quotes, brackets) is nested too deep"
    if isinstance(error, MemoryError):
        return "converting it needs too much memory"
    return f"the Markdown converter failed on it ({type(error).__name__})"


def convert(text: str, *, internal_allowed: bool) -> Conversion | Failure:
    """Convert a Markdown text.

    Args:
        text: the text, snippets in place.
        internal_allowed: False for a text from which internal blocks were cut: finding one there is a failure.
    """
    try:
        with _time_limit(), _stack_limit():
            converter = _converter(internal_allowed)
            converter.reset()
            raw = converter.convert(text.replace("\r\n", "\n"))
    except Exception as error:  # a fault of a Markdown extension must not end the build
        # A converter that was stopped half-way keeps its parser's state, reset() or not; the next text gets a new one.
        _converter.cache_clear()
        return Failure(_reason(error))
    html, links = sanitise(raw)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.stray_marker:
        return Failure("the marker of an internal block is visible in the page")
    return Conversion(html, tuple(reader.headings), links, frozenset(reader.anchors), reader.all_sections(), reader.internal)


class _Reader(HTMLParser):
    """One pass over sanitised HTML: headings, anchors, text by section."""

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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name in ("id", "name"):
            if values.get(name):
                self.anchors.add(values[name] or "")
        if tag in _BREAKING:
            self._break()
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

    def _break(self) -> None:
        if self._line and looks_internal("".join(self._line)):
            self.stray_marker = True
        self._line = []
        if not self._heading:
            self._sections[-1][2].append(" ")

    def all_sections(self) -> tuple[Section, ...]:
        """The sections with their text; those without any text or heading left out."""
        self._break()
        sections = (Section(anchor, heading, " ".join("".join(parts).split())) for anchor, heading, parts in self._sections)
        return tuple(section for section in sections if section.heading or section.text)
