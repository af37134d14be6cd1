"""Activities: the list with its filters, the record beside it with a form of its kind, its parts, its states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.basics import clock, words
from app.basics import settings as remembered
from app.basics.words import text
from app.errors import Invalid
from app.models.queries import activities as asked
from app.services import activities
from app.specs import choices, plans
from app.specs.kind import Kind
from app.specs.records import RECORDS
from app.ui import navigation
from app.ui.forms.form import RecordForm
from app.ui.forms.planning import NewActivity, read_days
from app.ui.forms.sources import FixedSource
from app.ui.forms.words import label_of, records_name, title_of
from app.ui.pages.attachments_part import AttachmentsPart, files_in
from app.ui.pages.facets import FacetList
from app.ui.pages.history_part import HistoryPart
from app.ui.pages.page import Page
from app.ui.pages.papers import Papers
from app.ui.pages.plan import PlanView
from app.ui.pages.records import export_list
from app.ui.shell import Command, Shell
from app.ui.tables.record_model import Column
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import Segments, button, icon_button, menu_button
from app.ui.widgets.charts import number
from app.ui.widgets.date_edit import DateEdit, show_day
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import hairline, label, set_role
from app.ui.widgets.month import Entry, MonthView, YearView
from app.ui.widgets.picker import Picker
from app.ui.widgets.side_panel import BesideSplitter, SidePanel

SPEC = RECORDS["activity"]
PLAN = (
    "title_en", "title_az", "title_ru", "start", "end", "site", "sites", "venue", "place", "group", "topics",
    "audiences", "languages", "partners", "co_sponsors",
)  # fmt: skip
HIDDEN = ("kind", "status", "status_reason", "cloned_from", "minutes_text", "minutes_version", "minutes_signed")
REPORT = tuple(f.name for f in SPEC.fields if f.section == "report" and f.name not in HIDDEN)
MORE = tuple(f.name for f in SPEC.fields if f.name not in (*PLAN, *REPORT, *HIDDEN))
ROLES = {"held": "good", "cancelled": "muted", "postponed": "warn", "confirmed": "accent"}
REASONED = ("postponed", "cancelled")
PERIODS = ("quarter", "year", "all")
VIEWS = ("list", "month", "year", "plan")
SCREENSHOTS = {"month": "view/month", "year": "view/year", "plan": "view/plan", "open": "{activity}"}
WIDE = 760
"""Points of width below which the heading gives its room to the buttons."""


class ActivitiesPage(Page):
    """The list of activities, a month, a year, the plan.

    Its target is an activity's id, perhaps `/` and a part's record type; `new` or `new/line:<id>` begins a new one;
    `view/month` and the like choose the view.
    """

    records = ("activity", "participation", "tally", "session", "site", "project", "plan_line", "output")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.open_id = ""
        self._wanted = ""
        self._part = ""
        self._rows: list[dict[str, Any]] = []
        head = self.add_head(text("activities.title"))
        self._title = self.findChild(QLabel)
        self.view = Segments([(name, text(f"activities.view_{name}")) for name in VIEWS])
        # words: activities.view_list, activities.view_month, activities.view_year, activities.view_plan
        self.view.setAccessibleName(text("activities.view"))
        self.view.set_value("list")
        self.view.chosen.connect(lambda _: self._show_view())
        head.addWidget(self.view)
        self.new_button = button(
            text("activities.new"), lambda: self.begin_new(), kind="primary", icon="plus", key="Ctrl+N"
        )
        head.addWidget(self.new_button)
        self._new_area = QWidget()
        holder = QHBoxLayout(self._new_area)
        holder.setContentsMargins(24, 0, 24, 0)
        self.new_line = NewActivity(shell.tasks, self.sources)
        self.new_line.made.connect(self._on_made)
        self.new_line.closed.connect(self.close_new)
        holder.addWidget(self.new_line)
        self._new_area.hide()
        self.column.addWidget(self._new_area)
        self.table = self._make_table()
        self.month = MonthView(shell.locale, text("activities.view_month"))
        self.month.opened.connect(self.show_activity)
        self.month.moved.connect(lambda: self._show_month())
        self.year = YearView(shell.locale, text("activities.view_year"))
        self.year.chosen.connect(self._on_year_month)
        self.plan = PlanView(text("activities.view_plan"))
        self.plan.opened.connect(self.show_activity)
        self.plan.begun.connect(lambda line: self.begin_new(f"line:{line}"))
        self.plan.edited.connect(lambda target: shell.go("lists", target))
        self.plan.loaded.connect(self._load_plan)
        self.views = QStackedWidget()
        for part in (self.table, self.month, self.year, self.plan):
            self.views.addWidget(part)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._make_filters())
        column.addWidget(self.views, 1)
        self.panel = ActivityPanel(shell, self)
        self.panel.closeRequested.connect(self.close_record)
        self.panel.saved.connect(self._on_saved)
        self.panel.cloned.connect(self._on_created)
        self.panel.binned.connect(lambda: self.bin([self.open_id]))
        shares: dict[str, Any] = shell.settings.get(remembered.SPLITTERS)
        share = shares.get("activities", 0.56)
        self.splitter = BesideSplitter(left, self.panel, share=share if isinstance(share, float) else 0.56)
        self.splitter.shareChanged.connect(self._on_share)
        self.column.addWidget(self.splitter, 1)

    def _make_table(self) -> RecordTable:
        empty = EmptyState(
            text("activities.empty"),
            text("activities.empty_hint"),
            icon="calendar-days",
            action=text("activities.new"),
            clicked=self.begin_new,
        )
        table = RecordTable("activities", _columns(), self.shell.settings, empty=empty, name=text("activities.title"))
        table.sort_by("start", down=True)
        table.opened.connect(self.show_activity)
        table.marked.connect(self._on_marked)
        table.view.clicked.connect(lambda _: self.show_activity(table.marked_id()))
        table.binRequested.connect(self.bin)
        table.exportRequested.connect(self._export)
        return table

    def _make_filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        self.period = Segments([(name, text(f"activities.period_{name}")) for name in PERIODS])
        # words: activities.period_quarter, activities.period_year, activities.period_all
        self.period.setAccessibleName(text("activities.period"))
        self.period.set_value("year")
        self.period.chosen.connect(lambda _: self.renew())
        row.addWidget(self.period)
        self.status = Picker(FixedSource({c: e.label() for c, e in choices.offered("activity_status").items()}))
        self.shape = Picker(FixedSource({c: e.label() for c, e in choices.offered("shape").items()}))
        self.site = Picker(self.sources.record("site"))
        for picker, name in (
            (self.site, label_of("activity", "site")),
            (self.status, label_of("activity", "status")),
            (self.shape, text("activities.shape")),
        ):
            picker.setPlaceholderText(name)
            picker.setAccessibleName(name)
            picker.setMinimumWidth(96)
            picker.changed.connect(self._filter)
            row.addWidget(picker, 1)
        return row

    # --- the page ---------------------------------------------------------------------------------------

    def reload(self) -> None:
        self.new_button.setVisible(self.sources.may_edit("activity"))
        self.table.show_loading()
        since, until = _bounds(str(self.period.value()), clock.today())
        self.shell.tasks.read(
            lambda r: asked.listed(r, since, until),
            self._show_rows,
            lambda error: self.table.show_failed(str(error)),
            context=self,
            latest="activities",
        )
        if self.open_id:
            self.panel.read(self.open_id)
        self._show_span()

    def open(self, target: str) -> None:
        first, _, rest = target.partition("/")
        if first == "new":
            self.begin_new(rest)
        elif first == "view" and rest in VIEWS:
            self.view.set_value(rest)
            self._show_view()
        elif first:
            self._part = rest
            self.show_activity(first)

    def place(self) -> str:
        return self.open_id

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= WIDE
        if self._title is not None:
            self._title.setVisible(wide)
        self.new_button.setText(text("activities.new") if wide else "")

    def focus_start(self) -> None:
        if not self._new_area.isVisible():
            if self.view.value() == "plan":
                self.plan.focus_start()
            else:
                self.table.filter_line.setFocus()

    def go_back(self) -> bool:
        if self._new_area.isVisible():
            self.close_new()
            return True
        if self.panel.go_back():
            return True
        if self.splitter.is_open:
            self.close_record()
            self.table.view.setFocus()
            return True
        return False

    def commands(self) -> Sequence[Command]:
        found = [Command(text("activities.new"), "plus", self.begin_new)]
        # words: activities.see_month, activities.see_year, activities.see_plan
        for view, icon in (("month", "calendar-days"), ("year", "calendar"), ("plan", "target")):
            found.append(Command(text(f"activities.see_{view}"), icon, partial(self.open, f"view/{view}")))
        if self.open_id:
            found.append(Command(text("activities.clone"), "copy", self.panel.begin_clone))
        return found

    # --- what people do ---------------------------------------------------------------------------------

    def begin_new(self, what: str = "") -> None:
        """The line for a new activity, perhaps of a plan line or kind chosen elsewhere."""
        self._new_area.show()
        self.new_line.begin(what)

    def close_new(self) -> None:
        """Put the line away."""
        self._new_area.hide()
        self.table.filter_line.setFocus()

    def show_activity(self, row: str) -> None:
        """Show an activity beside the list."""
        self.open_id = row
        self._wanted = row
        self.panel.read(row, self._part)
        self._part = ""
        self.splitter.open_panel()

    def close_record(self) -> None:
        """Put the record away."""
        self.open_id = ""
        self.splitter.close_panel()

    def bin(self, ids: list[str]) -> None:
        """Put activities into the bin and offer to take them back."""
        wanted = [row for row in ids if row]
        if self.open_id in wanted:
            self.close_record()

        def work(w: Any) -> None:
            for row in wanted:
                w.delete("activity", row)

        def done(_: Any) -> None:
            self.reload()
            self.shell.messages.undo(text("ui.binned", n=len(wanted)))

        if wanted:
            self.shell.tasks.write(work, done, context=self)

    # --- inside -----------------------------------------------------------------------------------------

    def _show_rows(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row["title"] = title_of("activity", row) or choices.label(choices.KINDS, row["kind"])
            row["site_name"] = _spoken(row, "site_name")
            entry = choices.choices(choices.KINDS).get(row["kind"])
            row["shape"] = entry.more.get("shape") if entry else None
        self._rows = rows
        self._filter()
        if self._wanted and self.table.mark(self._wanted, tell=False):
            self._wanted = ""

    def _filter(self) -> None:
        wanted = {"site": self.site.value(), "status": self.status.value(), "shape": self.shape.value()}
        rows = [r for r in self._rows if all(value is None or r[name] == value for name, value in wanted.items())]
        self.table.show_rows(rows)
        self._show_span()

    def _show_view(self) -> None:
        view = str(self.view.value())
        self.views.setCurrentIndex(VIEWS.index(view))
        self.period.setVisible(view == "list")
        for picker in (self.status, self.shape):
            picker.setVisible(view != "plan")
        self._show_span()

    def _show_span(self) -> None:
        """Read what the view shows besides the list."""
        show = {"month": self._show_month, "year": self._show_year, "plan": self._show_plan}
        if (wanted := show.get(str(self.view.value()))) is not None:
            wanted()

    def _show_plan(self) -> None:
        site, today = self.site.value(), clock.today().isoformat()

        def work(r: Any) -> Any:
            from app.models.queries.plan import plans  # the database code comes after the first paint

            sites = {row["id"]: title_of("site", row) for row in r.list("site")}
            office = r.identity.role == "office" and r.identity.level == "administrator"
            return plans(r, today, [site] if site else r.identity.sites or None), sites, office

        self.shell.tasks.read(
            work,
            lambda told: self.plan.show_plans(*told),
            lambda error: self.plan.show_failed(str(error)),
            context=self,
            latest="activities-plan",
        )

    def _load_plan(self, year: int) -> None:
        def done(made: tuple[str, int]) -> None:
            self._show_plan()
            self.shell.messages.undo(text("plan.loaded", n=made[1]))

        code = plans.plans()[0]
        self.shell.tasks.write(lambda w: activities.load_plan(w, code, year), done, context=self)

    def _show_month(self) -> None:
        first, last = self.month.days()
        self._read_span(first, last, lambda rows: self.month.show_entries([_entry(row) for row in rows]))

    def _show_year(self) -> None:
        year = self.year.year

        def show(rows: list[dict[str, Any]]) -> None:
            counted: dict[str, list[int]] = {}
            for row in rows:
                months = counted.setdefault(_spoken(row, "site_name") or "–", [0] * 12)
                if row["start"][:4] == str(year) and row["status"] != "cancelled":
                    months[int(row["start"][5:7]) - 1] += 1
            shown = dict(sorted(counted.items()))
            if len(shown) > 1:
                shown[text("activities.all_sites")] = [sum(months) for months in zip(*counted.values(), strict=True)]
            self.year.show_counts(shown)

        self._read_span(f"{year}-01-01", f"{year}-12-31", show)

    def _read_span(self, first: str, last: str, show: Any) -> None:
        site, status, shape = self.site.value(), self.status.value(), self.shape.value()

        def fits(row: Mapping[str, Any]) -> bool:
            entry = choices.choices(choices.KINDS).get(row["kind"])
            right = shape is None or (entry is not None and entry.more.get("shape") == shape)
            return right and (status is None or row["status"] == status)

        self.shell.tasks.read(
            lambda r: [row for row in asked.listed(r, first, last, [site] if site else None) if fits(row)],
            show,
            context=self,
            latest="activities-span",
        )

    def _on_year_month(self, month: int) -> None:
        if month == 0:  # another year
            self._show_year()
            return
        self.month.go(self.year.year, month)
        self.view.set_value("month")
        self._show_view()

    def _on_marked(self, row: str) -> None:
        if self.splitter.is_open and row != self.open_id:
            self.show_activity(row)

    def _on_saved(self, row: dict[str, Any]) -> None:
        row = {**row, "title": title_of("activity", row) or choices.label(choices.KINDS, row["kind"])}
        self.table.model.change_row(row)

    def _on_made(self, values: dict[str, Any]) -> None:
        what = values.pop("what")

        def failed(error: Exception) -> None:
            self.new_line.site.setFocus()
            self.shell.messages.error(error)

        self.shell.tasks.write(lambda w: activities.begin(w, what, values), self._on_created, failed, context=self)

    def _on_created(self, row: str) -> None:
        self._new_area.hide()
        self.show_activity(row)
        self.reload()
        self.shell.messages.undo(text("activities.made"))
        self.panel.focus_start()

    def _on_share(self, share: float) -> None:
        shares: dict[str, Any] = self.shell.settings.get(remembered.SPLITTERS)
        self.shell.settings.set(remembered.SPLITTERS, {**shares, "activities": share})

    def _export(self, columns: list[Column], rows: list[dict[str, Any]]) -> None:
        name = text("activities.title")
        chosen, _ = QFileDialog.getSaveFileName(self, text("ui.export_to"), f"{name}.xlsx", "Excel (*.xlsx)")
        if chosen:
            export_list(self.shell, Path(chosen), name, columns, rows, self)


class ActivityPanel(SidePanel):
    """One activity: its state, what can be done with it now, its form in three sheets, its parts."""

    saved = Signal(dict)
    cloned = Signal(str)
    binned = Signal()

    def __init__(self, shell: Shell, page: Page) -> None:
        super().__init__(text("ui.close"))
        self.shell = shell
        self._page = page
        self.row: dict[str, Any] | None = None
        self.kind: Kind | None = None
        self.form: RecordForm | None = None
        self.part: FacetList | AttachmentsPart | None = None
        self._sheet = "plan"
        self.setAcceptDrops(True)
        self.papers = Papers(shell, page)
        self.state = menu_button("chevron-down", text("activities.state"), self._fill_states, text=" ")
        self.state.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.buttons.addWidget(self.state)
        self.buttons.addWidget(menu_button("ellipsis", text("ui.more"), self._fill_more))
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        self._about = label("", "muted", wrap=True)
        self._about.setContentsMargins(24, 0, 24, 0)
        column.addWidget(self._about)
        self.warning = label("", "warn", wrap=True)
        self.warning.setContentsMargins(24, 0, 24, 0)
        self.warning.hide()
        column.addWidget(self.warning)
        doing = QHBoxLayout()
        doing.setContentsMargins(24, 0, 24, 0)
        doing.setSpacing(8)
        self.desk_button = button(text("activities.to_desk"), self._to_desk, kind="primary", icon="clipboard-check")
        self.door_button = button(text("activities.to_door"), self._to_door, kind="primary", icon="door-open")
        self.meeting_button = button(text("activities.to_meeting"), self._to_meeting, kind="primary", icon="handshake")
        self.clone_button = button(text("activities.clone"), self.begin_clone, icon="copy")
        for made in (self.desk_button, self.door_button, self.meeting_button, self.clone_button):
            doing.addWidget(made)
        doing.addStretch(1)
        column.addLayout(doing)
        column.addWidget(self._make_clone_card())
        column.addWidget(self._make_reason_card())
        self.tabs = PartBar(text("activities.parts"))
        self.tabs.chosen.connect(self._on_tab)
        column.addWidget(self.tabs)
        column.addWidget(hairline())
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._holder, 1)
        self.set_body(self._body)

    def _make_clone_card(self) -> QFrame:
        self.clone_card, row = _card()
        row.addWidget(label(text("activities.clone_when"), "strong"))
        self.clone_start = DateEdit(text("ui.calendar"))
        self.clone_start.setAccessibleName(text("activities.clone_when"))
        self.clone_start.setMinimumWidth(130)
        self.clone_start.returnPressed.connect(self._clone)
        row.addWidget(self.clone_start)
        self.clone_make = button(text("activities.clone_make"), self._clone, kind="primary")
        row.addWidget(self.clone_make)
        row.addStretch(1)
        row.addWidget(icon_button("x", text("ui.close"), self.clone_card.hide))
        return self.clone_card

    def _make_reason_card(self) -> QFrame:
        self.reason_card, row = _card()
        self._reason_caption = label("", "strong")
        row.addWidget(self._reason_caption)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(text("activities.reason"))
        self.reason.setAccessibleName(text("activities.reason"))
        self.reason.returnPressed.connect(self._on_reason)
        row.addWidget(self.reason, 1)
        row.addWidget(button(text("ui.ok"), self._on_reason, kind="primary"))
        row.addWidget(icon_button("x", text("ui.close"), self.reason_card.hide))
        self._asked_state = ""
        return self.reason_card

    # --- showing ----------------------------------------------------------------------------------------

    def read(self, row: str, part: str = "") -> None:
        """Read an activity and show it; `part` names the sheet to open."""
        if part:
            self._sheet = part
        elif self.row is None or self.row["id"] != row:
            self._sheet = "plan"

        def work(r: Any) -> Any:
            found = r.get("activity", row)
            if found is None:
                return None
            kind = r.kind(found["kind"])
            site = title_of("site", r.get("site", found["site"], deleted=True))
            line = r.get("plan_line", found["plan_line"], deleted=True) if found["plan_line"] else None
            counts = asked.facet_counts(r, row, kind) if kind else {}
            counts["attachment"] = r.count("attachment", linked_record="activity", linked_id=row)
            return found, kind, counts, site, title_of("plan_line", line), departments_said(r, found)

        self.shell.tasks.read(work, self._show, context=self, latest="activity")

    def _show(self, answer: Any) -> None:
        if answer is None:
            self.closeRequested.emit()
            return
        row, kind, counts, site, line, warning = answer
        same = self.row is not None and self.row["id"] == row["id"] and self.row["kind"] == row["kind"]
        self.row, self.kind = row, kind
        self.heading.setText(title_of("activity", row) or choices.label(choices.KINDS, row["kind"]))
        days = show_day(row["start"]) if row["end"] in (None, row["start"]) else (
            f"{show_day(row['start'])} – {show_day(row['end'])}"
        )  # fmt: skip
        about = [" · ".join(filter(None, (choices.label(choices.KINDS, row["kind"]), days, site))), line]
        self._about.setText("\n".join(filter(None, about)))
        self._about.setToolTip(kind.hint() if kind else "")
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self._show_state()
        facets = kind.facets if kind else ()
        named = kind is not None and kind.privacy in ("named", "optional")
        meets = navigation_has("meeting") and "agenda" in facets
        self.meeting_button.setVisible(meets)
        self.desk_button.setVisible(named and "attendance" in facets)
        self.door_button.setVisible("tally" in facets)
        if not same:
            self.clone_card.hide()
            self.reason_card.hide()
        self._show_tabs(counts)
        if same and self.form is not None and self._sheet in ("plan", "report", "more"):
            self.form.set_values(row)
        elif not (same and self.part is not None and self._sheet == self.part.spec.name):
            self._show_sheet()

    def _show_tabs(self, counts: Mapping[str, int]) -> None:
        wanted = [("plan", text("activities.sheet_plan")), ("report", text("activities.sheet_report"))]
        wanted.append(("more", text("activities.sheet_more")))
        for record, n in counts.items():
            wanted.append((record, f"{records_name(record)} {n}" if n else records_name(record)))
        wanted.append(("history", text("conflicts.history")))
        if self._sheet not in dict(wanted):
            self._sheet = "plan"
        self.tabs.show_parts(wanted, self._sheet)

    def _show_sheet(self) -> None:
        while (item := self._holder.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.form, self.part = None, None
        if self.row is None:
            return
        if self._sheet in ("plan", "report", "more"):
            self._holder.addWidget(self._make_form(self._sheet))
        elif self._sheet == "history":
            self._holder.addWidget(HistoryPart(self.shell, "activity", self.row["id"]))
        else:
            row, sources = self.row["id"], self._page.sources
            if self._sheet == "attachment":
                self.part = AttachmentsPart(self.shell, sources, "activity", row)
            else:
                self.part = FacetList(self.shell, sources, self._sheet, {"activity": row})
            self.part.changed.connect(lambda: self.read(str(self.row and self.row["id"]), self._sheet))
            self._holder.addWidget(self.part)
            self.part.reload()

    def _make_form(self, sheet: str) -> RecordForm:
        kind, row = self.kind, self.row
        assert row is not None
        names = {"plan": PLAN, "report": REPORT, "more": MORE}[sheet]
        extra = kind.shown_fields(row["details"] or {}) if kind is not None and sheet == "plan" else ()
        if kind is not None and sheet == "plan" and "group" not in kind.facets and not row.get("group"):
            names = tuple(name for name in names if name != "group")
        self.form = RecordForm(
            SPEC,
            self._page.sources,
            fields=names,
            extra=extra,
            label_for=(lambda field: kind.field_label(field.name)) if kind else None,
            hint_for=(lambda field: kind.field_hint(field.name)) if kind else None,
        )
        self.form.set_values(row)
        self.form.edited.connect(self._save)
        return self.form

    def _show_state(self) -> None:
        assert self.row is not None
        status = self.row["status"]
        self.state.setEnabled(self._page.sources.may_edit("activity"))
        self.state.setText(choices.label("activity_status", status))
        self.state.setAccessibleName(f"{text('activities.state')}: {self.state.text()}")
        self.state.setToolTip(self.row["status_reason"] or text("activities.state"))
        set_role(self.state, ROLES.get(status, ""))

    # --- what people do ---------------------------------------------------------------------------------

    def focus_start(self) -> None:
        """The button for what is done next with it."""
        for made in (self.desk_button, self.door_button, self.clone_button):
            if made.isVisible():
                made.setFocus()
                return

    def go_back(self) -> bool:
        """Esc: close what is open in the panel."""
        for card in (self.clone_card, self.reason_card):
            if card.isVisible():
                card.hide()
                return True
        if self.part is not None and self.part.is_open:
            self.part.show_list()
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.row is not None and files_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()  # a bundle goes to the window, which receives it

    def dropEvent(self, event: QDropEvent) -> None:
        paths = files_in(event.mimeData())
        if self.row is None or not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        if not isinstance(self.part, AttachmentsPart):
            self._on_tab("attachment")
            self.tabs.button_of("attachment").setChecked(True)
        if isinstance(self.part, AttachmentsPart):
            self.part.add_files(paths)

    def begin_clone(self) -> None:
        """Offer a copy with another beginning."""
        if self.row is not None:
            self.reason_card.hide()
            self.clone_start.set_value(activities.propose_start(self.row["start"], clock.today()))
            self.clone_card.show()
            self.clone_make.setFocus()

    def set_state(self, state: str) -> None:
        """Move the activity to a state; for some a reason is asked first."""
        if state in REASONED:
            self._asked_state = state
            self._reason_caption.setText(choices.label("activity_status", state))
            self.clone_card.hide()
            self.reason.clear()
            self.reason_card.show()
            self.reason.setFocus()
        else:
            self._set_state(state, "")

    def _on_reason(self) -> None:
        if self.reason.text().strip():
            self.reason_card.hide()
            self._set_state(self._asked_state, self.reason.text().strip())
        else:
            self.reason.setFocus()

    def _set_state(self, state: str, reason: str) -> None:
        assert self.row is not None
        row = self.row["id"]
        self._write(lambda w: activities.set_status(w, row, state, reason))

    def _save(self, change: dict[str, Any]) -> None:
        assert self.row is not None
        row = self.row["id"]
        self._write(lambda w: w.put("activity", change, row))

    def _write(self, work: Any) -> None:
        assert self.row is not None
        row = self.row["id"]

        def both(w: Any) -> Any:
            work(w)
            return w.get("activity", row)

        def done(found: dict[str, Any]) -> None:
            if self.row is not None and self.row["id"] == row:
                self.row = found
                self.heading.setText(title_of("activity", found) or choices.label(choices.KINDS, found["kind"]))
                self._show_state()
            self.saved.emit(found)

        self.shell.tasks.write(both, done, self._on_failed, context=self._page)

    def _clone(self) -> None:
        start = self.clone_start.value()
        if self.row is None or not isinstance(start, str):
            return
        days = read_days(show_day(start), clock.today())
        if days is None:
            self.clone_start.setFocus()
            return
        old = self.row["id"]
        self.clone_card.hide()
        self.shell.tasks.write(
            lambda w: activities.clone(w, old, days[0]), self.cloned.emit, self._on_failed, context=self._page
        )

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Invalid) and self.form is not None:
            homeless = self.form.show_problems(error.problems)
            if not homeless:
                return
            error = Invalid(homeless)
        self.shell.messages.error(error)

    def _on_tab(self, part: str) -> None:
        self._sheet = part
        self._show_sheet()

    def _fill_states(self, menu: QMenu) -> None:
        for code, entry in choices.offered("activity_status").items():
            action = menu.addAction(entry.label(), partial(self.set_state, code))
            action.setCheckable(True)
            action.setChecked(self.row is not None and self.row["status"] == code)

    def _fill_more(self, menu: QMenu) -> None:
        menu.addAction(text("activities.clone"), self.begin_clone)
        if self.row is not None and self.kind is not None and "attendance" in self.kind.facets:
            self.papers.fill(menu, self.row["id"], self.heading.text())
        menu.addAction(text("ui.to_bin"), self.binned.emit)

    def _to_desk(self) -> None:
        if self.row is not None:
            self.shell.go("attendance", self.row["id"])

    def _to_door(self) -> None:
        if self.row is not None:
            self.shell.go("door", self.row["id"])

    def _to_meeting(self) -> None:
        if self.row is not None:
            self.shell.go("meeting", self.row["id"])


def departments_said(reader: Any, activity: dict[str, Any]) -> str:
    """Which departments send nobody to an activity, and which several; '' where nothing is to be said."""
    from app.models.queries.departments import scope_of  # the database code comes after the first paint

    scope = scope_of(reader, activity)
    if scope is None:
        return ""

    def named(sites: Sequence[str]) -> str:
        return ", ".join(sorted(title_of("site", reader.get("site", site, deleted=True)) for site in sites))

    said = []
    if scope.missing:
        n, every = len(scope.missing), len(scope.wanted)
        said.append(text("plan.nobody_from", n=n, all=every, sites=named(scope.missing)))
    if scope.several:
        said.append(text("plan.several_from", sites=named(scope.several)))
    return "\n".join(said)


class PartBar(QWidget):
    """The parts of a record as words side by side, in as many lines as they need; emits `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, gap=2)
        self._flow.setContentsMargins(16, 0, 16, 0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}

    def show_parts(self, parts: Sequence[tuple[str, str]], chosen: str) -> None:
        """Show (key, words), one of them chosen; buttons that stay keep the cursor."""
        for key in [key for key in self._buttons if key not in dict(parts)]:
            old = self._buttons.pop(key)
            self._flow.removeWidget(old)
            self._group.removeButton(old)
            old.deleteLater()
        for key, words_ in parts:
            made = self._buttons.get(key)
            if made is None:
                made = self._buttons[key] = button(words_, partial(self.chosen.emit, key), kind="quiet")
                made.setCheckable(True)
                self._group.addButton(made)
                self._flow.addWidget(made)
            made.setText(words_.replace("&", "&&"))
            made.setAccessibleName(words_)
            made.setChecked(key == chosen)
        self._flow.invalidate()

    def button_of(self, key: str) -> QPushButton:
        """The button of a part."""
        return self._buttons[key]


def navigation_has(key: str) -> bool:
    """Whether the window has a page of this key with code of its own."""
    return any(entry.key == key and navigation.exists(entry) for entry in navigation.PAGES)


def _columns() -> list[Column]:
    status = Column(
        "status",
        label_of("activity", "status"),
        lambda v: choices.label("activity_status", v),
        width=140,
        role=lambda row: ROLES.get(row["status"], ""),
    )
    counts = [
        Column(
            name,
            text(f"activities.{name}"),
            lambda v: "" if v is None else number(v),
            lambda v: v,
            right=True,
            width=96,
        )
        for name in ("people", "heads")  # words: activities.people, activities.heads
    ]
    return [
        Column("start", label_of("activity", "start"), show_day, lambda v: v or "", width=104),
        Column("title", label_of("activity", "title_en"), width=340),
        Column("site_name", label_of("activity", "site"), width=120),
        *counts,
        status,
        Column("kind", label_of("activity", "kind"), lambda v: choices.label(choices.KINDS, v), width=240, shown=False),
        Column("place", label_of("activity", "place"), width=180, shown=False),
        Column("end", label_of("activity", "end"), show_day, lambda v: v or "", width=104, shown=False),
    ]


def _bounds(period: str, today: date) -> tuple[str | None, str | None]:
    """The first and last day of the quarter or the year of today; None for no bound."""
    if period == "all":
        return None, None
    if period == "year":
        return f"{today.year}-01-01", f"{today.year}-12-31"
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last = (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)
    return first.isoformat(), last.isoformat()


def _entry(row: Mapping[str, Any]) -> Entry:
    title = title_of("activity", row) or choices.label(choices.KINDS, row["kind"])
    return Entry(row["id"], title, row["start"], row["end"] or row["start"], ROLES.get(row["status"], "text"))


def _spoken(row: Mapping[str, Any], stem: str) -> str:
    order = (words.language(), "en", "az", "ru")
    return next((str(row[f"{stem}_{lang}"]) for lang in order if row.get(f"{stem}_{lang}")), "")


def _card() -> tuple[QFrame, QHBoxLayout]:
    outer = QFrame()
    column = QVBoxLayout(outer)
    column.setContentsMargins(24, 0, 24, 0)
    card = QFrame()
    card.setProperty("role", "card")
    row = QHBoxLayout(card)
    row.setContentsMargins(16, 8, 8, 8)
    row.setSpacing(8)
    column.addWidget(card)
    outer.hide()
    return outer, row
