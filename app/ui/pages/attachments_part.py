"""The files of a record in its panel: dropped or chosen, shown as pictures, saved elsewhere; it judges none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QIcon, QImage, QImageReader, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.basics.words import text
from app.errors import UserError
from app.models.queries.attendance import sessions_of
from app.services import attachments, scans
from app.specs import choices
from app.specs.records import RECORDS
from app.ui import theme
from app.ui.forms.form import RecordForm
from app.ui.forms.sources import Sources
from app.ui.forms.words import records_name, title_of
from app.ui.shell import Shell
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.charts import number
from app.ui.widgets.date_edit import show_day
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import ElidedLabel, label

THUMB = QSize(96, 72)
WIDE = 620
"""Points of width of an opened picture; a page of A4 can be read so."""
MOST_PREVIEWS = 24
MOST_PAGES = 12
_OURS = frozenset({".saha", ".sahakit"})  # these go to the exchange, wherever they are dropped
_PHOTOGRAPHED = frozenset({"activity", "programme_element", "competition", "output", "press_item"})
_EDITED = ("name", "purpose", "shows_children", "consent", "note")

Row = dict[str, Any]


def files_in(mime: QMimeData) -> list[Path]:
    """The files of a drag that may be kept with a record; none if there is a bundle, a kit or a folder among them."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [] if any(path.suffix.lower() in _OURS or not path.is_file() for path in paths) else paths


@dataclass
class Prepared:
    """A file that was read: its content, shrunk if it was a large photo, and the page codes of a scan."""

    name: str
    content: bytes
    pages: list[Any] = field(default_factory=list)


@dataclass
class Added:
    """What became of dropped files: how many are kept, what was wrong with others, other activities that got scans."""

    kept: int = 0
    pictures: int = 0
    errors: list[Exception] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


class AttachmentsPart(QWidget):
    """The files of one row. A file opens in place of the list, its pictures above its form; the arrow leads back."""

    changed = Signal()

    def __init__(self, shell: Shell, sources: Sources, record: str, row_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.spec = RECORDS["attachment"]
        self._sources = sources
        self._record, self._row_id = record, row_id
        self._rows: list[Row] = []
        self._open_id = ""
        self._thumbs: dict[str, QIcon] = {}
        self._pictures: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack)
        self._empty = EmptyState(
            records_name("attachment"),
            text("attachments.drop_here"),
            icon="paperclip",
            action=text("attachments.choose"),
            clicked=self.choose_files,
        )
        self._stack.addWidget(self._empty)
        self._list = QWidget()
        whole = QVBoxLayout(self._list)
        whole.setContentsMargins(24, 0, 24, 16)
        whole.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(label(text("attachments.drop_here"), "muted", wrap=True), 1)
        top.addWidget(button(text("attachments.choose"), self.choose_files, icon="plus"))
        whole.addLayout(top)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        whole.addLayout(self._cards)
        whole.addStretch(1)
        self._stack.addWidget(self._list)
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(icon_button("arrow-left", text("ui.back"), self.show_list))
        self._heading = ElidedLabel(role="strong")
        head.addWidget(self._heading, 1)
        head.addWidget(icon_button("download", text("attachments.save_as"), lambda: self.save_as(self._open_id)))
        head.addWidget(icon_button("trash-2", text("ui.to_bin"), lambda: self.bin(self._open_id)))
        page.addLayout(head)
        self._body = QVBoxLayout()
        page.addLayout(self._body)
        page.addStretch(1)
        self._stack.addWidget(self._page)
        shell.tasks.changed.connect(self._on_changed)

    # --- the list ---------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the files again."""
        record, row_id = self._record, self._row_id
        self.shell.tasks.read(
            lambda r: attachments.of_row(r, record, row_id),
            self._show_rows,
            context=self,
            latest=f"attachments-{id(self)}",
        )

    @property
    def is_open(self) -> bool:
        """Whether a file stands open."""
        return self._stack.currentWidget() is self._page

    def show_list(self) -> None:
        """Back to the list."""
        self._open_id = ""
        _clear(self._body)
        self._stack.setCurrentWidget(self._list if self._rows else self._empty)
        self.reload()

    def seen(self) -> list[Row]:
        """The files shown."""
        return list(self._rows)

    def _show_rows(self, rows: list[Row]) -> None:
        self._rows = rows
        self._pictures.clear()
        _clear(self._cards)
        for no, row in enumerate(rows):
            self._cards.addWidget(self._card(row))
            if row["sha256"] not in self._thumbs and no < MOST_PREVIEWS:
                self._read_thumb(row)
        if self._open_id and self._open_id not in {row["id"] for row in rows}:
            self._open_id = ""
            _clear(self._body)
        if not self._open_id:
            self._stack.setCurrentWidget(self._list if rows else self._empty)

    def _card(self, row: Row) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        line = QHBoxLayout(card)
        line.setContentsMargins(8, 8, 8, 8)
        line.setSpacing(12)
        picture = icon_button(
            "file-text", text("attachments.open", file=row["name"]), partial(self.show_row, row["id"])
        )
        picture.setIconSize(THUMB if row["sha256"] in self._thumbs else QSize(24, 24))
        picture.setFixedSize(THUMB.width() + 8, THUMB.height() + 8)
        if row["sha256"] in self._thumbs:
            picture.setIcon(self._thumbs[row["sha256"]])
        self._pictures[row["id"]] = picture
        line.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(ElidedLabel(row["name"], role="strong"))
        words.addWidget(ElidedLabel(_about(row), role="muted"))
        words.addStretch(1)
        line.addLayout(words, 1)
        line.addWidget(icon_button("download", text("attachments.save_as"), partial(self.save_as, row["id"])))
        line.addWidget(icon_button("trash-2", text("ui.to_bin"), partial(self.bin, row["id"])))
        return card

    def _read_thumb(self, row: Row) -> None:
        def show(images: list[QImage]) -> None:
            if images:
                self._thumbs[row["sha256"]] = QIcon(_edged(images[0]))
                if (picture := self._pictures.get(row["id"])) is not None:
                    picture.setIcon(self._thumbs[row["sha256"]])
                    picture.setIconSize(THUMB)

        self._read_pictures(row, THUMB, 1, show)

    def _read_pictures(self, row: Row, room: QSize, most: int, show: Any) -> None:
        if row["media_type"] not in attachments.PICTURES and row["media_type"] != attachments.PDF:
            return

        def draw(content: bytes) -> None:
            self.shell.tasks.run(lambda: drawn(content, room, most), show, context=self)

        def not_here(_: Exception) -> None:
            """Its content comes with a later bundle; the list already names it."""

        self.shell.tasks.read(lambda r: attachments.open_content(r, row["id"]), draw, not_here, context=self)

    # --- one file ---------------------------------------------------------------------------------------

    def show_row(self, row_id: str) -> None:
        """Open a file: its pages as pictures, how a sheet compares with what was typed, and what is said of it."""

        def work(r: Any) -> tuple[Row | None, list[str]]:
            found = r.get("attachment", row_id)
            return found, _compared(r, found) if found else []

        self.shell.tasks.read(work, self._show_row, context=self)

    def _show_row(self, answer: tuple[Row | None, list[str]]) -> None:
        row, compared = answer
        if row is None:
            self.show_list()
            return
        _clear(self._body)
        self._open_id = row["id"]
        self._heading.setText(row["name"])
        for said in compared:
            told = label(said, "body", wrap=True)
            told.setContentsMargins(24, 4, 24, 0)
            self._body.addWidget(told)
        pages = QWidget()
        column = QVBoxLayout(pages)
        column.setContentsMargins(24, 8, 24, 0)
        self._body.addWidget(pages)
        form = RecordForm(self.spec, self._sources, fields=_EDITED)
        form.set_values(row)
        form.edited.connect(lambda change: self._save(row["id"], change))
        self._body.addWidget(form)
        self._stack.setCurrentWidget(self._page)

        def show(images: list[QImage]) -> None:
            if self._open_id != row["id"]:
                return
            for no, image in enumerate(images, 1):
                column.addWidget(Picture(image, text("attachments.page", file=row["name"], n=no)))

        self._read_pictures(row, QSize(WIDE, 2 * WIDE), MOST_PAGES, show)

    def _save(self, row_id: str, change: dict[str, Any]) -> None:
        self.shell.tasks.write(
            lambda w: w.put("attachment", change, row_id), None, self.shell.messages.error, context=self
        )

    # --- what people do ---------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files and keep them."""
        chosen, _ = QFileDialog.getOpenFileNames(self, text("attachments.choose"))
        if chosen:
            self.add_files([Path(name) for name in chosen])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Keep files with the record. A scan with a page code goes to the activity its code names."""
        record, row_id = self._record, self._row_id

        def prepare(step: Any) -> tuple[list[Prepared], list[Exception]]:
            return _prepare(paths, step)

        def keep(found: tuple[list[Prepared], list[Exception]]) -> None:
            ready, errors = found
            self.shell.tasks.write(
                lambda w: _keep(w, record, row_id, ready, errors), self._tell, self.shell.messages.error, context=self
            )

        self.shell.tasks.run(
            prepare, keep, self.shell.messages.error, context=self, title=text("attachments.reading"), steps=True
        )

    def _tell(self, added: Added) -> None:
        if added.errors:
            self.shell.messages.error(added.errors[0])
        elif added.elsewhere:
            self.shell.messages.undo(text("attachments.filed_elsewhere", title=added.elsewhere[0]))
        elif added.pictures and self._record in _PHOTOGRAPHED:
            said = text("attachments.added", n=added.kept)
            self.shell.messages.undo(f"{said}. {text('attachments.faces')}")
        else:
            self.shell.messages.undo(text("attachments.added", n=added.kept))

    def bin(self, row_id: str) -> None:
        """Put a file into the bin and offer to take it back."""

        def done(_: Any) -> None:
            if self._open_id == row_id:
                self.show_list()
            self.shell.messages.undo(text("ui.binned", n=1))

        self.shell.tasks.write(lambda w: w.delete("attachment", row_id), done, context=self)

    def save_as(self, row_id: str) -> None:
        """Write a file where the person says; nothing is ever opened from a folder for passing files."""
        name = next((row["name"] for row in self._rows if row["id"] == row_id), "")
        chosen, _ = QFileDialog.getSaveFileName(self, text("attachments.save_as"), name)
        if not chosen:
            return

        def write(content: bytes) -> None:
            def work() -> None:
                from app.reports.files import write_whole

                write_whole(Path(chosen), content)

            said = text("attachments.saved", file=Path(chosen).name)
            self.shell.tasks.run(
                work, lambda _: self.shell.messages.good(said), self.shell.messages.error, context=self
            )

        self.shell.tasks.read(
            lambda r: attachments.open_content(r, row_id), write, self.shell.messages.error, context=self
        )

    def _on_changed(self, changes: Any, _: object) -> None:
        if changes.touch("attachment"):
            self.reload()
            self.changed.emit()


class PagesPart(QWidget):
    """The pages of one attachment as pictures, for the list of all attachments."""

    def __init__(self, shell: Shell, row_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 0)

        def work(r: Any) -> tuple[str, bytes] | None:
            row = r.get("attachment", row_id)
            return (row["name"], attachments.open_content(r, row_id)) if row else None

        def draw(found: tuple[str, bytes] | None) -> None:
            if found is None:
                return
            name, content = found

            def show(images: list[QImage]) -> None:
                for no, image in enumerate(images, 1):
                    column.addWidget(Picture(image, text("attachments.page", file=name, n=no)))

            shell.tasks.run(lambda: drawn(content, QSize(WIDE, 2 * WIDE), MOST_PAGES), show, context=self)

        def not_here(_: Exception) -> None:
            """Its content comes with a later bundle."""

        shell.tasks.read(work, draw, not_here, context=self)


class _Drops(QObject):
    """Files dragged onto a widget go to the part of files that is shown just then."""

    def __init__(self, on: QWidget, part: Callable[[], AttachmentsPart | None]) -> None:
        super().__init__(on)
        self._part = part
        on.setAcceptDrops(True)
        on.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in _DRAGGED:
            paths = files_in(event.mimeData())
            part = self._part() if paths else None
            if part is None:
                event.ignore()  # a bundle goes to the window, which receives it
            else:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    part.add_files(paths)
            return True
        return super().eventFilter(watched, event)


_DRAGGED = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def drop_files_on(widget: QWidget, part: Callable[[], AttachmentsPart | None]) -> None:
    """Let files be dragged onto a widget; `part` gives the files they are added to, None while there are none."""
    _Drops(widget, part)


class Picture(QWidget):
    """One page, as wide as there is room but never wider than it is; a white page has an edge."""

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._pixmap = _edged(image)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._pixmap.height())

    @property
    def shown(self) -> QSize:
        """The points that the picture takes."""
        room = QSize(min(self.width(), self._pixmap.width()), self._pixmap.height())
        return self._pixmap.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (height := max(1, self.shown.height())) != self.height():
            self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRect(QPoint(0, 0), self.shown), self._pixmap)
        painter.end()


def _edged(image: QImage) -> QPixmap:
    pixmap = QPixmap.fromImage(image)
    painter = QPainter(pixmap)
    painter.setPen(QColor(theme.tokens().hairline))
    painter.drawRect(pixmap.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return pixmap


# --- off the window's thread ----------------------------------------------------------------------------------------


def _prepare(paths: Sequence[Path], step: Any) -> tuple[list[Prepared], list[Exception]]:
    ready: list[Prepared] = []
    errors: list[Exception] = []
    for no, path in enumerate(paths):
        step(no, len(paths))
        try:
            with path.open("rb") as file:
                content = file.read(attachments.LARGEST + 1)  # one more than may be: attach refuses it and says so
        except OSError as error:
            errors.append(error)
            continue
        if len(content) > attachments.LARGEST:
            ready.append(Prepared(path.name, content))
            continue
        for part in scans.parts(path.name, content):  # a scan of several days becomes a file for each
            ready.append(
                Prepared(part.name, part.content if part.pages else attachments.shrink(part.content), part.pages)
            )
    return ready, errors


def _keep(w: Any, record: str, row_id: str, ready: Sequence[Prepared], errors: Sequence[Exception]) -> Added:
    added = Added(errors=list(errors))
    for one in ready:
        try:
            if one.pages:
                filed = scans.file_scan(w, one.name, one.content, one.pages)
                if (record, row_id) != ("activity", filed.activity):
                    added.elsewhere.append(title_of("activity", w.get("activity", filed.activity)))
            else:
                attachments.attach(w, record, row_id, one.name, one.content)
                added.pictures += attachments.media_type_of(one.content) in attachments.PICTURES
            added.kept += 1
        except UserError as error:  # one bad file stops no other; it is refused before anything is written
            added.errors.append(error)
    return added


def drawn(content: bytes, room: QSize, most: int) -> list[QImage]:
    """The first pages of a file as pictures no larger than `room`; what cannot be drawn is left out."""
    images = []
    for picture in scans.pages_of(content, room.width(), room.height(), most):
        buffer = QBuffer()
        buffer.setData(QByteArray(picture))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        size = reader.size()
        if not size.isValid() or size.width() * size.height() > 100_000_000:
            continue
        if size.width() > room.width() or size.height() > room.height():
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        if not image.isNull():
            images.append(image)
    return images


def _compared(r: Any, row: Mapping[str, Any]) -> list[str]:
    """What differs between a scanned sheet and the marks of its day, in words, a line a session."""
    if row["linked_record"] != "activity" or not row["page_date"]:
        return []
    activity = row["linked_id"]
    numbers = {p["id"]: p["sheet_row"] for p in r.list("participation", activity=activity)}

    def rows_of(ids: Sequence[str]) -> str:
        return ", ".join(str(numbers.get(one) or "?") for one in ids)

    told = []
    for session in sessions_of(r, activity):
        if session["date"] != row["page_date"]:
            continue
        found = scans.reconcile(r, activity, session["id"])
        said = []
        if found.signed_not_typed:
            said.append(text("attachments.signed_not_typed", rows=rows_of(found.signed_not_typed)))
        if found.typed_not_signed:
            said.append(text("attachments.typed_not_signed", rows=rows_of(found.typed_not_signed)))
        part = choices.label("day_part", session["part"]) if session["part"] else ""
        when = " · ".join(filter(None, (show_day(session["date"]), part)))
        told.append(f"{when}: {' '.join(said) or text('attachments.sheet_agrees')}")
    return told


def _about(row: Mapping[str, Any]) -> str:
    purpose = choices.label("attachment_purpose", row["purpose"]) if row["purpose"] else ""
    day = show_day(row["page_date"]) if row["page_date"] else ""
    size = text("attachments.kilobytes", n=number(max(1, round(row["size"] / 1000))))
    return " · ".join(filter(None, (purpose, day, size)))


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
