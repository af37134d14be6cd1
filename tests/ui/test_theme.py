"""Contrast of every pair of colours, the type scale, the style sheet whole; looks at tokens, not at pictures."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from app.ui import theme

THEMES = {"light": theme.LIGHT, "dark": theme.DARK}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), theme.PAIRS)
def test_text_stands_out_from_its_ground(name: str, text: str, ground: str) -> None:
    tokens = THEMES[name]
    assert theme.contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#123456", "#123456") == pytest.approx(1)


@pytest.mark.parametrize("name", THEMES)
def test_the_focus_edge_is_seen(name: str) -> None:
    tokens = THEMES[name]
    for ground in ("page", "rail", "raised", "field"):
        assert theme.contrast(tokens.accent, getattr(tokens, ground)) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_has_no_gap_left(name: str) -> None:
    sheet = theme.style_sheet(THEMES[name])
    assert not re.search(r"[$@]\w", sheet)
    assert set(re.findall(r"(\d+)pt", sheet)) <= {str(size) for size in theme.SIZES.values()}
    assert sheet.count("{") == sheet.count("}")


def test_every_token_is_a_colour_and_used() -> None:
    sheet = theme.style_sheet(theme.LIGHT)
    for field in fields(theme.Tokens):
        assert re.fullmatch(r"#[0-9a-f]{6}", getattr(theme.LIGHT, field.name))
        assert getattr(theme.LIGHT, field.name) in sheet


def test_the_system_is_followed_and_overruled(qapp: QApplication) -> None:
    assert theme.is_dark("dark") and not theme.is_dark("light")
    theme.apply(qapp, "dark")
    assert theme.tokens() is theme.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.DARK.page
    theme.apply(qapp, "light")
    assert theme.tokens() is theme.LIGHT
    assert qapp.font().pointSize() == theme.SIZES["body"]


def test_the_bundled_font_has_azerbaijani_and_equal_numerals(qapp: QApplication) -> None:
    theme.load_fonts()
    theme.apply(qapp, "light")
    from PySide6.QtGui import QFontInfo, QFontMetricsF

    font = theme.font()
    assert QFontInfo(font).family() == theme.FAMILY
    metrics = QFontMetricsF(font)
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "əƏğĞıİöüçşЖщ₼")
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
