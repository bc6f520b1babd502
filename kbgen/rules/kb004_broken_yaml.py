"""The front matter is not the plain YAML that kbgen reads.

The header has an error of syntax, names a key twice, uses merge keys, anchors, aliases or tags, or holds a date that does not exist.
Programs read such a header each in their own way, so kbgen reads none of it: the one meaning that matters, who may see the article,
has to be certain.

To mend it, go to the line of the finding. The usual causes are a colon inside a text without quotation marks, a tab, a quotation
mark that is not closed, and a key that was pasted twice.

Bad::

    ---
    title: Refunds: how they work
    audience: internal
    audience: public
    ---

Good::

    ---
    title: "Refunds: how they work"
    audience: public
    ---

Effect: the article is left out of every site until its header can be read.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB004"
NAME = "broken-yaml"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
