"""Findings as text and as JSON."""

import json
import re

import pytest

from kbgen.model.finding import Effect, Finding, Place, Severity
from kbgen.reports.findings_json import findings_json
from kbgen.reports.findings_text import counts_line, findings_text

NAMES = {"KB301": "narrower-link", "KB502": "heading-levels", "KB001": "encoding", "KB501": "same-address", "KB504": "left-out"}


def test_text(findings, golden):
    golden("findings.txt", findings_text(findings))


def test_text_in_colour_says_the_same(findings, golden):
    coloured = findings_text(findings, colour=True)
    golden("findings-colour.txt", coloured)
    assert coloured != findings_text(findings)
    assert re.sub(r"\x1b\[\d+m", "", coloured) == findings_text(findings)


def test_nothing_from_outside_reaches_the_terminal_raw(findings):
    text = findings_text(findings)
    assert all(character.isprintable() or character == "\n" for character in text)
    assert "content/ru/\\x1b[2J\\u202e\\udcff.doc:1:1: KB504 info: left\\x0aout" in text
    text.encode("utf-8")


def test_no_findings():
    assert findings_text(()) == "no findings\n"


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ([Severity.ERROR], "1 error in 1 file"),
        ([Severity.WARNING] * 2, "2 warnings in 2 files"),
        ([Severity.INFO, Severity.ERROR, Severity.ERROR, Severity.ERROR, Severity.WARNING], "3 errors, 1 warning, 1 note in 5 files"),
        ([Severity.INFO] * 1200, "1,200 notes in 1,200 files"),
    ],
)
def test_counts(severities, expected):
    findings = [Finding("KB402", severity, Effect.REPORT, Place(f"{n}.md"), "", "") for n, severity in enumerate(severities)]
    assert counts_line(findings) == expected


def test_files_are_counted_once():
    findings = [Finding("KB402", Severity.ERROR, Effect.REPORT, Place("a.md", line), "", "") for line in (1, 2)]
    assert counts_line(findings) == "2 errors in 1 file"


def test_json(findings, golden):
    golden("findings.json", findings_json(findings, NAMES))


def test_json_can_be_read_back(findings):
    text = findings_json(findings, NAMES)
    document = json.loads(text.encode("utf-8"))
    assert document["version"] == 1
    assert [entry["path"] for entry in document["findings"]] == [finding.place.path for finding in findings]
    assert document["counts"] == {"error": 3, "warning": 1, "info": 1, "withheld": 2, "refused": 1, "files": 3}


def test_json_of_nothing():
    assert json.loads(findings_json((), {}))["findings"] == []
