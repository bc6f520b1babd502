"""The review of an article is overdue.

The time within which the article has to be reviewed again has passed: the product has changed since, and the article may not be true
any more. The time comes from ``review_every`` in the article, else from its type or the default in the settings.

To mend it, follow the article once, correct what is wrong, and write the day of today into ``last_reviewed``. Don't just change the day:
readers rely on it. An article that nobody needs any more is better deleted.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    last_reviewed: 2024-03-01
    review_every: 90d
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    last_reviewed: 2026-10-01
    review_every: 90d
    ---

Effect: the finding is reported; the article goes out, the wiki says on the page that its review is overdue.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.review import State
from kbgen.rules.place import key_place

CODE = "KB202"
NAME = "overdue"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for entry in facts.staleness:
        if entry.state is State.OVERDUE:
            when = f"; it was due on {entry.due.isoformat()}" if entry.due else ""
            place = key_place(entry.article, "last_reviewed", facts.settings)
            yield Problem(
                CODE, place, f"the review of the article is overdue{when}", "check that it is true, then put today into last_reviewed"
            )
