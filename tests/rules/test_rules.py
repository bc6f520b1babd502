"""Every rule finds what its bad fixtures say, and nothing in its good ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rule_fixtures import as_found, expected, read_fixture, rewritten
from rule_projects import findings, make_project

from kbgen.rules import RULES

HERE = Path(__file__).parent
FIXTURES = sorted(path for path in HERE.glob("KB*/*") if path.is_file())
CODES = [rule.CODE for rule in RULES]
UPDATE = "UPDATE_GOLDEN=1 python -m pytest tests/rules"


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", FIXTURES, ids=_name)
def test_fixture(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    parts = read_fixture(data)
    make_project(tmp_path, parts)
    found = sorted(as_found(finding) for finding in findings(tmp_path, parts))
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(rewritten(parts, found))
        parts = read_fixture(path.read_bytes())
    assert found == expected(parts), f"if what is found is right: {UPDATE}"


@pytest.mark.parametrize("path", FIXTURES, ids=_name)
def test_a_bad_fixture_expects_its_code_and_a_good_one_does_not(path: Path) -> None:
    codes = {text.split()[1] for _, _, text in expected(read_fixture(path.read_bytes()))}
    assert (path.parent.name in codes) is path.name.startswith("bad-")


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_bad_and_good_fixtures(code: str) -> None:
    names = [path.name for path in FIXTURES if path.parent.name == code]
    assert any(name.startswith("bad-") for name in names)
    assert any(name.startswith("good") for name in names)


def test_every_file_is_a_fixture() -> None:
    own = {"README.md", "conftest.py", "ruff.toml", "rule_fixtures.py", "rule_projects.py", "test_rule_fixtures.py", "test_rules.py"}
    odd = [
        str(path.relative_to(HERE))
        for path in HERE.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.relative_to(HERE).as_posix() not in own
        and not (
            path.parent.name in CODES and path.parent.parent == HERE and path.name.startswith(("bad-", "good")) and path.suffix == ".md"
        )
    ]
    assert odd == [], "fixtures are tests/rules/KBnnn/bad-….md and good….md"
