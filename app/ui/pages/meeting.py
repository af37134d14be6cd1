"""A meeting: who is there, the agenda, minutes typed line by line, what was promised; minutes on paper in a click."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.basics import clock, machine, words
from app.basics.words import text
from app.ui.forms.words import title_of
from app.ui.pages.attachments_part import AttachmentsPart, drop_files_on
from app.ui.pages.page import Page
from app.ui.shell import Shell
from app.ui.widgets.buttons import Segments, button, make_room
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import label, restyle
from app.ui.widgets.minutes_line import MinutesLine

_PRESENT = ("present", "late", "left_early")


class MeetingPage(Page):
    """One meeting of a group. Target: its id."""

    records = ("activity", "meeting_item", "action_item", "participation", "attendance", "membership")
    hears_itself = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._meeting = ""
        self._item = ""
        self._people: dict[str, str] = {}
        self._found: dict[str, str] = {}
        self._to_rows = False
        self.files: AttachmentsPart | None = None
        self._files_of = ""
        drop_files_on(self, lambda: self.files)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(24, 16, 24, 4)
        head.setSpacing(8)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        self.title = label("", "title")
        self.note = label("", "muted", wrap=True)
        titles.addWidget(self.title)
        titles.addWidget(self.note)
        head.addLayout(titles, 1)
        self.language = Segments([(code, code.upper()) for code in words.LANGUAGES])
        self.language.set_value(words.language())
        self.language.setAccessibleName(text("groups.paper_language"))
        head.addWidget(self.language)
        head.addWidget(
            button(
                text("groups.agenda_paper"),
                lambda: self.choose_paper("agenda"),
                icon="printer",
                key="Ctrl+P",
                tip=text("groups.agenda_tip"),
            )
        )
        self.sign_button = button(text("groups.sign"), self.sign, icon="check")
        head.addWidget(self.sign_button)
        head.addWidget(
            button(text("groups.minutes_paper"), lambda: self.choose_paper("minutes"), kind="primary", icon="file-text")
        )
        self.column.addWidget(self._head)
        self.line = MinutesLine(self._names_like)
        self.line.offered.connect(self._show_offered)
        self.line.setAccessibleName(text("groups.line"))
        self.line.setPlaceholderText(text("groups.line_hint"))
        self.line.returnPressed.connect(self._on_line)
        self.line.textEdited.connect(self._on_typed)
        self.warning = label(text("groups.names_somebody"), "problem", wrap=True)
        self.warning.hide()
        typing = QVBoxLayout()
        typing.setContentsMargins(24, 0, 24, 4)
        typing.addWidget(self.line)
        self.offered = label("", "strong", wrap=True)
        self.offered.hide()
        typing.addWidget(self.offered)
        typing.addWidget(label(text("groups.grammar"), "muted", wrap=True))
        typing.addWidget(self.warning)
        self.column.addLayout(typing)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.column.addWidget(self.area, 1)
        for key, step in (("Alt+Down", 1), ("Alt+Up", -1)):
            QShortcut(QKeySequence(key), self, partial(self._move, step))

    def open(self, target: str) -> None:
        if target and target != self._meeting:
            self._meeting, self._item = target, ""
            self.renew()

    def place(self) -> str:
        return self._meeting

    def focus_start(self) -> None:
        self.line.setFocus()

    def reload(self) -> None:
        meeting = self._meeting
        if not meeting:
            self._put(EmptyState(text("groups.no_meeting"), icon="handshake"))
            return

        def work(reader: Any) -> dict[str, Any]:
            from app.services import groups, people

            about = reader.get("activity", meeting)
            listed = sorted(reader.list("participation", activity=meeting), key=lambda p: p["sheet_row"] or 0)
            known = {p["id"]: p for p in reader.list("person", id=[p["person"] for p in listed if p["person"]])}
            sessions = sorted(reader.list("session", activity=meeting), key=lambda s: s["date"])
            marks = reader.list("attendance", participation=[p["id"] for p in listed]) if listed else []
            return {
                "about": about,
                "items": sorted(reader.list("meeting_item", activity=meeting), key=lambda i: i["number"]),
                "actions": sorted(reader.list("action_item", activity=meeting), key=lambda i: i["number"] or 0),
                "open": groups.open_items(reader, about["group"]) if about and about["group"] else [],
                "quorum": groups.quorum(reader, meeting),
                "session": sessions[0]["id"] if sessions else "",
                "people": [
                    (p["id"], p["person"], people.full_name(known[p["person"]])) for p in listed if p["person"] in known
                ],
                "present": {m["participation"] for m in marks if m["state"] in _PRESENT},
            }

        self.shell.tasks.read(work, self._show, context=self, latest="meeting")

    # --- showing ----------------------------------------------------------------------------------------

    def _show(self, found: dict[str, Any]) -> None:
        about = found["about"]
        if about is None:
            self._put(EmptyState(text("groups.no_meeting"), icon="handshake"))
            return
        self.title.setText(title_of("activity", about))
        count = found["quorum"]
        state = text(
            "groups.quorum" if count.reached else "groups.no_quorum", present=count.present, needed=count.needed
        )
        self.note.setText(f"{show_day(about['start'])}   ·   {state}")
        self._people = {name: person for _, person, name in found["people"]}
        self._found = {}
        version = about["minutes_version"] or 1
        signed = about["minutes_signed"]
        if signed:
            said = text("groups.version_signed", version=version, day=show_day(signed))
        else:
            said = text("groups.version_open", version=version) if version > 1 else ""
        if said:
            self.note.setText(f"{self.note.text()}   ·   {said}")
        self.sign_button.setVisible(not signed)
        self._items = found["items"]
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 8, 24, 24)
        column.setSpacing(6)
        self._add_members(column, found)
        if not self._item and found["items"]:
            self._item = found["items"][0]["id"]
        column.addWidget(label(text("groups.agenda"), "emphasis"))
        for item in found["items"]:
            column.addWidget(self._item_card(item))
        if found["actions"]:
            column.addSpacing(8)
            column.addWidget(label(text("groups.promised_now"), "emphasis"))
            for action in found["actions"]:
                column.addWidget(self._action_row(action))
        earlier = [i for i in found["open"] if i["activity"] != about["id"]]
        if earlier:
            column.addSpacing(8)
            column.addWidget(label(text("groups.promised_before"), "emphasis"))
            for action in earlier:
                column.addWidget(self._action_row(action))
        column.addSpacing(8)
        column.addWidget(label(text("groups.signed_scan"), "emphasis"))
        if self.files is None or self._files_of != about["id"]:
            self.files, self._files_of = AttachmentsPart(self.shell, self.sources, "activity", about["id"]), about["id"]
            self.files.reload()
        column.addWidget(self.files)  # the same part moves on when the rest is drawn anew
        column.addStretch(1)
        self._put(body)

    def _put(self, body: QWidget) -> None:
        """Show this; what was shown goes later, because one of its lines may be in the middle of a key."""
        if (old := self.area.takeWidget()) is not None:
            old.hide()
            old.deleteLater()
        self.area.setWidget(body)

    def _add_members(self, column: QVBoxLayout, found: dict[str, Any]) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        for row, (participation, _, name) in enumerate(found["people"], 1):
            made = QPushButton(f"{row}  {name}")
            made.setProperty("kind", "segment")
            made.setProperty("edge", "only")  # each has all its edges
            made.setCheckable(True)
            made.setChecked(participation in found["present"])
            made.setAccessibleName(name)
            make_room(made)
            made.clicked.connect(partial(self._mark, participation, found["session"]))
            flow.addWidget(made)
        column.addWidget(label(text("groups.who_is_there"), "emphasis"))
        session = found["session"]
        row_line = QHBoxLayout()
        row_line.setSpacing(8)
        row_line.addWidget(
            button(text("attendance.all_present"), lambda: self.mark_all(session), icon="check", key="Ctrl+Shift+A")
        )
        self.rows_line = QLineEdit()
        self.rows_line.setAccessibleName(text("attendance.rows"))
        self.rows_line.setPlaceholderText(text("groups.absent_rows"))
        self.rows_line.setFixedWidth(320)
        self.rows_line.returnPressed.connect(lambda: self.mark_absent(session, self.rows_line.text()))
        row_line.addWidget(self.rows_line)
        desk = partial(self.shell.go, "attendance", found["about"]["id"])
        row_line.addWidget(button(text("groups.guests"), desk, kind="link", icon="user-plus"))
        if self._to_rows:  # the line that had the cursor is gone with the list that was shown before
            self._to_rows = False
            QTimer.singleShot(0, self.rows_line, self.rows_line.setFocus)
        row_line.addStretch(1)
        column.addLayout(row_line)
        column.addWidget(holder)
        column.addSpacing(8)

    def _item_card(self, item: dict[str, Any]) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card" if item["id"] == self._item else "")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 10, 16, 10)
        inside.setSpacing(4)
        carried = f"  ({text('groups.carried')})" if item["type"] == "carried_over" else ""
        question = "?  " if item["type"] == "open_question" else ""
        heading = button(
            f"{item['number']}.  {question}{item['agenda'] or ''}{carried}",
            partial(self._choose, item["id"]),
            kind="link",
        )
        make_room(heading)
        inside.addWidget(heading, 0, Qt.AlignmentFlag.AlignLeft)
        if item["discussion"]:
            inside.addWidget(label(item["discussion"], wrap=True, selectable=True))
        if item["decision"]:
            inside.addWidget(label(f"#  {item['decision']}", "strong", wrap=True, selectable=True))
        return card

    def _action_row(self, action: dict[str, Any]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        owner = next((name for name, person in self._people.items() if person == action["owner_person"]), "")
        due = show_day(action["due"]) if action["due"] else "–"
        row.addWidget(label(f"!  {action['text']}", wrap=True), 1)
        row.addWidget(label(owner or action["owner_name"] or "–", "muted"))
        row.addWidget(label(due, "muted"))
        if action["state"] in ("open", "in_progress"):
            evidence = QLineEdit()
            evidence.setPlaceholderText(text("groups.evidence"))
            evidence.setAccessibleName(f"{text('groups.evidence')}: {action['text']}")
            evidence.setMaximumWidth(220)
            evidence.returnPressed.connect(lambda: self._close(action["id"], evidence.text()))
            row.addWidget(evidence)
            row.addWidget(
                button(text("groups.close_item"), lambda: self._close(action["id"], evidence.text()), icon="check")
            )
        else:
            row.addWidget(label(text("groups.closed", day=show_day(action["closed_on"])), "good"))
        return holder

    # --- typing -----------------------------------------------------------------------------------------

    def _names_like(self, beginning: str) -> list[str]:
        """Members whose name begins so; whoever else is in the register follows as soon as it is found."""
        from app.services import groups

        wanted = groups.loose(beginning)
        members = [name for name in self._people if groups.begins(wanted, name)]

        def search(reader: Any) -> dict[str, str]:
            from app.services import people

            return {people.full_name(f.person): f.person["id"] for f in people.find(reader, beginning, 5)}

        def found(others: dict[str, str]) -> None:
            if self.line.beginning != beginning:
                return
            more = {n: p for n, p in others.items() if n not in self._people and groups.begins(wanted, n)}
            self._found |= more
            if more:
                self.line.offer([*members, *more])

        self.shell.tasks.read(search, found, context=self, urgent=True, latest="minutes-names")
        return [*members, *(n for n in self._found if n not in members and groups.begins(wanted, n))]

    def _show_offered(self, names: list[str]) -> None:
        self.offered.setText(text("groups.tab_takes", names="  ·  ".join(names[:5])) if names else "")
        self.offered.setVisible(bool(names))

    def _on_typed(self, typed: str) -> None:
        from app.services import groups

        somebody = groups.names_somebody(typed)
        self.warning.setVisible(somebody)
        self.line.setProperty("wrong", somebody)
        restyle(self.line)

    def _on_line(self) -> None:
        typed = self.line.text().strip()
        if not typed:
            return
        meeting, item = self._meeting, self._item
        people = {**self._found, **self._people}
        taken = self.line.taken

        def work(writer: Any) -> tuple[str, str]:
            from app.services import groups

            if taken:  # the name stands there in full: what follows is the day and the promise
                rest = typed.removeprefix(f"! {taken}").lstrip(" ,:") or taken
                return groups.add_line(writer, meeting, f"! {rest}", item=item, owner=people.get(taken))
            said = groups.read_line(typed)
            owner = groups.named(said.owner, {person: name for name, person in people.items()})
            return groups.add_line(writer, meeting, typed, item=item, owner=owner)

        def done(_: tuple[str, str]) -> None:
            self.line.clear()
            self._show_offered([])
            self.warning.hide()
            self.line.setFocus()

        self.shell.tasks.write(work, done, context=self)

    def _choose(self, item: str) -> None:
        self._item = item
        self.renew()
        self.line.setFocus()

    def _move(self, step: int) -> None:
        ids = [item["id"] for item in getattr(self, "_items", [])]
        if ids:
            at = ids.index(self._item) if self._item in ids else 0
            self._choose(ids[max(0, min(len(ids) - 1, at + step))])

    def _mark(self, participation: str, session: str, present: bool) -> None:
        meeting = self._meeting

        def work(writer: Any) -> None:
            from app.services import attendance, groups

            groups.begin_version(writer, meeting)
            target = session or attendance.plan_sessions(writer, meeting)[0]
            attendance.mark(writer, participation, target, "present" if present else "absent", source="sheet")
            if present:
                writer.put("participation", {"state": "attended"}, participation)

        self.shell.tasks.write(work, context=self)

    def mark_all(self, session: str) -> None:
        """Everybody on the list is here; then the rows of those who are not."""
        meeting = self._meeting

        def work(writer: Any) -> int:
            from app.services import attendance, groups

            groups.begin_version(writer, meeting)
            target = session or attendance.plan_sessions(writer, meeting)[0]
            return attendance.mark_all(writer, meeting, target)

        self._to_rows = True
        self.shell.tasks.write(work, lambda _: self.rows_line.setFocus(), self.shell.messages.error, context=self)

    def mark_absent(self, session: str, typed: str) -> None:
        """The members in these rows are not here ("3, 7")."""
        meeting = self._meeting
        if not typed.strip():
            self.line.setFocus()
            return

        def work(writer: Any) -> list[str]:
            from app.services import attendance, groups

            groups.begin_version(writer, meeting)
            target = session or attendance.plan_sessions(writer, meeting)[0]
            return attendance.mark_rows(writer, meeting, target, typed)

        self.shell.tasks.write(work, lambda _: self.line.setFocus(), self.shell.messages.error, context=self)

    def sign(self) -> None:
        """Note that these minutes were signed today; whatever is typed later begins the next version."""
        meeting = self._meeting

        def work(writer: Any) -> int:
            from app.services import groups

            return groups.sign_minutes(writer, meeting, clock.today().isoformat())

        self.shell.tasks.write(
            work,
            lambda version: self.shell.messages.undo(text("groups.signed", version=version)),
            self.shell.messages.error,
            context=self,
        )

    def _close(self, item: str, evidence: str) -> None:
        def work(writer: Any) -> None:
            from app.services import groups

            groups.close_item(writer, item, evidence.strip())

        self.shell.tasks.write(work, lambda _: self.shell.messages.undo(text("groups.item_closed")), context=self)

    # --- paper ------------------------------------------------------------------------------------------

    def choose_paper(self, what: str) -> None:
        """Ask where to and write the agenda or the minutes, as PDF or Word by the ending."""
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            text("groups.minutes_paper" if what == "minutes" else "groups.agenda_paper"),
            str(Path.home() / f"{what}.{'docx' if what == 'minutes' else 'pdf'}"),
            "Word (*.docx);;PDF (*.pdf)" if what == "minutes" else "PDF (*.pdf);;Word (*.docx)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if chosen:
            self.write_paper(what, Path(chosen))

    def write_paper(self, what: str, out: Path) -> None:
        """Write the agenda or the minutes in the chosen language."""
        meeting, language = self._meeting, str(self.language.value() or words.language())

        def work(reader: Any) -> None:
            from app.reports import minutes

            if what == "minutes":
                minutes.write_minutes(reader, meeting, out, language=language)
            elif out.suffix.lower() == ".pdf":
                minutes.write_agenda_and_sheet(reader, meeting, out, language=language)
            else:
                minutes.write_agenda(reader, meeting, out, language=language)

        said = text("groups.paper_written", file=out.name)
        show = text("groups.show_file")
        self.shell.tasks.read(
            work,
            lambda _: self.shell.messages.good(said, action=show, act=lambda: machine.show_in_folder(out)),
            context=self,
            title=said,
        )
