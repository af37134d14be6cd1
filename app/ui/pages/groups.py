"""Groups: members, balance, what was promised; one button makes the next meeting."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.basics import clock
from app.basics.words import text
from app.specs import choices
from app.ui.forms.words import title_of
from app.ui.pages.parts import PartsPage
from app.ui.shell import Shell
from app.ui.widgets.buttons import button
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.labels import label

SCREENSHOTS = {"open": "{group}"}
TERM_WARNING = 60
"""So many days before a term ends it is said."""
LAST_MEETINGS = 5


class GroupsPage(PartsPage):
    """The groups; beside one its next meeting, balance, open promises, form and members."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "group")
        self.records = ("group", "membership", "action_item")

    def parts(self) -> list[str]:
        return ["membership", "action_item"]

    def add_above(self, column: QVBoxLayout, row_id: str) -> None:
        head = QWidget()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(24, 16, 24, 8)
        lines.setSpacing(8)
        row = QHBoxLayout()
        meet = button(
            text("groups.new_meeting"), lambda: self.new_meeting(row_id), kind="primary", icon="plus", key="Ctrl+M"
        )
        row.addWidget(meet)
        row.addStretch(1)
        lines.addLayout(row)
        facts = label("", "muted", wrap=True)
        warning = label("", "warn", wrap=True)
        warning.hide()
        for part in (facts, warning):
            lines.addWidget(part)
        meetings = QVBoxLayout()
        meetings.setSpacing(2)
        lines.addLayout(meetings)
        column.addWidget(head)

        def work(reader: Any) -> dict[str, Any]:
            from app.services import groups

            today = clock.today()
            found = [
                a for a in reader.list("activity", group=row_id) if a["status"] in ("held", "confirmed", "planned")
            ]
            held = [a["start"] for a in found if a["status"] == "held"]
            until = (today + timedelta(days=TERM_WARNING)).isoformat()
            return {
                "all": sorted(found, key=lambda a: a["start"], reverse=True)[:LAST_MEETINGS],
                "ending": groups.terms_ending(reader, row_id, today.isoformat(), until),
                "vacant": groups.vacant_seats(reader, row_id, today.isoformat()),
                "balance": groups.balance(reader, row_id),
                "open": groups.open_items(reader, row_id),
                "meetings": len(held),
                "last": max(held, default=None),
            }

        def show(found: dict[str, Any]) -> None:
            kept = found["balance"]
            overdue = sum(1 for i in found["open"] if i["due"] and i["due"] < clock.today().isoformat())
            last = show_day(found["last"]) if found["last"] else "–"
            said = [
                ", ".join(
                    (
                        text("groups.members", n=kept.members),
                        text("groups.women", n=kept.women),
                        text("groups.civilians", n=kept.civilians),
                    )
                ),
                text("groups.meetings", n=found["meetings"], last=last),
                text("groups.promises", n=len(found["open"]), overdue=overdue),
            ]
            facts.setText("   ·   ".join(said))
            missed = [text(f"groups.missed_{name}") for name in kept.missed()]  # words: groups.missed_*
            if found["ending"]:
                day = show_day(found["ending"][0]["end"])
                missed.append(text("groups.terms_ending", n=len(found["ending"]), day=day))
            if found["vacant"]:
                missed.append(text("groups.vacant", seats=", ".join(found["vacant"])))
            warning.setText(" ".join(missed))
            warning.setVisible(bool(missed))
            for meeting in found["all"]:
                state = choices.label("activity_status", meeting["status"])
                shown = " · ".join((show_day(meeting["start"]), state, title_of("activity", meeting)))
                link = button(shown, partial(self.shell.go, "meeting", meeting["id"]), kind="link", icon="handshake")
                meetings.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

        self.shell.tasks.read(work, show, context=head)

    def new_meeting(self, group: str) -> None:
        """Make the next meeting of a group, today's date proposed, and open its minutes."""

        def work(writer: Any) -> str:
            from app.services import groups

            return groups.new_meeting(writer, group, clock.today().isoformat())

        def done(meeting: str) -> None:
            self.shell.go("meeting", meeting)
            self.shell.messages.undo(text("groups.meeting_made"))

        self.shell.tasks.write(work, done, context=self)
