"""Certificates as PDF, a page each, from the records that were issued; one that cannot be drawn stops no other."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.basics import clock
from app.basics.words import text
from app.errors import UserError
from app.models.queries.certificates import check
from app.models.queries.facts import length
from app.models.writer import Reader
from app.reports.files import check_format, write_whole
from app.reports.paper import ACCENT, BOLD, GREY, INK, REGULAR, load_fonts, shortened, square, wrapped
from app.reports.template_text import by_language, fill
from app.reports.wording import Wording, day, days, spoken
from app.specs.paper_codes import serial
from app.specs.records import RECORDS

_SAMPLE_HOURS = 12
_LARGEST_LOGO = 20_000_000  # dots; a picture that unpacks to more is not drawn


@dataclass
class Printed:
    """What printing did: how many pages, and which certificates could not be drawn: (id, code, gaps)."""

    pages: int = 0
    failed: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)


def write(reader: Reader, activity: str, out: Path, *, only: Iterable[str] = ()) -> Printed:
    """Write the certificates of an activity that are not revoked, or only some of them (ids), to a PDF.

    Raises UserError: no_such_row, report_format_unknown, no_certificates (none is left to draw); OSError when the file
    cannot be written. A certificate that cannot be drawn is named in the answer and the others are written.
    """
    check_format(out, (".pdf",))
    content, done = pdf(reader, activity, only=only)
    write_whole(out, content)
    return done


def pdf(reader: Reader, activity: str, *, only: Iterable[str] = ()) -> tuple[bytes, Printed]:
    """The certificates as the bytes of a PDF, by name, and what came of each."""
    about = reader.get("activity", activity)
    if about is None:
        raise UserError("no_such_row", record="activity")
    wanted = set(only)
    seats = [row["id"] for row in reader.list("participation", activity=activity)]
    found = [c for c in reader.list("certificate", participation=seats) if not c["revoked_on"]] if seats else []
    found = [c for c in found if not wanted or c["id"] in wanted]
    found.sort(key=lambda c: (c["language"], c["serial"]))
    out = io.BytesIO()
    canvas = _canvas(out)
    done = Printed()
    templates: dict[str | None, Mapping[str, Any] | None] = {}
    for certificate in found:
        key = certificate["template"]
        if key not in templates:
            templates[key] = _template(reader, key)
        try:
            page = _page(reader, about, certificate, templates[key])
        except UserError as error:
            done.failed.append((certificate["id"], error.code, error.params))
            continue
        _draw(canvas, page)
        canvas.showPage()
        done.pages += 1
    if not done.pages:
        raise UserError("no_certificates", failed=len(done.failed))
    canvas.save()
    return out.getvalue(), done


def preview(
    reader: Reader,
    template: Mapping[str, Any],
    language: str,
    *,
    activity: str = "",
    issued_by: str = "",
    name: str = "",
) -> bytes:
    """One page as the template would make it, as a PDF: of an activity and a name, or of made-up ones.

    `template`: values that need not be saved yet. Raises UserError(letters_missing) for a name that cannot be drawn.
    """
    about = reader.get("activity", activity) if activity else None
    today = clock.today().isoformat()
    if about is None:
        said = {f"title_{code}": text("papers.sample_title", lang=code) for code in ("en", "az", "ru")}
        empty = dict.fromkeys(field.name for field in RECORDS["activity"].fields)
        about = {**empty, **said, "id": "", "kind": "", "start": today, "end": today}
    certificate = {
        "language": language,
        "serial": serial("saha", clock.today().year, about["id"], 7, language),
        "issued_on": today,
        "name_as_printed": name or text("papers.sample_name", lang=language),
        "issued_by": issued_by,
    }
    blank = dict.fromkeys(field.name for field in RECORDS["template"].fields)
    out = io.BytesIO()
    canvas = _canvas(out)
    _draw(canvas, _page(reader, about, certificate, {**blank, **template}))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture_of(page: bytes, dots: int) -> bytes:
    """The first page of one of our own PDFs as a PNG whose longer side is `dots`."""
    import pypdfium2  # takes a while to load

    document = pypdfium2.PdfDocument(page)
    try:
        shown = document[0]
        drawn = io.BytesIO()
        shown.render(scale=dots / max(shown.get_size())).to_pil().convert("RGB").save(drawn, "PNG", compress_level=1)
    finally:
        document.close()
    return drawn.getvalue()


def _canvas(out: io.BytesIO) -> Canvas:
    load_fonts()
    canvas = Canvas(out, pagesize=landscape(A4), initialFontName=REGULAR)
    canvas.setTitle(text("reports.certificates_title"))
    canvas.setAuthor("Sahə")
    return canvas


# --- what a page says -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Page:
    heading: str
    lines: Sequence[str]
    name: str
    place: str
    signature: Sequence[str]
    serial: str
    note: str
    logo: bytes | None
    upright: bool = False


def _template(reader: Reader, wanted: str | None) -> Mapping[str, Any] | None:
    """The template that was chosen, else the office's first for certificates, else None for ours."""
    if wanted:
        return reader.get("template", wanted, deleted=True)
    known = [t for t in reader.list("template", purpose="certificate") if not t["retired"]]
    return min(known, key=lambda t: t["code"]) if known else None


def _page(
    reader: Reader, about: Mapping[str, Any], certificate: Mapping[str, Any], template: Mapping[str, Any] | None
) -> _Page:
    language = certificate["language"] if certificate["language"] in ("en", "az", "ru") else "en"
    words = Wording(reader, language)
    name = (certificate["name_as_printed"] or "").strip()
    if not name:
        raise UserError("certificate_without_name", serial=certificate["serial"])
    missing = missing_letters(name)
    if missing:
        raise UserError("letters_missing", serial=certificate["serial"], letters=missing)
    sessions = reader.list("session", activity=about["id"])
    lengths = [length(session) for session in sessions]
    hours = sum(n for n in lengths if n is not None) if about["id"] else _SAMPLE_HOURS
    kind = reader.kind(about["kind"])
    gaps = {
        "name": name,
        "activity": words.activity(about),
        "kind": kind.label(language) if kind else "",
        "days": days(about["start"], about["end"]),
        "hours": spoken(hours, "hours", language) if hours else "",
        "place": about["place"] or words.name("venue", about["venue"]),
        "site": words.site(about["site"]),
        "serial": certificate["serial"],
        "date": day(certificate["issued_on"]),
        "issued_by": certificate["issued_by"] or "",
    }
    body = by_language(template["body"] or "").get(language, "") if template else ""
    if not body:
        own = "reports.certificate_body" if hours else "reports.certificate_body_no_hours"
        # Ours is a template too: its gaps stay gaps until `fill`.
        body = text(own, lang=language, name="{name}", activity="{activity}", days="{days}", hours="{hours}")
    heading, _, rest = body.partition("\n")
    return _Page(
        fill(heading, gaps),
        [fill(line, gaps) for line in rest.split("\n")],
        name,
        ", ".join(filter(None, (gaps["site"], gaps["date"]))),
        _signature(template, certificate["issued_by"], language),
        certificate["serial"],
        text("reports.certificate_check", lang=language),
        _picture(template["logo"]) if template and template["logo"] else None,
        bool(template and template["orientation"] == "portrait"),
    )


def _signature(template: Mapping[str, Any] | None, issued_by: str | None, language: str) -> list[str]:
    """The lines under the signature: who signs this one, else whom the template names, else the word itself."""
    named = issued_by or ""
    if not named and template:
        named = template[f"signatory_{language}"] or template["signatory_en"] or ""
    said = named or text("reports.signature", lang=language)
    # "R. Həsənov, head of the project": the post stands below the name
    return [part.strip() for part in said.replace("\n", ",").split(",") if part.strip()][:3]


def _picture(kept: str) -> bytes | None:
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        return None


def missing_letters(said: str) -> str:
    """The letters that the bundled font cannot draw, each once; a blank box on a certificate is worse than none."""
    load_fonts()
    known = pdfmetrics.getFont(BOLD).face.charToGlyph
    return "".join(dict.fromkeys(letter for letter in said if ord(letter) not in known))


def serial_sentence(reader: Reader, typed: str, language: str) -> str:
    """What this register knows about a serial, in words."""
    found = check(reader, typed)
    if found.certificate is None or found.activity is None:
        key = "reports.serial_mistyped" if found.state == "mistyped" else "reports.serial_unknown"
        return text(key, lang=language, serial=found.serial)
    if found.state == "revoked":
        when = day(found.certificate["revoked_on"])
        return text("reports.serial_revoked", lang=language, serial=found.serial, day=when)
    return text(
        "reports.serial_valid",
        lang=language,
        serial=found.serial,
        name=found.certificate["name_as_printed"] or "",
        activity=Wording(reader, language).activity(found.activity),
        day=day(found.certificate["issued_on"]),
    )


# --- drawing --------------------------------------------------------------------------------------------------------


def _draw(canvas: Canvas, page: _Page) -> None:
    width, height = A4 if page.upright else landscape(A4)
    canvas.setPageSize((width, height))
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(2)
    canvas.rect(10 * mm, 10 * mm, width - 20 * mm, height - 20 * mm)
    canvas.setLineWidth(0.6)
    canvas.rect(12.5 * mm, 12.5 * mm, width - 25 * mm, height - 25 * mm)
    top, bottom = height - (60 if page.upright else 42) * mm, 50 * mm
    if page.logo is not None:
        top = _logo(canvas, page.logo, top, width, height)
    scale = 1.0
    while scale > 0.4 and top - _story(None, page, top, width, scale) > top - bottom:
        scale -= 0.05
    spare = max(0.0, _story(None, page, top, width, scale) - bottom)
    _story(canvas, page, top - 0.4 * spare, width, scale)  # a short text stands a little above the middle
    canvas.setFillColor(INK)
    left, right = (22 * mm, width - 22 * mm) if page.upright else (28 * mm, width - 28 * mm)
    square(canvas, page.serial, right - 22 * mm, 17 * mm, 25 * mm)
    line = (right - (94 if page.upright else 114) * mm, right - 29 * mm)
    canvas.setStrokeColor(GREY)
    canvas.line(line[0], 37 * mm, line[1], 37 * mm)
    for no, said in enumerate(page.signature):
        _fitted(canvas, said, sum(line) / 2, (31.2 - 5.4 * no) * mm, BOLD if no == 0 and len(page.signature) > 1 else
                REGULAR, 13 if no == 0 else 11, line[1] - line[0])  # fmt: skip
    room = line[0] - left - 4 * mm
    canvas.setFont(REGULAR, 11)
    canvas.drawString(left, 33 * mm, shortened(page.place, REGULAR, 11, room))
    canvas.setFillColor(GREY)
    canvas.setFont(BOLD, 10)
    canvas.drawString(left, 24.5 * mm, page.serial)
    for no, said in enumerate(wrapped(page.note, 7.5, room)[:3]):
        canvas.setFont(REGULAR, 7.5)
        canvas.drawString(left, (20.5 - 3.3 * no) * mm, said)


def _story(canvas: Canvas | None, page: _Page, y: float, width: float, scale: float) -> float:
    """The heading and the lines below it, from `y` down; gives where they end. Without a canvas it only measures."""
    y = _centred(canvas, page.heading, y, BOLD, 30 * scale, ACCENT, width) - 5 * mm * scale
    for line in page.lines:
        if line.strip() == page.name:
            y = _centred(canvas, page.name, y - 5 * mm * scale, BOLD, 27 * scale, INK, width) - 5 * mm * scale
        elif line.strip():
            y = _centred(canvas, line.strip(), y, REGULAR, 14 * scale, INK, width) - 1.5 * mm * scale
        else:
            y -= 4 * mm * scale
    return y


def _centred(canvas: Canvas | None, said: str, y: float, font: str, size: float, colour: Any, width: float) -> float:
    """One or more centred lines, smaller if a single word would not fit; gives where the next one stands."""
    room = width - 56 * mm
    said = "".join(c if c.isprintable() else " " for c in said)
    while size > 6 and max((stringWidth(w, font, size) for w in said.split()), default=0) > room:
        size -= 1
    if font == BOLD:
        while size > 14 and stringWidth(said, font, size) > room:
            size -= 1
    for line in wrapped(said, size, room, font):
        if canvas is not None:
            canvas.setFillColor(colour)
            canvas.setFont(font, size)
            canvas.drawCentredString(width / 2, y, line)
        y -= size * 1.35
    return y


def _fitted(canvas: Canvas, said: str, x: float, y: float, font: str, size: float, room: float) -> None:
    while size > 6 and stringWidth(said, font, size) > room:
        size -= 0.25
    canvas.setFont(font, size)
    canvas.drawCentredString(x, y, shortened(said, font, size, room))


def _logo(canvas: Canvas, content: bytes, y: float, width: float, height: float) -> float:
    """The logo above the heading; a file that is no picture, or a huge one, is left out rather than fail."""
    try:
        image = ImageReader(io.BytesIO(content))
        wide, high = image.getSize()
        if wide * high > _LARGEST_LOGO or not wide or not high:
            return y
        scale = min(60 * mm / wide, 22 * mm / high)
        below = height - 18 * mm - high * scale
        canvas.drawImage(image, (width - wide * scale) / 2, below, wide * scale, high * scale, mask="auto")
    except Exception:  # any of a dozen decoders' errors: the certificate matters more than its ornament
        return y
    return min(y, below - 15 * mm)
