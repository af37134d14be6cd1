"""Looks into a workbook's zip archive before anything parses it, and hands on only what it has counted itself."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

MOST_ENTRIES = 200
MOST_UNPACKED = 50_000_000
MOST_RATIO = 100
RATIO_FROM = 1_000_000
"""Below this unpacked size a high ratio is harmless, and empty styled rows of real workbooks reach it."""

_PICTURES = ("xl/media/", "word/media/", "Pictures/", "Thumbnails/", "docProps/thumbnail")
_END = b"PK\x05\x06"


class Damaged(Exception):
    """The archive cannot be what it says it is; `why` is "archive", "names", "xml" or "password"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Bomb(Exception):
    """The archive unpacks to more than is read; `what` is "entries", "unpacked" or "ratio"."""

    def __init__(self, what: str, found: int, most: int) -> None:
        super().__init__(what)
        self.what, self.found, self.most = what, found, most


def unpack(data: bytes) -> dict[str, bytes]:
    """The entries of a zip archive by name, pictures left out. Raises Damaged or Bomb.

    Sizes are counted while inflating, because the sizes in the directory are only what the sender says.
    """
    end = data.rfind(_END, max(0, len(data) - 66_000))
    if end < 0 or len(data) < end + 22:
        raise Damaged("archive")
    declared = struct.unpack_from("<H", data, end + 10)[0]
    if declared > MOST_ENTRIES:  # asked before zipfile builds an object for each entry
        raise Bomb("entries", declared, MOST_ENTRIES)
    size = struct.unpack_from("<I", data, end + 12)[0]
    if size > 1_000_000:
        raise Bomb("entries", size // 46, MOST_ENTRIES)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError, UnicodeDecodeError):
        raise Damaged("archive") from None
    if len(entries) > MOST_ENTRIES:
        raise Bomb("entries", len(entries), MOST_ENTRIES)
    promised = sum(entry.file_size for entry in entries)
    if promised > MOST_UNPACKED:
        raise Bomb("unpacked", promised, MOST_UNPACKED)
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/") or name in parts:
            raise Damaged("names")
        if entry.flag_bits & 0x1:
            raise Damaged("password")
        content = _inflate(data, entry, MOST_UNPACKED - total)
        total += len(content)
        if len(content) > RATIO_FROM and len(content) > MOST_RATIO * max(1, entry.compress_size):
            raise Bomb("ratio", len(content) // max(1, entry.compress_size), MOST_RATIO)
        if not name.startswith(_PICTURES):
            parts[name] = content
    return parts


def _inflate(data: bytes, entry: zipfile.ZipInfo, room: int) -> bytes:
    start = entry.header_offset
    if start < 0 or data[start : start + 4] != b"PK\x03\x04" or len(data) < start + 30:
        raise Damaged("archive")
    name_length, extra_length = struct.unpack_from("<HH", data, start + 26)
    start += 30 + name_length + extra_length
    packed = data[start : start + entry.compress_size]
    if len(packed) != entry.compress_size:
        raise Damaged("archive")
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-15).decompress(packed, room + 1)
        except zlib.error:
            raise Damaged("archive") from None
    else:
        raise Damaged("archive")
    if len(content) > room:
        raise Bomb("unpacked", len(content), MOST_UNPACKED)
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise Damaged("archive")
    return content


def repack(parts: dict[str, bytes]) -> bytes:
    """The counted entries as a fresh archive, so that the parser reads the very bytes that were looked at."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
