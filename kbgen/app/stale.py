"""Use case: how fresh every article is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from kbgen.app.project import Begin, Project, gather, silent
from kbgen.freshness.assess import Summary, summarise
from kbgen.model.review import Staleness


def stale(project: Project, today: datetime.date, jobs: int = 1, begin: Begin = silent) -> tuple[Sequence[Staleness], Summary]:
    """The staleness of every readable article, and the counts."""
    gathered = gather(project, today, jobs, begin)
    return gathered.staleness, summarise(gathered.staleness)
