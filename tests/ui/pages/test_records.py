"""The plain page: names in lists, conflicts of typing and reloading, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.basics import words
from app.basics.settings import Settings
from app.specs.records import RECORDS
from app.ui.messages import Messages
from app.ui.pages.records import RecordsPage, export_list, with_names
from app.ui.shell import Shell
from app.ui.widgets.message_bar import BarWords, MessageBar
from tests.ui.keyboard import show


@pytest.fixture
def shell(tasks: Any, qtbot: Any) -> Shell:
    window = QWidget()
    qtbot.addWidget(window)
    qtbot.window_of_the_test = window
    messages = Messages(tasks, window)
    messages.use(MessageBar(BarWords("Close", "Cancel"), window))
    made = Shell(tasks, messages, Settings(), lambda page, target: None, lambda: None)
    tasks.changed.connect(lambda changes, who: [page.hear(changes, who) for page in qtbot.pages])
    qtbot.pages = []
    return made


def make(shell: Shell, qtbot: Any, record: str, **more: Any) -> RecordsPage:
    page = RecordsPage(shell, record, **more)
    qtbot.addWidget(page)
    qtbot.pages.append(page)
    page.resize(1200, 700)
    show(page)
    return page


def test_lists_show_names_for_references_and_the_spoken_title(store: Any) -> None:
    words.use_language("ru")

    def read(w: Any) -> list[dict[str, Any]]:
        site = w.list("site", code="ganja")[0]["id"]
        w.put("venue", {"name": "Klub", "site": site})
        w.put("group", {"type": "cpwg", "name_en": "Group", "name_ru": "Группа", "site": site})
        return with_names(w, RECORDS["venue"], w.list("venue")) + with_names(w, RECORDS["group"], w.list("group"))

    venue, group = store.write(read).value
    assert venue["site_name"] == "Гянджа" and group["name"] == "Группа"


def test_a_change_from_elsewhere_is_shown_when_the_page_is_seen(shell: Shell, qtbot: Any) -> None:
    page = make(shell, qtbot, "venue")
    shell.tasks.write(lambda w: w.put("venue", {"name": "Klub"}))
    assert len(page.table.model.rows) == 1
    page.hide()
    shell.tasks.write(lambda w: w.put("venue", {"name": "Teatr"}))
    assert len(page.table.model.rows) == 1
    page.show()
    assert len(page.table.model.rows) == 2
    shell.tasks.write(lambda w: w.put("person", {"surname": "Əliyeva"}))
    assert len(page.table.model.rows) == 2


def test_a_record_that_went_to_the_bin_elsewhere_is_closed(shell: Shell, qtbot: Any, store: Any) -> None:
    row = store.write(lambda w: w.put("venue", {"name": "Klub"})).value
    page = make(shell, qtbot, "venue")
    page.open(row)
    assert page.splitter.is_open and page.place() == row
    shell.tasks.write(lambda w: w.delete("venue", row))
    assert not page.splitter.is_open


def test_esc_closes_the_record_first(shell: Shell, qtbot: Any, store: Any) -> None:
    row = store.write(lambda w: w.put("venue", {"name": "Klub"})).value
    page = make(shell, qtbot, "venue")
    page.open(row)
    assert page.go_back() and not page.go_back()


def test_rows_of_one_parent_only(shell: Shell, qtbot: Any, store: Any) -> None:
    def fill(w: Any) -> tuple[str, str]:
        sites = [w.list("site", code=code)[0]["id"] for code in ("ganja", "guba")]
        for site in sites:
            w.put("venue", {"name": "Klub", "site": site})
        return sites[0], sites[1]

    ganja, _ = store.write(fill).value
    page = make(shell, qtbot, "venue", fixed={"site": ganja}, head=False)
    assert [row["site"] for row in page.table.model.rows] == [ganja]
    page.start_new()
    assert page._form is not None and "site" not in page._form.shown
    page._form.editor("name").set_value("Teatr")
    page._create(page._form)
    with store.read() as reader:
        assert reader.count("venue", site=ganja) == 2


def test_what_the_store_refuses_is_told_under_its_field(shell: Shell, qtbot: Any, store: Any) -> None:
    row = store.write(
        lambda w: w.put("posting", {"person": w.put("person", {"surname": "Əliyeva"}), "start": "2026-05-01"})
    ).value
    page = make(shell, qtbot, "posting")
    page.open(row)
    page._save(row, {"end": "2026-01-01"})
    assert page._form is not None and page._form._cells["end"].problem.isVisible()
    with store.read() as reader:
        assert reader.get("posting", row)["end"] is None


def test_what_is_seen_is_exported(shell: Shell, qtbot: Any, store: Any, tmp_path: Path) -> None:
    store.write(lambda w: [w.put("venue", {"name": name}) for name in ("Teatr", "Klub")])
    page = make(shell, qtbot, "venue")
    path = tmp_path / "list.xlsx"
    export_list(shell, path, "Venues", page.table.seen_columns(), page.table.seen_rows(), page)
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert [cell for cell in cells if cell in ("Klub", "Teatr")] == ["Klub", "Teatr"]
