"""What stays around the pages while a register is open: rail, message bar, foot line, Ctrl+K; knows no page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.basics.words import text
from app.ui.foot import FootFacts
from app.ui.navigation import PageEntry
from app.ui.widgets.command_palette import CommandPalette, Find
from app.ui.widgets.foot_line import FootLine
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.rail import Rail

NARROW = 960
"""Points of width below which the rail folds by itself."""


class Frame(QWidget):
    """The rail on the left, above the page the bar, below both the foot; Ctrl+K's line lies over all."""

    def __init__(self, entries: Sequence[PageEntry], bar: MessageBar, find: Find) -> None:
        super().__init__()
        self.setObjectName("page")
        self._entries = entries
        self._folded = False
        self.rail = Rail(
            [(e.key, e.label, e.icon, f"Ctrl+{n}") for n, e in enumerate(entries, 1)], text("ui.navigation"), "Sahə"
        )
        self.stack = QStackedWidget()
        self.foot = FootLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.rail)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(bar)
        right.addWidget(self.stack, 1)
        beside.addLayout(right, 1)
        column.addLayout(beside, 1)
        column.addWidget(self.foot)
        self.palette_ = CommandPalette(text("ui.find_hint"), find, self)
        self._offer(office=False)

    def fold(self, folded: bool) -> None:
        """Whether they want the rail folded; where there is little room it is anyway."""
        self._folded = folded
        self.rail.fold(folded or self.width() < NARROW)

    def show_facts(self, facts: FootFacts) -> None:
        """Say in the foot whose register this is; the office has pages of its own."""
        self.foot.show_owner(facts.owner, text("ui.foot_practice") if facts.practice else "")
        self.foot.show_facts(facts.facts)
        self._offer(office=facts.office)

    def _offer(self, *, office: bool) -> None:
        for entry in self._entries:
            if entry.office:
                self.rail.offer(entry.key, office)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold(self._folded)
        if self.palette_.isVisible():
            self.palette_.place_in(self.size())
