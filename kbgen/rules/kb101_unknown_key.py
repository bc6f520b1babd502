"""The front matter has a key that kbgen does not know.

Most often it is a known key, misspelt, and then what was written under it has no effect: ``last_reveiwed`` leaves an article
unreviewed. The finding names the known key that is nearest.

To mend it, correct the key or delete it. Where the articles come from another system and its keys shall stay, say in the settings
what they mean (``front_matter: map``) or that they mean nothing here (``front_matter: ignore``).

Bad::

    ---
    title: How to ask for a refund
    audience: public
    sumary: When and how money comes back.
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    summary: When and how money comes back.
    ---

Effect: the finding is reported; the article goes out without that key.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB101"
NAME = "unknown-key"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
