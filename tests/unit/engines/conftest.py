"""Editions staged by hand (``staged_folder.py``), rendered once for all tests of the engine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kbgen.engines.mkdocs import MkdocsEngine

sys.path.insert(0, str(Path(__file__).parents[1] / "audiences"))
sys.path.insert(0, str(Path(__file__).parents[1] / "staging"))
sys.path.insert(0, str(Path(__file__).parent))

from staged_folder import edition_json, edition_pages, job, stage, tree

Render = Callable[..., dict[str, bytes]]


@pytest.fixture(scope="session")
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    """Stage pages and render them: ``render(settings, pages, only=…)`` → path → bytes."""

    def run(
        settings: Mapping[str, Any], pages: Mapping[str, tuple[Mapping[str, Any], str]], only: Iterable[str] | None = None
    ) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp("edition")
        source = stage(folder / "staged", settings, pages, only)
        failures = MkdocsEngine(1).render([job(settings["site"], settings["language"], source, folder / "target")])
        assert not failures, failures[0].message
        return tree(folder / "target")

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, bytes]]:
    """All four editions, rendered side by side once for the whole session."""
    folder = tmp_path_factory.mktemp("all")
    keys = [("public", "en"), ("public", "ru"), ("internal", "en"), ("internal", "ru")]
    jobs = [
        job(*key, stage(folder / "-".join(key), edition_json(*key), edition_pages(*key)), folder / f"{'-'.join(key)}-out") for key in keys
    ]
    failures = MkdocsEngine().render(jobs)
    assert not failures, failures[0].message
    return {key: tree(one.target) for key, one in zip(keys, jobs, strict=True)}
