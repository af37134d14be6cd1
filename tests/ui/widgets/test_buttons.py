"""Buttons have names and keys; segments choose one."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.buttons import Segments, button, icon_button, menu_button
from tests.ui.keyboard import press, show


def host(qtbot: Any, *widgets: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    show(window)
    qtbot.window_of_the_test = window
    return window


def test_a_key_presses_at_once_and_stands_in_the_tip(qtbot: Any) -> None:
    pressed: list[int] = []
    made = button("Create", lambda: pressed.append(1), kind="primary", key="Ctrl+N")
    window = host(qtbot, made)
    made.setText("Make")  # Qt's own shortcut would be forgotten here
    press("Ctrl+N", window)
    assert pressed == [1] and "Ctrl+N" in made.toolTip() and made.accessibleName() == "Create"


def test_enter_presses_a_button_that_has_the_focus_and_no_choice_of_a_row(qtbot: Any) -> None:
    pressed: list[str] = []
    made = [button(kind, lambda k=kind: pressed.append(k), kind=kind) for kind in ("plain", "link", "segment")]
    host(qtbot, *made)
    for one in made:
        press("Return", one)
        press("Ctrl+Return", one)
    assert pressed == ["plain", "link"]


def test_a_disabled_button_does_not_hear_its_key(qtbot: Any) -> None:
    pressed: list[int] = []
    made = button("Create", lambda: pressed.append(1), key="Ctrl+N")
    window = host(qtbot, made)
    made.setEnabled(False)
    press("Ctrl+N", window)
    assert pressed == []


def test_an_icon_button_has_a_name(qtbot: Any) -> None:
    made = icon_button("x", "Close")
    qtbot.addWidget(made)
    assert made.accessibleName() == "Close" and made.toolTip() == "Close" and not made.icon().isNull()


def test_a_menu_is_filled_when_it_opens(qtbot: Any) -> None:
    names = ["one"]
    made = menu_button("ellipsis", "More", lambda menu: [menu.addAction(n) for n in names] and None)
    qtbot.addWidget(made)
    menu = made.menu()
    assert menu is not None
    names.append("two")
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["one", "two"]


def test_a_long_link_is_shortened_and_its_tip_is_whole(qtbot: Any) -> None:
    made = button("Polisdə gender məsələlərinin nəzərə alınması üzrə təlim", kind="link")
    window = host(qtbot, made)
    window.resize(200, 80)
    made.grab()
    assert made.toolTip() == made.text() and made.width() < made.sizeHint().width()


def test_segments_choose_one_by_keyboard(qtbot: Any) -> None:
    made = Segments([("a", "A"), ("b", "B")])
    host(qtbot, made)
    made.set_value("a")
    made.button_of("b").setFocus()
    with qtbot.waitSignal(made.chosen) as heard:
        press("Space")
    assert heard.args == ["b"] and made.value() == "b"
    press("Space")
    assert made.value() == "b"


def test_optional_segments_can_be_taken_back(qtbot: Any) -> None:
    made = Segments([(True, "Yes"), (False, "No")], optional=True)
    host(qtbot, made)
    with qtbot.assertNotEmitted(made.chosen):
        made.set_value(False)
    assert made.value() is False
    made.button_of(False).click()
    assert made.value() is None


def test_a_link_of_its_own_width_is_not_shortened(qtbot: Any) -> None:
    words = "Вставить скопированное"
    link = button(words, kind="link", icon="clipboard-list")
    window = host(qtbot, link)
    link.setFixedWidth(link.sizeHint().width())
    assert link.words_shown() == words
    link.setFixedWidth(link.sizeHint().width() - 30)
    assert link.words_shown().endswith("…")
    window.close()
