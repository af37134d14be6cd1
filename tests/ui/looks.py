"""What can be checked of looks without eyes: words that have no room, controls without a name; for tests only."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCalendarWidget,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.labels import ElidedLabel


def clipped(root: QWidget) -> Iterator[str]:
    """Visible buttons and labels whose words need more room than they have."""
    QApplication.processEvents()
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel | LinkButton) or _inside_qt(widget):
            continue
        if isinstance(widget, QAbstractButton) and widget.text():
            needed = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
            if widget.width() < needed or widget.height() < widget.fontMetrics().height():
                yield f"{type(widget).__name__} {widget.text()!r}: {widget.width()}x{widget.height()} < {needed}"
        elif isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                box = widget.fontMetrics().boundingRect(
                    0, 0, max(widget.contentsRect().width(), 1), 10_000, Qt.TextFlag.TextWordWrap, widget.text()
                )
                if box.height() > widget.height() + 2 or box.width() > widget.width() + 2:
                    yield f"label {widget.text()!r}: {widget.width()}x{widget.height()} < {box.width()}x{box.height()}"
            elif widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width():
                yield f"label {widget.text()!r}: {widget.width()} wide"


def unnamed(root: QWidget) -> Iterator[str]:
    """Visible controls that a screen reader could not name."""
    for widget in root.findChildren(QWidget):
        control = isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit | QAbstractItemView)
        if control and widget.isVisible() and not _inside_qt(widget):
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
            if not named:
                yield f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parent()).__name__}"


def _inside_qt(widget: QWidget) -> bool:
    """Whether it is a part that Qt made for itself (headers, scroll bars, the icon inside a line)."""
    parent = widget.parent()
    return (
        isinstance(widget, QScrollBar)
        or isinstance(parent, QLineEdit | QCalendarWidget)
        or type(widget).__name__ in ("QHeaderView", "QTableCornerButton")
        or widget.metaObject().className() in ("QHeaderView", "QTableCornerButton")
    )
