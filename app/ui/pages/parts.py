"""The page of a record type with all that belongs to a row: what it adds up to, its form, its parts, its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.queries.activities import children_of
from app.ui.forms.form import RecordForm
from app.ui.pages.attachments_part import AttachmentsPart, PagesPart, drop_files_on
from app.ui.pages.closing_part import ClosingPart
from app.ui.pages.facets import parts_below
from app.ui.pages.records import RecordsPage
from app.ui.pages.sums_part import SumsPart
from app.ui.shell import Shell


class PartsPage(RecordsPage):
    """List and form; above the form what the record adds up to, below it its parts and files, which can be dragged."""

    def __init__(self, shell: Shell, record: str, *, fixed: Mapping[str, Any] | None = None, head: bool = True) -> None:
        super().__init__(shell, record, fixed=fixed, head=head)
        self.files: AttachmentsPart | None = None
        drop_files_on(self.panel, lambda: self.files)

    def body_for(self, form: RecordForm, row_id: str) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        self.add_above(column, row_id)
        column.addWidget(SumsPart(self.shell, self.spec.name, row_id, body))
        if self.spec.name == "action_item":
            column.addWidget(ClosingPart(self.shell, row_id, body, focus=True))
        if self.spec.name == "attachment":
            column.addWidget(PagesPart(self.shell, row_id))
        column.addWidget(form)
        parts, self.files = parts_below(self.shell, self.sources, self.spec.name, row_id, self.parts())
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return body

    def close_record(self) -> None:
        self.files = None
        super().close_record()

    def start_new(self) -> None:
        self.files = None
        super().start_new()

    def go_back(self) -> bool:
        if self.files is not None and self.files.is_open:
            self.files.show_list()
            return True
        return super().go_back()

    def parts(self) -> list[str]:
        """The record types shown as parts: by default all that belong to this one."""
        return children_of(self.spec.name)

    def add_above(self, column: QVBoxLayout, row_id: str) -> None:
        """What stands above the form; nothing by default."""
