"""Simple charts painted by hand, for the window and for paper alike; takes numbers that are already counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its value, and the value it is meant to reach (None: no target)."""

    name: str
    value: float
    target: float | None = None


@dataclass(frozen=True)
class Ink:
    """The colours a chart is painted with; `paper` for print, `screen()` for the theme in force."""

    bar: QColor
    ground: QColor
    text: QColor
    muted: QColor

    @staticmethod
    def screen() -> Ink:
        t = theme.tokens()
        return Ink(QColor(t.accent), QColor(t.hairline), QColor(t.text), QColor(t.muted))

    @staticmethod
    def paper() -> Ink:
        return Ink(QColor("#0d6b68"), QColor("#e6e8e9"), QColor("#000000"), QColor("#444444"))


def number(value: float) -> str:
    """A whole number with thin spaces between thousands; others with one decimal and a comma."""
    if value == int(value):
        return f"{int(value):,}".replace(",", "\u202f")
    return f"{value:,.1f}".replace(",", "\u202f").replace(".", ",")


def paint_bars(painter: QPainter, rect: QRectF, bars: Sequence[Bar], ink: Ink, font: QFont) -> None:
    """Horizontal bars from the top of `rect`: name on the left, bar, number on the right; a tick marks the target."""
    if not bars:
        return
    metrics = QFontMetricsF(font)
    top = max(max(b.value for b in bars), max((b.target or 0) for b in bars), 1)
    names = min(max(metrics.horizontalAdvance(b.name) for b in bars), rect.width() * 0.4)
    counts = max(metrics.horizontalAdvance(number(b.value)) for b in bars)
    pitch = min(rect.height() / len(bars), metrics.height() * 1.8)
    thick = min(pitch * 0.5, 12.0)
    room = max(rect.width() - names - counts - 24, 8)
    painter.setFont(font)
    for index, bar in enumerate(bars):
        middle = rect.top() + pitch * (index + 0.5)
        line = QRectF(rect.left(), middle - pitch / 2, names, pitch)
        painter.setPen(ink.text)
        painter.drawText(
            line,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names),
        )
        left = rect.left() + names + 12
        _rounded(painter, QRectF(left, middle - thick / 2, room, thick), ink.ground)
        length = room * max(bar.value, 0) / top
        if length > 0:
            _rounded(painter, QRectF(left, middle - thick / 2, max(length, 2), thick), ink.bar)
        if bar.target:
            painter.setPen(ink.text)
            tick = left + room * bar.target / top
            painter.drawLine(QPointF(tick, middle - thick / 2 - 3), QPointF(tick, middle + thick / 2 + 3))
        painter.setPen(ink.muted)
        painter.drawText(
            QRectF(rect.right() - counts, middle - pitch / 2, counts, pitch),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
            number(bar.value),
        )


def paint_columns(painter: QPainter, rect: QRectF, bars: Sequence[Bar], ink: Ink, font: QFont) -> None:
    """Upright columns over the width of `rect` (hours of a day, months): number above, name below where it fits."""
    if not bars:
        return
    metrics = QFontMetricsF(font)
    top = max(max(b.value for b in bars), 1)
    pitch = rect.width() / len(bars)
    thick = min(pitch * 0.6, 40.0)
    foot = rect.bottom() - metrics.height() - 4
    room = foot - rect.top() - metrics.height() - 4
    every = max(1, -(-int(max(metrics.horizontalAdvance(b.name) for b in bars) + 6) // max(1, int(pitch))))
    painter.setFont(font)
    for index, bar in enumerate(bars):
        centre = rect.left() + pitch * (index + 0.5)
        height = room * max(bar.value, 0) / top
        _rounded(painter, QRectF(centre - thick / 2, foot - max(height, 1), thick, max(height, 1)), ink.bar)
        if bar.value and metrics.horizontalAdvance(number(bar.value)) <= pitch:
            painter.setPen(ink.text)
            over = QRectF(centre - pitch / 2, foot - height - metrics.height() - 2, pitch, metrics.height())
            painter.drawText(over, int(Qt.AlignmentFlag.AlignHCenter), number(bar.value))
        if index % every == 0:
            painter.setPen(ink.muted)
            under = QRectF(centre - pitch * every / 2, foot + 4, pitch * every, metrics.height())
            painter.drawText(under, int(Qt.AlignmentFlag.AlignHCenter), bar.name)


def _rounded(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    radius = min(3.0, rect.height() / 2, rect.width() / 2)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


class BarChart(QWidget):
    """A chart of horizontal bars; says its numbers to a screen reader."""

    def __init__(self, name: str, *, columns: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: list[Bar] = []
        self._columns = columns
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars = list(bars)
        self.setAccessibleName(self._name + ": " + ", ".join(f"{b.name} {number(b.value)}" for b in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(320, 160 if self._columns else max(1, len(self._bars)) * round(line * 1.8))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = paint_columns if self._columns else paint_bars
        paint(painter, QRectF(self.rect()), self._bars, Ink.screen(), self.font())
        painter.end()


class TargetBar(QWidget):
    """A thin bar: how much of the target is reached."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setFixedHeight(4)

    def show_value(self, value: float, target: float) -> None:
        """Show `value` of `target`; beyond the target the bar is full."""
        self._part = 0.0 if target <= 0 else min(1.0, max(0.0, value / target))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = Ink.screen()
        _rounded(painter, QRectF(self.rect()), ink.ground)
        if self._part > 0:
            _rounded(painter, QRectF(0, 0, max(4.0, self.width() * self._part), self.height()), ink.bar)
        painter.end()
