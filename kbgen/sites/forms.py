"""The forms in which a file may hold text: as it is, unpacked, decoded, without its tags."""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from kbgen.audiences.canaries import RUN
from kbgen.audiences.words import without_tags

_UNPACKED_LIMIT = 64_000_000
_DEPTH = 3
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrtbf"\\/\']))')
_INLINE = r"/?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)\b[^<>]*>"
_INSIDE_WORD = re.compile(rf"<(?<=[^\W_]<){_INLINE}(?:<{_INLINE})*[^\W_]", re.IGNORECASE)
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{4}){16,}(?:[A-Za-z0-9+/]{2,3}={0,2})?")


def texts(data: bytes, depth: int = _DEPTH) -> Iterator[str]:
    """Every text a file holds.

    Decoded; with entities, JSON escapes and percent escapes taken back, one upon the other; of markup also what a reader sees, with
    tags as spaces (and as nothing, where there are some inside a word); of packed data (gzip, zip, base64) what is in it, three levels
    deep, at most 64 MB of each.
    """
    for unpacked in _unpacked(data):
        if depth:
            yield from texts(unpacked, depth - 1)
    text = _decoded(data)
    plain = html.unescape(text)
    yield plain
    if "<" in text:
        yield without_tags(text)
        if _INSIDE_WORD.search(text):
            yield without_tags(text, "")
    for decoded in _decoded_further(plain):
        yield decoded
        if "<" in decoded:
            yield without_tags(decoded)
    if depth:
        for found in _BASE64.finditer(text):
            inner = _from_base64(found[0])
            if inner:
                yield from texts(inner, depth - 1)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\x1f\x8b"):
        try:
            yield zlib.decompressobj(wbits=31).decompress(data, _UNPACKED_LIMIT)
        except zlib.error:
            return
    elif data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield name.encode()
                    with archive.open(name) as member:
                        yield member.read(_UNPACKED_LIMIT)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, OSError, EOFError):
            return


def _decoded_further(text: str) -> Iterator[str]:
    """What a text says when its escapes are taken back, kind after kind; only the lines where that changes something, and those around."""
    lines = text.split("\n")
    for mark, step in (("&", html.unescape), ("\\", _json_unescaped), ("%", _url_unescaped), ("&", html.unescape)):
        near: set[int] = set()
        for number, line in enumerate(lines):
            if mark in line and (changed := step(line)) != line:
                lines[number] = changed
                near.update(range(max(0, number - RUN), min(len(lines), number + RUN + 1)))
        if near:
            yield "\n".join(lines[number] for number in sorted(near))


def _json_unescaped(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        return chr(int(code, 16))
    return " " if found[3] in "nrtbf" else found[3]


def _url_unescaped(text: str) -> str:
    return unquote(text, errors="replace")


def _from_base64(text: str) -> bytes | None:
    try:
        data = base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    if data.startswith((b"\x1f\x8b", b"PK\x03\x04")):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return data
