"""A form made from the description of a record: labels, editors, problems under fields. It saves nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.basics import words
from app.errors import Problem
from app.specs.fields import FieldSpec, RecordSpec
from app.ui import messages
from app.ui.forms.editors import Editor, editor_for
from app.ui.forms.sources import Sources
from app.ui.forms.words import hint_of, label_of, section_name, twin_of
from app.ui.widgets.labels import hairline, label

TWO_COLUMNS = 500
"""Points of width from which fields stand in two columns."""


class _Cell(QWidget):
    """A label, one editor (or one for each language), what is wrong with it."""

    def __init__(self, caption: str, hint: str, editors: Sequence[tuple[str, Editor]]) -> None:
        super().__init__()
        self.wide = len(editors) > 1 or editors[0][1].wide
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.caption = label(caption, "muted", wrap=True)
        self.caption.setBuddy(editors[0][1].widget)
        column.addWidget(self.caption)
        for tag, editor in editors:
            if tag:
                row = QHBoxLayout()
                row.setSpacing(8)
                badge = label(tag.upper(), "muted")
                badge.setFixedWidth(28)
                row.addWidget(badge)
                row.addWidget(editor.widget, 1)
                column.addLayout(row)
            else:
                column.addWidget(editor.widget)
        if hint:
            column.addWidget(label(hint, "muted", wrap=True))
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


class RecordForm(QWidget):
    """Edits one row. `edited({field: value})` comes when an edit is done and its value is fine by the spec.

    `fields` chooses and orders what is shown (default: all), `extra` adds the fields of an activity's kind, whose
    values live in `details`; an edit of one is emitted as `{"details": all of them}`. `live=False` is for new
    rows: nothing is emitted, `collect()` gives the values.
    """

    edited = Signal(dict)

    def __init__(
        self,
        spec: RecordSpec,
        sources: Sources,
        *,
        fields: Iterable[str] | None = None,
        extra: Sequence[FieldSpec] = (),
        label_for: Callable[[FieldSpec], str] | None = None,
        hint_for: Callable[[FieldSpec], str] | None = None,
        live: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self._sources = sources
        self._extra = {field.name: field for field in extra}
        self._label_for = label_for
        self._hint_for = hint_for
        self._live = live
        self._row: dict[str, Any] = {}
        self._editors: dict[str, Editor] = {}
        self._specs: dict[str, FieldSpec] = {}
        self._cells: dict[str, _Cell] = {}
        self._sections: list[tuple[QGridLayout, list[_Cell]]] = []
        self._columns = 0
        shown = [spec.by_name[name] for name in fields] if fields is not None else list(spec.fields)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 24)
        self._column.setSpacing(16)
        self._build([(field, False) for field in shown] + [(field, True) for field in extra])
        self._column.addStretch(1)
        self._arrange(1)
        if live and not sources.may_edit(spec.name):
            self.set_read_only(True)

    # --- what pages call --------------------------------------------------------------------------------

    def set_values(self, row: Mapping[str, Any]) -> None:
        """Show a row. An editor in which somebody types just now keeps what is typed."""
        typing = (
            {n for n, e in self._editors.items() if e.has_focus and e.value() != self._kept(n)} if self._row else ()
        )
        self._row = dict(row)
        for name, editor in self._editors.items():
            if name not in typing:
                editor.set_value(self._kept(name))
        self.show_problems([])

    def values(self) -> dict[str, Any]:
        """Every shown field as it stands now; `details` whole."""
        found = {name: editor.value() for name, editor in self._editors.items() if name in self.spec.by_name}
        if self._extra:
            found["details"] = self._details()
        return found

    def collect(self) -> dict[str, Any] | None:
        """The values of a new row, or None after showing what is wrong with them."""
        values = {name: value for name, value in self.values().items() if value not in (None, {})}
        whole = {**{f.name: f.default for f in self.spec.fields if f.default is not None}, **self._row, **values}
        problems = self.spec.check(values, whole=False) or [
            problem
            for problem in self.spec.check(whole, whole=True)
            if problem.field in self._editors or not problem.field
        ]
        for name, field in self._extra.items():
            value = self._editors[name].value()
            if value is not None and (found := field.type.problem(value)) is not None:
                problems.append(Problem(found.code, self.spec.name, f"details.{name}", found.params))
        self.show_problems(problems)
        return None if problems else values

    def show_problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """Show each under its field, focus on the first; returns those that belong to no field shown here."""
        by_field: dict[str, list[str]] = {}
        homeless = []
        for problem in problems:
            name = problem.field.removeprefix("details.")
            if name in self._editors:
                by_field.setdefault(name, []).append(messages.sentence_for(problem))
            else:
                homeless.append(problem)
        for cell in self._cells.values():
            cell.problem.hide()
        for name, editor in self._editors.items():
            editor.mark_wrong(name in by_field)
            if name in by_field:
                cell = self._cells[name]
                cell.problem.setText(" ".join(by_field[name]))
                cell.problem.show()
        if by_field:
            self._editors[next(iter(by_field))].focus()
        return homeless

    def set_read_only(self, read_only: bool) -> None:
        """Show only, or edit."""
        for editor in self._editors.values():
            editor.set_read_only(read_only)

    def focus_first(self) -> None:
        """Put the cursor into the first field that is empty and required, else the first."""
        empty = (n for n, e in self._editors.items() if self._specs[n].required and e.value() is None)
        name = next(empty, next(iter(self._editors), ""))
        if name:
            self._editors[name].focus()

    def show_only(self, shown: Mapping[str, bool]) -> None:
        """Show or hide these fields."""
        for name, visible in shown.items():
            self._cells[name].setVisible(visible)

    def editor(self, name: str) -> Editor:
        """The editor of a field. KeyError if the form does not show it."""
        return self._editors[name]

    @property
    def shown(self) -> list[str]:
        """The names of the fields shown, in reading order."""
        return list(self._editors)

    # --- building ---------------------------------------------------------------------------------------

    def _build(self, fields: Sequence[tuple[FieldSpec, bool]]) -> None:
        groups: dict[str, dict[str, list[tuple[FieldSpec, bool]]]] = {}
        for field, is_extra in fields:
            stem, language = twin_of(field.name)
            section = groups.setdefault(field.section, {})
            section.setdefault(f"{stem}/twins" if language else field.name, []).append((field, is_extra))
        for heading, cells in groups.items():
            if heading != "main":
                self._column.addWidget(hairline())
                self._column.addWidget(label(section_name(heading), "emphasis", wrap=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(12)
            self._column.addLayout(grid)
            made = [self._make_cell(twins) for twins in cells.values()]
            self._sections.append((grid, made))

    def _make_cell(self, twins: Sequence[tuple[FieldSpec, bool]]) -> _Cell:
        first, is_extra = twins[0]
        name = self._words(first, is_extra)
        editors = []
        if len(twins) > 1:  # the language of the window first
            spoken = words.language()
            twins = sorted(twins, key=lambda twin: not twin[0].name.endswith(f"_{spoken}"))
        for field, _ in twins:
            tag = twin_of(field.name)[1] if len(twins) > 1 else ""
            editor = editor_for(field, self._sources, f"{name} {tag.upper()}".strip())
            editor.settled.connect(lambda n=field.name: self._on_settled(n))
            self._editors[field.name] = editor
            self._specs[field.name] = field
            editors.append((tag, editor))
        needed = any(field.required for field, _ in twins)
        hint = self._hint_for(first) if is_extra and self._hint_for else hint_of(self.spec.name, first.name)
        cell = _Cell(f"{name} *" if needed else name, hint, editors)
        for field, _ in twins:
            self._cells[field.name] = cell
        return cell

    def _words(self, field: FieldSpec, is_extra: bool) -> str:
        if is_extra and self._label_for is not None:
            return self._label_for(field)
        return label_of(self.spec.name, field.name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if event.size().width() >= TWO_COLUMNS else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, cells in self._sections:
            row = column = 0
            for cell in cells:
                if cell.wide and column:
                    row, column = row + 1, 0
                grid.addWidget(cell, row, column, 1, columns if cell.wide else 1)
                column += columns if cell.wide else 1
                if column >= columns:
                    row, column = row + 1, 0
            for number in range(2):
                grid.setColumnStretch(number, 1 if number < columns else 0)
        previous: QWidget | None = None  # the order of Tab is the order of reading
        for editor in self._editors.values():
            if previous is not None:
                QWidget.setTabOrder(previous, editor.widget)
            previous = editor.widget

    # --- edits ------------------------------------------------------------------------------------------

    def _kept(self, name: str) -> Any:
        return (self._row.get("details") or {}).get(name) if name in self._extra else self._row.get(name)

    def _details(self) -> dict[str, Any]:
        kept = dict(self._row.get("details") or {})
        for name, field in self._extra.items():
            value = self._editors[name].value()
            value = None if value is None else field.type.tidy(value)
            if value is None:
                kept.pop(name, None)
            else:
                kept[name] = value
        return kept

    def _on_settled(self, name: str) -> None:
        field, editor = self._specs[name], self._editors[name]
        value = editor.value()
        value = None if value is None else field.type.tidy(value)
        problem = field.type.problem(value) if value is not None else None
        if value is None and field.required and self._live:
            problem = Problem("required")
        cell = self._cells[name]
        editor.mark_wrong(problem is not None)
        cell.problem.setVisible(problem is not None)
        if problem is not None:
            cell.problem.setText(messages.sentence_for(Problem(problem.code, self.spec.name, name, problem.params)))
        elif self._live and value != self._kept(name):
            change = {"details": self._details()} if name in self._extra else {name: value}
            self._row = {**self._row, **change}
            self.edited.emit(change)
