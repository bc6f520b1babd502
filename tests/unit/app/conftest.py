from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from workshop import AREAS, TEAMS, Workshop, articles


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A project of three articles in two languages, not built yet."""
    shop = Workshop(tmp_path / "project")
    shop.root.mkdir()
    shop.settings()
    shop.fill({"_data/areas.yml": AREAS, "_data/teams.yml": TEAMS, **articles()})
    return shop


@pytest.fixture
def live(workshop: Workshop) -> Workshop:
    """The same, built once; the engine's runs are counted from here."""
    built = workshop.build()
    assert (built.code, built.findings) == (0, ())
    workshop.engine.runs.clear()
    return workshop
