"""Which runbook to drill next: the riskiest one that was not drilled for longest.

A runbook's risk is its severity's weight (high 3, medium 2, low and none 1) times the days since it was last drilled. One that never was
counts as not drilled for :data:`NEVER` days, so that a new runbook for the worst case comes before everything else.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from kbgen.model.article import Article

NEVER = 730
"""Days that count for a runbook that was never drilled."""
_WEIGHTS = {"high": 3, "medium": 2, "low": 1}


@dataclass(frozen=True, slots=True)
class Drill:
    """A runbook to drill: ``days`` since it was last drilled (None: never), ``risk`` as above."""

    article: Article
    days: int | None
    risk: int


def ranking(articles: Iterable[Article], default_language: str, today: datetime.date) -> tuple[Drill, ...]:
    """All runbooks, the one to drill next first; each once, in its original's language."""
    drills = [
        _drill(article, today)
        for article in articles
        if article.meta.type == "runbook" and article.language == (article.meta.original or default_language)
    ]
    return tuple(sorted(drills, key=lambda drill: (-drill.risk, drill.article.source.path)))


def _drill(article: Article, today: datetime.date) -> Drill:
    last = article.meta.last_drilled
    # A drill in the future has not taken place: it counts as one of today.
    days = None if last is None else max(0, (today - last).days)
    return Drill(article, days, _WEIGHTS.get(article.meta.severity or "", 1) * (NEVER if days is None else days))
