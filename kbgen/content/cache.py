"""Conversions kept between builds, by the digest of their text. A damaged, foreign or older cache is thrown away, never believed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kbgen.content.convert import Conversion
from kbgen.content.sanitise import RawLink
from kbgen.model.article import Heading, Section
from kbgen.model.playbook import NO_PLAYBOOK, Answer, Danger, Fill, Flaw, Gate, Guide, Outcome, Playbook, Question, Reply, Spot

_TABLE = "CREATE TABLE IF NOT EXISTS conversions (key TEXT PRIMARY KEY, digest TEXT NOT NULL, value BLOB NOT NULL) WITHOUT ROWID"


def load(path: Path, keys: Iterable[str]) -> dict[str, Conversion]:
    """The kept conversions among these keys."""
    wanted = set(keys)
    if not wanted or not path.is_file() or path.is_symlink():
        return {}
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT key, digest, value FROM conversions").fetchall()
    except sqlite3.Error:
        _discard(path)
        return {}
    found = ((key, _decode(digest, value)) for key, digest, value in rows if key in wanted)
    return {key: conversion for key, conversion in found if conversion is not None}


def store(path: Path, fresh: Mapping[str, Conversion], used: Iterable[str]) -> None:
    """Keep new conversions and forget those that no text uses any more. A cache that cannot be written is no fault."""
    if not fresh:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            path.unlink()
        with closing(sqlite3.connect(path, timeout=5)) as database, database:
            database.execute(_TABLE)
            rows = ((key, *_encode(conversion)) for key, conversion in fresh.items())
            database.executemany("INSERT OR REPLACE INTO conversions VALUES (?, ?, ?)", rows)
            kept = set(used)
            gone = [(key,) for (key,) in database.execute("SELECT key FROM conversions") if key not in kept]
            database.executemany("DELETE FROM conversions WHERE key = ?", gone)
    except (sqlite3.Error, OSError):
        _discard(path)


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _encode(conversion: Conversion) -> tuple[str, bytes]:
    value = [
        conversion.html,
        [[heading.level, heading.id, heading.text] for heading in conversion.headings],
        [[link.target, link.kind, link.line, link.column] for link in conversion.links],
        sorted(conversion.anchors),
        [[section.id, section.heading, section.text] for section in conversion.sections],
        conversion.internal,
        asdict(conversion.playbook) if conversion.playbook != NO_PLAYBOOK else None,
        conversion.lost,
    ]
    data = zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
    return hashlib.sha256(data).hexdigest(), data


def _decode(digest: str, data: bytes) -> Conversion | None:
    if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != digest:
        return None
    try:
        html, headings, links, anchors, sections, internal, playbook, lost = json.loads(
            zlib.decompress(data).decode("utf-8", "surrogatepass")
        )
        return Conversion(
            html,
            tuple(Heading(*heading) for heading in headings),
            tuple(RawLink(*link) for link in links),
            frozenset(anchors),
            tuple(Section(*section) for section in sections),
            internal,
            _playbook(playbook) if playbook else NO_PLAYBOOK,
            tuple(lost),
        )
    except (ValueError, TypeError, KeyError, zlib.error):
        return None


def _playbook(value: Any) -> Playbook:
    return Playbook(
        replies=tuple(Reply(**_spotted({**each, "fills": tuple(each["fills"])})) for each in value["replies"]),
        gates=tuple(Gate(**_spotted(each)) for each in value["gates"]),
        dangers=tuple(Danger(**_spotted(each)) for each in value["dangers"]),
        fills=tuple(Fill(**_spotted(each)) for each in value["fills"]),
        guides=tuple(_guide(each) for each in value["guides"]),
        stops=tuple(Spot(**each) for each in value["stops"]),
        flaws=tuple(Flaw(**_spotted(each)) for each in value["flaws"]),
    )


def _guide(value: Any) -> Guide:
    questions = tuple(
        Question(**_spotted({**each, "answers": tuple(Answer(**_spotted(answer)) for answer in each["answers"])}))
        for each in value["questions"]
    )
    outcomes = tuple(Outcome(**_spotted(each)) for each in value["outcomes"])
    return Guide(value["start"], questions, outcomes, Spot(**value["spot"]))


def _spotted(value: Mapping[str, Any]) -> dict[str, Any]:
    return {**value, "spot": Spot(**value["spot"])}
