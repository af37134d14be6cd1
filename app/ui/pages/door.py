"""The door of a public event: one key a person, no names, no questions; what is pressed is in the store at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.basics import clock, words
from app.basics.awake import KeepAwake
from app.basics.words import text
from app.models.queries.tallies import Totals, totals
from app.services import tallies
from app.specs import choices
from app.ui import messages
from app.ui.forms.words import title_of
from app.ui.pages.page import Page
from app.ui.shell import Command, Shell
from app.ui.widgets.buttons import Segments, button, icon_button, menu_button
from app.ui.widgets.charts import Bar, BarChart, number
from app.ui.widgets.counting import CountingBoard
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import ElidedLabel, hairline, label, set_role

KEYS = {"en": "wmgb", "az": "qkzo", "ru": "жмдл"}
"""The keys of woman, man, girl, boy: Qadın, Kişi, qıZ, Oğlan and Женщина, Мужчина, Девочка, маЛьчик."""
LAYOUTS = {"en": "цьпиümgb", "az": "йлящqkzo", "ru": ";vlkıvlk"}
"""The same four keys where another layout is switched on by mistake (Russian and Azerbaijani, or English)."""
CATEGORIES = ("woman", "man", "girl", "boy")
GROUPS: dict[str, tuple[str, ...]] = {
    "F6": ("woman", "man", "girl", "boy"),
    "F7": ("woman", "man"),
    "F8": ("woman", "girl"),
    "F9": ("woman", "boy"),
}
DOORS = "ABCDEF"
SIDE_FROM, LOW = 820, 460


@dataclass
class Event:
    """What the page shows of an event: its sums over all doors and at this one, its programme, this laptop's door."""

    activity: dict[str, Any]
    where: str
    whole: Totals
    here: Totals
    elements: list[dict[str, Any]] = field(default_factory=list)
    door: str = "A"
    sound: bool = True


class DoorPage(Page):
    """The counting page of one event; its target is the activity's id. `F11` leaves only the counting on the screen."""

    records = ("activity", "tally", "programme_element")
    may_lock = False

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.activity = ""
        self.event_: Event | None = None
        self._entries: list[list[str]] = []
        self._alone: _Alone | None = None
        self.awake = KeepAwake("Sahə")
        self.beep: Callable[[], None] = QApplication.beep
        self._stack = QStackedLayout()
        self.column.addLayout(self._stack, 1)
        self._no_activity = EmptyState(
            text("door.no_activity"),
            text("door.no_activity_hint"),
            icon="door-open",
            action=text("attendance.to_activities"),
            clicked=lambda: shell.go("activities", ""),
        )
        self._failed = EmptyState(
            text("ui.not_loaded"), icon="triangle-alert", action=text("attendance.again"), clicked=self.reload
        )
        self.face = QWidget()
        self.face.setObjectName("page")
        self._build()
        for part in (self._no_activity, self._failed, self.face):
            self._stack.addWidget(part)
        self._clock = QTimer(self, interval=20_000)
        self._clock.timeout.connect(self._tick_clock)

    # --- building ---------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self.face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._build_head())
        spoken = words.language()
        self.board = CountingBoard(
            [
                (category, letter.upper(), choices.label("tally_category", category))
                for category, letter in zip(CATEGORIES, KEYS[spoken], strict=True)
            ]
            + [("unknown", text("door.space"), choices.label("tally_category", "unknown"))],
            keys_for(spoken),
            GROUPS,
            text("door.board"),
        )
        self.board.counted.connect(self._on_counted)
        self.board.groupCounted.connect(self._on_group)
        self.board.takenBack.connect(self._on_back)
        self.board.ticked.connect(self._on_ticked_key)
        self.board.numberTyped.connect(self._on_typed)
        main = QVBoxLayout()
        main.setContentsMargins(24, 0, 24, 8)
        main.setSpacing(8)
        self.caption = label("", "muted")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        main.addWidget(self.caption)
        self.fault = label("", "problem", wrap=True)
        self.fault.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fault.hide()
        main.addWidget(self.fault)
        main.addWidget(self.board, 1)
        main.addWidget(self._build_groups())
        main.addWidget(self._build_estimate())
        main.addWidget(self._build_correction())
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addLayout(main, 1)
        self._side_line = hairline(vertical=True)
        beside.addWidget(self._side_line)
        beside.addWidget(self._build_side())
        column.addLayout(beside, 1)
        for key, act in (
            ("Ctrl+E", self.open_estimate),
            ("Ctrl+D", self.open_correction),
            ("F11", self.toggle_alone),
        ):
            made = QShortcut(QKeySequence(key), self.face, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 24, 0)
        head.setSpacing(8)
        self._back_button = icon_button("arrow-left", text("ui.back"), self.shell.back)
        head.addWidget(self._back_button)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        self.title, self.about = ElidedLabel(role="heading"), ElidedLabel(role="muted")
        titles.addWidget(self.title)
        titles.addWidget(self.about)
        head.addLayout(titles, 1)
        self.doors = Segments([(letter, letter) for letter in DOORS[:4]])
        self.doors.setAccessibleName(text("door.door"))
        self.doors.setToolTip(text("door.door_hint"))
        for letter in DOORS[:4]:
            self.doors.button_of(letter).setAccessibleName(f"{text('door.door')} {letter}")
        self.doors.chosen.connect(self._on_door)
        head.addWidget(label(text("door.door"), "muted"))
        head.addWidget(self.doors)
        self._alone_button = button(
            text("door.alone"), self.toggle_alone, icon="monitor", tip=f"{text('door.alone_hint')}  (F11)"
        )
        head.addWidget(self._alone_button)
        self._more = menu_button("ellipsis", text("ui.more"), self._fill_menu)
        head.addWidget(self._more)
        return head

    def _build_groups(self) -> QWidget:
        self._groups = QWidget()
        flow = FlowLayout(self._groups, gap=8)
        letters = dict(zip(CATEGORIES, KEYS[words.language()].upper(), strict=True))
        for key, group in GROUPS.items():
            shown = " + ".join(letters[category] for category in group)
            made = button(f"{key}   {shown}", partial(self._press_group, group))
            made.setAccessibleName(", ".join(choices.label("tally_category", category) for category in group))
            made.setToolTip(made.accessibleName())
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            flow.addWidget(made)
        for name, act, icon, key in (
            ("estimate", self.open_estimate, "gauge", "Ctrl+E"),
            ("correct", self.open_correction, "pencil", "Ctrl+D"),
        ):
            made = button(text(f"door.{name}"), act, icon=icon, tip=f"{text(f'door.{name}_hint')}  ({key})")
            flow.addWidget(made)
        return self._groups

    def _build_estimate(self) -> QWidget:
        self.estimate_card, row = _card()
        row.addWidget(label(text("door.estimate_now"), "strong"))
        self.estimate_line = _line(text("door.how_many"), 110)
        self.estimate_line.returnPressed.connect(self._on_estimate)
        row.addWidget(self.estimate_line)
        row.addWidget(label(text("door.estimate_note"), "muted", wrap=True), 1)
        row.addWidget(icon_button("x", text("ui.close"), self.close_cards))
        return self.estimate_card

    def _build_correction(self) -> QWidget:
        self.correction_card, row = _card()
        row.addWidget(label(text("door.take_off"), "strong"))
        self.correction_line = _line(text("door.how_many"), 72)
        row.addWidget(self.correction_line)
        letters = [*KEYS[words.language()].upper(), "?"]
        self.correction_of = Segments(list(zip((*CATEGORIES, "unknown"), letters, strict=True)))
        self.correction_of.setAccessibleName(text("door.board"))
        for category in (*CATEGORIES, "unknown"):
            made = self.correction_of.button_of(category)
            made.setAccessibleName(choices.label("tally_category", category))
            made.setToolTip(made.accessibleName())
        self.correction_of.setMinimumWidth(
            sum(self.correction_of.button_of(category).sizeHint().width() for category in (*CATEGORIES, "unknown"))
        )
        self.correction_of.set_value("woman")
        row.addWidget(self.correction_of)
        self.reason_line = _line(text("door.reason"), 120)
        row.addWidget(self.reason_line, 1)
        for line in (self.correction_line, self.reason_line):
            line.returnPressed.connect(self._on_correction)
        row.addWidget(icon_button("x", text("ui.close"), self.close_cards))
        return self.correction_card

    def _build_side(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 4, 24, 16)
        column.setSpacing(6)
        self.all_doors = label("", "title")
        self.all_caption = label("", "muted", wrap=True)
        column.addWidget(self.all_doors)
        column.addWidget(self.all_caption)
        column.addSpacing(8)
        column.addWidget(label(text("door.by_hour"), "strong"))
        self.hours = BarChart(text("door.by_hour"), columns=True)
        column.addWidget(self.hours)
        self.apart = label("", "warn", wrap=True)
        column.addWidget(self.apart)
        column.addSpacing(8)
        self._programme_head = label(text("door.programme"), "strong")
        column.addWidget(self._programme_head)
        self._programme = QVBoxLayout()
        self._programme.setSpacing(2)
        column.addLayout(self._programme)
        column.addStretch(1)
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(inner)
        self._side.setFixedWidth(304)
        return self._side

    # --- the page ---------------------------------------------------------------------------------------

    def open(self, target: str) -> None:
        if target and target != self.activity:
            self.activity, self._entries, self.event_ = target, [], None
            self.renew()

    def place(self) -> str:
        return self.activity

    def focus_start(self) -> None:
        if self.event_ is None:
            self._no_activity.button.setFocus()
        else:
            self.board.setFocus()

    def go_back(self) -> bool:
        if self.estimate_card.isVisible() or self.correction_card.isVisible():
            self.close_cards()
            return True
        return False

    def commands(self) -> Sequence[Command]:
        return (
            Command(text("door.estimate"), "gauge", self.open_estimate),
            Command(text("door.correct"), "pencil", self.open_correction),
            Command(text("door.alone"), "monitor", self.toggle_alone),
            Command(text("door.headcount"), "users", self.make_headcount),
            Command(text("door.sentence_copy"), "copy", self.copy_sentence),
        )

    def reload(self) -> None:
        if not self.activity:
            self._stack.setCurrentWidget(self._no_activity)
            return
        activity, entries = self.activity, [list(ids) for ids in self._entries[-50:]]

        def work(r: Any) -> tuple[Event | None, list[list[str]]]:
            kept = [ids for ids in entries if all(r.get("tally", row) is not None for row in ids)]
            return read_event(r, activity), kept

        self.shell.tasks.read(work, self._show, self._on_unread, context=self, latest="door")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.awake.hold()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._alone is None:
            self.awake.release()
            self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- what people do ---------------------------------------------------------------------------------

    def open_estimate(self) -> None:
        """The line for the guess of a crowd."""
        self.close_cards()
        self.estimate_card.show()
        self._fit()
        self.estimate_line.setFocus()

    def open_correction(self) -> None:
        """The line for taking people off, with a reason."""
        self.close_cards()
        self.correction_card.show()
        self._fit()
        self.correction_line.setFocus()

    def close_cards(self) -> None:
        """Back to counting."""
        self.estimate_card.hide()
        self.correction_card.hide()
        for line in (self.estimate_line, self.correction_line, self.reason_line):
            line.clear()
        self._fit()
        self.board.setFocus()

    def make_headcount(self) -> None:
        """A headcount statement from what was counted."""
        activity = self.activity
        self._write(
            lambda w: tallies.state_headcount(w, activity),
            lambda _: self.shell.messages.undo(text("door.headcount_made")),
        )

    def toggle_alone(self) -> None:
        """Only the counting, on the whole screen; going back asks for the passphrase."""
        if self._alone is not None:
            self._alone.close()
            return
        if self.event_ is None:
            return
        main = self.window()
        self.shell.tasks.lower("helper")  # the store itself takes no more than heads from now on, until it is locked
        self._alone = _Alone(self._leave_alone, self._fit)
        self._stack.removeWidget(self.face)
        self._alone.hold(self.face)
        for part in (self._back_button, self._more):
            part.hide()
        self._alone_button.setText(text("door.leave"))
        self._alone_button.setToolTip(text("door.leave_hint"))
        self._alone.showFullScreen()
        main.hide()
        self.board.setFocus()
        self._fit()

    def _leave_alone(self) -> None:
        alone, self._alone = self._alone, None
        if alone is None:
            return
        self._stack.addWidget(self.face)
        self._stack.setCurrentWidget(self.face)
        self.awake.release()
        self.window().show()
        # The page dies with the register that is locked: not while it is still in its own slot.
        QTimer.singleShot(0, self.window(), self.shell.lock)

    def copy_sentence(self) -> None:
        """Put the sentence about this crowd onto the clipboard, ready for a report."""
        activity, language = self.activity, words.language()

        def work(r: Any) -> str:
            from app.reports.crowd import sentences  # the window shows before reports are loaded

            return " ".join(sentences(r, activity, language))

        def show(sentence: str) -> None:
            if not sentence:
                self.shell.messages.info(text("door.nobody_counted"))
                return
            QGuiApplication.clipboard().setText(sentence)
            self.shell.messages.good(text("door.sentence_copied", sentence=sentence))

        self.shell.tasks.read(work, show, self.shell.messages.error, context=self)

    def set_sound(self, on: bool) -> None:
        """Whether this laptop answers each key with a sound; the flash is there in any case."""
        self._write(lambda w: w.set_meta("door_sound", on), lambda _: self.reload())

    # --- counting ---------------------------------------------------------------------------------------

    def _on_counted(self, category: str, n: int) -> None:
        activity, door = self.activity, self.doors.value()
        self._count(lambda w: [tallies.count(w, activity, str(door), category, n)])

    def _press_group(self, group: Sequence[str]) -> None:
        self.board.count_group(group)
        self.board.setFocus()

    def _on_group(self, categories: list[str]) -> None:
        activity, door = self.activity, self.doors.value()
        self._count(lambda w: tallies.count_group(w, activity, str(door), categories))

    def _on_back(self) -> None:
        if not self._entries:
            return
        wrong, reason = self._entries.pop(), text("door.wrong_key")
        self.board.say("←")
        self._count(lambda w: tallies.take_back(w, wrong, reason), remember=False)

    def _count(self, work: Callable[[Any], list[str]], *, remember: bool = True) -> None:
        def both(w: Any) -> tuple[list[str], list[dict[str, Any]]]:
            ids = work(w)
            return ids, [w.get("tally", row) for row in ids]

        def done(answer: tuple[list[str], list[dict[str, Any]]]) -> None:
            ids, rows = answer
            self.fault.hide()
            if self.event_ is not None and self.event_.sound:
                self.beep()  # it is in the store: whoever looks at the people hears that they are counted
            if remember:
                self._entries.append(ids)
            if self.event_ is not None:
                for row in rows:
                    self.event_.whole.add(row)
                    if row["door"] == self.event_.door:
                        self.event_.here.add(row)
                self._show_sums()

        self._write(both, done)

    def _on_estimate(self) -> None:
        n = _whole(self.estimate_line.text())
        activity, door = self.activity, str(self.doors.value())
        if n is None:
            self.estimate_line.selectAll()
            return
        self.close_cards()
        self._count(lambda w: [tallies.estimate(w, activity, door, n)])

    def _on_correction(self) -> None:
        n, reason = _whole(self.correction_line.text()), self.reason_line.text().strip()
        if n is None:
            self.correction_line.setFocus()
            return
        if not reason:
            self.reason_line.setFocus()
            return
        activity, door, category = self.activity, str(self.doors.value()), str(self.correction_of.value())

        def work(w: Any) -> tuple[list[str], list[dict[str, Any]]]:
            row = tallies.correct(w, activity, door, category, n, reason)
            return [row], [w.get("tally", row)]

        def done(answer: tuple[list[str], list[dict[str, Any]]]) -> None:
            self.close_cards()
            self.reload()

        self._write(work, done)

    def _on_ticked_key(self, position: int) -> None:
        if self.event_ is not None and position < len(self.event_.elements):
            element = self.event_.elements[position]
            self._tick(element["id"], element["happened_at"] is None)

    def _tick(self, element: str, on: bool) -> None:
        at = f"{clock.now().astimezone():%H:%M}" if on else None
        self._write(lambda w: tallies.tick(w, element, at), lambda _: self.reload())
        self.board.setFocus()

    def _on_door(self, door: object) -> None:
        self._write(lambda w: w.set_meta("door", str(door)), lambda _: self.reload())
        self.board.setFocus()

    def _on_typed(self, typed: str) -> None:
        set_role(self.caption, "strong" if typed else "muted")
        self.caption.setText(f"× {typed}" if typed else self._door_words())

    # --- showing ----------------------------------------------------------------------------------------

    def _show(self, answer: tuple[Event | None, list[list[str]]]) -> None:
        event, self._entries = answer
        first = self.event_ is None
        self.event_ = event
        if event is None:
            self.activity = ""
            self._stack.setCurrentWidget(self._no_activity)
            return
        self.title.setText(title_of("activity", event.activity))
        self.doors.set_value(event.door)
        if self._alone is None:
            self._stack.setCurrentWidget(self.face)
        self._show_programme(event.elements)
        self._show_sums()
        self._fit()
        if first:
            self.board.setFocus()

    def _show_sums(self) -> None:
        event = self.event_
        if event is None:
            return
        self.board.show_numbers(number(event.here.counted), event.here.by_category)
        self.caption.setText(self._door_words())
        self._tick_clock()
        self.all_doors.setText(number(event.whole.counted))
        doors = ", ".join(f"{door} {number(n)}" for door, n in sorted(event.whole.by_door.items()))
        share = event.whole.women_share
        said = [text("door.all_doors", doors=doors or "–")]
        if share is not None:
            said.append(text("door.women_share", percent=round(share * 100)))
        self.all_caption.setText("\n".join(said))
        self.hours.show_bars(_bars(event.whole.by_hour))
        apart = []
        if event.whole.estimated:
            apart.append(text("door.estimated", n=number(event.whole.estimated)))
        if event.whole.corrections:
            apart.append(text("door.corrected", n=number(-event.whole.corrections)))
        self.apart.setText("\n".join(apart))
        self.apart.setVisible(bool(apart))

    def _show_programme(self, elements: Sequence[Mapping[str, Any]]) -> None:
        while (item := self._programme.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._programme_head.setVisible(bool(elements))
        for position, element in enumerate(elements):
            at = element["happened_at"] or element["planned_at"] or ""
            box = QCheckBox(" ".join(filter(None, (at, element["title"]))))
            box.setAccessibleName(box.text())
            box.setChecked(element["happened_at"] is not None)
            box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if position < 9:
                box.setToolTip(f"Alt+{position + 1}")
            box.clicked.connect(lambda on, row=element["id"]: self._tick(row, bool(on)))
            self._programme.addWidget(box)

    def _door_words(self) -> str:
        door = self.doors.value() or "A"
        last = ""
        if self.event_ is not None:
            n = self.event_.here.by_hour.get(clock.stamp()[:13], 0)
            last = text("door.this_hour", n=n)
        return " · ".join(filter(None, (f"{text('door.door')} {door}", last)))

    def _tick_clock(self) -> None:
        if self.event_ is not None:
            self.about.setText(f"{clock.now().astimezone():%H:%M} · {self.event_.where}")

    def _fit(self) -> None:
        face = self.face
        wide, low = face.width() >= SIDE_FROM, face.height() < LOW
        self._side.setVisible(wide)
        self._side_line.setVisible(wide)
        self._groups.setVisible(not low)
        typing = not (self.estimate_card.isHidden() and self.correction_card.isHidden())
        self.board.setVisible(not (low and typing))
        self._alone_button.setVisible(wide or self._alone is not None)
        self.board.scale(max(34, min(150, round(face.height() * 0.13), face.width() // 9)))

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction(text("door.estimate"), QKeySequence("Ctrl+E"), self.open_estimate)
        menu.addAction(text("door.correct"), QKeySequence("Ctrl+D"), self.open_correction)
        menu.addAction(text("door.alone"), QKeySequence("F11"), self.toggle_alone)
        menu.addSeparator()
        menu.addAction(text("door.headcount"), self.make_headcount)
        menu.addAction(text("door.sentence_copy"), self.copy_sentence)
        sound = menu.addAction(text("door.sound"))
        sound.setCheckable(True)
        sound.setChecked(self.event_ is None or self.event_.sound)
        sound.toggled.connect(self.set_sound)
        menu.addAction(text("attendance.to_activity"), lambda: self.shell.go("activities", self.activity))

    def _write(self, work: Callable[[Any], Any], done: Callable[[Any], None]) -> None:
        self.shell.tasks.write(work, done, self._on_failed, context=self)

    def _on_failed(self, error: Exception) -> None:
        # On the helper's screen there is no message bar; a head that was not saved must not pass for counted.
        self.fault.setText(messages.sentence(error))
        self.fault.setVisible(self._alone is not None)
        self.shell.messages.error(error)
        self.reload()

    def _on_unread(self, error: Exception) -> None:
        self._stack.setCurrentWidget(self._failed)
        self.shell.messages.error(error)


class _Alone(QWidget):
    """The counting alone on the screen, without the register behind it."""

    def __init__(self, left: Callable[[], None], resized: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("Sahə")
        self._left, self._resized = left, resized
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)

    def hold(self, face: QWidget) -> None:
        self._column.addWidget(face)
        face.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._resized)  # when the face has its new size: the screen's, which comes late

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._left()
        self.deleteLater()


def keys_for(language: str) -> dict[str, str]:
    """Letter → category: those of the language first, then what the same keys give on the other layouts."""
    found = {" ": "unknown", "?": "unknown"}
    for number_, letter in enumerate(LAYOUTS[language]):
        found[letter] = CATEGORIES[number_ % 4]
    return found | dict(zip(KEYS[language], CATEGORIES, strict=True))


def read_event(reader: Any, activity: str) -> Event | None:
    """Everything the page shows; None if there is no such activity."""
    about = reader.get("activity", activity)
    if about is None:
        return None
    door = str(reader.meta("door", "A"))
    site = title_of("site", reader.get("site", about["site"], deleted=True))
    where = " · ".join(filter(None, (show_day(about["start"]), site, about["place"])))
    elements = sorted(
        reader.list("programme_element", activity=activity),
        key=lambda e: (e["planned_at"] or e["happened_at"] or "99", e["title"], e["id"]),
    )
    sound = bool(reader.meta("door_sound", True))
    return Event(about, where, totals(reader, activity), totals(reader, activity, door), elements, door, sound)


def _bars(by_hour: Mapping[str, int]) -> list[Bar]:
    """A column an hour, in local time, without gaps between the first and the last."""
    if not by_hour:
        return []
    moments = {datetime.fromisoformat(f"{hour}:00:00").replace(tzinfo=UTC): n for hour, n in by_hour.items()}
    first, last = min(moments), max(moments)
    hours = int((last - first).total_seconds() // 3600)
    if hours > 24:
        return [Bar(f"{m.astimezone():%d.%m %H}", n) for m, n in sorted(moments.items())][-12:]
    whole = [datetime.fromtimestamp(first.timestamp() + 3600 * h, UTC) for h in range(hours + 1)]
    return [Bar(f"{moment.astimezone():%H}", moments.get(moment, 0)) for moment in whole]


def _card() -> tuple[QFrame, QHBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    row = QHBoxLayout(card)
    row.setContentsMargins(16, 8, 8, 8)
    row.setSpacing(8)
    card.hide()
    return card, row


def _line(name: str, width: int) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    line.setMinimumWidth(width)
    return line


def _whole(typed: str) -> int | None:
    """A positive whole number as typed, or None."""
    plain = typed.replace(" ", "").replace("\u202f", "")
    return int(plain) if plain.isdecimal() and 0 < int(plain) <= 100_000 else None
