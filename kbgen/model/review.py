"""How fresh an article is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from kbgen.model.article import Article


class State(StrEnum):
    """``due``: its interval ends within the days of the settings; ``overdue``: it has ended; ``never``: nobody ever reviewed it."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"
    NEVER = "never reviewed"


@dataclass(frozen=True, slots=True)
class Staleness:
    """An article, its state, the day its interval ends (None: never reviewed), and why."""

    article: Article
    state: State
    due: datetime.date | None
    reasons: tuple[str, ...]
