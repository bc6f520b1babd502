"""A page links to an article that its site may not show.

A public article links to an internal one. For the reader the link is dead, and its address and its text would tell outsiders what
exists inside.

To mend it, take the link away, link to a public article instead, or put the sentence between ``/// internal`` and ``///``: readers of
the wiki still see it there.

Bad::

    Ask for the money back, see [the limits for refunds](../team/refund-limits.md).

Good::

    Ask for the money back.

    /// internal

    See [the limits for refunds](../team/refund-limits.md).

    ///

Effect: the page is left out of the sites named, until it is mended; the other sites show it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB301"
NAME = "narrower-link"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
