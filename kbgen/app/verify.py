"""Use case: look once more at the sites as they stand, byte by byte: no leak, no dead link, no request to another host."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from kbgen.app.gate import gate, site_canaries
from kbgen.app.project import Begin, Project, gather, silent
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
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Verify every site that stands in ``site/``.

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
        # Everything that stood here and is not an article's address now may only be a stand-in, which holds no text.
        forbidden = site_canaries(gathered, name, texts, gathered.live[name])
        leaks.extend(gate(name, built[name], forbidden, None))
    corpus = dataclasses.replace(gathered.corpus, problems=(*gathered.corpus.problems, *leaks))
    facts = dataclasses.replace(gathered.facts(built), corpus=corpus)
    return run([rule for rule in rules if rule.CODE.startswith("KB9")], facts), tuple(built)
