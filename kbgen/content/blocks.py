"""The blocks of our Markdown, and how their heads are written.

==================  ==========================================  ==========================================
Block               Options                                     What it holds
==================  ==========================================  ==========================================
``/// internal``    none                                        what only the wiki shows
``/// danger``      ``rollback``, ``side`` (client or ours)     a step that can do harm
``/// gate``        none                                        what has to be confirmed before going on
``/// reply ID``    ``title``                                   a text for customers; ID is its own, the
                                                                same in every language
``/// stop``        none                                        when to stop and escalate
==================  ==========================================  ==========================================

::

    /// danger
        rollback: import the file again that you saved in step 1
        side: client

    Delete the old goals.

    ///

The opener and the closer ``///`` stand at column 1, outside fences, lists, quotations and HTML, with a blank line before and after.
Option lines stand directly below the opener, each exactly four spaces, ``key: value``, one line. No block holds another. Whatever else
looks like one of the markers is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CLOSER = "///"
_OPENER = re.compile(r"/// (?:(?P<name>internal|danger|gate|stop)|reply (?P<id>[a-z0-9-]{1,64}))")
_OPTION = re.compile(r"    (?P<key>[a-z_]+): +(?P<value>\S.*)")
_LIKE_OPTION = re.compile(r"\s*(?P<key>\w[\w -]{0,30}?)\s*[:=]")

_MOST_FAULTS = 20  # of one head


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of block: its opener, and which options it has, each with the values it may take (none listed: any text)."""

    opener: str
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


KINDS: Mapping[str, Kind] = {
    "internal": Kind("/// internal"),
    "danger": Kind("/// danger", {"rollback": (), "side": ("client", "ours")}),
    "gate": Kind("/// gate"),
    "reply": Kind("/// reply some-id", {"title": ()}),
    "stop": Kind("/// stop"),
}
KNOWN = ", ".join(kind.opener for kind in KINDS.values())


@dataclass(frozen=True, slots=True)
class BlockFault:
    """A marker that is not one: ``line`` counted from 0 in the text, ``column`` from 1."""

    line: int
    column: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block with its head.

    Attributes:
        name: one of :data:`KINDS`.
        id: of a reply its id, else ``""``.
        options: what its option lines say.
        start: line of the opener, from 0.
        head: line on which its head ends: that of the last option, else of the opener.
        end: line of the closer.
    """

    name: str
    id: str
    options: Mapping[str, str]
    start: int
    head: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a block: as in :class:`Block`, with what is wrong in its option lines."""

    name: str
    id: str
    options: Mapping[str, str]
    start: int
    last: int
    faults: tuple[BlockFault, ...] = ()

    def closed(self, end: int) -> Block:
        """The block that ends on this line."""
        return Block(self.name, self.id, self.options, self.start, self.last, end)


def is_opener(line: str) -> bool:
    """Whether a line is exactly the opener of a block."""
    return _OPENER.fullmatch(line) is not None


def read_head(lines: Sequence[str], start: int) -> Head:
    """The head of the block that is opened on this line. :func:`is_opener` has to hold for it."""
    opener = _OPENER.fullmatch(lines[start])
    assert opener is not None
    name, reply = opener["name"] or "reply", opener["id"] or ""
    known = KINDS[name].options
    options: dict[str, str] = {}
    faults: list[BlockFault] = []
    last = start
    for index in range(start + 1, len(lines)):
        if not known or not lines[index].strip() or not _LIKE_OPTION.match(lines[index]):
            break
        last = index
        _read_option(lines[index], index, name, options, faults)
    below = next((index for index in range(last + 1, len(lines)) if lines[index].strip()), last)
    like = _LIKE_OPTION.match(lines[below]) if below > last else None
    if last == start and like and like["key"].casefold() in known:
        hint = f"take the blank line between '{lines[start]}' and the option away"
        faults.append(BlockFault(below, 1, f"the option '{like['key']}' does not stand directly below '{lines[start]}'", hint))
    # One finding for what is wrong many times in the same way, and a few for a whole page of oddities.
    once = {(fault.message, fault.column): fault for fault in reversed(faults)}
    return Head(name, reply, options, start, last, tuple(sorted(once.values(), key=lambda fault: fault.line)[:_MOST_FAULTS]))


def _read_option(line: str, index: int, name: str, options: dict[str, str], faults: list[BlockFault]) -> None:
    known = KINDS[name].options
    column = len(line) - len(line.lstrip()) + 1
    found = _OPTION.fullmatch(line)
    if not found:
        hint = f"write '    {next(iter(known))}: …', or put a blank line between the head of the block and its text"
        faults.append(BlockFault(index, column, "an option of a block is exactly four spaces, its name, a colon, a space and a text", hint))
        return
    key, value = found["key"], found["value"].strip()
    allowed = known.get(key)
    if allowed is None:
        hint = f"the options of '{KINDS[name].opener}' are: {', '.join(known)}"
        faults.append(BlockFault(index, column, f"a block '{name}' has no option '{key}'", hint))
    elif key in options:
        faults.append(BlockFault(index, column, f"the option '{key}' stands twice", "keep one of the two lines"))
    elif allowed and value not in allowed:
        faults.append(BlockFault(index, column, f"the option '{key}' is one of: {', '.join(allowed)}", "write one of them"))
    else:
        options[key] = value
