"""Assets are what their names say, and carry nothing but what they show.

The magic bytes have to fit the ending. Descriptions that cameras and drawing programs add (EXIF, XMP, comments, text chunks) are taken
out of PNG and JPEG files; an SVG that could run or load anything is refused.
"""

from __future__ import annotations

import re
import struct
import zlib

ASSET_TYPES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "pdf", "csv", "txt", "zip"})
_MAGIC = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "pdf": (b"%PDF-",),
    "zip": (b"PK\x03\x04",),
}
_TEXT_CHUNKS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG"}
_SVG_ACTIVE = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<\?(?!xml\b)|<\s*(?:[\w-]+:)?(?:script|foreignObject|iframe|embed|object|handler|listener|set|animate\w*)\b"
    rb"|\bon[a-z]+\s*=|javascript:|@import|(?:href|src)\s*=\s*[\"'](?!#|data:image/(?:png|jpe?g|gif|webp);)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)
_SVG_SILENT = re.compile(rb"<!--.*?-->|<metadata\b.*?</metadata\s*>|<metadata\b[^>]*/>", re.IGNORECASE | re.DOTALL)


def clean_asset(data: bytes, suffix: str) -> bytes | str:
    """The asset's bytes without hidden descriptions, or one sentence saying why it cannot be shipped."""
    if suffix == "svg":
        return _svg(data)
    if suffix in {"txt", "csv"}:
        return data if b"\x00" not in data else f"is no .{suffix} file: it holds zero bytes"
    if not data.startswith(_MAGIC[suffix]):
        return f"is no .{suffix} file, whatever its name says"
    if suffix == "png":
        return _png(data)
    if suffix in {"jpg", "jpeg"}:
        return _jpeg(data)
    return data


def _svg(data: bytes) -> bytes | str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return "is an SVG that is no UTF-8"
    silent = _SVG_SILENT.sub(b"", text.encode())
    if b"<svg" not in silent[:1000] or b"&#" in silent:
        return "is no plain SVG drawing"
    active = _SVG_ACTIVE.search(silent)
    if active:
        return f"is an SVG that could run or load something ({active[0].decode(errors='replace').strip()[:30]})"
    return silent


def _png(data: bytes) -> bytes | str:
    kept = [data[:8]]
    offset = 8
    while offset + 12 <= len(data):
        (length,) = struct.unpack(">I", data[offset : offset + 4])
        kind = data[offset + 4 : offset + 8]
        end = offset + 12 + length
        if end > len(data) or zlib.crc32(data[offset + 4 : end - 4]) != struct.unpack(">I", data[end - 4 : end])[0]:
            return "is a damaged PNG file"
        if kind not in _TEXT_CHUNKS:
            kept.append(data[offset:end])
        offset = end
        if kind == b"IEND":
            return b"".join(kept)
    return "is a PNG file that was cut off"


def _jpeg(data: bytes) -> bytes | str:
    kept = [data[:2]]
    offset = 2
    while offset + 4 <= len(data) and data[offset] == 0xFF:
        marker = data[offset + 1]
        if marker == 0xFF:
            offset += 1
            continue
        (length,) = struct.unpack(">H", data[offset + 2 : offset + 4])
        end = offset + 2 + length
        if marker == 0xDA:
            last = data.rfind(b"\xff\xd9")
            return b"".join(kept) + data[offset : last + 2 if last > offset else len(data)]
        # APP0 (JFIF) and APP14 (colour transform) are needed to show the picture; APP1-13, APP15 and comments only describe it.
        if not (0xE1 <= marker <= 0xED or marker in {0xEF, 0xFE}):
            kept.append(data[offset:end])
        offset = end
    return "is a damaged JPEG file"
