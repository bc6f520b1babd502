"""A line looks like the start or the end of an internal block, but is not one.

The part of an article that only the wiki shows stands between a line that is exactly ``/// internal`` and a line that is exactly
``///``, both at the start of their lines, with an empty line before and after each. Anything near to that (spaces before it, capitals,
a block in a list or a quotation, one inside another, one that never ends) might be meant as internal; kbgen does not guess where it
stops.

To mend it, write the two lines exactly so. To write about the block itself, put the lines into a fenced code block.

Bad::

    Refunds take a week.
      /// Internal
      Above 500 ask the head of the team.
      ///

Good::

    Refunds take a week.

    /// internal

    Above 500 ask the head of the team.

    ///

    The money comes back the way it was paid.

Effect: the article is left out of every site until the block is mended: nobody can say which part of it is internal.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB303"
NAME = "malformed-internal-block"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
