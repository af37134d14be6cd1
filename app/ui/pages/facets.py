"""The parts of a record as lists inside its panel: rows, a form in place of the list, and their own parts below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.basics.words import text
from app.models.queries.activities import children_of
from app.specs.records import RECORDS
from app.ui.forms.form import RecordForm
from app.ui.forms.sources import Sources
from app.ui.forms.words import record_name, records_name, title_of
from app.ui.pages.attachments_part import AttachmentsPart
from app.ui.pages.closing_part import ClosingPart
from app.ui.pages.history_part import with_history
from app.ui.pages.records import EditsRows, ask_export, with_names
from app.ui.pages.sums_part import SumsPart
from app.ui.shell import Shell
from app.ui.tables.record_model import columns_for
from app.ui.tables.record_table import RecordTable
from app.ui.tables.totals import totals_of
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import ElidedLabel, hairline, label

WITHOUT_FILES = frozenset(
    {"attachment", "attendance", "tally", "choice", "activity_kind", "field_rule", "import_mapping", "pair_decision"}
    | {"report_freeze", "target", "answer_count", "template", "certificate"}
)
"""The record types whose rows have no files of their own: marks, codes, rules."""
WORDS = 540
"""Points of width from which the button for a new row has its words beside its sign."""
ROOM = 300
"""Points of height that a list inside a panel asks for."""


class FacetList(EditsRows, QWidget):
    """The rows of one record type that belong to another row. `fixed`: the values that tie them to it.

    A row opens in place of the list, with the parts that belong to it below its form; Esc and the arrow lead back.
    """

    changed = Signal()

    def __init__(
        self, shell: Shell, sources: Sources, record: str, fixed: Mapping[str, Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.shell = shell
        self.spec = RECORDS[record]
        self.sources = sources
        self._fixed = dict(fixed)
        self._open_id = ""
        self._form: RecordForm | None = None
        self.files: AttachmentsPart | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack)
        empty = EmptyState(
            records_name(record),
            text("activities.empty_part"),
            icon="layout-list",
            action=text("ui.new"),
            clicked=self.start_new,
        )
        hidden = set(fixed)
        columns = [
            c for c in columns_for(self.spec) if c.name not in hidden and c.name.removesuffix("_name") not in hidden
        ]
        self.table = RecordTable(
            f"part-{record}",
            columns,
            shell.settings,
            empty=empty,
            name=records_name(record),
            totals=totals_of(record),
        )
        self.new_button = button(text("ui.new"), self.start_new, icon="plus")
        self.new_button.setToolTip(text("ui.new"))
        self.new_button.setText("")
        self.table.bar.addWidget(self.new_button)
        self.table.filter_line.setMinimumWidth(80)
        self.table.setMinimumHeight(ROOM)
        shown = {column.name for column in columns}
        first = next(
            (name for name in ("sheet_row", "number", "date", "due", "planned_at", "start") if name in shown), ""
        )
        if first:
            self.table.sort_by(first)
        self.table.opened.connect(self.show_row)
        self.table.binRequested.connect(self.bin)
        self.table.exportRequested.connect(
            lambda columns, rows: ask_export(shell, self, records_name(record), columns, rows)
        )
        self._stack.addWidget(self.table)
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(icon_button("arrow-left", text("ui.back"), self.show_list))
        self._heading = ElidedLabel(role="strong")
        head.addWidget(self._heading, 1)
        self._bin_button = icon_button("trash-2", text("ui.to_bin"), lambda: self.bin([self._open_id]))
        head.addWidget(self._bin_button)
        page.addLayout(head)
        self._body = QVBoxLayout()
        page.addLayout(self._body)
        page.addStretch(1)
        self._stack.addWidget(self._page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.new_button.setText(text("ui.new") if event.size().width() >= WORDS else "")

    def reload(self) -> None:
        """Read the rows again."""
        record, spec, fixed = self.spec.name, self.spec, self._fixed
        self.table.show_loading()
        self.shell.tasks.read(
            lambda r: with_names(r, spec, r.list(record, **fixed)),
            self.table.show_rows,
            lambda error: self.table.show_failed(str(error)),
            context=self,
            latest=f"part-{id(self)}",
        )

    def show_list(self) -> None:
        """Back to the list."""
        self._open_id, self._form = "", None
        self._stack.setCurrentWidget(self.table)
        self._clear()
        self.reload()

    @property
    def is_open(self) -> bool:
        """Whether a row stands open."""
        return self._stack.currentWidget() is self._page

    def start_new(self) -> None:
        """A form for a new row."""
        form = self._make_form(live=False)
        form.set_values(dict(self._fixed))
        self._show_page(form, record_name(self.spec.name))
        self._bin_button.hide()
        create = button(text("ui.create"), lambda: self._create(form), kind="primary", key="Ctrl+Return")
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 16)
        row.addWidget(create)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        self._body.addWidget(holder)
        form.focus_first()

    def show_row(self, row_id: str) -> None:
        """Open a row."""
        record = self.spec.name
        self.shell.tasks.read(lambda r: r.get(record, row_id), self._show_row, context=self)

    def bin(self, ids: Sequence[str]) -> None:
        """Put rows into the bin and offer to take them back."""
        record, wanted = self.spec.name, [row for row in ids if row]

        def work(w: Any) -> None:
            for row in wanted:
                w.delete(record, row)

        def done(_: Any) -> None:
            self.show_list()
            self.changed.emit()
            self.shell.messages.undo(text("ui.binned", n=len(wanted)))

        if wanted:
            self.shell.tasks.write(work, done, context=self)

    def _show_row(self, row: dict[str, Any] | None) -> None:
        if row is None:
            self.show_list()
            return
        form = self._make_form(live=not self.spec.append_only)
        form.set_values(row)
        form.set_read_only(self.spec.append_only)
        form.edited.connect(lambda change: self._save(row["id"], change))
        self._show_page(form, title_of(self.spec.name, row) or record_name(self.spec.name))
        self._open_id = row["id"]
        self._bin_button.setVisible(not self.spec.append_only)
        self._body.insertWidget(0, SumsPart(self.shell, self.spec.name, row["id"], self._page))
        if self.spec.name == "action_item":
            self._body.insertWidget(0, ClosingPart(self.shell, row["id"], self._page, focus=True))
        parts, self.files = parts_below(self.shell, self.sources, self.spec.name, row["id"])
        for part in parts:
            if isinstance(part, FacetList):
                part.changed.connect(self.changed)
            self._body.addWidget(part)
        if not self.spec.append_only:
            self._body.addWidget(with_history(self.shell, QWidget(), self.spec.name, row["id"]))

    def _show_page(self, form: RecordForm, heading: str) -> None:
        self._clear()
        self._form = form
        self._heading.setText(heading)
        self._body.addWidget(form)
        self._stack.setCurrentWidget(self._page)

    def _clear(self) -> None:
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def show_saved(self, row_id: str, row: dict[str, Any]) -> None:
        if self._open_id == row_id:
            self._heading.setText(title_of(self.spec.name, row) or record_name(self.spec.name))
        self.changed.emit()

    def show_created(self, row_id: str) -> None:
        self.show_list()
        self.changed.emit()


def parts_below(
    shell: Shell, sources: Sources, record: str, row_id: str, children: Sequence[str] | None = None
) -> tuple[list[QWidget], AttachmentsPart | None]:
    """What stands below the form of a row: each part under its heading, then its files where it may have any.

    `children`: only these parts. The widgets are read already; the last value is the part of the files.
    """
    made: list[QWidget] = []

    def head(words: str) -> None:
        caption = label(words, "strong")
        caption.setContentsMargins(24, 12, 24, 0)
        made.extend((hairline(), caption))

    for child in children_of(record) if children is None else children:
        head(records_name(child))
        part = FacetList(shell, sources, child, {RECORDS[child].parent: row_id})
        made.append(part)
        part.reload()
    if record in WITHOUT_FILES:
        return made, None
    head(records_name("attachment"))
    files = AttachmentsPart(shell, sources, record, row_id)
    made.append(files)
    files.reload()
    return made, files
