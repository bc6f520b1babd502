"""The headers a site is served with, and what its scripts are known by."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_SCRIPT = re.compile(rb"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\b(src|type)\s*(?:=\s*["']?([^\s"'>]*))?""", re.IGNORECASE)
_CODE_TYPES = frozenset({b"", b"module", b"text/javascript", b"application/javascript"})

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".gz": "application/gzip",
}
"""Content types by suffix; anything else is ``application/octet-stream``."""

SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def script_hashes(pages: Iterable[bytes]) -> tuple[str, ...]:
    """The sources (``'sha256-…'``) that allow the inline scripts of these pages and no others. Data blocks need none."""
    found: set[str] = set()
    for page in pages:
        for attributes, code in _SCRIPT.findall(page):
            values = {name.lower(): value.lower() for name, value in _ATTRIBUTE.findall(attributes)}
            if b"src" not in values and values.get(b"type", b"") in _CODE_TYPES:
                # A browser hashes what it has parsed: line ends are line feeds there.
                digest = hashlib.sha256(code.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).digest()
                found.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return tuple(sorted(found))


def policy(hashes: Iterable[str], events: str = "") -> str:
    """The content security policy of a site: everything from its own host, no inline styles, of inline scripts only those known.

    Args:
        hashes: the sources of the inline scripts.
        events: the one other origin that pages may send to: where they tell what was searched for (settings ``search.events``).
    """
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            " ".join(filter(None, ("connect-src 'self'", events))),
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def security_headers(internal: bool) -> tuple[tuple[str, str], ...]:
    """The headers of every answer, but for the policy. ``internal``: for a site that is not for everybody."""
    common = (
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
        ("X-Frame-Options", "DENY"),
    )
    if internal:
        return (
            *common,
            ("Referrer-Policy", "no-referrer"),
            ("X-Robots-Tag", "noindex, nofollow, noarchive"),
            ("Cache-Control", "private, no-store"),
        )
    return (*common, ("Referrer-Policy", "strict-origin-when-cross-origin"), ("Cache-Control", "no-store"))
