"""A new person in one line at the desk: names, sex by one letter, rank, unit and service as with the one before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.basics.words import text
from app.ui.forms.sources import Sources
from app.ui.forms.words import label_of
from app.ui.widgets.buttons import Segments, button, icon_button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Picker

SEX_KEYS = {**dict.fromkeys("wfqжй", "f"), **dict.fromkeys("mkмл", "m"), "-": "not_recorded", "–": "not_recorded"}
"""One letter for the sex in any of the languages: woman, qadın, женщина; man, kişi, мужчина."""
_REMEMBERED = ("rank", "unit", "service")
_RESTING = 90

Similar = tuple[str, str]
"""A person who may be the one being typed: id and words."""


class NewcomerLine(QFrame):
    """Enter anywhere saves: `saved(values)`. `look(typed name, reply)` finds persons with a similar name."""

    saved = Signal(dict)
    known = Signal(str)
    closed = Signal()

    def __init__(
        self,
        sources: Sources,
        look: Callable[[str, Callable[[Sequence[Similar]], None]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(text("attendance.new_person"))
        self._look = look
        self._similar: list[Similar] = []
        self._asked_sex = False
        self._saving = False
        self._last: dict[str, Any] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        flow = FlowLayout(gap=8)
        self.lines: dict[str, QLineEdit] = {}
        for name, width in (("surname", 150), ("given", 120), ("patronymic", 140)):
            self.lines[name] = QLineEdit()
            flow.addWidget(self._cell(name, self.lines[name], width))
        self.sex = _SexChoice()
        flow.addWidget(self._cell("sex", self.sex, 0, note=text("attendance.sex_keys")))
        self.rank = Picker(sources.choice("rank"))
        flow.addWidget(self._cell("rank", self.rank, 150))
        self.unit = QLineEdit()
        flow.addWidget(self._cell("unit", self.unit, 150))
        self.service = Picker(sources.choice("service"))
        flow.addWidget(self._cell("service", self.service, 150))
        column.addLayout(flow)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.note = label(text("attendance.newcomer_hint"), "muted", wrap=True)
        foot.addWidget(self.note, 1)
        self.same = button("", self._take_similar, kind="link", icon="user")
        self.same.hide()
        foot.addWidget(self.same)
        foot.addWidget(button(text("ui.save"), self.save, kind="primary"))
        foot.addWidget(icon_button("x", text("ui.close"), self.closed.emit))
        column.addLayout(foot)
        self._rest = QTimer(self, singleShot=True, interval=_RESTING)
        self._rest.timeout.connect(self._look_now)
        for line in (*self.lines.values(), self.rank, self.unit, self.service):
            line.returnPressed.connect(self.save)
        for line in self.lines.values():
            line.textEdited.connect(lambda _: self._rest.start())
        self.sex.entered.connect(self.save)
        self.sex.chosen.connect(lambda _: self._on_sex())

    # --- what the page calls ----------------------------------------------------------------------------

    def begin(self, name: Mapping[str, str]) -> None:
        """Start a new person with what was typed in the search box; the cursor goes where something is missing."""
        self._asked_sex = self._saving = False
        for field, line in self.lines.items():
            line.setText(name.get(field, ""))
        suffix = {"oglu": "oğlu", "qizi": "qızı"}.get(name.get("suffix", ""), "")
        if suffix:
            self.lines["patronymic"].setText(f"{self.lines['patronymic'].text()} {suffix}".strip())
        self.sex.set_value(None)
        for field in _REMEMBERED:
            kept = self._last.get(field)
            if field == "unit":
                self.unit.setText(str(kept or ""))
            else:
                getattr(self, field).set_value(kept)
        self._show_similar([])
        self.note.setText(text("attendance.newcomer_hint"))
        self.show()
        empty = next((line for line in self.lines.values() if not line.text()), None)
        if empty is self.lines["patronymic"] and len(name) >= 2:
            empty.setFocus()
        else:
            (empty or self.sex).setFocus()
        self._look_now()

    def remember(self, values: Mapping[str, Any]) -> None:
        """Offer rank, unit and service of this person for the next one."""
        self._last = {field: values.get(field) for field in _REMEMBERED}

    def values(self) -> dict[str, Any]:
        """What is typed, empty fields left out."""
        found: dict[str, Any] = {name: line.text().strip() for name, line in self.lines.items()}
        found |= {"sex": self.sex.value(), "rank": self.rank.value(), "unit": self.unit.text().strip()}
        found["service"] = self.service.value()
        return {name: value for name, value in found.items() if value}

    def save(self) -> None:
        """Save, or go to what is missing. Without a sex the first Enter asks for it and the second saves."""
        values = self.values()
        if self._saving:  # a second Enter before the first was done would make the person twice
            return
        if "surname" not in values:
            self.lines["surname"].setFocus()
            return
        if "sex" not in values and not self._asked_sex:
            self._asked_sex = True
            self.note.setText(text("attendance.sex_missing"))
            self.sex.setFocus()
            return
        values.setdefault("sex", "not_recorded")
        self._saving = True
        self.saved.emit(values)

    def not_saved(self) -> None:
        """It could not be saved: what is typed stands, and Enter tries again."""
        self._saving = False

    # --- inside -----------------------------------------------------------------------------------------

    def _cell(self, field: str, editor: QWidget, width: int, note: str = "") -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        name = label_of("person", field)
        caption = label(f"{name}  {note}".strip(), "muted")
        caption.setBuddy(editor)
        editor.setAccessibleName(name)
        if width:
            editor.setMinimumWidth(width)
        column.addWidget(caption)
        column.addWidget(editor)
        return cell

    def _on_sex(self) -> None:
        if self.sex.value() is not None:
            self.note.setText(text("attendance.newcomer_hint"))
            self.rank.setFocus(Qt.FocusReason.TabFocusReason)  # Enter saves from there as well

    def _look_now(self) -> None:
        self._rest.stop()
        typed = " ".join(line.text().strip() for line in self.lines.values()).strip()
        if len(self.lines["surname"].text().strip()) >= 3 and self.lines["given"].text().strip():
            self._look(typed, self._show_similar)
        else:
            self._show_similar([])

    def _show_similar(self, similar: Sequence[Similar]) -> None:
        self._similar = list(similar)
        self.same.setVisible(bool(similar))
        if similar:
            words = text("attendance.similar", name=similar[0][1])
            self.same.setText(words)
            self.same.setAccessibleName(words)

    def _take_similar(self) -> None:
        if self._similar:
            self.known.emit(self._similar[0][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4 and self._similar:
            self._take_similar()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._rest.stop()

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Esc closes this line, not the page
            return True
        return super().event(event)


class _SexChoice(Segments):
    """Woman, man or not recorded; one letter chooses and goes on, Enter saves."""

    entered = Signal()

    def __init__(self) -> None:
        from app.specs.choices import label as label_of_code

        options = [(code, label_of_code("sex", code)) for code in ("f", "m")]
        super().__init__([*options, ("not_recorded", "–")])
        self.button_of("not_recorded").setAccessibleName(label_of_code("sex", "not_recorded"))
        self.button_of("not_recorded").setToolTip(label_of_code("sex", "not_recorded"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = SEX_KEYS.get(event.text().lower())
        if chosen is not None:
            self.set_value(chosen)
            self.chosen.emit(chosen)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
