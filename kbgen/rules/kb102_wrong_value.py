"""A key of the front matter has a value of the wrong kind, or there is no title.

Every key takes a certain kind of value: a text, a day written YYYY-MM-DD, a list, one of a few words. A value that does not fit is
not used. ``title`` is the one key that no article can do without: lists, search and the page itself show it.

To mend it, write the value as the finding says. A text that looks like something else (a number, yes or no, a date) needs
quotation marks.

Bad::

    ---
    title: 2026
    audience: public
    review_every: every half a year
    ---

Good::

    ---
    title: "2026"
    audience: public
    review_every: 6m
    ---

Effect: the finding is reported; the article goes out without that value.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB102"
NAME = "wrong-value"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
