"""Every icon named in the code exists and takes the colour of the theme."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from app.basics.paths import RESOURCES
from app.ui import icons, theme
from tests.architecture.code import sources


def test_every_icon_that_is_named_is_there(qapp: QApplication) -> None:
    named = set()
    for source in sources():
        if source.path.startswith("app/ui/"):
            named |= set(re.findall(r'icon(?:_button|s\.\w+)?\(\s*"([a-z0-9-]+)"', source.text))
            named |= set(re.findall(r'icon="([a-z0-9-]+)"', source.text))
    assert len(named) > 10
    missing = {name for name in named if not (RESOURCES / "icons" / f"{name}.svg").is_file()}
    assert not missing


def test_the_licence_lies_beside_them() -> None:
    assert "ISC" in (RESOURCES / "icons" / "LICENSE.txt").read_text("utf-8")


def test_an_icon_has_one_colour_that_of_the_theme(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    for colour in ("muted", "danger"):
        picture = icons.pixmap("search", colour, size=32).toImage()
        wanted = QColor(getattr(theme.LIGHT, colour))
        solid = {
            picture.pixelColor(x, y).name()
            for x in range(32)
            for y in range(32)
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert solid == {wanted.name()}


def test_a_checked_icon_is_drawn_in_the_accent(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    made = icons.icon("house", size=32)
    on = made.pixmap(32, 32, QIcon.Mode.Normal, QIcon.State.On).toImage()
    off = made.pixmap(32, 32, QIcon.Mode.Normal, QIcon.State.Off).toImage()
    assert on != off


def test_room_beside_an_icon_is_part_of_it(qapp: QApplication) -> None:
    made = icons.beside("house", size=16, gap=6)
    assert made.availableSizes()[0].width() == 22


def test_a_missing_icon_is_a_bug_at_once(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icons.pixmap("no-such-icon")
