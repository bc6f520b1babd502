"""Use case: look once more at the sites as they stand, byte by byte: no leak, no dead link, no request to another host."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from kbgen.app.counterfactual import NO_TEMPLATES, excuse
from kbgen.app.gate import gate, site_canaries, theme_pages
from kbgen.app.project import Begin, Gathered, Project, gather, silent
from kbgen.checks.run import run
from kbgen.model.finding import Finding, Problem
from kbgen.model.ports import Rule
from kbgen.sites.read import read_site


def verify(
    project: Project,
    rules: Sequence[Rule],
    words: Mapping[str, Mapping[str, str]],
    today: datetime.date,
    jobs: int = 1,
    begin: Begin = silent,
    theme: Mapping[str, bytes] = NO_TEMPLATES,
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Verify every site that stands in ``site/``. ``theme``: the theme's templates by path.

    Returns:
        The findings of the built site (9xx), and the names of the sites that were looked at.
    """
    gathered = gather(project, today, jobs, begin)
    begin("verifying")
    texts = [text for each in words.values() for text in each.values()]
    built: dict[str, dict[str, bytes]] = {}
    leaks: list[Problem] = []
    for name in gathered.settings.sites:
        folder = project.sites / name
        if not folder.is_dir():
            continue
        built[name] = read_site(folder)
        forbidden = site_canaries(gathered, name, texts, _standing_in(gathered, name))
        excused = excuse(gathered, name, words, forbidden, theme_pages(built[name]), theme)
        leaks.extend(gate(name, built[name], forbidden, gathered.corpus, excused, None))
    corpus = dataclasses.replace(gathered.corpus, problems=(*gathered.corpus.problems, *leaks))
    facts = dataclasses.replace(gathered.facts(built), corpus=corpus)
    return run([rule for rule in rules if rule.CODE.startswith("KB9")], facts), tuple(built)


def _standing_in(gathered: Gathered, site: str) -> frozenset[str]:
    """The addresses at which pages may say that an article is being corrected."""
    plans = (plan for plan in gathered.projection.plans if plan.edition.site == site)
    return frozenset(plan.edition.prefix + address for plan in plans for address in plan.withheld) & gathered.live[site]
