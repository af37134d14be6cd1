"""Charts show the numbers they are given, in proportion."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from app.ui import theme
from app.ui.widgets.charts import Bar, BarChart, Ink, TargetBar, number, paint_bars, paint_columns

INK = Ink(QColor("#ff0000"), QColor("#eeeeee"), QColor("#000000"), QColor("#444444"))


def drawn(paint: Any, bars: list[Bar]) -> QImage:
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, 400, 200), bars, INK, QFont())
    painter.end()
    return image


def red_in_row(image: QImage, y: int) -> int:
    return sum(image.pixelColor(x, y).name() == "#ff0000" for x in range(image.width()))


def red_in_column(image: QImage, x: int) -> int:
    return sum(image.pixelColor(x, y).name() == "#ff0000" for y in range(image.height()))


def test_bars_are_as_long_as_their_values(qapp: Any) -> None:
    image = drawn(paint_bars, [Bar("Gəncə", 100), Bar("Quba", 50), Bar("Şirvan", 0)])
    lengths = sorted({red_in_row(image, y) for y in range(200)} - {0})
    longest, half = lengths[-1], max(n for n in lengths if n < lengths[-1] * 0.7)
    assert abs(half * 2 - longest) <= 4


def test_columns_are_as_high_as_their_values(qapp: Any) -> None:
    image = drawn(paint_columns, [Bar("9", 100), Bar("10", 25)])
    assert abs(red_in_column(image, 100) - 4 * red_in_column(image, 300)) <= 8


def test_nothing_is_drawn_of_nothing(qapp: Any) -> None:
    for paint in (paint_bars, paint_columns):
        assert all(red_in_row(drawn(paint, []), y) == 0 for y in range(0, 200, 10))


def test_a_chart_tells_its_numbers_to_a_screen_reader(qapp: Any, qtbot: Any) -> None:
    theme.apply(qapp, "light")
    for columns in (False, True):
        chart = BarChart("Participants", columns=columns)
        qtbot.addWidget(chart)
        chart.show_bars([Bar("Women", 1200), Bar("Men", 800, target=900)])
        chart.resize(chart.sizeHint())
        chart.grab()
        assert chart.accessibleName() == "Participants: Women 1\u202f200, Men 800"


def test_a_target_bar_is_never_more_than_full(qtbot: Any) -> None:
    bar = TargetBar()
    qtbot.addWidget(bar)
    bar.show_value(300, 200)
    assert bar._part == 1
    bar.show_value(50, 200)
    assert bar._part == 0.25
    bar.show_value(5, 0)
    assert bar._part == 0
    bar.grab()


def test_numbers() -> None:
    assert number(1234567) == "1\u202f234\u202f567" and number(2.5) == "2,5" and number(3.0) == "3"


def test_ink_for_paper_is_dark_on_white() -> None:
    paper = Ink.paper()
    assert theme.contrast(paper.text.name(), "#ffffff") > 7 and theme.contrast(paper.muted.name(), "#ffffff") > 7
