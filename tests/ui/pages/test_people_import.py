"""The import in the window: a real list, doubtful ones by one key, one write, one undo; keys counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.basics import words
from app.models.store import Store
from app.ui.main_window import MainWindow
from app.ui.pages.people import PeoplePage
from app.ui.pages.people_import import ImportView
from tests import build
from tests.services.test_people_import import a_book_with_last_years_list
from tests.ui.keyboard import press
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle

DATA = Path(__file__).resolve().parents[2] / "data" / "rosters"
LIST = DATA / "c1_az_qeydiyyat.xlsx"


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def open_import(window: MainWindow, activity: str = "") -> ImportView:
    window.go("people", f"import:{activity}" if activity else "import")
    settle()
    assert isinstance(window.page, PeoplePage)
    return window.page.imports


def count(store: Store) -> int:
    with store.read() as reader:
        return reader.count("person")


def drop(view: ImportView, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    view.dropEvent(QDropEvent(QPointF(9, 9), action, mime, buttons, Qt.KeyboardModifier.NoModifier))
    settle()


def test_a_dropped_list_one_key_and_ctrl_enter(window: MainWindow, store: Store) -> None:
    view = open_import(window)
    drop(view, LIST)
    assert view.plan is not None and count(store) == 0
    assert view.table.marked_id() == "1:23", "the one to decide is marked"
    press("1")
    assert view.decisions == {"1:23": "1:11"}
    press("Ctrl+Return")
    settle()
    assert count(store) == 14
    assert isinstance(window.page, PeoplePage) and window.page.place() == "", "back at the list"
    press("Ctrl+Z")
    settle()
    assert count(store) == 0


def test_who_is_not_decided_stays_in_the_window(window: MainWindow, store: Store) -> None:
    view = open_import(window)
    drop(view, LIST)
    press("Ctrl+Return")
    settle()
    assert count(store) == 14 and view.plan is not None
    assert [row.key for row in view.plan.rows if row.status == "doubtful"] == ["1:23"]
    press("2 Ctrl+Return")
    settle()
    assert count(store) == 15


def test_forty_invited_by_one_key_each(window: MainWindow, store: Store) -> None:
    """J1.3: forty rows pasted; those to decide take one key each, nothing else."""
    from tests.names.compose import ALL_SURNAMES, MEN

    names = [(ALL_SURNAMES[n * 5]["az"], MEN[n]["az"].split("|")[0]) for n in range(40)]
    store.write(lambda w: [build.a_person(w, surname=s, given=g, suffix=None, sex="m") for s, g in names[:20]])
    QGuiApplication.clipboard().setText("Soyad\tAd\n" + "\n".join(f"{s}\t{g}" for s, g in names) + "\n")
    view = open_import(window)
    press("Ctrl+V")
    settle()
    assert view.plan is not None and len(view.plan.rows) == 40
    doubtful = view.plan.counts["doubtful"]
    keys = 0
    while any(row.status == "doubtful" and row.key not in view.decisions for row in view.plan.rows):
        press("1")
        keys += 1
        assert keys <= doubtful
    assert keys == doubtful
    press("Ctrl+Return")
    settle()
    assert count(store) == 40


def test_later_leaves_the_row_out(window: MainWindow, store: Store) -> None:
    view = open_import(window)
    drop(view, LIST)
    press("3")
    assert view.decisions == {"1:23": "later"}
    press("Ctrl+Return")
    settle()
    assert count(store) == 14


def test_a_column_said_by_hand_changes_the_plan_and_is_remembered(
    window: MainWindow, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("№,Soyadı və adı,Xüsusi\n1,Quliyev Tural,mayor\n2,Babayev Orxan,kapitan\n", "utf-8")
    view = open_import(window)
    drop(view, path)
    box = view.columns_table.boxes[2]
    assert box.currentData() != "rank"
    box.setCurrentIndex(box.findData("rank"))
    box.activated.emit(box.currentIndex())
    settle()
    assert [row.values.get("rank") for row in view.plan.rows] == ["major", "captain"]
    press("Ctrl+Return")
    settle()
    drop(view, path)
    assert view.columns_table.boxes[2].currentData() == "rank"


def test_onto_the_list_of_an_activity_and_back_to_it(window: MainWindow, store: Store) -> None:
    activity = store.write(lambda w: build.an_activity(w)).value
    window.go("attendance", activity)
    settle()
    view = open_import(window, activity)
    drop(view, LIST)
    press("1 Ctrl+Return")
    settle()
    with store.read() as reader:
        assert reader.count("participation", activity=activity) == 14
    assert not isinstance(window.page, PeoplePage), "back at the desk that sent for the list"


@pytest.mark.parametrize("name", ["01_lc_training_attendance.xlsx", "17_sheetjs_1904_dates.xlsx"])
def test_a_workbook_without_persons_says_so_and_writes_nothing(window: MainWindow, store: Store, name: str) -> None:
    view = open_import(window)
    drop(view, DATA / name)
    assert view.plan is not None and view.plan.rows == [] and not view.apply_button.isEnabled()
    press("Ctrl+Return")
    assert count(store) == 0


def test_what_is_no_list_is_refused_with_a_sentence(window: MainWindow, store: Store, tmp_path: Path) -> None:
    bad = tmp_path / "siyahı.xlsx"
    bad.write_bytes(b"PK\x03\x04 broken")
    view = open_import(window)
    drop(view, bad)
    assert window.bar.kind == "error" and "siyahı.xlsx" in window.bar.text
    assert view.plan is None and count(store) == 0


@pytest.mark.parametrize("language", ["az", "ru", "en"])
def test_nothing_is_clipped_or_nameless(window: MainWindow, store: Store, language: str) -> None:
    words.use_language(language)
    window.rebuild()
    view = open_import(window)
    drop(view, LIST)
    QApplication.processEvents()
    assert list(clipped(window.page)) == []
    assert list(unnamed(window.page)) == []


def test_rows_of_a_hidden_sheet_are_decided_like_others(window: MainWindow, store: Store, tmp_path: Path) -> None:
    view = open_import(window)
    drop(view, a_book_with_last_years_list(tmp_path))
    assert sum(row.status == "doubtful" for row in view.plan.rows) == 2
    view.decide("same")  # nobody to be the same as: nothing happens
    view.decide("new")
    view.decide("later")
    view.apply()
    settle()
    assert count(store) == 3
