"""The history of one record, for any panel: who changed what, when, where, and the way back; it writes by services."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.basics.words import text
from app.models.oplog import SEED_STORE
from app.specs import wording
from app.ui.forms.words import record_name
from app.ui.shell import Shell
from app.ui.widgets.buttons import button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import hairline, label

if TYPE_CHECKING:
    from app.services.history import Change, Version

AT_ONCE = 20
"""Changes shown before somebody asks for the earlier ones."""


class HistoryPart(QWidget):
    """The changes of one row, the newest first; reads when it is first shown and whenever the row's type changed."""

    def __init__(self, shell: Shell, record: str, row_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._record, self._row = shell, record, row_id
        self._most = AT_ONCE
        self._read = False
        self.versions: Sequence[Version] = ()
        self.setAccessibleName(text("conflicts.history"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 24)
        column.setSpacing(8)
        column.addWidget(label(text("conflicts.history_note"), "muted", wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        column.addLayout(self._list)
        column.addStretch(1)
        shell.tasks.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read the history again."""
        record, row = self._record, self._row
        self._read = True

        def work(reader: Any) -> list[Version]:
            from app.services import history  # after the first paint

            return history.versions(reader, record, row)

        self._shell.tasks.read(work, self._show, context=self, latest=f"history-{id(self)}")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._read:
            self.reload()

    def _on_changed(self, changes: Any, _: object) -> None:
        if self._read and changes.touch(self._record):
            self.reload()

    def _show(self, versions: Sequence[Version]) -> None:
        self.versions = versions
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not versions:
            self._list.addWidget(EmptyState(text("ui.nothing_yet"), icon="history"))
        for version in versions[: self._most]:
            self._list.addWidget(self._entry(version))
        left = len(versions) - self._most
        if left > 0:
            self._list.addWidget(button(text("conflicts.history_more", n=left), self._show_all, kind="link"))

    def _show_all(self) -> None:
        self._most = len(self.versions)
        self._show(self.versions)

    def _entry(self, version: Version) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(told_by(version), "muted", wrap=True), 1)
        if version.what in ("made", "changed") and not version.current:
            words = text("conflicts.bring_version")
            back = button(words, partial(self._bring_version, version.op), kind="link", icon="history")
            back.setAccessibleName(f"{words}: {wording.moment_word(version.moment)}")
            row.addWidget(back)
        column.addLayout(row)
        if version.what != "changed":
            column.addWidget(label(text(f"conflicts.history_{version.what}"), "strong"))
            # words: conflicts.history_made, conflicts.history_binned, conflicts.history_unbinned
        for change in version.changes:
            column.addWidget(self._change(version, change))
        if version.reason:
            said = text("conflicts.history_reason", reason=version.reason)
            column.addWidget(label(said, "muted", wrap=True, selectable=True))
        column.addWidget(hairline())
        return made

    def _change(self, version: Version, change: Change) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        about = {"field": change.label, "after": change.after or "–"}
        if change.before:
            said = text("conflicts.history_changed", before=change.before, **about)
        else:
            said = text("conflicts.history_set", **about)
        if change.disputed:
            said = f"{said} ({text('conflicts.history_disputed')})"
        row.addWidget(label(said, "warn" if change.disputed else "body", wrap=True, selectable=True), 1)
        if not change.stands and (change.after or version.what != "made"):
            words = text("conflicts.bring_back")
            back = button(words, partial(self._bring_back, version.op, change.key), kind="link")
            back.setAccessibleName(
                text("conflicts.bring_back_named", field=change.label, value=change.after or text("sync.nothing"))
            )
            row.addWidget(back)
        return made

    # --- back -------------------------------------------------------------------------------------------

    def _bring_back(self, op: str, key: str) -> None:
        from app.services import history

        self._write(lambda w: history.bring_back(w, self._record, self._row, op, key))

    def _bring_version(self, op: str) -> None:
        from app.services import history

        self._write(lambda w: history.bring_version(w, self._record, self._row, op))

    def _write(self, work: Any) -> None:
        self._shell.tasks.write(
            work,
            lambda _: self._shell.messages.undo(text("conflicts.brought_back")),
            self._shell.messages.error,
            context=self,
        )


def told_by(version: Version) -> str:
    """When, who and where, in a line."""
    place = text("conflicts.history_program") if version.place == SEED_STORE else version.place
    where = f"{place} ({', '.join(version.sites)})" if place and version.sites else place
    doubt = text("conflicts.doubtful") if version.doubtful_clock else ""
    return " · ".join(filter(None, (wording.moment_word(version.moment), version.user, where, doubt)))


def with_history(shell: Shell, body: QWidget, record: str, row_id: str) -> QWidget:
    """A panel's body with the history of its record below it, folded until somebody asks for it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(body)
    column.addWidget(hairline())
    part = HistoryPart(shell, record, row_id)
    part.hide()
    row = QHBoxLayout()
    row.setContentsMargins(16, 8, 24, 8)
    opener = button(text("conflicts.history"), lambda: part.setVisible(part.isHidden()), kind="link", icon="history")
    opener.setAccessibleName(f"{text('conflicts.history')}: {record_name(record)}")
    row.addWidget(opener)
    row.addStretch(1)
    column.addLayout(row)
    column.addWidget(part)
    column.addStretch(1)
    return made
