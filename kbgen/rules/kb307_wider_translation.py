"""A translation is for a wider circle than its original.

The original is internal and its translation says ``audience: public``. Both tell the same, so one of the two is a mistake, and the
narrower audience holds until somebody has decided.

To mend it, give the original and its translations the same audience.

Bad::

    content/en/billing/refund-limits.md    audience: internal
    content/ru/billing/refund-limits.md    audience: public

Good::

    content/en/billing/refund-limits.md    audience: internal
    content/ru/billing/refund-limits.md    audience: internal

Effect: the translation is left out of the sites named.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB307"
NAME = "wider-translation"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
