"""The audience of an article is not certain.

The value of ``audience`` is not one of the declared audiences (``Public``, ``customers``, ``true``, a list), or there is a key that
merely resembles it (``Audience``, ``audiance``, one with an invisible or a foreign letter). Somebody wanted to limit who reads the
article, and it is not clear how: it counts as internal.

To mend it, write ``audience:`` and one of the audiences of the settings, in small letters, by hand rather than by copying.

Bad::

    ---
    title: How to ask for a refund
    audience: Public
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    ---

Effect: the article is in the wiki only, until its audience is certain.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB305"
NAME = "odd-audience"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
