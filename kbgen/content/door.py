"""The door: what every text has to pass before anything in it is believed.

Bytes → UTF-8 without byte order mark or control characters → a first line exactly ``---``, a closing line exactly ``---``, LF or CRLF →
the YAML between them, read strictly. The body is kept byte for byte, with the number of its first line. There is one meaning or a
problem with line and column; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from frontmatter.default_handlers import BaseHandler

from kbgen.content.signs import says_audience
from kbgen.model.article import SourceFile
from kbgen.model.finding import Place, Problem
from kbgen.model.meta import Header
from kbgen.model.settings import Limits
from kbgen.strict.yaml import Document, Path, load

FENCE = "---"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\r(?!\n)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# What people type when they mean front matter: a header in another format, or one that slipped.
_SIGN = re.compile(r"^\s*(?:-{2,}|\+{3,}|;{3,}|={3,}|\.{3}|\{|<!--+|%YAML|[\u2010-\u2015\u2212]{1,3}\s*$)")
_KEY_LIKE = re.compile(r"^[ \t\ufeff\xa0]*['\"]?(?P<key>[\w.-]{2,40})['\"]?[ \t\xa0]*:(?:[ \t\xa0]|$)")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_COMMENT = re.compile(r"<!--(?:(?!-->|<!--).)*-->[ \t\r\n]*(?=[^ \t\r\n])", re.DOTALL)
_OURS = frozenset(Header.model_fields)
_TOP = 12


class StrictHandler(BaseHandler):
    """python-frontmatter's handler interface with our splitting and our YAML: exactly one header, or none."""

    FM_BOUNDARY = re.compile(r"^---$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = FENCE

    def __init__(self, first_line: int = 2) -> None:
        super().__init__()
        self.first_line = first_line

    def detect(self, text: str) -> bool:
        """Whether the first line is exactly the fence."""
        return text.split("\n", 1)[0].removesuffix("\r") == FENCE

    def split(self, text: str) -> tuple[str, str]:
        """The header's YAML and the body; ValueError where the header is not closed."""
        lines = text.split("\n")
        for index in range(1, len(lines)):
            if lines[index].removesuffix("\r") == FENCE:
                return "\n".join(lines[1:index]).replace("\r\n", "\n").removesuffix("\r"), "\n".join(lines[index + 1 :])
        raise ValueError("not closed")

    def load(self, fm: str) -> Document:  # type: ignore[override]  # a document also carries faults and places
        """Read the header's YAML strictly."""
        return load(fm, self.first_line)


@dataclass(frozen=True, slots=True)
class Opened:
    """A text that passed.

    Attributes:
        values: its header as a mapping, ``{}`` where there is none.
        marks: where each key stands.
        body: its text, byte for byte as in the file.
        body_line: the line of the file on which the body starts.
        headed: False for a file without any front matter and without any sign of one.
        header: the header's YAML as it is written.
    """

    values: Mapping[str, Any]
    marks: Mapping[Path, tuple[int, int]]
    body: str = field(repr=False)
    body_line: int = 1
    headed: bool = True
    header: str = field(default="", repr=False)

    def spelled(self, key: str) -> str | None:
        """The value of a key that is written out plainly: key, colon and one word on one line, with or without quotes; else None.

        What YAML can also make of escapes, blocks and folded lines is no plain word: nobody who searches the files would find it.
        """
        line, column = self.marks.get((key,), (1, 1))
        row = self.header.split("\n")[line - 2][column - 1 :] if line > 1 else ""
        found = re.match(rf"""(["']?){re.escape(key)}\1 *: *(["']?)([\w-]+)\2 *(?:$| #|[,}}])""", row)
        return found[3] if found and found[3] == self.values.get(key) else None


def open_source(source: SourceFile, limits: Limits) -> Opened | tuple[Problem, ...]:
    """Read a file's text; the answer is the opened text, or all that keeps it from being read."""
    if len(source.data) > limits.article_bytes:
        size = f"{len(source.data):,} bytes; an article may have {limits.article_bytes:,}"
        return (_problem("KB006", source, 1, 1, f"the file is too large: {size}", "split the article"),)
    text = _decode(source)
    if not isinstance(text, str):
        return text
    handler = StrictHandler()
    if not handler.detect(text):
        return _headless(source, text)
    try:
        header, body = handler.split(text)
    except ValueError:
        return (_problem("KB003", source, 1, 1, "the front matter is never closed", "end it with a line that is exactly ---"),)
    if len(header.encode()) > limits.header_bytes:
        return (_problem("KB006", source, 2, 1, f"the front matter is larger than {limits.header_bytes:,} bytes", "move text to the body"),)
    document = _document(source, header, handler)
    if isinstance(document, tuple):
        return document
    values = {} if document.value is None else document.value
    return Opened(values, document.marks, body, text.count("\n") - body.count("\n") + 1, header=header)


def _document(source: SourceFile, header: str, handler: StrictHandler) -> Document | tuple[Problem, ...]:
    """The header as a mapping (or None), or all that is wrong with it."""
    if header.startswith("\ufeff"):
        return (_problem("KB001", source, 2, 1, "a byte order mark stands before the first key", "remove it"),)
    for offset, row in enumerate(header.split("\n")):
        if row.rstrip() == "...":
            message = "'...' does not end the front matter here"
            return (_problem("KB003", source, 2 + offset, 1, message, "end it with a line that is exactly ---"),)
    document = handler.load(header)
    if document.faults:
        hint = "mend the front matter; until then the article is in no site"
        return tuple(_problem("KB004", source, fault.line, fault.column, fault.message, hint) for fault in document.faults)
    if document.value is not None and not isinstance(document.value, dict):
        return (_problem("KB005", source, 2, 1, "the front matter is no list of 'key: value' lines", "write e.g. title: Reset a password"),)
    return tuple(_escaped(document.value, (), document.marks, source)) or document


def _escaped(value: Any, path: Path, marks: Mapping[Path, tuple[int, int]], source: SourceFile) -> Iterator[Problem]:
    """Characters that may not stand in a file may not come into its header as an escape either."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _escaped(key, (*path, key), marks, source)
            yield from _escaped(item, (*path, key), marks, source)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _escaped(item, (*path, position), marks, source)
    elif isinstance(value, str) and (found := _UNWRITABLE.search(value)):
        line, column = marks.get(path, (2, 1))
        yield _problem("KB004", source, line, column, f"the escaped character U+{ord(found[0]):04X} is not allowed", "remove it")


def _decode(source: SourceFile) -> str | tuple[Problem, ...]:
    hint = "save the file as UTF-8 without a byte order mark"
    if source.data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return (_problem("KB001", source, 1, 1, "the file starts with a byte order mark", hint),)
    try:
        text = source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source.data[: error.start].decode("utf-8", "replace")
        line, column = _position(before)
        return (_problem("KB001", source, line, column, f"the byte 0x{source.data[error.start]:02x} is no UTF-8", hint),)
    found = _CONTROL.search(text)
    if found:
        line, column = _position(text[: found.start()])
        code_point = f"U+{ord(found[0][0]):04X}"
        return (_problem("KB001", source, line, column, f"the control character {code_point} is not allowed", "remove it"),)
    return text


def _headless(source: SourceFile, text: str) -> Opened | tuple[Problem, ...]:
    first = text.split("\n", 1)[0].rstrip("\r")
    if _may_be_headed(text):
        shown = first if len(first) <= 40 else first[:40] + "…"
        message = f"the first line is {shown!r}; front matter starts with a line that is exactly ---"
        return (_problem("KB002", source, 1, 1, message, "put --- on the first line, nothing before or after it"),)
    return Opened({}, {}, text, 1, headed=False)


def _may_be_headed(text: str) -> bool:
    """Whether a text has anything near its top that may be a header that slipped: it is never taken for one without front matter."""
    top = text.split("\n")[:_TOP]
    if says_audience(text) or any(line.strip() == FENCE for line in top):
        return True
    if comment := _COMMENT.match(text):
        inside, rest = comment[0].removeprefix("<!--"), text[comment.end() :]
        keyed = any(_KEY_LIKE.match(line) for line in inside.split("\n")) or says_audience(inside)
        return keyed or rest.startswith("<!--") or _may_be_headed(rest)
    if _SIGN.match(text):
        return True
    keys = [found["key"] for line in top if (found := _KEY_LIKE.match(line))]
    # Below a heading a line may well end with a colon; only our own words are still a sign there.
    return any(key.casefold() in _OURS for key in keys) if _HEADING.match(text) else bool(keys)


def _position(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _problem(code: str, source: SourceFile, line: int, column: int, message: str, hint: str) -> Problem:
    return Problem(code, Place(source.path, line, column), message, hint)
