"""Use case: say everything that is wrong with the content, and change nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kbgen.app.project import Begin, Gathered, Project, gather, silent
from kbgen.app.searches import EditionSearches, Indexes
from kbgen.checks.run import run
from kbgen.model.finding import Finding
from kbgen.model.ports import Rule

Words = Callable[[str], Mapping[str, str]]


def _no_words(language: str) -> Mapping[str, str]:  # noqa: ARG001 - as whoever has no theme at hand answers
    return {}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and what it was found in."""

    gathered: Gathered
    findings: tuple[Finding, ...]


def check(
    project: Project,
    rules: Sequence[Rule],
    today: datetime.date,
    jobs: int = 1,
    begin: Begin = silent,
    words: Words = _no_words,
) -> Checked:
    """Read the project and run all rules over it. ``words`` says the theme's in a language, for the pages that are made from data."""
    gathered = gather(project, today, jobs, begin)
    begin("checking")
    indexes = Indexes(project, gathered, {language: words(language) for language in gathered.settings.languages})
    findings = run(rules, gathered.facts(searches=EditionSearches(project, gathered.settings, indexes)))
    indexes.remember()
    return Checked(gathered, findings)
