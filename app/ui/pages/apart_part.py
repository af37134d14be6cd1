"""What is set apart: changes a laptop had no right to make, taken by somebody at the office; and rows that wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.basics.words import known, text
from app.specs import wording
from app.ui.pages.page import Page
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from app.sync.apart import KeptApart, Waiting

NAMED = 6


class ApartView(QWidget):
    """The list of what is kept apart, a button that takes the marked ones, and below it what waits by itself."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._shell = page, page.shell
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 16)
        self._note = label(text("apart.note"), "muted", wrap=True)
        self._note.setContentsMargins(24, 0, 24, 0)
        column.addWidget(self._note)
        columns = [
            Column("title", text("conflicts.list_title"), width=200),
            Column("what", text("apart.col_what"), width=300),
            Column("reason", text("apart.col_reason"), width=180, role=lambda row: "warn"),
            Column("sender", text("exchange.col_laptop"), width=140),
            Column("who", text("apart.col_who"), width=130),
            Column("moment", text("exchange.col_moment"), wording.moment_word, lambda v: v or "", width=140),
        ]
        empty = EmptyState(text("apart.none"), icon="check-check")
        self.table = RecordTable("apart", columns, page.shell.settings, empty=empty, name=text("exchange.tile_apart"))
        self.take_button = button(text("apart.take"), self.take, icon="check")
        self.table.bar.addWidget(self.take_button)
        column.addWidget(self.table, 1)
        self._waiting = label("", wrap=True)
        self._waiting.setContentsMargins(24, 0, 24, 0)
        column.addWidget(self._waiting)

    def show_apart(self, kept: Sequence[KeptApart], waiting: Sequence[Waiting], *, office: bool) -> None:
        """Show them; only the office takes any."""
        self.table.show_rows(_row(one) for one in kept)
        self.take_button.setVisible(office and bool(kept))
        self._note.setVisible(bool(kept))
        self._waiting.setVisible(bool(waiting))
        if waiting:
            named = ", ".join(f"{wording.record_word(one.record)} {one.title}" for one in waiting[:NAMED])
            more = "…" if len(waiting) > NAMED else ""
            said = text("apart.waiting", n=len(waiting))
            self._waiting.setText(f"{said}: {named}{more} {text('apart.waiting_note')}")

    def take(self) -> None:
        """Let the marked changes count: somebody at the office has looked at them and found them right."""
        ids = [bytes.fromhex(one) for one in self.table.selected_ids()]
        if not ids:
            self._shell.messages.info(text("apart.choose_first"))
            return

        def work(store: Any) -> Any:
            from app.sync import receive

            return receive.take_from_quarantine(store, ids)

        def done(_: Any) -> None:
            self._shell.messages.good(text("apart.taken", n=len(ids)))
            self._page.renew()

        self._shell.tasks.use(work, done, self._shell.messages.error, context=self)


def reason_word(reason: str) -> str:
    """Why a change is kept apart."""
    key = f"apart.reason_{reason}"
    return text(key) if known(key) else text("apart.reason_other", reason=reason)  # words: apart.reason_*


def _row(one: KeptApart) -> dict[str, Any]:
    changes = "; ".join(f"{name}: {value}" for name, value in one.changes)
    return {
        "id": one.id,
        "title": f"{wording.record_word(one.record)} {one.title}" if one.record else "–",
        "what": changes,
        "reason": reason_word(one.reason),
        "sender": one.sender,
        "who": one.user,
        "moment": one.moment,
    }
