"""Compared texts can be put together again, both the old one and the new one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.reports.letter import compared, plain, spoken

_SAID = st.text(alphabet="ab ə\n", max_size=30)


@given(_SAID, _SAID)
def test_nothing_is_lost(before: str, after: str) -> None:
    runs = compared(before, after, marked=True)
    assert spoken(runs) == after
    assert "".join(said for said, mark in runs if mark != "added") == before


@given(_SAID, _SAID)
def test_without_marks_it_is_the_new_text(before: str, after: str) -> None:
    assert compared(before, after, marked=False) == plain(after)


def test_words_are_compared_whole() -> None:
    assert compared("ask the mayor now", "ask the police now", marked=True) == [
        ("ask the ", ""),
        ("mayor ", "removed"),
        ("police ", "added"),
        ("now", ""),
    ]
    assert compared(None, "x", marked=True) == [("x", "added")]
    assert compared("x", None, marked=True) == [("x", "removed")]
