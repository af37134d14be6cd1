"""The actions that work everywhere, declared once: words, icon, keys. What they do is the window's."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from app.basics.words import text


@dataclass(frozen=True)
class Action:
    """One action; the first of `keys` is the one that is shown."""

    name: str
    icon: str
    keys: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its words in the language spoken now."""
        return text(f"ui.act_{self.name}")

    @property
    def shown_key(self) -> str:
        """Its key as people write it."""
        return QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


ACTIONS: tuple[Action, ...] = (
    Action("find", "search", ("Ctrl+K",)),
    Action("back", "arrow-left", ("Esc", "Alt+Left")),
    Action("undo", "undo-2", ("Ctrl+Z",)),
    Action("redo", "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Action("filter", "filter", ("Ctrl+F",)),
    Action("reload", "refresh-cw", ("F5",)),
    Action("rail", "panel-left", ("Ctrl+B",)),
    Action("theme", "moon", ("Ctrl+Shift+T",)),
    Action("language", "languages", ("Ctrl+Shift+L",)),
    Action("lock", "lock", ("Ctrl+Shift+X",)),
    Action("keys", "keyboard", ("F1",)),
    Action("quit", "log-out", ("Ctrl+Q",)),
)
