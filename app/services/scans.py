"""Scanned sign-in sheets: found by the code on the page, laid to their activity, compared; reads no handwriting."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.errors import UserError
from app.models.queries.attendance import PRESENT, sheet
from app.models.writer import Reader, Writer
from app.services import attachments, pdf_pages
from app.specs.paper_codes import Page, page_code, read_page_code

_MOST_PAGES = 50
_DRAWN_TO_READ = (1654, 2339)  # dots: A4 at 200 dots an inch
_JPEG_IN_PDF = re.compile(rb"stream\r?\n(?=\xff\xd8\xff)")


@dataclass(frozen=True)
class Filed:
    """Where a scan was laid: the attachment, the activity, the day (ISO) and the number of its first page."""

    attachment: str
    activity: str
    date: str
    page: int


@dataclass(frozen=True)
class Reconciled:
    """The sheet against the typed marks of one session: ids of participations, in the order of the sheet."""

    signed_not_typed: list[str] = field(default_factory=list)
    typed_not_signed: list[str] = field(default_factory=list)


def pictures_in(content: bytes) -> list[bytes]:
    """The pages of a scan as pictures: the file itself, or the JPEG pictures inside a PDF, as scanners make them.

    A PDF of anything else (text, other compressions) gives none.
    """
    found = attachments.media_type_of(content)
    if found in attachments.PICTURES:
        return [content]
    if found != attachments.PDF:
        return []
    pages: list[bytes] = []
    for begin in _JPEG_IN_PDF.finditer(content):
        end = content.find(b"endstream", begin.end())
        if end < 0 or len(pages) == _MOST_PAGES:
            break
        pages.append(content[begin.end() : end].rstrip(b"\r\n"))
    return pages


def pages_of(content: bytes, width: int, height: int, most: int = 12) -> list[bytes]:
    """The first pages of a file as a person sees them: the picture itself, or those of a PDF drawn into this room."""
    if attachments.media_type_of(content) != attachments.PDF:
        return pictures_in(content)[:most]
    # a scan whose frame is damaged has its pictures all the same
    return pdf_pages.draw(content, width, height, most) or pictures_in(content)[:most]


def recognise(content: bytes) -> list[Page]:
    """The pages of our sheets in a scan (picture or scanned PDF), in their order, whichever way up; none if unreadable.

    Takes some tenths of a second a page: not for the window's thread.
    """
    found = _codes(pictures_in(content))
    if not found and attachments.media_type_of(content) == attachments.PDF:  # fax compression, or sheets not printed
        found = _codes(pdf_pages.draw(content, *_DRAWN_TO_READ, most=_MOST_PAGES))
    return found


def _codes(pictures: Sequence[bytes]) -> list[Page]:
    import zxingcpp  # takes a while to load, and few sessions need it

    only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found: list[Page] = []
    for picture in pictures:
        for image in _images(picture):
            for code in zxingcpp.read_barcodes(image, formats=only):
                page = read_page_code(code.text)
                if page is not None and page not in found:
                    found.append(page)
    return found


def _images(picture: bytes) -> Iterator[Any]:
    from PIL import Image, ImageSequence

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(picture)) as opened:
                for number, page in enumerate(ImageSequence.Iterator(opened)):
                    if number == _MOST_PAGES:
                        return
                    yield page.convert("L")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return  # a damaged or monstrous picture has no code we could read


def file_scan(w: Writer, name: str, content: bytes, pages: Sequence[Page] | None = None) -> Filed:
    """Lay a scan to the activity its page code names. `pages`: what `recognise` found, if it was asked already.

    Raises UserError: scan_without_code, scan_of_several (activities in one file), scan_of_unknown, and those of attach.
    """
    pages = recognise(content) if pages is None else pages
    shown = attachments.tidy_name(name)
    if not pages:
        raise UserError("scan_without_code", file=shown)
    if len({page.activity for page in pages}) > 1:
        raise UserError("scan_of_several", file=shown)
    first = min(pages, key=lambda page: (page.day, page.number))
    if w.get("activity", first.activity) is None:
        raise UserError("scan_of_unknown", file=shown)
    kept = attachments.attach(
        w,
        "activity",
        first.activity,
        name,
        content,
        purpose="sign_in_sheet",
        page_code=page_code(first),
        page_date=first.day,
    )
    return Filed(kept, first.activity, first.day, first.number)


def reconcile(r: Reader, activity: str, session: str) -> Reconciled:
    """Who signed but is not typed as having been there, and who is typed but has no signature on the sheet.

    A mark of which nobody said whether it is signed counts as not signed. Raises UserError(no_such_row).
    """
    found = sheet(r, activity)
    if found is None:
        raise UserError("no_such_row", record="activity")
    signed, typed = [], []
    for row in found.rows:
        mark = row["marks"].get(session)
        if mark is None:
            continue
        there = mark["state"] in PRESENT
        if mark["signed"] and not there:
            signed.append(row["id"])
        elif there and not mark["signed"]:
            typed.append(row["id"])
    return Reconciled(signed, typed)
