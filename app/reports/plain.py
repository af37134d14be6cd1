"""Reports as CSV and as a web page that needs nothing else; typed text becomes neither formula nor mark-up."""

from __future__ import annotations

import csv
import io
from html import escape

from app.basics.words import text
from app.reports.letter import lines_of
from app.reports.tables import Column, Report, Row, Section, Table, number
from app.reports.wording import day, spoken

_STYLE = """
body{font:15px/1.45 "Noto Sans",system-ui,sans-serif;color:#1f2a37;margin:2rem auto;max-width:70rem;padding:0 1rem}
h1{color:#1f5fa8;font-size:1.7rem;margin:0 0 1rem}h2{font-size:1.2rem;margin:2.2rem 0 .5rem;color:#1f5fa8}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem}dt{color:#5b6675}dd{margin:0}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{background:#1f5fa8;color:#fff;text-align:left;padding:.35rem .6rem}
td{padding:.3rem .6rem;border-bottom:1px solid #c3ccd9;vertical-align:top;white-space:pre-line}
.n{text-align:right}.s td{background:#e8eef6;font-weight:600}.t td{font-weight:700;border-top:2px solid #1f5fa8}
.note{color:#5b6675;font-style:italic}.warn{color:#a32020;font-weight:700}
@media print{@page{size:A4 landscape;margin:12mm}thead{display:table-header-group}tr{break-inside:avoid}body{margin:0}}
"""
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def csv_file(report: Report) -> bytes:
    """UTF-8 with a byte order mark (Excel needs it for ə), RFC 4180; tables one after the other, an empty line between.

    Text that a spreadsheet program would take for a formula gets an apostrophe in front. Numbers stay numbers with a
    point, days are ISO 8601.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    prose = lines_of(report.prose)
    for line, _ in prose:
        writer.writerow([harmless(line)])
    for no, table in enumerate(report.tables):
        if no or prose:
            writer.writerow([])
        if len(report.tables) > 1:
            writer.writerow([harmless(table.title)])
        writer.writerow([harmless(column.title) for column in table.columns])
        for section in table.sections:
            if section.title:
                writer.writerow([harmless(section.title)])
            for row in section.rows:
                writer.writerow([_plain(cell) for cell in row.cells])
            if section.total_label:
                totals = [table.total(section, index) for index in range(1, len(table.columns))]
                writer.writerow([harmless(section.total_label), *(_plain(total) for total in totals)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def harmless(value: str) -> str:
    """Text that no spreadsheet program takes for a formula."""
    return f"'{value}" if value.lstrip(" \u00a0").startswith(_TRIGGERS) else value


def html_page(report: Report) -> bytes:
    """One page with everything in it; no script, and no link or picture from elsewhere."""
    parts = [
        f'<!doctype html><html lang="{report.language}"><head><meta charset="utf-8">',
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">""",
        f'<meta name="viewport" content="width=device-width"><title>{escape(report.title)}</title>',
        f"<style>{_STYLE}</style></head><body><h1>{escape(report.title)}</h1>",
    ]
    if report.warning:
        parts.append(f'<p class="warn">{escape(report.warning)}</p>')
    parts.append("<dl>")
    parts += [f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in report.facts if value]
    parts.append("</dl>")
    for line, level in lines_of(report.prose):
        parts.append(f"<h2>{escape(line)}</h2>" if level else f"<p>{escape(line)}</p>")
    for table in report.tables:
        parts += _html_table(table, report.language)
    if report.notes:
        parts.append(f"<h2>{escape(text('reports.what_the_numbers_mean', lang=report.language))}</h2>")
        parts += [f"<p>{escape(note)}</p>" for note in report.notes]
    parts.append("</body></html>")
    return "\n".join(parts).encode("utf-8", "replace")


def _html_table(table: Table, language: str) -> list[str]:
    heads = "".join(f"<th{_class(c)}>{escape(c.title)}</th>" for c in table.columns)
    parts = [f"<h2>{escape(table.title)}</h2><table><thead><tr>{heads}</tr></thead><tbody>"]
    for section in table.sections:
        if section.title:
            parts.append(f'<tr class="s"><td colspan="{len(table.columns)}">{escape(section.title)}</td></tr>')
        parts += ["<tr>" + _html_row(table, row, language) + "</tr>" for row in section.rows]
        if section.total_label:
            parts.append('<tr class="t">' + _html_total(table, section, language) + "</tr>")
    parts.append("</tbody></table>")
    parts += [f'<p class="note">{escape(note)}</p>' for note in table.notes]
    return parts


def _html_row(table: Table, row: Row, language: str) -> str:
    return "".join(
        f"<td{_class(c)}>{escape(shown(c, cell, language))}</td>"
        for c, cell in zip(table.columns, row.cells, strict=True)
    )


def _html_total(table: Table, section: Section, language: str) -> str:
    cells = [f"<td>{escape(section.total_label)}</td>"]
    for index, column in enumerate(table.columns[1:], 1):
        total = table.total(section, index)
        cells.append(f"<td{_class(column)}>{escape(shown(column, total, language))}</td>")
    return "".join(cells)


def shown(column: Column, cell: object, language: str) -> str:
    """What a cell reads like on paper."""
    if isinstance(cell, str):
        return day(cell) if column.kind == "date" else cell
    return spoken(number(cell), column.kind, language)


def _class(column: Column) -> str:
    return "" if column.kind in ("text", "date") else ' class="n"'


def _plain(cell: object) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    value = number(cell)
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(round(value, 4))
