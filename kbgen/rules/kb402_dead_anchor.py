"""A link leads to a part of a page that does not exist.

The page is there, but it has no heading with the id after the ``#``. Readers land at the top of the page and search for the place
themselves. The ids come from the headings; Russian headings are written in Latin letters.

To mend it, look up the id of the heading in the page (the link beside it shows it), or link to the page without ``#``. An id that
shall outlive a change of the heading can be given by hand: ``## Refunds {#refunds}``.

Bad::

    See [the exceptions](refund.md#exeptions).

Good::

    See [the exceptions](refund.md#exceptions).

Effect: the finding is reported; the link goes out and leads to the top of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB402"
NAME = "dead-anchor"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
