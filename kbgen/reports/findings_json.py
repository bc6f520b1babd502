"""Findings for programs: one JSON document whose form only ever grows.

::

    {
      "version": 1,
      "findings": [
        {
          "code": "KB301",
          "name": "narrower-link",
          "severity": "error",           error, warning or info
          "effect": "withhold",          report, withhold or refuse
          "path": "content/en/billing/refund.md",      from the project's root, with /
          "line": 7,                     from 1
          "column": 1,                   from 1
          "message": "links to an internal article (KB-7Q4M)",
          "hint": "link to a public article, or put the sentence into an internal block",
          "sites": ["public"]            the sites concerned; empty: every site
        }
      ],
      "counts": {"error": 1, "warning": 0, "info": 0, "withheld": 1, "refused": 0, "files": 1}
    }

Findings are in the order of the text: by path, line, column, code. A new version number means that something was renamed or removed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kbgen.model.finding import Effect, Finding, Severity

VERSION = 1
_SURROGATE = re.compile("[\ud800-\udfff]")


def findings_json(findings: Sequence[Finding], names: Mapping[str, str]) -> str:
    """All findings as one JSON document, indented, ending in a newline. ``names`` are the rules' names by code."""
    document = {
        "version": VERSION,
        "findings": [_as_mapping(finding, names.get(finding.code, "")) for finding in findings],
        "counts": _counts(findings),
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    # A file name that is no UTF-8 arrives as lone surrogates, which cannot be printed.
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _as_mapping(finding: Finding, name: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": name,
        "severity": str(finding.severity),
        "effect": str(finding.effect),
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "hint": finding.hint,
        "sites": list(finding.sites),
    }


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    by_severity = {str(severity): sum(finding.severity is severity for finding in findings) for severity in Severity}
    return {
        **by_severity,
        "withheld": sum(finding.effect is Effect.WITHHOLD for finding in findings),
        "refused": sum(finding.effect is Effect.REFUSE for finding in findings),
        "files": len({finding.place.path for finding in findings}),
    }
