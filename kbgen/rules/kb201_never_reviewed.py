"""An article was never reviewed.

The front matter has no ``last_reviewed``: nobody has said that somebody checked the article and found it true. An unchecked
instruction can cost a customer more than none, so its author says so on the day it is written.

To mend it, follow the article once, correct what is wrong, and write the day of today into ``last_reviewed``, as YYYY-MM-DD. Where many
articles come from another system, ``review: {unreviewed: warning}`` in the settings makes this a warning until they are through.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    last_reviewed: 2026-10-01
    ---

Effect: the finding is reported; the article goes out, the wiki says on the page that it was never reviewed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Place, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.model.review import State

CODE = "KB201"
NAME = "never-reviewed"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    for entry in facts.staleness:
        if entry.state is State.NEVER:
            place = Place(entry.article.source.path)
            yield Problem(
                CODE, place, "the article was never reviewed", "check that it is true, then write the day: last_reviewed: YYYY-MM-DD"
            )
