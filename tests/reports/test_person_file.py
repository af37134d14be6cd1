"""All about one person as a file: every section and every value is in it, whatever they typed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from app.basics import words
from app.models.store import Store
from app.reports import person_file
from app.services import dossier
from tests.composed import compose
from tests.reports.pictures import fonts, said


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_workbook_and_paper_hold_everything(store: Store, tmp_path: Path, language: words.Language) -> None:
    made = store.write(compose).value
    store.write(lambda w: w.put("person", {"note": "=HYPERLINK(1)", "name_printed": "Ənnə Ğ."}, made.anna))
    words.use_language(language)
    with store.read() as r:
        data = dossier.export(r, made.anna)
        sections = dossier.told(data)
    assert len(sections) >= 3
    for ending in (".xlsx", ".pdf", ".csv", ".html"):
        target = tmp_path / f"all{ending}"
        person_file.write(target, "Anna", "intro", sections)
    paper = said(tmp_path / "all.pdf")
    assert "Ənnə Ğ." in paper and all(embedded for _, embedded in fonts(tmp_path / "all.pdf"))
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    values = {str(cell.value) for cell in cells}
    for heading, blocks in sections:
        assert any(heading in value for value in values), heading
        for block in blocks:
            assert {value for _, value in block} <= values, heading
    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"][:1] == ["s"]
    assert not any(cell.data_type == "f" for cell in cells)
