"""What has to be rendered anew: one site, five cases."""

from __future__ import annotations

import pytest

from kbgen.incremental.plan import BuildPlan, plan_build
from kbgen.model.site_tree import Entry, Manifest

STAGED = {"index.html": "home", "billing/index.html": "area", "billing/refund/index.html": "refund"}
LIVE = Manifest("1", {path: Entry("digest", 1, 1, inputs) for path, inputs in STAGED.items()})
ALL = frozenset(STAGED)


@pytest.mark.parametrize(
    ("staged", "live", "current", "clean", "reasons", "delete"),
    [
        pytest.param(STAGED, LIVE, ALL, False, {}, (), id="nothing has changed"),
        pytest.param(
            {"index.html": "home", "billing/index.html": "area, one more", "billing/tax/index.html": "tax"},
            LIVE,
            ALL - {"index.html"},
            False,
            {"billing/index.html": "changed", "billing/tax/index.html": "new", "index.html": "touched by somebody else"},
            ("billing/refund/index.html",),
            id="something has",
        ),
        pytest.param(
            {"index.html": "home 2"},
            LIVE,
            frozenset(),
            False,
            {"index.html": "changed"},
            tuple(sorted(ALL))[:2],
            id="the first reason holds",
        ),
        pytest.param(STAGED, None, frozenset(), False, dict.fromkeys(STAGED, "first build, or no manifest"), (), id="nothing is known"),
        pytest.param(
            {"index.html": "home"},
            LIVE,
            ALL,
            True,
            {"index.html": "clean build"},
            ("billing/index.html", "billing/refund/index.html"),
            id="nothing is trusted",
        ),
    ],
)
def test_plan_build(
    staged: dict[str, str], live: Manifest | None, current: frozenset[str], clean: bool, reasons: dict[str, str], delete: tuple[str, ...]
) -> None:
    assert plan_build(staged, live, current, clean=clean) == BuildPlan(tuple(sorted(reasons)), delete, reasons)
