"""The table of cases: who, by which way, until when, then whom."""

from __future__ import annotations

from typing import Any

import pytest
from escalation_cases import cases, data, expected, in_python, short

from kbgen.escalation import tables

CASES = cases()
DATA = data()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert short(in_python(DATA, case["request"])) == expected(case)


def test_the_table_is_wide_enough() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)
    requests = [case["request"] for case in CASES]
    assert {request["severity"] for request in requests} == {"low", "medium", "high"}
    assert {request.get("kind", "question") for request in requests} == set(tables(DATA, "en", "en")["kinds"])
    kinds = {note.partition(":")[0] for case in CASES for note in case["notes"]}
    assert {"exit", "no-exit", "loop", "nobody", "no-hours", "unknown-target", "not-written", "no-sla"} <= kinds
