"""One person beside the list: their card, their story, what is held about them, its history; never writes itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.basics.words import text
from app.errors import Invalid, UserError
from app.specs import choices
from app.specs.records import RECORDS
from app.ui.forms.editors import show_decimal
from app.ui.forms.form import RecordForm
from app.ui.forms.sources import Sources
from app.ui.forms.words import label_of, records_name
from app.ui.pages.attachments_part import AttachmentsPart
from app.ui.pages.history_part import HistoryPart
from app.ui.pages.named_export import NamedExport
from app.ui.shell import Shell
from app.ui.widgets.buttons import Segments, button
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.labels import hairline, label
from app.ui.widgets.picker import Picker

TABS = ("card", "story", "held", "history")
CARD = [
    "surname", "given", "patronymic", "suffix", "sex", "birth_year", "rank", "organisation", "unit", "service",
    "citizen_category", "age_band", "name_ru", "name_printed", "aliases", "phone", "email", "languages", "roles",
    "expert_fields", "expert_availability", "expert_country", "consent", "notice_date", "notice_version",
    "notice_language", "retention_until", "guardian", "note",
]  # fmt: skip
EXPORTS = (".xlsx", ".pdf", ".html", ".json")
_POSTING = ["site", "organisation", "unit", "rank", "post", "start", "end", "appointed_on"]


class PersonPanel(QWidget):
    """The body of the side panel. `saved(row)` after an edit of the card, `gone()` when the person left the list."""

    saved = Signal(dict)
    gone = Signal()

    def __init__(self, shell: Shell, sources: Sources, context: QWidget) -> None:
        super().__init__()
        self.shell, self._sources, self._context = shell, sources, context
        self.person = ""
        self.found: Any = None
        self.files: AttachmentsPart | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        self.tabs = Segments([(name, text(f"people.tab_{name}")) for name in TABS])
        inset = QHBoxLayout()
        inset.setContentsMargins(24, 0, 24, 4)
        inset.addWidget(self.tabs)
        column.addLayout(inset)
        self._place = QVBoxLayout()
        column.addLayout(self._place, 1)
        self.form = RecordForm(RECORDS["person"], sources, fields=CARD)
        self.form.edited.connect(self._save)
        self._pages: dict[str, QWidget] = {"card": self.form}
        self._place.addWidget(self.form)
        self.tabs.set_value("card")
        self.tabs.chosen.connect(self._on_tab)

    # --- what the page calls ----------------------------------------------------------------------------

    def show_person(self, found: Any) -> None:
        """Show a dossier (see `app.services.dossier`)."""
        self.person, self.found = found.person["id"], found
        self.form.set_values(found.person)
        self._replace("story", self._story(found))
        self._replace("held", self._with_files(self._held(found)))
        self._replace("history", HistoryPart(self.shell, "person", self.person))

    def choose(self, tab: str) -> None:
        """Turn to one of TABS."""
        self.tabs.set_value(tab)
        self._on_tab(tab)

    # --- the card ---------------------------------------------------------------------------------------

    def _on_tab(self, tab: object) -> None:
        for name, page in self._pages.items():  # one at a time: the panel is as high as what is shown
            page.setVisible(name == tab)

    def _replace(self, tab: str, made: QWidget) -> None:
        if (old := self._pages.pop(tab, None)) is not None:
            self._place.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._pages[tab] = made
        self._place.addWidget(made)
        made.setVisible(self.tabs.value() == tab)

    def _save(self, change: dict[str, Any]) -> None:
        person = self.person

        def work(w: Any) -> Any:
            w.put("person", change, person)
            return w.get("person", person)

        self.shell.tasks.write(work, self.saved.emit, self._on_failed, context=self._context)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            homeless = self.form.show_problems(error.problems)
            if not homeless:
                return
            error = Invalid(homeless)
        self.shell.messages.error(error)

    # --- the story --------------------------------------------------------------------------------------

    def _story(self, found: Any) -> QWidget:
        page, column = _page()
        self._postings(column, found)
        _heading(column, text("people.section_activities"), _summed(found.activities))
        for row in found.activities:
            column.addWidget(self._event(row, found.names))
        if not found.activities:
            column.addWidget(label(text("people.no_activities"), "muted", wrap=True))
        if found.groups:
            _heading(column, text("people.section_groups"))
        for row in found.groups:
            since = _period(row)
            detail = " · ".join(filter(None, (choices.label("member_role", row["role"]), since)))
            column.addWidget(_entry(_spoken(row, "name"), detail, partial(self.shell.go, "groups", row["group"])))
        if found.certificates:
            _heading(column, text("people.section_certificates"))
        for row in found.certificates:
            gone = text("people.revoked") if row["revoked_on"] else ""
            detail = " · ".join(
                filter(None, (show_day(row["issued_on"]), choices.label("language", row["language"]), gone))
            )
            column.addWidget(_entry(row["serial"], detail))
        column.addStretch(1)
        return page

    def _postings(self, column: QVBoxLayout, found: Any) -> None:
        row = QHBoxLayout()
        row.addWidget(label(text("people.section_postings"), "emphasis", wrap=True), 1)
        add = button(text("people.add_posting"), None, kind="link", icon="plus")
        row.addWidget(add)
        column.addLayout(row)
        place = QVBoxLayout()
        column.addLayout(place)
        add.clicked.connect(lambda: self._edit_posting(place, None))
        for posting in found.postings:
            names = found.names
            where = [
                names.get(posting["site"] or "", ""),
                names.get(posting["organisation"] or "", ""),
                posting["unit"],
            ]
            what = [posting["post"], choices.label("rank", posting["rank"])]
            title = ", ".join(filter(None, what)) or ", ".join(filter(None, where)) or text("people.posting")
            detail = " · ".join(filter(None, (", ".join(filter(None, where)) if any(what) else "", _period(posting))))
            column.addWidget(_entry(title, detail, partial(self._edit_posting, place, posting)))
        if not found.postings:
            column.addWidget(label(text("people.no_postings"), "muted", wrap=True))

    def _edit_posting(self, place: QVBoxLayout, posting: Mapping[str, Any] | None) -> None:
        """A form for one posting above the list of them."""
        while (item := place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        form = RecordForm(RECORDS["posting"], self._sources, fields=_POSTING, live=posting is not None)
        form.set_values(posting or {"person": self.person})
        column = form.layout()
        assert isinstance(column, QVBoxLayout)
        column.setContentsMargins(0, 8, 0, 8)
        if posting is None:
            column.addWidget(button(text("people.save_posting"), lambda: self._add_posting(form), kind="primary"))
        else:
            row_id = posting["id"]
            form.edited.connect(lambda change: self._put("posting", change, row_id))
            column.addWidget(button(text("ui.to_bin"), lambda: self._bin_posting(row_id), kind="quiet", icon="trash-2"))
        place.addWidget(form)
        form.focus_first()

    def _add_posting(self, form: RecordForm) -> None:
        values = form.collect()
        if values is not None:
            self._put("posting", {**values, "person": self.person}, None)

    def _put(self, record: str, values: dict[str, Any], row: str | None) -> None:
        self.shell.tasks.write(lambda w: w.put(record, values, row), None, self.shell.messages.error, context=None)

    def _bin_posting(self, row: str) -> None:
        self.shell.tasks.write(
            lambda w: w.delete("posting", row), lambda _: self.shell.messages.undo(text("ui.binned", n=1)), context=None
        )

    def _event(self, row: Mapping[str, Any], names: Mapping[str, str]) -> QWidget:
        told = [
            show_day(row["start"]),
            names.get(row["site"] or "", ""),
            choices.label("participation_role", row["role"]),
        ]
        there = [mark for mark in row["marks"] if mark["state"] in ("present", "late", "left_early")]
        if row["marks"]:
            told.append(text("people.there_of", there=len(there), of=len(row["marks"])))
        else:
            told.append(choices.label("participation_state", row["state"]))
        tests = [show_decimal(row[name]) for name in ("pre_test", "post_test") if row[name] is not None]
        if tests:
            told.append(text("people.tests", tests=" → ".join(tests)))
        title = _spoken(row, "title") or choices.label("activity_kind", row["kind"])
        return _entry(title, " · ".join(filter(None, told)), lambda: self.shell.go("activities", row["activity"]))

    def _with_files(self, held: QWidget) -> QWidget:
        """What is held, and below it the files of this person (a consent form, a mandate)."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(held)
        caption = label(records_name("attachment"), "emphasis")
        caption.setContentsMargins(24, 8, 24, 0)
        column.addWidget(caption)
        self.files = AttachmentsPart(self.shell, self._sources, "person", self.person)
        column.addWidget(self.files)
        column.addStretch(1)
        self.files.reload()
        return page

    def take_files(self) -> AttachmentsPart | None:
        """The part that dropped files go to, brought to the front."""
        if self.person and self.files is not None:
            self.choose("held")
            return self.files
        return None

    # --- what is held -----------------------------------------------------------------------------------

    def _held(self, found: Any) -> QWidget:
        page, column = _page()
        card = found.person
        _heading(column, text("people.section_privacy"))
        consent = choices.label("consent", card["consent"]) or text("people.consent_unknown")
        column.addWidget(_entry(text("people.consent"), consent))
        notice = [show_day(card["notice_date"]) if card["notice_date"] else text("people.notice_not_given")]
        notice += [card["notice_version"] or "", choices.label("language", card["notice_language"])]
        column.addWidget(_entry(text("people.notice"), " · ".join(filter(None, notice))))
        if card["retention_until"]:
            column.addWidget(_entry(label_of("person", "retention_until"), show_day(card["retention_until"])))
        _heading(column, text("people.section_export"))
        column.addWidget(label(text("people.export_hint"), "muted", wrap=True))
        self.export_button = button(text("people.export_all"), self.export, icon="download")
        column.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.exporting = NamedExport(self.shell, self)
        self.exporting.closed.connect(self.export_button.setFocus)
        column.addWidget(self.exporting)
        _heading(column, text("people.section_merge"))
        for other in found.merged:
            column.addLayout(self._merged_line(other))
        column.addWidget(label(text("people.merge_hint"), "muted", wrap=True))
        row = QHBoxLayout()
        self._into = Picker(self._sources.record("person"))
        self._into.setAccessibleName(text("people.merge_into"))
        self._into.setPlaceholderText(text("people.merge_into"))
        row.addWidget(self._into, 1)
        row.addWidget(button(text("people.merge"), self.merge_into, icon="merge"))
        column.addLayout(row)
        _heading(column, text("people.section_erase"))
        column.addWidget(label(text("people.erase_hint"), "muted", wrap=True))
        row = QHBoxLayout()
        self.erase_reason = QLineEdit()
        self.erase_reason.setPlaceholderText(text("people.erase_reason"))
        self.erase_reason.setAccessibleName(text("people.erase_reason"))
        row.addWidget(self.erase_reason, 1)
        self.erase_button = button(text("people.erase"), self.erase, kind="danger", icon="trash-2")
        self.erase_button.setEnabled(False)
        self.erase_reason.textChanged.connect(lambda typed: self.erase_button.setEnabled(len(typed.strip()) > 2))
        row.addWidget(self.erase_button)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _merged_line(self, other: Mapping[str, Any]) -> QHBoxLayout:
        from app.services.people import full_name

        row = QHBoxLayout()
        row.addWidget(_entry(full_name(dict(other)), text("people.merged_card")), 1)
        row.addWidget(button(text("people.split"), lambda: self.split(other["id"]), icon="split"))
        return row

    def export(self) -> None:
        """Everything about the person into a file, after asking what for: workbook, paper, web page or data."""
        from app.services import dossier
        from app.services.people import full_name

        name, person = full_name(self.found.person), self.person

        def ask(data: Any) -> None:
            self.exporting.ask(
                f"person/{person}",
                name,
                1,
                lambda out, password: write_export(data, out, password),
                endings=EXPORTS,
                reason=text("exports.own_request"),
            )

        self.shell.tasks.read(lambda r: dossier.export(r, person), ask, self.shell.messages.error, context=self)

    def merge_into(self) -> None:
        """Let the chosen card stand for this one."""
        from app.services import duplicates

        kept, person = self._into.value(), self.person
        if not kept:
            self._into.setFocus()
            return

        def done(_: object) -> None:
            self.gone.emit()
            self.shell.messages.undo(text("people.decided_same"))

        self.shell.tasks.write(
            lambda w: duplicates.decide(w, kept, person, duplicates.SAME, keep=kept),
            done,
            self.shell.messages.error,
        )

    def split(self, other: str) -> None:
        """Take a merged card apart again."""
        from app.services import people

        self.shell.tasks.write(
            lambda w: people.split(w, other), lambda _: self.shell.messages.undo(text("people.was_split"))
        )

    def erase(self) -> None:
        """Erase the person everywhere, after a question: this cannot be taken back."""
        from app.services.people import full_name
        from app.sync.erasure import SHORTEST_REASON

        name, reason, person = full_name(self.found.person), self.erase_reason.text().strip(), self.person
        if len(reason) < SHORTEST_REASON:  # said again here: the button may be reached before the line is read
            self.shell.messages.error(UserError("erasure_reason_missing"))
            self.erase_reason.setFocus()
            return
        question = text("people.erase_question", name=name)
        if not self.shell.messages.confirm(
            question, text("people.erase"), detail=text("people.erase_detail"), danger=True
        ):
            return

        def work(store: Any) -> Any:
            from app.sync import erasure

            return erasure.erase_person(store, person, reason)

        def done(_: object) -> None:
            self.gone.emit()
            self.shell.messages.good(text("people.erased"))

        self.shell.tasks.use(work, done, self.shell.messages.error)


def write_export(data: Mapping[str, Any], path: Path, password: str = "") -> None:
    """Write a dossier's export in the format of the file's ending, one of EXPORTS."""
    from app.reports import person_file
    from app.reports.files import write_whole
    from app.services import dossier
    from app.services.people import full_name

    if path.suffix == ".json":
        write_whole(path, dossier.as_json(data).encode())
    elif path.suffix == ".html":
        write_whole(path, dossier.as_html(data).encode())
    else:
        intro = text("people.export_intro", day=str(data["made"])[:10])
        person_file.write(path, full_name(dict(data["person"])), intro, dossier.told(data), password=password)


def read_person(reader: Any, person: str) -> Any:
    """The dossier, or None when there is no such person."""
    from app.services import dossier

    return dossier.dossier(reader, person)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 12, 24, 24)
    column.setSpacing(8)
    return page, column


def _heading(column: QVBoxLayout, words: str, note: str = "") -> None:
    if column.count():
        column.addSpacing(8)
        column.addWidget(hairline())
    column.addWidget(label(words, "emphasis", wrap=True))
    if note:
        column.addWidget(label(note, "muted", wrap=True))


def _entry(title: str, detail: str, clicked: Callable[[], object] | None = None) -> QWidget:
    """Two lines about one thing; the first is a link where it leads somewhere."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(0)
    if clicked is None:
        column.addWidget(label(title, wrap=True, selectable=True))
    else:
        link = Link(title, clicked)
        column.addWidget(link)
    if detail:
        column.addWidget(label(detail, "muted", wrap=True))
    return made


class Link(QWidget):
    """A line of words that leads somewhere; shortened with … where there is no room, the whole is its tip."""

    def __init__(self, words: str, clicked: Callable[[], object]) -> None:
        super().__init__()
        self._words = words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.button = button(words, clicked, kind="link", tip=words)
        # the words stand under those of the headings; a button's own room would push them in
        self.button.setStyleSheet(
            'QPushButton[kind="link"] { padding: 0; border: none; min-height: 24px; }'
            'QPushButton[kind="link"]:focus { text-decoration: underline; padding: 0; }'
        )
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self.button)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(24, self.width() - 4)
        self.button.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))


def _spoken(row: Mapping[str, Any], stem: str) -> str:
    from app.services.dossier import spoken

    return spoken(row, stem)


def _period(row: Mapping[str, Any]) -> str:
    start, end = (show_day(row[name]) if row.get(name) else "" for name in ("start", "end"))
    if start and end:
        return f"{start} – {end}"
    return text("people.since", day=start) if start else text("people.until", day=end) if end else ""


def _summed(activities: Sequence[Mapping[str, Any]]) -> str:
    attended = [row for row in activities if row["state"] == "attended"]
    return text("people.attended_of", n=len(activities), attended=len(attended)) if activities else ""


__all__ = ["CARD", "TABS", "PersonPanel", "read_person"]
