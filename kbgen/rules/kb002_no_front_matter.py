"""The front matter does not start on the first line.

The first line of an article has to be exactly three hyphens, at the very start of the file, with nothing before or after them. Here
something near the top looks like a header, but does not start so. Programs read such a file each in their own way: one sees
``audience: internal`` and another takes it for text. kbgen does not guess.

To mend it, start the file with a header between two lines ``---``. Look for an empty first line, spaces before or after the
hyphens, a fourth hyphen, or a dash that a word processor made of them.

Bad::

    (an empty line)
    ---
    title: How to ask for a refund
    audience: public
    ---
    Write to us within 30 days.

Good::

    ---
    title: How to ask for a refund
    audience: public
    ---
    Write to us within 30 days.

Effect: the article is left out of every site until it has a header.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB002"
NAME = "no-front-matter"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
