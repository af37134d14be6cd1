"""The overview of keys shows them all."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from app.ui.widgets.keys_sheet import KeysSheet


def test_every_key_is_there_with_its_words(qtbot: Any) -> None:
    keys = [("Ctrl+K", "Find"), ("F1", "Keys"), ("Esc", "Back")]
    sheet = KeysSheet("Keys", "Every action has a key.", keys)
    qtbot.addWidget(sheet)
    shown = [part.text() for part in sheet.findChildren(QLabel)]
    assert all(key in shown and words in shown for key, words in keys)
