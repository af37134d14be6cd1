"""What a page says when it has nothing to show: a sentence and the one action that fills it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.widgets.buttons import button
from app.ui.widgets.labels import label


class EmptyState(QWidget):
    """An icon, a heading, a sentence and at most one button, in the middle of the room there is."""

    def __init__(
        self,
        heading: str,
        sentence: str = "",
        *,
        icon: str = "inbox",
        action: str = "",
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        column.addStretch(2)
        picture = label()
        picture.setPixmap(icons.pixmap(icon, "edge", size=40, ratio=max(1.0, self.devicePixelRatioF())))
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        self._heading = label(heading, "emphasis")
        self._heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._heading.setWordWrap(True)
        column.addWidget(self._heading)
        self._sentence = label(sentence, "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sentence.setMaximumWidth(460)
        if not sentence:  # never show what has no parent yet: it would flash up as a window of its own
            self._sentence.hide()
        middle = QHBoxLayout()  # an aligned item would not be as high as its wrapped lines
        middle.addStretch(1)
        middle.addWidget(self._sentence, 100)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(8)
        self.button = button(action, clicked, kind="primary")
        if not action:
            self.button.hide()
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.below = QVBoxLayout()  # what a page puts under the button
        column.addLayout(self.below)
        column.addStretch(3)

    def say(self, heading: str, sentence: str = "") -> None:
        """Change the words."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
