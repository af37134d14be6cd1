"""Hidden rows, extent, joined cells and the calendar are read from the XML; document types are refused."""

from __future__ import annotations

import pytest

from app.rosters import container, marks
from tests.rosters import hostile
from tests.rosters.conftest import DATA


def of(**more: str) -> marks.Marks:
    found, _ = marks.marks_of_xlsx(container.unpack(hostile.book(**more)))  # type: ignore[arg-type]
    return found["S1"]


def test_extent_counts_only_cells_that_hold_something() -> None:
    assert (of().last_row, of().last_column) == (1, 0)
    styled = hostile.NAMES + '<row r="900000"><c r="XFD900000" s="5"/></row>'
    assert (of(rows=styled).last_row, of(rows=styled).last_column) == (1, 0)
    assert of(rows=f'<row r="7">{hostile._CELL.format("C7")}</row>').last_column == 2


def test_cells_without_a_name_are_counted() -> None:
    found = of(rows='<row><c><v>1</v></c><c><v>2</v></c></row><row hidden="1"><c><v>3</v></c></row>')
    assert (found.last_row, found.last_column, found.hidden_rows) == (1, 1, {1})


def test_joined_cells() -> None:
    assert of(after='<mergeCells><mergeCell ref="$A$1:B2"/><mergeCell ref="junk"/></mergeCells>').merged == [
        (0, 0, 1, 1)
    ]


def test_hidden_rows_and_columns_of_a_real_file() -> None:
    found, from_1904 = marks.marks_of_xlsx(container.unpack((DATA / "c2_ru_spisok.xlsx").read_bytes()))
    assert found["Список"].hidden_rows == {7} and found["Список"].hidden_columns == {7} and not from_1904


def test_the_calendar_of_old_macs() -> None:
    book = hostile.BOOK.format('<sheet name="S1" sheetId="1" r:id="s1"/>').replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    assert marks.marks_of_xlsx(container.unpack(hostile.book(extra={"xl/workbook.xml": book})))[1] is True


def test_a_workbook_part_of_another_name() -> None:
    parts = container.unpack((DATA / "c2_ru_spisok.xlsx").read_bytes())
    parts["xl/workbook2.xml"] = parts.pop("xl/workbook.xml")
    parts["xl/_rels/workbook2.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"workbook.xml", b"workbook2.xml")
    assert marks.marks_of_xlsx(parts)[0]["Список"].hidden_rows == {7}


def test_opendocument() -> None:
    found = marks.marks_of_ods(container.unpack((DATA / "c1_az_qeydiyyat.ods").read_bytes()))["Qeydiyyat"]
    assert found.last_row == 29 and (5, 5, 5, 6) in found.merged


@pytest.mark.parametrize(
    "name", ["file_entity", "file_entity_in_sheet", "entity_bomb", "entity_bomb_utf16", "external_dtd"]
)
def test_document_types_are_refused(name: str) -> None:
    with pytest.raises(container.Damaged):
        marks.marks_of_xlsx(container.unpack(hostile.CORPUS[name][0]()))


def test_column_letters() -> None:
    assert [marks.column_of(letters) for letters in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16_383]
