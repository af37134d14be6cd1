"""The running counts as shown and as read out."""

from __future__ import annotations

from typing import Any

from app.ui.widgets.charts import Bar, BarChart
from app.ui.widgets.presence import PresencePanel


def test_counts_are_shown_and_said(qtbot: Any) -> None:
    panel = PresencePanel("By sex", "By service", "Not here")
    qtbot.addWidget(panel)
    panel.resize(280, 500)
    panel.show_counts("38 / 40", "38 present of 40", [Bar("Woman", 6), Bar("Man", 32)], [], "7  Əliyev Samir")
    panel.show()
    assert panel.number == "38 / 40"
    charts = panel.findChildren(BarChart)
    assert charts[0].accessibleName() == "By sex: Woman 6, Man 32"
    assert panel._missing.isVisible()
    panel.show_counts("40 / 40", "", [Bar("Woman", 6)], [], "")
    assert not panel._missing.isVisible() and not panel._missing_head.isVisible()
