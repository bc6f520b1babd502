"""Addresses of pages: relative paths with a closing slash; ``""`` is the root."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

_SAFE = "/~!$&'()*+,;=@-._"


def encoded(path: str) -> str:
    """A path as it is written in an href: everything but plain characters percent-encoded, UTF-8."""
    return quote(path, safe=_SAFE)


def relative(start: str, target: str) -> str:
    """The href that leads from the page at address ``start`` to ``target`` (a page's address or a file's path in the same site)."""
    way = posixpath.relpath("/" + target, "/" + start)
    if target.endswith("/") or not target:
        way = way + "/"
    return encoded("./" if way == "./" else way)
