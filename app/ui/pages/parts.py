"""The plain page of a record type whose rows have parts: the form, and below it each part as a list of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.queries.activities import children_of
from app.specs.records import RECORDS
from app.ui.forms.form import RecordForm
from app.ui.forms.words import records_name
from app.ui.pages.facets import FacetList
from app.ui.pages.records import RecordsPage
from app.ui.widgets.labels import hairline, label


class PartsPage(RecordsPage):
    """List and form, with the rows that belong to the record below the form."""

    def body_for(self, form: RecordForm, row_id: str) -> QWidget:
        parts = [name for name in children_of(self.spec.name) if name in self.parts()]
        if not parts:
            return form
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        self.add_above(column, row_id)
        column.addWidget(form)
        for record in parts:
            column.addWidget(hairline())
            caption = label(records_name(record), "strong")
            caption.setContentsMargins(24, 12, 24, 0)
            column.addWidget(caption)
            part = FacetList(self.shell, self.sources, record, {RECORDS[record].parent: row_id})
            column.addWidget(part)
            part.reload()
        column.addStretch(1)
        return body

    def parts(self) -> list[str]:
        """The record types shown as parts: by default all that belong to this one."""
        return children_of(self.spec.name)

    def add_above(self, column: QVBoxLayout, row_id: str) -> None:
        """What stands above the form; nothing by default."""
