"""Markdown to safe HTML and an outline. Total: whatever the text, the answer is a conversion or one sentence saying why not.

The Markdown object is made once per process and variant and reused, which saves a quarter of the time. A conversion depends on the
text alone, so it can be cached by the text's digest and run in another process.
"""

from __future__ import annotations

import importlib.metadata
import re
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

import markdown
from markdown.preprocessors import Preprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block
from slugify import slugify

from kbgen.content.bounds import OutOfTime, stack_limit, time_limit
from kbgen.content.outline import read_outline
from kbgen.content.sanitise import RawLink, overgrown, sanitise
from kbgen.model.article import Heading, Section

SECONDS = 10
_VERSION = "4"
_LIBRARIES = ("markdown", "nh3", "pygments", "pymdown-extensions", "python-slugify")
_TIGHT_ID = re.compile(r"^(#{1,6}[ \t].*[^\s{])(\{#[\w.:-]+\})[ \t]*$")
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


class _InternalSeen(BaseException):
    """The parser met an internal block in a text from which they were all cut. No ``Exception``, so that no extension catches it."""


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


@cache
def version() -> str:
    """What a conversion depends on besides its text: this module's version, to be raised with every change, and the libraries'."""
    return " ".join((_VERSION, *(importlib.metadata.version(name) for name in _LIBRARIES)))


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


def _reason(error: BaseException) -> str:
    if isinstance(error, _InternalSeen):
        return "an internal block stands where its marker is not recognised"
    if isinstance(error, OutOfTime):
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
        with time_limit(SECONDS), stack_limit():
            converter = _converter(internal_allowed)
            converter.reset()
            raw = converter.convert(text.replace("\r\n", "\n"))
            if overgrown(raw):
                return Failure("more than 100 elements such as <b> are opened and not closed")
            html, links = sanitise(raw)
            outline = read_outline(html)
    except (Exception, OutOfTime, _InternalSeen) as error:  # a fault of a Markdown extension must not end the build
        # A converter that was stopped half-way keeps its parser's state, reset() or not; the next text gets a new one.
        _converter.cache_clear()
        return Failure(_reason(error))
    if outline.stray_marker:
        return Failure("the marker of an internal block is visible in the page")
    return Conversion(html, outline.headings, links, outline.anchors, outline.sections, outline.internal)
