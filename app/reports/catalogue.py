"""REPORTS: every report by name, and `make`, which writes one in the format that the file's ending asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.errors import UserError
from app.models.writer import Reader
from app.reports import quarterly
from app.reports.files import write_whole
from app.reports.frame import Frame
from app.reports.plain import csv_file, html_page
from app.reports.tables import Report, Table

Build = Callable[[Reader, str, str, "Iterable[str] | None", str], Report]
FORMATS = (".xlsx", ".pdf", ".csv", ".html")


@dataclass(frozen=True)
class Entry:
    """One report: the key of its title in the catalogue of words, its formats (file endings), what builds it."""

    title: str
    build: Build
    formats: tuple[str, ...] = FORMATS


def _theme(table: Callable[[Frame], Table]) -> Build:
    """A report of one table of the quarterly workbook."""

    def build(reader: Reader, start: str, end: str, sites: Iterable[str] | None, language: str) -> Report:
        frame = Frame(reader, start, end, sites, language)
        made = table(frame)
        return Report(made.title, language, frame.facts(), [made], frame.notes(), frame.warning())

    return build


REPORTS: dict[str, Entry] = {
    "quarterly": Entry("reports.name_quarterly", quarterly.quarterly),
    "activities": Entry("reports.sheet_activities", _theme(quarterly.activities)),
    "kinds": Entry("reports.sheet_kinds", _theme(quarterly.kinds)),
    "participants": Entry("reports.sheet_participations", _theme(quarterly.participations)),
    "people_trained": Entry("reports.sheet_trained", _theme(quarterly.people_trained)),
    "headcounts": Entry("reports.sheet_headcounts", _theme(quarterly.headcounts)),
    "groups": Entry("reports.sheet_groups", _theme(quarterly.groups)),
    "outputs": Entry("reports.sheet_outputs", _theme(quarterly.outputs)),
    "mechanisms": Entry("reports.sheet_mechanisms", _theme(quarterly.mechanisms)),
    "costs": Entry("reports.sheet_costs", _theme(quarterly.costs)),
    "legacy": Entry("reports.sheet_legacy", _theme(quarterly.legacy)),
}


def make(
    reader: Reader,
    name: str,
    sites: Iterable[str] | None,
    start: str,
    end: str,
    language: str,
    out: Path,
) -> Report:
    """Write a report over some sites (ids; None: all) and days (ISO, both included) to a file; gives what it says.

    Raises UserError: report_unknown, report_format_unknown; OSError when the file cannot be written. Either way
    nothing half-made is left, and what was there before stays.
    """
    entry = REPORTS.get(name)
    if entry is None:
        raise UserError("report_unknown", name=name, known=", ".join(REPORTS))
    check_format(out, entry.formats)
    report = entry.build(reader, start, end, sites, language)
    write_report(report, out)
    return report


def check_format(out: Path, formats: Iterable[str]) -> None:
    """Raise UserError(report_format_unknown) when the ending of a file is none of these."""
    known = list(formats)
    if out.suffix.lower() not in known:
        raise UserError("report_format_unknown", file=out.name, known=", ".join(known))


def write_report(report: Report, out: Path) -> None:
    """Write a report in the format of the file's ending, whole or not at all."""
    write_whole(out, render(report, out.suffix.lower()))


def render(report: Report, ending: str) -> bytes:
    """A report as the bytes of a file of this ending."""
    if ending == ".csv":
        return csv_file(report)
    if ending == ".html":
        return html_page(report)
    if ending == ".pdf":
        from app.reports.paper import pdf  # loads reportlab, which only paper needs

        return pdf(report)
    if ending == ".docx":
        from app.reports.letters import docx  # the same of python-docx

        return docx(report)
    from app.reports.workbook import workbook  # the same of openpyxl

    return workbook(report)
