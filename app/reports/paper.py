"""Reports as PDF in the bundled font, every letter embedded; typed text is shown as it is, never read as mark-up."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Mark
from reportlab.platypus import Table as Grid

from app.basics.paths import RESOURCES
from app.basics.words import text
from app.reports.letter import Block, Facts, Heading, Letter, Runs, Signatures, Text
from app.reports.plain import shown
from app.reports.tables import Column, Report, Section, Table

REGULAR, BOLD = "NotoSans", "NotoSans-Bold"
INK, ACCENT, PALE, GREY = HexColor("#1F2A37"), HexColor("#1F5FA8"), HexColor("#E8EEF6"), HexColor("#5B6675")
_LINE, _RED = HexColor("#C3CCD9"), HexColor("#A32020")
_OURS = ("FONTNAME", (0, 0), (-1, -1), REGULAR)  # a grid sets its font even where every cell has one of its own
MARGIN = 14 * mm
_FOOT = 9 * mm


@cache
def load_fonts() -> None:
    """Make the bundled font known to the library, once."""
    for name in (REGULAR, BOLD):
        file = "NotoSans-Regular.ttf" if name == REGULAR else "NotoSans-Bold.ttf"
        pdfmetrics.registerFont(TTFont(name, str(RESOURCES / "fonts" / file)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def style(size: float = 9, *, bold: bool = False, color: Any = INK, align: str = "left", after: float = 0) -> Any:
    """A paragraph's looks: size in points, `align` left, right or centre."""
    load_fonts()
    return ParagraphStyle(
        f"s{size}{bold}{color}{align}{after}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.32,
        textColor=color,
        alignment={"left": 0, "centre": 1, "right": 2}[align],
        spaceAfter=after,
        splitLongWords=True,
    )


def paragraph(value: str, looks: Any) -> Flowable:
    """Text that a person may have typed, with its line breaks; what looks like mark-up is shown, not obeyed."""
    return Mark(escape(_printable(value)).replace("\n", "<br/>"), looks)


def _printable(value: str) -> str:
    return "".join(c if c == "\n" or c.isprintable() else " " for c in value)


def document(
    story: Sequence[Flowable],
    *,
    title: str,
    language: str,
    first_landscape: bool = False,
    foot: str = "",
    numbered: bool = True,
    draw: Callable[[Canvas, float, float], None] | None = None,
) -> bytes:
    """A4 pages, their foot with a line of text and page numbers; `draw(canvas, width, height)` paints behind each.

    The story changes between templates `wide` and `tall`.
    """
    load_fonts()
    out = io.BytesIO()
    templates = []
    for name, size in (("wide", landscape(A4)), ("tall", A4)):
        frame = Frame(
            MARGIN,
            MARGIN + _FOOT,
            size[0] - 2 * MARGIN,
            size[1] - 2 * MARGIN - _FOOT,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        behind = None if draw is None else (lambda canvas, _, size=size: draw(canvas, *size))
        template = PageTemplate(name, [frame], pagesize=size)
        if behind is not None:
            template.onPage = behind
        templates.append(template)
    if not first_landscape:
        templates.reverse()
    made = BaseDocTemplate(out, pageTemplates=templates, title=_printable(title), author="Sahə", lang=language)
    made.build(list(story), canvasmaker=_canvas(foot or title, language, numbered))
    return out.getvalue()


def _canvas(foot: str, language: str, numbered: bool) -> type[Canvas]:
    """A canvas that writes the foot of every page when it knows how many pages there are."""

    class Footed(Canvas):
        def __init__(self, *args: Any, **more: Any) -> None:
            more["initialFontName"] = REGULAR
            super().__init__(*args, **more)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                if numbered:
                    self._foot(number, len(self._pages))
                super().showPage()
            super().save()

        def _foot(self, number: int, pages: int) -> None:
            width = self._pagesize[0]
            self.setFont(REGULAR, 7.5)
            self.setFillColor(GREY)
            said = text("reports.page_of", lang=language, page=number, pages=pages)
            self.drawRightString(width - MARGIN, MARGIN - 2 * mm, said)
            room = width - 2 * MARGIN - pdfmetrics.stringWidth(said, REGULAR, 7.5) - 5 * mm
            self.drawString(MARGIN, MARGIN - 2 * mm, shortened(_printable(foot), REGULAR, 7.5, room))

    return Footed


def shortened(value: str, font: str, size: float, room: float) -> str:
    """As much of a line as fits into so many points, with an ellipsis when something had to go."""
    if pdfmetrics.stringWidth(value, font, size) <= room:
        return value
    while value and pdfmetrics.stringWidth(value + "…", font, size) > room:
        value = value[:-1]
    return value + "…"


def wrapped(said: str, size: float, room: float, font: str = REGULAR) -> list[str]:
    """Lines of whole words, none wider than so many points; a longer word stands alone."""
    lines = [""]
    for word in said.split():
        longer = f"{lines[-1]} {word}".strip()
        if pdfmetrics.stringWidth(longer, font, size) > room and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def square(canvas: Canvas, said: str, x: float, y: float, size: float) -> None:
    """A QR code of error level Q: a quarter of it may be smudged."""
    modules = list(segno.make(said, error="q", micro=False, boost_error=False).matrix)
    module = size / len(modules)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                path.rect(x + column * module, y + size - (row + 1) * module, module, module)
    canvas.drawPath(path, stroke=0, fill=1)


# --- a text ---------------------------------------------------------------------------------------------------------


def letter_pdf(letter: Letter) -> bytes:
    """A text as the bytes of a PDF, upright A4."""
    story: list[Flowable] = []
    for block in letter.blocks:
        story += _block(block, A4[0] - 2 * MARGIN)
    return document(story, title=letter.title, language=letter.language, foot=letter.foot)


def _block(block: Block, width: float) -> list[Flowable]:
    if isinstance(block, Heading):
        size = {1: 18.0, 2: 13.0}.get(block.level, 11.0)
        heading = _marked(block.text, style(size, bold=True, color=ACCENT, after=3))
        return [CondPageBreak(25 * mm), Spacer(1, 2.5 * mm), heading]
    if isinstance(block, Text):
        small = block.looks == "small"
        looks = style(8.5 if small else 10, bold=block.looks == "strong", color=GREY if small else INK, after=4)
        text_ = [("•  ", ""), *block.text] if block.looks == "bullet" else block.text
        return [_marked(text_, looks)]
    if isinstance(block, Facts):
        rows = [[paragraph(a, style(9.5, color=GREY)), paragraph(b, style(9.5))] for a, b in block.rows]
        return (
            [Grid(rows, colWidths=[0.24 * width, 0.76 * width], splitInRow=1, style=_FACTS), Spacer(1, 3 * mm)]
            if rows
            else []
        )
    if isinstance(block, Signatures):
        cells: list[Any] = []
        for label in block.labels:
            cells += [paragraph(label, style(9, color=GREY)), ""]  # an empty cell keeps two lines apart
        count = len(block.labels)
        lines = [("LINEABOVE", (2 * n, 0), (2 * n, 0), 0.6, INK) for n in range(count)]
        wide = [width / count - 12 * mm, 12 * mm] * count
        return [CondPageBreak(30 * mm), Spacer(1, 18 * mm), Grid([cells], colWidths=wide, style=[_OURS, *lines])]
    rows = [[paragraph(heading, style(9, bold=True)) for heading in block.headings]]
    rows += [[_marked(runs, style(9)) for runs in row] for row in block.rows]
    looks = [
        _OURS,
        ("GRID", (0, 0), (-1, -1), 0.4, _LINE),
        ("BACKGROUND", (0, 0), (-1, 0), PALE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    whole = sum(block.widths)
    widths = [width * part / whole for part in block.widths]
    return [Grid(rows, colWidths=widths, repeatRows=1, splitInRow=1, style=looks), Spacer(1, 3 * mm)]


def _marked(runs: Runs, looks: Any) -> Flowable:
    """Text with what was added underlined and what was removed struck out; never only by colour."""
    parts = []
    for said, mark in runs:
        shown_ = escape(_printable(said)).replace("\n", "<br/>")
        if mark == "added":
            shown_ = f'<u><font color="#1F5FA8">{shown_}</font></u>'
        elif mark == "removed":
            shown_ = f'<strike><font color="#A32020">{shown_}</font></strike>'
        parts.append(shown_)
    return Mark("".join(parts), looks)


# --- a report -------------------------------------------------------------------------------------------------------


def pdf(report: Report) -> bytes:
    """A report as the bytes of a PDF: its head, its tables with headings on every page, what the numbers mean."""
    story: list[Flowable] = [paragraph(report.title, style(18, bold=True, color=ACCENT, after=6))]
    if report.warning:
        story.append(paragraph(report.warning, style(10, bold=True, color=_RED, after=6)))
    wide = bool(report.tables) and report.tables[0].landscape
    width = (A4[1] if wide else A4[0]) - 2 * MARGIN
    facts = [
        [paragraph(label, style(8.5, color=GREY)), paragraph(said, style(8.5))] for label, said in report.facts if said
    ]
    if facts:
        story.append(Grid(facts, colWidths=[42 * mm, width - 42 * mm], splitInRow=1, style=_FACTS, hAlign="LEFT"))
    if report.prose:
        story.append(Spacer(1, 4 * mm))
    for block in report.prose:
        story += _block(block, width)
    for no, table in enumerate(report.tables):
        if no and table.landscape != report.tables[no - 1].landscape:
            story += [NextPageTemplate("wide" if table.landscape else "tall"), PageBreak()]
        else:
            story += [Spacer(1, 7 * mm), CondPageBreak(55 * mm)]
        story += _table(table, report.language, len(report.tables) > 1)
    if report.notes:
        heading = text("reports.what_the_numbers_mean", lang=report.language)
        story += [Spacer(1, 6 * mm), paragraph(heading, style(12, bold=True, color=ACCENT, after=3))]
        story += [paragraph(note, style(8, after=2.5)) for note in report.notes]
    return document(story, title=report.title, language=report.language, first_landscape=wide)


_FACTS = [
    _OURS,
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]


def _table(table: Table, language: str, titled: bool) -> list[Flowable]:
    width = (A4[1] if table.landscape else A4[0]) - 2 * MARGIN
    whole = sum(column.width for column in table.columns)
    size = 8.0 if whole < 190 else 7.0 if whole < 230 else 6.2
    if len(table.columns) > 12:
        size = 5.8
    looks_of_text = style(size)
    lines: list[list[Any]] = [
        [paragraph(c.title, style(size, bold=True, color=HexColor("#FFFFFF"), align=_side(c))) for c in table.columns]
    ]
    looks: list[Any] = [
        _OURS,
        ("BACKGROUND", (0, 0), (-1, 0), ACCENT),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if table.tall else "TOP"),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, _LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("FONTSIZE", (0, 0), (-1, -1), size),
        ("LEADING", (0, 0), (-1, -1), size * 1.32),
        ("TEXTCOLOR", (0, 1), (-1, -1), INK),
        *(("ALIGN", (n, 1), (n, -1), "RIGHT") for n, c in enumerate(table.columns) if _side(c) == "right"),
    ]
    if table.tall:
        looks.append(("GRID", (0, 1), (-1, -1), 0.4, _LINE))
    heights: list[float | None] = [None]
    for section in table.sections:
        if section.title:
            looks += [
                ("SPAN", (0, len(lines)), (-1, len(lines))),
                ("BACKGROUND", (0, len(lines)), (-1, len(lines)), PALE),
            ]
            lines.append([paragraph(section.title, style(size, bold=True)), *[""] * (len(table.columns) - 1)])
            heights.append(None)
        for row in section.rows:
            lines.append(
                [
                    # Only text needs to be broken into lines; a paragraph costs ten times a plain cell.
                    paragraph(shown(c, cell, language), looks_of_text) if c.kind == "text" else shown(c, cell, language)
                    for c, cell in zip(table.columns, row.cells, strict=True)
                ]
            )
            fits = all(len(str(cell)) < 200 for cell in row.cells)
            heights.append(table.tall * mm if table.tall and fits else None)
        if section.total_label:
            looks.append(("LINEABOVE", (0, len(lines)), (-1, len(lines)), 1, ACCENT))
            lines.append(_total(table, section, language, size))
            heights.append(None)
    widths = [width * column.width / whole for column in table.columns]
    parts: list[Flowable] = []
    if titled:
        parts.append(paragraph(table.title, style(12, bold=True, color=ACCENT, after=4)))
    grid = Grid(
        lines, colWidths=widths, rowHeights=heights if table.tall else None, repeatRows=1, splitInRow=1, style=looks
    )
    parts.append(grid)
    parts += [paragraph(note, style(7.5, color=GREY)) for note in table.notes]
    return parts


def _total(table: Table, section: Section, language: str, size: float) -> list[Flowable]:
    cells = [paragraph(section.total_label, style(size, bold=True))]
    for index, column in enumerate(table.columns[1:], 1):
        said = shown(column, table.total(section, index), language)
        cells.append(paragraph(said, style(size, bold=True, align=_side(column))))
    return cells


def _side(column: Column) -> str:
    return "left" if column.kind in ("text", "date") else "right"
