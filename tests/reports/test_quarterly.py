"""The quarterly workbook: its numbers against those worked out by hand, its formulas against a second program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from app.models.store import Store
from app.reports.catalogue import make
from app.reports.quarterly import period_name, quarterly
from app.reports.tables import Linked, Report, number
from app.reports.workbook import workbook
from tests.composed import GANJA, NAKHCHIVAN, Q1, compose
from tests.reports.recalculated import convert

LANGUAGES = ("en", "az", "ru")


@pytest.fixture
def quarter(store: Store) -> Store:
    store.write(compose)
    return store


def report_of(store: Store, language: str = "en", sites: list[str] | None = None) -> Report:
    with store.read() as reader:
        return quarterly(reader, *Q1, sites, language)


def row_named(sheet: Worksheet, label: str) -> list[Any]:
    """The first row of a sheet whose first cell says this."""
    for row in sheet.iter_rows(values_only=True):
        if row[0] == label:
            return list(row)
    raise AssertionError(f"{sheet.title} has no row {label}")


def written(store: Store, folder: Path, language: str = "en", sites: list[str] | None = None) -> Path:
    target = folder / f"q-{language}.xlsx"
    with store.read() as reader:
        make(reader, "quarterly", target, sites=sites or (), start=Q1[0], end=Q1[1], language=language)
    return target


def test_the_summary_says_what_was_worked_out(quarter: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(quarter, tmp_path), data_only=True)
    summary = book["Summary"]
    #            held trainings women men n.r. all trained hours counted estimated official c/e meetings opened closed …
    ganja = row_named(summary, "Ganja")[1:18]
    assert ganja == [4, 1, 3, 3, 0, 6, 3, 37, 16, 40, 0, 600, 2, 4, 1, 1, 0]
    nakhchivan = row_named(summary, "Nakhchivan AR")[1:9]
    assert nakhchivan == [1, 1, 2, 0, 1, 3, 2, 0]
    # anna was trained at both: three and two persons are four.
    assert row_named(summary, "All sites")[1:9] == [5, 2, 5, 3, 1, 9, 4, 37]


def test_totals_are_formulas_and_people_are_not(quarter: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(quarter, tmp_path))
    total = row_named(book["Summary"], "All sites")
    assert all(str(cell).startswith("=SUM(") for cell in total[1:7])
    assert total[7] == 4
    ganja = row_named(book["Summary"], "Ganja")
    assert ganja[1].startswith("=") and "Ganja" in ganja[1]
    formulas = [c.value for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert len(formulas) > 100
    assert all("[" not in f and "HYPERLINK" not in f.upper() for f in formulas), "only our own cells"


def test_another_program_calculates_the_same(quarter: Store, tmp_path: Path) -> None:
    """In Azerbaijani: the formulas then name sheets with letters outside ASCII."""
    made = written(quarter, tmp_path, "az")
    again = convert(made, "xlsx", tmp_path / "again")
    ours, theirs = (openpyxl.load_workbook(path, data_only=True) for path in (made, again))
    formulas = openpyxl.load_workbook(made)
    assert ours.sheetnames == theirs.sheetnames
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    said, calculated = (b[sheet.title][cell.coordinate].value for b in (ours, theirs))
                    assert calculated == pytest.approx(said), f"{sheet.title}!{cell.coordinate} {cell.value}"
                    compared += 1
    assert compared > 100


def test_programs_that_do_not_calculate_see_the_numbers_too(quarter: Store, tmp_path: Path) -> None:
    rows = CalamineWorkbook.from_path(str(written(quarter, tmp_path))).get_sheet_by_name("Summary").to_python()
    assert next(row for row in rows if row[0] == "All sites")[1:8] == [5, 2, 5, 3, 1, 9, 4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_prints(quarter: Store, tmp_path: Path, language: str) -> None:
    book = openpyxl.load_workbook(written(quarter, tmp_path, language))
    assert len(book.sheetnames) == 1 + 11 + 11  # cover, themes, the sites of the programme
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert "&P" in sheet.oddFooter.right.text and "&N" in sheet.oddFooter.right.text
        assert not sheet._hyperlinks
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes and sheet.freeze_panes.endswith("4")
        assert sheet.print_title_rows == "$3:$3"
    assert len(book.worksheets[1]._charts) == 1


def test_one_site_has_only_its_own(quarter: Store, tmp_path: Path) -> None:
    report = report_of(quarter, sites=[NAKHCHIVAN])
    assert [row.cells[0] for row in report.tables[0].sections[0].rows] == ["Nakhchivan AR"]
    assert report.tables[0].total(report.tables[0].sections[0], 6) == 3
    book = openpyxl.load_workbook(written(quarter, tmp_path, sites=[NAKHCHIVAN]))
    assert "Ganja" not in book.sheetnames
    assert report_of(quarter, sites=[GANJA]).tables[0].total(report.tables[0].sections[0], 6) is not None


def test_links_say_what_they_point_to(quarter: Store) -> None:
    report = report_of(quarter)
    tables = {table.name: table for table in report.tables}
    for _, _, row in report.lines():
        for cell in row.cells:
            if isinstance(cell, Linked):
                table = tables[cell.table]
                aims = [
                    number(target.cells[cell.column])
                    for section in table.sections
                    for target in section.rows
                    if target.key == cell.row
                ]
                aims += [table.total(s, cell.column) for s in table.sections if s.key == cell.row]
                assert aims == [cell.value]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language(quarter: Store, language: str) -> None:
    report = report_of(quarter, language)
    names = {
        "en": ("Summary", "Persons trained", "Nakhchivan AR"),
        "az": ("Xülasə", "Təlim keçmiş şəxslər", "Naxçıvan Muxtar Respublikası"),
        "ru": ("Сводка", "Обученные лица", "Нахчыванская Автономная Республика"),
    }
    assert set(names[language]) <= {table.name for table in report.tables}
    assert len(report.notes) == 9
    assert report.warning  # the test store is practice


def test_period_names(store: Store) -> None:
    from app.reports.frame import Frame

    with store.read() as reader:

        def named(start: str, end: str) -> str:
            return period_name(Frame(reader, start, end, None, "en"))

        assert named("2026-04-01", "2026-06-30") == "2026, 2nd quarter"
        assert named("2026-01-01", "2026-12-31") == "2026"
        assert named("2026-01-15", "2026-03-31") == "15.01.2026 – 31.03.2026"


def test_an_empty_register_makes_a_workbook_of_zeros(store: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(store, tmp_path), data_only=True)
    assert row_named(book["Summary"], "All sites")[1:8] == [0] * 7


def test_names_of_sheets_are_never_refused(quarter: Store) -> None:
    def rename(w: Any) -> None:
        w.put("site", {"name_en": "Ganja: [north]/south*? and a very long name of a place"}, GANJA)
        w.put("site", {"name_en": "SUMMARY"}, NAKHCHIVAN)

    quarter.write(rename)
    import io

    book = openpyxl.load_workbook(io.BytesIO(workbook(report_of(quarter))), data_only=True)
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    assert row_named(book["Summary"], "Ganja: [north]/south*? and a very long name of a place")[1] == 4


def test_two_sites_of_one_name_have_a_sheet_each_and_their_own_numbers(quarter: Store) -> None:
    def held(report: Report) -> dict[str, float]:
        """Activities held, by the name of the sheet that the summary's row leads to."""
        (section,) = report.tables[0].sections
        return {row.cells[1].table: float(row.cells[1].value) for row in section.rows}  # type: ignore[union-attr, arg-type]

    apart = held(report_of(quarter))
    quarter.write(lambda w: [w.put("site", {"name_en": "Twin"}, site) for site in (GANJA, NAKHCHIVAN)])
    report = report_of(quarter)
    together = held(report)
    assert together["Twin (ganja)"] == apart["Ganja"] and together["Twin (nakhchivan)"] == apart["Nakhchivan AR"]
    assert {"Twin (ganja)", "Twin (nakhchivan)"} <= {table.name for table in report.tables}


def test_every_number_opens_the_list_behind_it(store: Store) -> None:
    made = store.write(compose).value
    report = report_of(store)
    tables = {table.name: table for table in report.tables}
    compared = 0
    for name in ("Activities", "Kinds", "Participations", "Persons trained"):
        table = tables[name]
        for section in table.sections:
            for row in section.rows:
                for column, cell in enumerate(row.cells):
                    told = report.behind(table, section, row, column)
                    if told is not None:
                        compared += 1
                        assert len(told[1]) == number(cell), f"{table.name} {row.cells[0]} {column}"
    assert compared > 50
    summary = tables["Summary"]
    section = summary.sections[0]
    ganja = next(row for row in section.rows if row.cells[0] == "Ganja")
    assert set(report.behind(summary, section, ganja, 7)[1]) == {made.anna, made.cavid, made.dina}  # type: ignore[index]
    assert len(report.behind(summary, section, None, 7)[1]) == 4  # type: ignore[index]
    assert len(report.behind(summary, section, None, 6)[1]) == 9  # type: ignore[index]
    assert report.behind(summary, section, ganja, 0) is None
