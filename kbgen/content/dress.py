"""Puts into sanitised HTML what only we may write there: blocks, guides, placeholders.

Where they belong is told by the marks of :mod:`kbgen.content.prepare`, which no writer can make. The elements are a contract with the
theme::

    <aside class="kb-danger" data-kb-side="client|ours"><p class="kb-label" data-kb-word="danger"></p>…
        <p class="kb-rollback"><strong data-kb-word="danger.rollback"></strong> text</p></aside>
    <aside class="kb-gate"><p class="kb-label" data-kb-word="gate"></p>…</aside>
    <aside class="kb-stop" id="stop"><p class="kb-label" data-kb-word="stop"></p>…</aside>
    <section class="kb-reply" id="reply-ID" data-kb-reply="ID"><p class="kb-label" data-kb-word="reply"></p>
        <div class="kb-reply__text">…</div></section>
    <span class="kb-fill" data-kb-fill="name">{{name}}</span>

Elements with ``data-kb-word`` are empty: what they say depends on the language of the page. Guides: see :mod:`kbgen.content.guide_html`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kbgen.content.blocks import Block
from kbgen.content.guide_html import guide_html
from kbgen.content.prepare import Prepared, fill_pattern, position_of, restored
from kbgen.content.sanitise import LINK

REPLY_TEXT = '<div class="kb-reply__text">'
"""How the text of a reply begins. The language is put in where it is known."""

_TOKEN = re.compile(r'<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:[^>"]|"[^"]*")*)>|[^<]+|<')
_CLASS = re.compile(r' class="([^"]*)"')
_NUMBER = re.compile(rf' href="{LINK}(\d+)"')
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_CODE = frozenset({"code", "pre"})
_FILLED = re.compile(r'<span class="kb-fill" data-kb-fill="[a-z0-9_]+">(\{\{[a-z0-9_]+\}\})</span>')
_TAGS = re.compile(r"<[^>]*>")
_EMPTY = re.compile(r"<span[^>]*></span>")


@dataclass(frozen=True, slots=True)
class Dressed:
    """HTML with everything in it.

    Attributes:
        html: the HTML.
        blocks: positions of the blocks that it holds whole.
        guides: positions of the guides that it holds, each with the numbers of its links.
        fills: positions of the placeholders it holds, in order.
        replies: position of a reply → the HTML of its text, placeholders as they were written.
    """

    html: str
    blocks: frozenset[int] = frozenset()
    guides: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    fills: tuple[int, ...] = ()
    replies: Mapping[int, str] = field(default_factory=dict)


def dress(clean: str, prepared: Prepared) -> Dressed:
    """Replace the marks in sanitised HTML."""
    dresser = _Dresser(prepared)
    for token in _TOKEN.finditer(_joined(clean, prepared.mark)):
        dresser.take(token)
    replies = {position: without_fills(text) for position, text in dresser.replies.items()}
    fills = tuple(dict.fromkeys(dresser.fills))
    return Dressed("".join(dresser.out), frozenset(dresser.whole), dresser.guides, fills, replies)


def filled(name: str) -> str:
    """A placeholder, as the page holds it."""
    return f'<span class="kb-fill" data-kb-fill="{name}">{{{{{name}}}}}</span>'


def without_fills(text: str) -> str:
    """HTML of ours with placeholders as they were written."""
    return _FILLED.sub(r"\1", text)


def with_fills(text: str) -> str:
    """The HTML of a reply with placeholders as a page holds them; for replies that are put into other pages."""
    parts = re.split(r'(<(?:[^>"]|"[^"]*")*>)', text)
    return "".join(part if part.startswith("<") else re.sub(r"\{\{([a-z][a-z0-9_]{0,31})\}\}", _as_fill, part) for part in parts)


def _as_fill(found: re.Match[str]) -> str:
    return filled(found[1])


def _joined(clean: str, mark: str) -> str:
    """The HTML with the marks whole that a lexer took apart: the tags between their letters go behind them."""
    if mark in clean and clean.count("<span") == 0:
        return clean
    gap = "(?:</?span[^>]*>)*"
    letters = gap.join(mark)
    split = re.compile(rf"{letters}{gap}f(?:{gap}\d)+{gap}z|_{gap}{letters}{gap}u(?:{gap}\d)+{gap}z")
    return split.sub(lambda found: _TAGS.sub("", found[0]) + _EMPTY.sub("", "".join(_TAGS.findall(found[0]))), clean)


class _Dresser:
    """Goes through the HTML once. Lives only inside :func:`dress`."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.out: list[str] = []
        self.whole: set[int] = set()
        self.guides: dict[int, tuple[int, ...]] = {}
        self.fills: list[int] = []
        self.replies: dict[int, str] = {}
        self._pattern = fill_pattern(prepared.mark)
        self._mark = re.compile(rf"{prepared.mark}(?P<what>[beg])(?P<position>\d+)")
        # Open elements, each with what it stands for: "b" a block, "e" its end, "g" a guide, "" any other.
        self._open: list[tuple[str, str, int]] = []
        self._code = 0
        self._replies: list[tuple[int, int]] = []  # open replies: position, and where in ``out`` its text begins
        self._ended: set[int] = set()
        self._links: list[int] | None = None

    def take(self, token: re.Match[str]) -> None:
        """One tag or one text."""
        if not token["tag"]:
            self._text(token[0])
        elif token["end"]:
            self._end(token[0], token["tag"])
        else:
            self._start(token[0], token["tag"])

    def _start(self, written: str, tag: str) -> None:
        words = _CLASS.search(written)
        found = self._mark.fullmatch(words[1]) if words else None
        what, position = (found["what"], int(found["position"])) if found else ("", -1)
        if tag not in _VOID:
            self._open.append((tag, what, position))
        if self._links is not None:
            number = _NUMBER.search(written)
            self._links += [int(number[1])] if number else []
        elif what == "g":
            self._links = []
        elif what == "b":
            self._begin(self.prepared.blocks[position], position)
        elif what == "e":
            self._finish(position)
        else:
            self._code += tag in _CODE
            self.out.append(restored(written, self.prepared))

    def _end(self, written: str, tag: str) -> None:
        what, position = "", -1
        if self._open and self._open[-1][0] == tag:
            _, what, position = self._open.pop()
        if what == "g":
            guide, links = self.prepared.guides[position], self._links or ()
            self.guides[position] = tuple(links)
            self.out.append(guide_html(guide, position + 1, self.guides[position]))
            self._links = None
        elif what == "b":
            if position in self._ended:
                self.whole.add(position)
            self.out.append("</section>" if self.prepared.blocks[position].name == "reply" else "</aside>")
        elif what != "e" and self._links is None:
            self._code -= tag in _CODE
            self.out.append(written)

    def _begin(self, block: Block, position: int) -> None:
        given = self.prepared.block_ids[position]
        anchor = f' id="{given}"' if given else ""
        if block.name == "reply":
            begin = f'<section class="kb-reply"{anchor} data-kb-reply="{block.id}">'
        else:
            side = f' data-kb-side="{block.options.get("side", "ours")}"' if block.name == "danger" else ""
            begin = f'<aside class="kb-{block.name}"{anchor}{side}>'
        self.out.append(f'{begin}<p class="kb-label" data-kb-word="{block.name}"></p>')
        if block.name == "reply":
            self.out.append(REPLY_TEXT)
            self._replies.append((position, len(self.out)))

    def _finish(self, position: int) -> None:
        """The mark at the end of a block. Where it does not stand right inside its block, HTML has taken the block apart."""
        block = self.prepared.blocks[position]
        inside = len(self._open) > 1 and self._open[-2][1:] == ("b", position)
        if inside:
            self._ended.add(position)
        if block.name == "reply" and self._replies and self._replies[-1][0] == position:
            _, begun = self._replies.pop()
            self.replies[position] = "".join(self.out[begun:]).strip()
            self.out.append("</div>")
        rollback = block.options.get("rollback", "")
        if rollback and inside:
            self.out.append(f'<p class="kb-rollback"><strong data-kb-word="danger.rollback"></strong> {html.escape(rollback)}</p>')

    def _text(self, text: str) -> None:
        if self._links is not None or (self._open and self._open[-1][1] == "e"):
            return
        self.out.append(self._pattern.sub(self._fill, text) if self.prepared.mark in text else text)

    def _fill(self, found: re.Match[str]) -> str:
        position = position_of(found)
        name = self.prepared.fills[position].name
        if not self._code and not self._replies:
            return "{{" + name + "}}"
        self.fills.append(position)
        return filled(name)
