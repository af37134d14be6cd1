"""A record with parts: its form and below it the lists of what belongs to it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.models.store import Store
from app.services import attachments
from app.specs.records import RECORDS
from app.ui.pages.attachments_part import Picture
from app.ui.pages.facets import WITHOUT_FILES, FacetList
from app.ui.pages.parts import PartsPage
from tests.services.test_pdf_pages import a_pdf
from tests.ui.pages.desk import a_window, settle
from tests.ui.pages.test_attachments_part import a_photo, mime_of
from tests.ui.test_finding import a_titled_row


def test_an_output_shows_its_distribution_and_airings(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    def fill(w: Any) -> str:
        output = w.put("output", {"kind": "newspaper", "title_en": "Issue 1", "stage": "published", "print_run": 900})
        w.put("distribution", {"output": output, "date": "2026-11-02", "quantity": 300, "place": "School"})
        return str(output)

    output = store.write(fill).value
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("outputs", output)
        settle()
        page = window.page.findChild(PartsPage)
        assert page is not None
        parts = {part.spec.name: part for part in page.findChildren(FacetList)}
        assert set(parts) == {"distribution", "airing"}
        assert [row["quantity"] for row in parts["distribution"].table.model.rows] == [300]


def test_a_record_without_parts_is_its_form(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    venue = store.write(lambda w: w.put("venue", {"name": "Hall"})).value
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("lists", f"venue/{venue}")
        settle()
        assert window.page.findChildren(FacetList) == []


SKIPPED = {"activity", "person"}  # their own pages have their files; see test_attachments_part


def test_files_are_dragged_onto_a_record_of_any_type(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    photo = a_photo(tmp_path)
    with a_window(tasks, qtbot, tmp_path) as window:
        for record in sorted(set(RECORDS) - WITHOUT_FILES - SKIPPED):
            row = store.write(partial(a_titled_row, record=record, title="Example")).value
            window.go("lists", f"{record}/{row}")
            settle()
            page = window.page.findChild(PartsPage)
            assert page is not None and page.files is not None, record
            assert dragged(page.panel, photo) and dragged(page.panel, photo), record
            with store.read() as reader:
                (kept,) = attachments.of_row(reader, record, row)
            assert kept["name"] == photo.name, "the same file is kept once"
            assert [seen["id"] for seen in page.files.seen()] == [kept["id"]], record


def test_the_list_of_attachments_shows_the_pages(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    def fill(w: Any) -> str:
        venue = w.put("venue", {"name": "Hall"})
        return attachments.attach(w, "venue", venue, "plan.pdf", a_pdf("PLAN", "2"))

    row = store.write(fill).value
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("lists", f"attachment/{row}")
        settle()
        page = window.page.findChild(PartsPage)
        assert page is not None and not page.new_button.isVisible(), "nobody types an attachment"
        assert [one.accessibleName() for one in page.findChildren(Picture)] == ["plan.pdf, page 1", "plan.pdf, page 2"]


def dragged(widget: QWidget, *paths: Path) -> bool:
    """Drag files over a widget and let them go, through Qt's own delivery; gives whether they were taken."""
    mime, at = mime_of(*paths), QPointF(40, 200)
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(at.toPoint(), *how)
    entered.ignore()
    QApplication.sendEvent(widget, entered)
    if entered.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(at, *how))
        settle()
    return entered.isAccepted()
