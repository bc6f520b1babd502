"""The browser's engine in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kbgen.search import browser_files
from kbgen.search.browser import ENGINE_PATH

Node = Callable[..., Any]


@pytest.fixture
def node(tmp_path: Path) -> Node:
    """Asks ``in_node.cjs``; with ``index=files`` those are written to a folder first."""
    program = shutil.which("node")
    if program is None:  # in CI a skip is a failure: see tests/conftest.py
        pytest.skip("Node is not installed: the browser's half of the search cannot be compared here")
    engine = tmp_path / "engine.js"
    engine.write_bytes(browser_files()[ENGINE_PATH])

    def ask(index: Mapping[str, bytes] | None = None, **asked: Any) -> Any:
        if index is not None:
            folder = tmp_path / "search"
            for name, data in index.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
            asked["index"] = str(folder)
        asked["engine"] = str(engine)
        script = Path(__file__).with_name("in_node.cjs")
        ran = subprocess.run(
            [program, str(script)], input=json.dumps(asked), capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return ask
