"""An article was reviewed on a day that is yet to come.

``last_reviewed`` is later than today. Nobody can have checked the article on that day; with such a date it would look fresh for longer
than it is. Usually the year is mistyped, or the day and the month are exchanged.

To mend it, write the day on which somebody really checked the article, as YYYY-MM-DD.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    last_reviewed: 2062-10-01
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    last_reviewed: 2026-10-01
    ---

Effect: the finding is reported; the article goes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.freshness.assess import assess
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.place import key_place

CODE = "KB203"
NAME = "reviewed-in-the-future"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for entry in facts.staleness:
        reviewed = entry.article.meta.last_reviewed
        # A review in the future counts as one of today, so its interval ends earlier than on the day of the review it would.
        if reviewed and entry.due != assess((entry.article,), facts.settings, reviewed)[0].due:
            place = key_place(entry.article, "last_reviewed", facts.settings)
            yield Problem(
                CODE, place, f"the article was reviewed on {reviewed.isoformat()}, which is yet to come", "write the day on which it was"
            )
