"""How fresh each article is on a given day.

The interval of an article is its own ``review_every``, else its type's, else the general one of the settings. It ends on the *due day*,
``last_reviewed`` plus the interval. The edges, with ``due_within`` days:

==========================================  ==============
today                                       state
==========================================  ==============
earlier than ``due_within`` before due day  fresh
from then on, up to the due day itself      due
the day after the due day, and later        overdue
(no ``last_reviewed``)                      never reviewed
==========================================  ==============

A review in the future proves nothing yet: it counts as if it were today's. As time goes by, an article that nobody touches never
becomes fresher.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbgen.model.article import Article
from kbgen.model.meta import interval_days
from kbgen.model.review import Staleness, State
from kbgen.model.settings import Settings

Counts = Mapping[State, int]
"""Number of articles by state; every state has a number."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Numbers of articles: all of them, by owner and by product area; the keys are sorted, an article without an owner is under ``""``."""

    by_state: Counts
    by_owner: Mapping[str, Counts]
    by_area: Mapping[str, Counts]


def assess(articles: Sequence[Article], settings: Settings, today: datetime.date) -> tuple[Staleness, ...]:
    """The staleness of each article on that day, in the order given."""
    return tuple(_assess(article, settings, today) for article in articles)


def resting(articles: Iterable[Article], today: datetime.date) -> frozenset[str]:
    """Source paths of the articles whose ``publish_at`` has not come yet, or whose ``expires`` has: on that day they are gone."""
    return frozenset(
        article.source.path
        for article in articles
        if (article.meta.publish_at and today < article.meta.publish_at) or (article.meta.expires and today >= article.meta.expires)
    )


def summarise(staleness: Iterable[Staleness]) -> Summary:
    """Count articles by state, by owner and by product area."""
    items = tuple(staleness)
    return Summary(
        by_state=_counts(item.state for item in items),
        by_owner=_grouped((item.article.meta.owner, item.state) for item in items),
        by_area=_grouped((item.article.meta.product_area, item.state) for item in items),
    )


def _assess(article: Article, settings: Settings, today: datetime.date) -> Staleness:
    reviewed = article.meta.last_reviewed
    if reviewed is None:
        return Staleness(article, State.NEVER, None, ("it has no last_reviewed: nobody has said yet that it is true",))
    days, source = _interval(article, settings)
    rule = f"it has to be reviewed every {_days(days)} ({source})"
    if reviewed > today:
        due = _after(today, days)
        first = f"last_reviewed is {reviewed.isoformat()}, in the future; it counts as today"
    else:
        due = _after(reviewed, days)
        first = f"it was last reviewed on {reviewed.isoformat()}"
    left = (due - today).days
    if left < 0:
        return Staleness(article, State.OVERDUE, due, (first, rule, f"the review was due on {due.isoformat()}, {_days(-left)} ago"))
    if left <= settings.review.due_within:
        when = "today" if left == 0 else f"in {_days(left)}, on {due.isoformat()}"
        return Staleness(article, State.DUE, due, (first, rule, f"the review is due {when}"))
    return Staleness(article, State.FRESH, due, (first, rule))


def _interval(article: Article, settings: Settings) -> tuple[int, str]:
    """Days between reviews, and where that is set. A value that is no interval is passed over: the door has complained of it."""
    review = settings.review
    candidates = (
        (article.meta.review_every, "review_every in the article"),
        (review.by_type.get(article.meta.type), f"the settings for type {article.meta.type}"),
    )
    for text, source in candidates:
        if text:
            try:
                return interval_days(text), source
            except ValueError:
                continue
    return interval_days(review.every), "the settings for all articles"


def _after(day: datetime.date, days: int) -> datetime.date:
    """The day that many days later; the last day there is where the calendar ends before."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return datetime.date.max


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _counts(states: Iterable[State]) -> Counts:
    counts = dict.fromkeys(State, 0)
    for state in states:
        counts[state] += 1
    return counts


def _grouped(pairs: Iterable[tuple[str, State]]) -> Mapping[str, Counts]:
    groups: dict[str, list[State]] = {}
    for name, state in pairs:
        groups.setdefault(name, []).append(state)
    return {name: _counts(groups[name]) for name in sorted(groups)}
