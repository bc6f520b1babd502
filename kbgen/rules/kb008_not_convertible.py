"""The text of an article cannot be turned into a page.

The converter gave up on this text: it is nested too deeply, took too long, or holds a construct that breaks off the conversion.
A page that is only half converted could show what it should not, so there is none.

To mend it, look at the place of the finding for very deep lists or quotations, very long lines of brackets or asterisks, or text that
was pasted from elsewhere; make it simpler, or put it into a code block.

Bad::

    > > > > > > > > > > > > > > … a hundred quotations inside each other

Good::

    > The message of the customer, quoted once.

Effect: the article is left out of every site until it can be converted.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB008"
NAME = "not-convertible"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
