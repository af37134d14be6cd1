"""How the window looks: colours, type scale and spacing as tokens, and the palette and style sheet made from them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.basics.paths import RESOURCES

GRID = 8
"""All distances are multiples of this (or half of it inside a control)."""
SIZES = {"body": 11, "emphasis": 13, "heading": 16, "title": 22}
"""The type scale in points."""
FAMILY = "Noto Sans"


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme. Every pair of text on ground that the style sheet uses is in PAIRS and tested."""

    page: str
    rail: str
    raised: str
    field: str
    hover: str
    chosen: str
    hairline: str
    edge: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    good: str
    warn: str
    danger: str
    on_danger: str
    info_ground: str
    good_ground: str
    warn_ground: str
    danger_ground: str


LIGHT = Tokens(
    page="#ffffff",
    rail="#f6f7f7",
    raised="#ffffff",
    field="#ffffff",
    hover="#eff1f1",
    chosen="#e2efee",
    hairline="#e6e8e9",
    edge="#c9cfd1",
    text="#171c1e",
    muted="#566065",
    accent="#0d6b68",
    on_accent="#ffffff",
    accent_hover="#0a5855",
    good="#1b6e3c",
    warn="#80520a",
    danger="#b0281f",
    on_danger="#ffffff",
    info_ground="#eef3f4",
    good_ground="#e9f4ec",
    warn_ground="#fbf2df",
    danger_ground="#fbeae8",
)
DARK = Tokens(
    page="#17191b",
    rail="#111314",
    raised="#1f2224",
    field="#1d2022",
    hover="#24282a",
    chosen="#1e3534",
    hairline="#2a2e31",
    edge="#454c50",
    text="#e8eaeb",
    muted="#9ba4a9",
    accent="#62c4bb",
    on_accent="#0b1716",
    accent_hover="#83d5cd",
    good="#7cc894",
    warn="#e0b466",
    danger="#f08d84",
    on_danger="#1f0b09",
    info_ground="#1f2628",
    good_ground="#17281d",
    warn_ground="#2b2415",
    danger_ground="#301c1a",
)
PAIRS = (
    *(("text", ground) for ground in ("page", "rail", "raised", "field", "hover", "chosen")),
    *(("muted", ground) for ground in ("page", "rail", "raised", "field", "hover", "chosen", "info_ground")),
    *(("accent", ground) for ground in ("page", "rail", "raised", "field", "hover", "chosen")),
    *(("text", ground) for ground in ("info_ground", "good_ground", "warn_ground", "danger_ground")),
    *(("good", ground) for ground in ("page", "raised", "good_ground")),
    *(("warn", ground) for ground in ("page", "raised", "rail", "hover", "warn_ground")),
    *(("danger", ground) for ground in ("page", "raised", "field", "hover", "danger_ground")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_danger", "danger"),
)
"""(text, ground) pairs that occur; each has a contrast of at least 4.5."""

_current: Tokens = LIGHT


def tokens() -> Tokens:
    """The colours in force now (for what is painted by hand)."""
    return _current


def is_dark(theme: str) -> bool:
    """Whether `theme` ("system", "light", "dark") means dark on this machine."""
    if theme == "system":
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return theme == "dark"


def contrast(text: str, ground: str) -> float:
    """The WCAG contrast ratio of two opaque colours, 1 to 21."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = []
        for part in (colour.redF(), colour.greenF(), colour.blueF()):
            parts.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(text), luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def font(size: str = "body", *, bold: bool = False) -> QFont:
    """A font of the scale; its numerals have equal widths."""
    made = QFont(QApplication.font())
    made.setPointSize(SIZES[size])
    made.setBold(bold)
    return made


def load_fonts() -> None:
    """Register the bundled fonts; without them Qt takes what the system has."""
    for path in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def apply(app: QApplication, theme: str) -> None:
    """Dress the whole application in `theme`; may be called while it runs."""
    global _current
    _current = DARK if is_dark(theme) else LIGHT
    QDir.setSearchPaths("icons", [str(RESOURCES / "icons")])
    app.setStyle("Fusion")
    base = QFont(FAMILY)
    base.setPointSize(SIZES["body"])
    base.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(base)
    app.setPalette(palette(_current))
    app.setStyleSheet(style_sheet(_current))


def palette(t: Tokens) -> QPalette:
    """The Qt palette for what the style sheet does not reach (item views, popups, disabled text)."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: t.page,
        role.Base: t.field,
        role.AlternateBase: t.rail,
        role.Button: t.raised,
        role.Text: t.text,
        role.WindowText: t.text,
        role.ButtonText: t.text,
        role.ToolTipBase: t.raised,
        role.ToolTipText: t.text,
        role.PlaceholderText: t.muted,
        role.Highlight: t.chosen,
        role.HighlightedText: t.text,
        role.Link: t.accent,
        role.LinkVisited: t.accent,
        role.Accent: t.accent,
        role.Light: t.raised,
        role.Midlight: t.hairline,
        role.Mid: t.edge,
        role.Dark: t.edge,
        role.Shadow: t.edge,
    }.items():
        made.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.muted))
    return made


def style_sheet(t: Tokens) -> str:
    """The style sheet: the template below with the tokens filled in."""
    sheet = _SHEET.replace("$tick", "dark" if t is DARK else "light")
    for token in sorted((f.name for f in fields(t)), key=len, reverse=True):
        sheet = sheet.replace(f"${token}", getattr(t, token))
    for name, size in SIZES.items():
        sheet = sheet.replace(f"@{name}", f"{size}pt")
    return sheet


_SHEET = """
* { outline: none; }
QMainWindow, QDialog { background: $page; }
QWidget#page, QWidget#panel { background: $page; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 4px 8px; }

QLabel { background: transparent; color: $text; }
QLabel[role="title"] { font-size: @title; font-weight: bold; }
QLabel[role="heading"] { font-size: @heading; font-weight: bold; }
QLabel[role="emphasis"] { font-size: @emphasis; font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="number"] { font-size: @title; font-weight: bold; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="problem"] { color: $danger; }
QLabel[role="good"] { color: $good; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="key"] { color: $muted; background: $hover; border-radius: 4px; padding: 1px 6px; }

QFrame[role="hairline"] { background: $hairline; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="hairline-v"] { background: $hairline; border: none; max-width: 1px; min-width: 1px; }
QFrame[role="card"] { background: $raised; border: 1px solid $hairline; border-radius: 8px; }

QFrame[role="choice"] { background: $raised; border: 1px solid $hairline; border-radius: 8px; }
QFrame[role="choice"]:hover { background: $hover; border-color: $edge; }
QFrame[role="choice"]:focus { border: 2px solid $accent; }

QPushButton, QToolButton { background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px;
  padding: 0 14px; min-height: 30px; }
QToolButton { padding: 0 8px; }
QToolButton::menu-indicator { image: none; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $chosen; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 13px; min-height: 28px; }
QToolButton:focus { padding: 0 7px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $page; border-color: $hairline; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: bold; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $hover; color: $muted; border-color: $hairline; }
QPushButton[kind="danger"] { color: $danger; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="quiet"]:checked, QToolButton[kind="quiet"]:checked { background: $chosen; color: $accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 0 6px;
  text-align: left; }
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0 5px; }
QPushButton[kind="segment"] { border-radius: 0; border-right-width: 0; padding: 0 12px; }
QPushButton[kind="segment"][edge="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QPushButton[kind="segment"][edge="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px;
  border-right-width: 1px; }
QPushButton[kind="segment"][edge="only"] { border-radius: 6px; border-right-width: 1px; }
QPushButton[kind="segment"]:checked { background: $chosen; color: $accent; font-weight: bold; }
QPushButton[kind="segment"]:focus { border: 2px solid $accent; padding: 0 11px; }
QToolButton[kind="chip"] { background: $hover; border: 1px solid transparent; border-radius: 11px; padding: 0 8px;
  min-height: 22px; }
QToolButton[kind="chip"]:hover { background: $chosen; }
QToolButton[kind="chip"]:focus { border: 2px solid $accent; padding: 0 7px; min-height: 20px; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox, QFrame[role="field"] { background: $field;
  color: $text; border: 1px solid $edge; border-radius: 6px; padding: 0 8px; min-height: 30px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit, QTextEdit { padding: 4px 4px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus,
  QFrame[role="field"][focused="true"] { border: 2px solid $accent; padding: 0 7px; min-height: 28px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 3px; }
QLineEdit > QToolButton, QLineEdit > QToolButton:hover, QLineEdit > QToolButton:focus { border: none; padding: 0;
  min-height: 0; background: transparent; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QFrame[role="field"][wrong="true"] {
  border: 1px solid $danger; }
QLineEdit:read-only, QLineEdit:disabled, QPlainTextEdit:read-only { background: $page; border-color: $hairline; }
QFrame[role="field"] { padding: 2px; }
QFrame[role="field"][focused="true"] { padding: 1px; }
QFrame[role="field"] QLineEdit { border: none; background: transparent; min-height: 24px; padding: 0 4px; }
QFrame[role="field"] QLineEdit:focus { border: none; padding: 0 4px; min-height: 24px; }
QLineEdit[role="search"] { background: $rail; border-color: $hairline; padding-left: 4px; }
QLineEdit[role="search"]:focus { background: $field; border-color: $accent; padding-left: 3px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(icons:qss/down.svg); width: 12px; height: 12px; }
QCheckBox, QRadioButton { color: $text; spacing: 8px; min-height: 24px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid $muted;
  border-radius: 4px; background: $field; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent; width: 14px; height: 14px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked { background: $accent; border-color: $accent;
  image: url(icons:qss/tick-$tick.svg); }

QFrame#rail { background: $rail; border: none; border-right: 1px solid $hairline; }
QPushButton[role="rail"] { background: transparent; border: 1px solid transparent; border-radius: 6px; color: $muted;
  text-align: left; padding: 0 10px; min-height: 34px; }
QPushButton[role="rail"]:hover { background: $hover; color: $text; }
QPushButton[role="rail"]:checked { background: $chosen; color: $accent; font-weight: bold; }
QPushButton[role="rail"]:focus { border: 2px solid $accent; padding: 0 9px; min-height: 32px; }
QFrame#foot { background: $rail; border: none; border-top: 1px solid $hairline; }
QFrame#foot QLabel { color: $muted; }
QLabel[role="badge"] { color: $warn; background: $warn_ground; border-radius: 4px; padding: 1px 8px; }
QFrame#foot QLabel[role="badge"] { color: $warn; }
QPushButton[kind="foot"] { background: transparent; border: 1px solid transparent; color: $muted; padding: 0 4px;
  min-height: 22px; }
QPushButton[kind="foot"]:hover { color: $text; background: $hover; }
QPushButton[kind="foot"]:focus { border: 2px solid $accent; padding: 0 3px; min-height: 20px; }
QPushButton[kind="foot"][pressing="true"] { color: $warn; }

QFrame#message { border: none; border-radius: 8px; background: $info_ground; }
QFrame#message[kind="good"] { background: $good_ground; }
QFrame#message[kind="warn"] { background: $warn_ground; }
QFrame#message[kind="error"] { background: $danger_ground; }
QFrame#progress { border: none; background: $info_ground; border-radius: 8px; }
QProgressBar { background: $hairline; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QTableView, QListView, QTreeView { background: $page; color: $text; border: none; gridline-color: $hairline;
  selection-background-color: $chosen; selection-color: $text; alternate-background-color: $page; }
QTableView::item { padding: 0 8px; border: none; border-bottom: 1px solid $hairline; }
QTableView::item:hover { background: $hover; }
QTableView::item:selected { background: $chosen; color: $text; }
QTreeView::item { padding: 0 8px; min-height: 30px; border: none; border-bottom: 1px solid $hairline; }
QTreeView::item:hover { background: $hover; }
QTreeView::item:selected { background: $chosen; color: $text; }
QListView::item { padding: 4px 8px; border-radius: 6px; min-height: 24px; }
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $chosen; color: $text; }
QHeaderView { background: $page; border: none; }
QHeaderView::section { background: $page; color: $muted; border: none; border-bottom: 1px solid $edge;
  padding: 0 11px; min-height: 32px; }
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow, QHeaderView::down-arrow { width: 12px; height: 12px; subcontrol-position: center right;
  right: 4px; }
QHeaderView::up-arrow { image: url(icons:qss/up.svg); }
QHeaderView::down-arrow { image: url(icons:qss/down.svg); }
QTableCornerButton::section { background: $page; border: none; }

QAbstractScrollArea::corner { background: $page; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; min-height: 32px; min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none;
  width: 0; height: 0; }
QSplitter::handle { background: $hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
  padding: 0 4px; margin-right: 20px; min-height: 34px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; }
QTabBar:focus::tab:selected { background: $chosen; }

QMenu { background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $chosen; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QAbstractItemView#popup { background: $raised; border: 1px solid $edge; border-radius: 6px; padding: 4px; }
QFrame#palette { background: $raised; border: 1px solid $edge; border-radius: 10px; }
QFrame#palette QLineEdit { border: none; background: transparent; font-size: @emphasis; min-height: 44px; }
QFrame#palette QListView { background: transparent; }
QCalendarWidget QWidget { alternate-background-color: $raised; background: $raised; }
QCalendarWidget QAbstractItemView { background: $raised; selection-background-color: $accent;
  selection-color: $on_accent; }
QCalendarWidget QToolButton { border: none; background: transparent; }
"""
