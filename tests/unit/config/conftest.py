"""Settings written to a file, and golden files."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def write(tmp_path):
    """Write a mkdocs.yml and answer its path."""

    def write_settings(text):
        path = tmp_path / "mkdocs.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return write_settings


@pytest.fixture
def golden():
    """Compare a text with a file beside the tests; ``UPDATE_GOLDEN=1`` writes it."""

    def compare(name, text):
        path = HERE / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"if this is meant: UPDATE_GOLDEN=1 python -m pytest tests/unit/config ({name})"

    return compare
