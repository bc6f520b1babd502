"""Use case: say everything that is wrong with the content, and change nothing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from kbgen.app.project import Begin, Gathered, Project, gather, silent
from kbgen.checks.run import run
from kbgen.model.finding import Finding
from kbgen.model.ports import Rule


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and what it was found in."""

    gathered: Gathered
    findings: tuple[Finding, ...]


def check(project: Project, rules: Sequence[Rule], today: datetime.date, jobs: int = 1, begin: Begin = silent) -> Checked:
    """Read the project and run all rules over it."""
    gathered = gather(project, today, jobs, begin)
    begin("checking")
    return Checked(gathered, run(rules, gathered.facts()))
