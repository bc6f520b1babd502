"""The front matter is not a list of keys and values.

The header has to be made of lines ``key: value``. Here it is valid YAML, but something else: a list, a single text, or nothing at
all. There is no key in it that could say who may read the article.

To mend it, write each piece of the header as ``key: value``, with a space after the colon.

Bad::

    ---
    - title: How to ask for a refund
    - audience: public
    ---

Good::

    ---
    title: How to ask for a refund
    audience: public
    ---

Effect: the article is left out of every site until its header is mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB005"
NAME = "front-matter-not-a-mapping"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
