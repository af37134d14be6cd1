"""Two words are as alike as the names they spell; endings of surnames and Russian fathers do not hide a stem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names.fold import plain
from app.names.words import beginning_likeness, begins_like, first_classes, likeness, word
from tests.names import compose


def alike(one: str, other: str) -> float:
    return likeness(word(plain(one)), word(plain(other)))


@pytest.mark.parametrize("file", ["given.csv", "surnames.csv"])
def test_hand_written_spellings_are_alike(file: str) -> None:
    pairs = [
        (alike(row["az"], other.replace("-", "")), row["az"], other)
        for row in compose.rows(file)
        for other in (row["ru"] + "|" + row["en"]).split("|")
    ]
    assert sum(likeness >= 0.9 for likeness, _, _ in pairs) / len(pairs) >= 0.97
    assert min(pairs)[0] >= 0.6, min(pairs)


def test_different_given_names_are_less_alike() -> None:
    names = [row["az"] for row in compose.GIVEN]
    pairs = [alike(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]
    assert sum(likeness >= 0.9 for likeness in pairs) / len(pairs) < 0.005


def test_a_changed_ending_keeps_the_stem() -> None:
    for other in ("Əliyeva", "Əlizadə", "Алиев", "Əlili"):
        assert alike("Əliyev", other) > 0.8
    assert alike("Hacıbəyov", "Гаджибеков") > 0.95
    assert alike("Rəşid", "Рашидович") > 0.9
    assert alike("Əliyev", "Əliyeva") > alike("Əliyev", "Əlizadə")


def test_beginnings() -> None:
    assert beginning_likeness(word("гус"), word("hüseynov")) > 0.9
    assert beginning_likeness(word("нид"), word("nicat")) > 0.8  # half of дж
    assert beginning_likeness(word("quli"), word("hüseynov")) == 0.0
    assert beginning_likeness(word("hüseynovun"), word("hüs")) == 0.0


@pytest.mark.parametrize(
    ("initial", "name"),
    [("г", "hüseyn"), ("g", "qasım"), ("д", "cavid"), ("y", "юсиф"), ("ş", "шамиль"), ("е", "yeganə")],
)
def test_initials_in_any_alphabet(initial: str, name: str) -> None:
    assert begins_like(word(initial), word(name))
    assert first_classes(initial) & first_classes(name)


def test_initials_of_other_letters() -> None:
    assert not begins_like(word("m"), word("hüseyn"))
    assert not begins_like(word("а"), word("samir"))


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_a_share(one: str, other: str) -> None:
    first, second = word(plain(one)), word(plain(other))
    assert likeness(first, first) == 1.0
    assert 0.0 <= likeness(first, second) <= 1.0
    assert likeness(first, second) == pytest.approx(likeness(second, first))
    assert 0.0 <= beginning_likeness(first, second) <= 1.0
