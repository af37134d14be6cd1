"""Labels show names as they are, never as markup."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.ui import theme
from app.ui.widgets.labels import ROLES, ElidedLabel, hairline, label, set_role
from tests.architecture.code import sources


@pytest.mark.parametrize("role", ROLES)
def test_every_label_is_plain_text(role: str, qtbot: Any) -> None:
    made = label("<b>Əli</b>", role)
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText and made.text() == "<b>Əli</b>"


def test_nobody_else_makes_labels() -> None:
    found = [s.path for s in sources() if s.path.startswith("app/ui/") and "QLabel(" in s.text]
    assert found == ["app/ui/widgets/labels.py"]


def test_a_role_can_change_while_it_is_shown(qapp: Any, qtbot: Any) -> None:
    theme.apply(qapp, "light")
    made = label("Klub")
    qtbot.addWidget(made)
    made.show()
    before = made.palette().color(made.foregroundRole())
    set_role(made, "problem")
    made.ensurePolished()
    assert made.palette().color(made.foregroundRole()) != before


def test_a_long_name_is_shortened_and_its_tip_is_whole(qtbot: Any) -> None:
    name = "Qadınların hüquqlarının müdafiəsi üzrə seminar " * 3
    made = ElidedLabel(name)
    qtbot.addWidget(made)
    made.resize(120, 24)
    made.show()
    made.grab()
    assert made.toolTip() == name
    made.resize(4000, 24)
    made.grab()
    assert made.toolTip() == ""
    assert isinstance(hairline(), QFrame)
