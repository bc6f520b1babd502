"""Pictures, taken apart and put together anew from the parts that are needed to show them.

Descriptions that cameras and drawing programs add (EXIF, XMP, comments, text chunks) and anything behind the picture's end are left out.
"""

from __future__ import annotations

import struct
import zlib

_MAGIC = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
}
_PNG_CHUNKS = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split())
_WEBP_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"})
_GIF_LOOPS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})


def clean_picture(data: bytes, suffix: str) -> bytes | str:
    """A PNG, JPEG, GIF or WebP file without hidden descriptions, or one sentence saying why it cannot be shipped."""
    if not data.startswith(_MAGIC[suffix]):
        return f"is no .{suffix} file, whatever its name says"
    if suffix == "png":
        return _png(data)
    return _gif(data) if suffix == "gif" else _webp(data) if suffix == "webp" else _jpeg(data)


def _png(data: bytes) -> bytes | str:
    kept = [data[:8]]
    offset = 8
    while offset + 12 <= len(data):
        (length,) = struct.unpack(">I", data[offset : offset + 4])
        kind = data[offset + 4 : offset + 8]
        end = offset + 12 + length
        if end > len(data) or zlib.crc32(data[offset + 4 : end - 4]) != struct.unpack(">I", data[end - 4 : end])[0]:
            return "is a damaged PNG file"
        if kind in _PNG_CHUNKS:
            kept.append(data[offset:end])
        offset = end
        if kind == b"IEND":
            return b"".join(kept)
    return "is a PNG file that was cut off"


def _jpeg(data: bytes) -> bytes | str:
    kept = [data[:2]]
    offset = 2
    while offset + 2 <= len(data) and data[offset] == 0xFF:
        marker = data[offset + 1]
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        if marker == 0xFF:
            offset += 1
            continue
        length = int.from_bytes(data[offset + 2 : offset + 4], "big")
        end = offset + 2 + length
        if marker < 0xC0 or 0xD0 <= marker <= 0xD8 or length < 2 or end > len(data):
            break
        if marker == 0xDA:
            end = _scan_end(data, end)
        # APP0 (JFIF) and APP14 (colour transform) are needed to show the picture; APP1-13, APP15 and comments only describe it.
        if not (0xE1 <= marker <= 0xED or marker in {0xEF, 0xFE}):
            kept.append(data[offset:end])
        offset = end
    return "is a JPEG file that is damaged or was cut off"


def _scan_end(data: bytes, offset: int) -> int:
    """Where the picture's data that start here are over: at the first marker that is neither a stuffed byte nor a restart."""
    while (offset := data.find(b"\xff", offset)) != -1 and offset + 1 < len(data):
        following = data[offset + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return offset
        offset += 2
    return len(data)


def _gif(data: bytes) -> bytes | str:
    offset = 13 + _colours(data[10:11])
    kept = [data[:offset]]
    while offset < len(data):
        kind, label = data[offset : offset + 1], data[offset + 1 : offset + 2]
        if kind == b"\x3b":
            return b"".join([*kept, kind])
        start = offset + 2 if kind == b"\x21" else offset + 11 + _colours(data[offset + 9 : offset + 10])
        found = _sub_blocks(data, start) if kind in {b"\x21", b"\x2c"} else None
        if found is None:
            break
        blocks, end = found
        if kind == b"\x2c" or label == b"\xf9":
            kept.append(data[offset:end])
        elif label == b"\xff" and blocks and blocks[0] in _GIF_LOOPS:
            # Sub-block 1 holds the number of rounds; whatever else is said there shows nothing.
            rounds = [bytes((len(block),)) + block for block in blocks if len(block) == 3 and block[0] == 1]
            kept.append(b"".join([b"\x21\xff\x0b", blocks[0], *rounds, b"\x00"]))
        offset = end
    return "is a GIF file that is damaged or was cut off"


def _colours(flags: bytes) -> int:
    """Bytes of the colour table that such flags announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _sub_blocks(data: bytes, offset: int) -> tuple[list[bytes], int] | None:
    """The sub-blocks from here and where they end; None where the file ends first."""
    blocks = []
    while offset < len(data) and data[offset]:
        blocks.append(data[offset + 1 : offset + 1 + data[offset]])
        offset += 1 + data[offset]
    return (blocks, offset + 1) if offset < len(data) else None


def _webp(data: bytes) -> bytes | str:
    size = int.from_bytes(data[4:8], "little")
    if data[8:12] != b"WEBP":
        return "is no .webp file, whatever its name says"
    body = _webp_chunks(data[12 : 8 + size]) if 8 + size <= len(data) else None
    if not body:
        return "is a WebP file that is damaged or was cut off"
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _webp_chunks(data: bytes, around: int = 0) -> bytes | None:
    """The chunks that show something, after ``around`` bytes kept as they are; None where the data are no whole chunks."""
    kept = [data[:around]]
    offset = around
    while offset < len(data):
        kind, length = data[offset : offset + 4], int.from_bytes(data[offset + 4 : offset + 8], "little")
        inside: bytes | None = data[offset + 8 : offset + 8 + length]
        # The last chunk of a file may lack the byte that makes its length even.
        if offset + 8 + length > len(data) or inside is None:
            return None
        offset += 8 + length + length % 2
        if kind == b"ANMF":
            inside = _webp_chunks(inside, 16) if not around and length >= 16 else None
        elif kind == b"VP8X" and length == 10:
            inside = bytes((inside[0] & ~0x0C,)) + inside[1:]  # neither EXIF nor XMP any more
        if inside is None:
            return None
        if kind in _WEBP_CHUNKS:
            kept += [kind, struct.pack("<I", len(inside)), inside, b"\x00" * (len(inside) % 2)]
    return b"".join(kept)
