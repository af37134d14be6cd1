"""The desk's services on a real store: sessions, the list, marks by row, undo as plain writes."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import UserError
from app.models.queries import attendance as asked
from app.models.store import Store
from app.services import attendance as desk
from app.specs.paper_codes import badge_code
from tests import build


@pytest.fixture
def training(store: Store) -> str:
    return store.write(lambda w: build.a_training(w, people=10, days=2)).value


def sheet(store: Store, activity: str) -> asked.Sheet:
    with store.read() as r:
        found = asked.sheet(r, activity)
    assert found is not None
    return found


def states(store: Store, activity: str, session: str) -> dict[int, str | None]:
    return {row["sheet_row"]: asked.state_of(row, session) for row in sheet(store, activity).rows}


def test_day_one_closes_with_all_present_and_the_rows_of_the_absent(store: Store, training: str) -> None:
    first = sheet(store, training).sessions[0]["id"]
    store.write(lambda w: (desk.mark_all(w, training, first), desk.mark_rows(w, training, first, "3, 7-8")))
    marked = states(store, training, first)
    assert [row for row, state in marked.items() if state == "absent"] == [3, 7, 8]
    assert sum(state == "present" for state in marked.values()) == 7
    rows = {row["sheet_row"]: row["marks"][first] for row in sheet(store, training).rows}
    assert rows[1]["source"] == "sheet" and rows[1]["signed"] and rows[3]["signed"] is False


def test_all_present_leaves_marks_that_were_made(store: Store, training: str) -> None:
    found = sheet(store, training)
    first = found.sessions[0]["id"]
    store.write(lambda w: desk.mark(w, found.rows[4]["id"], first, "late", hours=2))
    assert store.write(lambda w: desk.mark_all(w, training, first)).value == 9
    assert states(store, training, first)[5] == "late"


@pytest.mark.parametrize(
    ("typed", "rows"), [("7, 19", [7, 19]), ("3-5 8", [3, 4, 5, 8]), ("3 – 5;1", [3, 4, 5, 1]), ("", []), (" 2 ", [2])]
)
def test_row_numbers_as_people_type_them(typed: str, rows: list[int]) -> None:
    assert desk.read_rows(typed) == rows


@pytest.mark.parametrize("typed", ["x", "3-", "5-3", "1-9999999", "7,,a", "-4", "1.5"])
def test_row_numbers_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(UserError) as error:
        desk.read_rows(typed)
    assert error.value.code == "row_numbers_unclear"


def test_an_unknown_row_marks_nobody(store: Store, training: str) -> None:
    first = sheet(store, training).sessions[0]["id"]
    with pytest.raises(UserError) as error:
        store.write(lambda w: desk.mark_rows(w, training, first, "2, 77"))
    assert error.value.code == "no_such_rows"
    assert set(states(store, training, first).values()) == {None}


def test_a_number_that_stands_twice_is_asked_about_and_can_be_renumbered(store: Store, training: str) -> None:
    found = sheet(store, training)
    first = found.sessions[0]["id"]
    store.write(lambda w: w.put("participation", {"sheet_row": 2}, found.rows[8]["id"]))
    with pytest.raises(UserError) as error:
        store.write(lambda w: desk.mark_rows(w, training, first, "2"))
    assert error.value.code == "rows_twice"
    assert store.write(lambda w: desk.number_rows(w, training)).value == 1
    numbers = [row["sheet_row"] for row in sheet(store, training).rows]
    assert len(set(numbers)) == 10 and 11 in numbers
    assert store.write(lambda w: desk.number_rows(w, training)).value == 0


def test_day_two_begins_as_day_one_ended_and_late_is_present_again(store: Store, training: str) -> None:
    found = sheet(store, training)
    first, second = (s["id"] for s in found.sessions)

    def day(w: Any) -> None:
        desk.mark_all(w, training, first)
        desk.mark_rows(w, training, first, "4")
        desk.mark(w, found.rows[0]["id"], first, "late", hours=3)
        desk.mark(w, found.rows[1]["id"], second, "excused")

    store.write(day)
    with store.read() as r:
        assert desk.session_before(r, training, second) == first
        assert desk.session_before(r, training, first) is None
    assert store.write(lambda w: desk.repeat_session(w, training, first, second)).value == 9
    marked = states(store, training, second)
    assert (marked[1], marked[2], marked[4], marked[5]) == ("present", "excused", "absent", "present")


def test_a_mark_can_be_taken_away_and_made_again(store: Store, training: str) -> None:
    found = sheet(store, training)
    first, row = found.sessions[0]["id"], found.rows[0]["id"]
    store.write(lambda w: desk.mark(w, row, first, "late", hours=2))
    assert store.write(lambda w: desk.unmark(w, row, first)).value is True
    assert states(store, training, first)[1] is None
    assert store.write(lambda w: desk.unmark(w, row, first)).value is False
    store.write(lambda w: desk.mark(w, row, first, "present"))
    mark = sheet(store, training).rows[0]["marks"][first]
    assert (mark["state"], mark["hours"]) == ("present", None)


def test_a_signature_needs_a_mark(store: Store, training: str) -> None:
    found = sheet(store, training)
    first, row = found.sessions[0]["id"], found.rows[0]["id"]
    with pytest.raises(UserError) as error:
        store.write(lambda w: desk.sign(w, row, first, True))
    assert error.value.code == "not_marked"
    store.write(lambda w: (desk.mark(w, row, first, "present"), desk.sign(w, row, first, True)))
    mark = sheet(store, training).rows[0]["marks"][first]
    assert mark["signed"] is True and mark["source"] == "door"
    store.write(lambda w: desk.mark(w, row, first, "left_early"))
    assert sheet(store, training).rows[0]["marks"][first]["signed"] is True  # kept when only the state changes


def test_whoever_is_on_the_list_keeps_the_row_and_rank_stays_as_at_the_event(store: Store, training: str) -> None:
    found = sheet(store, training)
    first, person = found.sessions[0]["id"], found.rows[2]["person"]
    again = store.write(lambda w: desk.add_person(w, training, person, session=first)).value
    assert again == found.rows[2]["id"]
    store.write(lambda w: w.put("person", {"rank": "colonel", "unit": "Baş idarə"}, person))
    row = sheet(store, training).rows[2]
    assert (row["sheet_row"], row["state"], row["rank"]) == (3, "attended", found.rows[2]["rank"])


def test_taken_off_with_marks_and_brought_back(store: Store, training: str) -> None:
    found = sheet(store, training)
    first, row = found.sessions[0]["id"], found.rows[0]
    store.write(lambda w: desk.mark(w, row["id"], first, "present"))
    changes = store.write(lambda w: desk.take_off(w, row["id"])).changes
    assert len(sheet(store, training).rows) == 9
    store.write(lambda w: w.revert(changes.ops))
    assert states(store, training, first)[1] == "present"


def test_three_letters_find_the_invited_before_others(store: Store, training: str) -> None:
    store.write(lambda w: [build.an_officer(w, n) for n in range(20, 40)])
    rows = sheet(store, training).rows
    listed = {row["person"]: desk.seat_of(row) for row in rows}
    with store.read() as r:
        for typed in ("Məm", "mam", "Мам"):
            hits = desk.find(r, typed, listed)
            assert hits[0].participation == rows[0]["id"], typed
            assert desk.is_sure(typed, hits[0])
            assert any(hit.participation is None for hit in hits)
        assert desk.find(r, "  ", listed) == []


def test_a_stranger_with_a_full_name_is_nobody_known(store: Store, training: str) -> None:
    with store.read() as r:
        for typed in ("Hüseynzadə Tural Vaqif oğlu", "Məmmədov Elçin Tofiq oğlu"):
            hits = desk.find(r, typed, {})
            assert not hits or not desk.is_sure(typed, hits[0]), typed


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (
            "hüseynzadə tural vaqif oğlu",
            {"surname": "Hüseynzadə", "given": "Tural", "patronymic": "Vaqif", "suffix": "oglu"},
        ),
        ("Əliyeva Leyla", {"surname": "Əliyeva", "given": "Leyla"}),
        ("Məm", {"surname": "Məm"}),
        ("", {}),
    ],
)
def test_a_typed_line_becomes_a_name(typed: str, name: dict[str, str]) -> None:
    assert desk.typed_name(typed) == name


def test_a_scanned_badge_finds_its_holder_alone(store: Store, training: str) -> None:
    fifth = sheet(store, training).rows[4]["id"]
    store.write(lambda w: w.put("participation", {"badge": "K-17"}, fifth))
    rows = sheet(store, training).rows
    listed = {row["person"]: desk.seat_of(row) for row in rows}
    with store.read() as r:
        for row in rows[:3]:
            code = badge_code(row["id"])
            for typed in (code, code.lower(), f" {code} "):
                hits = desk.find(r, typed, listed)
                assert [hit.participation for hit in hits] == [row["id"]] and desk.is_sure(typed, hits[0])
        assert [hit.participation for hit in desk.find(r, "K-17", listed)] == [rows[4]["id"]]
