"""The pinned files: everything has hashes, nothing names a place to fetch from, and what pyproject.toml asks for is in them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)((?: --hash=sha256:[0-9a-f]{64})+)$")


def pins(name: str) -> dict[str, tuple[str, int]]:
    """Package → version and number of hashes; fails on any line of another shape."""
    text = (ROOT / name).read_text(encoding="utf-8").replace(" \\\n    ", " ")
    found = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        match = PIN.match(line)
        assert match, f"{name}: {line[:100]}"
        found[match[1]] = (match[2], match[3].count("--hash"))
    return found


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ ;\[]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pin_with_hashes(name: str) -> None:
    assert pins(name)
    assert "//" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_files_agree() -> None:
    runtime, dev, build = map(pins, FILES)
    for other in (dev, build):
        assert {package: runtime[package] for package in other.keys() & runtime} == {
            package: other[package] for package in other.keys() & runtime
        }


def test_compiled_packages_come_with_the_files_of_several_systems() -> None:
    assert all(pins("requirements.txt")[package][1] > 20 for package in ("pydantic-core", "nh3", "pyyaml", "markupsafe", "watchfiles"))


def test_what_is_asked_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    assert wanted(project["project"]["dependencies"]) <= pins("requirements.txt").keys()
    assert wanted([*groups["test"], *groups["quality"]]) <= pins("requirements-dev.txt").keys()
    assert wanted(project["build-system"]["requires"]) <= pins("requirements-build.txt").keys()
