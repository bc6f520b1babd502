"""An article lies under an address that kbgen needs itself.

The first part of an address may not be a code of a language, ``assets``, ``search``, ``templates``, ``a``, ``r``, ``desk``, ``tags``,
``404`` or ``sitemap``: there the site keeps its own files and pages or its other languages, and the article would overwrite them.
``contact`` is taken on the sites that have a contact page: those that see a channel of ``_data/channels.yml``.

To mend it, rename the folder or the file.

Bad::

    content/en/search/filters.md

Good::

    content/en/reports/search-filters.md

Effect: the article is left out of every site until it is renamed; for ``contact``, of the sites that have a contact page.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB505"
NAME = "reserved-address"
SEVERITY = Severity.ERROR
EFFECT = Effect.WITHHOLD


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
