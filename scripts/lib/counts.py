"""Prints the closing line of scripts/test, ``tests: N passed, N failed``, from pytest's JUnit file.

    counts.py JUNIT_FILE OTHERS_FAILED     OTHERS_FAILED is 1 where any check failed

Where pytest left no readable file it could not run; that is one failure. A failed check that is no test (format, lint, types, floors)
is one failure too where no test failed, so that the line never says 0 failed on a run that ends with an error.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def counted(junit: Path) -> tuple[int, int, int]:
    """Tests passed, failed (errors among them) and skipped."""
    try:
        suites = ElementTree.parse(junit).getroot().iter("testsuite")
    except (ElementTree.ParseError, OSError):
        return 0, 1, 0
    numbers = [[int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")] for suite in suites]
    tests, failures, errors, skipped = (sum(column) for column in zip(*numbers, strict=True)) if numbers else (0, 0, 0, 0)
    return max(tests - failures - errors - skipped, 0), failures + errors, skipped


def closing_line(junit: Path, *, others_failed: bool) -> str:
    """The line itself."""
    passed, failed, skipped = counted(junit)
    if others_failed and not failed:
        failed = 1
    return f"tests: {passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")


if __name__ == "__main__":
    print(closing_line(Path(sys.argv[1]), others_failed=sys.argv[2] == "1"))
