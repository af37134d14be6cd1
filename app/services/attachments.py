"""Files kept with a record: what may be kept, once each, by its content; opens none in a program and shows nothing."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from typing import Any

from app.errors import UserError
from app.models import exchange
from app.models.queries.pictures import picture
from app.models.writer import Reader, Writer

LARGEST = 25_000_000
"""Bytes of one file; a bundle has to carry it on a slow line."""
PICTURES = frozenset({"image/png", "image/jpeg", "image/tiff"})
PDF = "application/pdf"
_ZIPPED = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_NAME_LENGTH = 200
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_LONG_SIDE = 3508  # dots: an A4 page at 300 dots an inch
_SHRINK_ABOVE = 2_000_000


def media_type_of(content: bytes) -> str | None:
    """What a file is, by its content and not by its name; None for what is not kept here."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"II*\x00", b"MM\x00*")):
        return "image/tiff"
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _zipped_type(content)
    return "text/plain" if _is_text(content) else None


def attach(
    w: Writer,
    record: str,
    row: str,
    name: str,
    content: bytes,
    media_type: str | None = None,
    purpose: str | None = None,
    **values: Any,
) -> str:
    """Keep a file with a row; gives the attachment's id. The same content on the same row is kept once.

    `media_type`: what the sender says it is; refused if the content is something else. `values`: other fields of the
    attachment. Raises UserError: attachment_too_large, attachment_kind_unknown, no_such_row.
    """
    name = tidy_name(name)
    if len(content) > LARGEST:
        raise UserError("attachment_too_large", file=name, size=_megabytes(len(content)), most=_megabytes(LARGEST))
    found = media_type_of(content)
    if found is None or media_type not in (None, found):
        raise UserError("attachment_kind_unknown", file=name)
    about = w.get(record, row)
    if about is None:
        raise UserError("no_such_row", record=record)
    sha256 = hashlib.sha256(content).hexdigest()
    exchange.keep_blob(w, sha256, content, found)
    known = w.list("attachment", linked_record=record, linked_id=row, sha256=sha256)
    if known:
        return str(known[0]["id"])
    owner = about["owner_site"]
    if owner is not None and (w.identity.role != "laptop" or owner in w.identity.sites):
        values.setdefault("owner_site", owner)  # it goes where the row it belongs to goes
    return w.put(
        "attachment",
        {
            "sha256": sha256,
            "name": name,
            "media_type": found,
            "size": len(content),
            "linked_record": record,
            "linked_id": row,
            "purpose": purpose,
            **values,
        },
    )


def open_content(r: Reader, attachment: str) -> bytes:
    """The bytes of an attachment. Raises UserError: no_such_row, attachment_not_here (it comes with a later bundle)."""
    about = r.get("attachment", attachment)
    if about is None:
        raise UserError("no_such_row", record="attachment")
    content = picture(r, attachment)
    if content is None:
        raise UserError("attachment_not_here", file=about["name"])
    return content


def of_row(r: Reader, record: str, row: str) -> list[dict[str, Any]]:
    """The live attachments of a row, scans of sheets first by their day, then by name."""
    found = r.list("attachment", linked_record=record, linked_id=row)
    return sorted(found, key=lambda a: (a["page_date"] or "~", a["page_code"] or "", a["name"].casefold(), a["id"]))


def tidy_name(name: str) -> str:
    """A file's name without its folder and without what cannot be printed, its ending kept when it is cut."""
    last = re.split(r"[\\/]", name)[-1]
    tidy = " ".join("".join(c if c.isprintable() else " " for c in last).split()) or "?"
    if len(tidy) <= _NAME_LENGTH:
        return tidy
    stem, dot, ending = tidy.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
    return tidy[: _NAME_LENGTH - len(ending)] + ending


def shrink(content: bytes) -> bytes:
    """A photo smaller in dots and bytes, without the place where it was taken; what is no large JPEG comes back as is.

    Still fine enough to read a signature: 300 dots an inch on A4.
    """
    if len(content) <= _SHRINK_ABOVE or media_type_of(content) != "image/jpeg":
        return content
    from PIL import Image, ImageOps  # takes a while to load, and few sessions need it

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content)) as photo:
                upright = ImageOps.exif_transpose(photo).convert("RGB")
        except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return content  # damaged or monstrous: kept as it came, drawn by nobody
    upright.thumbnail((_LONG_SIDE, _LONG_SIDE))
    smaller = io.BytesIO()
    upright.save(smaller, "JPEG", quality=85, optimize=True)
    return smaller.getvalue() if smaller.tell() < len(content) else content


def _zipped_type(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            for part, found in _ZIPPED.items():
                if part in names and "[Content_Types].xml" in names:
                    return found
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                said = package.read("mimetype").decode("ascii", "replace").strip()
                return said if said.startswith(_OPEN_DOCUMENT) else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        pass
    return None


def _is_text(content: bytes) -> bool:
    if not content or _CONTROL.search(content):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
