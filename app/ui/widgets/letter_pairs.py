"""Two names letter under letter, as the matcher pairs them; it draws what it is given and compares nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme

_KINDS = {"same": ("text", ""), "sound": ("good", "="), "close": ("warn", "≈"), "different": ("danger", "≠"),
          "missing": ("muted", "+"), "gap": ("text", "")}  # fmt: skip
_PAD = 3.0


class Pairing(Protocol):
    """Letters of the first name, letters of the second, and how they compare."""

    @property
    def first(self) -> str: ...

    @property
    def second(self) -> str: ...

    @property
    def kind(self) -> str: ...


class LetterPairs(QWidget):
    """Every piece is a column: the letters above, the letters below, a sign between them; colour is never alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._pieces: list[Pairing] = []

    def show_pieces(self, pieces: Sequence[Pairing], spoken: str) -> None:
        """Show these; `spoken` is read out instead of the picture."""
        self._pieces = list(pieces)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        lines = max(1, len(self._lines(max(self.width(), 200))))
        return QSize(200, round(lines * (self._line_height() + 8)))

    def _line_height(self) -> float:
        """Two rows of letters, and one of signs between them where any letter differs."""
        differs = any(_KINDS.get(piece.kind, ("", ""))[1] for piece in self._pieces)
        return QFontMetricsF(theme.font("emphasis")).height() * (2.7 if differs else 2.1)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    def _width(self, piece: Pairing, metrics: QFontMetricsF) -> float:
        if piece.kind == "gap":
            return metrics.horizontalAdvance("  ")
        letters = max(metrics.horizontalAdvance(piece.first or " "), metrics.horizontalAdvance(piece.second or " "))
        return max(letters, metrics.horizontalAdvance("n")) + 2 * _PAD

    def _lines(self, width: float) -> list[list[Pairing]]:
        """The pieces broken into lines between words."""
        metrics = QFontMetricsF(theme.font("emphasis"))
        words: list[list[Pairing]] = [[]]
        for piece in self._pieces:
            words[-1].append(piece)
            if piece.kind == "gap":
                words.append([])
        lines: list[list[Pairing]] = [[]]
        used = 0.0
        for word in words:
            size = sum(self._width(piece, metrics) for piece in word)
            if lines[-1] and used + size > width:
                lines.append([])
                used = 0.0
            lines[-1] += word
            used += size
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        big, small = theme.font("emphasis"), theme.font("body")
        metrics = QFontMetricsF(big)
        tokens = theme.tokens()
        row, high = metrics.height(), self._line_height()
        top = 2.0
        for line in self._lines(self.width()):
            x = 0.0
            for piece in line:
                width = self._width(piece, metrics)
                token, sign = _KINDS.get(piece.kind, ("text", ""))
                if sign:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(tokens.hover))
                    painter.drawRoundedRect(QRectF(x + 0.5, top, width - 1, high), 4, 4)
                painter.setPen(QColor(getattr(tokens, token)))
                painter.setFont(big)
                centre = int(Qt.AlignmentFlag.AlignCenter)
                painter.drawText(QRectF(x, top, width, row), centre, piece.first.strip())
                painter.drawText(QRectF(x, top + high - row * 1.05, width, row), centre, piece.second.strip())
                painter.setFont(small)
                painter.drawText(QRectF(x, top + row * 0.95, width, row * 0.7), centre, sign)
                x += width
            top += high + 8
        painter.end()
