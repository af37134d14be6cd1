"""Letters under letters: every piece is drawn, lines break between words, and it can be read out."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QImage

from app.names.match import explain
from app.ui.widgets.letter_pairs import LetterPairs


def drawn(widget: LetterPairs) -> QImage:
    image = widget.grab().toImage()
    assert not image.isNull()
    return image


def test_it_is_read_out_and_drawn(qtbot: Any) -> None:
    made = LetterPairs()
    qtbot.addWidget(made)
    made.resize(600, 100)
    empty = drawn(made)
    made.show_pieces(explain("Orudj", "Орудж"), "Orudj / Орудж")
    made.resize(600, made.sizeHint().height())
    assert made.accessibleName() == "Orudj / Орудж"
    assert drawn(made).scaled(60, 10) != empty.scaled(60, 10)


def test_a_long_name_goes_on_in_the_next_line(qtbot: Any) -> None:
    made = LetterPairs()
    qtbot.addWidget(made)
    made.show_pieces(explain("Məmmədhüseynzadə Əbdülrəhman Məhəmmədəli oğlu", "Мамедгусейнзаде Абдулрахман"), "x")
    made.resize(800, 100)
    wide = made.sizeHint().height()
    made.resize(260, 100)
    assert made.sizeHint().height() > wide


def test_names_that_are_equal_need_no_signs_between(qtbot: Any) -> None:
    made = LetterPairs()
    qtbot.addWidget(made)
    made.show_pieces(explain("Orucov", "Orucov"), "x")
    equal = made.sizeHint().height()
    made.show_pieces(explain("Orucov", "Оруджов"), "x")
    assert made.sizeHint().height() > equal
