"""The riskiest runbook that was not drilled for longest comes first."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "audiences"))

from hypothesis import given
from hypothesis import strategies as st
from made_articles import article

from kbgen.freshness.drills import NEVER, ranking

TODAY = datetime.date(2026, 11, 22)


def runbook(name: str, severity: str | None = None, days: int | None = None, path: str = "en", **more: str) -> object:
    drilled = None if days is None else TODAY - datetime.timedelta(days=days)
    return article(f"{path}/team/{name}.md", type="runbook", severity=severity, last_drilled=drilled, id=name, **more)


def order(*articles: object) -> list[tuple[str, int]]:
    return [(drill.article.id, drill.risk) for drill in ranking(articles, "en", TODAY)]  # type: ignore[arg-type]


def test_severity_times_days() -> None:
    runbooks = (runbook("low", "low", 200), runbook("high", "high", 100), runbook("medium", "medium", 120), runbook("none", None, 90))
    assert order(*runbooks) == [("high", 300), ("medium", 240), ("low", 200), ("none", 90)]


def test_never_drilled_counts_two_years() -> None:
    assert order(runbook("old", "low", 729), runbook("never", "low")) == [("never", NEVER), ("old", 729)]


def test_a_drill_in_the_future_counts_as_one_of_today() -> None:
    assert order(runbook("planned", "high", -30), runbook("yesterday", "low", 1)) == [("yesterday", 1), ("planned", 0)]


def test_each_runbook_once_and_nothing_else() -> None:
    twin = runbook("page", "high", 10, "ru")
    assert order(runbook("page", "high", 10), twin, article("en/team/rule.md", type="rule")) == [("page", 30)]
    assert order(runbook("only", "high", 10, "ru", original="ru")) == [("only", 30)]


@given(st.lists(st.tuples(st.sampled_from([None, "low", "medium", "high"]), st.none() | st.integers(0, 4000)), max_size=8))
def test_whoever_was_drilled_today_comes_last(cases: list[tuple[str | None, int | None]]) -> None:
    others = [runbook(f"r{number}", severity, days) for number, (severity, days) in enumerate(cases)]
    found = order(*others, runbook("today", "high", 0))
    assert found[-1][1] == 0
    assert [risk for _, risk in found] == sorted((risk for _, risk in found), reverse=True)
