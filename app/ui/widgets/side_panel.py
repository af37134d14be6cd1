"""A list with a record beside it: the panel opens, remembers its width and closes; knows nothing of what it holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.ui.widgets.buttons import icon_button
from app.ui.widgets.labels import ElidedLabel, hairline

BESIDE = 760
"""Points of width from which a record stands beside its list and not in its place."""


class BesideSplitter(QSplitter):
    """The list on the left, on the right a panel, hidden until something is opened; `share` is the panel's part."""

    shareChanged = Signal(float)

    def __init__(self, main: QWidget, panel: QWidget, *, share: float = 0.5, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._share = min(0.8, max(0.25, share))
        self.panel = panel
        self.addWidget(main)
        self.addWidget(panel)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
        self._main = main
        panel.setMinimumWidth(320)
        panel.hide()
        self.splitterMoved.connect(self._on_moved)

    def open_panel(self) -> None:
        """Show the panel at its remembered share."""
        if self.panel.isHidden():
            self.panel.show()
            self._share_out()

    def close_panel(self) -> None:
        """Hide the panel; the list takes all the room."""
        self.panel.hide()
        self._main.show()

    @property
    def is_open(self) -> bool:
        """Whether the panel shows."""
        return not self.panel.isHidden()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_open:
            self._share_out()

    def _share_out(self) -> None:
        """Give both their part; where there is no room for both, the panel takes all of it until it is closed."""
        whole = max(self.width(), 1)
        self._main.setVisible(whole >= BESIDE)
        self.setSizes([round(whole * (1 - self._share)), round(whole * self._share)])

    def _on_moved(self) -> None:
        left, right = self.sizes()
        if left + right:
            self._share = right / (left + right)
            self.shareChanged.emit(self._share)


class SidePanel(QFrame):
    """The panel of a record: a heading with its buttons, below it the body, which scrolls."""

    closeRequested = Signal()

    def __init__(self, close_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 12, 12)
        head.setSpacing(4)
        self.heading = ElidedLabel(role="heading")
        head.addWidget(self.heading, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(4)
        head.addLayout(self.buttons)
        self.close_button = icon_button("x", close_name, self.closeRequested.emit)
        head.addWidget(self.close_button)
        column.addLayout(head)
        column.addWidget(hairline())
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._area, 1)

    def set_body(self, body: QWidget) -> None:
        """Show `body` (the one before is deleted)."""
        self._area.setWidget(body)

    @property
    def body(self) -> QWidget | None:
        """What the panel shows."""
        return self._area.widget()
