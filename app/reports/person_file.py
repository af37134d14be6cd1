"""All that the register holds about one person as a file to hand out: a workbook, paper, CSV; chooses nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.basics import words
from app.basics.words import text
from app.reports.catalogue import FORMATS, write_report
from app.reports.files import check_format
from app.reports.tables import Column, Report, Row, Section, Table

Sections = Sequence[tuple[str, Sequence[Sequence[tuple[str, str]]]]]
"""(heading, blocks) as `services.dossier.told` gives them; a block is (label, value) pairs."""


def write(path: Path, name: str, intro: str, sections: Sections, *, password: str = "") -> None:
    """Write the sections in the format of the file's ending, a table each.

    Raises UserError: report_format_unknown, export_lock_needs_workbook; OSError, leaving nothing half-made.
    """
    check_format(path, FORMATS)
    columns = [Column(text("reports.field"), "text", 34), Column(text("reports.value"), "text", 76)]
    tables = []
    for number, (heading, blocks) in enumerate(sections, 1):
        parts = [Section([Row([label, value]) for label, value in block]) for block in blocks]
        tables.append(Table(f"{number} {heading}"[:31], heading, columns, parts, landscape=False))
    write_report(Report(name, words.language(), [], tables, [intro]), path, password=password)
