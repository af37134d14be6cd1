"""Certificates as PDF, a page each, from the records that were issued; one that cannot be drawn stops no other."""

from __future__ import annotations

import io
import re
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

from app.basics.words import text
from app.errors import UserError
from app.models.queries.certificates import check
from app.models.queries.facts import length
from app.models.queries.pictures import picture
from app.models.writer import Reader
from app.reports.files import check_format, write_whole
from app.reports.paper import ACCENT, BOLD, GREY, INK, REGULAR, load_fonts, square, wrapped
from app.reports.signin_sheet import by_language
from app.reports.wording import Wording, day, days, spoken

_GAP = re.compile(r"\{(\w+)\}")
_WIDTH, _HEIGHT = landscape(A4)
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
    load_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT), initialFontName=REGULAR)
    canvas.setTitle(text("reports.certificates_title"))
    canvas.setAuthor("Sahə")
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


# --- what a page says -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Page:
    heading: str
    lines: Sequence[str]
    name: str
    place: str
    signature: str
    serial: str
    note: str
    logo: bytes | None


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
    hours = sum(n for n in lengths if n is not None)
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
        f"{gaps['site']}, {gaps['date']}",
        gaps["issued_by"] or text("reports.signature", lang=language),
        certificate["serial"],
        text("reports.certificate_check", lang=language),
        picture(reader, template["logo"]) if template and template["logo"] else None,
    )


def fill(line: str, gaps: Mapping[str, str]) -> str:
    """Put values into `{name}`-like gaps; what is not one of ours stays as it is."""
    return _GAP.sub(lambda found: gaps.get(found[1], found[0]), line)


def missing_letters(said: str) -> str:
    """The letters that the bundled font cannot draw, each once; a blank box on a certificate is worse than none."""
    load_fonts()
    known = pdfmetrics.getFont(BOLD).face.charToGlyph
    return "".join(dict.fromkeys(letter for letter in said if ord(letter) not in known))


def left_out_sentence(reason: str, params: Mapping[str, Any], language: str | None = None) -> str:
    """Why somebody gets no certificate, in words; the reason is one that issuing gives."""
    return text(f"reports.left_out_{reason}", lang=language, **params)


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
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(2)
    canvas.rect(10 * mm, 10 * mm, _WIDTH - 20 * mm, _HEIGHT - 20 * mm)
    canvas.setLineWidth(0.6)
    canvas.rect(12.5 * mm, 12.5 * mm, _WIDTH - 25 * mm, _HEIGHT - 25 * mm)
    y = _HEIGHT - 42 * mm
    if page.logo is not None:
        y = _logo(canvas, page.logo, y)
    y = _centred(canvas, page.heading, y, BOLD, 30, ACCENT) - 5 * mm
    for line in page.lines:
        if line.strip() == page.name:
            y = _centred(canvas, page.name, y - 5 * mm, BOLD, 27, INK) - 5 * mm
        elif line.strip():
            y = _centred(canvas, line.strip(), y, REGULAR, 14, INK) - 1.5 * mm
        else:
            y -= 4 * mm
    canvas.setFillColor(INK)
    canvas.setFont(REGULAR, 11)
    canvas.drawString(28 * mm, 33 * mm, page.place)
    canvas.setStrokeColor(GREY)
    canvas.line(_WIDTH - 118 * mm, 36 * mm, _WIDTH - 55 * mm, 36 * mm)
    canvas.setFont(REGULAR, 10)
    canvas.drawCentredString(_WIDTH - 86.5 * mm, 31 * mm, page.signature)
    square(canvas, page.serial, _WIDTH - 44 * mm, 18 * mm, 25 * mm)
    canvas.setFillColor(GREY)
    canvas.setFont(BOLD, 10)
    canvas.drawString(28 * mm, 23.5 * mm, page.serial)
    canvas.setFont(REGULAR, 7.5)
    canvas.drawString(28 * mm, 19 * mm, page.note)


def _centred(canvas: Canvas, said: str, y: float, font: str, size: float, colour: Any) -> float:
    """One or more centred lines, smaller if a single word would not fit; gives where the next one stands."""
    room = _WIDTH - 56 * mm
    said = "".join(c if c.isprintable() else " " for c in said)
    while size > 8 and max((stringWidth(w, font, size) for w in said.split()), default=0) > room:
        size -= 1
    if font == BOLD:
        while size > 14 and stringWidth(said, font, size) > room:
            size -= 1
    canvas.setFillColor(colour)
    for line in wrapped(said, size, room, font):
        canvas.setFont(font, size)
        canvas.drawCentredString(_WIDTH / 2, y, line)
        y -= size * 1.35
    return y


def _logo(canvas: Canvas, content: bytes, y: float) -> float:
    """The logo above the heading; a file that is no picture, or a huge one, is left out rather than fail."""
    try:
        image = ImageReader(io.BytesIO(content))
        wide, high = image.getSize()
        if wide * high > _LARGEST_LOGO or not wide or not high:
            return y
        scale = min(60 * mm / wide, 20 * mm / high)
        canvas.drawImage(
            image,
            (_WIDTH - wide * scale) / 2,
            _HEIGHT - 20 * mm - high * scale,
            wide * scale,
            high * scale,
            mask="auto",
        )
    except Exception:  # any of a dozen decoders' errors: the certificate matters more than its ornament
        return y
    return _HEIGHT - 24 * mm - high * scale - 12 * mm
