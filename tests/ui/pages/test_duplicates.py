"""The queue by keyboard: one key a pair, 100 pairs in well under 15 minutes, every answer can be taken back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.models.store import Store
from app.services import people
from app.ui.main_window import MainWindow
from app.ui.pages.duplicates import DuplicatesView, differ_by, reason_words
from app.ui.pages.people import PeoplePage
from tests import build
from tests.names.compose import ALL_SURNAMES, MEN
from tests.ui.keyboard import press
from tests.ui.pages.desk import a_window, settle


@pytest.fixture
def window(tasks: Any, qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    with a_window(tasks, qtbot, tmp_path) as made:
        yield made


def twins(store: Store, number: int) -> list[tuple[str, str]]:
    """So many persons with two cards each: Azerbaijani and Russian."""

    def make(w: Any) -> list[tuple[str, str]]:
        made = []
        for n in range(number):
            surname, given, father = ALL_SURNAMES[n * 7], MEN[n % len(MEN)], MEN[(n * 3 + 1) % len(MEN)]
            shared = {"sex": "m", "phone": f"+99450555{n:04}", "birth_year": 1960 + n % 35}
            az = [row["az"].split("|")[0] for row in (surname, given, father)]
            ru = [row["ru"].split("|")[0] for row in (surname, given)]
            one = build.a_person(w, surname=az[0], given=az[1], patronymic=az[2], suffix="oglu", **shared)
            other = build.a_person(w, surname=ru[0], given=ru[1], patronymic=None, suffix=None, rank=None, **shared)
            made.append((one, other))
        return made

    return store.write(make).value


def open_queue(window: MainWindow) -> DuplicatesView:
    window.go("people", "duplicates")
    settle()
    assert isinstance(window.page, PeoplePage)
    return window.page.duplicates


def live(store: Store) -> int:
    with store.read() as reader:
        return sum(1 for row in reader.list("person") if not row["merged_into"])


def test_a_hundred_pairs_are_a_hundred_keys(window: MainWindow, store: Store) -> None:
    twins(store, 100)
    view = open_queue(window)
    waiting = len(view.pairs)
    assert waiting >= 95
    started = time.monotonic()
    keys = 0
    while view.pairs:
        press("1", view)
        keys += 1
        assert keys <= waiting
    spent = time.monotonic() - started
    assert keys <= waiting
    assert spent < 120, "what the program itself takes of the 15 minutes"
    assert live(store) <= 205 - waiting
    press("Ctrl+Z")
    settle()
    assert len(view.pairs) == 1, "the last answer comes back"


@pytest.mark.parametrize(("key", "kept"), [("1", "one"), ("2", "other")])
def test_same_keeps_the_card_of_the_key(window: MainWindow, store: Store, key: str, kept: str) -> None:
    twins(store, 1)
    view = open_queue(window)
    (pair,) = view.pairs
    keep, gone = (pair.one, pair.other) if kept == "one" else (pair.other, pair.one)
    press(key, view)
    with store.read() as reader:
        assert people.canonical(reader, gone["id"]) == keep["id"]
    assert view.pairs == []
    press("Ctrl+Z")
    settle()
    assert len(view.pairs) == 1 and live(store) == 2


def test_different_is_for_ever_and_later_goes_to_the_end(window: MainWindow, store: Store) -> None:
    twins(store, 3)
    view = open_queue(window)
    first, second = view.pairs[0], view.pairs[1]
    press("4", view)
    assert view.pairs[-1] is first and view.pairs[0] is second
    press("3", view)
    assert len(view.pairs) == 2 and live(store) == 6
    with store.read() as reader:
        (decision,) = reader.list("pair_decision")
    assert decision["verdict"] == "different"
    view.look()
    settle()
    assert len(view.pairs) == 2 and view.pairs[-1].one["id"] == first.one["id"], "later stays last"


def test_arrows_look_at_others_without_deciding(window: MainWindow, store: Store) -> None:
    twins(store, 3)
    view = open_queue(window)
    press("Right Right Left", view)
    assert view.at == 1 and live(store) == 6


def test_names_are_explained_letter_by_letter(window: MainWindow, store: Store) -> None:
    shared = {"sex": "m", "phone": "0501112233"}
    russian = {"surname": "Оруджов", "given": "Рашид", "patronymic": None, "suffix": None}
    store.write(
        lambda w: [
            build.a_person(w, surname="Orucov", given="Rəşid", patronymic="Elçin", suffix="oglu", **shared),
            build.a_person(w, **russian, **shared),
        ]
    )
    view = open_queue(window)
    assert view._letters.isVisible()
    pieces = {(piece.first, piece.second): piece.kind for piece in view._letters._pieces}
    assert any("дж" in pair and kind == "sound" for pair, kind in pieces.items()), pieces


def test_every_reason_has_words_in_three_languages() -> None:
    from app.basics import words

    levels = ("same", "close", "far", "other", "turned", "initial_fits", "initial_clashes")
    codes = [f"{part}_{level}" for part in ("surname", "given", "father") for level in levels]
    codes += ["names_turned", "sex_same", "sex_other", "birth_year_same", "birth_year_nearly", "birth_other"]
    codes += ["birth_same", "birth_nearly", "birth_turned", "phone_same", "phone_nearly", "phone_other"]
    codes += ["email_same", "email_other", "unit_same", "unit_other", "signed_both"]
    for language in words.LANGUAGES:
        words.use_language(language)
        assert all("_" not in reason_words(code) and reason_words(code) != code.replace("_", " ") for code in codes)


def test_two_spellings_of_one_name_are_no_difference() -> None:
    assert not differ_by("surname", "Məmmədov", "Мамедов", {"surname_same"})
    assert not differ_by("patronymic", "Rəşid", "Рашидович", {"father_same"})
    assert differ_by("surname", "Məmmədov", "Quliyev", {"given_same"})
    assert not differ_by("unit", "Nizami", "", ())
