"""Puts text on the clipboard so that no history keeps it and it does not stay there; reads nothing of others."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

SECONDS = 30
"""How long names stay on the clipboard: enough to paste them into a workbook that is open."""
_NO_HISTORY = (
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"',
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"',
)
_KDE = "x-kde-passwordManagerHint"


def put_private(said: str, seconds: float = SECONDS) -> None:
    """Put text there for some seconds only; whatever somebody else copies meanwhile stays."""
    data = QMimeData()
    data.setText(said)
    for form in _NO_HISTORY:  # four zero bytes: "no" to each of the last two, any content to the first
        data.setData(form, QByteArray(b"\0\0\0\0"))
    data.setData(_KDE, QByteArray(b"secret"))
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(data)

    def clear() -> None:
        if clipboard.text() == said:
            clipboard.clear()

    QTimer.singleShot(round(seconds * 1000), clipboard, clear)
