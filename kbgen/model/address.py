"""Addresses of pages: relative paths with a closing slash; ``""`` is the root."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from kbgen.model.settings import Settings

_SAFE = "/~!$&'()*+,;=@-._"
_RESERVED = frozenset({"assets", "search", "templates", "a", "r", "desk", "tags", "404", "sitemap"})
_FILES = frozenset({"index.html", "404.html", "robots.txt", "sitemap.xml"})


def encoded(path: str) -> str:
    """A path as it is written in an href: everything but plain characters percent-encoded, UTF-8."""
    return quote(path, safe=_SAFE)


def relative(start: str, target: str) -> str:
    """The href that leads from the page at address ``start`` to ``target`` (a page's address or a file's path in the same site)."""
    way = posixpath.relpath("/" + target, "/" + start)
    if target.endswith("/") or not target:
        way = way + "/"
    return encoded("./" if way == "./" else way)


def reserved(address: str, settings: Settings) -> str:
    """The segment of the address that kbgen needs for itself, first of all or as a file; ``""`` where there is none."""
    segments = address.casefold().split("/")
    first = segments[0]
    if first in _RESERVED or first in {code.casefold() for code in settings.languages}:
        return first
    return next((segment for segment in segments if segment in _FILES), "")
