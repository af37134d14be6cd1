"""Scans of real printed sheets: the code is found whichever way up, the scan is filed, paper and typing compared."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image

from app.errors import UserError
from app.models.queries import attendance as asked
from app.models.store import Store
from app.reports import signin_sheet
from app.services import attachments, attendance, scans
from app.specs.paper_codes import Page, page_code
from tests import build
from tests.reports.pictures import pages


def page_of(*codes: str, turned: int = 0) -> Any:
    """A white page with square codes on it, as from a scanner."""
    page = Image.new("L", (1240, 1754), 255)
    for number, code in enumerate(codes):
        drawn = io.BytesIO()
        segno.make(code, error="m").save(drawn, kind="png", scale=5)
        with Image.open(drawn) as square:
            page.paste(square.convert("L"), (900, 60 + 500 * number))
    return page.rotate(turned, expand=True, fillcolor=255)


def saved(*pages: Any, kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(made, kind, **more)
    return made.getvalue()


@pytest.fixture
def training(store: Store) -> str:
    return store.write(lambda w: build.a_training(w, people=6, days=2)).value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "PDF"])
@pytest.mark.parametrize("turned", [0, 90, 183])
def test_a_page_code_is_found_whichever_way_up(training: str, kind: str, turned: int) -> None:
    page = Page(training, "2026-11-19", 2)
    assert scans.recognise(saved(page_of(page_code(page), turned=turned), kind=kind)) == [page]


def test_a_printed_sheet_scanned_askew_in_grey_is_found(store: Store, training: str, tmp_path: Path) -> None:
    sheets = tmp_path / "sheet.pdf"
    with store.read() as r:
        signin_sheet.write(r, training, sheets, languages=("az", "ru"))
    scanned = [page.convert("L").rotate(3, fillcolor=230) for page in pages(sheets, dots=150)]
    found = scans.recognise(saved(*scanned, kind="PDF"))
    assert found == [Page(training, "2026-11-19", 1), Page(training, "2026-11-20", 1)]


@pytest.mark.parametrize("kind", ["TIFF", "PDF"])
def test_every_page_of_a_file_in_its_order(training: str, kind: str) -> None:
    pages = [Page(training, "2026-11-19", 1), Page(training, "2026-11-20", 1)]
    assert scans.recognise(saved(*(page_of(page_code(p)) for p in pages), kind=kind)) == pages


@pytest.mark.parametrize(
    "content",
    [
        saved(page_of()),
        saved(page_of("https://example.org/ticket/7")),
        saved(page_of())[:900],
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        b"%PDF-1.4 of letters",
        b"only words",
        b"",
    ],
)
def test_nothing_is_found_where_there_is_no_code_of_ours(content: bytes) -> None:
    assert scans.recognise(content) == []


def test_a_scan_is_filed_by_its_code_once(store: Store, training: str) -> None:
    code = page_code(Page(training, "2026-11-20", 1))
    content = saved(page_of(code))
    filed = store.write(lambda w: scans.file_scan(w, "scan0001.jpg", content)).value
    assert (filed.activity, filed.date, filed.page) == (training, "2026-11-20", 1)
    assert store.write(lambda w: scans.file_scan(w, "again.jpg", content)).value == filed
    with store.read() as r:
        (row,) = attachments.of_row(r, "activity", training)
        assert (row["id"], row["page_code"], row["page_date"]) == (filed.attachment, code, "2026-11-20")
        assert row["purpose"] == "sign_in_sheet" and attachments.open_content(r, filed.attachment) == content


def test_a_scan_that_cannot_be_filed_says_why_and_writes_nothing(store: Store, training: str) -> None:
    other = store.write(build.an_activity).value
    stranger = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    codes = [page_code(Page(activity, "2026-11-19", 1)) for activity in (training, other, stranger)]
    for content, why in (
        (saved(page_of()), "scan_without_code"),
        (saved(page_of(*codes[:2])), "scan_of_several"),
        (saved(page_of(codes[2])), "scan_of_unknown"),
    ):
        with pytest.raises(UserError) as error:
            store.write(lambda w, content=content: scans.file_scan(w, "/tmp/scan.jpg", content))
        assert (error.value.code, error.value.params) == (why, {"file": "scan.jpg"})
    with store.read() as r:
        assert r.count("attachment") == 0


def test_paper_and_typing_are_compared(store: Store, training: str) -> None:
    with store.read() as r:
        found = asked.sheet(r, training)
    assert found is not None
    first, second = (s["id"] for s in found.sessions)
    people = [row["id"] for row in found.rows]

    def work(w: Any) -> None:
        for person, state, signed in zip(
            people,
            ("present", "late", "absent", "absent", "left_early"),
            (True, False, True, False, None),
            strict=False,
        ):
            attendance.mark(w, person, first, state, signed=signed)
        attendance.mark(w, people[0], second, "excused", signed=True)

    store.write(work)
    with store.read() as r:
        assert scans.reconcile(r, training, first) == scans.Reconciled([people[2]], [people[1], people[4]])
        assert scans.reconcile(r, training, second) == scans.Reconciled([people[0]], [])
        with pytest.raises(UserError):
            scans.reconcile(r, "no-such-row", first)


def test_a_scan_of_two_days_is_laid_to_each_day(store: Store, training: str, tmp_path: Path) -> None:
    sheets = tmp_path / "sheet.pdf"
    with store.read() as r:
        signin_sheet.write(r, training, sheets, languages=("az",))
    scanned = [page.convert("L") for page in pages(sheets, dots=150)]
    blank = Image.new("L", scanned[0].size, 255)
    content = saved(blank, scanned[0], blank, *scanned[1:], kind="PDF")
    found = scans.parts("scan.pdf", content)
    assert [{page.day for page in part.pages} for part in found] == [{"2026-11-19"}, {"2026-11-20"}]
    assert [len(scans.pictures_in(part.content)) for part in found] == [3, len(scanned) - 1]
    filed = [store.write(lambda w, p=part: scans.file_scan(w, p.name, p.content, p.pages)).value for part in found]
    assert [one.date for one in filed] == ["2026-11-19", "2026-11-20"]
    with store.read() as r:
        kept = attachments.of_row(r, "activity", training)
    assert [(row["page_date"], row["name"]) for row in kept] == [
        ("2026-11-19", "scan 2026-11-19-1.pdf"),
        ("2026-11-20", "scan 2026-11-20-2.pdf"),
    ]
    assert [scans.recognise(part.content) for part in found] == [part.pages for part in found], "still readable"


@pytest.mark.parametrize("kind", ["TIFF", "PDF"])
def test_sheets_of_two_activities_in_one_file(store: Store, training: str, kind: str) -> None:
    other = store.write(lambda w: build.a_training(w, people=2, days=1)).value
    wanted = [Page(training, "2026-11-19", 1), Page(other, "2026-11-19", 1), Page(training, "2026-11-19", 2)]
    found = scans.parts("both.tif", saved(*(page_of(page_code(p)) for p in wanted), kind=kind))
    assert [part.pages for part in found] == [[wanted[0], wanted[2]], [wanted[1]]]


def test_what_is_no_scan_stays_as_it_is() -> None:
    for content in (b"only words", b"%PDF-1.4 of letters", saved(page_of())):
        assert scans.parts("x", content) == [scans.Part("x", content, [])]
