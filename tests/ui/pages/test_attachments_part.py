"""Files of a record in its panel: dragged in, shown, compared with the marks, saved elsewhere, taken back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from app.models.queries import attendance as asked
from app.models.store import Store
from app.services import attachments, attendance
from app.specs.paper_codes import Page, page_code
from app.ui.forms.form import RecordForm
from app.ui.main_window import MainWindow
from app.ui.pages.activities import ActivitiesPage, ActivityPanel
from app.ui.pages.attachments_part import AttachmentsPart, Picture, files_in
from app.ui.pages.people import PeoplePage
from tests import build
from tests.services.test_pdf_pages import a_pdf
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def training(store: Store) -> str:
    return store.write(lambda w: build.a_training(w, people=4, days=1)).value


def a_photo(folder: Path, name: str = "Açılış.jpg", colour: tuple[int, int, int] = (200, 60, 20)) -> Path:
    Image.new("RGB", (400, 300), colour).save(folder / name)
    return folder / name


def a_scan(folder: Path, activity: str, name: str = "scan.pdf", day: str = "2026-11-19") -> Path:
    drawn = io.BytesIO()
    segno.make(page_code(Page(activity, day, 1)), error="m").save(drawn, kind="png", scale=5)
    page = Image.new("RGB", (900, 1200), "white")
    with Image.open(drawn) as square:
        page.paste(square.convert("RGB"), (500, 50))
    page.save(folder / name)
    return folder / name


def mime_of(*paths: Path) -> QMimeData:
    made = QMimeData()
    made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return made


def drop(panel: QWidget, *paths: Path) -> bool:
    """Drag files over a widget and let them go; gives whether they were taken."""
    mime, at = mime_of(*paths), QPointF(40, 200)
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(at.toPoint(), *how)
    entered.ignore()
    panel.dragEnterEvent(entered)
    if entered.isAccepted():
        panel.dropEvent(QDropEvent(at, *how))
        settle()
    return entered.isAccepted()


def panel_of(window: MainWindow, activity: str, part: str = "") -> ActivityPanel:
    window.go("activities", f"{activity}/{part}" if part else activity)
    settle()
    assert isinstance(window.page, ActivitiesPage)
    return window.page.panel


def kept(store: Store, activity: str) -> list[dict[str, Any]]:
    with store.read() as r:
        return attachments.of_row(r, "activity", activity)


def told(part: QWidget) -> list[str]:
    return [one.text() for one in part.findChildren(QLabel) if one.isVisible()]


def test_files_dragged_onto_an_activity_are_kept_and_shown(
    window: MainWindow, store: Store, training: str, tmp_path: Path
) -> None:
    panel = panel_of(window, training)
    text = tmp_path / "proqram.txt"
    text.write_text("Gündəlik", "utf-8")
    assert panel.acceptDrops() and drop(panel, a_photo(tmp_path), text)
    part = panel.part
    assert isinstance(part, AttachmentsPart) and panel.tabs.button_of("attachment").isChecked()
    assert panel.tabs.button_of("attachment").text() == "Attachments 2"
    rows = kept(store, training)
    assert [row["name"] for row in rows] == ["Açılış.jpg", "proqram.txt"] == [row["name"] for row in part.seen()]
    assert "Açılış.jpg" in told(part) and "2 files attached" in window.bar.text
    assert "faces of children" in window.bar.text, "who attaches a photo is reminded of consent"
    photo = part._pictures[rows[0]["id"]].icon().pixmap(96, 72).toImage()
    assert abs(photo.pixelColor(48, 36).red() - 200) < 12, "the photo itself is seen"
    assert not list(clipped(part)) and not list(unnamed(part))
    window.tasks.undo()
    settle()
    assert kept(store, training) == [] == part.seen()
    assert panel.tabs.button_of("attachment").text() == "Attachments"


def test_an_opened_file_shows_its_picture_and_its_form(
    window: MainWindow, store: Store, training: str, tmp_path: Path
) -> None:
    panel = panel_of(window, training)
    drop(panel, a_photo(tmp_path))
    part = panel.part
    assert isinstance(part, AttachmentsPart)
    (row,) = kept(store, training)
    part._pictures[row["id"]].click()
    settle()
    assert part.is_open
    assert [(one.shown.toTuple(), one.accessibleName()) for one in part.findChildren(Picture)] == [
        ((400, 300), "Açılış.jpg, page 1")
    ]
    form = part.findChild(RecordForm)
    assert form is not None and list(form.shown) == ["name", "purpose", "shows_children", "consent", "note"]
    form.edited.emit({"purpose": "photo", "shows_children": True})
    settle()
    assert kept(store, training)[0]["purpose"] == "photo" and kept(store, training)[0]["shows_children"] is True
    assert window.page.go_back() and not part.is_open, "Esc leads back to the list"
    settle()
    assert any(said.startswith("Photo · ") for said in told(part))


def test_the_pages_of_a_pdf_of_words_are_shown(window: MainWindow, store: Store, training: str, tmp_path: Path) -> None:
    letter = tmp_path / "Məktub.pdf"
    letter.write_bytes(a_pdf("PROTOKOL", "QERAR"))
    panel = panel_of(window, training)
    drop(panel, letter)
    part = panel.part
    assert isinstance(part, AttachmentsPart)
    (row,) = kept(store, training)
    thumb = part._pictures[row["id"]].icon().pixmap(96, 72).toImage()
    assert thumb.height() == 72 and thumb.pixelColor(20, 5).lightness() > 240, "a small white page"
    part.show_row(row["id"])
    settle()
    pages = part.findChildren(Picture)
    assert [page.accessibleName() for page in pages] == ["Məktub.pdf, page 1", "Məktub.pdf, page 2"]
    image = pages[0]._pixmap.toImage()
    dots = [image.pixelColor(x, y).lightness() for x in range(60, 560, 4) for y in range(280, 380, 4)]
    assert min(dots) < 60 and max(dots) > 240, "its letters are seen"


def test_a_scanned_sheet_is_compared_with_the_marks(
    window: MainWindow, store: Store, training: str, tmp_path: Path
) -> None:
    with store.read() as r:
        found = asked.sheet(r, training)
    assert found is not None
    session, people = found.sessions[0]["id"], [row["id"] for row in found.rows]

    def work(w: Any) -> None:
        for person, state, signed in zip(people, ("present", "present", "absent"), (True, False, True), strict=False):
            attendance.mark(w, person, session, state, signed=signed)

    store.write(work)
    panel = panel_of(window, training, "attachment")
    assert isinstance(panel.part, AttachmentsPart)
    drop(panel, a_scan(tmp_path, training))
    (row,) = kept(store, training)
    assert (row["purpose"], row["page_date"]) == ("sign_in_sheet", "2026-11-19")
    panel.part.show_row(row["id"])
    settle()
    said = " ".join(told(panel.part))
    assert "Signed but not marked as there: rows 3." in said and "without a signature: rows 2." in said
    store.write(lambda w: attendance.mark(w, people[1], session, "present", signed=True))
    store.write(lambda w: attendance.mark(w, people[2], session, "present", signed=True))
    panel.part.show_row(row["id"])
    settle()
    assert "The sheet and the marks agree." in " ".join(told(panel.part))
    (page,) = (one for one in panel.part.findChildren(Picture) if one.isVisible())
    assert 300 < page.shown.width() == page.width() < panel.width(), "the page of the PDF has all the room there is"
    assert abs(page.height() - page.width() * 4 / 3) <= 1
    body = panel.body
    assert body is not None and body.width() <= panel.width(), "nothing is pushed out of the panel"
    shot = page.grab().toImage()
    assert shot.pixelColor(0, 5) != shot.pixelColor(20, 5), "a white page has an edge"


def test_a_scan_of_another_activity_goes_there(window: MainWindow, store: Store, training: str, tmp_path: Path) -> None:
    other = store.write(build.an_activity).value
    panel = panel_of(window, other)
    drop(panel, a_scan(tmp_path, training, "scan.png"))
    assert kept(store, other) == [] and len(kept(store, training)) == 1
    assert "Interethnic community policing" in window.bar.text


def test_a_bad_file_stops_no_other(window: MainWindow, store: Store, training: str, tmp_path: Path) -> None:
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ\x90\x00")
    panel = panel_of(window, training)
    drop(panel, program, a_photo(tmp_path))
    assert [row["name"] for row in kept(store, training)] == ["Açılış.jpg"]
    assert "setup.exe" in window.bar.text


def test_bundles_and_folders_are_not_attached(window: MainWindow, training: str, tmp_path: Path) -> None:
    bundle = tmp_path / "ganja.saha"
    bundle.write_bytes(b"x")
    panel = panel_of(window, training)
    assert not drop(panel, bundle) and not drop(panel, tmp_path) and not drop(panel, a_photo(tmp_path), bundle)
    assert files_in(mime_of(tmp_path / "a.png")) == [], "a file that is not there"
    assert files_in(QMimeData()) == []


def test_bin_and_save_elsewhere(
    window: MainWindow, store: Store, training: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(window, training, "attachment")
    part = panel.part
    assert isinstance(part, AttachmentsPart)
    source, target = a_photo(tmp_path), tmp_path / "copy.jpg"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(source)], ""))
    part.choose_files()
    settle()
    (row,) = part.seen()
    proposed: list[str] = []

    def chosen(_: QWidget, __: str, name: str) -> tuple[str, str]:
        proposed.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    part.save_as(row["id"])
    settle()
    assert proposed == ["Açılış.jpg"] and target.read_bytes() == source.read_bytes()
    assert "not encrypted" in window.bar.text
    part.show_row(row["id"])
    part.bin(row["id"])
    settle()
    assert not part.is_open and part.seen() == [] and kept(store, training) == []


def test_a_file_whose_content_has_not_come_is_listed(window: MainWindow, store: Store, training: str) -> None:
    values = {"name": "a.jpg", "sha256": "0" * 64, "size": 5, "media_type": "image/jpeg"}
    store.write(lambda w: w.put("attachment", {**values, "linked_record": "activity", "linked_id": training}))
    part = panel_of(window, training, "attachment").part
    assert isinstance(part, AttachmentsPart)
    assert "a.jpg" in told(part)


def test_a_file_dragged_onto_a_person_is_kept_with_them(window: MainWindow, store: Store, tmp_path: Path) -> None:
    person = store.write(build.a_person).value
    window.go("people", person)
    settle()
    page = window.page
    assert isinstance(page, PeoplePage)
    how = (Qt.DropAction.CopyAction, mime_of(a_photo(tmp_path, "razılıq.jpg")))
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPointF(40, 200).toPoint(), *how, *keys)
    entered.ignore()
    QApplication.sendEvent(page.panel, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(page.panel, QDropEvent(QPointF(40, 200), *how, *keys))
    settle()
    with store.read() as r:
        assert [row["name"] for row in attachments.of_row(r, "person", person)] == ["razılıq.jpg"]
    assert page.person.tabs.value() == "held" and page.person.files is not None
    assert [row["name"] for row in page.person.files.seen()] == ["razılıq.jpg"]
