"""People: the list with a person beside it, the queue of duplicates, the import of lists; it writes by tasks only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.basics import settings as remembered
from app.basics.words import text
from app.errors import Invalid
from app.specs.records import RECORDS
from app.ui.forms.form import RecordForm
from app.ui.forms.words import loose, record_name
from app.ui.pages.attachments_part import drop_files_on
from app.ui.pages.duplicates import DuplicatesView
from app.ui.pages.named_export import NamedExport
from app.ui.pages.page import Page
from app.ui.pages.people_import import ImportView
from app.ui.pages.person import CARD, PersonPanel, read_person
from app.ui.pages.records import with_names
from app.ui.shell import Command, Shell
from app.ui.tables.record_model import Column, columns_for
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import label
from app.ui.widgets.side_panel import BesideSplitter, SidePanel

SCREENSHOTS = {"open": "{person}", "story": "{person}/story", "duplicates": "duplicates", "import": "import"}
MOST_LISTED = 2_000
"""Persons listed before anything is typed; everybody else is found by typing."""
MOST_FOUND = 100
_NEW = [name for name in CARD if RECORDS["person"].by_name[name].section == "main"] + ["phone", "email"]
_LISTED = ("surname", "given", "patronymic", "sex", "rank", "unit", "organisation_name", "service")
_WIDTHS = {"surname": 130, "given": 110, "patronymic": 120, "sex": 110, "rank": 150, "unit": 200}


class PeoplePage(Page):
    """Targets: a person's id (`id/story`, `id/held`, `id/history` for a tab), `duplicates`, `import`,

    `import:<activity>` (the persons go onto its list) or `file:<path>` (a list that was dropped).
    """

    records = ("person", "posting", "participation", "attendance", "membership", "certificate", "pair_decision")
    hears_itself = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._open_id = ""
        self._wanted = ""
        self._typed = ""
        self._rows: list[dict[str, Any]] = []
        self._folded: dict[str, str] = {}
        self._new_form: RecordForm | None = None
        self._views = QStackedWidget()
        self.column.setSpacing(0)
        self.column.addWidget(self._views, 1)
        self._views.addWidget(self._build_list())
        self.duplicates = DuplicatesView(shell)
        self.duplicates.counted.connect(self._on_counted)
        self._views.addWidget(self._framed(text("people.duplicates"), text("people.duplicates_note"), self.duplicates))
        self.imports = ImportView(shell)
        self.imports.closed.connect(self.show_list)
        self._views.addWidget(self._framed(text("people.import"), "", self.imports))

    def _build_list(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 4)
        head.setSpacing(8)
        head.addWidget(label(text("people.title"), "title"), 1)
        self.duplicates_button = button(
            text("people.duplicates"), self.show_duplicates, icon="git-compare", key="Ctrl+D"
        )
        self.import_button = button(
            text("people.import"), lambda: self.show_import(), icon="file-spreadsheet", key="Ctrl+I"
        )
        self.new_button = button(text("people.new"), self.start_new, kind="primary", icon="user-plus", key="Ctrl+N")
        for made in (self.duplicates_button, self.import_button, self.new_button):
            head.addWidget(made)
        column.addLayout(head)
        empty = EmptyState(
            text("people.nobody_yet"),
            text("people.nobody_yet_hint"),
            icon="users",
            action=text("people.import"),
            clicked=lambda: self.show_import(),
        )
        columns = [
            replace(one, shown=one.name in _LISTED, width=_WIDTHS.get(one.name, one.width)) for one in _columns()
        ]
        self.table = RecordTable("people", columns, self.shell.settings, empty=empty, name=text("people.title"))
        self.table.private = True
        self.table.sort_by("surname")
        self.table.filter_line.setPlaceholderText(text("people.find"))
        self.table.filter_line.setAccessibleName(text("people.find"))
        self.table.filter_line.filtered.disconnect()
        self.table.filter_line.filtered.connect(self.search)
        self._of_all = label("", "muted")
        self.table.bar.insertWidget(2, self._of_all)
        self.experts_button = button(text("people.experts"), kind="quiet", icon="star", tip=text("people.experts_tip"))
        self.experts_button.setCheckable(True)
        self.experts_button.toggled.connect(self._on_experts)
        self.table.bar.insertWidget(3, self.experts_button)
        self.panel = SidePanel(text("ui.close"))
        self.panel.closeRequested.connect(self.close_person)
        self.bin_button = icon_button("trash-2", text("ui.to_bin"), lambda: self.bin([self._open_id]))
        self.panel.buttons.addWidget(self.bin_button)
        self.person = PersonPanel(self.shell, self.sources, self)
        drop_files_on(self.panel, lambda: self.person.take_files() if self.panel.body is self.person else None)
        self.person.saved.connect(self._on_saved)
        self.person.gone.connect(self.close_person)
        shares: dict[str, Any] = self.shell.settings.get(remembered.SPLITTERS)
        share = shares.get("people", 0.46)
        self.splitter = BesideSplitter(self.table, self.panel, share=share if isinstance(share, float) else 0.46)
        self.splitter.shareChanged.connect(self._on_share)
        self.exporting = NamedExport(self.shell, self)
        self.exporting.closed.connect(self.table.view.setFocus)
        asked = QHBoxLayout()
        asked.setContentsMargins(24, 0, 24, 0)
        asked.addWidget(self.exporting)
        column.addLayout(asked)
        column.addWidget(self.splitter, 1)
        self.table.opened.connect(self.show_person)
        self.table.marked.connect(self._on_marked)
        self.table.binRequested.connect(self.bin)
        self.table.exportRequested.connect(self.export)
        return page

    def _framed(self, title: str, note: str, view: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 24, 4)
        head.setSpacing(8)
        head.addWidget(icon_button("arrow-left", text("people.back_to_list"), self.show_list))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "title"))
        if note:
            words.addWidget(label(note, "muted", wrap=True))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addWidget(view, 1)
        return page

    # --- the page ---------------------------------------------------------------------------------------

    def reload(self) -> None:
        self.table.show_loading()
        spec, only_experts = RECORDS["person"], self.experts_button.isChecked()

        def read(r: Any) -> tuple[list[dict[str, Any]], int]:
            from app.models.queries import persons

            if only_experts:
                found = with_names(r, spec, persons.listed(r, persons.experts(r)))
                return found, len(found)
            return with_names(r, spec, persons.listed(r, limit=MOST_LISTED)), persons.count_living(r)

        self.shell.tasks.read(
            read, self._show_rows, lambda error: self.table.show_failed(str(error)), context=self, latest="people-list"
        )
        if self._open_id:
            self.show_person(self._open_id)

    def open(self, target: str) -> None:
        kind, _, rest = target.partition(":")
        if target == "duplicates":
            self.show_duplicates()
        elif kind == "import":
            self.show_import(rest)
        elif kind == "file":
            self.show_import("")
            self.imports.read_file(Path(rest))
        elif target:
            person, _, tab = target.partition("/")
            self._views.setCurrentIndex(0)
            self._freshen()
            self._wanted = person
            self.show_person(person)
            if tab:
                self.person.choose(tab)

    def place(self) -> str:
        return ("", "duplicates", "import")[self._views.currentIndex()] or self._open_id

    def go_back(self) -> bool:
        if self._views.currentIndex() == 2 and self.imports.activity:
            self.imports.set_activity("")
            self._views.setCurrentIndex(0)
            return False  # to the desk that sent for the list
        if self._views.currentIndex():
            self.show_list()
            return True
        if self.splitter.is_open:
            self.close_person()
            self.table.view.setFocus()
            return True
        return False

    def focus_start(self) -> None:
        if self._views.currentIndex() == 1:
            self.duplicates.focus_start()
        elif self._views.currentIndex() == 2:
            self.imports.focus_start()
        else:
            self.table.filter_line.setFocus()

    def commands(self) -> Sequence[Command]:
        return (
            Command(text("people.new"), "user-plus", self.start_new),
            Command(text("people.duplicates"), "git-compare", self.show_duplicates),
            Command(text("people.import"), "file-spreadsheet", self.show_import),
        )

    def hear(self, changes: Any, initiator: object) -> None:
        self.duplicates.hear(changes, initiator)
        super().hear(changes, initiator)

    def renew(self) -> None:
        self._stale = True  # the list is read again when it is looked at, not behind the queue of duplicates
        if self.isVisible() and self._views.currentIndex() == 0:
            self._freshen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.focus_start)

    # --- views ------------------------------------------------------------------------------------------

    def show_list(self) -> None:
        """Back to the list."""
        self._views.setCurrentIndex(0)
        self._freshen()
        self.table.filter_line.setFocus()

    def show_duplicates(self) -> None:
        """The queue of cards that may be one person."""
        self._views.setCurrentIndex(1)
        self.duplicates.focus_start()

    def show_import(self, activity: str = "") -> None:
        """Somebody's list of participants; with an activity its persons go onto that list too."""
        self.imports.set_activity(activity)
        self._views.setCurrentIndex(2)
        self.imports.focus_start()

    def _on_counted(self, number: int) -> None:
        words = text("people.duplicates_n", n=number) if number else text("people.duplicates")
        self.duplicates_button.setText(words)
        self.duplicates_button.setAccessibleName(words)

    # --- the list ---------------------------------------------------------------------------------------

    def search(self, typed: str) -> None:
        """Show who may be meant by what is typed, in any script and spelling, the surest first."""
        self._typed = typed
        if not typed.strip():
            self._show_found([])
            return

        def read(r: Any) -> list[dict[str, Any]]:
            from app.models.queries import persons
            from app.services import people

            ids = [found.person["id"] for found in people.find(r, typed, MOST_FOUND)]
            rows = {row["id"]: row for row in with_names(r, RECORDS["person"], persons.listed(r, ids))}
            return [rows[person] for person in ids if person in rows]

        self.shell.tasks.read(read, self._show_found, context=self, urgent=True, latest="people-find")

    def _show_found(self, found: list[dict[str, Any]]) -> None:
        if not self._typed.strip():
            header = self.table.view.horizontalHeader()
            self.table.proxy.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
            self.table.show_rows(self._rows)
            return
        if self.experts_button.isChecked():
            here = {row["id"] for row in self._rows}
            found = [row for row in found if row["id"] in here]
        words = loose(self._typed).split()
        ids = {row["id"] for row in found}
        others = [row for row in self._rows if row["id"] not in ids and all(w in self._fold(row) for w in words)]
        self.table.proxy.sort(-1)
        self.table.show_rows([*found, *others])

    def _on_experts(self, on: bool) -> None:
        """The roster of experts instead of everybody, with the columns that tell them apart."""
        header = self.table.view.horizontalHeader()
        for at, column in enumerate(self.table.model.columns):
            if column.name in _OF_EXPERTS:
                header.setSectionHidden(at, not on)
        self.reload()

    def _fold(self, row: dict[str, Any]) -> str:
        """All words of a row, for typing a unit or an office instead of a name."""
        known = self._folded.get(row["id"])
        if known is None:
            columns = self.table.model.columns
            known = loose(" ".join(column.show(row.get(column.name)) for column in columns))
            self._folded[row["id"]] = known
        return known

    def _show_rows(self, read: tuple[list[dict[str, Any]], int]) -> None:
        self._rows, whole = read
        self._folded.clear()
        more = whole > len(self._rows)
        self._of_all.setText(text("people.of_all", n=whole) if more else "")
        self._of_all.setVisible(more)
        if self._typed.strip():
            self.search(self._typed)
        else:
            self._show_found([])
        if self._wanted and self.table.mark(self._wanted, tell=False):
            self._wanted = ""

    def _on_marked(self, row_id: str) -> None:
        if self.splitter.is_open and row_id != self._open_id:
            self.show_person(row_id)

    def bin(self, ids: list[str]) -> None:
        """Put cards into the bin and offer to take them back."""
        ids = [row for row in ids if row]
        if not ids:
            return
        if self._open_id in ids:
            self.close_person()

        def work(w: Any) -> None:
            for number, row in enumerate(ids):
                w.step(number, len(ids))
                w.delete("person", row)

        self.shell.tasks.write(work, lambda _: self.shell.messages.undo(text("ui.binned", n=len(ids))), context=self)

    def export(self, columns: list[Column], rows: list[dict[str, Any]]) -> None:
        """Write what is seen as a workbook, after asking what for."""
        headings = [column.label for column in columns]
        cells = [[column.show(row.get(column.name)) for column in columns] for row in rows]

        def write(out: Path, password: str) -> None:
            from app.reports.lists import write_list  # openpyxl is slow to load

            write_list(out, text("people.title"), headings, cells, password=password)

        self.exporting.ask("people", text("people.title"), len(rows), write)

    # --- a person ---------------------------------------------------------------------------------------

    def show_person(self, person: str) -> None:
        """Show one person beside the list."""
        self.shell.tasks.read(
            lambda r: read_person(r, person),
            lambda found: self._show_person(person, found),
            context=self,
            latest="person",
        )

    def close_person(self) -> None:
        """Put the person away."""
        self._open_id = ""
        self.splitter.close_panel()

    def _show_person(self, person: str, found: Any) -> None:
        if found is None:
            self.close_person()
            return
        if found.stands_for is not None:  # whoever was merged is shown as whom they stand for
            self.show_person(found.stands_for["id"])
            return
        if self.panel.body is not self.person:
            self._use_person_panel()
        self._open_id = person
        self._head(found.person)
        self.person.show_person(found)
        self.splitter.open_panel()

    def _use_person_panel(self) -> None:
        self.person = PersonPanel(self.shell, self.sources, self)
        self.person.saved.connect(self._on_saved)
        self.person.gone.connect(self.close_person)
        self.panel.set_body(self.person)

    def _head(self, row: dict[str, Any]) -> None:
        from app.services.people import full_name

        self.panel.heading.setText(full_name(row) or record_name("person"))
        self.bin_button.setVisible(True)

    def _on_saved(self, row: dict[str, Any]) -> None:
        self.table.model.change_row(row)
        if row["id"] == self._open_id:
            self._head(row)

    # --- a new person -----------------------------------------------------------------------------------

    def start_new(self) -> None:
        """An empty card beside the list; who may be there already is said while it is typed."""
        self._views.setCurrentIndex(0)
        self._open_id = ""
        form = RecordForm(RECORDS["person"], self.sources, fields=_NEW, live=False)
        form.set_values({})
        column = form.layout()
        assert isinstance(column, QVBoxLayout)
        self._alike = QVBoxLayout()
        self._alike.setSpacing(0)
        column.insertLayout(0, self._alike)
        column.addWidget(button(text("people.create"), self.make_person, kind="primary", key="Ctrl+Return"))
        for name in ("surname", "given", "patronymic", "sex", "birth_year", "phone"):
            form.editor(name).settled.connect(self._look_for_alike)
        self.panel.heading.setText(text("people.new"))
        self.bin_button.hide()
        self.panel.set_body(form)
        self._new_form = form
        self.splitter.open_panel()
        form.focus_first()

    def _look_for_alike(self) -> None:
        form = self._new_form
        if form is None or self.panel.body is not form:
            return
        values = form.values()

        def read(r: Any) -> list[Any]:
            from app.services import duplicates

            return duplicates.similar(r, values, 3)

        self.shell.tasks.read(read, self._show_alike, context=form, latest="people-alike")

    def _show_alike(self, found: Sequence[Any]) -> None:
        from app.ui.forms.sources import person_option
        from app.ui.pages.person import Link

        while (item := self._alike.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if found:
            self._alike.addWidget(label(text("people.alike"), "warn", wrap=True))
        for one in found:
            option = person_option(one.person)
            words = ", ".join(filter(None, (option.label, option.detail, str(one.person.get("birth_year") or ""))))
            self._alike.addWidget(Link(words, lambda person=one.person["id"]: self.open(person)))  # type: ignore[misc]

    def make_person(self) -> None:
        """Make the new card of the form."""
        form = self._new_form
        values = form.collect() if form is not None and self.panel.body is form else None
        if values is None:
            return

        def failed(error: Exception) -> None:
            if isinstance(error, Invalid) and form is not None:
                homeless = form.show_problems(error.problems)
                if not homeless:
                    return
                error = Invalid(homeless)
            self.shell.messages.error(error)

        def done(person: str) -> None:
            self._new_form = None
            self._wanted = person
            self.show_person(person)
            self.shell.messages.undo(text("people.created"))

        self.shell.tasks.write(lambda w: w.put("person", values), done, failed, context=self)

    def _on_share(self, share: float) -> None:
        shares: dict[str, Any] = self.shell.settings.get(remembered.SPLITTERS)
        self.shell.settings.set(remembered.SPLITTERS, {**shares, "people": share})


_OF_EXPERTS = frozenset({"roles", "expert_fields", "languages"})
"""Columns that come with the roster of experts."""


def _columns() -> list[Column]:
    kept = {"guardian", "note", "merged_into", "notice_version", "notice_language", "retention_until", "aliases"}
    first = ("surname", "given", "patronymic", "sex", "rank", "unit", "organisation", "service")
    names = [*first, *(f.name for f in RECORDS["person"].fields if f.name not in kept and f.name not in first)]
    return columns_for(RECORDS["person"], names)
