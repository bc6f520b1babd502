"""Writes tests/vectors/analyser.json anew, for the texts it holds.

``PYTHONPATH=. python tests/unit/search/rewrite_vectors.py``. Read the diff.

To add a text, put ``["the text", []]`` into the file first.
"""

from __future__ import annotations

import json
from pathlib import Path

from kbgen.search import analyse

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "analyser.json"


def _line(text: str, terms: list[str]) -> str:
    """Texts that an editor would not show as they are, are written in escapes."""
    plain = text.isprintable() and all(ord(char) < 0x530 for char in text)
    return json.dumps([text, terms], ensure_ascii=not plain)


def rewrite(vectors: Path = VECTORS) -> None:
    """One vector a line, in the order of the file."""
    texts = [text for text, _ in json.loads(vectors.read_text(encoding="utf-8"))]
    vectors.write_text("[\n" + ",\n".join(_line(text, analyse(text)) for text in texts) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    rewrite()
