"""A line looks like the start or the end of a block, but is not one.

A block stands between a line such as ``/// internal`` and a line that is exactly ``///``, both at the start of their lines, with an empty
line before and after each. There are five:

- ``/// internal``: the part of an article that only the wiki shows.
- ``/// danger``: a step that can do harm. Its options: ``rollback``, how to take it back, and ``side``, which is ``client`` or ``ours``.
- ``/// gate``: what has to be confirmed before going on.
- ``/// reply some-id``: a text for customers, with an id of small letters, digits and hyphens. Its option: ``title``.
- ``/// stop``: when to stop and escalate.

Options stand directly below the first line, each on a line of its own: four spaces, the name, a colon, a space, a text. No block holds
another one. Anything near to that (spaces before the slashes, capitals, a block in a list, in a quotation or in HTML, one inside another,
one that never ends, an option that does not exist) might be meant as one; kbgen does not guess.

To mend it, write the lines exactly so. To write about the blocks themselves, put the lines into a fenced code block that begins with
``markdown`` behind its three marks.

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

    /// danger
        rollback: cancel the refund within the hour
        side: client

    Pay the refund out.

    ///

    The money comes back the way it was paid.

Effect: the article is left out of every site until the block is mended: nobody can say which part of it is internal, or which step a
warning belongs to.
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
