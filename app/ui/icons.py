"""One-colour icons drawn from resources/icons in the colours of the theme; keeps nothing but a cache of them."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.basics.paths import RESOURCES
from app.ui import theme

_RATIOS = (1.0, 1.5, 2.0, 3.0)


def icon(name: str, colour: str = "muted", *, size: int = 20) -> QIcon:
    """The icon `name`.svg in a colour of the theme (a token's name), accent when checked. KeyError if missing."""
    tokens = theme.tokens()
    return _icon(name, getattr(tokens, colour), tokens.accent, size)


def beside(name: str, colour: str = "muted", *, size: int = 16, gap: int = 6) -> QIcon:
    """The same with room on its right, for a button with words; its icon size is (size + gap) × size."""
    tokens = theme.tokens()
    return _icon(name, getattr(tokens, colour), tokens.accent, size, gap)


def pixmap(name: str, colour: str = "muted", *, size: int = 20, ratio: float = 1.0) -> QPixmap:
    """The same as a picture of `size` × `size` points."""
    return _draw(name, getattr(theme.tokens(), colour), size, ratio)


@cache
def _icon(name: str, colour: str, checked: str, size: int, gap: int = 0) -> QIcon:
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(_draw(name, colour, size, ratio, gap), QIcon.Mode.Normal, QIcon.State.Off)
        made.addPixmap(_draw(name, checked, size, ratio, gap), QIcon.Mode.Normal, QIcon.State.On)
    return made


@cache
def _source(name: str) -> str:
    path = RESOURCES / "icons" / f"{name}.svg"
    if not path.is_file():
        raise KeyError(name)
    return path.read_text("utf-8")


def _draw(name: str, colour: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    drawn = QPixmap(round((size + gap) * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    # one weight for all: 1.75 of 24 units, a little lighter than the set's own 2
    source = _source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, drawn.height(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
