"""An open promise is closed in one line: how we know that it was kept, Enter. It closes nothing else."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.basics.words import text
from app.ui.shell import Shell
from app.ui.widgets.buttons import button


class ClosingPart(QWidget):
    """Stands above the form of an action item while it is open; hidden otherwise."""

    def __init__(self, shell: Shell, item: str, parent: QWidget, *, focus: bool = False) -> None:
        super().__init__(parent)
        self._shell, self._item = shell, item
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 0)
        row.setSpacing(8)
        self.evidence = QLineEdit()
        self.evidence.setPlaceholderText(text("groups.close_now"))
        self.evidence.setAccessibleName(text("groups.evidence"))
        self.evidence.returnPressed.connect(self.close_item)
        row.addWidget(self.evidence, 1)
        row.addWidget(button(text("groups.close_item"), self.close_item, icon="check", kind="primary"))
        self.hide()
        self._focus = focus
        shell.tasks.read(lambda r: r.get("action_item", item), self._show, context=self)

    def close_item(self) -> None:
        """Close the promise with what was typed as evidence; Ctrl+Z opens it again."""
        item, evidence = self._item, self.evidence.text().strip()
        if not evidence:
            self.evidence.setFocus()
            return

        def work(writer: Any) -> None:
            from app.services import groups

            groups.close_item(writer, item, evidence)

        def done(_: object) -> None:
            self.hide()
            self._shell.messages.undo(text("groups.item_closed"))

        self._shell.tasks.write(work, done, self._shell.messages.error)

    def _show(self, row: dict[str, Any] | None) -> None:
        still = row is not None and row["state"] in ("open", "in_progress")
        self.setVisible(still)
        if still and self._focus:
            QTimer.singleShot(0, self.evidence, self.evidence.setFocus)  # the panel may not be open yet
