"""Part of the use case escalate: what the answer is made from, and what is wrong with it.

Who is called at night acts on the answer, so a fault in the data must not look like something that was never promised.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from kbgen.app.project import Begin, Project, gather
from kbgen.checks.run import run
from kbgen.config.data import load_data
from kbgen.config.load import load_settings
from kbgen.content.corpus import first_folders
from kbgen.content.discover import discover
from kbgen.model.article import Corpus
from kbgen.model.data import FILES, Data
from kbgen.model.finding import Finding, Problem, Severity
from kbgen.model.plan import Projection
from kbgen.model.ports import Facts, Rule
from kbgen.model.settings import Settings

_NEEDED = ("teams", "severities", "plans", "channels", "sla", "tiers")
"""Fields of the data that a ladder is made from; a fault in another file changes no answer."""


@dataclass(frozen=True, slots=True)
class Source:
    """Settings, data, and the articles, which are read only where ``corpus`` is needed; ``problems`` are those of the data."""

    settings: Settings
    data: Data
    corpus: Corpus
    problems: tuple[Problem, ...]

    def of(self, *fields: str) -> tuple[Problem, ...]:
        """The problems of some fields' files."""
        paths = {f"{self.settings.content_dir}/_data/{FILES[field]}" for field in fields}
        return tuple(problem for problem in self.problems if problem.place.path in paths)


def read(project: Project, day: datetime.date, jobs: int, begin: Begin, *, articles: bool) -> Source:
    """Read the data, and the articles where they are needed."""
    if articles:
        gathered = gather(project, day, jobs, begin)
        return Source(gathered.settings, gathered.data, gathered.corpus, gathered.corpus.problems)
    begin("reading")
    settings = load_settings(project.root / "mkdocs.yml")
    data, problems = load_data(project.root, settings, first_folders(discover(project.root, settings), settings))
    return Source(settings, data, Corpus((), (), {}), problems)


def findings(source: Source, rules: Sequence[Rule], day: datetime.date) -> tuple[Finding, ...]:
    """What is wrong with the data that a ladder is made from, as ``kbgen check`` would say it."""
    told = source.of(*_NEEDED)
    if not told:
        return ()
    alone = Corpus((), (), {}, told)
    facts = Facts(source.settings, source.data, alone, Projection((), ()), (), {}, day)
    codes, same = {problem.code for problem in told}, {(problem.code, problem.place, problem.message) for problem in told}
    found = run([rule for rule in rules if rule.CODE in codes], facts)
    return tuple(finding for finding in found if (finding.code, finding.place, finding.message) in same)


def faulty(source: Source, found: Sequence[Finding]) -> frozenset[str]:
    """The fields whose files hold an error: what is not in them may have been meant to be."""
    errors = {finding.place.path for finding in found if finding.severity is Severity.ERROR}
    return frozenset(field for field in _NEEDED if any(problem.place.path in errors for problem in source.of(field)))
