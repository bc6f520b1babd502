"""An article does not say whom it is for.

The key ``audience`` is absent, and the settings have no default for the article's folder. An article without it counts as internal:
forgetting a line must never publish anything.

To mend it, say ``audience: public`` or ``audience: internal``. For a whole tree of articles from elsewhere, set a default by
path in the settings.

Bad::

    ---
    title: How to ask for a refund
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    ---

Effect: the article is in the wiki only, until it says whom it is for.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB304"
NAME = "no-audience"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
