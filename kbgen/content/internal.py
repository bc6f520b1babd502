"""The blocks in a text: where they are, and what only looks like one. Their heads are read in :mod:`kbgen.content.blocks`.

The internal block decides what the public site shows, so nothing that may have been meant as its marker is passed over.

::

    /// internal

    Only the wiki shows this.

    ///

The opener is exactly ``/// internal`` at column 1, the closer exactly ``///``; blank lines (or the text's ends) around both; no options,
no nesting; never inside HTML, a list, a quote or a tab. Whatever else looks like a block marker is a fault, so that a slip of the pen
withholds an article instead of publishing it. A marker inside a simple code fence is an example, not a marker.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from kbgen.content.blocks import CLOSER, KINDS, KNOWN, Block, BlockFault, Head, is_opener, read_head
from kbgen.content.fences import Where, classify, examples

OPENER = "/// internal"
# Letters of other alphabets that look like those of "internal"; a marker written with them has to be noticed, not published.
_LOOKALIKES = str.maketrans("іїιıпηոтτеεєгаαӏł", "iiiinnntteeeraall")
_STANDING_IN = str.maketrans("1!|", "iil")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_SLASHES = str.maketrans("\u2044\u2215\u29f8\u2571\\", "/////")
# Most lines hold none of these and need no second look.
_SUSPECT = re.compile("[/&\\\\\u2044\u2215\u29f8\u2571\uff0f]|:::|!!!|[?]{3}")
_BEGUN = r"(?:[\s>*+|#-]|\d+[.)]|<[^>]*>)*"
# In the middle of a line a word may stand right before the slashes (an address), unless a space comes after them.
_ANYWHERE = re.compile(r"(?:(?<![\w:/.])/{3,}|(?<!/)/{3,}\s)[\s*_`~\[({<\"']*internal")
# Markers of other tools, and slashes that are too few or apart, count at the start of a line only.
_OTHER = re.compile(rf"^{_BEGUN}(?:/[/\s]*/|:{{3,}}|!{{3,}}|\?{{3,}}\+?)[\s*_`~\[({{<\"']*internal\b")
_AT_START = re.compile(rf"^{_BEGUN}/{{3,}}\s*(?P<name>[\w-]*)\s*(?P<rest>.*)$")
# The other blocks hide nothing: only a line that is nothing but their marker, with a slip in it, counts. "!!! danger" is a box of its own.
_ALIKE = re.compile(
    rf"^{_BEGUN}(?:/[/\s]*/|:{{3,}})[\s*_`~\[({{<\"']*(?P<name>danger|gate|stop|reply)(?:\s+[\w-]+|\s*\|.*)?[\s:.*_`~\])}}>\"']*$"
)
_IN_CODE = re.compile(r"^\s*/{3,}\s*(?:danger|gate|stop|reply(?:\s+[\w-]+)?)\s*$")


Rows = tuple[tuple[int, str], ...]
"""Lines of a file: each with its number in it, from 1."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a text: the internal ones as ranges of lines (from the opener's to the closer's, both included), the others whole,
    and the faults.
    """

    ranges: tuple[tuple[int, int], ...]
    faults: tuple[BlockFault, ...]
    others: tuple[Block, ...] = ()


def _plain(line: str) -> str:
    """The line as a hasty reader sees it: entities decoded, invisible marks gone, small Latin letters."""
    if "&" in line:
        line = html.unescape(line)
    line = line.translate(_SLASHES)
    if not line.isascii():
        letters = unicodedata.normalize("NFKD", _INVISIBLE.sub("", line))
        line = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold().translate(_LOOKALIKES)
    return line.casefold()


def looks_internal(line: str) -> bool:
    """Whether somebody who wrote this line may have meant the internal block's marker."""
    if not _SUSPECT.search(line):
        return False
    plain = _plain(line)
    return any(_ANYWHERE.search(form) or _OTHER.match(form) for form in (plain, plain.translate(_STANDING_IN)))


def scan(text: str) -> Blocks:
    """Find the blocks of a text, and everything that looks like the marker of one and is none."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    places = classify(lines)
    shown = examples(lines)
    found: list[Block] = []
    faults: list[BlockFault] = []
    opened: Head | None = None
    for index, line in enumerate(lines):
        if places[index] is Where.FENCE:
            if index not in shown and (_ANYWHERE.search(_plain(line)) or _IN_CODE.match(_plain(line))):
                # Was the fence closed where its writer thinks? Only an example that is called one may hold the marker.
                what = "an internal block" if looks_internal(line) else "a block"
                hint = "write an example of the marker in a fence that begins with ```markdown, else close the fence before the block"
                faults.append(BlockFault(index, 1, f"the marker of {what} inside a code fence", hint))
            continue
        if is_opener(line) and places[index] is Where.TEXT:
            head = read_head(lines, index)
            faults.extend((*_around(lines, head.start, head.last), *head.faults))
            if opened is not None:
                inner, outer = _called(head.name), _called(opened.name)
                faults.append(BlockFault(index, 1, f"{inner} inside {outer}", f"close the first one with '{CLOSER}'"))
            opened = head if opened is None else opened
        elif line == CLOSER and places[index] is Where.TEXT:
            faults.extend(_around(lines, index, index))
            if opened is None:
                faults.append(BlockFault(index, 1, "'///' closes no block", f"remove it, or open the block, e.g. with '{OPENER}'"))
            else:
                faults.extend(_empty(lines, opened, index))
                found.append(opened.closed(index))
                opened = None
        else:
            faults.extend(_odd(lines, index))
    if opened is not None:
        what = "this internal block" if opened.name == "internal" else f"the block '{lines[opened.start]}'"
        faults.append(BlockFault(opened.start, 1, f"{what} is never closed", f"end it with a line '{CLOSER}'"))
    ranges = tuple((block.start, block.end) for block in found if block.name == "internal")
    return Blocks(ranges, tuple(faults), tuple(block for block in found if block.name != "internal"))


def _called(name: str) -> str:
    return "an internal block" if name == "internal" else f"a block '{name}'"


def _around(lines: Sequence[str], first: int, last: int) -> Iterator[BlockFault]:
    before = lines[first - 1] if first else ""
    after = lines[last + 1] if last + 1 < len(lines) else ""
    if before.strip() or after.strip():
        line = first if before.strip() or first == last else last
        yield BlockFault(line, 1, f"'{lines[first]}' needs a blank line before and after it", "add the blank lines")


def _empty(lines: Sequence[str], head: Head, end: int) -> Iterator[BlockFault]:
    if head.name != "internal" and not any(line.strip() for line in lines[head.last + 1 : end]):
        yield BlockFault(head.start, 1, f"the block '{lines[head.start]}' is empty", "write into it what it has to say, or take it out")


def _odd(lines: Sequence[str], index: int) -> Iterator[BlockFault]:
    line = lines[index]
    if not _SUSPECT.search(line):
        return
    plain = _plain(line)
    column = len(line) - len(line.lstrip()) + 1
    if looks_internal(line):
        yield BlockFault(
            index, column, "this looks like the marker of an internal block, but is none", f"write exactly '{OPENER}' at column 1"
        )
        return
    alike = _ALIKE.match(plain)
    start = _AT_START.match(plain)
    name = alike["name"] if alike else start["name"] if start else ""
    if name in KINDS:
        hint = f"write exactly '{KINDS[name].opener}' at column 1, outside lists, quotations and code"
        yield BlockFault(index, column, f"this looks like the marker of a block '{name}', but is none", hint)
        return
    if not start:
        return
    if not start["name"] and not start["rest"]:
        following = _plain(lines[index + 1]).strip() if index + 1 < len(lines) else ""
        if following.startswith("internal") or line.strip() != line or line.strip("/"):
            yield BlockFault(index, column, "this looks like the end of a block, but is none", f"write exactly '{CLOSER}' at column 1")
    elif start["name"]:
        yield BlockFault(index, column, f"there is no block '/// {start['name']}'", f"the blocks are: {KNOWN}")


class View(Enum):
    """``WHOLE``: the text as it is. ``OPEN``: without internal blocks. ``FRAME``: every block there, with one word in it."""

    WHOLE = 0
    OPEN = 1
    FRAME = 2


def rows(text: str, blocks: Blocks, first_line: int, view: View) -> Rows:
    """The lines of a text as a view shows them, each with the line of the file it comes from; the text starts on ``first_line``.

    A block that is cut goes with the blank line after it; the rest stays byte for byte.
    """
    lines = text.split("\n")
    kept: list[tuple[int, str]] = []
    following = 0
    for start, end in blocks.ranges if view is not View.WHOLE else ():
        kept.extend((first_line + index, lines[index]) for index in range(following, start))
        if view is View.FRAME:
            kept.extend((first_line + start, row) for row in (OPENER, "", "text", "", CLOSER))
        following = end + 1 if view is View.FRAME else end + 2
    kept.extend((first_line + index, lines[index]) for index in range(following, len(lines)))
    return tuple(kept)
