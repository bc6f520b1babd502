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
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block
from slugify import slugify

from kbgen.content.bounds import OutOfTime, stack_limit, time_limit
from kbgen.content.dress import Dressed, dress
from kbgen.content.internal import scan
from kbgen.content.outline import read_outline
from kbgen.content.playbook import placed_links, read_playbook
from kbgen.content.prepare import Prepared, prepare, restored
from kbgen.content.sanitise import RawLink, overgrown, sanitise
from kbgen.model.article import Heading, Section
from kbgen.model.playbook import NO_PLAYBOOK, Playbook

SECONDS = 10
_VERSION = "7"
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
    """What a text became.

    Attributes:
        html: sanitised, with our elements in it.
        headings: its headings.
        links: the addresses taken out of it.
        anchors: all ids a link may lead to.
        sections: its text for search.
        internal: how many internal blocks it holds.
        playbook: what it holds to act on. Spots have no path; their lines count from 1 in the text.
        lost: lines (from 1) of blocks that the scanner found in the text and the converter did not, or not whole.
    """

    html: str
    headings: tuple[Heading, ...]
    links: tuple[RawLink, ...]
    anchors: frozenset[str]
    sections: tuple[Section, ...]
    internal: int
    playbook: Playbook = NO_PLAYBOOK
    lost: tuple[int, ...] = ()


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


class _Marked(Block):
    """A block other than an internal one. Its argument is its mark: what is written without one is no block."""

    ARGUMENT = True

    def on_validate(self, parent: ElementTree.Element) -> bool:  # noqa: ARG002
        prepared: Prepared = self.config["prepared"]
        return bool(prepared.mark) and str(self.argument).startswith(f"{prepared.mark}b")

    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        position = int(str(self.argument).rpartition("b")[2])
        given = self.config["prepared"].block_ids[position]
        # The id keeps headings from getting the same one. It is taken off again: after sanitising it will be put in for good.
        found = {"class": str(self.argument), **({"id": given} if given else {})}
        return ElementTree.SubElement(parent, "section" if self.NAME == "reply" else "aside", found)

    def on_end(self, block: ElementTree.Element) -> None:
        prepared: Prepared = self.config["prepared"]
        ElementTree.SubElement(block, "p", {"class": f"{prepared.mark}e{str(self.argument).rpartition('b')[2]}"})


class _Danger(_Marked):
    NAME = "danger"


class _Gate(_Marked):
    NAME = "gate"


class _Reply(_Marked):
    NAME = "reply"


class _Stop(_Marked):
    NAME = "stop"


class _Blocks(BlocksExtension):
    def __init__(self, internal: type[Block], now: dict[str, Prepared]) -> None:
        super().__init__()
        self.internal, self.now = internal, now

    def extendMarkdownBlocks(self, md: markdown.Markdown, block_mgr: object) -> None:  # noqa: N802, ARG002
        block_mgr.register(self.internal, {})  # type: ignore[attr-defined]
        for block in (_Danger, _Gate, _Reply, _Stop):
            block_mgr.register(block, self.now)  # type: ignore[attr-defined]


class _WithoutOurIds(Treeprocessor):
    """Takes the ids of blocks off again when the headings have theirs."""

    def __init__(self, md: markdown.Markdown, now: dict[str, Prepared]) -> None:
        super().__init__(md)
        self.now = now

    def run(self, root: ElementTree.Element) -> None:
        mark = self.now["prepared"].mark
        for element in root.iter() if mark else ():
            if element.get("class", "").startswith(mark):
                element.attrib.pop("id", None)


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
def _converter(internal_allowed: bool) -> tuple[markdown.Markdown, dict[str, Prepared]]:
    """The converter, and the place where it looks for the text it is at."""
    now = {"prepared": Prepared("")}

    def anchor(text: str, separator: str = "-") -> str:
        return heading_id(restored(text, now["prepared"]), separator)

    converter = markdown.Markdown(
        extensions=[*_EXTENSIONS, _Blocks(_Internal if internal_allowed else _Forbidden, now)],
        extension_configs={
            "toc": {"slugify": anchor, "permalink": False, "marker": ""},
            "tables": {"use_align_attribute": True},
            "pymdownx.highlight": {"guess_lang": False, "anchor_linenums": False, "linenums": False, "auto_title": False},
            "pymdownx.tasklist": {"custom_checkbox": False, "clickable_checkbox": False},
            "pymdownx.quotes": {"callouts": True},
            "pymdownx.magiclink": {"hide_protocol": False},
            "footnotes": {"BACKLINK_TEXT": "↩", "UNIQUE_IDS": False, "SEPARATOR": "-"},
        },
        tab_length=4,
    )
    for name, tag in (("olist", "ol"), ("ulist", "ul")):
        # Else numbered steps behind a list of points would be its next points: no steps to tick, no numbers to name.
        converter.parser.blockprocessors[name].SIBLING_TAGS = [tag]  # type: ignore[attr-defined]
    converter.preprocessors.register(_HeadingIds(converter), "kbgen-heading-ids", 15)
    converter.treeprocessors.register(_WithoutOurIds(converter, now), "kbgen-without-our-ids", 1)
    return converter, now


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
            written = text.replace("\r\n", "\n")
            found = scan(written)
            prepared = prepare(written, found)
            converter, now = _converter(internal_allowed)
            now["prepared"] = prepared
            converter.reset()
            raw = converter.convert(prepared.text)
            if overgrown(raw):
                return Failure("more than 100 elements such as <b> are opened and not closed")
            clean, links = sanitise(raw, prepared.mark, prepared.ids())
            dressed = dress(clean, prepared) if prepared.mark else Dressed(clean)
            outline = read_outline(dressed.html)
    except (Exception, OutOfTime, _InternalSeen) as error:  # a fault of a Markdown extension must not end the build
        # A converter that was stopped half-way keeps its parser's state, reset() or not; the next text gets a new one.
        _converter.cache_clear()
        return Failure(_reason(error))
    if outline.stray_marker:
        return Failure("the marker of an internal block is visible in the page")
    links = placed_links(links, prepared, dressed)
    lost = tuple(block.start + 1 for position, block in enumerate(prepared.blocks) if position not in dressed.blocks)
    playbook = read_playbook(prepared, dressed, links)
    return Conversion(dressed.html, outline.headings, links, outline.anchors, outline.sections, outline.internal, playbook, lost)
