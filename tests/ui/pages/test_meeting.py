"""A meeting in the window: minutes without a mouse, papers in a click."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from app.models.store import Store
from app.reports import minutes
from app.services import groups
from app.ui.main_window import MainWindow
from tests import build
from tests.ui.pages.desk import Typist, settle
from tests.ui.pages.test_attachments_part import a_photo
from tests.ui.pages.test_groups import group, meeting_of, window
from tests.ui.pages.test_parts import dragged

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


def test_the_next_meeting_is_one_key_from_its_group(window: MainWindow, store: Store, group: str) -> None:
    typist = Typist()
    typist.press("Ctrl+M")
    meeting_of(window)
    assert typist.keys == 2, "one key and its modifier"
    with store.read() as reader:
        (meeting,) = reader.list("activity", group=group)
        assert reader.count("participation", activity=meeting["id"]) == 4
        assert reader.count("meeting_item", activity=meeting["id"]) == 2


def test_a_name_is_complete_after_three_letters_and_tab(window: MainWindow, store: Store, group: str) -> None:
    with store.read() as reader:
        chair = next(m["person"] for m in reader.list("membership", group=group) if m["role"] == "chair")
        name = reader.get("person", chair)["surname"]
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    number = "".join(letter for letter in name if letter.isdigit())
    store.write(lambda w: w.put("person", {"surname": "Abbasova"}, chair))
    page.renew()
    settle()
    Typist().type("! ab")
    assert not page.offered.isVisible(), f"two letters are not enough ({number})"
    Typist().type("b")
    settle()
    assert page.offered.isVisible() and "Abbasova" in page.offered.text()
    Typist().press("Tab")
    assert page.line.text().startswith("! Abbasova Gülnar") and page.line.hasFocus()
    Typist().type("lampalar\n")
    settle()
    with store.read() as reader:
        (action,) = reader.list("action_item", activity=page.place())
    assert (action["owner_person"], action["text"], action["due"]) == (chair, "lampalar", None)


def test_three_letters_without_tab_are_enough_when_one_member_fits(
    window: MainWindow, store: Store, group: str
) -> None:
    with store.read() as reader:
        chair = next(m["person"] for m in reader.list("membership", group=group) if m["role"] == "chair")
    store.write(lambda w: w.put("person", {"surname": "Abbasova"}, chair))
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    Typist().type("! abb 15.12 lampalar\n! gül 15.12 yol\n")
    settle()
    with store.read() as reader:
        found = {
            a["text"]: (a["owner_person"], a["owner_name"]) for a in reader.list("action_item", activity=page.place())
        }
    assert found == {"lampalar": (chair, None), "yol": (None, "gül")}, "whoever is not clear is kept as typed"


def test_somebody_who_is_no_member_is_found_too(window: MainWindow, store: Store, group: str) -> None:
    mayor = store.write(lambda w: build.a_person(w, surname="Zeynallı", given="Zaur")).value
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    Typist().type("! zey")
    settle()
    assert "Zeynallı Zaur" in page.offered.text()
    Typist().press("Tab").type("15.12 yol\n")
    settle()
    with store.read() as reader:
        (action,) = reader.list("action_item", activity=page.place())
    assert (action["owner_person"], action["text"]) == (mayor, "yol") and action["due"]


def test_attendance_by_row_numbers(window: MainWindow, store: Store, group: str) -> None:
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    Typist().press("Ctrl+Shift+A")
    settle()
    assert page.rows_line.hasFocus() and "4 present" in page.note.text()
    Typist().type("2, 4\n")
    settle()
    assert "2 present" in page.note.text() and page.line.hasFocus()


def test_what_is_typed_after_the_signature_is_a_second_version(
    window: MainWindow, store: Store, group: str, tmp_path: Path
) -> None:
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    Typist().type("Küçə qaranlıqdır\n")
    settle()
    page.sign_button.click()
    settle()
    assert "version 1, signed on" in page.note.text() and not page.sign_button.isVisible()
    Typist().type("# Lampa alınsın\n", page.line)
    settle()
    assert "version 2, not signed yet" in page.note.text() and page.sign_button.isVisible()
    out = tmp_path / "minutes.docx"
    page.write_paper("minutes", out)
    settle()
    with store.read() as reader:
        letter = minutes.minutes(reader, page.place(), "en")
    added = [said for block in letter.blocks for said, mark in getattr(block, "text", ()) if mark == "added"]
    assert "Lampa alınsın" in " ".join(added), letter.blocks
    assert out.stat().st_size > 1000


def test_agenda_and_sign_in_sheet_are_one_paper(window: MainWindow, group: str, tmp_path: Path) -> None:
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    out = tmp_path / "agenda.pdf"
    page.write_paper("agenda", out)
    settle()
    with pypdfium2.PdfDocument(out.read_bytes()) as paper:
        words = [sheet.get_textpage().get_text_range() for sheet in paper]
    assert len(words) == 2 and "Agenda" in words[0] and "Sign-in sheet" in words[1]


def test_an_overdue_promise_is_closed_from_today_in_ten_seconds(window: MainWindow, store: Store, group: str) -> None:
    about = {"group": group, "text": "Lampaları almaq", "due": "2026-01-15", "state": "open"}
    item = store.write(lambda w: w.put("action_item", about)).value
    window.go("lists", f"action_item/{item}")  # where the line on Today leads
    settle()
    typist = Typist().type("şəkil 12 noyabr\n")
    settle()
    with store.read() as reader:
        closed = reader.get("action_item", item)
    assert closed is not None and (closed["state"], closed["evidence"]) == ("done", "şəkil 12 noyabr")
    assert typist.seconds + 1 <= 10
    window.bar.press_action()
    settle()
    with store.read() as reader:
        assert reader.get("action_item", item)["state"] == "open"


def test_the_signed_scan_is_dragged_onto_the_meeting_and_stays_in_sight(
    window: MainWindow, store: Store, group: str, tmp_path: Path
) -> None:
    window.page.new_meeting(group)  # type: ignore[attr-defined]
    page = meeting_of(window)
    assert dragged(page, a_photo(tmp_path, "imzalı.jpg"))
    files = page.files
    assert files is not None and [row["name"] for row in files.seen()] == ["imzalı.jpg"]
    Typist().type("Bir sətir daha\n", page.line)
    settle()
    assert page.files is files and files.isVisible() and len(files.seen()) == 1
