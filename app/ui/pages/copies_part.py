"""Backups in the settings: when, where, one more, the yearly drill, the way to an earlier state; copies in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.basics import clock
from app.basics.words import text
from app.specs import wording
from app.ui.drives import Drive, DriveWatch
from app.ui.foot import age
from app.ui.pages.bundle_words import size_word
from app.ui.shell import Shell
from app.ui.widgets.buttons import button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import label
from app.ui.widgets.scroll_column import clear

if TYPE_CHECKING:
    from app.services.backup import Candidate, Contents, Drill

YEAR = 365


class CopiesPart(QWidget):
    """What Settings says and offers about copies of the register."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._drives: Sequence[Drive] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.note = label("", "muted", wrap=True)
        self.due = label(text("unlock.drill_due"), "warn", wrap=True)
        self.due.hide()
        column.addWidget(self.note)
        column.addWidget(self.due)
        holder = QWidget()
        self._actions = FlowLayout(holder, gap=8)
        column.addWidget(holder)
        column.addWidget(label(text("unlock.drill_note"), "muted", wrap=True))
        self._fill()
        self._watch = DriveWatch(self, lambda work, done: shell.tasks.run(work, done, context=self))
        self._watch.changed.connect(self.show_drives)

    def reload(self) -> None:
        """Read when there was a copy, and a drill."""

        def work(reader: Any) -> dict[str, str | None]:
            names = ("last_backup", "last_stick_backup", "last_drill", "made")
            return {name: reader.meta(name) for name in names}

        self._shell.tasks.read(work, self._show, context=self, latest="copies")

    def _show(self, found: Mapping[str, str | None]) -> None:
        when = {name: age(moment) if moment else text("ui.foot_never") for name, moment in found.items()}
        self.note.setText(
            text(
                "unlock.backups_note",
                here=when["last_backup"],
                stick=when["last_stick_backup"],
                drill=when["last_drill"],
            )
        )
        self.due.setVisible(_old(found["last_drill"] or found["made"]))

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """Offer each stick for a copy."""
        self._drives = drives
        self._fill()

    def _fill(self) -> None:
        clear(self._actions)
        made = [button(text("unlock.backup_now"), lambda: self.back_up(None), icon="save")]
        for drive in self._drives:
            made.append(
                button(text("unlock.backup_on", name=drive.name), partial(self.back_up, drive.folder), icon="usb")
            )
        made.append(button(text("unlock.drill"), self.drill, icon="check"))
        made.append(button(text("unlock.restore_open"), self._shell.restore, icon="history"))
        for one in made:
            self._actions.addWidget(one)
            one.show()

    def back_up(self, drive: Path | None) -> None:
        """Make a verified copy here or on a stick."""

        def work(store: Any) -> Any:
            from app.services import backup

            return backup.make(store) if drive is None else backup.keep_on(store, drive)

        def done(made: Any) -> None:
            self._shell.messages.good(text("unlock.backup_made", file=made.path.name))
            self.reload()

        title = text("unlock.backup_now")
        self._shell.tasks.use(work, done, self._shell.messages.error, context=self, title=title)

    def drill(self) -> None:
        """Restore the newest backup into a scratch copy and say what came back."""

        def work(store: Any) -> Any:
            from app.services import backup

            return backup.drill(store)

        def done(told: Drill) -> None:
            said, good = drill_words(told)
            (self._shell.messages.good if good else self._shell.messages.warn)(said)
            self.reload()

        title = text("unlock.drilling")
        self._shell.tasks.use(work, done, self._shell.messages.error, context=self, title=title)


def _old(moment: str | None) -> bool:
    try:
        return (clock.today() - date.fromisoformat((moment or "")[:10])).days >= YEAR
    except ValueError:
        return False


def drill_words(told: Drill) -> tuple[str, bool]:
    """What a drill found, and whether it is good."""
    made = wording.moment_word(told.backup.made)
    if not told.sound:
        return text("unlock.drill_bad", made=made), False
    what = counts_word(told.contents.counts)
    return text("unlock.drill_good", made=made, seconds=round(told.seconds), what=what), True


def copy_word(one: Candidate) -> str:
    """A copy in a line: when, where, how big."""
    where = text(f"unlock.copy_{one.kind}")  # words: unlock.copy_own, unlock.copy_stick
    # words: unlock.copy_before, unlock.copy_replaced
    return text("unlock.copy_line", made=wording.moment_word(one.made), where=where, size=size_word(one.size))


def contents_words(found: Contents) -> list[tuple[str, str]]:
    """(sentence, role): what a copy holds, how it differs, what would be lost with it."""
    when = wording.moment_word(found.last_write) or text("ui.foot_never")
    said = [(text("unlock.holds", name=found.name, what=counts_word(found.counts), when=when), "body")]
    other = [
        text("unlock.differs_one", record=wording.record_word(record, many=True), now=now, then=found.counts[record])
        for record, now in found.now.items()
        if now != found.counts[record]
    ]
    if other:
        said.append((text("unlock.differs", what=", ".join(other)), "body"))
    if found.lost is None:
        said.append((text("unlock.nothing_to_compare", when=when), "warn"))
    elif found.lost:
        said.append((text("unlock.would_lose", n=found.lost, what=counts_word(found.lost_rows)), "warn"))
    else:
        said.append((text("unlock.loses_nothing"), "good"))
    return said


def counts_word(counts: Mapping[str, int]) -> str:
    """`People 12, Activities 3`; a dash where there is nothing."""
    told = [f"{wording.record_word(record, many=True)} {n}" for record, n in counts.items() if n]
    return ", ".join(told) or "–"
