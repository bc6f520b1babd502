"""A team that nobody reaches is still named.

In ``content/_data/teams.yml`` the team is inactive, or all of its contacts are. A product area, an article, a release or another entry of
the data sends people to it all the same. For teams of the escalation ladder there is KB706.

To mend it, name the team that took over, or set the team or one of its contacts active again.

Bad::

    # teams.yml
    - id: old-crew
      name: {en: Old crew}
      active: false

    # areas.yml
    - id: billing
      name: {en: Billing}
      owner: old-crew

Good::

    # areas.yml
    - id: billing
      name: {en: Billing}
      owner: accounting

Effect: the finding is reported; the sites are built.
"""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model.article import Article
from kbgen.model.finding import Effect, Problem, Severity
from kbgen.model.ports import Facts
from kbgen.rules.place import key_place

CODE = "KB108"
NAME = "nobody-there"
SEVERITY = Severity.WARNING
EFFECT = Effect.REPORT


def check(facts: Facts) -> Iterator[Problem]:
    yield from facts.problems(CODE)
    for article in facts.corpus.articles:
        meta = article.meta
        area = facts.data.area(meta.product_area)
        # Where the area's team owns the article, the area is told of, once.
        if area is None or meta.owner != area.owner:
            yield from _problem(facts, article, "owner", meta.owner)
        yield from _problem(facts, article, "escalates_to", meta.escalates_to or "")


def _problem(facts: Facts, article: Article, key: str, named: str) -> Iterator[Problem]:
    team = facts.data.team(named)
    place = key_place(article, key, facts.settings)
    # A translation takes these keys from its original: the place is there.
    if team is not None and (why := team.out_of_reach()) and place.line > 1:
        yield Problem(CODE, place, f"{key}: the team '{named}' {why}", "name another team, or set it active again in teams.yml")
