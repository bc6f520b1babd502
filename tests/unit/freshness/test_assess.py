"""States, due days and reasons; and that nothing becomes fresher by waiting."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kbgen.freshness.assess import assess, summarise
from kbgen.model.article import Article, Outline, Rendering, SourceFile
from kbgen.model.meta import Meta
from kbgen.model.review import State
from kbgen.model.settings import Settings

EMPTY = Rendering("", "", "", Outline())
TODAY = date(2026, 10, 1)
FRESH, DUE, OVERDUE, NEVER = State.FRESH, State.DUE, State.OVERDUE, State.NEVER


def settings(**review):
    return Settings(sites={"public": {"name": "x", "audience": "public"}}, review=review)


def article(reviewed, path="content/en/a.md", owner="support", product_area="billing", **meta):
    filled = Meta(title="A", audience="public", owner=owner, product_area=product_area, last_reviewed=reviewed, **meta)
    return Article(path, SourceFile(path, b""), "en", path, "a/", filled, 1, EMPTY, EMPTY)


def one(reviewed, today=TODAY, review=None, **meta):
    (staleness,) = assess(
        [article(reviewed, **meta)], settings(**({"every": "90d", "due_within": 30} if review is None else review)), today
    )
    return staleness


@pytest.mark.parametrize(
    ("reviewed", "today", "state", "due"),
    [
        # 90 days, due within 30: the edges
        (date(2026, 7, 3), date(2026, 8, 31), FRESH, date(2026, 10, 1)),
        (date(2026, 7, 3), date(2026, 9, 1), DUE, date(2026, 10, 1)),
        (date(2026, 7, 3), date(2026, 9, 30), DUE, date(2026, 10, 1)),
        (date(2026, 7, 3), date(2026, 10, 1), DUE, date(2026, 10, 1)),
        (date(2026, 7, 3), date(2026, 10, 2), OVERDUE, date(2026, 10, 1)),
        # reviewed today
        (date(2026, 10, 1), date(2026, 10, 1), FRESH, date(2026, 12, 30)),
        # a leap day, in the interval, as the start and as the end
        (date(2028, 1, 1), date(2028, 3, 31), DUE, date(2028, 3, 31)),
        (date(2027, 1, 1), date(2027, 4, 1), DUE, date(2027, 4, 1)),
        (date(2028, 2, 29), date(2028, 5, 30), OVERDUE, date(2028, 5, 29)),
        (date(2027, 12, 1), date(2028, 2, 29), DUE, date(2028, 2, 29)),
        # the future counts as today
        (date(2026, 10, 2), date(2026, 10, 1), FRESH, date(2026, 12, 30)),
        (date(9999, 12, 31), date(2026, 10, 1), FRESH, date(2026, 12, 30)),
        # the ends of the calendar
        (date(1, 1, 1), date(2026, 10, 1), OVERDUE, date(1, 4, 1)),
        (date(9999, 12, 1), date(9999, 12, 31), DUE, date.max),
        (None, date(2026, 10, 1), NEVER, None),
    ],
)
def test_state(reviewed, today, state, due):
    staleness = one(reviewed, today)
    assert (staleness.state, staleness.due) == (state, due)


@pytest.mark.parametrize(
    ("review", "meta", "due", "source"),
    [
        ({"every": "10d"}, {}, date(2026, 10, 11), "every 10 days (the settings for all articles)"),
        ({"every": "10d", "by_type": {"runbook": "5d"}}, {}, date(2026, 10, 11), "every 10 days (the settings for all articles)"),
        (
            {"every": "10d", "by_type": {"runbook": "5d"}},
            {"type": "runbook"},
            date(2026, 10, 6),
            "every 5 days (the settings for type runbook)",
        ),
        (
            {"every": "10d", "by_type": {"runbook": "5d"}},
            {"type": "runbook", "review_every": "1d"},
            date(2026, 10, 2),
            "every 1 day (review_every in the article)",
        ),
        ({"every": "10d"}, {"review_every": "2w"}, date(2026, 10, 15), "every 14 days (review_every in the article)"),
        ({"every": "10d"}, {"review_every": "2m"}, date(2026, 11, 30), "every 60 days"),
        ({"every": "1y"}, {}, date(2027, 10, 1), "every 365 days"),
        ({}, {}, date(2027, 3, 30), "every 180 days"),
        # a value that is no interval is passed over
        ({"every": "10d"}, {"review_every": "often"}, date(2026, 10, 11), "every 10 days (the settings for all articles)"),
    ],
)
def test_interval(review, meta, due, source):
    staleness = one(TODAY, review=review, **meta)
    assert staleness.due == due
    assert source in staleness.reasons[1]


@pytest.mark.parametrize(("days", "state"), [(0, FRESH), (1, DUE)])
def test_due_within(days, state):
    assert one(TODAY, review={"every": "1d", "due_within": days}).state is state


@pytest.mark.parametrize(
    ("reviewed", "reasons"),
    [
        (None, ("it has no last_reviewed: nobody has said yet that it is true",)),
        (TODAY, ("it was last reviewed on 2026-10-01", "it has to be reviewed every 90 days (the settings for all articles)")),
        (date(2026, 9, 30), ("it was last reviewed on 2026-09-30", "it has to be reviewed every 90 days (the settings for all articles)")),
        (
            date(2026, 7, 2),
            (
                "it was last reviewed on 2026-07-02",
                "it has to be reviewed every 90 days (the settings for all articles)",
                "the review was due on 2026-09-30, 1 day ago",
            ),
        ),
        (
            date(2026, 7, 3),
            (
                "it was last reviewed on 2026-07-03",
                "it has to be reviewed every 90 days (the settings for all articles)",
                "the review is due today",
            ),
        ),
        (
            date(2026, 7, 5),
            (
                "it was last reviewed on 2026-07-05",
                "it has to be reviewed every 90 days (the settings for all articles)",
                "the review is due in 2 days, on 2026-10-03",
            ),
        ),
        (
            date(2027, 1, 1),
            (
                "last_reviewed is 2027-01-01, in the future; it counts as today",
                "it has to be reviewed every 90 days (the settings for all articles)",
            ),
        ),
    ],
)
def test_reasons(reviewed, reasons):
    assert one(reviewed).reasons == reasons


_RANK = {FRESH: 0, DUE: 1, OVERDUE: 2, NEVER: 3}
_DAY = st.dates(date(1990, 1, 1), date(2090, 1, 1)) | st.dates()


@given(
    reviewed=st.none() | _DAY,
    today=_DAY,
    later=st.integers(0, 3000),
    every=st.integers(1, 9999),
    unit=st.sampled_from("dwmy"),
    due_within=st.integers(0, 500),
)
@example(reviewed=date(2026, 10, 5), today=date(2026, 10, 1), later=5, every=3, unit="d", due_within=3)
def test_nothing_becomes_fresher_by_waiting(reviewed, today, later, every, unit, due_within):
    review = {"every": f"{every}{unit}", "due_within": due_within}
    then = today + timedelta(days=min(later, (date.max - today).days))
    before, after = one(reviewed, today, review), one(reviewed, then, review)
    assert _RANK[before.state] <= _RANK[after.state]
    assert (before.due is None) == (reviewed is None)


@given(st.lists(st.none() | _DAY, max_size=8))
def test_order_and_counts(days):
    articles = [article(day, owner="ba"[n % 2], product_area="xyz"[n % 3]) for n, day in enumerate(days)]
    staleness = assess(articles, settings(), TODAY)
    assert [item.article for item in staleness] == articles
    summary = summarise(staleness)
    assert sum(summary.by_state.values()) == len(days)
    for groups in (summary.by_owner, summary.by_area):
        assert list(groups) == sorted(groups)
        for state in State:
            assert sum(counts[state] for counts in groups.values()) == summary.by_state[state]
    assert summary == summarise(reversed(staleness))


def test_summary():
    articles = [article(None), article(TODAY, owner=""), article(date(2020, 1, 1), product_area="setup")]
    summary = summarise(assess(articles, settings(), TODAY))
    assert summary.by_state == {FRESH: 1, DUE: 0, OVERDUE: 1, NEVER: 1}
    assert summary.by_owner == {"": {FRESH: 1, DUE: 0, OVERDUE: 0, NEVER: 0}, "support": {FRESH: 0, DUE: 0, OVERDUE: 1, NEVER: 1}}
    assert summary.by_area == {
        "billing": {FRESH: 1, DUE: 0, OVERDUE: 0, NEVER: 1},
        "setup": {FRESH: 0, DUE: 0, OVERDUE: 1, NEVER: 0},
    }
