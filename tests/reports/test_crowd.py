"""The sentence about a crowd: exact where it was counted, round where one says "about", nothing added."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.store import Store
from app.reports.crowd import rounded, sentences
from app.services import tallies
from tests import build


def said(store: Store, activity: str, language: str = "en") -> list[str]:
    with store.read() as reader:
        return sentences(reader, activity, language)


def an_open_day(w: Any) -> str:
    day = build.an_open_day(w)
    for door, category, n in (("A", "woman", 200), ("B", "girl", 110), ("A", "man", 150), ("B", "boy", 137)):
        build.a_tally(w, day, category, n, door=door)
    return day


def test_counted_at_two_doors(store: Store) -> None:
    day = store.write(an_open_day).value
    assert said(store, day) == ["About 600 people (597 counted at 2 entrances; 52 % women and girls)."]
    assert said(store, day, "az") == ["Təxminən 600 nəfər (2 girişdə 597 nəfər sayılıb; 52 % qadın və qız)."]
    assert said(store, day, "ru") == ["Около 600 человек (у 2 входов сосчитано 597; 52 % женщин и девочек)."]


def test_what_was_estimated_and_taken_off_is_said_apart(store: Store) -> None:
    def fill(w: Any) -> str:
        day = an_open_day(w)
        tallies.estimate(w, day, "A", 83)
        tallies.correct(w, day, "A", "man", 50, "two gates")
        return day

    assert said(store, store.write(fill).value) == [
        "About 550 people (547 counted at 2 entrances; 57 % women and girls).",
        "Besides them, about 83 by estimate; they are not among those counted.",
        "50 were taken off by corrections with a reason.",
    ]


def test_the_official_figure_comes_first_with_its_range(store: Store) -> None:
    def fill(w: Any) -> str:
        day = build.an_open_day(w)
        about = {"activity": day, "figure": 700, "low": 600, "high": 800, "method": "organiser_estimate"}
        w.put("headcount", {**about, "official": True})
        w.put("headcount", {**about, "figure": 9000, "high": None})
        return day

    assert said(store, store.write(fill).value) == ["Official figure: 700, between 600 and 800 (organiser's estimate)."]


def test_nobody_counted_is_no_sentence(store: Store) -> None:
    assert said(store, store.write(build.an_open_day).value) == []


@pytest.mark.parametrize(
    ("number", "as_said"), [(0, 0), (7, 7), (99, 99), (100, 100), (597, 600), (1_249, 1_200), (25_499, 25_000)]
)
def test_a_number_as_people_say_it(number: int, as_said: int) -> None:
    assert rounded(number) == as_said
