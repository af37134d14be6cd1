"""What a bundle brings, in words: counted, in three languages, with what has to be known besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.basics import words
from app.errors import UserError
from app.sync.receive import Received, Refusal
from app.ui.pages.bundle_words import counted, effects, refused_words, size_word, told, warnings


def a_plan(**more: object) -> Received:
    return Received("b", "Gəncə 1", "laptop", "2026-11-21T10:00:00Z", 12, **more)  # type: ignore[arg-type]


def test_a_person_can_read_it() -> None:
    plan = a_plan(created={"activity": 3, "person": 12, "cost": 2}, changed={"person": 1}, conflicts=["x"])
    said = told(plan)
    assert said.startswith("Gəncə 1, no. 12 of 21.11.2026: 12 new people, 3 new activities, ")
    assert "1 person changed" in said and said.endswith("1 conflict")
    assert told(a_plan()).endswith("nothing new") and "already" in told(a_plan(again=True))


def test_a_long_list_is_summed_up_after_what_people_know() -> None:
    brought = {"person": 12, "activity": 3, "session": 6, "group": 1, "cost": 2, "quote": 2, "survey": 1}
    assert counted("new", brought) == [
        "12 new people", "3 new activities", "1 new group", "6 new sessions", "5 more new records"
    ]  # fmt: skip


@pytest.mark.parametrize(("n", "said"), [(1, "1 новый человек"), (3, "3 новых человека"), (12, "12 новых человек")])
def test_russian_counts_are_russian(n: int, said: str) -> None:
    words.use_language("ru")
    assert counted("new", {"person": n}) == [said]


def test_what_must_be_known_is_said() -> None:
    plan = a_plan(missing=[10, 11], set_back_at=40, copied=True, moment_doubtful=True, refused=1, parked=2)
    said = " ".join(warnings(plan))
    assert "10, 11" in said and "goes on after no. 40" in said and "Two computers" in said and "clock" in said
    assert len(warnings(a_plan(state_differs=True, we_were_set_back=True))) == 2 and warnings(a_plan()) == []
    assert effects(a_plan(attachments=2, evicted=1, settled=1))


def test_refusals_are_told_but_not_what_is_for_others() -> None:
    mine = Refusal(Path("a.saha"), UserError("bundle_not_a_bundle"))
    other = Refusal(Path("b.saha"), UserError("bundle_not_for_us", sender="Baku"))
    lines, others = refused_words([mine, other])
    assert len(lines) == 1 and lines[0].startswith("a.saha: ") and others == 1


def test_sizes() -> None:
    assert [size_word(n) for n in (10, 34_000, 1_500_000, 7_000_000_000)] == ["1 kB", "34 kB", "1.5 MB", "7.0 GB"]
