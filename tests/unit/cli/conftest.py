"""The command line in this process, over a small project and the engine that only pretends; and as a real process, with the real one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "app"))
sys.path.insert(0, str(Path(__file__).parent))

from running import Kbgen, Ran
from workshop import AREAS, TEAMS, Workshop, articles

from kbgen.cli import main as command_line
from kbgen.cli import options


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A project of three articles in two languages, not built yet."""
    shop = Workshop(tmp_path / "project")
    shop.root.mkdir()
    shop.settings()
    shop.fill({"_data/areas.yml": AREAS, "_data/teams.yml": TEAMS, **articles()})
    return shop


@pytest.fixture
def kbgen(workshop: Workshop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kbgen:
    """Runs ``kbgen …`` in the project's folder, through the same door as the real command, with the engine that only pretends."""
    monkeypatch.chdir(workshop.root)
    monkeypatch.setattr(options, "MkdocsEngine", lambda _processes: workshop.engine)

    def run(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["kbgen", *words])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        assert "Traceback" not in printed.err + printed.out
        return Ran(ended.value.code, printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def process() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``python -m kbgen …`` in a folder, as its own process."""

    def run(folder: Path, *words: str, **options: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kbgen", *words]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False, **options)  # type: ignore[call-overload, no-any-return]

    return run
