"""Sign-in sheets to print: a sheet a day, numbered rows and spare ones, page codes; badges. Writes nothing down.

The squares in the corners and the fixed measures below let a scan be straightened and cut into rows again.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.graphics.barcode import createBarcodeDrawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.basics.words import LANGUAGES, text
from app.errors import UserError
from app.models.queries.attendance import sheet
from app.models.writer import Reader
from app.reports.files import check_format, write_whole
from app.reports.paper import ACCENT, BOLD, GREY, INK, REGULAR, load_fonts, shortened, square, wrapped
from app.reports.template_text import by_language
from app.reports.wording import Wording, day
from app.specs.paper_codes import Page, badge_code, page_code

SPARE_ROWS = 10
ROW_HEIGHT = 9.5 * mm
SIDE = 12 * mm
HEAD_BOTTOM = A4[1] - 62 * mm  # where the head of the table begins
TABLE_HEAD = 11 * mm
NOTICE_HEIGHT = 27 * mm
_MARK = 4 * mm
_CODE = 25 * mm
_NUMBER, _NAME, _RANK, _UNIT = 9 * mm, 60 * mm, 25 * mm, 32 * mm
_NARROW_NAME, _NARROW_UNIT, _PHONE = 51 * mm, 26 * mm, 27 * mm
ROWS_ON_A_PAGE = int((HEAD_BOTTOM - TABLE_HEAD - NOTICE_HEIGHT - SIDE) // ROW_HEIGHT)


@dataclass(frozen=True)
class Line:
    """One row of a sheet: its number, and who is to sign there (nothing in a spare row)."""

    number: int
    name: str = ""
    rank: str = ""
    unit: str = ""
    phone: str = ""


def write(
    reader: Reader,
    activity: str,
    out: Path,
    *,
    languages: Sequence[str] = ("az",),
    days: Iterable[str] = (),
    spare: int = SPARE_ROWS,
    phones: bool = False,
) -> int:
    """Write the sheets of an activity as PDF, for its days or some of them, in one or two languages; gives the pages.

    `phones`: with a column for the telephone, filled where it is known; everybody who signs can read it.

    Raises UserError: no_such_row, report_format_unknown; OSError when the file cannot be written.
    """
    check_format(out, (".pdf",))
    content, pages = sheets(reader, activity, languages=languages, days=days, spare=spare, phones=phones)
    write_whole(out, content)
    return pages


def sheets(
    reader: Reader,
    activity: str,
    *,
    languages: Sequence[str] = ("az",),
    days: Iterable[str] = (),
    spare: int = SPARE_ROWS,
    phones: bool = False,
) -> tuple[bytes, int]:
    """The sheets as the bytes of a PDF, and how many pages it has."""
    found = sheet(reader, activity)
    if found is None:
        raise UserError("no_such_row", record="activity")
    spoken = [language for language in dict.fromkeys(languages) if language in LANGUAGES][:2] or ["az"]
    words = Wording(reader, spoken[0])
    listed = [row for row in found.rows if row["state"] != "declined"]
    last = max((row["sheet_row"] or 0 for row in listed), default=0)
    lines = []
    for row in listed:
        last += not row["sheet_row"]  # whoever has no number yet gets one after the others
        phone = (reader.get("person", row["person"]) or {}).get("phone") if phones and row["person"] else None
        lines.append(_line(words, row["sheet_row"] or last, row, phone or ""))
    lines += [Line(last + no) for no in range(1, spare + 1)]
    wanted = list(days) or sorted({s["date"] for s in found.sessions}) or [found.activity["start"]]
    load_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, initialFontName=REGULAR, lang=spoken[0])
    canvas.setTitle(f"{text('reports.signin_title', lang=spoken[0])}: {words.activity(found.activity)}")
    canvas.setAuthor("Sahə")
    pages = [lines[i : i + ROWS_ON_A_PAGE] for i in range(0, max(len(lines), 1), ROWS_ON_A_PAGE)]
    number = 0
    for day_ in wanted:
        parts = _parts([s["part"] for s in found.sessions if s["date"] == day_])
        for no, page in enumerate(pages, 1):
            code = page_code(Page(activity, day_, no))
            _draw(canvas, reader, found.activity, day_, parts, page, (no, len(pages)), code, spoken, phones)
            canvas.showPage()
            number += 1
    canvas.save()
    return out.getvalue(), number


def _line(words: Wording, number: int, row: Mapping[str, Any], phone: str) -> Line:
    name = words.person(row) if row["person"] else ""
    unit = row["unit"] or words.choice("service", row["service"])
    return Line(number, name, words.choice("rank", row["rank"]), unit, phone)


def _parts(parts: Sequence[str | None]) -> list[str]:
    """The parts of the day to sign for: those of its sessions; a full day is signed for twice."""
    found = [part for part in ("am", "pm", "evening") if part in parts]
    return ["am", "pm"] if not found or "full_day" in parts else found


# --- drawing --------------------------------------------------------------------------------------------------------


def _draw(
    canvas: Canvas,
    reader: Reader,
    activity: Mapping[str, Any],
    day_: str,
    parts: Sequence[str],
    lines: Sequence[Line],
    page: tuple[int, int],
    code: str,
    languages: Sequence[str],
    phones: bool,
) -> None:
    width, height = A4
    _corners(canvas, width, height)
    room = width - 2 * SIDE - _CODE - 6 * mm
    top = height - 18 * mm
    _said(canvas, SIDE, top, _twice("reports.signin_title", languages), BOLD, 15, room, ACCENT)
    words = [Wording(reader, language) for language in languages]
    titles = list(dict.fromkeys(w.activity(activity) for w in words))
    for no, title in enumerate(titles):
        _said(canvas, SIDE, top - (7 + 5.5 * no) * mm, title, BOLD, 10.5, room, INK)
    below = top - (7 + 5.5 * len(titles)) * mm
    where = " · ".join(dict.fromkeys(filter(None, (w.site(activity["site"]) for w in words))))
    place = activity["place"] or words[0].name("venue", activity["venue"])
    _said(canvas, SIDE, below, ", ".join(filter(None, (where, place))), REGULAR, 10, room, INK)
    _said(canvas, SIDE, below - 6 * mm, day(day_), BOLD, 13, room, INK)
    said = "  /  ".join(text("reports.sheet_page", lang=lang, page=page[0], pages=page[1]) for lang in languages)
    _said(canvas, SIDE, below - 11 * mm, said, REGULAR, 8.5, room, GREY)
    square(canvas, code, width - SIDE - _CODE, height - 12 * mm - _CODE, _CODE)
    _table(canvas, parts, lines, languages, phones)
    notice = [_notice(reader, language) for language in languages]
    _paragraphs(canvas, notice, SIDE + 2 * mm, SIDE + NOTICE_HEIGHT - 6 * mm, width - 2 * SIDE - 4 * mm)
    canvas.setFont(REGULAR, 6)
    canvas.setFillColor(GREY)
    canvas.drawRightString(width - SIDE - _MARK - 2 * mm, SIDE - 4 * mm, code)


def _corners(canvas: Canvas, width: float, height: float) -> None:
    canvas.setFillColorRGB(0, 0, 0)
    inset = 7 * mm
    for x in (inset, width - inset - _MARK):
        for y in (inset, height - inset - _MARK):
            canvas.rect(x, y, _MARK, _MARK, stroke=0, fill=1)


def _table(canvas: Canvas, parts: Sequence[str], lines: Sequence[Line], languages: Sequence[str], phones: bool) -> None:
    whole = A4[0] - 2 * SIDE
    about = [
        (_NARROW_NAME if phones else _NAME, "reports.name", "name"),
        (_RANK, "reports.rank", "rank"),
        (_NARROW_UNIT if phones else _UNIT, "reports.unit", "unit"),
        *([(_PHONE, "reports.phone", "phone")] if phones else []),
    ]
    signature = (whole - _NUMBER - sum(wide for wide, _, _ in about)) / len(parts)
    columns = [
        (_NUMBER, "reports.row_no"),
        *((wide, key) for wide, key, _ in about),
        *((signature, f"reports.signature_{part}") for part in parts),
    ]
    x, top = SIDE, HEAD_BOTTOM
    canvas.setLineWidth(0.5)
    canvas.setStrokeColor(GREY)
    canvas.setFillColor(ACCENT)
    canvas.rect(SIDE, top - TABLE_HEAD, whole, TABLE_HEAD, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    for wide, key in columns:
        for no, language in enumerate(languages):
            at = top - (4.4 if len(languages) > 1 else 6.6) * mm - no * 4.2 * mm
            _fitted(canvas, x + 1.2 * mm, at, text(key, lang=language), BOLD, 7.6, wide - 2 * mm)
        x += wide
    bottom = top - TABLE_HEAD - len(lines) * ROW_HEIGHT
    for no, line in enumerate(lines):
        y = top - TABLE_HEAD - (no + 1) * ROW_HEIGHT
        canvas.setFillColor(INK)
        canvas.line(SIDE, y, SIDE + whole, y)
        canvas.setFont(BOLD, 9)
        canvas.drawRightString(SIDE + _NUMBER - 1.5 * mm, y + 3.2 * mm, str(line.number))
        left = SIDE + _NUMBER
        for wide, _, name in about:
            _fitted(canvas, left + 1.2 * mm, y + 3.2 * mm, getattr(line, name), REGULAR, 9, wide - 2 * mm)
            left += wide
    x = SIDE
    for wide, _ in [*columns, (0.0, "")]:
        canvas.line(x, top, x, bottom)
        x += wide


def _said(canvas: Canvas, x: float, y: float, said: str, font: str, size: float, room: float, colour: Any) -> None:
    canvas.setFillColor(colour)
    _fitted(canvas, x, y, said, font, size, room)


def _fitted(canvas: Canvas, x: float, y: float, said: str, font: str, size: float, room: float) -> None:
    """One line that fits: smaller letters first, then an ellipsis."""
    said = "".join(c if c.isprintable() else " " for c in said)
    while size > 6 and stringWidth(said, font, size) > room:
        size -= 0.25
    canvas.setFont(font, size)
    canvas.drawString(x, y, shortened(said, font, size, room))


def _paragraphs(canvas: Canvas, notices: Sequence[str], x: float, y: float, room: float) -> None:
    canvas.setFillColor(GREY)
    size = 7.4 if len(notices) == 1 else 6.6
    for notice in notices:
        for line in wrapped(notice, size, room):
            if y < SIDE - 1 * mm:
                return
            canvas.setFont(REGULAR, size)
            canvas.drawString(x, y, line)
            y -= size * 1.3
        y -= size * 0.6


def _twice(key: str, languages: Sequence[str]) -> str:
    return " / ".join(text(key, lang=language) for language in languages)


def _notice(reader: Reader, language: str) -> str:
    """The privacy notice: the office's own template if there is one, else ours."""
    for template in reader.list("template", purpose="privacy_notice"):
        if not template["retired"] and template["body"]:
            said = by_language(template["body"]).get(language)
            if said:
                return said
    return text("reports.privacy_notice", lang=language)


# --- badges ---------------------------------------------------------------------------------------------------------

_BADGE_WIDTH, _BADGE_HEIGHT = 90 * mm, 54 * mm


def write_badges(reader: Reader, activity: str, out: Path, *, language: str = "az") -> int:
    """Write badges, ten on a page, each with a code that a scanner types; gives how many.

    The code is that of the participation's `badge` field, else the one computed from the participation.
    """
    check_format(out, (".pdf",))
    found = sheet(reader, activity)
    if found is None:
        raise UserError("no_such_row", record="activity")
    words = Wording(reader, language)
    load_fonts()
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4, initialFontName=REGULAR, lang=language)
    canvas.setTitle(text("reports.badges_title", lang=language))
    named = [row for row in found.rows if row["person"] and row["state"] != "declined"]
    left, top = (A4[0] - 2 * _BADGE_WIDTH) / 2, A4[1] - (A4[1] - 5 * _BADGE_HEIGHT) / 2
    for no, row in enumerate(named):
        if no and no % 10 == 0:
            canvas.showPage()
        column, line = no % 2, no % 10 // 2
        _badge(canvas, words, found.activity, row, left + column * _BADGE_WIDTH, top - (line + 1) * _BADGE_HEIGHT)
    canvas.save()
    write_whole(out, content.getvalue())
    return len(named)


def _badge(
    canvas: Canvas, words: Wording, activity: Mapping[str, Any], row: Mapping[str, Any], x: float, y: float
) -> None:
    room = _BADGE_WIDTH - 10 * mm
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.3)
    canvas.rect(x, y, _BADGE_WIDTH, _BADGE_HEIGHT, stroke=1, fill=0)
    _said(canvas, x + 5 * mm, y + 47 * mm, words.activity(activity), REGULAR, 8, room, GREY)
    _said(canvas, x + 5 * mm, y + 38 * mm, f"{row['given'] or ''} {row['surname']}".strip(), BOLD, 16, room, INK)
    unit = row["unit"] or words.choice("service", row["service"])
    about = ", ".join(filter(None, (words.choice("rank", row["rank"]), unit)))
    _said(canvas, x + 5 * mm, y + 31.5 * mm, about, REGULAR, 9.5, room, INK)
    role = words.choice("participation_role", row["role"])
    _said(canvas, x + 5 * mm, y + 25.5 * mm, role, BOLD, 9, room, ACCENT)
    code = row.get("badge") or badge_code(row["id"])
    square(canvas, code, x + _BADGE_WIDTH - 24 * mm, y + 4 * mm, 19 * mm)
    bars = createBarcodeDrawing("Code128", value=code, barHeight=11 * mm, barWidth=0.33 * mm, humanReadable=False)
    bars.drawOn(canvas, x + 1 * mm, y + 8 * mm)
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 7)
    canvas.drawString(x + 5 * mm, y + 4 * mm, code)
