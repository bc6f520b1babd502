"""What staging makes for an edition: everything the engine and the hand-over need, as bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kbgen.model.plan import Edition


def canonical(value: Mapping[str, Any]) -> bytes:
    """A mapping as JSON with one spelling: sorted keys, no spaces, UTF-8, no newline."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


@dataclass(frozen=True, slots=True)
class StagedPage:
    """A page the engine puts into its templates.

    Attributes:
        address: inside the edition, e.g. ``billing/refund/``.
        context: what the templates may use, as canonical JSON (one line). Nothing else of an article reaches a template.
        html: the body.
        kind: ``home``, ``area``, ``article`` or ``correcting`` (the stand-in for a withheld article).
    """

    address: str
    context: bytes = field(repr=False)
    html: str = field(repr=False)
    kind: str = "article"

    @property
    def uri(self) -> str:
        """Path of the staged file, e.g. ``billing/refund/index.md``."""
        return f"{self.address}index.md"

    @property
    def output(self) -> str:
        """Path of the rendered page in the edition, e.g. ``billing/refund/index.html``."""
        return f"{self.address}index.html"

    @property
    def data(self) -> bytes:
        """The staged file: the context on the first line, the body after it."""
        return self.context + b"\n" + self.html.encode("utf-8")

    @property
    def digest(self) -> str:
        """SHA-256 of the staged file."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class StagedEdition:
    """An edition before rendering.

    Attributes:
        edition: which.
        config: what the engine needs to know of the edition, as canonical JSON; when it changes, every page is rendered anew.
        pages: all pages of the edition, by address.
        files: files that kbgen makes itself, by path in the edition: sitemap, robots.txt, search index, assets.
    """

    edition: Edition
    config: bytes
    pages: Mapping[str, StagedPage]
    files: Mapping[str, bytes]
