"""The front matter has no end.

The header that the first line ``---`` opens has to be closed by another line that is exactly ``---``. Where that line is missing or
is not exact (``----``, ``...``, ``--- ``), the whole file could be header, and any guess about where the text starts may be wrong.

To mend it, close the header with a line of three hyphens and nothing else.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    ----
    Write to us within 30 days.

Good::

    ---
    title: How to ask for a refund
    audience: public
    ---
    Write to us within 30 days.

Effect: the article is left out of every site until its header is closed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB003"
NAME = "unclosed-front-matter"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
