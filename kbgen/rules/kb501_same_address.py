"""Two articles would have the same address in a site.

The address of an article is its path: ``billing/refund.md`` and ``billing/refund/index.md`` both become ``billing/refund/``. One of them
would overwrite the other, and nobody could say which. Capital letters make no difference: not every server and disk tells them apart.

To mend it, rename one of the two files.

Bad::

    content/en/billing/refund.md
    content/en/billing/refund/index.md

Good::

    content/en/billing/refund.md
    content/en/billing/refund-by-card.md

Effect: the site is not handed over; the site of before stays until one of the files is renamed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB501"
NAME = "same-address"
SEVERITY = Severity.ERROR
EFFECT = Effect.REFUSE


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
