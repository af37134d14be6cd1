"""Certificates of one activity: who gets one and why not, the template beside its page as it will be; it draws none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.basics import machine, words
from app.basics.words import text
from app.errors import UserError
from app.reports.template_text import GAPS, by_language, left_out_sentence, own_body, unknown_gaps
from app.ui import theme
from app.ui.forms.words import label_of, title_of
from app.ui.messages import sentence
from app.ui.pages.page import Page
from app.ui.pages.records import export_list
from app.ui.shell import Command, Shell
from app.ui.tables.record_model import Column
from app.ui.widgets.buttons import Segments, button, icon_button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.labels import hairline, label, set_role
from app.ui.widgets.line import Line, Paper

SCREENSHOTS = {"people": "{activity}", "template": "template", "check": "check"}
TABS = ("people", "template", "check")
CHECK, TEMPLATE = "check", "template"
_RESTING = 250
_DOTS = 1400
_NO, _NAME, _SHARE, _WHAT = range(4)
_LOGOS = "*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp"


class CertificatesPage(Page):
    """Its target is an activity's id, `template` for the templates alone, or `check` with perhaps `:` and a serial."""

    records = ("certificate", "template", "participation", "attendance", "activity", "person")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.activity = ""
        self.prospects: Sequence[Any] = ()
        self._row: Mapping[str, Any] = {}
        self._chosen = ""  # the template's id, empty for the program's own
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 24, 0)
        head.setSpacing(8)
        head.addWidget(icon_button("arrow-left", text("ui.back"), shell.back))
        titles = QVBoxLayout()
        titles.setSpacing(0)
        self.title = label(text("ui.page_certificates"), "heading", wrap=True)
        self.about = label("", "muted", wrap=True)
        titles.addWidget(self.title)
        titles.addWidget(self.about)
        head.addLayout(titles, 1)
        self.column.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(24, 0, 16, 12)
        left.setSpacing(8)
        self.tabs = Segments([(tab, text(f"certificates.tab_{tab}")) for tab in TABS])
        # words: certificates.tab_people, certificates.tab_template, certificates.tab_check
        self.tabs.setAccessibleName(text("ui.page_certificates"))
        self.tabs.set_value("people")
        self.tabs.chosen.connect(lambda tab: self._turn(str(tab)))
        left.addWidget(self.tabs)
        left.addLayout(self._build_choices())
        self._stack = QStackedWidget()
        self.editor = TemplateEditor(shell, self)
        self.editor.edited.connect(self._draw_soon)
        self.editor.made.connect(self._on_made)
        for part in (self._build_people(), _scrolling(self.editor), self._build_check()):
            self._stack.addWidget(part)
        left.addWidget(self._stack, 1)
        holder = QWidget()
        holder.setLayout(left)
        holder.setMinimumWidth(420)
        body.addWidget(holder, 1)
        body.addWidget(hairline(vertical=True))
        self.picture = PagePicture(text("certificates.preview"))
        self._picture_holder = QWidget()
        beside = QVBoxLayout(self._picture_holder)
        beside.setContentsMargins(16, 8, 24, 16)
        beside.addWidget(label(text("certificates.preview"), "muted"))
        self.not_drawn = label("", "warn", wrap=True)
        self.not_drawn.hide()
        beside.addWidget(self.not_drawn)
        beside.addWidget(self.picture, 1)
        body.addWidget(self._picture_holder, 1)
        self.column.addLayout(body, 1)
        self._rest = QTimer(self, singleShot=True, interval=_RESTING)
        self._rest.timeout.connect(self._draw)

    # --- building ---------------------------------------------------------------------------------------

    def _build_choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.languages = Segments([(code, text(f"ui.language_{code}")) for code in words.LANGUAGES])
        # words: ui.language_*
        self.languages.setAccessibleName(text("certificates.language"))
        self.languages.set_value(words.language())
        self.languages.chosen.connect(lambda _: self._on_language())
        row.addWidget(self.languages)
        self.templates = QComboBox()
        self.templates.setAccessibleName(text("certificates.template"))
        self.templates.activated.connect(lambda at: self.choose(self.templates.itemData(at) or ""))
        row.addWidget(self.templates, 1)
        return row

    def _build_people(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        needed = QHBoxLayout()
        needed.setSpacing(8)
        self.needed = Line()
        self.needed.setMaximumWidth(56)
        caption = label(text("certificates.needed"), "muted")
        caption.setBuddy(self.needed)
        self.needed.setAccessibleName(text("certificates.needed"))
        self.needed.editingFinished.connect(self._on_needed)
        needed.addWidget(caption)
        needed.addWidget(self.needed)
        self.signs = Line()
        self.signs.setAccessibleName(text("certificates.signs_now"))
        self.signs.setPlaceholderText(text("certificates.signs_now"))
        self.signs.setToolTip(text("certificates.signs_hint"))
        self.signs.textEdited.connect(lambda _: self._draw_soon())
        needed.addWidget(self.signs, 1)
        column.addLayout(needed)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(text("certificates.tab_people"))
        heads = [text("attendance.no"), label_of("certificate", "name_as_printed"), "%", text("certificates.what")]
        self.table.setHorizontalHeaderLabels(heads)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._draw_soon)
        self.table.itemChanged.connect(self._on_name)
        self.nobody = EmptyState(text("certificates.nobody"), text("certificates.nobody_hint"), icon="award")
        self.not_held = EmptyState(
            text("certificates.not_held"),
            text("certificates.not_held_hint"),
            icon="calendar-check",
            action=text("certificates.hold"),
            clicked=self.hold,
        )
        self.people_stack = QStackedWidget()
        for part in (self.table, self.nobody, self.not_held):
            self.people_stack.addWidget(part)
        column.addWidget(self.people_stack, 1)
        self.counts = label("", "muted", wrap=True)
        column.addWidget(self.counts)
        foot = FlowLayout(gap=8)
        self.issue_button = button(text("certificates.issue", n=0), self.issue, kind="primary", icon="award")
        foot.addWidget(self.issue_button)
        self.list_button = button(text("certificates.save_list"), self.save_list, icon="file-spreadsheet")
        foot.addWidget(self.list_button)
        self.revoke_button = button(text("certificates.revoke"), self.revoke, kind="quiet", icon="undo-2")
        foot.addWidget(self.revoke_button)
        column.addLayout(foot)
        return page

    def _build_check(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(text("certificates.check_hint"), "muted", wrap=True))
        self.serial = QLineEdit()
        self.serial.setAccessibleName(label_of("certificate", "serial"))
        self.serial.setPlaceholderText("GANJA-2026-7F2K-012QX-4")
        self.serial.returnPressed.connect(self.check)
        self.serial.setMaximumWidth(420)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.serial, 100)
        row.addWidget(button(text("certificates.check"), self.check, icon="search"))
        row.addStretch(1)
        column.addLayout(row)
        self.answer = label("", "emphasis", wrap=True, selectable=True)
        column.addWidget(self.answer)
        column.addStretch(1)
        return page

    # --- the page ---------------------------------------------------------------------------------------

    def open(self, target: str) -> None:
        kind, _, rest = target.partition(":")
        if kind == CHECK:
            self._turn(CHECK)
            if rest:
                self.serial.setText(rest)
                self.check()
        elif kind == TEMPLATE:
            self.activity = ""
            self._turn(TEMPLATE)
        elif target:
            self.activity = target
            self._turn("people")
        elif not self.activity and self.tabs.value() == "people":
            self._turn(TEMPLATE)
        self.tabs.button_of("people").setEnabled(bool(self.activity))
        self.renew()

    def place(self) -> str:
        tab = str(self.tabs.value())
        return self.activity if self.activity and tab != CHECK else tab

    def focus_start(self) -> None:
        tab = self.tabs.value()
        if tab == CHECK:
            self.serial.setFocus()
        elif tab == TEMPLATE:
            self.editor.focus_start()
        else:
            self.table.setFocus()

    def commands(self) -> Sequence[Command]:
        return (Command(text("certificates.tab_check"), "search", lambda: self.open(CHECK)),)

    def reload(self) -> None:
        activity, language = self.activity, self.language

        def work(r: Any) -> tuple[Any, Any, list[dict[str, Any]], bool]:
            from app.services import certificates

            row = r.get("activity", activity) if activity else None
            found: Any = None
            if row is not None:
                try:
                    found = certificates.prospects(r, activity, language)
                except UserError as error:
                    found = error
            return row, found, certificates.templates(r), r.meta("role", "office") != "laptop"

        self.shell.tasks.read(
            work, lambda read: self._show(*read), self.shell.messages.error, context=self, latest="certificates"
        )

    @property
    def language(self) -> str:
        """The language of the certificates, which need not be the one spoken in the window."""
        return str(self.languages.value() or words.language())

    # --- what people do ---------------------------------------------------------------------------------

    def choose(self, template: str) -> None:
        """Take a template for this batch and show it; an empty one is the program's own."""
        self._chosen = template
        at = self.templates.findData(template)
        self.templates.setCurrentIndex(max(0, at))
        self.editor.show_template(self.templates_by_id.get(template), self.language)
        self._draw_soon()

    def hold(self) -> None:
        """The activity took place: certificates are for what was held."""
        activity = self.activity
        self.shell.tasks.write(
            lambda w: w.put("activity", {"status": "held"}, activity),
            lambda _: self.reload(),
            self.shell.messages.error,
            context=self,
        )

    def issue(self) -> None:
        """Issue to all who attended enough, print this language, tell who was left out."""
        name = f"{self.title.text()} – {text('papers.certificates')} {self.language}"
        out = _ask(self, name, "pdf")
        if out is None:
            return
        activity, language, template, signs = self.activity, self.language, self._chosen, self.signs.text().strip()
        names = {
            p.participation: self._names[p.participation] for p in self.prospects if p.participation in self._names
        }

        def give(w: Any) -> Any:
            from app.services.certificates import issue

            return issue(w, activity, language=language, template=template or None, issued_by=signs, names=names)

        def draw(issued: Any) -> None:
            wanted = [*issued.new, *issued.earlier]

            def work(r: Any) -> Any:
                from app.reports.certificates import write

                return write(r, activity, out, only=wanted)

            def told(printed: Any) -> None:
                said = [text("papers.certificates_made", n=printed.pages, file=out.name)]
                if printed.failed:
                    said.append(text("papers.not_drawn", n=len(printed.failed)))
                    # words: errors.letters_missing, errors.certificate_without_name
                    said += [sentence(UserError(code, **params)) for _, code, params in printed.failed[:3]]
                if issued.left_out:
                    said.append(text("certificates.left_out_below", n=len(issued.left_out)))
                tell = self.shell.messages.warn if printed.failed else self.shell.messages.good
                tell(" ".join(said), action=text("papers.show"), act=lambda: machine.show_in_folder(out))
                self.reload()

            if not wanted:
                self.shell.messages.warn(text("certificates.nobody_gets"))
                self.reload()
                return
            self.shell.tasks.read(work, told, self.shell.messages.error, context=self, title=text("papers.printing"))

        self.shell.tasks.write(give, draw, self.shell.messages.error, context=self, title=text("papers.certificates"))

    def revoke(self) -> None:
        """Take the certificate of the marked row back; Ctrl+Z gives it again."""
        prospect = self._marked()
        if prospect is None or prospect.certificate is None:
            return
        certificate = prospect.certificate["id"]

        def work(w: Any) -> None:
            from app.services.certificates import revoke

            revoke(w, certificate)

        def done(_: Any) -> None:
            self.reload()
            self.shell.messages.undo(text("certificates.revoked", serial=prospect.certificate["serial"]))

        self.shell.tasks.write(work, done, self.shell.messages.error, context=self)

    def save_list(self) -> None:
        """The list as it is seen, with the reasons, as a workbook."""
        out = _ask(self, f"{self.title.text()} – {text('papers.certificates')}", "xlsx")
        if out is None:
            return
        heads = ("no", "name", "percent", "what")

        def cell(at: int, column: int) -> str:
            item = self.table.item(at, column) if at >= 0 else self.table.horizontalHeaderItem(column)
            return item.text() if item is not None else ""

        columns = [Column(name, cell(-1, at)) for at, name in enumerate(heads)]
        rows = [
            dict(zip(heads, (cell(at, column) for column in range(4)), strict=True))
            for at in range(self.table.rowCount())
        ]
        export_list(self.shell, out, text("papers.certificates"), columns, rows, self)

    def check(self) -> None:
        """Say what this register knows of the serial."""
        typed = self.serial.text().strip()
        if not typed:
            self.serial.setFocus()
            return

        def work(r: Any) -> tuple[str, str]:
            from app.models.queries.certificates import check
            from app.reports.certificates import serial_sentence

            return check(r, typed).state, serial_sentence(r, typed, words.language())

        def show(read: tuple[str, str]) -> None:
            state, said = read
            set_role(self.answer, {"valid": "good", "unknown": "warn"}.get(state, "danger"))
            self.answer.setText(said)
            self.answer.setAccessibleName(said)
            self.serial.selectAll()

        self.shell.tasks.read(work, show, self.shell.messages.error, context=self, latest="serial")

    # --- showing ----------------------------------------------------------------------------------------

    templates_by_id: dict[str, dict[str, Any]] = {}  # noqa: RUF012 – replaced, never changed

    def _turn(self, tab: str) -> None:
        self.tabs.set_value(tab)
        self._stack.setCurrentIndex(TABS.index(tab))
        self._picture_holder.setVisible(tab != CHECK)
        for part in (self.languages, self.templates):
            part.setVisible(tab != CHECK)
        self._draw_soon()

    def _show(self, row: Any, found: Any, templates: list[dict[str, Any]], may_edit: bool) -> None:
        self._row = row or {}
        self.title.setText(title_of("activity", row) if row else text("ui.page_certificates"))
        self.about.setText(text("ui.page_certificates") if row else "")
        self.templates_by_id = {one["id"]: one for one in templates}
        if self._chosen not in self.templates_by_id:
            self._chosen = templates[0]["id"] if templates else ""
        self.templates.clear()
        for one in templates:
            self.templates.addItem(title_of("template", one), one["id"])
        if not templates:
            self.templates.addItem(text("certificates.own_template"), "")
        self.editor.may_edit = may_edit
        if not self.editor.has_typing:
            self.choose(self._chosen)
        else:
            self.templates.setCurrentIndex(max(0, self.templates.findData(self._chosen)))
        self._show_people(found)
        self._rest.stop()
        self._draw()

    def _show_people(self, found: Any) -> None:
        from app.models.queries.facts import THRESHOLD_PERCENT

        self._names: dict[str, str] = {}
        held = not isinstance(found, UserError)
        self.prospects = found if held and found else ()
        self.needed.setText(str(self._row.get("threshold_percent") or THRESHOLD_PERCENT))
        self.table.blockSignals(True)
        self.table.setRowCount(len(self.prospects))
        gets = 0
        for at, one in enumerate(self.prospects):
            if one.left_out is not None:
                said, role = left_out_sentence(one.left_out.reason, one.left_out.params), "warn"
            elif one.certificate is not None:
                said, role = one.certificate["serial"], "good"
            else:
                said, role = text("certificates.gets_one"), ""
            gets += one.left_out is None and one.certificate is None
            name = (one.certificate or {}).get("name_as_printed") or one.name
            for column, cell in enumerate((str(one.row or "–"), name, str(one.percent), said)):
                item = QTableWidgetItem(cell)
                flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                if column == _NAME and one.left_out is None and one.certificate is None:
                    flags |= Qt.ItemFlag.ItemIsEditable
                item.setFlags(flags)
                item.setToolTip(cell)
                if column == _WHAT and role:
                    item.setForeground(QColor(getattr(theme.tokens(), role)))
                self.table.setItem(at, column, item)
        self.table.blockSignals(False)
        there = sum(one.certificate is not None for one in self.prospects)
        left = sum(one.left_out is not None for one in self.prospects)
        self.counts.setText(text("certificates.counts", gets=gets, there=there, left=left))
        self.issue_button.setText(text("certificates.issue", n=gets) if gets else text("certificates.print_again"))
        self.issue_button.setAccessibleName(self.issue_button.text())
        self.issue_button.setEnabled(bool(gets or there))
        self.list_button.setEnabled(bool(self.prospects))
        self.people_stack.setCurrentIndex(0 if self.prospects else 2 if not held else 1)
        if self.prospects and self._marked() is None:
            self.table.blockSignals(True)
            self.table.selectRow(next((n for n, p in enumerate(self.prospects) if p.left_out is None), 0))
            self.table.blockSignals(False)
        self._on_marked()

    def _marked(self) -> Any:
        rows = self.table.selectionModel().selectedRows() if self.table.selectionModel() else []
        return self.prospects[rows[0].row()] if rows and rows[0].row() < len(self.prospects) else None

    def _on_marked(self) -> None:
        prospect = self._marked()
        self.revoke_button.setEnabled(prospect is not None and prospect.certificate is not None)

    def _on_name(self, item: QTableWidgetItem) -> None:
        if item.column() == _NAME and item.text().strip():
            self._names[self.prospects[item.row()].participation] = item.text().strip()
            self._draw_soon()

    def _on_language(self) -> None:
        self.editor.settle()
        self.choose(self._chosen)
        self.reload()

    def _on_needed(self) -> None:
        typed, activity = self.needed.text().strip(), self.activity
        if not activity or not typed.isdigit() or int(typed) == (self._row.get("threshold_percent") or -1):
            return
        percent = min(100, int(typed))
        self.shell.tasks.write(
            lambda w: w.put("activity", {"threshold_percent": percent}, activity),
            lambda _: self.reload(),
            self.shell.messages.error,
            context=self,
        )

    def _on_made(self, template: str) -> None:
        self._chosen = template
        self.reload()

    # --- the picture ------------------------------------------------------------------------------------

    def _draw_soon(self) -> None:
        self._on_marked()
        self._rest.start()

    def _draw(self) -> None:
        if self._picture_holder.isHidden() or not self.shell.tasks.has_store:
            return
        values, language, activity = self.editor.values(), self.language, self.activity
        signs = self.signs.text().strip()
        marked = self._marked()
        name = ""
        if marked is not None:
            name = (
                self._names.get(marked.participation)
                or (marked.certificate or {}).get("name_as_printed")
                or marked.name
            )

        def work(r: Any) -> bytes:
            from app.reports.certificates import picture_of, preview

            page = preview(r, values, language, activity=activity, issued_by=signs, name=name)
            return picture_of(page, _DOTS)

        def show(png: bytes) -> None:
            self.not_drawn.hide()
            self.picture.show_png(png)

        def failed(error: Exception) -> None:  # said beside the page: the bar above is for what was done
            self.not_drawn.setText(sentence(error))
            self.not_drawn.show()
            self.picture.show_png(b"")

        self.shell.tasks.read(work, show, failed, context=self, latest="certificate-preview")


class TemplateEditor(QWidget):
    """The fields of one template; every edit is saved when the cursor leaves it. `made(id)` after a new one."""

    edited = Signal()
    made = Signal(str)

    def __init__(self, shell: Shell, context: QWidget) -> None:
        super().__init__()
        self.shell, self._context = shell, context
        self.may_edit = True
        self.template = ""
        self._language: str = words.language()
        self._bodies: dict[str, str] = {}
        self._signatories: dict[str, str] = {}
        self._logo: str | None = None
        self._saved: dict[str, Any] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 8, 8)
        column.setSpacing(6)
        self.note = label("", "muted", wrap=True)
        column.addWidget(self.note)
        row = QHBoxLayout()
        self.make_button = button(text("certificates.new_template"), self.make, icon="plus")
        row.addWidget(self.make_button)
        self.retire_button = button(text("certificates.retire"), self.retire, kind="quiet", icon="trash-2")
        row.addWidget(self.retire_button)
        row.addStretch(1)
        column.addLayout(row)
        two = QHBoxLayout()
        two.setSpacing(12)
        named, paged = QVBoxLayout(), QVBoxLayout()
        two.addLayout(named, 1)
        two.addLayout(paged)
        column.addLayout(two)
        self.name = Line()
        self.orientation = Segments(
            [(code, text(f"certificates.{code}")) for code in ("landscape", "portrait")]
        )  # words: certificates.landscape, certificates.portrait
        self.orientation.setAccessibleName(label_of("template", "orientation"))
        self.orientation.chosen.connect(lambda _: self._on_edited())
        _field(named, text("certificates.name"), self.name)
        _field(paged, label_of("template", "orientation"), self.orientation)
        self._body_caption = label("", "muted", wrap=True)
        column.addWidget(self._body_caption)
        self.body = Paper()
        self.body.setMinimumHeight(190)
        column.addWidget(self.body)
        gaps = FlowLayout(gap=4)
        for gap in GAPS:
            made = button(f"{{{gap}}}", partial(self._insert, gap), kind="quiet", tip=text(f"certificates.gap_{gap}"))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # words: certificates.gap_*
            gaps.addWidget(made)
        column.addLayout(gaps)
        self.strange = label("", "warn", wrap=True)
        column.addWidget(self.strange)
        self.signatory = Line()
        _field(column, label_of("template", "signatory"), self.signatory)
        logo = QHBoxLayout()
        self.logo_button = button(text("certificates.choose_logo"), self.choose_logo, icon="image")
        self.no_logo_button = button(text("certificates.no_logo"), lambda: self._set_logo(None), kind="quiet", icon="x")
        logo.addWidget(self.logo_button)
        logo.addWidget(self.no_logo_button)
        logo.addStretch(1)
        column.addLayout(logo)
        column.addStretch(1)
        self._rest = QTimer(self, singleShot=True, interval=3 * _RESTING)
        self._rest.timeout.connect(self.settle)
        self.name.textEdited.connect(lambda _: self._on_edited())
        self.signatory.textEdited.connect(lambda _: self._on_edited())
        self.body.textChanged.connect(self._on_edited)
        self._quiet = False

    @property
    def has_typing(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._rest.isActive()

    def focus_start(self) -> None:
        """The text of the chosen template, or the button that makes one."""
        (self.body if self.template and self.may_edit else self.make_button).setFocus()

    def show_template(self, row: Mapping[str, Any] | None, language: str) -> None:
        """Show a template in one of its languages; None is the program's own text, which can only be copied."""
        self._quiet = True
        self.template, self._language = (row or {}).get("id", ""), language
        kept = by_language((row or {}).get("body") or "")
        self._bodies = {code: kept.get(code) or own_body(code) for code in words.LANGUAGES}
        self._signatories = {code: (row or {}).get(f"signatory_{code}") or "" for code in words.LANGUAGES}
        self._logo = (row or {}).get("logo")
        self.name.setText(title_of("template", row) if row else text("certificates.own_template"))
        self.orientation.set_value((row or {}).get("orientation") or "landscape")
        if self.body.toPlainText() != self._bodies[language]:
            self.body.setPlainText(self._bodies[language])
        self.signatory.setText(self._signatories[language])
        self._body_caption.setText(text("certificates.body", language=text(f"ui.language_{language}")))
        self.body.setAccessibleName(self._body_caption.text())
        on = self.may_edit and bool(row)
        for line in (self.name, self.signatory):
            line.setReadOnly(not on)
        self.body.setReadOnly(not on)
        for part in (self.orientation, self.logo_button, self.retire_button):
            part.setEnabled(on)
        self.no_logo_button.setEnabled(on and bool(self._logo))
        self.make_button.setVisible(self.may_edit)
        self.retire_button.setVisible(self.may_edit)
        self.note.setText(
            "" if on else text("certificates.office_edits" if not self.may_edit else "certificates.copy_first")
        )
        self.note.setVisible(not on)
        self._saved = self.values()
        self._warn()
        self._quiet = False

    def values(self) -> dict[str, Any]:
        """The template as it is in the fields."""
        self._bodies[self._language] = self.body.toPlainText().strip()
        self._signatories[self._language] = self.signatory.text().strip()
        body = "\n".join(f"[{code}]\n{said}" for code, said in self._bodies.items())
        name = self.name.text().strip()
        named = {"name_en": name, "name_az": None, "name_ru": None} if name else {}
        return {
            **named,
            "body": body,
            "orientation": self.orientation.value(),
            "logo": self._logo,
            **{f"signatory_{code}": said or None for code, said in self._signatories.items()},
        }

    def make(self) -> None:
        """A new template with what is shown; it is there to be edited at once."""
        values = {**self.values(), "name_en": text("certificates.new_name"), "name_az": None, "name_ru": None}

        def work(w: Any) -> str:
            from app.services.certificates import save_template

            return save_template(w, values)

        def done(template: str) -> None:
            self.made.emit(template)
            self.shell.messages.undo(text("certificates.made_template"))
            self.name.setFocus()
            self.name.selectAll()

        self.shell.tasks.write(work, done, self.shell.messages.error, context=self._context)

    def retire(self) -> None:
        """Offer this template no more; certificates made with it keep it."""
        template = self.template
        self._rest.stop()

        def done(_: Any) -> None:
            self.made.emit("")
            self.shell.messages.undo(text("certificates.retired"))

        if template:
            self.shell.tasks.write(
                lambda w: w.put("template", {"retired": True}, template),
                done,
                self.shell.messages.error,
                context=self._context,
            )

    def choose_logo(self) -> None:
        """Ask for a picture file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, text("certificates.choose_logo"), "", f"{text('certificates.pictures')} ({_LOGOS})"
        )
        if chosen:
            self.read_logo(Path(chosen))

    def read_logo(self, path: Path) -> None:
        """Take a picture as the logo."""

        def work() -> str:
            from app.services.certificates import logo_of

            with path.open("rb") as file:
                return logo_of(file.read(30_000_000), path.name)

        self.shell.tasks.run(work, self._set_logo, self.shell.messages.error, context=self._context)

    def settle(self) -> None:
        """Save what was typed."""
        self._rest.stop()
        values = self.values()
        changed = {name: value for name, value in values.items() if value != self._saved.get(name)}
        if not self.template or not self.may_edit or not changed:
            return
        self._saved, template = values, self.template

        def work(w: Any) -> None:
            from app.services.certificates import save_template

            save_template(w, changed, template)

        self.shell.tasks.write(work, None, self.shell.messages.error, context=self._context)

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        if self._rest.isActive():
            self.settle()

    def _set_logo(self, logo: str | None) -> None:
        self._logo = logo
        self.no_logo_button.setEnabled(bool(logo))
        self.settle()
        self.edited.emit()

    def _insert(self, gap: str) -> None:
        if not self.body.isReadOnly():
            self.body.insertPlainText(f"{{{gap}}}")
            self.body.setFocus()

    def _on_edited(self) -> None:
        if not self._quiet:
            self._warn()
            self._rest.start()
            self.edited.emit()

    def _warn(self) -> None:
        strange = unknown_gaps(self.body.toPlainText())
        missing = "{name}" not in self.body.toPlainText()
        said = text("certificates.no_name_gap") if missing else ""
        if strange:
            said = text("certificates.unknown_gaps", gaps=", ".join(f"{{{gap}}}" for gap in strange))
        self.strange.setText(said)
        self.strange.setVisible(bool(said))


class PagePicture(QWidget):
    """A page of paper in the room there is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(320)
        self.page: QPixmap | None = None

    def show_png(self, content: bytes) -> None:
        """Show a picture of the page."""
        page = QPixmap()
        self.page = page if page.loadFromData(content) else None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.page is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.page.size().scaled(self.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
        shown = self.page.scaled(
            size * self.devicePixelRatioF(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        left = (self.width() - size.width()) // 2
        painter.drawPixmap(left, 0, size.width(), size.height(), shown)
        painter.setPen(QColor(theme.tokens().hairline))
        painter.drawRect(left, 0, size.width(), size.height())
        painter.end()


def _field(column: QVBoxLayout, words_: str, editor: QWidget) -> None:
    caption = label(words_, "muted", wrap=True)
    caption.setBuddy(editor)
    editor.setAccessibleName(words_)
    column.addWidget(caption)
    column.addWidget(editor)


def _scrolling(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def _ask(parent: QWidget, name: str, ending: str) -> Path | None:
    plain = "".join(letter if letter not in '\\/:*?"<>|' else " " for letter in name)[:120]
    chosen, _ = QFileDialog.getSaveFileName(parent, text("papers.save"), f"{plain}.{ending}", f"(*.{ending})")
    if not chosen:
        return None
    return Path(chosen if chosen.lower().endswith(f".{ending}") else f"{chosen}.{ending}")
