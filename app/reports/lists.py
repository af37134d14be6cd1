"""A list as it is seen in the window, written as a workbook (or another format); adds no numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.basics import clock, words
from app.basics.words import text
from app.reports.catalogue import FORMATS, write_report
from app.reports.files import check_format
from app.reports.tables import Column, Report, Row, Section, Table
from app.reports.wording import moment

_WIDEST = 60


def write_list(
    path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, password: str = ""
) -> None:
    """Write headings and rows of shown text, in the format of the file's ending; a workbook perhaps with a password.

    Raises UserError(report_format_unknown) or OSError, leaving nothing half-made.
    """
    check_format(path, FORMATS)
    columns = [Column(heading, "text", _width(heading, [row[i] for row in rows])) for i, heading in enumerate(headings)]
    cells = [Row(["" if cell is None else str(cell) for cell in row]) for row in rows]
    table = Table(title[:31] or "–", title, columns, [Section(cells)])
    facts = [(text("reports.made"), moment(clock.stamp())), (text("reports.rows"), str(len(rows)))]
    write_report(Report(title, words.language(), facts, [table]), path, password=password)


def _width(heading: str, cells: Sequence[str]) -> int:
    """Wide enough for what stands in the first hundreds of rows."""
    longest = max((len(str(cell or "").split("\n", 1)[0]) for cell in cells[:300]), default=0)
    return max(8, min(max(longest, len(heading)) + 2, _WIDEST))
