"""Pages of PDFs as pictures: text, scans, several pages, and files that are none."""

from __future__ import annotations

import io

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.services import pdf_pages


def a_pdf(*pages: str, picture: bytes = b"") -> bytes:
    """Pages of large text, each perhaps with a picture in its corner."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    for words in pages:
        canvas.setFont("Helvetica", 60)
        canvas.drawString(60, 500, words)
        if picture:
            canvas.drawImage(ImageReader(io.BytesIO(picture)), 20, 780, 40, 40)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def ink(png: bytes) -> float:
    """The part of the dots that is dark."""
    with Image.open(io.BytesIO(png)) as image:
        counts = image.convert("L").histogram()
    return sum(counts[:128]) / sum(counts)


def test_a_page_of_text_is_drawn_and_fits_the_room() -> None:
    pages = pdf_pages.draw(a_pdf("PROTOKOL", "IMZA"), 620, 1240)
    assert len(pages) == 2
    for page in pages:
        with Image.open(io.BytesIO(page)) as image:
            assert image.size in ((620, 877), (620, 878)), image.size
        assert ink(page) > 0.003, "the letters are on it"


def test_only_as_many_pages_as_are_asked_for() -> None:
    assert len(pdf_pages.draw(a_pdf(*"abcdef"), 96, 72, most=2)) == 2


def test_what_is_no_pdf_or_is_cut_off_is_drawn_by_nobody() -> None:
    assert pdf_pages.draw(b"%PDF-1.7 nothing at all", 620, 1240) == []
    assert pdf_pages.draw(b"", 620, 1240) == []
    assert pdf_pages.draw(a_pdf("x")[:150], 620, 1240) == []
