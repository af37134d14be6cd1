"""Word files open, print on A4, repeat their headings, and hold typed text as text."""

from __future__ import annotations

import io
import zipfile

import docx

from app.reports.letter import Facts, Grid, Heading, Letter, Signatures, Text, plain
from app.reports.letters import docx as report_docx
from app.reports.letters import letter_docx
from tests.reports.test_workbook import HOSTILE, report_with


def test_every_block_is_written() -> None:
    letter = Letter(
        "Protokol",
        "az",
        [
            Heading(plain("Başlıq"), 1),
            Text([("qaldı ", ""), ("əlavə", "added"), ("çıxdı", "removed")]),
            Text(plain("nöqtə"), "bullet"),
            Facts([("Yer", "Gəncə")]),
            Grid(["A", "B"], [[plain("1"), plain("2")]], (1, 3)),
            Signatures(["Sədr", "Katib"]),
        ],
        "foot",
    )
    document = docx.Document(io.BytesIO(letter_docx(letter)))
    words = "\n".join(p.text for p in document.paragraphs)
    assert all(said in words for said in ("Başlıq", "qaldı əlavəçıxdı", "nöqtə"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"Yer", "Gəncə", "A", "B", "1", "2", "Sədr", "Katib"} <= {c.strip() for c in cells}
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert document.core_properties.title == "Protokol"


def test_typed_text_makes_no_fields_and_no_links() -> None:
    content = report_docx(report_with(HOSTILE))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        said = archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
        footer = next(archive.read(n).decode() for n in archive.namelist() if n.startswith("word/footer"))
    assert "w:hyperlink" not in said and "fldSimple" not in said and "instrText" not in said
    assert "hyperlink" not in relations.lower()
    assert footer.count("fldSimple w:instr") == 2, "the page numbers, which are ours"
    document = docx.Document(io.BytesIO(content))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "=1+1" in cells and "ə Ə ğ İ ı ş ç ö ü" in cells
    assert 'w:tblHeader w:val="true"' in said
