"""A text on its way to the Markdown converter: heads of blocks, guides and placeholders replaced by marks that come out unharmed.

The marks hold a digest of the text, so that no text can hold one of its own. What stands behind each is put in after sanitising
(:mod:`kbgen.content.dress`); so a writer's own HTML cannot make what only these marks become. No line is added or taken away.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kbgen.content.blocks import Block
from kbgen.content.fences import Fence, examples, fences
from kbgen.content.guides import LANGUAGE, read_guide
from kbgen.content.internal import Blocks
from kbgen.model.playbook import Fill, Flaw, Guide, Outcome, Spot

_FILL = re.compile(r"\{\{(?P<name>[a-z][a-z0-9_]{0,31})\}\}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text with marks in it. Spots have no path; their lines count from 1 in the text.

    Attributes:
        text: for the Markdown converter.
        mark: how each mark begins; ``""`` where there are none and nothing has to be put back.
        blocks: the blocks other than internal ones, in order.
        block_ids: the id that the element of each gets: every reply's id once, and one for the first ``stop``; else ``""``.
        guides: the guides that could be read, in order.
        fills: whatever is written ``{{name}}``, in order; which of them are placeholders the page says.
        flaws: what is wrong with the guides.
    """

    text: str
    mark: str = ""
    blocks: tuple[Block, ...] = ()
    block_ids: tuple[str, ...] = ()
    guides: tuple[Guide, ...] = ()
    fills: tuple[Fill, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    def ids(self) -> frozenset[str]:
        """All ids that only our elements may have."""
        found = set(self.block_ids) - {""}
        for number, guide in enumerate(self.guides, start=1):
            found.add(f"guide-{number}")
            found.update(f"guide-{number}-{question.id}" for question in guide.questions)
            found.update(f"guide-{number}-{outcome.id}" for outcome in guide.outcomes)
        return frozenset(found)


def prepare(text: str, found: Blocks) -> Prepared:
    """Put the marks in. ``found`` are the blocks that the scanner finds in this text."""
    lines = text.split("\n")
    spans = [fence for fence in fences([line.rstrip("\r") for line in lines]) if fence.language == LANGUAGE] if LANGUAGE in text else []
    if not (found.others or spans or "{{" in text):
        return Prepared(text)
    mark = "kb" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    plain = examples([line.rstrip("\r") for line in lines])  # no placeholder there is one
    guides, flaws, taken = _take_guides(lines, spans, found.others, mark)
    for position, block in enumerate(found.others):
        lines[block.start] = f"/// {block.name} | {mark}b{position}"
        lines[block.start + 1 : block.head + 1] = [""] * (block.head - block.start)
        taken.update(range(block.start, block.head + 1))
    fills: list[Fill] = []
    for index, line in enumerate(lines):
        if index not in taken and index not in plain:
            lines[index] = _with_fills(line, index, mark, fills)
    return Prepared("\n".join(lines), mark, found.others, _block_ids(found.others), tuple(guides), tuple(fills), tuple(flaws))


def _take_guides(lines: list[str], spans: Sequence[Fence], blocks: Sequence[Block], mark: str) -> tuple[list[Guide], list[Flaw], set[int]]:
    """Put marks in the place of guides. Returns the guides, what is wrong with them and others, and which lines they were on."""
    guides: list[Guide] = []
    flaws: list[Flaw] = []
    taken: set[int] = set()
    for fence in spans:
        inside = next((block for block in blocks if block.start < fence.start < block.end), None)
        if not fence.simple or inside:
            where = f"inside a block '{inside.name}'" if inside else "in a fence that is not closed, or not at the start of its line"
            hint = "write ```decision and ``` at column 1, outside lists, quotations and blocks"
            flaws.append(Flaw("KB715", Spot("", fence.start + 1), f"a guide stands {where}", hint))
        if not fence.simple:
            continue  # where it ends is anybody's guess: it stays what it is, code
        rows = [line.rstrip("\r") for line in lines[fence.start + 1 : fence.end]]
        guide, said = read_guide("\n".join(rows), fence.start + 2)
        flaws.extend(said)
        taken.update(range(fence.start, fence.end + 1))
        lines[fence.start : fence.end + 1] = [""] * (fence.end + 1 - fence.start)
        if guide and not inside:
            lines[fence.start + 1] = _stand_in(mark, len(guides), guide)
            guides.append(guide)
    return guides, flaws, taken


def _block_ids(blocks: Sequence[Block]) -> tuple[str, ...]:
    wanted = ["stop" if block.name == "stop" else f"reply-{block.id}" if block.id else "" for block in blocks]
    first = {name: position for position, name in reversed(list(enumerate(wanted)))}
    return tuple(name if first[name] == position else "" for position, name in enumerate(wanted))


def _stand_in(mark: str, position: int, guide: Guide) -> str:
    """A stand-in for a guide, with its links, so that they go the way of all links."""
    links = "".join(f'<a class="{mark}l" href="{html.escape(each.link)}"></a>' for each in linked(guide))
    return f'<section class="{mark}g{position}">{links}</section>'


def linked(guide: Guide) -> tuple[Outcome, ...]:
    """The outcomes that lead to articles."""
    return tuple(outcome for outcome in guide.outcomes if outcome.kind == "article")


def _with_fills(line: str, index: int, mark: str, fills: list[Fill]) -> str:
    def marked(found: re.Match[str]) -> str:
        fills.append(Fill(found["name"], Spot("", index + 1, found.start() + 1)))
        # A letter behind "<" would make a tag of the mark; "_" does not, and elsewhere a letter is what lexers and emphasis leave alone.
        before = line[max(0, found.start() - 2) : found.start()]
        lead = "_" if before.endswith(("<", "</")) else ""
        return f"{lead}{mark}{'u' if lead else 'f'}{len(fills) - 1}z"

    return _FILL.sub(marked, line) if "{{" in line else line


def fill_pattern(mark: str) -> re.Pattern[str]:
    """What finds the marks of placeholders. Group ``f`` or ``u`` is the position in :attr:`Prepared.fills`."""
    return re.compile(rf"{mark}f(?P<f>\d+)z|_{mark}u(?P<u>\d+)z")


def position_of(found: re.Match[str]) -> int:
    """The position that a match of :func:`fill_pattern` names."""
    return int(found["f"] or found["u"])


def restored(text: str, prepared: Prepared) -> str:
    """A text with its placeholders as they were written."""
    if not prepared.mark or prepared.mark not in text:
        return text
    return fill_pattern(prepared.mark).sub(lambda found: "{{" + prepared.fills[position_of(found)].name + "}}", text)
