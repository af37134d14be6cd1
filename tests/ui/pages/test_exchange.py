"""Exchange in the window: send, look, take in, take back, with real stores and real files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel

from app.basics import clock, machine, words
from app.basics.words import text
from app.keys.slots import LIGHT
from app.models.store import Store
from app.services import backup
from app.sync import receive, send
from app.sync.office import make_kit
from app.ui.drives import Drive
from app.ui.main_window import MainWindow
from app.ui.pages.exchange import TABS, ExchangePage
from app.ui.tasks import Tasks
from tests import build
from tests.ui import keyboard
from tests.ui.looks import clipped, unnamed
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def store(joined_office: Store) -> Store:
    return joined_office


@pytest.fixture
def ganja(joined_laptop: Store) -> Store:
    """A laptop in Ganja that has joined the office of the window."""
    return joined_laptop


@pytest.fixture
def window(tasks: Any, ganja: Store, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        made.go("exchange", "")
        yield made


def page_of(window: MainWindow) -> ExchangePage:
    assert isinstance(window.page, ExchangePage)
    return window.page


def words_on(widget: Any) -> str:
    return "\n".join(made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget))


def bundle_of(laptop: Store, folder: Path) -> Path:
    return send.send(laptop, folder)[0].path


def test_a_bundle_is_looked_at_before_it_is_taken_in(
    window: MainWindow, store: Store, ganja: Store, tmp_path: Path
) -> None:
    ganja.write(lambda w: [build.a_person(w) for _ in range(3)])
    ganja.write(build.an_activity)
    bundle = bundle_of(ganja, tmp_path / "stick")
    window.receive(bundle)
    settle()
    page = page_of(window)
    assert page.now.preview_shown
    assert "3 new people, 1 new activity" in words_on(page.now)
    with store.read() as reader:
        assert reader.count("person") == 0
    keyboard.press("Space")  # the focus is on "Take in"
    settle()
    with store.read() as reader:
        assert reader.count("person") == 3
    assert not page.now.preview_shown
    window.receive(bundle)
    settle()
    assert "nothing would change" in words_on(page.now)
    keyboard.press("Escape")  # the message
    keyboard.press("Escape")  # the preview
    assert not page.now.preview_shown


def test_keys_go_from_tab_to_tab(window: MainWindow) -> None:
    page = page_of(window)
    settle()
    keyboard.press("Ctrl+PgDown")
    assert page.place() == "conflicts"
    keyboard.press("Ctrl+PgDown")
    assert page.place() == "bundles", "nothing is set apart, so there is no tab of it"
    keyboard.press("Ctrl+PgUp")
    keyboard.press("Ctrl+PgUp")
    keyboard.press("Ctrl+PgUp")
    assert page.place() == "laptops"


def test_a_damaged_bundle_is_told_in_a_sentence_and_nothing_happens(
    window: MainWindow, store: Store, ganja: Store, tmp_path: Path
) -> None:
    ganja.write(build.a_person)
    bundle = bundle_of(ganja, tmp_path / "stick")
    bundle.write_bytes(bundle.read_bytes()[:-30])
    window.receive(bundle)
    settle()
    assert bundle.name in words_on(page_of(window).now)
    with store.read() as reader:
        assert reader.count("person") == 0


def test_several_files_dropped_at_once_are_one_preview_and_one_undo(
    window: MainWindow, store: Store, ganja: Store, tmp_path: Path
) -> None:
    paths = []
    for number in range(2):
        ganja.write(build.a_person)
        paths.append(bundle_of(ganja, tmp_path / str(number)))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in reversed(paths)])
    page = page_of(window)
    copy = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPoint(5, 5), copy, mime, left, none))
    settle()
    said = words_on(page.now)
    assert "Gəncə 1, no. 1" in said and "Gəncə 1, no. 2" in said
    keyboard.press("Space")
    settle()
    with store.read() as reader:
        assert reader.count("person") == 2
    window.bar.press_action()  # take it back: both
    settle()
    with store.read() as reader:
        assert reader.count("person") == 0
    page.show_tab("bundles")
    assert {row["state"] for row in page.mail.table.model.rows if not row["outgoing"]} == {"undone"}


def test_onto_a_stick_in_three_presses_with_a_backup_beside_it(
    window: MainWindow, store: Store, ganja: Store, tmp_path: Path
) -> None:
    store.write(lambda w: build.a_person(w, owner_site=build.site("ganja")))
    stick = tmp_path / "stick"
    stick.mkdir()
    page = page_of(window)
    page._drives.changed.emit([Drive("BAKI", stick, 7_000_000_000)])
    assert "Stick BAKI" in words_on(page.now) and "7.0 GB free" in words_on(page.now)
    keyboard.press("Ctrl+Return Space")
    settle()
    assert len(list(stick.glob("*.saha"))) == 1
    assert "safe to take the stick out" in window.bar.text and "for Gəncə 1" in words_on(page.now)
    assert [one.kind for one in backup.candidates(tmp_path / "none", [stick])] == ["stick"]
    assert page.send_button.isEnabled()
    keyboard.press("Escape")
    keyboard.press("Escape")
    assert page.now.send_card.isHidden()


def test_what_is_unfinished_is_named_before_a_laptop_sends(ganja: Store, qtbot: Any, tmp_path: Path) -> None:
    def fill(w: Any) -> None:
        person = build.a_person(w, sex=None)
        build.a_participation(w, build.an_activity(w), person)

    ganja.write(fill)
    tasks = Tasks(ganja, inline=True)
    with a_window(tasks, qtbot, tmp_path) as window:
        window.go("exchange", "send")
        settle()
        page = page_of(window)
        said = words_on(page.now)
        assert "1 person without a sex" in said and "1 held event without a scanned sheet" in said
        assert page.now.sending
        page.send_to(tmp_path / "out")
        settle()
        assert len(list((tmp_path / "out").glob("*.saha"))) == 1, "nothing is forbidden"
        page.show_tab("bundles")
        row = page.mail.table.model.rows[0]
        page.mail.show_bundle(row["id"])
        told = words_on(page.mail.panel)
        assert "✓  Made on" in told and "○  No receipt yet" in told


def test_the_agreed_day_reminds_until_something_was_sent(ganja: Store, qtbot: Any, tmp_path: Path) -> None:
    ganja.write(build.a_person)
    now = clock.now().replace(day=26)
    clock.turn(lambda: now + timedelta(days=31))
    try:
        with a_window(Tasks(ganja, inline=True), qtbot, tmp_path) as window:
            window.go("exchange", "")
            settle()
            page = page_of(window)
            assert "The agreed day (the 25th) has come: 1 change" in words_on(page.now)
            page.send_to(tmp_path / "out")
            settle()
            assert "agreed day (the" not in words_on(page.now)
    finally:
        clock.turn(None)


def test_by_mail_there_is_a_draft_with_the_bundle_and_words_on_the_clipboard(
    window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    shown: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile())
    )  # gives None: no mail
    monkeypatch.setattr(machine, "show_in_folder", shown.append)
    monkeypatch.setenv("SAHA_DATA", str(tmp_path / "data"))
    store.write(lambda w: build.a_person(w, owner_site=build.site("ganja")))
    page_of(window).send_by_mail()
    settle()
    (draft,) = (tmp_path / "data" / "outbox").glob("*.eml")
    assert opened == [str(draft)] and shown == [draft], "where nothing opens mail, the folder shows the draft"
    assert b"X-Unsent: 1" in draft.read_bytes()
    assert "Gəncə 1" in QGuiApplication.clipboard().text()


def test_the_office_sends_to_all_or_to_the_one_whose_stick_it_is(
    window: MainWindow, store: Store, tmp_path: Path
) -> None:
    make_kit(store, ["guba"], "Quba 1", tmp_path / "guba.sahakit", work=LIGHT)
    page = page_of(window)
    page.renew()
    settle()
    page.prepare_sending()
    settle()
    whom = page.now.findChildren(QComboBox)[-1]
    assert [whom.itemText(n) for n in range(whom.count())] == ["All laptops", "Gəncə 1", "Quba 1"]
    whom.setCurrentText("Quba 1")
    page.send_to(tmp_path / "one")
    settle()
    assert [path.name.split("-for-")[1][:6] for path in (tmp_path / "one").glob("*.saha")] == ["quba-1"]
    page.prepare_sending()
    settle()
    page.send_to(tmp_path / "all")
    settle()
    assert len(list((tmp_path / "all").glob("*.saha"))) == 2


def test_a_gap_is_named_and_asked_for_again(window: MainWindow, store: Store, ganja: Store, tmp_path: Path) -> None:
    page = page_of(window)
    ganja.write(lambda w: [w.put("person", {"surname": os.urandom(30).hex(), "given": "A"}) for _ in range(900)])
    parts = [one.path for one in send.send(ganja, tmp_path / "mail", max_size=60_000)]
    assert len(parts) > 1
    page.take_in(parts[1:])  # the first part is lost
    settle()
    page.show_tab("bundles")
    said = words_on(page.mail)
    assert "Gəncə 1: no. " in said and "never came." in said
    device = next(one["device"] for one in _peers(store))
    page.mail.ask_again(device)
    settle()
    assert "asks for all of it again" in words_on(page.mail)


def test_a_lost_bundle_that_a_later_one_made_up_for_is_told_so(
    window: MainWindow, ganja: Store, tmp_path: Path
) -> None:
    page = page_of(window)
    for number in range(3):
        ganja.write(build.a_person)
        bundle = bundle_of(ganja, tmp_path / str(number))
        if number != 1:
            page.take_in([bundle])
    settle()
    page.show_tab("bundles")
    said = words_on(page.mail)
    assert text("exchange.gap_healed", name="Gəncə 1", numbers="2") in said and "never came." not in said


def _peers(store: Store) -> Any:
    from app.models import exchange

    with store.read() as reader:
        return exchange.peers(reader, role="laptop")


def test_a_clock_behind_is_told_and_refuses_nothing(
    window: MainWindow, store: Store, ganja: Store, tmp_path: Path
) -> None:
    ganja.write(build.a_person)
    bundle = bundle_of(ganja, tmp_path / "stick")
    now = clock.now()
    clock.turn(lambda: now - timedelta(days=900))
    try:
        page = page_of(window)
        page.look_at([bundle])
        settle()
        assert "one of the two is wrong" in words_on(page.now)
        page.take_in([bundle])
        settle()
        assert "Set the clock" in words_on(page.now)
    finally:
        clock.turn(None)
    with store.read() as reader:
        assert reader.count("person") == 1


def test_baku_sees_that_a_laptop_was_restored(window: MainWindow, store: Store, ganja: Store, tmp_path: Path) -> None:
    ganja.write(build.a_person)
    made = backup.make(ganja)
    page = page_of(window)
    page.take_in([bundle_of(ganja, tmp_path / "1")])
    receive.receive(ganja, send.send(store, tmp_path / "answer")[0].path)
    ganja.close()
    backup.restore(ganja.folder, made.path, "practice")
    with Store.open(ganja.folder, "practice") as again:
        again.write(build.a_person)
        page.take_in([bundle_of(again, tmp_path / "2")])
    settle()
    assert "Gəncə 1 was restored from a copy and goes on after no." in words_on(page.now)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_tab_shows_in_every_language(tasks: Any, ganja: Store, qtbot: Any, tmp_path: Path, language: str) -> None:
    with a_window(tasks, qtbot, tmp_path, language, "dark") as window:
        for tab in (*TABS, "send"):
            window.go("exchange", tab)
            settle()
            assert page_of(window).place() == ("now" if tab == "send" else tab)
            assert not list(clipped(window.page)) and not list(unnamed(window.page))
        assert not window.grab().isNull()


def test_a_laptop_is_told_what_baku_has(store: Store, ganja: Store, qtbot: Any, tmp_path: Path) -> None:
    ganja.write(build.a_person)
    receive.receive(store, bundle_of(ganja, tmp_path / "1"))
    receive.receive(ganja, send.send(store, tmp_path / "answer")[0].path)
    ganja.write(build.a_person)
    with a_window(Tasks(ganja, inline=True), qtbot, tmp_path) as window:
        window.go("exchange", "")
        settle()
        said = words_on(page_of(window).now)
        assert f"Bakı has everything up to our no. 1 ({clock.today():%d.%m.%Y})." in said
        assert "Last backup on a stick: never" in said
