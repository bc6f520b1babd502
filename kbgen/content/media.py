"""Assets are what their names say, and carry nothing but what they show: :mod:`pictures` and :mod:`drawings` see to it.

PDF and ZIP files are shipped as they are, with their properties: whoever puts one there has to know what is in it.
"""

from __future__ import annotations

from kbgen.content.drawings import clean_drawing
from kbgen.content.pictures import clean_picture

ASSET_TYPES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "pdf", "csv", "txt", "zip"})
_PACKED = {"pdf": b"%PDF-", "zip": b"PK\x03\x04"}


def clean_asset(data: bytes, suffix: str) -> bytes | str:
    """The asset's bytes without hidden descriptions, or one sentence saying why it cannot be shipped.

    Args:
        data: the file's bytes.
        suffix: one of :data:`ASSET_TYPES`.
    """
    if suffix == "svg":
        return clean_drawing(data)
    if suffix in {"txt", "csv"}:
        return data if b"\x00" not in data else f"is no .{suffix} file: it holds zero bytes"
    if suffix in _PACKED:
        return data if data.startswith(_PACKED[suffix]) else f"is no .{suffix} file, whatever its name says"
    return clean_picture(data, suffix)
