"""A page shows or offers a file that its site may not show.

The image or attachment lies where only internal articles may take files from. A screenshot of an admin panel in a public article is
a leak like any sentence.

To mend it, take the image or the link away, use a file that is meant for everybody, or put it between ``/// internal`` and ``///``.

Bad::

    ![The list of refunds in the admin panel](../team/admin-refunds.png)

Good::

    ![The list of refunds in your account](refunds.png)

Effect: the page is left out of the sites named until it is mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB308"
NAME = "narrower-asset"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
