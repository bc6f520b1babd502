"""A link leads to an article that does not exist.

The file named in the link is not there: it was moved, renamed or deleted, or the path is misspelt. A path counts from the folder of
the article that holds the link.

To mend it, correct the path, or take the link away.

Bad::

    Then see [how invoices work](invoces.md).

Good::

    Then see [how invoices work](invoices.md).

Effect: the wiki shows the page, with the text of the link but without the link. The sites for wider circles leave the page out: there
a link to a deleted article and a link to an internal one (KB301) have to look alike, or the public site would tell which internal
articles exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB401"
NAME = "dead-link"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
