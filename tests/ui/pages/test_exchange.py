"""Exchange in the window: send, look, take in, decide, take back, with real stores and real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.basics import words
from app.keys.slots import LIGHT
from app.models.store import Store
from app.sync import conflicts, send
from app.sync.office import enrol_office, join, make_kit
from app.ui.main_window import MainWindow
from app.ui.pages.exchange import ExchangePage
from tests import build
from tests.ui import keyboard
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def ganja(store: Store, tmp_path: Path) -> Iterator[Store]:
    """A laptop in Ganja that has joined the office of the window."""
    enrol_office(store)
    kit = tmp_path / "kit.sahakit"
    code = make_kit(store, ["ganja"], "Gəncə 1", kit, work=LIGHT)
    with join(tmp_path / "ganja", kit, code, "practice", "Aysel", work=LIGHT) as laptop:
        yield laptop


@pytest.fixture
def window(tasks: Any, ganja: Store, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        made.go("exchange", "")
        yield made


def page_of(window: MainWindow) -> ExchangePage:
    assert isinstance(window.page, ExchangePage)
    return window.page


def words_on(widget: Any) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget))


def bundle_of(laptop: Store, folder: Path) -> Path:
    return send.send(laptop, folder)[0].path


def test_a_bundle_is_looked_at_before_it_is_taken_in(
    window: MainWindow, store: Store, ganja: Store, tmp_path: Path
) -> None:
    ganja.write(lambda w: [build.a_person(w) for _ in range(3)])
    bundle = bundle_of(ganja, tmp_path / "stick")
    window.receive(bundle)
    settle()
    page = page_of(window)
    assert page._now.preview_shown
    assert "People: 3" in words_on(page._now)
    with store.read() as reader:
        assert reader.count("person") == 0
    keyboard.press("Space")  # the focus is on "Take in"
    settle()
    with store.read() as reader:
        assert reader.count("person") == 3
    assert not page._now.preview_shown
    window.receive(bundle)
    settle()
    assert "nothing would change" in words_on(page._now)
    keyboard.press("Escape")  # the message
    keyboard.press("Escape")  # the preview
    assert not page._now.preview_shown


def test_a_damaged_bundle_is_told_in_a_sentence_and_nothing_happens(
    window: MainWindow, store: Store, ganja: Store, tmp_path: Path
) -> None:
    ganja.write(build.a_person)
    bundle = bundle_of(ganja, tmp_path / "stick")
    bundle.write_bytes(bundle.read_bytes()[:-30])
    window.receive(bundle)
    settle()
    assert bundle.name in words_on(page_of(window)._now)
    with store.read() as reader:
        assert reader.count("person") == 0


def test_sending_says_when_the_file_was_read_back(
    window: MainWindow, store: Store, ganja: Store, tmp_path: Path
) -> None:
    store.write(lambda w: build.a_person(w, owner_site=build.site("ganja")))
    page = page_of(window)
    page.send_to(tmp_path / "out")
    settle()
    files = list((tmp_path / "out").glob("*.saha"))
    assert len(files) == 1
    assert "read back" in window.bar.text
    assert page.send_button.isEnabled()


def test_a_conflict_is_a_story_and_one_key_decides_it(
    window: MainWindow, store: Store, ganja: Store, tmp_path: Path
) -> None:
    person = ganja.write(lambda w: build.a_person(w, phone="1")).value
    page = page_of(window)
    page.take_in([bundle_of(ganja, tmp_path / "1")])
    ganja.write(lambda w: w.put("person", {"phone": "2"}, person))
    store.write(lambda w: w.put("person", {"phone": "3"}, person))
    page.take_in([bundle_of(ganja, tmp_path / "2")])
    settle()
    assert "1 conflict" in window.bar.text
    window.bar.press_action()
    settle()
    card = page._conflicts._cards[0]
    said = words_on(card)
    assert all(value in said for value in ("1", "2", "3"))
    card.reason.setText("The site knows")
    card.setFocus()
    keyboard.press("2")
    settle()
    with store.read() as reader:
        assert conflicts.conflicts(reader) == []
        assert reader.get("person", person)["phone"] == "2"  # type: ignore[index]
    assert page._conflicts._cards == []


def test_what_was_received_can_be_taken_back(window: MainWindow, store: Store, ganja: Store, tmp_path: Path) -> None:
    ganja.write(build.a_person)
    page = page_of(window)
    page.take_in([bundle_of(ganja, tmp_path / "1")])
    settle()
    page.show_tab("bundles")
    row = next(row for row in page._bundles.model.rows if not row["outgoing"])
    page._bundles.opened.emit(row["id"])
    window.bar.press_action()
    settle()
    with store.read() as reader:
        assert reader.count("person") == 0


def test_a_kit_shows_its_code_once(window: MainWindow, store: Store, tmp_path: Path) -> None:
    page = page_of(window)
    page.show_tab("laptops")
    view = page._laptops
    view.name.setText("Quba 1")
    view.sites.setText("guba")
    view.make_kit(tmp_path / "guba.sahakit")
    settle()
    assert (tmp_path / "guba.sahakit").is_file()
    code = view.code.text()
    assert len(code.replace("-", "")) >= 10
    assert code.encode() not in (tmp_path / "guba.sahakit").read_bytes()
    assert "Quba 1" in words_on(view)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_tab_shows_in_every_language(tasks: Any, ganja: Store, qtbot: Any, tmp_path: Path, language: str) -> None:
    with a_window(tasks, qtbot, tmp_path, language, "dark") as window:
        for tab in ("now", "conflicts", "bundles", "laptops"):
            window.go("exchange", tab)
            settle()
            assert page_of(window).place() == tab
        assert not window.grab().isNull()
