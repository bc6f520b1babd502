"""The last line of scripts/test, and that CI skips nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TESTS = """
import pytest
def test_passes(): pass
@pytest.mark.skip(reason="no browser here")
def test_marked(): pass
@pytest.mark.nightly
def test_heavy(): pytest.skip("not tonight")
@pytest.mark.xfail
def test_expected(): assert False
"""
WHOLE_MODULE = 'import pytest\npytest.importorskip("no_such_module_of_ours")\n'


def closing_line(junit: Path, others_failed: str = "0") -> str:
    command = [sys.executable, str(ROOT / "scripts" / "lib" / "counts.py"), str(junit), others_failed]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def run_pytest(folder: Path, source: str, environment: dict[str, str]) -> tuple[int, str]:
    """Exit code and closing line of a run of ``source`` under the conftest of this project."""
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "conftest.py")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  nightly: heavy\n  browser: Chromium\n", encoding="utf-8")
    (folder / "test_it.py").write_text(source, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith(("PYTEST", "KBGEN"))}
    command = [sys.executable, "-m", "pytest", "-q", "--junitxml", "junit.xml", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=folder, env={**clean, **environment}, capture_output=True, text=True, check=False)
    return done.returncode, closing_line(folder / "junit.xml").strip()


@pytest.mark.parametrize(
    ("environment", "code", "line"),
    [({}, 0, "tests: 1 passed, 0 failed, 3 skipped"), ({"CI": "true"}, 1, "tests: 1 passed, 1 failed, 2 skipped")],
)
def test_a_skip_fails_in_ci_unless_nightly_or_expected(tmp_path: Path, environment: dict[str, str], code: int, line: str) -> None:
    assert run_pytest(tmp_path, TESTS, environment) == (code, line)


def test_a_module_that_skips_itself_fails_in_ci(tmp_path: Path) -> None:
    code, line = run_pytest(tmp_path, WHOLE_MODULE, {"CI": "true"})
    assert code != 0
    assert line == "tests: 0 passed, 1 failed"


def test_no_readable_file_is_a_failure(tmp_path: Path) -> None:
    assert closing_line(tmp_path / "missing.xml") == "tests: 0 passed, 1 failed\n"
    (tmp_path / "empty.xml").write_text("", encoding="utf-8")
    assert closing_line(tmp_path / "empty.xml") == "tests: 0 passed, 1 failed\n"


def test_a_failed_check_that_is_no_test_counts(tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    junit.write_text('<testsuites><testsuite tests="5" failures="0" errors="0" skipped="0"/></testsuites>', encoding="utf-8")
    assert closing_line(junit) == "tests: 5 passed, 0 failed\n"
    assert closing_line(junit, "1") == "tests: 5 passed, 1 failed\n"


@pytest.mark.parametrize("broken", ["exit 127", "echo 'command not found' >&2; exit 1"])
def test_a_python_that_does_not_run_is_passed_over(tmp_path: Path, broken: str) -> None:
    """As with pyenv's shims: the name is there, the program is not."""
    bash = shutil.which("bash")
    assert bash
    for name in ("python3", "python3.13"):
        (tmp_path / name).write_text(f"#!{bash}\n{broken}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "python3.12").symlink_to(sys.executable)
    script = f'. "{ROOT}/scripts/lib/venv.sh"; find_python'
    environment = {"PATH": str(tmp_path)}
    done = subprocess.run([bash, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"python", done.stdout)
    (tmp_path / "python3.12").unlink()
    assert subprocess.run([bash, "-c", script], env=environment, capture_output=True, check=False).returncode == 1
