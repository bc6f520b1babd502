"""A page includes a snippet that its site may not show, or that does not exist.

A snippet is a piece of text from ``content/_snippets`` that several articles share. It has an audience like an article. An internal
snippet in a public article would publish it; a missing one leaves a hole in the middle of an instruction.

To mend it, correct the name of the snippet, include one for the same audience, or put the line with the include between
``/// internal`` and ``///``.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    ---
    --8<-- "internal-only.md"

Good::

    ---
    title: How to ask for a refund
    audience: public
    ---
    /// internal

    --8<-- "internal-only.md"

    ///

Effect: the page is left out of the sites named until it is mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB302"
NAME = "narrower-snippet"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
