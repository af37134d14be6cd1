"""The inbox: one line a site, whether it was heard of or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.keys.slots import LIGHT
from app.models.store import Store
from app.sync import receive, send
from app.sync.office import enrol_office, join, make_kit
from app.ui.pages.inbox import InboxPage
from tests import build
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
