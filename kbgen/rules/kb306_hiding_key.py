"""The front matter holds a key that hides articles in other systems.

``draft``, ``published``, ``noindex`` and ``hidden`` keep an article back elsewhere. Here they mean nothing, and an article that
its author thought hidden would be public. So it counts as internal.

To mend it, delete the key and say whom the article is for with ``audience``. For a whole tree of articles from elsewhere, map the
key to an audience in the settings.

Bad::

    ---
    title: How to ask for a refund
    audience: public
    draft: true
    ---

Good::

    plugins:
      - kbgen:
          front_matter:
            map:
              audience:
                - {when: {draft: true}, value: internal}

Effect: the article is in the wiki only, until the key is gone or mapped.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB306"
NAME = "hiding-key"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
