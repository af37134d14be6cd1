"""Kinds of activity: what ships and what the office makes, its fields, a trial of its form; writes through services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.basics.words import text
from app.errors import Invalid
from app.specs import choices, kind_drafts, kinds
from app.specs.fields import FieldSpec
from app.specs.kind import Kind, facets_of
from app.specs.records import RECORDS
from app.specs.types import Choice, Choices
from app.ui.forms.form import RecordForm
from app.ui.pages.activities import PLAN, PartBar
from app.ui.pages.page import Page
from app.ui.shell import Command, Shell
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.labels import ElidedLabel, hairline, label
from app.ui.widgets.picker import Option, Picker
from app.ui.widgets.side_panel import BesideSplitter, SidePanel

SCREENSHOTS = {
    "open": "police_open_day",
    "fields": "police_open_day/fields",
    "trial": "police_open_day/trial",
    "new": "new",
}

SPEC = RECORDS["activity_kind"]
SHEETS = ("kind", "fields", "trial")
_FIRST = ("label_en", "label_az", "label_ru", "shape", "approach", "privacy", "counts_as_trained", "recommended_by")


class KindsPage(Page):
    """The kinds in a list, one beside it. Target: a code, perhaps `/` and a sheet; `new` begins a new kind."""

    records = ("activity_kind", "choice")

    def __init__(self, shell: Shell, *, head: bool = True) -> None:
        super().__init__(shell)
        self.open_code = ""
        self.office = False
        self._sheet = "kind"
        self.new_button = button(text("kinds.new"), self.begin_new, kind="primary", icon="plus", key="Ctrl+N")
        self.table = RecordTable("kinds", _columns(), shell.settings, name=text("kinds.title"))
        if head:
            self.add_head(text("kinds.title"), text("kinds.note")).addWidget(self.new_button)
        else:
            self.table.bar.addWidget(self.new_button)
        self.table.sort_by("label")
        self.table.opened.connect(self.show_kind)
        self.table.view.clicked.connect(lambda _: self.show_kind(self.table.marked_id()))
        self.table.marked.connect(self._on_marked)
        self.panel = SidePanel(text("ui.close"))
        self.panel.closeRequested.connect(self.close_record)
        self.splitter = BesideSplitter(self.table, self.panel, share=0.5)
        self.column.addWidget(self.splitter, 1)

    # --- the page ---------------------------------------------------------------------------------------

    def reload(self) -> None:
        self.table.show_loading()

        def work(r: Any) -> bool:
            return _makes_kinds(r)

        self.shell.tasks.read(
            work, self._show_rows, lambda error: self.table.show_failed(str(error)), context=self, latest="kinds"
        )

    def open(self, target: str) -> None:
        code, _, sheet = target.partition("/")
        if code == "new":
            self.begin_new()
        elif code:
            self.show_kind(code, sheet if sheet in SHEETS else "kind")

    def place(self) -> str:
        return f"{self.open_code}/{self._sheet}" if self.open_code else ""

    def go_back(self) -> bool:
        body = self.panel.body
        if isinstance(body, KindBody) and body.go_back():
            return True
        if self.splitter.is_open:
            self.close_record()
            self.table.view.setFocus()
            return True
        return False

    def commands(self) -> Sequence[Command]:
        return (Command(text("kinds.new"), "plus", self.begin_new),) if self.office else ()

    # --- what people do ---------------------------------------------------------------------------------

    def begin_new(self, based_on: str = "") -> None:
        """A form for a new kind, perhaps with everything another one has."""
        self.open_code = ""
        body = NewKind(self, based_on)
        body.made.connect(self._on_made)
        self.panel.heading.setText(text("kinds.new"))
        self.panel.set_body(body)
        self.splitter.open_panel()
        body.form.focus_first()

    def show_kind(self, code: str, sheet: str = "") -> None:
        """Show a kind beside the list."""
        if kinds.kind(code) is None:
            return
        self._sheet = sheet or self._sheet
        self.open_code = code

        def work(r: Any) -> tuple[bool, dict[str, Any] | None, dict[str, str]]:
            from app.services import kinds as service  # the database code comes after the first paint

            rows = r.list("activity_kind", code=code)
            own = {row["name"]: service.lines_of(r, row["list"]) for row in _own_fields(rows) if row.get("list")}
            return _makes_kinds(r), rows[0] if rows else None, own

        self.shell.tasks.read(work, lambda told: self._show_kind(code, told), context=self, latest="kind")

    def close_record(self) -> None:
        """Put the kind away."""
        self.open_code = ""
        self.splitter.close_panel()

    def write(self, work: Any, done: Any = None, failed: Any = None) -> None:
        """Carry out a change and show the kind as it then is."""

        def after(value: Any) -> None:
            if done is not None:
                done(value)
            self.reload()
            if self.open_code:
                self.show_kind(self.open_code)

        self.shell.tasks.write(work, after, failed or self.shell.messages.error, context=self)

    # --- inside -----------------------------------------------------------------------------------------

    def _show_rows(self, office: bool) -> None:
        self.office = office
        self.new_button.setVisible(office)
        self.table.show_rows([_row(kind) for kind in kinds.kinds().values()])
        if self.open_code:
            self.table.mark(self.open_code, tell=False)

    def _show_kind(self, code: str, told: tuple[bool, dict[str, Any] | None, dict[str, str]]) -> None:
        kind = kinds.kind(code)
        if kind is None or self.open_code != code:
            return
        office, row, lines = told
        before = self.panel.body
        field = before.open_field if isinstance(before, KindBody) and before.kind.code == code else None
        same = isinstance(before, KindBody) and before.kind.code == code and before.sheet == self._sheet
        self.panel.heading.setText(kind.label())
        if same and isinstance(before, KindBody) and self._sheet == "kind":
            before.renew(kind, row)
        else:
            body = KindBody(self, kind, row, lines, office, self._sheet)
            body.sheetChosen.connect(lambda sheet: self.show_kind(code, sheet))
            if field and self._sheet == "fields":
                body.open_field_form(field)
            self.panel.set_body(body)
        self.splitter.open_panel()

    def _on_marked(self, code: str) -> None:
        if self.splitter.is_open and code != self.open_code:
            self.show_kind(code)

    def _on_made(self, code: str) -> None:
        self.open_code, self._sheet = code, "fields"
        self.reload()
        self.show_kind(code, "fields")
        self.shell.messages.undo(text("kinds.made"))


class NewKind(QWidget):
    """What a new kind needs to begin with; the rest is changed when it is there."""

    made = Signal(str)

    def __init__(self, page: KindsPage, based_on: str) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(24, 0, 24, 0)
        top.setSpacing(4)
        top.addWidget(label(text("kinds.based_on"), "muted"))
        self.base = Picker(page.sources.choice(choices.KINDS))
        self.base.setAccessibleName(text("kinds.based_on"))
        self.base.set_value(based_on or None)
        self.base.changed.connect(self._on_base)
        top.addWidget(self.base)
        top.addWidget(label(text("kinds.based_on_hint"), "muted", wrap=True))
        column.addLayout(top)
        self.form = _head_form(page, _FIRST, live=False)
        column.addWidget(self.form)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        self.create_button = button(text("ui.create"), self.finish, kind="primary", key="Ctrl+Return")
        foot.addWidget(self.create_button)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        self._on_base()

    def finish(self) -> None:
        """Make it, or show what is missing."""
        values = self.form.values()["details"]
        base = self.base.value() or ""

        def work(w: Any) -> str:
            from app.services import kinds as service

            return service.create(w, values, str(base))

        if not _complete(self.form, values):
            return
        self._page.shell.tasks.write(work, self.made.emit, self._failed, context=self._page)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            error = Invalid(self.form.show_problems(error.problems)) if self.form else error
            if not error.problems:
                return
        self._page.shell.messages.error(error)

    def _on_base(self) -> None:
        base = kinds.kind(str(self.base.value() or ""))
        typed = {k: v for k, v in self.form.values()["details"].items() if k.startswith("label_")}
        inherited = kind_drafts.values_of({}, base) if base is not None else {"privacy": "named"}
        chosen = {name: inherited.get(name) for name in _FIRST if not name.startswith("label_")}
        self.form.set_values({"details": {**chosen, **typed}})


class KindBody(QWidget):
    """One kind: what it is, its fields, its form to try."""

    sheetChosen = Signal(str)

    def __init__(
        self,
        page: KindsPage,
        kind: Kind,
        row: dict[str, Any] | None,
        lines: Mapping[str, str],
        office: bool,
        sheet: str,
    ) -> None:
        super().__init__()
        self.kind, self.sheet = kind, sheet
        self._page, self._lines, self._office = page, dict(lines), office
        self._raw = _raw(row)
        self.form: RecordForm | None = None
        self.field_form: RecordForm | None = None
        self.open_field: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 16)
        column.setSpacing(8)
        self._about = label("", "muted", wrap=True)
        self._about.setContentsMargins(24, 0, 24, 0)
        column.addWidget(self._about)
        doing = QHBoxLayout()
        doing.setContentsMargins(24, 0, 24, 0)
        doing.setSpacing(8)
        if office:
            doing.addWidget(button(text("kinds.base_on_it"), lambda: page.begin_new(kind.code), icon="copy"))
            self._retire = button("", self._on_retire)
            doing.addWidget(self._retire)
        doing.addStretch(1)
        column.addLayout(doing)
        self.tabs = PartBar(text("kinds.sheets"))
        self.tabs.chosen.connect(self.sheetChosen)
        # words: kinds.sheet_kind, kinds.sheet_fields, kinds.sheet_trial
        self.tabs.show_parts([(name, text(f"kinds.sheet_{name}")) for name in SHEETS], sheet)
        column.addWidget(self.tabs)
        column.addWidget(hairline())
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._holder)
        column.addStretch(1)
        self._row = row
        self.renew(kind, row)
        {"kind": self._show_head, "fields": self._show_fields, "trial": self._show_trial}[sheet]()

    def renew(self, kind: Kind, row: dict[str, Any] | None) -> None:
        """Follow what was changed, keeping what is being typed."""
        self.kind, self._row, self._raw = kind, row, _raw(row)
        said = [text(f"kinds.of_{_origin(kind)}")]  # words: kinds.of_shipped, kinds.of_extended, kinds.of_own
        base = kinds.kind(kind.extends) if kind.extends and kind.extends != kind.code else None
        if base is not None:
            said.append(text("kinds.extends", kind=base.label()))
        if kind.hint():
            said.append(kind.hint())
        if not self._office:
            said.append(text("kinds.office_makes"))
        self._about.setText("\n".join(said))
        if self._office:
            self._retire.setText(text("kinds.offer_again" if kind.retired else "kinds.retire"))
            self._retire.setAccessibleName(self._retire.text())
        if self.form is not None and self.sheet == "kind":
            self.form.set_values({"details": self._draft()})

    def go_back(self) -> bool:
        """Esc: close the form of a field."""
        if self.open_field is not None:
            self.close_field()
            return True
        return False

    # --- what it is -------------------------------------------------------------------------------------

    def _draft(self) -> dict[str, Any]:
        values = kind_drafts.values_of(self._raw, self.kind)
        return {**values, "recommended_by": (self._row or {}).get("recommended_by")}

    def _show_head(self) -> None:
        shipped = kinds.shipped(self.kind.code) is not None
        names = [f.name for f in kind_drafts.HEAD]
        if shipped and self._office:
            self._holder.addWidget(_facts(self.kind))
            names = list(kind_drafts.OF_SHIPPED)
        self.form = _head_form(self._page, names)
        self.form.set_values({"details": self._draft()})
        self.form.set_read_only(not self._office)
        self.form.edited.connect(self._save_head)
        self._holder.addWidget(self.form)

    def _save_head(self, change: dict[str, Any]) -> None:
        code, before = self.kind.code, self._draft()
        shown = {name: change["details"].get(name) for name in self.form.shown} if self.form else {}
        values = {name: value for name, value in shown.items() if _plain(value) != _plain(before.get(name))}
        if {"shape", "privacy"} & set(values) and "facets" not in values:
            usual = kind_drafts.definitions.default_facets(self.kind.shape, self.kind.privacy, self.kind.travel)
            if set(self.kind.facets) == set(usual):
                values["facets"] = None  # they follow the shape

        def work(w: Any) -> None:
            from app.services import kinds as service

            service.change(w, code, {**before, **values} if not kinds.shipped(code) else values)

        self._page.write(work, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        form = self.field_form or self.form
        if isinstance(error, Invalid) and form is not None:
            homeless = form.show_problems(error.problems)
            if not homeless:
                return
            error = Invalid(homeless)
        self._page.shell.messages.error(error)

    def _on_retire(self) -> None:
        code, retired = self.kind.code, not self.kind.retired

        def work(w: Any) -> None:
            from app.services import kinds as service

            service.retire(w, code, retired)

        self._page.write(
            work,
            lambda _: self._page.shell.messages.undo(text("kinds.retired" if retired else "kinds.offered_again")),
        )

    # --- fields -----------------------------------------------------------------------------------------

    def _show_fields(self) -> None:
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(6)
        own = {row["name"] for row in self._raw.get("field", [])}
        if not self.kind.fields:
            column.addWidget(label(text("kinds.no_fields"), "muted", wrap=True))
        self.lines: dict[str, FieldLine] = {}
        for field in self.kind.fields:
            line = FieldLine(self.kind, field, own=field.name in own and self._office)
            line.pressed.connect(partial(self.open_field_form, field.name))
            line.moved.connect(partial(self._move, field.name))
            line.retired.connect(partial(self._retire_field, field.name))
            self.lines[field.name] = line
            column.addWidget(line)
        if self._office:
            row = QHBoxLayout()
            self.add_button = button(text("kinds.add_field"), lambda: self.open_field_form(""), icon="plus")
            row.addWidget(self.add_button)
            row.addStretch(1)
            column.addLayout(row)
        self._holder.addWidget(area)
        self._field_area = QVBoxLayout()
        self._field_area.setContentsMargins(0, 0, 0, 0)
        self._holder.addLayout(self._field_area)

    def open_field_form(self, name: str) -> None:
        """The form of a field that the office added, or of a new one (empty name), below the list."""
        rows = {row["name"]: row for row in self._raw.get("field", [])}
        if not self._office or (name and name not in rows):
            return
        self.close_field()
        self.open_field = name
        self.field_form = RecordForm(
            SPEC,
            self._page.sources,
            fields=(),
            extra=[f for f in kind_drafts.FIELD if f.name != "list"],
            label_for=lambda f: text(f"kinds.field_{_stem(f.name)}"),
            # words: kinds.field_label, kinds.field_type, kinds.field_values, kinds.field_least, kinds.field_most
            # words: kinds.field_required, kinds.field_hint
            hint_for=_field_hint,
            live=False,
        )
        draft = kind_drafts.field_values(rows.get(name, {"type": "text"}), self._lines.get(name, ""))
        self.field_form.set_values({"details": draft})
        self.existing = Picker(_ListSource())
        self.existing.setAccessibleName(text("kinds.field_list"))
        own = bool(self._lines.get(name))
        self.existing.set_value(None if own else draft.get("list"))
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.setSpacing(8)
        foot.addWidget(button(text("kinds.keep_field"), self.keep_field, kind="primary", key="Ctrl+Return"))
        foot.addWidget(button(text("ui.cancel"), self.close_field, kind="quiet"))
        foot.addStretch(1)
        part = QWidget()
        part.setObjectName("field-form")
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(hairline())
        column.addWidget(self.field_form)
        lists = QVBoxLayout()
        lists.setContentsMargins(24, 0, 24, 8)
        lists.setSpacing(4)
        caption = label(text("kinds.field_list"), "muted", wrap=True)
        caption.setBuddy(self.existing)
        lists.addWidget(caption)
        lists.addWidget(self.existing)
        self._lists = QWidget()
        self._lists.setLayout(lists)
        column.addWidget(self._lists)
        column.addLayout(foot)
        self._field_area.addWidget(part)
        self.field_form.editor("type").changed.connect(self._fit_field)
        self._fit_field()
        part.show()
        self.field_form.focus_first()

    def close_field(self) -> None:
        """Put the form of a field away; what was typed in it is given up."""
        self.open_field, self.field_form = None, None
        while (item := self._field_area.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def keep_field(self) -> None:
        """Keep the field as it stands in the form."""
        form = self.field_form
        if form is None:
            return
        values = {**form.values()["details"], "list": self.existing.value()}
        if not _complete(form, values):
            return
        code, name = self.kind.code, self.open_field or ""

        def work(w: Any) -> str:
            from app.services import kinds as service

            return service.keep_field(w, code, name, values)

        def done(_: str) -> None:
            self.close_field()
            self._page.shell.messages.undo(text("kinds.field_kept"))

        self._page.write(work, done, self._failed)

    def _fit_field(self) -> None:
        """Show of the form only what the type has."""
        if self.field_form is None:
            return
        kind = self.field_form.editor("type").value()
        numbers, listed = kind in ("integer", "decimal"), kind in ("choice", "choices")
        self.field_form.show_only({"least": numbers, "most": numbers, "values": listed})
        self._lists.setVisible(listed)

    def _move(self, name: str, by: int) -> None:
        code = self.kind.code

        def work(w: Any) -> None:
            from app.services import kinds as service

            service.move_field(w, code, name, by)

        self._page.write(work)

    def _retire_field(self, name: str) -> None:
        code, retired = self.kind.code, name not in self.kind.retired_fields

        def work(w: Any) -> None:
            from app.services import kinds as service

            service.retire_field(w, code, name, retired)

        self._page.write(
            work,
            lambda _: self._page.shell.messages.undo(text("kinds.field_retired" if retired else "kinds.field_kept")),
        )

    # --- the trial --------------------------------------------------------------------------------------

    def _show_trial(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 8, 24, 0)
        head.setSpacing(4)
        head.addWidget(label(text("kinds.trial_note"), "muted", wrap=True))
        parts = ", ".join(choices.label("facet", facet) for facet in facets_of(self.kind))
        head.addWidget(label(text("kinds.trial_parts", parts=parts), "muted", wrap=True))
        self._holder.addLayout(head)
        names = [n for n in PLAN if n != "group" or "group" in self.kind.facets]
        self.form = RecordForm(
            RECORDS["activity"],
            self._page.sources,
            fields=names,
            extra=self.kind.shown_fields({}),
            label_for=lambda f: self.kind.field_label(f.name),
            hint_for=lambda f: self.kind.field_hint(f.name),
            live=False,
        )
        self.form.set_values(
            {
                **{f"title_{lang}": self.kind.title(lang) for lang in kind_drafts.LANGUAGES},
                "topics": list(self.kind.topics),
                "audiences": list(self.kind.audiences),
            }
        )
        self._holder.addWidget(self.form)


class FieldLine(QFrame):
    """One field of a kind in the list; one that the office added can be opened, moved and retired."""

    pressed = Signal()
    moved = Signal(int)
    retired = Signal()

    def __init__(self, kind: Kind, field: FieldSpec, *, own: bool) -> None:
        super().__init__()
        self._own = own
        if own:
            self.setProperty("role", "choice")
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = kind.field_label(field.name)
        said = [_type_words(field)]
        if field.required:
            said.append(text("kinds.is_required"))
        if field.name in kind.retired_fields:
            said.append(text("kinds.is_retired"))
        if not own:
            said.append(text("kinds.is_inherited"))
        note = " · ".join(said)
        self.setAccessibleName(f"{name}, {note}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(name))
        words.addWidget(ElidedLabel(note, role="muted"))
        row.addLayout(words, 1)
        if own:
            off = field.name in kind.retired_fields
            again = text("kinds.offer_field_again") if off else text("kinds.retire_field")
            for icon, tip, run in (
                ("arrow-up", text("kinds.move_up"), partial(self.moved.emit, -1)),
                ("arrow-down", text("kinds.move_down"), partial(self.moved.emit, 1)),
                ("redo-2" if off else "x", again, self.retired.emit),
            ):
                row.addWidget(icon_button(icon, f"{tip}: {name}", run))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            self._own
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class _ListSource:
    """The lists that ship, told by their first values; the office's own belong to the fields they were made for."""

    def find(self, typed: str, reply: Any) -> None:
        """All lists whose words contain what was typed."""
        from app.services.kinds import list_label
        from app.ui.forms.sources import matching

        names = [name for name in choices.lists() if choices.offered(name) and not _is_own(name)]
        reply(matching([Option(name, list_label(name), name.replace("_", " ")) for name in names], typed, limit=200))

    def name(self, key: str, reply: Any) -> None:
        """The first values of a list."""
        from app.services.kinds import list_label

        reply(list_label(key))


def _makes_kinds(reader: Any) -> bool:
    return bool(reader.identity.role == "office" and reader.identity.level == "administrator")


def _is_own(name: str) -> bool:
    return all(entry.own for entry in choices.choices(name).values()) and name != choices.KINDS


def _head_form(page: KindsPage, names: Sequence[str], *, live: bool = True) -> RecordForm:
    fields = {f.name: f for f in kind_drafts.HEAD}
    return RecordForm(
        SPEC,
        page.sources,
        fields=(),
        extra=[fields[name] for name in names],
        label_for=lambda f: text(f"kinds.head_{_stem(f.name)}"),  # words: kinds.head_*
        hint_for=_head_hint,
        live=live,
    )


def _head_hint(field: FieldSpec) -> str:
    hints = {
        "shape": text("kinds.hint_shape"),
        "privacy": text("kinds.hint_privacy"),
        "counts_as_trained": text("kinds.hint_trained"),
        "duty": text("kinds.hint_duty"),
        "facets": text("kinds.hint_facets"),
    }
    return hints.get(field.name, "")


def _field_hint(field: FieldSpec) -> str:
    return text("kinds.hint_values") if field.name == "values" else ""


def _complete(form: RecordForm, values: Mapping[str, Any]) -> bool:
    """Whether everything that is required is there; shows what is not."""
    from app.errors import Problem

    fields = {f.name: f for f in (*kind_drafts.HEAD, *kind_drafts.FIELD)}
    missing = [
        Problem("required", SPEC.name, f"details.{name}")
        for name in form.shown
        if fields[name].required and values.get(name) is None
    ]
    wrong = [
        Problem(found.code, SPEC.name, f"details.{name}", found.params)
        for name in form.shown
        if values.get(name) is not None and (found := fields[name].type.problem(values[name])) is not None
    ]
    form.show_problems([*missing, *wrong])
    return not (missing or wrong)


def _facts(kind: Kind) -> QWidget:
    """What of a shipped kind stays as it is."""
    area = QWidget()
    column = QVBoxLayout(area)
    column.setContentsMargins(24, 8, 24, 0)
    column.setSpacing(2)
    for name, value in (
        ("shape", choices.label("shape", kind.shape)),
        ("approach", choices.label("approach", kind.approach)),
        ("privacy", choices.label("privacy", kind.privacy)),
        ("counts_as_trained", text("ui.yes") if kind.counts_as_trained else text("ui.no")),
        ("facets", ", ".join(choices.label("facet", facet) for facet in facets_of(kind))),
    ):
        column.addWidget(label(f"{text(f'kinds.head_{name}')}: {value}", wrap=True))
    column.addWidget(label(text("kinds.stays"), "muted", wrap=True))
    return area


def _columns() -> list[Column]:
    return [
        Column("label", text("kinds.head_label"), width=310),
        Column("shape", text("kinds.head_shape"), lambda v: choices.label("shape", v), width=170),
        Column("approach", text("kinds.head_approach"), lambda v: choices.label("approach", v), width=170, shown=False),
        Column("privacy", text("kinds.head_privacy"), lambda v: choices.label("privacy", v), width=165),
        Column("trained", text("kinds.head_counts_as_trained"), lambda v: text("ui.yes") if v else "", width=110),
        Column("duty", text("kinds.head_duty"), lambda v: choices.label("duty", v) if v != "none" else "", width=130),
        Column("origin", text("kinds.origin"), lambda v: text(f"kinds.is_{v}"), width=130),
        # words: kinds.is_shipped, kinds.is_extended, kinds.is_own
        Column("fields", text("kinds.fields"), right=True, order=lambda v: v, width=80),
        Column("code", text("kinds.code"), width=200, shown=False),
    ]


def _row(kind: Kind) -> dict[str, Any]:
    said = text("kinds.named_retired", kind=kind.label()) if kind.retired else kind.label()
    return {
        "id": kind.code,
        "code": kind.code,
        "label": said,
        "shape": kind.shape,
        "approach": kind.approach,
        "privacy": kind.privacy,
        "trained": kind.counts_as_trained,
        "duty": kind.duty,
        "origin": _origin(kind),
        "fields": len(kind.fields),
    }


def _origin(kind: Kind) -> str:
    if not kind.own:
        return "shipped"
    return "extended" if kinds.shipped(kind.code) is not None else "own"


def _raw(row: Mapping[str, Any] | None) -> dict[str, Any]:
    return dict(kind_drafts.definitions.mapping(row["definition"])) if row else {}


def _own_fields(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [field for row in rows for field in _raw(row).get("field", [])]


def _plain(value: Any) -> Any:
    """A value to compare: order means nothing in a set, and nothing chosen is nothing chosen."""
    return sorted(value) if isinstance(value, list) and value else value or None


def _stem(name: str) -> str:
    stem, _, language = name.rpartition("_")
    return stem if language in kind_drafts.LANGUAGES and stem in ("label", "title", "hint") else name


def _type_words(field: FieldSpec) -> str:
    kind = field.type
    name = "note" if getattr(kind, "lines", False) else kind.name
    said = choices.label("field_type", name)
    if isinstance(kind, Choice | Choices):
        return f"{said}: {', '.join(e.label() for e in list(choices.offered(kind.list).values())[:4])}"
    return said
