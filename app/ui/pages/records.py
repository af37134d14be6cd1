"""The plain page of a record type: its list, and a record's form beside it. Special pages are built like it by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.basics import settings as remembered
from app.basics import words
from app.basics.words import text
from app.errors import Invalid
from app.specs.fields import RecordSpec
from app.specs.records import RECORDS
from app.specs.types import Reference, References
from app.ui.forms.form import RecordForm
from app.ui.forms.sources import Sources
from app.ui.forms.words import record_name, records_name, title_of, twin_of
from app.ui.pages.history_part import with_history
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.tables.record_model import Column, columns_for, name_key
from app.ui.tables.record_table import RecordTable
from app.ui.tables.totals import totals_of
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.side_panel import BesideSplitter, SidePanel

_HIDDEN = {
    "merged_into", "cloned_from", "sha256", "snapshot", "linked_record", "linked_id", "page_code", "media_type", "size",
}  # fmt: skip
NAMELESS = frozenset({"meeting_item", "action_item", "reading"})
NEVER_TYPED = frozenset({"attachment", "report_freeze"})
"""Record types whose rows are made of files and figures, never typed into a form."""


class EditsRows:
    """How a row of a record type is edited and made, on a page and in a part alike; what follows is the heir's.

    The heir is a widget with `shell`, `spec`, `sources` and `_fixed`; it says what to show in `show_saved` and
    `show_created`.
    """

    shell: Shell
    spec: RecordSpec
    sources: Sources
    _fixed: dict[str, Any]
    _form: RecordForm | None

    def show_saved(self, row_id: str, row: dict[str, Any]) -> None:
        """An edit is in the store; `row` has the names of what it refers to."""

    def show_created(self, row_id: str) -> None:
        """A new row is in the store."""

    def _make_form(self, *, live: bool) -> RecordForm:
        names = [f.name for f in self.spec.fields if f.name not in _HIDDEN and f.name not in self._fixed]
        return RecordForm(self.spec, self.sources, fields=names, live=live)

    def _save(self, row_id: str, change: dict[str, Any]) -> None:
        record, spec = self.spec.name, self.spec

        def work(w: Any) -> Any:
            w.put(record, change, row_id)
            return with_names(w, spec, [w.get(record, row_id)])[0]

        def done(row: dict[str, Any]) -> None:
            self.show_saved(row_id, row)
            self._warn_of_names(change)

        self.shell.tasks.write(work, done, self._on_failed, context=cast(QWidget, self))

    def _create(self, form: RecordForm) -> None:
        values = form.collect()
        if values is None:
            return
        record = self.spec.name

        def done(row_id: str) -> None:
            self.show_created(row_id)
            self._warn_of_names(values)

        self.shell.tasks.write(
            lambda w: w.put(record, {**self._fixed, **values}),
            done,
            self._on_failed,
            context=cast(QWidget, self),
        )

    def _warn_of_names(self, values: Mapping[str, Any]) -> None:
        """Minutes and readings hold complaints of the public as counts: a telephone or a card number is pointed out."""
        if self.spec.name in NAMELESS:
            from app.services.groups import names_somebody  # the database code comes after the first paint

            if any(isinstance(value, str) and names_somebody(value) for value in values.values()):
                self.shell.messages.warn(text("groups.names_somebody"))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Invalid) and self._form is not None:
            homeless = self._form.show_problems(error.problems)
            if not homeless:
                return
            error = Invalid(homeless)
        self.shell.messages.error(error)


class RecordsPage(EditsRows, Page):
    """List and form of one record type. `fixed` are values that every row shown and made here has (its parent)."""

    saved = Signal(str)

    def __init__(self, shell: Shell, record: str, *, fixed: Mapping[str, Any] | None = None, head: bool = True) -> None:
        super().__init__(shell)
        self.spec: RecordSpec = RECORDS[record]
        self.records = (record,)
        self._fixed = dict(fixed or {})
        self._open_id = ""
        self._form: RecordForm | None = None
        self._wanted = ""
        self.new_button = button(text("ui.new"), self.start_new, kind="primary", icon="plus", key="Ctrl+N")
        empty = EmptyState(
            text("ui.nothing_yet"),
            text("ui.empty_list"),
            icon="layout-list",
            action=text("ui.new"),
            clicked=self.start_new,
        )
        self.table = RecordTable(
            f"records-{record}",
            columns_for(self.spec),
            shell.settings,
            empty=empty,
            name=records_name(record),
            totals=totals_of(record),
        )
        shown = [column.name for column in self.table.model.columns if column.shown]
        self.table.sort_by(next((name for name in shown if name in ("name", "title", "surname", "label")), shown[0]))
        if head:
            self.add_head(records_name(record)).addWidget(self.new_button)
        else:
            self.table.bar.addWidget(self.new_button)
        self.new_button.setVisible(record not in NEVER_TYPED)
        self.panel = SidePanel(text("ui.close"))
        self.panel.closeRequested.connect(self.close_record)
        self.bin_button = icon_button("trash-2", text("ui.to_bin"), lambda: self.bin([self._open_id]))
        self.panel.buttons.addWidget(self.bin_button)
        shares: dict[str, Any] = shell.settings.get(remembered.SPLITTERS)
        share = shares.get(record, 0.45)
        self.splitter = BesideSplitter(self.table, self.panel, share=share if isinstance(share, float) else 0.45)
        self.splitter.shareChanged.connect(self._on_share)
        self.column.addWidget(self.splitter, 1)
        self.table.opened.connect(self.show_record)
        self.table.marked.connect(self._on_marked)
        self.table.binRequested.connect(self.bin)
        self.table.exportRequested.connect(self.export)

    # --- the page ---------------------------------------------------------------------------------------

    def reload(self) -> None:
        self.table.show_loading()
        record, spec, fixed = self.spec.name, self.spec, self._fixed
        self.shell.tasks.read(
            lambda r: with_names(r, spec, r.list(record, **fixed)),
            self._show_rows,
            lambda error: self.table.show_failed(str(error)),
            context=self,
            latest=f"list-{id(self)}",
        )
        if self._open_id:
            self.show_record(self._open_id)

    def open(self, target: str) -> None:
        if target:
            self._wanted = target
            self.show_record(target)

    def place(self) -> str:
        return self._open_id

    def go_back(self) -> bool:
        if self.splitter.is_open:
            self.close_record()
            self.table.view.setFocus()
            return True
        return False

    def close_record(self) -> None:
        """Put the form away."""
        self._open_id = ""
        self.splitter.close_panel()

    def show_record(self, row_id: str) -> None:
        """Show one row beside the list."""
        record = self.spec.name
        self.shell.tasks.read(
            lambda r: r.get(record, row_id),
            lambda row: self._show_row(row_id, row),
            context=self,
            latest=f"row-{id(self)}",
        )

    def start_new(self) -> None:
        """An empty form beside the list; the row is made when its button is pressed."""
        self._open_id = ""
        form = self._make_form(live=False)
        form.set_values(dict(self._fixed))
        create = button(text("ui.create"), lambda: self._create(form), kind="primary", key="Ctrl+Return")
        column = form.layout()
        assert column is not None
        column.addWidget(create)
        self.panel.heading.setText(record_name(self.spec.name))
        self.bin_button.hide()
        self.panel.set_body(form)
        self._form = form
        self.splitter.open_panel()
        form.focus_first()

    def bin(self, ids: list[str]) -> None:
        """Put rows into the bin and offer to take them back."""
        record = self.spec.name
        ids = [row for row in ids if row]
        if not ids:
            return
        if self._open_id in ids:
            self.close_record()

        def work(w: Any) -> None:
            for number, row in enumerate(ids):
                w.step(number, len(ids))
                w.delete(record, row)

        def done(_: Any) -> None:
            self.reload()
            self.shell.messages.undo(text("ui.binned", n=len(ids)))

        self.shell.tasks.write(work, done, context=self)

    def export(self, columns: list[Column], rows: list[dict[str, Any]]) -> None:
        """Write what is seen, in the format of the ending that is chosen."""
        ask_export(self.shell, self, records_name(self.spec.name), columns, rows)

    # --- inside -----------------------------------------------------------------------------------------

    def body_for(self, form: RecordForm, row_id: str) -> QWidget:
        """What the panel shows of an existing row: its form, or more."""
        return form

    def _show_rows(self, rows: list[dict[str, Any]]) -> None:
        self.table.show_rows(rows)
        if self._wanted and self.table.mark(self._wanted, tell=False):
            self._wanted = ""

    def _show_row(self, row_id: str, row: dict[str, Any] | None) -> None:
        if row is None:
            self.close_record()
            return
        if self._open_id != row_id or self._form is None:
            form = self._make_form(live=True)
            form.edited.connect(lambda change: self._save(row_id, change))
            self.panel.set_body(with_history(self.shell, self.body_for(form, row_id), self.spec.name, row_id))
            self._form = form
        self._open_id = row_id
        self.panel.heading.setText(title_of(self.spec.name, row) or record_name(self.spec.name))
        self.bin_button.setVisible(True)
        self._form.set_values(row)
        self.splitter.open_panel()

    def show_saved(self, row_id: str, row: dict[str, Any]) -> None:
        self.table.model.change_row(row)
        if self._open_id == row_id:
            self.panel.heading.setText(title_of(self.spec.name, row) or record_name(self.spec.name))
            self.saved.emit(row_id)

    def show_created(self, row_id: str) -> None:
        self._wanted = row_id
        self._open_id = row_id
        self._form = None
        self.reload()

    def _on_marked(self, row_id: str) -> None:
        if self.splitter.is_open and row_id != self._open_id:
            self.show_record(row_id)

    def _on_share(self, share: float) -> None:
        shares: dict[str, Any] = self.shell.settings.get(remembered.SPLITTERS)
        self.shell.settings.set(remembered.SPLITTERS, {**shares, self.spec.name: share})


def with_names(reader: Any, spec: RecordSpec, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what a list shows: `<field>_name` for references, titles as spoken under their stem."""
    from app.models.queries.titles import names_of  # the database code comes after the first paint

    stems = {twin_of(field.name)[0] for field in spec.fields if twin_of(field.name)[1]}
    for row in rows:
        for stem in stems:
            row[stem] = _spoken(row, stem)
    for field in spec.fields:
        kind = field.type
        if isinstance(kind, Reference | References):
            many = isinstance(kind, References)
            wanted = {i for row in rows for i in ((row.get(field.name) or ()) if many else (row.get(field.name),)) if i}
            if not wanted:
                continue
            target = kind.record
            names = {i: title_of(target, named) for i, named in names_of(reader, target, wanted).items()}
            for row in rows:
                ids = (row.get(field.name) or ()) if many else (row.get(field.name),)
                row[name_key(spec, field.name)] = ", ".join(names[i] for i in ids if i in names)
    return rows


def _spoken(row: Mapping[str, Any], stem: str) -> str:
    order = (words.language(), "en", "az", "ru")
    return next((row[f"{stem}_{language}"] for language in order if row.get(f"{stem}_{language}")), "")


def ask_export(shell: Shell, context: QWidget, title: str, columns: list[Column], rows: list[dict[str, Any]]) -> None:
    """Ask where to, and write what is seen in the format of the ending that is chosen."""
    kinds = "Excel (*.xlsx);;PDF (*.pdf);;CSV (*.csv);;HTML (*.html)"
    chosen, _ = QFileDialog.getSaveFileName(context, text("ui.export_to"), f"{title}.xlsx", kinds)
    if chosen:
        export_list(shell, Path(chosen), title, columns, rows, context)


def export_list(
    shell: Shell, path: Path, title: str, columns: list[Column], rows: list[dict[str, Any]], context: QWidget
) -> None:
    """Write columns and rows as seen into a workbook, off the window's thread."""

    def work() -> None:
        from app.reports.lists import write_list  # openpyxl is slow to load

        write_list(
            path, title, [c.label for c in columns], [[c.show(row.get(c.name)) for c in columns] for row in rows]
        )

    shell.tasks.run(
        work,
        lambda _: shell.messages.good(text("ui.exported", file=path.name)),
        context=context,
        title=text("ui.export_seen"),
    )
