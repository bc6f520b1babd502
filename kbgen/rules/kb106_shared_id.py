"""Two articles of one language have the same id.

The id is an article's permanent name: translations find their original by it, and so do links that shall survive a move. Within one
language it has to be unique. The usual cause is a file that was copied as a start for a new one.

To mend it, give the newer article an id of its own, or take the key away.

Bad::

    content/en/billing/refund.md        id: KB-7Q4M
    content/en/billing/chargeback.md    id: KB-7Q4M

Good::

    content/en/billing/refund.md        id: KB-7Q4M
    content/en/billing/chargeback.md    id: KB-2HXD

Effect: the finding is reported; both articles go out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB106"
NAME = "shared-id"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
