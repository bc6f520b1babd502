"""The review of an article is due soon.

The time within which the article has to be reviewed again ends within the days that the settings name (``review: {due_within: 30}``).
This is a reminder: nothing is wrong yet.

To mend it, follow the article once, correct what is wrong, and write the day of today into ``last_reviewed``.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    last_reviewed: 2026-06-01
    review_every: 180d
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    last_reviewed: 2026-10-01
    review_every: 180d
    ---

Effect: the finding is reported; the article goes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.review import State
from kbgen.rules.place import key_place

CODE = "KB204"
NAME = "due-soon"
SEVERITY = Severity.INFO
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for entry in facts.staleness:
        if entry.state is State.DUE:
            until = f" on {entry.due.isoformat()}" if entry.due else " soon"
            place = key_place(entry.article, "last_reviewed", facts.settings)
            yield Problem(
                CODE, place, f"the review of the article is due{until}", "check that it is true, then put today into last_reviewed"
            )
