"""Analysed documents kept between builds, by the digest of their texts. A damaged, foreign or older cache is thrown away, never believed.

An edit then costs the analysis of one article. All editions of a build share one cache: an article that two sites show alike is
analysed once.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from contextlib import closing, suppress
from pathlib import Path

from kbgen.search.terms import Counted

_TABLE = "CREATE TABLE IF NOT EXISTS terms (key TEXT PRIMARY KEY, digest BLOB NOT NULL, value BLOB NOT NULL) WITHOUT ROWID"


class TermCache:
    """What earlier builds analysed. Read whole when it is made; :meth:`save` keeps what this build used and forgets the rest."""

    def __init__(self, path: Path | None = None) -> None:
        """``path``: the file, which need not exist; None: remembers only as long as it lives."""
        self._path = path
        self._kept = _read(path) if path is not None else {}
        self._used: set[str] = set()
        self._fresh: dict[str, Counted] = {}

    @property
    def analysed(self) -> int:
        """How many documents had to be analysed."""
        return len(self._fresh)

    def get(self, key: str) -> Counted | None:
        """The terms kept under this key; None where there are none, or damaged ones."""
        if key in self._fresh:
            return self._fresh[key]
        counted = _decode(*self._kept[key]) if key in self._kept else None
        if counted is not None:
            self._used.add(key)
        return counted

    def put(self, key: str, counted: Counted) -> None:
        """Keep these terms."""
        self._fresh[key] = counted

    def save(self) -> None:
        """Write what is new and forget what no document has any more. A cache that cannot be written is no fault."""
        gone = self._kept.keys() - self._used
        if self._path is None or not (self._fresh or gone):
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.is_symlink():
                self._path.unlink()
            with closing(sqlite3.connect(self._path, timeout=5)) as database, database:
                database.execute(_TABLE)
                database.executemany("DELETE FROM terms WHERE key = ?", [(key,) for key in gone])
                rows = ((key, *_encode(counted)) for key, counted in self._fresh.items())
                database.executemany("INSERT OR REPLACE INTO terms VALUES (?, ?, ?)", rows)
        except (sqlite3.Error, OSError):
            _discard(self._path)


def _read(path: Path) -> dict[str, tuple[bytes, bytes]]:
    if not path.is_file() or path.is_symlink():
        return {}
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT key, digest, value FROM terms").fetchall()
    except sqlite3.Error:
        _discard(path)
        return {}
    return {key: (digest, value) for key, digest, value in rows}


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _encode(counted: Counted) -> tuple[bytes, bytes]:
    data = zlib.compress(json.dumps(counted.rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
    return hashlib.sha256(data).digest(), data


def _decode(digest: bytes, data: bytes) -> Counted | None:
    if not isinstance(data, bytes) or hashlib.sha256(data).digest() != digest:
        return None
    try:
        rows = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
        return Counted(tuple((str(term), str(raw), *map(int, counts)) for term, raw, *counts in rows))  # type: ignore[misc]
    except (ValueError, TypeError, zlib.error):
        return None
