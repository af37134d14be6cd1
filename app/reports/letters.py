"""Texts and reports as .docx, for people who go on writing; what was typed stays text, no fields, no links."""

from __future__ import annotations

import io
import re
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.basics.clock import now
from app.basics.words import text
from app.reports.letter import Block, Facts, Grid, Heading, Letter, Runs, Signatures, Text
from app.reports.plain import shown
from app.reports.tables import Report, Table

_FONT = "Arial"  # has ə wherever a word processor is; the bundled font is not on the reader's machine
_ACCENT, _GREY, _RED = RGBColor(0x1F, 0x5F, 0xA8), RGBColor(0x5B, 0x66, 0x75), RGBColor(0xA3, 0x20, 0x20)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def letter_docx(letter: Letter) -> bytes:
    """A text as the bytes of a .docx file."""
    document = _new(letter.title, letter.language, landscape=False, foot=letter.foot or letter.title)
    for block in letter.blocks:
        _add(document, block)
    return _bytes(document)


def docx(report: Report) -> bytes:
    """A report as the bytes of a .docx file: its head, its tables, what the numbers mean."""
    wide = any(len(table.columns) > 6 for table in report.tables)
    document = _new(report.title, report.language, landscape=wide, foot=report.title)
    _add(document, Heading([(report.title, "")], 1))
    if report.warning:
        _add(document, Text([(report.warning, "")], "strong"))
    _add(document, Facts([(label, value) for label, value in report.facts if value]))
    for block in report.prose:
        _add(document, block)
    for table in report.tables:
        _add(document, Heading([(table.title, "")], 2))
        _table(document, table, report.language)
        for note in table.notes:
            _add(document, Text([(note, "")], "small"))
    if report.notes:
        _add(document, Heading([(text("reports.what_the_numbers_mean", lang=report.language), "")], 2))
        for note in report.notes:
            _add(document, Text([(note, "")], "small"))
    return _bytes(document)


# --- parts ----------------------------------------------------------------------------------------------------------


def _new(title: str, language: str, *, landscape: bool, foot: str) -> Any:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), _FONT)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), {"az": "az-Latn-AZ", "ru": "ru-RU"}.get(language, "en-GB"))
    style.element.get_or_add_rPr().append(spoken)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    line = section.footer.paragraphs[0]
    _run(line, f"{_clean(foot)}    ", size=8, color=_GREY)
    for part, code in (("", "PAGE"), (" / ", "NUMPAGES")):
        _run(line, part, size=8, color=_GREY)
        _field(line, code)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(title)[:250], "Sahə", ""
    properties.created = properties.modified = now().replace(tzinfo=None)
    return document


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        size = {1: 18, 2: 13}.get(block.level, 11)
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(8), Pt(3)
        paragraph.paragraph_format.keep_with_next = True
        _runs(paragraph, block.text, size=size, bold=True, color=_ACCENT)
    elif isinstance(block, Text):
        paragraph = document.add_paragraph(style="List Bullet" if block.looks == "bullet" else None)
        paragraph.paragraph_format.space_after = Pt(3)
        small = block.looks == "small"
        _runs(
            paragraph,
            block.text,
            size=8.5 if small else 10,
            bold=block.looks == "strong",
            color=_GREY if small else None,
        )
    elif isinstance(block, Facts):
        if block.rows:
            table = document.add_table(rows=0, cols=2)
            for label, value in block.rows:
                cells = table.add_row().cells
                _run(cells[0].paragraphs[0], _clean(label), size=9.5, color=_GREY)
                _lines(cells[1].paragraphs[0], value, size=9.5)
            _widths(table, (0.28, 0.72), document)
    elif isinstance(block, Signatures):
        document.add_paragraph()
        table = document.add_table(rows=2, cols=len(block.labels))
        for no, label in enumerate(block.labels):
            _run(table.rows[0].cells[no].paragraphs[0], "\n______________________________", size=9)
            _run(table.rows[1].cells[no].paragraphs[0], _clean(label), size=9, color=_GREY)
    else:
        _grid(document, block)


def _grid(document: Any, block: Grid) -> None:
    table = document.add_table(rows=1, cols=len(block.headings), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, block.headings, strict=True):
        _run(cell.paragraphs[0], _clean(heading), size=9, bold=True)
    _repeat(table.rows[0])
    for row in block.rows:
        for cell, runs in zip(table.add_row().cells, row, strict=True):
            _runs(cell.paragraphs[0], runs, size=9)
    _widths(table, block.widths, document)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _table(document: Any, table: Table, language: str) -> None:
    size = 8.5 if len(table.columns) <= 8 else 6.5
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
        _run(cell.paragraphs[0], _clean(column.title), size=size, bold=True)
    _repeat(made.rows[0])
    for section in table.sections:
        if section.title:
            cells = made.add_row().cells
            _run(cells[0].merge(cells[-1]).paragraphs[0], _clean(section.title), size=size, bold=True)
        for row in section.rows:
            said = [shown(c, cell, language) for c, cell in zip(table.columns, row.cells, strict=True)]
            _cells(made, table, said, size, bold=False)
        if section.total_label:
            totals = [shown(c, table.total(section, i), language) for i, c in enumerate(table.columns)]
            _cells(made, table, [section.total_label, *totals[1:]], size, bold=True)
    whole = sum(column.width for column in table.columns)
    _widths(made, [column.width / whole for column in table.columns], document)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _cells(made: Any, table: Table, said: list[str], size: float, *, bold: bool) -> None:
    for cell, column, value in zip(made.add_row().cells, table.columns, said, strict=True):
        paragraph = cell.paragraphs[0]
        if column.kind not in ("text", "date"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _lines(paragraph, value, size=size, bold=bold)


def _runs(paragraph: Any, runs: Runs, *, size: float, bold: bool = False, color: Any = None) -> None:
    for said, mark in runs:
        run = _lines(paragraph, said, size=size, bold=bold, color=color)
        if mark == "added":
            run.font.underline, run.font.color.rgb = True, _ACCENT
        elif mark == "removed":
            run.font.strike, run.font.color.rgb = True, _RED


def _lines(paragraph: Any, said: str, *, size: float, bold: bool = False, color: Any = None) -> Any:
    return _run(paragraph, _clean(said), size=size, bold=bold, color=color)


def _run(paragraph: Any, said: str, *, size: float, bold: bool = False, color: Any = None) -> Any:
    run = paragraph.add_run(said)  # turns \n into line breaks by itself, everything else stays text
    run.font.size, run.font.bold = Pt(size), bold
    if color is not None:
        run.font.color.rgb = color
    return run


def _field(paragraph: Any, code: str) -> None:
    """A page number: one of the two fields there are, both ours."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def _repeat(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _widths(table: Any, parts: Any, document: Any) -> None:
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    table.autofit = False
    wide = [int(room * part / sum(parts)) for part in parts]
    for no, width in enumerate(wide):
        table.columns[no].width = width
    for row in table._tbl.tr_lst:  # a column's `cells` walks the whole table for each column
        if len(row.tc_lst) == len(wide):
            for cell, width in zip(row.tc_lst, wide, strict=True):
                cell.width = width


def _clean(said: str) -> str:
    return _UNWRITABLE.sub("\ufffd", said)


def _bytes(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
