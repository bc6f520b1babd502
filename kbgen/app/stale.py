"""Use case: how fresh every article is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from kbgen.app.project import Project, gather
from kbgen.freshness.assess import Summary, summarise
from kbgen.model.review import Staleness


def stale(project: Project, today: datetime.date, jobs: int = 1) -> tuple[Sequence[Staleness], Summary]:
    """The staleness of every readable article, and the counts."""
    gathered = gather(project, today, jobs)
    return gathered.staleness, summarise(gathered.staleness)
