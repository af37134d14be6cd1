"""Named people leave only with a reason; the password is offered, the log is kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from app.models.store import Store
from app.services import exports
from app.ui.main_window import MainWindow
from app.ui.pages.people import PeoplePage
from tests import build
from tests.ui.keyboard import press, type_text
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def page(window: MainWindow, store: Store) -> PeoplePage:
    for surname in ("Əliyev", "Orucov", "=1+1"):
        store.write(lambda w, surname=surname: build.a_person(w, surname=surname))
    window.go("people", "")
    settle()
    shown = window.page
    assert isinstance(shown, PeoplePage)
    shown.table.exportRequested.emit(shown.table.model.columns[:2], shown.table.seen_rows())
    settle()
    return shown


def saved_as(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """The file dialog is played: a test cannot press its buttons."""
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (asked.append(given[2]), (str(path), ""))[1])
    return asked


def test_without_a_reason_nothing_is_written(
    page: PeoplePage, window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = saved_as(monkeypatch, tmp_path / "x.xlsx")
    assert page.exporting.reason.hasFocus() and "3 named people" in page.exporting.head.text()
    press("Return")
    assert asked == [] and "what the list of names is for" in window.bar.text
    type_text("for the donor\tshort\n")
    assert asked == [] and "at least 8" in window.bar.text
    press("Escape")
    assert page.exporting.isHidden() and page.exporting.password.text() == ""
    with store.read() as r:
        assert exports.made(r) == []
    assert not (tmp_path / "x.xlsx").exists()


def test_with_a_password_it_is_locked_and_logged(
    page: PeoplePage, window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x.xlsx"
    saved_as(monkeypatch, target)
    type_text("for the donor\tuzun parol 7\n")
    file = msoffcrypto.OfficeFile(io.BytesIO(target.read_bytes()))
    file.load_key(password="uzun parol 7", verify_password=True)
    opened = io.BytesIO()
    file.decrypt(opened)
    book = openpyxl.load_workbook(opened)
    cells = {cell.value: cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "Əliyev" in cells and cells["=1+1"] == "s"
    with store.read() as r:
        (logged,) = exports.made(r)
    assert (logged["reason"], logged["people"], logged["locked"]) == ("for the donor", 3, True)
    assert "only with the password" in window.bar.text and page.exporting.isHidden()


def test_without_a_password_it_is_written_and_said(
    page: PeoplePage, window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved_as(monkeypatch, tmp_path / "x")
    type_text("for the donor\n")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets
    assert "without a password" in window.bar.text
    with store.read() as r:
        assert [one["locked"] for one in exports.made(r)] == [False]


def test_a_file_that_cannot_be_written_is_not_logged(
    page: PeoplePage, window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved_as(monkeypatch, tmp_path / "nowhere" / "x.xlsx")
    type_text("for the donor\n")
    assert window.bar.text
    with store.read() as r:
        assert exports.made(r) == []


def test_the_card_has_names_and_is_not_clipped(page: PeoplePage) -> None:
    assert (list(clipped(page.exporting)), list(unnamed(page.exporting))) == ([], [])
