"""A file is not clean UTF-8 text.

The file holds bytes that are not UTF-8, starts with a byte order mark, or has control characters in it. Such a file is not read at
all: programs disagree about what it says, and a header that one program misses is how an internal article becomes public.

To mend it, save the file as "UTF-8 without BOM" in your editor. Control characters usually come along when text is copied from a
terminal or a word processor; the finding names the place of the first one, delete it there.

Bad::

    a file saved as Windows-1251, as UTF-16, or as "UTF-8 with BOM"

Good::

    a file saved as UTF-8 without BOM, with LF or CRLF at the ends of its lines

Effect: the article is left out of every site until the file can be read.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB001"
NAME = "encoding"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
