"""Which files sites should show and do not, for whoever hands over a part of the base: what is missing there has to be said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbgen.app.project import Gathered
from kbgen.checks.run import run
from kbgen.model.article import Article, Unreadable
from kbgen.model.finding import Effect, Finding
from kbgen.model.ports import Rule


@dataclass(frozen=True, slots=True)
class Missing:
    """A file that is left out of a site, and the first finding that says why; None where the fault is in another file."""

    path: str
    finding: Finding | None


def missing(gathered: Gathered, rules: Iterable[Rule], sites: Sequence[str]) -> tuple[Missing, ...]:
    """The files left out of any of these sites, by path."""
    plans = [plan for plan in gathered.projection.plans if plan.edition.site in sites]
    withheld = {(plan.edition.language, address) for plan in plans for address in plan.withheld}
    items: tuple[Article | Unreadable, ...] = (*gathered.corpus.articles, *gathered.corpus.unreadable)
    paths = sorted(item.source.path for item in items if (item.language, item.address) in withheld)
    if not paths:
        return ()
    why: dict[str, Finding] = {}
    for finding in run([rule for rule in rules if rule.EFFECT is Effect.WITHHOLD], gathered.facts()):
        if finding.effect is Effect.WITHHOLD and (not finding.sites or not set(sites).isdisjoint(finding.sites)):
            why.setdefault(finding.place.path, finding)
    return tuple(Missing(path, why.get(path)) for path in paths)


def missing_inside(gathered: Gathered, rules: Iterable[Rule]) -> tuple[Missing, ...]:
    """The files left out of the sites for the narrowest audience, which should hold every one."""
    return missing(gathered, rules, [name for name in gathered.settings.sites if gathered.settings.is_narrowest(name)])
