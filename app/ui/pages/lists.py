"""Every list of the register behind one page: choose the type on the left, its list and form are on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListWidget, QListWidgetItem

from app.basics.words import text
from app.specs.records import RECORDS
from app.ui.forms.words import records_name
from app.ui.pages.kinds import KindsPage
from app.ui.pages.page import Page
from app.ui.pages.parts import PartsPage
from app.ui.shell import Shell
from app.ui.widgets.labels import hairline

SCREENSHOTS = {"open": "site/{site}"}


class ListsPage(Page):
    """Target: `record`, `record/row` or `record/new`. Heirs show other lists: `heading`, `names` and `make`."""

    heading = "ui.page_lists"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.add_head(text(self.heading))
        self._list = QListWidget()
        self._list.setAccessibleName(text(self.heading))
        self._list.setFixedWidth(248)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name, words in self.names().items():
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(0, 32))
            self._list.addItem(item)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(13, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._list)
        self._row.addWidget(hairline(vertical=True))
        self.column.addLayout(self._row, 1)
        self._page: Page | None = None
        self._record = ""
        self._beginning = False
        self._list.currentItemChanged.connect(self._on_chosen)

    def open(self, target: str) -> None:
        record, _, row = target.partition("/")
        if record in self.names() or self._page is None:
            self.choose(record if record in self.names() else self._first())
        self._beginning = row == "new" and isinstance(self._page, PartsPage)
        if isinstance(self._page, PartsPage) and self._beginning:
            self._page.start_new()
        elif row and self._page is not None:
            self._page.open(row)

    def focus_start(self) -> None:
        if self._beginning and isinstance(self._page, PartsPage):
            self._page.start_new()  # its form has the cursor
        else:
            super().focus_start()

    def place(self) -> str:
        return f"{self._record}/{self._page.place()}" if self._page is not None else ""

    def go_back(self) -> bool:
        return self._page.go_back() if self._page is not None else False

    def hear(self, changes: object, initiator: object) -> None:
        if self._page is not None:
            self._page.hear(changes, initiator)

    def choose(self, record: str) -> None:
        """Show the list of a record type."""
        for number in range(self._list.count()):
            if self._list.item(number).data(Qt.ItemDataRole.UserRole) == record:
                self._list.setCurrentRow(number)

    def _first(self) -> str:
        return str(self._list.item(0).data(Qt.ItemDataRole.UserRole))

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        held = False
        if self._page is not None:
            here = QApplication.focusWidget()
            held = here is not None and self._page.isAncestorOf(here)  # or the cursor would jump to the rail
            self._row.removeWidget(self._page)
            self._page.hide()  # before it loses its parent, or Qt shows it as a window
            self._page.setParent(None)
            self._page.deleteLater()
        self._record = str(item.data(Qt.ItemDataRole.UserRole))
        self._page = self.make(self._record)
        self._row.addWidget(self._page, 1)
        if held:
            self._page.show()
            self._page.focus_start()

    def names(self) -> dict[str, str]:
        """The lists to choose from, with what they are called."""
        return {name: records_name(name) for name in sorted(RECORDS, key=records_name)}

    def make(self, name: str) -> Page:
        """The page of a list."""
        if name == "activity_kind":  # its rows are definitions, which nobody reads as text
            return KindsPage(self.shell, head=False)
        return PartsPage(self.shell, name, head=False)
