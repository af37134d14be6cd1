"""Reports as workbooks: formatted to print, totals as formulas over our own numbers; what persons typed stays text.

A cell of text can never become a formula or a link: it is stored as a quoted string whatever it begins with. Nothing is
put into temporary files, which the library would otherwise do.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from copy import copy
from datetime import date
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell._writer import write_cell
from openpyxl.cell.cell import Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.series import SeriesLabel, StrRef
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element, SubElement

from app.basics.clock import now
from app.basics.words import text
from app.reports.letter import lines_of
from app.reports.tables import Chart, Column, Linked, Report, Row, Section, Table, number

Known = dict[tuple[str, int, int], float]
"""The values of formulas: sheet, row, column → number."""

_FONT = "Noto Sans"
_INK = "1F2A37"
_ACCENT = "1F5FA8"
_PALE = "E8EEF6"
_LINE = Side(style="thin", color="C3CCD9")
_GRID = Border(bottom=_LINE)
_TOP = Border(top=Side(style="medium", color=_ACCENT))
_FORMATS = {"count": "#,##0", "hours": "#,##0.0", "money": "#,##0.00", "percent": "0.0%", "date": "dd.mm.yyyy"}
_BAR_COLOURS = ("1F5FA8", "E07B39", "8A94A6", "3C8D5A")
# Characters that XML 1.0 cannot hold, and lone halves of pairs.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_LONGEST = 32_767  # what a cell can hold
_BARRED_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def workbook(report: Report) -> bytes:
    """A report as the bytes of an .xlsx file: a cover, then a sheet for each table."""
    book = Workbook()
    names = _sheet_names(report)
    places = {table.name: _Place(quote_sheetname(names[table.name]), table) for table in report.tables}
    cover = book.active
    assert cover is not None
    _write_cover(cover, report, text("reports.sheet_cover", lang=report.language))
    known: Known = {}
    for table in report.tables:
        sheet = book.create_sheet(names[table.name])
        _write_table(sheet, table, places, known, report)
    book.properties.title = clean(report.title)
    book.properties.creator = "Sahə"
    book.properties.created = book.properties.modified = now().replace(tzinfo=None)
    return _bytes(book, known)


def clean(value: str) -> str:
    """Text that a cell can hold and that reads back as it was: no control characters, no accidental escapes."""
    one_way = value.replace("\r\n", "\n").replace("\r", "\n")  # XML reads every line end so
    return _ESCAPE.sub(r"_x005F_\1", _UNWRITABLE.sub("\ufffd", one_way))[:_LONGEST]


def put_text(cell: Cell, value: str) -> None:
    """Write text that stays text: a quoted string, whatever it begins with."""
    cell.value = clean(value)
    cell.data_type = "s"  # openpyxl takes a leading "=" for a formula and "#N/A" for an error
    cell.quotePrefix = True


# --- where things stand ---------------------------------------------------------------------------------------------


class _Place:
    """The rows of a sheet on which a table's parts stand, known before anything is written."""

    header = 3

    def __init__(self, sheet: str, table: Table) -> None:
        self.sheet = sheet
        self.rows: dict[str, int] = {}
        self.first: list[int] = []
        self.total: list[int] = []
        line = self.header + 1
        for section in table.sections:
            line += bool(section.title)
            self.first.append(line)
            for row in section.rows:
                if row.key:
                    self.rows[row.key] = line
                line += 1
            self.total.append(line)
            if section.key:
                self.rows[section.key] = line
            line += bool(section.total_label) + (section is not table.sections[-1])
        self.end = line

    def cell(self, row: str, column: int) -> str:
        return f"{self.sheet}!{get_column_letter(column + 1)}{self.rows[row]}"


def _sheet_names(report: Report) -> dict[str, str]:
    """Names that Excel allows: at most 31 characters, none twice (in any case), nothing it reads as syntax."""
    taken = {text("reports.sheet_cover", lang=report.language).casefold()}
    names = {}
    for table in report.tables:
        wanted = _BARRED_IN_NAMES.sub(" ", _UNWRITABLE.sub("", table.name)).strip(" '")[:31] or "–"
        name, no = wanted, 2
        while name.casefold() in taken:
            name, no = f"{wanted[:27]} ({no})", no + 1
        taken.add(name.casefold())
        names[table.name] = name
    return names


# --- the cover ------------------------------------------------------------------------------------------------------


def _write_cover(sheet: Worksheet, report: Report, name: str) -> None:
    sheet.title = name
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 92
    _style(_texted(sheet, 1, 1, report.title), size=18, bold=True, color=_ACCENT)
    sheet.row_dimensions[1].height = 30
    line = 3
    if report.warning:
        cell = _texted(sheet, line, 1, report.warning)
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=2)
        _style(cell, bold=True, color="A32020", wrap=True)
        sheet.row_dimensions[line].height = 32
        line += 2
    for label, value in report.facts:
        if not value:
            continue
        _style(_texted(sheet, line, 1, label), color="5B6675", wrap=True)
        _style(_texted(sheet, line, 2, value), wrap=True)
        sheet.row_dimensions[line].height = _height(value, 92)
        line += 1
    for said, level in lines_of(report.prose):
        line += level > 0
        cell = _texted(sheet, line, 1, said)
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=2)
        _style(cell, wrap=True, bold=level > 0, size=12 if level else 10, color=_ACCENT if level else _INK)
        sheet.row_dimensions[line].height = _height(said, 126) + (4 if level else 0)
        line += 1
    if report.notes:
        line += 1
        _style(_texted(sheet, line, 1, text("reports.what_the_numbers_mean", lang=report.language)), size=13, bold=True)
        line += 1
        for note in report.notes:
            cell = _texted(sheet, line, 1, note)
            sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=2)
            _style(cell, wrap=True)
            sheet.row_dimensions[line].height = _height(note, 126)
            line += 1
    _print_setup(sheet, report, landscape=True, header_rows=None)


# --- a table --------------------------------------------------------------------------------------------------------


def _write_table(sheet: Worksheet, table: Table, places: dict[str, _Place], known: Known, report: Report) -> None:
    place = places[table.name]
    sheet.sheet_view.showGridLines = False
    _style(_texted(sheet, 1, 1, table.title), size=14, bold=True, color=_ACCENT)
    sheet.row_dimensions[1].height = 24
    for index, column in enumerate(table.columns, 1):
        cell = _texted(sheet, place.header, index, column.title)
        _style(cell, bold=True, color="FFFFFF", fill=_ACCENT, wrap=True, align=_side(column), middle=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    longest = max((len(c.title) / max(c.width - 1, 4) for c in table.columns), default=1)
    sheet.row_dimensions[place.header].height = 16 * max(2, min(ceil(longest), 6))
    for section, first, total in zip(table.sections, place.first, place.total, strict=True):
        if section.title:
            for index in range(1, len(table.columns) + 1):
                _style(sheet.cell(first - 1, index), bold=True, fill=_PALE)
            put_text(sheet.cell(first - 1, 1), section.title)
        for offset, row in enumerate(section.rows):
            _write_row(sheet, first + offset, table, row, places, known)
        if section.total_label:
            _write_total(sheet, total, first, table, section, known)
    line = place.end + 1
    for note in table.notes:
        cell = _texted(sheet, line, 1, note)
        width = sum(column.width for column in table.columns)
        if len(table.columns) > 1:
            sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(table.columns))
        _style(cell, color="5B6675", wrap=True, italic=True)
        sheet.row_dimensions[line].height = _height(note, width)
        line += 1
    if table.chart is not None:
        _draw(sheet, table, table.chart, place, line + 1)
    sheet.freeze_panes = f"B{place.header + 1}" if len(table.columns) > 6 else f"A{place.header + 1}"
    _print_setup(sheet, report, landscape=table.landscape, header_rows=f"{place.header}:{place.header}")


def _write_row(sheet: Worksheet, line: int, table: Table, row: Row, places: dict[str, _Place], known: Known) -> None:
    tallest = 1.0
    for index, (column, value) in enumerate(zip(table.columns, row.cells, strict=True)):
        cell = sheet.cell(line, index + 1)
        if isinstance(value, Linked):
            _formula(cell, f"={places[value.table].cell(value.row, value.column)}", value.value, known)
        elif column.sums and (found := number(value)) is not None and _has_parts(row, column.sums):
            _formula(cell, _sum_across(line, column.sums), found, known)
        elif isinstance(value, str) and column.kind == "date" and value:
            cell.value = date.fromisoformat(value)
        elif isinstance(value, str):
            put_text(cell, value)
            if column.kind == "text":
                tallest = max(tallest, _lines(value, column.width))
        elif value is not None:
            cell.value = number(value)
        form = _FORMATS.get(column.kind, "")
        _style(cell, wrap=column.kind == "text", align=_side(column), border=True, form=form)
    if table.tall:
        sheet.row_dimensions[line].height = max(table.tall * 72 / 25.4, 14 * tallest + 2)
    elif tallest > 1:
        sheet.row_dimensions[line].height = min(14 * tallest + 2, 400)


def _write_total(sheet: Worksheet, line: int, first: int, table: Table, section: Section, known: Known) -> None:
    for index, column in enumerate(table.columns):
        cell = sheet.cell(line, index + 1)
        value = table.total(section, index)
        if index == 0:
            put_text(cell, section.total_label)
        elif value is None:
            pass
        elif index in section.given or not section.rows:
            cell.value = value
        else:
            letter = get_column_letter(index + 1)
            _formula(cell, f"=SUM({letter}{first}:{letter}{line - 1})", value, known)
        _style(cell, bold=True, fill=_PALE, align=_side(column), top=True, form=_FORMATS.get(column.kind, ""))


def _formula(cell: Cell, formula: str, value: float, known: Known) -> None:
    """A formula of ours, together with its value, so that programs which do not calculate show it too."""
    cell.value = formula
    known[cell.parent.title, cell.row, cell.column] = value


def _sum_across(line: int, span: tuple[int, int]) -> str:
    return f"=SUM({get_column_letter(span[0] + 1)}{line}:{get_column_letter(span[1] + 1)}{line})"


def _has_parts(row: Row, span: tuple[int, int]) -> bool:
    return any(number(cell) is not None for cell in row.cells[span[0] : span[1] + 1])


# --- looks ----------------------------------------------------------------------------------------------------------


def _texted(sheet: Worksheet, row: int, column: int, value: str) -> Any:
    cell = sheet.cell(row, column)
    put_text(cell, value)
    return cell


def _style(
    cell: Any,
    *,
    size: int = 10,
    bold: bool = False,
    italic: bool = False,
    color: str = _INK,
    fill: str = "",
    wrap: bool = False,
    align: str = "left",
    middle: bool = False,
    border: bool = False,
    top: bool = False,
    form: str = "",
) -> None:
    """Give a cell its looks. Each combination is made once a workbook and then copied: making one costs as much as
    writing a row."""
    key = (size, bold, italic, color, fill, wrap, align, middle, border, top, form, bool(cell.quotePrefix))
    looks = cell.parent.parent.__dict__.setdefault("_saha_looks", {})
    known = looks.get(key)
    if known is not None:
        cell._style = copy(known)
        return
    quoted = cell.quotePrefix
    cell.font = Font(name=_FONT, size=size, bold=bold, italic=italic, color=color)
    cell.alignment = Alignment(horizontal=align, vertical="center" if middle else "top", wrap_text=wrap)
    if fill:
        cell.fill = PatternFill("solid", start_color=fill)
    if border:
        cell.border = _GRID
    if top:
        cell.border = _TOP
    if form:
        cell.number_format = form
    cell.quotePrefix = quoted
    looks[key] = copy(cell._style)


def _side(column: Column) -> str:
    return "left" if column.kind in ("text", "date") else "right"


def _lines(value: str, width: float) -> float:
    return sum(max(1, ceil(len(part) / max(width * 1.05, 4))) for part in value.split("\n"))


def _height(value: str, width: float) -> float:
    return 15 * _lines(value, width)


def _print_setup(sheet: Worksheet, report: Report, *, landscape: bool, header_rows: str | None) -> None:
    """A4, as wide as the page, header rows on every page, page numbers and what it is at the foot."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.45
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.65
    sheet.oddFooter.left.text = clean(report.title).replace("&", "&&")[:120]
    sheet.oddFooter.right.text = text("reports.page_of", lang=report.language, page="&P", pages="&N")
    if header_rows:
        sheet.print_title_rows = header_rows


def _draw(sheet: Worksheet, table: Table, chart: Chart, place: _Place, line: int) -> None:
    section = table.sections[chart.section]
    if not section.rows:
        return
    first, last = place.first[chart.section], place.first[chart.section] + len(section.rows) - 1
    bars = BarChart()
    bars.type, bars.grouping, bars.overlap = "bar", "stacked", 100
    bars.title = chart.title
    bars.height, bars.width = max(7.0, 1.6 + 0.75 * len(section.rows)), 24
    bars.gapWidth = 60
    for column in chart.columns:
        bars.add_data(Reference(sheet, min_col=column + 1, min_row=first, max_row=last), titles_from_data=False)
        series = bars.series[-1]
        series.tx = _series_title(sheet, place.header, column + 1)
        series.graphicalProperties.solidFill = _BAR_COLOURS[(len(bars.series) - 1) % len(_BAR_COLOURS)]
    bars.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    bars.y_axis.delete = bars.x_axis.delete = False
    bars.y_axis.majorGridlines = None
    bars.x_axis.tickLblSkip = 1
    bars.x_axis.scaling.orientation = "maxMin"
    bars.legend.position = "b"
    sheet.add_chart(bars, f"A{line}")


def _series_title(sheet: Worksheet, row: int, column: int) -> Any:
    place = f"{quote_sheetname(sheet.title)}!${get_column_letter(column)}${row}"
    return SeriesLabel(strRef=StrRef(f=place))


# --- writing without temporary files --------------------------------------------------------------------------------


class _SheetWriter(WorksheetWriter):
    """Writes formulas together with the values we know for them."""

    def __init__(self, sheet: Worksheet, out: io.BytesIO, known: Known) -> None:
        super().__init__(sheet, out)
        self._known = known

    def write_row(self, xf: Any, row: Sequence[Any], row_idx: int) -> None:
        attributes = {"r": f"{row_idx}", **dict(self.ws.row_dimensions[row_idx])}
        with xf.element("row", attributes):
            for cell in row:
                value = self._known.get((self.ws.title, cell.row, cell.column))
                if value is not None:
                    element = Element("c", {"r": cell.coordinate, "s": f"{cell.style_id}"})
                    SubElement(element, "f").text = cell.value[1:]
                    SubElement(element, "v").text = repr(value)
                    xf.write(element)
                elif cell.value is not None or cell.has_style:
                    write_cell(xf, self.ws, cell, cell.has_style)


class _Archive(ExcelWriter):
    """The library's writer, with every sheet made in memory: its temporary files would hold names in the clear."""

    def __init__(self, book: Workbook, archive: zipfile.ZipFile, known: Known) -> None:
        super().__init__(book, archive)
        self._known = known

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        out = io.BytesIO()
        writer = _SheetWriter(ws, out, self._known)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def _bytes(book: Workbook, known: Known) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        _Archive(book, archive, known).save()
    return out.getvalue()
