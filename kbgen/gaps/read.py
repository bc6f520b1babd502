r"""Reads a log of search events, whatever wrote it.

An event is a JSON object as the search box sends it::

    {"query": "refund", "language": "en", "count": 4, "rank": 2, "nothing": false}

``rank`` is the place of the result that was followed, from 1; 0 (or null): none was. The object may be the whole line, may stand in a
line of an access log beside other things, plain or as a text in JSON (``log_format … escape=json``: ``\"query\"``) or with nginx's own
escapes (``\x22query\x22``, bytes of UTF-8 as ``\xD0``). All other lines are counted, not read further.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

LONGEST_LINE = 65_536
MOST_BYTES = 2_000_000_000
"""What is read of a log at most; an event has about 100 bytes."""
_MOST_BRACES = 20
_DEEPEST = 3
_ESCAPED = re.compile(rb"\\x([0-9A-Fa-f]{2})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Event:
    """A search somebody made.

    Attributes:
        query: what was typed.
        language: language code of the page; ``""`` where the log says none that could be one.
        nothing: whether nothing was found.
        rank: place of the result that was followed, from 1; 0: none.
    """

    query: str
    language: str
    nothing: bool
    rank: int


@dataclass(slots=True)
class Log:
    """A log being read: count on ``lines`` and ``odd`` (lines without an event) only after :meth:`events` has ended.

    Attributes:
        stream: the log's bytes.
        lines: lines that hold anything.
        odd: those of them that hold no event.
        cut: whether the log is longer than MOST_BYTES; the rest of it was not read.
    """

    stream: IO[bytes]
    lines: int = 0
    odd: int = 0
    cut: bool = False

    def events(self) -> Iterator[Event]:
        """The events, in the log's order."""
        left = MOST_BYTES
        while line := self.stream.readline(LONGEST_LINE + 1):
            left -= len(line)
            if left < 0:
                self.cut = True
                return
            whole = len(line) <= LONGEST_LINE
            while not whole and not line.endswith(b"\n"):  # the rest of a line that nobody needs to keep in memory
                line = self.stream.readline(LONGEST_LINE + 1)
                left -= len(line)
                if not line or left < 0:
                    break
            if whole and not line.strip():
                continue
            self.lines += 1
            event = _event(line) if whole else None
            if event is None:
                self.odd += 1
            else:
                yield event


def read_log(stream: IO[bytes]) -> Log:
    """A log to read events from."""
    return Log(stream)


def _event(line: bytes) -> Event | None:
    if b"query" not in line:
        return None
    text = line.decode("utf-8", "replace")
    spellings = [text]
    if "\\x22" in text:
        spellings.append(_ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), line).decode("utf-8", "replace"))
    if '\\"' in text:
        spellings.append(text.replace('\\"', '"').replace("\\\\", "\\"))
    return next(filter(None, map(_in_text, spellings)), None)


def _in_text(text: str, depth: int = 0) -> Event | None:
    """The first event among the JSON objects of a text."""
    decoder = json.JSONDecoder()
    start = -1
    for _ in range(_MOST_BRACES):
        start = text.find("{", start + 1)
        if start < 0:
            return None
        try:
            value, _end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if found := _of_object(value, depth):
            return found
    return None


def _of_object(value: Any, depth: int) -> Event | None:
    """The object as an event; else the event in one of its texts (the body of a request in a log of JSON lines)."""
    query = value.get("query") if isinstance(value, dict) else None
    if isinstance(query, str) and query.strip() and ("count" in value or "nothing" in value):
        language, rank, count = value.get("language"), value.get("rank"), value.get("count")
        return Event(
            query,
            language if isinstance(language, str) and _LANGUAGE.fullmatch(language) else "",
            value.get("nothing") is True or (count == 0 and not isinstance(count, bool)),
            rank if isinstance(rank, int) and not isinstance(rank, bool) and rank > 0 else 0,
        )
    if not isinstance(value, dict) or depth >= _DEEPEST:
        return None
    texts = (text for text in value.values() if isinstance(text, str) and "query" in text)
    return next(filter(None, (_in_text(text, depth + 1) for text in texts)), None)
