"""Findings of every severity and effect, and golden files."""

import os
from pathlib import Path

import pytest

from kbgen.model.finding import Effect, Finding, Place, Severity


@pytest.fixture
def findings():
    refund = "content/en/billing/refund.md"
    return (
        Finding(
            "KB301",
            Severity.ERROR,
            Effect.WITHHOLD,
            Place(refund, 7, 1),
            "links to an internal article (KB-7Q4M)",
            "link to a public article",
            ("public",),
        ),
        Finding("KB502", Severity.WARNING, Effect.REPORT, Place(refund, 9, 1), "the heading 'A' makes a second title", "start with ##"),
        Finding("KB001", Severity.ERROR, Effect.WITHHOLD, Place("content/ru/оплата.md", 1, 1), "no UTF-8", "save it as UTF-8"),
        Finding(
            "KB501", Severity.ERROR, Effect.REFUSE, Place("content/ru/оплата.md", 1, 1), "one address twice", "", ("internal", "public")
        ),
        Finding("KB504", Severity.INFO, Effect.REPORT, Place("content/ru/\x1b[2J\u202e\udcff.doc"), "left\nout", "delete it"),
    )


@pytest.fixture
def golden():
    """Compare a text with a file beside the tests; ``UPDATE_GOLDEN=1`` writes it."""

    def compare(name, text):
        path = Path(__file__).with_name(name)
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"if this is meant: UPDATE_GOLDEN=1 python -m pytest tests/unit/reports ({name})"

    return compare
