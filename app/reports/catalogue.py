"""REPORTS: every report by name, and `make`, which writes one in the format that the file's ending asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.basics import clock, words
from app.errors import UserError
from app.models.writer import Reader
from app.reports import attendance_list, narrative, planning, quarterly, registers, themes
from app.reports.discretion import suppressed
from app.reports.files import check_format, write_whole
from app.reports.frame import Frame
from app.reports.plain import csv_file, html_page
from app.reports.tables import Report, Table

Build = Callable[[Reader, str, str, "Iterable[str] | None", str], Report]
About = Callable[[Reader, str, str], Report]
Paper = Callable[[Reader, str, Path, str], object]
FORMATS = (".xlsx", ".pdf", ".csv", ".html")
NAMED = frozenset({"attendance", "registers", "sign_in_sheet", "badges", "certificates"})
"""Reports and papers that name people: each is logged when it leaves."""
PUBLISHED = frozenset({"annual", "donor"})
"""Reports made for people outside: the window hides small groups in them until somebody says otherwise."""
TEXT_FORMATS = (".docx", ".pdf", ".html", ".xlsx", ".csv")


@dataclass(frozen=True)
class Entry:
    """One report: the key of its title in the catalogue of words, its formats (file endings), what builds it.

    A report is about a period (`build`), about one activity (`about`), or about whichever is asked for. A `paper` is
    something to print about one activity that is no table; it writes its file itself.
    """

    title: str
    build: Build | None = None
    formats: tuple[str, ...] = FORMATS
    about: About | None = None
    paper: Paper | None = None


def _theme(table: Callable[[Frame], Table]) -> Build:
    """A report of one table of the quarterly workbook."""

    def build(reader: Reader, start: str, end: str, sites: Iterable[str] | None, language: str) -> Report:
        frame = Frame(reader, start, end, sites, language)
        made = table(frame)
        return Report(made.title, language, frame.facts(), [made], frame.notes(), frame.warning())

    return build


# The papers load reportlab and python-docx, so each is loaded when it is wanted.


def _sign_in_sheet(reader: Reader, activity: str, out: Path, language: str) -> object:
    from app.reports import signin_sheet

    return signin_sheet.write(reader, activity, out, languages=(language,))


def _badges(reader: Reader, activity: str, out: Path, language: str) -> object:
    from app.reports import signin_sheet

    return signin_sheet.write_badges(reader, activity, out, language=language)


def _certificates(reader: Reader, activity: str, out: Path, language: str) -> object:
    from app.reports import certificates

    return certificates.write(reader, activity, out)


def _agenda(reader: Reader, activity: str, out: Path, language: str) -> object:
    from app.reports import minutes

    return minutes.write_agenda(reader, activity, out, language=language)


def _minutes(reader: Reader, activity: str, out: Path, language: str) -> object:
    from app.reports import minutes

    return minutes.write_minutes(reader, activity, out, language=language)


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
    "indicators": Entry("reports.sheet_indicators", _theme(themes.indicators)),
    "coverage": Entry("reports.sheet_coverage", _theme(themes.coverage)),
    "plan": Entry("reports.sheet_plan", _theme(planning.plan_table)),
    "departments": Entry("reports.sheet_departments", _theme(planning.departments_table)),
    "duties": Entry("reports.sheet_duties", _theme(themes.duties_table)),
    "action_items": Entry("reports.sheet_actions", _theme(themes.action_items)),
    "surveys": Entry("reports.sheet_surveys", _theme(themes.surveys)),
    "donor": Entry("reports.sheet_donor", _theme(themes.donor)),
    "annual": Entry("reports.name_annual", narrative.annual, TEXT_FORMATS),
    "polis": Entry("reports.polis_title", narrative.polis, TEXT_FORMATS, narrative.polis_of),
    "sign_in_sheet": Entry("reports.signin_title", formats=(".pdf",), paper=_sign_in_sheet),
    "badges": Entry("reports.badges_title", formats=(".pdf",), paper=_badges),
    "certificates": Entry("reports.certificates_title", formats=(".pdf",), paper=_certificates),
    "agenda": Entry("reports.agenda_title", formats=(".pdf", ".docx"), paper=_agenda),
    "minutes": Entry("reports.minutes_title", formats=(".pdf", ".docx"), paper=_minutes),
    "attendance": Entry("reports.attendance_title", about=attendance_list.attendance_list),
    "legacy": Entry("reports.sheet_legacy", _theme(quarterly.legacy)),
    "registers": Entry("registers.name", registers.registers),
}


def make(
    reader: Reader,
    name: str,
    out: Path,
    *,
    sites: Iterable[str] = (),
    start: date | str | None = None,
    end: date | str | None = None,
    activity: str | None = None,
    language: str | None = None,
    publish: bool = False,
    password: str = "",
) -> Report | None:
    """Write a report to a file in the format of its ending; gives what it says (None for a paper).

    `sites` are ids, none of them meaning all; the days are both included, by default those of the quarter that is now;
    a report about one activity takes its id and needs no days. `publish` hides small groups of persons, `password`
    locks a workbook. Raises UserError: report_unknown, export_lock_needs_workbook,
    report_format_unknown, report_needs_activity, no_such_row; OSError when the file cannot be written. Either way
    nothing half-made is left, and what was there before stays.
    """
    entry = REPORTS.get(name)
    if entry is None:
        raise UserError("report_unknown", name=name[:60], known=", ".join(REPORTS))
    check_format(out, entry.formats)
    speak = language or words.language()
    if password and out.suffix.lower() != ".xlsx":
        raise UserError("export_lock_needs_workbook", file=out.name)
    if entry.paper is not None and activity:
        entry.paper(reader, activity, out, speak)
        return None
    if entry.about is not None and activity:
        report = entry.about(reader, activity, speak)
    elif entry.build is None:
        raise UserError("report_needs_activity", name=name)
    else:
        first, last = _days(start, end)
        report = entry.build(reader, first, last, list(sites) or None, speak)
    if publish:
        report = suppressed(report)
    write_report(report, out, password=password)
    return report


def _days(start: date | str | None, end: date | str | None) -> tuple[str, str]:
    """The first and last day as ISO text; what is missing is that of the quarter of the other, or of today."""
    known = start or end
    day_ = date.fromisoformat(str(known)) if known else clock.today()
    month = 3 * ((day_.month - 1) // 3) + 1
    first = date(day_.year, month, 1)
    last = date(day_.year + month // 10, (month + 2) % 12 + 1, 1) - timedelta(days=1)
    found = str(start or first), str(end or last)
    if found[0] > found[1]:
        raise UserError("period_upside_down", start=found[0], end=found[1])
    return found


def write_report(report: Report, out: Path, *, password: str = "") -> None:
    """Write a report in the format of the file's ending, whole or not at all; a workbook perhaps with a password.

    Raises UserError(export_lock_needs_workbook) for a password with any other format.
    """
    ending = out.suffix.lower()
    if password and ending != ".xlsx":
        raise UserError("export_lock_needs_workbook", file=out.name)
    content = render(report, ending)
    if password:
        from app.reports.locked import lock

        content = lock(content, password)
    write_whole(out, content)


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
