"""The page of certificates: the list says who gets none and why; a template is edited beside its page and travels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog

from app.models.store import Store
from app.reports.template_text import by_language
from app.ui.main_window import MainWindow
from app.ui.pages.certificates import CertificatesPage
from tests.composed import Made, compose
from tests.reports.pictures import said
from tests.ui.keyboard import press, type_text
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as shown:
        yield shown


def page_of(window: MainWindow, target: str) -> CertificatesPage:
    window.go("certificates", target)
    settle()
    page = window.page
    assert isinstance(page, CertificatesPage)
    return page


def answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """The file dialog is played: a test cannot press its buttons."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def cells(page: CertificatesPage) -> list[list[str]]:
    rows = []
    for at in range(page.table.rowCount()):
        items = [page.table.item(at, column) for column in range(4)]
        rows.append([item.text() if item else "" for item in items])
    return rows


def test_the_list_says_who_gets_one_and_who_does_not_and_why(
    window: MainWindow, store: Store, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window, made.t1)
    before = {row[1]: row[3] for row in cells(page)}
    assert sum("gets one" in what for what in before.values()) == 3
    assert {"attended 50 %, 75 % are needed", "was not there"} <= set(before.values())
    assert "3" in page.issue_button.text()
    answer(monkeypatch, tmp_path / "all.pdf")
    page.issue()
    assert "3 certificates" in window.bar.text and "2 people get none" in window.bar.text
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")
    with store.read() as r:
        serials = {c["serial"] for c in r.list("certificate")}
    assert serials == {row[3] for row in cells(page)} & serials and len(serials) == 3
    answer(monkeypatch, tmp_path / "list.xlsx")
    page.save_list()
    assert (tmp_path / "list.xlsx").stat().st_size > 1000


def test_a_lower_threshold_lets_more_in(window: MainWindow, made: Made) -> None:
    page = page_of(window, made.t1)
    page.needed.setFocus()
    page.needed.selectAll()
    type_text("50\n")
    assert sum(row[3] == "gets one" for row in cells(page)) == 4


def test_a_name_is_corrected_for_this_certificate_only(
    window: MainWindow, store: Store, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window, made.t1)
    item = page.table.item(0, 1)
    assert item is not None
    item.setText("Ənnə Ğəribə")
    answer(monkeypatch, tmp_path / "c.pdf")
    page.issue()
    assert "Ənnə Ğəribə" in said(tmp_path / "c.pdf")
    with store.read() as r:
        assert not any("Ğəribə" in str(row.values()) for row in r.list("person"))


def test_one_that_cannot_be_drawn_is_named_and_the_others_are_there(
    window: MainWindow, store: Store, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window, made.t1)
    gets = [no for no, p in enumerate(page.prospects) if p.left_out is None]
    item = page.table.item(gets[0], 1)
    assert item is not None
    item.setText("安娜")
    answer(monkeypatch, tmp_path / "c.pdf")
    page.issue()
    assert "2 certificates" in window.bar.text and "安娜" in window.bar.text, "which letters the font has not"
    assert page.not_drawn.isVisible() and "安娜" in page.not_drawn.text()


def test_a_template_is_made_and_edited_in_the_window(
    window: MainWindow, store: Store, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window, made.t1)
    page.tabs.button_of("template").click()
    editor = page.editor
    assert editor.body.isReadOnly(), "the program's own text is copied, not changed"
    editor.make_button.click()
    settle()
    assert not editor.body.isReadOnly() and editor.name.hasFocus()
    type_text("Polis günü")
    editor.body.setPlainText("Honour\n{name}\nfor {activity} {smile}")
    assert "{smile}" in editor.strange.text()
    editor.signatory.setText("Rəşid Həsənov, director")
    editor.orientation.button_of("portrait").click()
    page.languages.button_of("az").click()
    editor.body.setPlainText("Fəxri fərman\n{name}")
    editor.settle()
    logo = tmp_path / "logo.png"
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    image.save(str(logo))
    editor.read_logo(logo)
    with store.read() as r:
        (row,) = r.list("template")
    assert (row["name_en"], row["orientation"], row["signatory_en"]) == (
        "Polis günü",
        "portrait",
        "Rəşid Həsənov, director",
    )
    assert by_language(row["body"])["az"] == "Fəxri fərman\n{name}"
    assert by_language(row["body"])["en"].startswith("Honour")
    assert len(row["logo"]) > 100
    answer(monkeypatch, tmp_path / "az.pdf")
    page.issue()
    words = said(tmp_path / "az.pdf")
    assert "Fəxri fərman" in words and "Honour" not in words


def test_the_picture_follows_the_typing(window: MainWindow, made: Made, qtbot: Any) -> None:
    page = page_of(window, made.t1)
    page.tabs.button_of("template").click()
    page.editor.make_button.click()
    qtbot.waitUntil(lambda: page.picture.page is not None, timeout=5000)
    before = page.picture.page.toImage()  # type: ignore[union-attr]
    assert before.width() > before.height() > 500
    page.editor.body.setPlainText("Quite another heading\n{name}")
    qtbot.waitUntil(lambda: page.picture.page.toImage() != before, timeout=5000)  # type: ignore[union-attr]
    page.editor.orientation.button_of("portrait").click()
    qtbot.waitUntil(lambda: page.picture.page.height() > page.picture.page.width(), timeout=5000)  # type: ignore[union-attr]


def test_a_laptop_chooses_but_does_not_edit(window: MainWindow, made: Made) -> None:
    page = page_of(window, made.t1)
    page.editor.may_edit = False
    page.editor.show_template({"id": "x", "name_en": "Office's", "body": "A\n{name}"}, "en")
    assert page.editor.body.isReadOnly() and page.editor.make_button.isHidden()
    assert "office" in page.editor.note.text()


def test_a_serial_is_checked_with_the_keyboard(window: MainWindow, store: Store, made: Made) -> None:
    from app.services.certificates import issue

    done = store.write(lambda w: issue(w, made.t1)).value
    with store.read() as r:
        serial = (r.get("certificate", done.new[0]) or {})["serial"]
    page = page_of(window, "check")
    assert page.serial.hasFocus()
    type_text(serial.lower() + "\n")
    assert "is valid" in page.answer.text()
    type_text(serial[:-1] + ("A" if serial[-1] != "A" else "B") + "\n")
    assert "letter of this number is wrong" in page.answer.text()
    page.open(f"check:{serial}")
    assert "is valid" in page.answer.text()


def test_taking_back_is_undone(window: MainWindow, store: Store, made: Made) -> None:
    from app.services.certificates import issue

    store.write(lambda w: issue(w, made.t1, language="en"))
    page = page_of(window, made.t1)
    at = next(no for no, p in enumerate(page.prospects) if p.certificate)
    page.table.selectRow(at)
    page.revoke_button.click()
    with store.read() as r:
        assert sum(bool(c["revoked_on"]) for c in r.list("certificate")) == 1
    press("Ctrl+Z")
    with store.read() as r:
        assert not any(c["revoked_on"] for c in r.list("certificate"))


def test_what_was_not_held_is_closed_from_here(window: MainWindow, store: Store, made: Made) -> None:
    store.write(lambda w: w.put("activity", {"status": "confirmed"}, made.t1))
    page = page_of(window, made.t1)
    assert page.people_stack.currentWidget() is page.not_held
    page.not_held.button.click()
    assert page.people_stack.currentWidget() is page.table


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_nothing_is_clipped_or_nameless(
    tasks: Any, qtbot: Any, tmp_path: Path, store: Store, made: Made, language: str
) -> None:
    with a_window(tasks, qtbot, tmp_path, language=language) as window:
        for target in (made.t1, "template", "check"):
            page = page_of(window, target)
            assert (list(clipped(page)), list(unnamed(page))) == ([], []), target
            assert page.focusPolicy() != Qt.FocusPolicy.NoFocus
