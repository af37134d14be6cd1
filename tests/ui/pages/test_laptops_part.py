"""Laptops at the office: a stick made and joined from, one lost with its sheet, another in place of a dead one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from app.keys import slots
from app.models.store import Store
from app.sync import devices, kitfile
from app.sync.office import enrol_office, join
from app.ui.drives import Drive
from app.ui.main_window import MainWindow
from app.ui.pages import laptops_part
from app.ui.pages.laptops_part import LaptopsView
from tests import build
from tests.ui import keyboard
from tests.ui.pages.desk import a_window, settle


@pytest.fixture(autouse=True)
def _light_kits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kit's code is stretched for seconds; the tests of kits do that once."""
    from app.sync import office

    plain = office.make_kit
    monkeypatch.setattr(office, "make_kit", lambda *given, **more: plain(*given, **{"work": slots.LIGHT, **more}))


@pytest.fixture
def window(store: Store, tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    enrol_office(store)
    with a_window(tasks, qtbot, tmp_path) as made:
        made.go("exchange", "laptops")
        settle()
        yield made


def view_of(window: MainWindow) -> LaptopsView:
    return window.page.laptops  # type: ignore[attr-defined, no-any-return]


def said_on(widget: Any) -> str:
    return "\n".join(made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget))


def make(window: MainWindow, folder: Path, name: str = "Gəncə 1", *codes: str) -> str:
    view = view_of(window)
    view.name.setText(name)
    view.choose_sites(*(codes or ("ganja",)))
    view.make_stick(folder)
    settle()
    return view.code.text()


def test_one_stick_holds_kit_installer_and_checklist_and_not_the_code(
    window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = tmp_path / "Saha-1.0-setup.exe"
    setup.write_bytes(b"installer")
    monkeypatch.setattr(laptops_part, "installer", lambda: setup)
    stick = tmp_path / "stick"
    stick.mkdir()
    view = view_of(window)
    view.show_drives([Drive("BAKI", stick, 10**9)])
    view.name.setFocus()
    keyboard.type_text("Gəncə 1")
    view.choose_sites("ganja")
    view.make_stick(stick)
    settle()
    assert sorted(path.name for path in stick.iterdir()) == ["Saha-1.0-setup.exe", "ganca-1.pdf", "ganca-1.sahakit"]
    code = view.code.text()
    assert len(code.replace("-", "")) == kitfile.CODE_LETTERS
    for path in stick.iterdir():
        assert code.encode() not in path.read_bytes()
    assert "Gəncə 1" in said_on(view), "it stands in the list"
    with join(tmp_path / "new", stick / "ganca-1.sahakit", code, "practice", work=slots.LIGHT) as laptop:
        assert laptop.identity.sites == (build.site("ganja"),)
    view.forget_code()
    assert view.code.text() == "" and code not in said_on(view)


def test_what_is_missing_is_said(window: MainWindow, tmp_path: Path) -> None:
    view_of(window).make_stick(tmp_path)
    assert "needs a name" in window.bar.text and not list(tmp_path.glob("*.sahakit"))


def test_a_stolen_laptop_has_its_sheet_on_the_screen_and_on_paper(
    window: MainWindow, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(lambda w: build.a_person(w, phone="1", owner_site=build.site("ganja")))
    make(window, tmp_path)
    monkeypatch.setattr(window.messages, "confirm", lambda *given, **more: True)
    view = view_of(window)
    view.mark_lost("Gəncə 1")
    settle()
    said = said_on(view.exposure_card)
    assert "Ganja: People 1" in said and "Phone (1)" in said and "paper" in said
    with store.read() as r:
        exposed = next(one for one in devices.roster(r) if one.name == "Gəncə 1")
    assert exposed.state == devices.LOST and "Lost:" in said_on(view)
    view.exposure_card.hide()
    view.show_exposure_of("Gəncə 1")
    settle()
    assert not view.exposure_card.isHidden()
    from app.sync import office

    with store.read() as r:
        view.print_exposure(office.exposure(r, exposed), tmp_path / "sheet.pdf")
    settle()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_another_takes_the_place_of_a_dead_one(window: MainWindow, store: Store, tmp_path: Path) -> None:
    make(window, tmp_path)
    view = view_of(window)
    view.start_replacement("Gəncə 1")
    assert view.name.text() == "Gəncə 1" and view.name.isReadOnly()
    again = tmp_path / "again"
    again.mkdir()
    view.make_stick(again)
    settle()
    assert (again / "ganca-1.sahakit").is_file() and view.code.text()
    with store.read() as r:
        states = {one.name: one.state for one in devices.roster(r) if one.role == "laptop"}
    assert states.pop("Gəncə 1") == "active" and list(states.values()) == ["replaced"]
    assert "Replaced by another" in said_on(view) and not view.name.isReadOnly()


def test_a_laptop_has_its_role_from_its_kit_and_the_office_changes_it(
    window: MainWindow, store: Store, tmp_path: Path
) -> None:
    view = view_of(window)
    view.level.set_value("clerk")
    code = make(window, tmp_path)
    with join(tmp_path / "new", tmp_path / "ganca-1.sahakit", code, "practice", work=slots.LIGHT) as laptop:
        assert laptop.identity.level == "clerk"
    assert "Data clerk" in said_on(view)
    view.start_replacement("Gəncə 1")
    again = tmp_path / "again"
    again.mkdir()
    view.make_stick(again)
    settle()
    with store.read() as r:
        assert devices.level_of(r, devices.device_named(r, "Gəncə 1")) == "clerk", "the one in its place may the same"
    view.give_level("Gəncə 1", "viewer")
    settle()
    assert "Viewer" in said_on(view)
