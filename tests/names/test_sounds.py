"""Letters of the three languages stand for one another as names.md lists them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names.fold import plain
from app.names.sounds import align, distance, prefix_distance, signs_with_sizes, sounds
from tests.names import compose


def apart(one: str, other: str) -> float:
    return distance(sounds(plain(one)), sounds(plain(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hüseyn", "Гусейн"), ("Hikmət", "Хикмет"), ("Əhməd", "Ахмед"), ("Hüseynov", "Guseynov"),
        ("Əhmədov", "Akhmedov"),
        ("Xəlil", "Халил"), ("Khalil", "Xəlil"), ("Quliyev", "Кулиев"), ("Quliyev", "Гулиев"), ("Qasımov", "Касумов"),
        ("Ağa", "Ага"), ("Oruc", "Орудж"), ("Orudj", "Орудж"), ("Cavid", "Djavid"), ("Çingiz", "Чингиз"),
        ("Şirin", "Shirin"),
        ("Elçin", "Elcin"), ("Şahin", "Sahin"), ("Könül", "Кенуль"), ("Gülnar", "Гюльнар"), ("Əliyev", "Aliev"),
        ("Jalə", "Жаля"), ("Abbas", "Abas"), ("Məmməd", "Мамед"), ("Һүсејнов", "Hüseynov"), ("Ҹавад", "Cavad"),
        ("Əkbər", "Акпер"), ("Tahir", "Таир"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_near(one: str, other: str) -> None:
    assert apart(one, other) <= 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Elçin", "Elşən"),
        ("Ramil", "Ramin"),
        ("Günel", "Günay"),
        ("Həsən", "Cəlal"),
        ("Nadir", "Qədir"),
        ("Vəli", "Əli"),
    ],
)
def test_different_names_are_far(one: str, other: str) -> None:
    assert apart(one, other) >= 0.9


def test_a_near_pair_is_nearer_than_another_name() -> None:
    assert apart("Həsənov", "Гасанов") < 0.5 * apart("Hüseynov", "Гасанов")


def test_the_quick_row_is_the_careful_row() -> None:
    texts = [name for row in compose.rows("persons.csv") for name in row.values()]
    texts += [compose.old_cyrillic(row["az"]) for row in compose.GIVEN]
    for text in texts:
        for word in plain(text).replace("-", " ").split():
            assert sounds(word) == bytes(sign for sign, _ in signs_with_sizes(word)), word


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_a_distance(one: str, other: str) -> None:
    first, second = sounds(plain(one)), sounds(plain(other))
    assert distance(first, first) == 0.0
    assert distance(first, second, 99.0) == pytest.approx(distance(second, first, 99.0))
    assert distance(first, second) >= 0.0
    assert prefix_distance(first[:3], first) == 0.0


@given(st.text(alphabet="əaeiıoöuühxgqğkcçjşsz", max_size=9), st.text(alphabet="аеиоуыэюягхкжчшдмн", max_size=9))
def test_laying_side_by_side_uses_every_letter_once(one: str, other: str) -> None:
    first, second = sounds(plain(one)), sounds(plain(other))
    pairs = align(first, second)
    assert [i for i, _, _ in pairs if i >= 0] == list(range(len(first)))
    assert [j for _, j, _ in pairs if j >= 0] == list(range(len(second)))
