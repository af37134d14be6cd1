"""A column that scrolls keeps its width, and a cleared layout is empty to the innermost."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from app.ui.widgets.labels import label
from app.ui.widgets.scroll_column import ScrollColumn, clear


def test_what_is_in_it_is_as_wide_as_there_is_room_and_goes_when_cleared(qtbot: Any) -> None:
    area = ScrollColumn()
    qtbot.addWidget(area)
    row = QHBoxLayout()
    inner = label("inner")
    row.addWidget(inner)
    area.column.addLayout(row)
    area.column.addWidget(label("long " * 200, wrap=True))
    area.resize(300, 200)
    area.show()
    assert area.widget().width() == area.viewport().width()
    clear(area.column)
    assert area.column.count() == 0 and row.count() == 0 and inner.isHidden()
