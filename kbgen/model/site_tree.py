"""A finished site as values: what the hand-over moves, what the gate and the 9xx rules read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a site as its manifest knows it.

    Attributes:
        digest: SHA-256 of its bytes.
        size: bytes.
        mtime_ns: modification time when it was written; with ``size`` it tells a file touched by somebody else.
        inputs: digest of what it was made from (staged page and edition settings); equal inputs need no new rendering.
    """

    digest: str
    size: int
    mtime_ns: int
    inputs: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in a site's folder. It is kept beside the site, in the work folder, never in it.

    Attributes:
        version: kbgen's version and the manifest's format; another version means: build everything.
        files: path in the site → entry.
        addresses: site addresses of articles live in it (with language prefix).
        gone: site addresses that were live once and are not now; servers answer 410 there.
    """

    version: str
    files: Mapping[str, Entry]
    addresses: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to stand in the site: its bytes (None: unchanged, take it from the live site) and the digest of its inputs."""

    inputs: str
    digest: str
    data: bytes | None = field(default=None, repr=False)
