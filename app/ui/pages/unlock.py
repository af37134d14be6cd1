"""The first page when no register is open: unlock it, or begin with a kit, an office or practice data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.basics import settings as remembered
from app.basics import words
from app.basics.settings import Settings
from app.basics.words import text
from app.ui import icons, messages
from app.ui.doors import Doors, Opener, holds_register, is_practice
from app.ui.tasks import Tasks
from app.ui.widgets.buttons import Segments, button
from app.ui.widgets.labels import label, set_role

_WIDTH = 520


class UnlockPage(QWidget):
    """Three sheets: unlock what is there, choose how to begin, fill in one way of beginning. Emits `openedStore`."""

    languageChosen = Signal(str)
    openedStore = Signal()

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
        column.addStretch(1)
        self.sheets = QStackedWidget()
        self.sheets.setFixedWidth(_WIDTH)
        column.addWidget(self.sheets, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
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
        for icon, name, then in (
            ("laptop", "join", self.show_join),
            ("building-2", "office", self.show_office),
            ("graduation-cap", "practice", self._practise),
            ("folder-open", "open", self._choose_folder),
        ):
            note = text(f"ui.start_{name}_note") if words.known(f"ui.start_{name}_note") else ""
            sheet.column.addWidget(_Choice(icon, text(f"ui.start_{name}"), note, then))
        self._show(sheet, sheet.findChild(_Choice))

    def show_join(self) -> None:
        """Ask for the kit, its code and a passphrase."""
        sheet = _Sheet(text("ui.start_join"), text("ui.start_join_note"))
        kit = sheet.add_line(text("ui.kit_file"), choose=True)
        code = sheet.add_line(text("ui.kit_code"))
        name = sheet.add_line(text("ui.your_name"))
        first, second = sheet.add_new_passphrase()

        def go() -> None:
            if sheet.filled(kit, code, name, first) and sheet.agree(first, second):
                opener = self._doors.join(
                    self._folder, Path(kit.text()), code.text().strip(), first.text(), name.text()
                )
                self._start(sheet, opener)

        self._offer(sheet, text("ui.kit_join"), go)
        self._show(sheet, kit)

    def show_office(self) -> None:
        """Ask for the names and a passphrase of a new office."""
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
        back = self.show_unlock if holds_register(self._folder) else self.show_choices
        made = sheet.add_buttons(button(words_, go, kind="primary"), button(text("ui.back"), back, kind="link"))
        for line in sheet.lines:
            line.returnPressed.connect(made.click)

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
        self._start(sheet, self._doors.practice(self._folder.parent / "practice"), text("ui.making_practice"))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, text("ui.start_open"), str(self._folder.parent))
        if chosen:
            self._folder = Path(chosen)
            self.show_unlock()

    def _start(self, sheet: _Sheet, opener: Opener, said: str = "") -> None:
        sheet.setEnabled(False)
        sheet.say(said or text("ui.unlocking"), wrong=False)

        def done(store: object) -> None:
            folder = getattr(store, "folder", self._folder)
            self._settings.set(remembered.STORE, str(folder))
            self.openedStore.emit()

        def failed(error: Exception) -> None:
            sheet.setEnabled(True)
            sheet.say(messages.sentence(error), wrong=True)
            if sheet.lines:
                sheet.lines[0].setFocus()
                sheet.lines[0].selectAll()

        self._tasks.open(opener, done, failed, context=self, title=said or text("ui.unlocking"))


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
        chosen, _ = QFileDialog.getOpenFileName(self, text("ui.kit_file"), "", "Sahə (*.saha *.kit);;* (*)")
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
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
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
