"""An article names a product area that does not exist.

Product areas are declared in ``content/_data/areas.yml``. Articles are listed by area, so an article with an unknown one could be
found through search only.

To mend it, correct the name, or declare the area. Where an article lies in the folder of its area, the key can be left away.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    product_area: biling
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    product_area: billing
    ---

Effect: the finding is reported; the article counts to the area of its folder.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB103"
NAME = "unknown-product-area"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
