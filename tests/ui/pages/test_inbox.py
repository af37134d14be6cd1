"""The inbox: one line a site, whether it was heard of or not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app.keys.slots import LIGHT
from app.models.store import Store
from app.sync import receive, send
from app.sync.office import enrol_office, join, make_kit
from app.ui.pages.inbox import InboxPage
from tests import build
from tests.sync.build import Country
from tests.ui.keyboard import press
from tests.ui.pages.desk import a_window, settle


def test_eleven_sites_with_what_came_from_them(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> None:
    enrol_office(store)
    code = make_kit(store, ["ganja"], "Gəncə 1", tmp_path / "k.sahakit", work=LIGHT)
    with join(tmp_path / "ganja", tmp_path / "k.sahakit", code, "practice", work=LIGHT) as ganja:
        ganja.write(build.a_person)
        receive.receive(store, send.send(ganja, tmp_path / "out")[0].path)
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("inbox", "")
        settle()
        assert isinstance(window.page, InboxPage)
        rows = {row["site"]: row for row in window.page.table.model.rows}
    assert len(rows) == 11
    assert (rows["Ganja"]["laptop"], rows["Ganja"]["no"], rows["Ganja"]["last"]) == ("Gəncə 1", 1, "today")
    assert rows["Guba"]["laptop"] == "no laptop yet"


def test_what_waits_for_a_person_is_seen_and_a_folder_is_dropped(
    store: Store, tasks: Any, qtbot: Any, tmp_path: Path
) -> None:
    enrol_office(store)
    country = Country(tmp_path, store)
    for name, site in (("Gəncə 1", "ganja"), ("Gəncə 2", "ganja"), ("Quba 1", "guba")):
        country.join(name, site)
    one = country["Gəncə 1"]
    row = one.write(lambda w: build.a_person(w, phone="0")).value
    country.post(one, store, "Bakı")
    one.write(lambda w: [build.a_person(w, surname=os.urandom(30).hex()) for _ in range(900)])
    one.write(lambda w: w.put("person", {"phone": "1"}, row))
    store.write(lambda w: w.put("person", {"phone": "2"}, row))
    for name in country.laptops:
        paths = country.bundles(country[name], "Bakı", max_size=60_000)
        for path in paths[: len(paths) - 1]:
            path.unlink()  # only the last of the parts arrives
    try:
        with a_window(tasks, qtbot, tmp_path) as window:
            window.go("inbox", "")
            settle()
            page = window.page
            assert isinstance(page, InboxPage)
            mime = QMimeData()
            mime.setUrls([QUrl.fromLocalFile(str(country.stick)), QUrl.fromLocalFile(str(tmp_path / "more"))])
            (tmp_path / "more").mkdir()
            none = Qt.KeyboardModifier.NoModifier
            page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none))
            settle()
            press("Space")  # Take in
            settle()
            window.go("inbox", "")
            settle()
            rows = {found["site"]: found for found in page.table.model.rows}
            assert rows["Ganja"]["laptop"] == "Gəncə 1, Gəncə 2" and rows["Ganja"]["missing"].startswith("Gəncə 1: 2")
            assert (rows["Ganja"]["conflicts"], rows["Guba"]["conflicts"]) == (1, 0)
            assert rows["Guba"]["last"] == "today" and rows["Ganja"]["last"] == "today"
            page.table.opened.emit(rows["Ganja"]["id"])
            settle()
            assert window.page.place() == "conflicts"
    finally:
        for laptop in country.laptops.values():
            laptop.close()
