"""A meeting in the window: minutes without a mouse, papers in a click."""

from __future__ import annotations

from pathlib import Path

from app.models.store import Store
from app.services import groups
from app.ui.main_window import MainWindow
from tests.ui.pages.desk import Typist, settle
from tests.ui.pages.test_groups import group, meeting_of, window

__all__ = ["group", "window"]


def test_minutes_are_typed_without_a_mouse(window: MainWindow, store: Store, group: str) -> None:
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    assert page.line.hasFocus()
    typist = Typist()
    typist.type("Küçə qaranlıqdır\n# Lampa alınsın\n! Bələdiyyə 15.12 lampaları almaq\n? Kim ödəyir\n")
    settle()
    with store.read() as reader:
        meeting = page.place()
        items = sorted(reader.list("meeting_item", activity=meeting), key=lambda i: i["number"])
        assert (items[0]["discussion"], items[0]["decision"]) == ("Küçə qaranlıqdır", "Lampa alınsın")
        assert items[-1]["type"] == "open_question"
        (action,) = reader.list("action_item", activity=meeting)
        assert (action["owner_name"], action["text"]) == ("Bələdiyyə", "lampaları almaq")


def test_the_next_point_of_the_agenda_is_one_key(window: MainWindow, store: Store, group: str) -> None:
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    Typist().press("Alt+Down").type("ikinci bənd\n")
    settle()
    with store.read() as reader:
        items = sorted(reader.list("meeting_item", activity=page.place()), key=lambda i: i["number"])
    assert [i["discussion"] for i in items] == [None, "ikinci bənd"]


def test_a_telephone_in_the_minutes_is_warned_of(window: MainWindow, group: str) -> None:
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    Typist().type("Sakin +994501234567")
    assert page.warning.isVisible()


def test_minutes_and_agenda_are_written_in_a_click(
    window: MainWindow, store: Store, group: str, tmp_path: Path
) -> None:
    meeting = store.write(lambda w: groups.new_meeting(w, group, "2026-10-01")).value
    window.go("meeting", meeting)
    page = meeting_of(window)
    for name in ("minutes.pdf", "minutes.docx", "agenda.pdf"):
        page.write_paper(name.split(".")[0], tmp_path / name)
        settle()
        assert (tmp_path / name).stat().st_size > 1000, window.bar.text


def test_marking_who_is_there_reaches_the_quorum(window: MainWindow, store: Store, group: str) -> None:
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    assert "no quorum" in page.note.text()
    with store.read() as reader:
        listed = [p["id"] for p in reader.list("participation", activity=page.place())]
    for participation in listed[:2]:
        page._mark(participation, "", True)
        settle()
    assert page.note.text().endswith("quorum: 2 present, 2 needed")
