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


@dataclass(frozen=True)
class Part:
    """The pages of one day's sheet out of a scan: a name for it, its content, the page codes on it (none: no scan)."""

    name: str
    content: bytes
    pages: list[Page]


def recognise(content: bytes) -> list[Page]:
    """The pages of our sheets in a scan (picture or scanned PDF), in their order, whichever way up; none if unreadable.

    Takes some tenths of a second a page: not for the window's thread.
    """
    return list(dict.fromkeys(page for pages in _codes_of(content)[1] for page in pages))


def parts(name: str, content: bytes) -> list[Part]:
    """A scan taken apart by activity and day, as its page codes say; a file of one sheet, or of none, stays whole.

    A page whose code cannot be read goes with the page before it. Not for the window's thread.
    """
    pictures, codes = _codes_of(content)
    groups: dict[tuple[str, str], tuple[list[bytes], list[Page]]] = {}
    waiting: list[bytes] = []
    current: tuple[list[bytes], list[Page]] | None = None
    for picture, found in zip(pictures, codes, strict=True):
        if found:
            current = groups.setdefault((found[0].activity, found[0].day), ([], []))
            current[0].extend(waiting)
            waiting.clear()
        if current is None:
            waiting.append(picture)
            continue
        current[0].append(picture)
        current[1].extend(page for page in found if page not in current[1])
    whole = list(dict.fromkeys(page for found in codes for page in found))
    if len(groups) < 2 or any(len({(p.activity, p.day) for p in found}) > 1 for found in codes):
        return [Part(name, content, whole)]
    stem = name.rpartition(".")[0] or name
    return [
        Part(f"{stem} {day}-{number}.pdf", _bound(pages), found)
        for number, ((_, day), (pages, found)) in enumerate(groups.items(), 1)
    ]


def _codes_of(content: bytes) -> tuple[list[bytes], list[list[Page]]]:
    """The pages of a scan as pictures, and the codes on each."""
    pictures = _frames(content)
    codes = [_codes(picture) for picture in pictures]
    if attachments.media_type_of(content) == attachments.PDF and not (codes and all(codes)):
        # fax compression, a page of several pictures, or a sheet that was never printed
        drawn = pdf_pages.draw(content, *_DRAWN_TO_READ, most=_MOST_PAGES)
        seen = [_codes(picture) for picture in drawn]
        if sum(map(len, seen)) > sum(map(len, codes)):
            return drawn, seen
    return pictures, codes


def _frames(content: bytes) -> list[bytes]:
    """The pictures of a scan, those of a TIFF with several pages one by one."""
    if attachments.media_type_of(content) != "image/tiff":
        return pictures_in(content)
    frames = []
    for image in _images(content):
        kept = io.BytesIO()
        image.save(kept, "PNG")
        frames.append(kept.getvalue())
    return frames


def _bound(pictures: Sequence[bytes]) -> bytes:
    """Pictures as the pages of one PDF."""
    from PIL import Image

    images = []
    for picture in pictures:
        with Image.open(io.BytesIO(picture)) as opened:
            images.append(opened.convert("RGB" if opened.mode not in ("L", "1") else "L"))
    bound = io.BytesIO()
    images[0].save(bound, "PDF", save_all=True, append_images=images[1:], resolution=200, quality=88)
    return bound.getvalue()


def _codes(picture: bytes) -> list[Page]:
    import zxingcpp  # takes a while to load, and few sessions need it

    only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found: list[Page] = []
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
