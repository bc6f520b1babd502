"""An article is owned by a team that does not exist.

Teams are declared in ``content/_data/teams.yml``. Every article has a team that answers for it and is asked to review it; a team
that does not exist is never asked.

To mend it, correct the name, or declare the team. Without the key ``owner`` the team of the product area owns the article.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    owner: acounting
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    owner: accounting
    ---

Effect: the finding is reported; the article goes out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB104"
NAME = "unknown-owner"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
