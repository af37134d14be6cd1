"""Names do not stay on the clipboard, and no history is told to keep them."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication

from app.ui.clipboard import put_private


def test_it_is_gone_after_a_while(qtbot: Any) -> None:
    put_private("Məmmədov Elçin", seconds=0.1)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "Məmmədov Elçin"
    assert bytes(clipboard.mimeData().data("x-kde-passwordManagerHint").data()) == b"secret"
    assert any("ExcludeClipboardContentFromMonitorProcessing" in form for form in clipboard.mimeData().formats())
    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=3000)


def test_what_was_copied_meanwhile_stays(qtbot: Any) -> None:
    put_private("Məmmədov Elçin", seconds=0.1)
    QGuiApplication.clipboard().setText("something else")
    qtbot.wait(300)
    assert QGuiApplication.clipboard().text() == "something else"
