"""The first page when no register is open: unlock it, begin with a kit, an office or practice, or bring a copy back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.basics import settings as remembered
from app.basics import words
from app.basics.paths import default_store
from app.basics.settings import Settings
from app.basics.words import text
from app.ui import icons, messages
from app.ui.doors import Doors, Opener, holds_register, is_practice
from app.ui.drives import Drive, DriveWatch, Found, search
from app.ui.pages.copies_part import contents_words, copy_word
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import Segments, button
from app.ui.widgets.labels import label, set_role
from app.ui.widgets.scroll_column import ScrollColumn, clear

_WIDTH = 520
_MOST_COPIES = 6


class UnlockPage(QWidget):
    """Sheets: unlock what is there, choose how to begin, fill in one way of beginning or of coming back.

    Emits `openedStore` when a register is open and is to be shown, `told` with what is to be said there.
    """

    languageChosen = Signal(str)
    openedStore = Signal()
    told = Signal(str)

    def __init__(self, tasks: Tasks, settings: Settings, doors: Doors, folder: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self._tasks = tasks
        self._settings = settings
        self._doors = doors
        self._folder = folder
        self._first: QWidget | None = None
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        top = QHBoxLayout()
        top.addStretch(1)
        languages = Segments([(code, text(f"ui.language_{code}")) for code in words.LANGUAGES])
        languages.setAccessibleName(text("ui.set_language"))
        languages.set_value(words.language())
        languages.chosen.connect(lambda code: self.languageChosen.emit(str(code)))
        top.addWidget(languages)
        column.addLayout(top)
        self.sheets = QStackedWidget()
        self.sheets.setMinimumWidth(320)
        self.sheets.setMaximumWidth(_WIDTH)
        self.sheets.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        area = ScrollColumn()  # a sheet may be taller than a small window
        area.column.setContentsMargins(0, 0, 0, 0)
        area.column.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.sheets, 100)
        middle.addStretch(1)
        area.column.addLayout(middle)
        area.column.addStretch(2)
        column.addWidget(area, 1)
        if holds_register(folder):
            self.show_unlock()
        else:
            self.show_choices()

    # --- sheets -----------------------------------------------------------------------------------------

    def show_unlock(self) -> None:
        """Ask for the passphrase of the register in the folder."""
        sheet = _Sheet(text("ui.unlock_heading"), text("ui.unlock_note"))
        phrase = sheet.add_line(text("ui.passphrase"), secret=True)
        go = sheet.add_buttons(
            button(
                text("ui.unlock"),
                lambda: self._start(sheet, self._doors.unlock(self._folder, phrase.text())),
                kind="primary",
            ),
            button(text("ui.other_register"), self.show_choices, kind="link"),
        )
        phrase.returnPressed.connect(go.click)
        sheet.column.addWidget(button(text("unlock.restore"), self.show_restore, kind="link"))
        self._show(sheet, phrase)
        self._tasks.run(
            partial(is_practice, self._folder),
            lambda practice: sheet.hint(text("ui.practice_phrase")) if practice else None,
            lambda error: None,  # a damaged key file is told when they try to open it
            context=sheet,
        )

    def show_choices(self) -> None:
        """Offer the ways to begin."""
        sheet = _Sheet(text("ui.start_heading"), text("ui.welcome_note"))
        own = self._own_register()
        if own is not None:
            words_ = text("unlock.own_register"), text("unlock.own_register_note")
            sheet.column.addWidget(_Choice("lock", *words_, partial(self._go_to, own)))
        for icon, name, then in (
            ("laptop", "join", self.show_join),
            ("building-2", "office", self.show_office),
            ("graduation-cap", "practice", self._practise),
            ("folder-open", "open", self._choose_folder),
        ):
            note = text(f"ui.start_{name}_note") if words.known(f"ui.start_{name}_note") else ""
            sheet.column.addWidget(_Choice(icon, text(f"ui.start_{name}"), note, then))
        note = text("unlock.restore_note")
        sheet.column.addWidget(_Choice("history", text("unlock.restore"), note, self.show_restore))
        self._show(sheet, sheet.findChild(_Choice))

    def show_join(self, given: Path | None = None) -> None:
        """Ask for the kit, its code and a passphrase; a kit on a stick is found by itself."""
        self._take_empty_folder()
        sheet = _Sheet(text("ui.start_join"), text("ui.start_join_note"))
        kit = sheet.add_line(text("ui.kit_file"), choose=True)
        found = label(text("unlock.kit_none"), "muted", wrap=True)
        sheet.column.addWidget(found)
        tag = label("", "strong", wrap=True)
        tag.hide()
        sheet.column.addWidget(tag)

        def read_tag() -> None:
            place = Path(kit.text().strip())

            def show(told: Any) -> None:
                if str(place) == kit.text().strip():
                    tag.setText(tag_words(told) if told else "")
                    tag.setVisible(bool(told))

            self._tasks.run(self._doors.tag(place), show, lambda error: None, context=sheet)

        kit.textChanged.connect(lambda _: read_tag())
        if given is not None:
            kit.setText(str(given))
            found.hide()
        code = sheet.add_line(text("ui.kit_code"))
        name = sheet.add_line(text("ui.your_name"))
        first, second = sheet.add_new_passphrase()

        def go() -> None:
            if sheet.filled(kit, code, name, first) and sheet.agree(first, second):
                opener = self._doors.join(
                    self._folder, Path(kit.text()), code.text().strip(), first.text(), name.text()
                )
                self._start(sheet, opener, then=self.show_joined)

        self._offer(sheet, text("ui.kit_join"), go)
        self._show(sheet, code if given is not None else kit)

        def offer(drives: list[Found]) -> None:
            for one in drives:
                if one.kits and not kit.text().strip():
                    kit.setText(str(one.kits[0]))
                    found.setText(text("unlock.kit_found", name=one.drive.name, file=one.kits[0].name))
                    set_role(found, "good")
                    if kit.hasFocus():
                        code.setFocus()

        self._watch_sticks(sheet, offer)

    def show_joined(self) -> None:
        """The laptop has joined: what came with the kit, and whether to practise first."""
        sheet = _Sheet(text("ui.start_join"), "")

        def show(facts: dict[str, Any]) -> None:
            sheet.column.addWidget(label(text("unlock.joined", name=facts["name"]), "heading", wrap=True))
            sheet.column.addWidget(label(text("unlock.joined_note", **facts), wrap=True))
            first = sheet.add_buttons(
                button(text("unlock.first_event"), self._plan_first, kind="primary", icon="calendar-days"),
                button(text("unlock.practise_first"), self._leave_and_practise, icon="graduation-cap"),
            )
            first.setFocus()

        self._show(sheet, None)
        self._tasks.read(_joined_facts, show, context=sheet)

    def show_restore(self) -> None:
        """The copies there are, what the chosen one holds and what would be lost, and then, if they want, back."""
        sheet = _Sheet(text("unlock.restore"), text("unlock.restore_note"))
        sheet.column.addWidget(label(text("unlock.copies"), "strong"))
        copies = QVBoxLayout()
        sheet.column.addLayout(copies)
        none = label(text("unlock.no_copies"), "muted", wrap=True)
        sheet.column.addWidget(none)
        phrase = sheet.add_line(text("ui.passphrase"), secret=True)
        inside = QVBoxLayout()
        sheet.column.addLayout(inside)
        chosen: dict[str, Any] = {"path": None, "by_hand": False}

        def choose(path: Path, by_hand: bool = True) -> None:
            chosen["path"], chosen["by_hand"] = path, by_hand
            clear(inside)
            back.setEnabled(False)

        def look() -> None:
            if chosen["path"] is None or not sheet.filled(phrase):
                return
            sheet.say(text("ui.working"), wrong=False)
            self._tasks.run(
                self._doors.look(self._folder, chosen["path"], phrase.text()),
                show,
                lambda error: sheet.say(messages.sentence(error), wrong=True),
                context=sheet,
            )

        def show(found: Any) -> None:
            sheet.say("", wrong=False)
            clear(inside)
            for said, role in contents_words(found):
                inside.addWidget(label(said, role, wrap=True))
            back.setEnabled(True)
            back.setFocus()

        def go() -> None:
            chosen["before"] = holds_register(self._folder)
            opener = self._doors.restore(self._folder, chosen["path"], phrase.text())
            self._start(sheet, opener, text("unlock.restoring"), then=brought_back)

        def brought_back() -> None:
            self.openedStore.emit()
            kept = text("unlock.brought_back_kept") if chosen["before"] else ""
            self.told.emit(f"{text('unlock.brought_back')} {kept}".strip())

        def list_(found: list[Any]) -> None:
            clear(copies)
            shown = {one.path: QRadioButton(copy_word(one)) for one in found[:_MOST_COPIES]}
            for path, made in shown.items():
                made.setAccessibleName(made.text())
                made.clicked.connect(lambda _=False, p=path: choose(p))
                copies.addWidget(made)
            none.setVisible(not found)
            if shown and not (chosen["by_hand"] and chosen["path"] in shown):
                choose(next(iter(shown)), by_hand=False)  # the newest
            if shown:
                shown[chosen["path"]].setChecked(True)

        back = button(text("unlock.restore_now"), go, kind="primary")
        back.setEnabled(False)
        sheet.add_buttons(button(text("unlock.look_inside"), look), back)
        phrase.returnPressed.connect(look)
        sheet.column.addWidget(label(text("unlock.kit_is_newer"), "muted", wrap=True))
        kits = label("", "good", wrap=True)
        kits.hide()
        sheet.column.addWidget(kits)
        row = QHBoxLayout()
        row.addWidget(button(text("unlock.with_kit"), self.show_join, kind="link"))
        row.addWidget(button(text("ui.back"), self._back, kind="link"))
        row.addStretch(1)
        sheet.column.addLayout(row)
        self._show(sheet, phrase)
        failed = lambda error: sheet.say(messages.sentence(error), wrong=True)  # noqa: E731

        def tell_kit(one: Found, told: Any) -> None:
            said = text("unlock.kit_there", name=one.drive.name, file=one.kits[0].name)
            kits.setText(f"{said} {tag_words(told)}" if told else said)
            kits.show()

        def sticks(found: list[Found]) -> None:
            folders = [one.drive.folder for one in found]
            self._tasks.run(self._doors.copies(self._folder, folders), list_, failed, context=sheet)
            for one in found:
                if one.kits:
                    self._tasks.run(
                        self._doors.tag(one.kits[0]), partial(tell_kit, one), lambda error: None, context=sheet
                    )

        self._tasks.run(self._doors.copies(self._folder, []), list_, failed, context=sheet)
        self._watch_sticks(sheet, sticks)

    def show_office(self) -> None:
        """Ask for the names and a passphrase of a new office."""
        self._take_empty_folder()
        sheet = _Sheet(text("ui.start_office"), text("ui.start_office_note"))
        office = sheet.add_line(text("ui.office_name"))
        office.setText(text("ui.foot_office"))
        name = sheet.add_line(text("ui.your_name"))
        first, second = sheet.add_new_passphrase()

        def go() -> None:
            if sheet.filled(office, name, first) and sheet.agree(first, second):
                opener = self._doors.office(self._folder, office.text().strip(), name.text().strip(), first.text())
                self._start(sheet, opener)

        self._offer(sheet, text("ui.create"), go)
        self._show(sheet, name)

    # --- inside -----------------------------------------------------------------------------------------

    def _offer(self, sheet: _Sheet, words_: str, go: Callable[[], None]) -> None:
        made = sheet.add_buttons(button(words_, go, kind="primary"), button(text("ui.back"), self._back, kind="link"))
        for line in sheet.lines:
            line.returnPressed.connect(made.click)

    def _back(self) -> None:
        (self.show_unlock if holds_register(self._folder) else self.show_choices)()

    def _watch_sticks(self, sheet: _Sheet, hear: Callable[[list[Found]], None]) -> None:
        """While this sheet shows: look into the sticks there are, and again when one comes."""

        def look(drives: list[Drive]) -> None:
            self._tasks.run(lambda: [search(drive) for drive in drives], hear, lambda error: None, context=sheet)

        watch = DriveWatch(sheet, lambda work, done: self._tasks.run(work, done, lambda error: None, context=sheet))
        watch.changed.connect(look)
        watch.look()

    def _own_register(self) -> Path | None:
        """The register of this laptop, if it is another than the one in view."""
        kept = self._settings.get(remembered.STORE)
        for place in (Path(kept) if kept else default_store(), default_store()):
            if place != self._folder and holds_register(place):
                return place
        return None

    def _take_empty_folder(self) -> None:
        """A new register does not go where one is (practice, say) while the usual place is free."""
        if holds_register(self._folder) and not holds_register(default_store()):
            self._folder = default_store()

    def _go_to(self, folder: Path) -> None:
        self._folder = folder
        self.show_unlock()

    def _plan_first(self) -> None:
        self._settings.set(remembered.PAGE, "activities")
        self.openedStore.emit()

    def _leave_and_practise(self) -> None:
        """Close the register that was just made; what is practised is another one."""
        self._tasks.close()
        self.show_choices()
        self._practise()

    def _show(self, sheet: _Sheet, first: QWidget | None) -> None:
        while self.sheets.count():
            old = self.sheets.widget(0)
            if old is not None:
                self.sheets.removeWidget(old)
                old.deleteLater()
        self.sheets.addWidget(sheet)
        self._first = first
        if first is not None:
            first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._first is not None:
            self._first.setFocus()

    def _practise(self) -> None:
        sheet = self.sheets.currentWidget()
        assert isinstance(sheet, _Sheet)
        opener = self._doors.practice(self._folder.parent / "practice")
        # The next start opens the register that counts, if there is one.
        keep = not holds_register(self._folder) and self._own_register() is None
        self._start(sheet, opener, text("ui.making_practice"), keep=keep)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, text("ui.start_open"), str(self._folder.parent))
        if chosen:
            self._folder = Path(chosen)
            self.show_unlock()

    def _start(
        self,
        sheet: _Sheet,
        opener: Opener,
        said: str = "",
        *,
        then: Callable[[], None] | None = None,
        keep: bool = True,
    ) -> None:
        sheet.setEnabled(False)
        sheet.say(said or text("ui.unlocking"), wrong=False)

        def done(store: object) -> None:
            folder = getattr(store, "folder", self._folder)
            if keep:
                self._settings.set(remembered.STORE, str(folder))
            (then or self.openedStore.emit)()

        def failed(error: Exception) -> None:
            sheet.setEnabled(True)
            sheet.say(messages.sentence(error), wrong=True)
            if sheet.lines:
                sheet.lines[0].setFocus()
                sheet.lines[0].selectAll()

        self._tasks.open(opener, done, failed, context=self, title=said or text("ui.unlocking"))


def tag_words(tag: Any) -> str:
    """What stands on a kit, in a sentence: for which laptop of which sites, from whom and when."""
    from app.specs import wording
    from app.specs.seeds import seed_rows

    sites = {row["code"]: wording.title_word("site", row) for record, _, row in seed_rows() if record == "site"}
    where = ", ".join(sites.get(code, code) for code in tag.sites) or "–"
    day = wording.day_word(tag.made) or "–"
    return text("unlock.kit_tag", laptop=tag.laptop, sites=where, office=tag.office or "–", day=day)


def _joined_facts(reader: Any) -> dict[str, Any]:
    from app.specs import wording

    sites = [site for name in reader.identity.sites if (site := reader.get("site", name)) is not None]
    return {
        "name": str(reader.meta("name", "")),
        "sites": ", ".join(wording.title_word("site", site) for site in sites),
        "people": reader.count("person"),
        "activities": reader.count("activity"),
    }


class _Sheet(QWidget):
    """A heading, a note, lines to fill in, and one sentence about how it went."""

    def __init__(self, heading: str, note: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4, 4, 4, 4)
        self.column.setSpacing(8)
        self.column.addWidget(label(heading, "title", wrap=True))
        self.column.addWidget(label(note, "muted", wrap=True))
        self.column.addSpacing(8)
        self.lines: list[QLineEdit] = []
        self._said = label("", "problem", wrap=True)
        self._said.hide()

    def hint(self, sentence: str) -> None:
        """One more sentence, under all others."""
        self.column.addWidget(label(sentence, "muted", wrap=True))

    def add_line(self, name: str, *, secret: bool = False, choose: bool = False) -> QLineEdit:
        """A line with its name above it; `secret` hides what is typed, `choose` offers a file dialog."""
        line = QLineEdit()
        line.setAccessibleName(name)
        caption = label(name, "muted")
        caption.setBuddy(line)
        self.column.addWidget(caption)
        self.lines.append(line)
        if choose:
            row = QHBoxLayout()
            row.addWidget(line, 1)
            row.addWidget(button(text("ui.kit_choose"), lambda: self._choose(line)))
            self.column.addLayout(row)
        else:
            self.column.addWidget(line)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            eye = line.addAction(icons.icon("eye", size=16), QLineEdit.ActionPosition.TrailingPosition)
            eye.setCheckable(True)
            eye.setText(text("ui.passphrase_show"))
            eye.setToolTip(text("ui.passphrase_show"))
            echo = QLineEdit.EchoMode
            eye.toggled.connect(lambda on: line.setEchoMode(echo.Normal if on else echo.Password))
        return line

    def add_new_passphrase(self) -> tuple[QLineEdit, QLineEdit]:
        """Two lines for a new passphrase and what makes a good one."""
        first = self.add_line(text("ui.passphrase"), secret=True)
        second = self.add_line(text("ui.passphrase_again"), secret=True)
        self.column.addWidget(label(text("ui.passphrase_note"), "muted", wrap=True))
        return first, second

    def add_buttons(self, primary: QPushButton, second: QPushButton) -> QPushButton:
        """The button that does it and the way out; returns the first."""
        self.column.addWidget(self._said)
        self.column.addSpacing(8)
        row = QHBoxLayout()
        row.addWidget(primary)
        row.addWidget(second)
        row.addStretch(1)
        self.column.addLayout(row)
        return primary

    def filled(self, *lines: QLineEdit) -> bool:
        """Whether these lines hold something; the first empty one gets the cursor."""
        for line in lines:
            if not line.text().strip():
                self.say(f"{line.accessibleName()}: {text('ui.fill_this')}", wrong=True)
                line.setFocus()
                return False
        return True

    def agree(self, first: QLineEdit, second: QLineEdit) -> bool:
        """Whether both lines say the same."""
        if first.text() == second.text():
            return True
        self.say(text("ui.passphrase_differ"), wrong=True)
        second.setFocus()
        second.selectAll()
        return False

    def say(self, sentence: str, *, wrong: bool) -> None:
        """One sentence above the buttons."""
        if self._said.parent() is None:
            self.column.addWidget(self._said)
        set_role(self._said, "problem" if wrong else "muted")
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)
        self._said.show()

    @property
    def said(self) -> str:
        """What is said now."""
        return "" if self._said.isHidden() else self._said.text()

    def _choose(self, line: QLineEdit) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, text("ui.kit_file"), "", "Sahə (*.sahakit);;* (*)")
        if chosen:
            line.setText(chosen)


class _Choice(QFrame):
    """A way to begin: icon, name, a sentence; pressed like a button."""

    def __init__(self, icon: str, name: str, note: str, clicked: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self._clicked = clicked
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        picture = label()
        picture.setPixmap(icons.pixmap(icon, "accent", size=24, ratio=max(1.0, self.devicePixelRatioF())))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop if note else Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(name, "strong", wrap=True))
        if note:
            texts.addWidget(label(note, "muted", wrap=True))
        row.addLayout(texts, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._clicked()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._clicked()
        else:
            super().keyPressEvent(event)
