"""A file of ``content/_data`` is wrong.

The files there declare product areas, teams, and how support works: priorities, plans, channels, promises, the escalation ladder,
releases, alerts, trackers, and synonyms for search. One of them is not valid YAML, has a key that kbgen does not know, a value of the
wrong kind, an unknown time zone or language, or an id twice; what is wrong is not used. An entry with an unknown audience is for the
narrowest one.

Two areas cannot have one folder: it is the area's whose id it is, else the first one's. Areas have no audience, so look twice where one is
added in front of others with a ``folder:`` that is the id of neither: it takes the folder on every site.

To mend it, correct the file at the place of the finding. Ids are made of small letters, digits and hyphens; names are given for
each language.

Bad::

    - id: Billing
      title: Billing

Good::

    - id: billing
      name: {en: Billing, ru: Оплата}
      owner: accounting

Effect: the finding is reported; the sites are built with the entries that are right.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts

CODE = "KB105"
NAME = "data-file"
SEVERITY = Severity.ERROR
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
