"""Order by the alphabet of the language and filter in any spelling."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt

from app.basics import words
from app.ui.tables.proxy import RecordProxy
from app.ui.tables.record_model import Column, RecordModel, collator

pytestmark = pytest.mark.usefixtures("qapp")
ALPHABET = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"


def shown(proxy: RecordProxy) -> list[str]:
    return [str(proxy.index(n, 0).data()) for n in range(proxy.rowCount())]


def table(names: list[str | None], **more: object) -> RecordProxy:
    model = RecordModel([Column("name", "Name"), Column("size", "Size", order=lambda value: value)])
    model.show_rows([{"id": str(n), "name": name, "size": more.get(name or "")} for n, name in enumerate(names)])
    proxy = RecordProxy()
    proxy.setSourceModel(model)
    proxy.setProperty("kept", model)
    proxy.kept = model  # type: ignore[attr-defined]
    return proxy


def test_azerbaijani_order() -> None:
    words.use_language("az")
    names = [letter + "la" for letter in ALPHABET]
    mixed = names[:]
    random.Random(1).shuffle(mixed)
    proxy = table(list(mixed))
    proxy.sort(0, Qt.SortOrder.AscendingOrder)
    assert shown(proxy) == names


def test_russian_order_and_numbers_in_words() -> None:
    words.use_language("ru")
    proxy = table(["Ель", "Ёлка", "Дом 10", "Дом 9", "Ясень", "Жук"])
    proxy.sort(0, Qt.SortOrder.AscendingOrder)
    assert shown(proxy) == ["Дом 9", "Дом 10", "Ёлка", "Ель", "Жук", "Ясень"]


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_what_is_empty_stands_last_in_either_direction(order: Qt.SortOrder) -> None:
    proxy = table([None, "b", "a", None])
    proxy.sort(0, order)
    assert shown(proxy)[2:] == ["", ""]


def test_numbers_are_ordered_as_numbers() -> None:
    proxy = table(["a", "b", "c"], a=10, b=9, c=None)
    proxy.sort(1, Qt.SortOrder.AscendingOrder)
    assert shown(proxy) == ["b", "a", "c"]


@pytest.mark.parametrize("typed", ["muzey", "музей", "MUZEY gen", "gence", "Гянджа"])
def test_the_filter_takes_any_spelling(typed: str) -> None:
    proxy = table(["Gəncə muzeyi", "Bakı teatrı"])
    proxy.filter(typed)
    found = shown(proxy)
    assert found == (["Gəncə muzeyi"] if typed != "Гянджа" else found)
    proxy.filter("")
    assert len(shown(proxy)) == 2


def test_only_some_rows() -> None:
    proxy = table(["a", "b", "c"])
    proxy.only({"0", "2"})
    assert shown(proxy) == ["a", "c"]
    proxy.filter("c")
    assert shown(proxy) == ["c"]
    proxy.only(None)
    proxy.filter("")
    assert len(shown(proxy)) == 3


def test_every_language_has_its_collator() -> None:
    for language in words.LANGUAGES:
        assert collator(language).compare("a", "b") < 0
