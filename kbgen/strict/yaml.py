"""YAML read strictly: one meaning or a fault with line and column, never an exception and never a guess.

Refused: duplicate keys, keys that are no text, merge keys, anchors and aliases, tags, several documents, nesting deeper than
:data:`MAX_DEPTH`, more than :data:`MAX_NODES` values, whole numbers of more than 64 bits in any spelling, the line breaks NEL, LS and
PS, which YAML counts as lines and editors do not.
PyYAML's pure Python loader is used on purpose: the C loader dies of deep nesting with a signal instead of an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_DEPTH = 24
MAX_NODES = 20_000
NOT_UTF8 = "it is not UTF-8 here"
"""What is said of bytes that were read with ``surrogateescape``."""

Path = tuple[str | int, ...]
_ODD_BREAKS = {"\x85": "U+0085", "\u2028": "U+2028", "\u2029": "U+2029"}
# Signed 64 bits; and how long the spelling of such a number may be, so that none is worked out that could only be too large.
_NUMBERS = range(-(2**63), 2**63)
_NUMBER_LENGTH = 100
_MERGE = "tag:yaml.org,2002:merge"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a YAML text: ``line`` and ``column`` from 1, ``message`` without a full stop."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML text as a value.

    Attributes:
        value: mappings, lists, texts, numbers, booleans, dates, None; None where there are faults.
        faults: everything that was found wrong.
        marks: where each value's key (for a list's item: the item) stands: path of keys → (line, column).
    """

    value: Any
    faults: tuple[Fault, ...] = ()
    marks: Mapping[Path, tuple[int, int]] = field(default_factory=dict)


class _Refused(yaml.MarkedYAMLError):
    """Raised inside the loader; never leaves this module."""


class _StrictLoader(yaml.SafeLoader):
    """PyYAML's safe loader without anchors, aliases, tags and bottomless nesting."""

    depth = 0
    nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _Refused(problem="anchors and aliases (& and *) are not allowed; write the value out", problem_mark=event.start_mark)
        if getattr(event, "tag", None) is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise _Refused(problem=f"tags such as {_short(tag)} are not allowed", problem_mark=event.start_mark)
        self.depth += 1
        self.nodes += 1
        if self.depth > MAX_DEPTH:
            raise _Refused(problem=f"nested deeper than {MAX_DEPTH} levels", problem_mark=event.start_mark)
        if self.nodes > MAX_NODES:
            raise _Refused(problem=f"more than {MAX_NODES} values", problem_mark=event.start_mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def load(text: str, first_line: int = 1) -> Document:
    """Read a YAML text.

    Args:
        text: the YAML, without fences.
        first_line: the line of the file on which the text starts; faults and marks are counted from there.
    """
    for offset, character in enumerate(text):
        if character in _ODD_BREAKS:
            before = text[:offset]
            line = first_line + before.count("\n")
            column = offset - (before.rfind("\n") + 1) + 1
            return Document(None, (Fault(line, column, f"the invisible line break {_ODD_BREAKS[character]} is not allowed here"),))
    loader = None
    try:
        loader = _StrictLoader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        message, mark = _plain(error)
        line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
        return Document(None, (Fault(line, column, message),))
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        column = len(before) - (before.rfind("\n") + 1) + 1
        said = NOT_UTF8 if 0xDC80 <= error.character <= 0xDCFF else f"the character #x{error.character:04x} is not allowed"
        return Document(None, (Fault(first_line + before.count("\n"), column, said),))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return Document(None, (Fault(first_line, 1, str(error).splitlines()[0] if str(error) else "cannot be read as YAML"),))
    if node is None:
        return Document(None)
    builder = _Builder(loader, first_line)
    value = builder.build(node, ())
    return Document(None if builder.faults else value, tuple(builder.faults), builder.marks)


# What PyYAML says (a piece of its problem, a piece of its context) → what that means, and whether the fault stands where the
# context began rather than where the reading stopped. The first that fits holds.
_PLAIN: tuple[tuple[str, str, str, bool], ...] = (
    ("another document", "", "a second document starts here: a line '---' may stand at the top only", False),
    ("expected '<document start>'", "", "text after the end of the YAML", False),
    ("mapping values are not allowed", "", "a colon followed by a space inside a value: put the value in quotes", False),
    ("character '\\t'", "", "a tab where YAML wants spaces", False),
    ("unexpected end of stream", "quoted scalar", "a quote that is opened here and never closed", True),
    ("could not find expected ':'", "", "a key without a colon and a value", True),
    ("expected ',' or", "", "a list or mapping in brackets is opened here and not closed, or a comma is missing in it", True),
    ("but found '<scalar>'", "block mapping", "text after the end of a value: put the whole value in quotes", False),
    ("expected <block end>", "", "this line does not fit the lines above: look at how far they are moved to the right", False),
    ("sequence entries are not allowed", "", "a list starts on a line of its own", False),
    ("cannot start any token", "", "a value starts with a character that YAML keeps for itself: put the value in quotes", False),
    ("unknown escape character", "", "a backslash in double quotes that YAML does not know: write it twice, or use single quotes", False),
    ("expected the node content", "", "a value is missing here", False),
    ("incompatible YAML document", "", "a line '%YAML' with another version: remove it", False),
)


def _plain(error: yaml.MarkedYAMLError) -> tuple[str, yaml.Mark | None]:
    """PyYAML's error in words for people who write articles, and the place to look at."""
    problem, context = error.problem or error.context or "cannot be read as YAML", error.context or ""
    mark = error.problem_mark or error.context_mark
    for piece, around, words, at_context in _PLAIN:
        if piece in problem and around in context:
            return words, (error.context_mark or mark) if at_context else mark
    return problem, mark


def _short(text: str) -> str:
    """A piece of the text as messages show it: on one line, not endless, without characters that a terminal would obey."""
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


class _Builder:
    """Makes the value of a node tree, noting where everything stands and what is wrong. Depth is bounded by the loader."""

    def __init__(self, loader: _StrictLoader, first_line: int) -> None:
        self.loader = loader
        self.first_line = first_line
        self.faults: list[Fault] = []
        self.marks: dict[Path, tuple[int, int]] = {}

    def _mark(self, node: yaml.Node) -> tuple[int, int]:
        return node.start_mark.line + self.first_line, node.start_mark.column + 1

    def build(self, node: yaml.Node, path: Path) -> Any:
        self.marks.setdefault(path, self._mark(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, position)) for position, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, column = self._mark(key_node)
            if key_node.tag == _MERGE:
                self.faults.append(Fault(line, column, "merge keys (<<) are not allowed; write the keys out"))
                continue
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag != "tag:yaml.org,2002:str":
                self.faults.append(Fault(line, column, "a key has to be a text; put it in quotes"))
                continue
            key = key_node.value
            if key in result:
                first = self.marks[(*path, key)][0]
                self.faults.append(Fault(line, column, f"the key '{_short(key)}' stands twice (first on line {first})"))
                continue
            self.marks[(*path, key)] = (line, column)
            result[key] = self.build(value_node, (*path, key))
        return result

    def _scalar(self, node: yaml.Node) -> Any:
        whole = node.tag == "tag:yaml.org,2002:int" or (node.tag == "tag:yaml.org,2002:float" and ":" in node.value)
        if whole and len(node.value) > _NUMBER_LENGTH:
            return self._impossible(node, "is too large a number; put it in quotes")
        try:
            value = self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError):
            return self._impossible(node, "is not a possible value (a date that does not exist?)")
        if isinstance(value, int) and value not in _NUMBERS:
            return self._impossible(node, "is too large a number; put it in quotes")
        return value

    def _impossible(self, node: yaml.Node, why: str) -> None:
        self.faults.append(Fault(*self._mark(node), f"'{_short(node.value)}' {why}"))
