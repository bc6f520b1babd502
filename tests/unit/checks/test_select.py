"""Picking findings by code."""

import pytest

from kbgen.checks.select import select, unknown
from kbgen.model.finding import Effect, Finding, Place, Severity

FINDINGS = tuple(Finding(code, Severity.ERROR, Effect.REPORT, Place("a.md"), "", "") for code in ("KB101", "KB301", "KB302", "KB401"))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], ["KB101", "KB301", "KB302", "KB401"]),
        (["KB301"], ["KB301"]),
        (["kb3"], ["KB301", "KB302"]),
        (["KB4", " KB101"], ["KB101", "KB401"]),
        (["KB9"], []),
    ],
)
def test_select(codes, expected):
    assert [finding.code for finding in select(FINDINGS, codes)] == expected


def test_unknown_codes_are_named():
    assert unknown(["KB301", "kb3", "KB31", "", "301"], ["KB301", "KB302"]) == ("KB31", "", "301")
