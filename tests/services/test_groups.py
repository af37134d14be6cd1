"""Working groups: the next meeting in one action, minutes line by line, promises carried until they are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.models.store import Store
from app.services import attendance, groups
from tests import build

TODAY = date(2026, 11, 21)


def a_group(w: Any, **values: Any) -> tuple[str, list[str]]:
    agenda = "Tapşırıqlar\nMüxtəlif məsələlər"
    group = w.put(
        "group",
        {"type": "cpwg", "site": build.site("ganja"), "name_en": "Group", "standing_agenda": agenda, **values},
    )
    people = []
    for number, role in enumerate(("chair", "secretary", "member", "member")):
        person = build.a_person(w, sex="f" if number == 1 else "m")
        side = "resident" if number > 1 else "police"
        w.put("membership", {"group": group, "person": person, "role": role, "side": side, "start": "2026-01-01"})
        people.append(person)
    return group, people


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Küçə işıqları yanmır", groups.Line("text", "Küçə işıqları yanmır")),
        ("# Təklif qəbul olundu", groups.Line("decision", "Təklif qəbul olundu")),
        ("? Kim ödəyir", groups.Line("question", "Kim ödəyir")),
        ("! Əliyev 15.12 işıqları düzəltmək", groups.Line("action", "işıqları düzəltmək", "Əliyev", "2026-12-15")),
        ("! Bələdiyyə, 01.02: yol", groups.Line("action", "yol", "Bələdiyyə", "2027-02-01")),
        ("! Əliyev 15.12.2027 yol", groups.Line("action", "yol", "Əliyev", "2027-12-15")),
        ("! yolu düzəltmək", groups.Line("action", "yolu düzəltmək")),
        ("! Əliyev 31.02 yol", groups.Line("action", "Əliyev 31.02 yol")),
        ("! yolu düzəltmək 15.12", groups.Line("action", "yolu düzəltmək", "", "2026-12-15")),
    ],
)
def test_what_a_typed_line_means(typed: str, line: groups.Line) -> None:
    assert groups.read_line(typed, TODAY) == line


def test_the_next_meeting_is_one_action_with_members_promises_and_standing_agenda(store: Store) -> None:
    group, people = store.write(a_group).value
    first = store.write(lambda w: groups.new_meeting(w, group, "2026-10-01")).value
    store.write(lambda w: groups.add_line(w, first, "! 15.12 işıqları düzəltmək"))
    second = store.write(lambda w: groups.new_meeting(w, group, "2026-11-01")).value
    with store.read() as reader:
        listed = sorted(reader.list("participation", activity=second), key=lambda p: p["sheet_row"])
        assert [p["person"] for p in listed][:2] == people[:2]  # chair, then secretary
        assert len(listed) == 4
        items = sorted(reader.list("meeting_item", activity=second), key=lambda i: i["number"])
        assert [(i["type"], i["agenda"]) for i in items] == [
            ("carried_over", "işıqları düzəltmək"),
            ("agenda", "Tapşırıqlar"),
            ("agenda", "Müxtəlif məsələlər"),
        ]
        (promise,) = groups.open_items(reader, group)
        assert promise["carried"] == 1
    store.write(lambda w: groups.close_item(w, promise["id"], "Şəkil"))
    third = store.write(lambda w: groups.new_meeting(w, group, "2026-12-01")).value
    with store.read() as reader:
        assert all(i["type"] == "agenda" for i in reader.list("meeting_item", activity=third))
        closed = reader.get("action_item", promise["id"])
        assert closed is not None
        assert (closed["state"], closed["evidence"], bool(closed["closed_on"])) == ("done", "Şəkil", True)


def test_lines_go_where_they_belong(store: Store) -> None:
    group, people = store.write(a_group).value
    meeting = store.write(lambda w: groups.new_meeting(w, group, "2026-10-01")).value

    def type_them(w: Any) -> None:
        groups.add_line(w, meeting, "birinci söz")
        groups.add_line(w, meeting, "ikinci söz")
        groups.add_line(w, meeting, "# qərar")
        groups.add_line(w, meeting, "? sual")
        groups.add_line(w, meeting, "! Əliyev 15.12 yol", owner=people[2])

    store.write(type_them)
    with store.read() as reader:
        items = sorted(reader.list("meeting_item", activity=meeting), key=lambda i: i["number"])
        assert items[-2]["discussion"] == "birinci söz\nikinci söz"
        assert items[-2]["decision"] == "qərar"
        assert (items[-1]["type"], items[-1]["agenda"]) == ("open_question", "sual")
        (action,) = reader.list("action_item", activity=meeting)
        assert (action["owner_person"], action["text"], action["number"]) == (people[2], "yol", 1)


def test_quorum_counts_members_who_are_there(store: Store) -> None:
    group, people = store.write(a_group).value
    meeting = store.write(lambda w: groups.new_meeting(w, group, "2026-10-01")).value

    def arrive(w: Any, count: int) -> None:
        session = attendance.plan_sessions(w, meeting)[0]
        for person in people[:count]:
            attendance.add_person(w, meeting, person, session=session)
        attendance.add_person(w, meeting, build.a_person(w), session=session)  # a guest is no member

    store.write(lambda w: arrive(w, 1))
    with store.read() as reader:
        count = groups.quorum(reader, meeting)
        assert (count.members, count.present, count.needed, count.reached) == (4, 1, 2, False)
    store.write(lambda w: arrive(w, 2))
    with store.read() as reader:
        assert groups.quorum(reader, meeting).reached


def test_balance_is_held_against_the_group_s_own_goals(store: Store) -> None:
    group, _ = store.write(lambda w: a_group(w, women_goal_percent=40, civilian_goal_percent=50)).value
    with store.read() as reader:
        kept = groups.balance(reader, group)
    assert (kept.members, kept.women, kept.civilians) == (4, 1, 2)
    assert kept.missed() == ["women"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Zəng: +994 50 123 45 67", True),
        ("AZE12345678", True),
        ("Sakin küçə barədə şikayət etdi", False),
        ("3 nəfər", False),
    ],
)
def test_telephones_and_cards_are_noticed(typed: str, expected: bool) -> None:
    assert groups.names_somebody(typed) is expected


@pytest.mark.parametrize(
    ("typed", "personal"),
    [
        ("Sakin +994501234567 zəng etdi", True),
        ("050 222 33 44", True),
        ("AZE12345678", True),
        ("5ABC123", True),
        ("elcin@mail.az", True),
        ("15.12.2026 saat 10", False),
        ("2026-11-21 tarixində 12 nəfər", False),
        ("12 nömrəli məktəb", False),
        ("NATO2024", False),
    ],
)
def test_what_would_name_somebody_is_seen(typed: str, personal: bool) -> None:
    assert groups.names_somebody(typed) is personal


def test_a_beginning_that_fits_one_name_only_is_that_person() -> None:
    names = {"1": "Məmmədov Elçin Rəşid oğlu", "2": "Məmmədova Elmira"}
    assert groups.named("mem elc", names) == "1" and groups.named("Мамедова", names) == "2"
    assert groups.named("mem", names) is None and groups.named("", names) is None


def test_signed_minutes_begin_a_version_when_something_is_typed(store: Store) -> None:
    group, _ = store.write(a_group).value
    meeting = store.write(lambda w: groups.new_meeting(w, group, "2026-10-01")).value
    store.write(lambda w: groups.add_line(w, meeting, "Birinci"))
    assert store.write(lambda w: groups.sign_minutes(w, meeting, "2026-10-02")).value == 1
    store.write(lambda w: groups.add_line(w, meeting, "# Sonra"))
    store.write(lambda w: groups.add_line(w, meeting, "# Daha sonra"))
    with store.read() as reader:
        about = reader.get("activity", meeting)
    assert about is not None and (about["minutes_version"], about["minutes_signed"]) == (2, None)
    assert store.write(lambda w: groups.sign_minutes(w, meeting, "2026-10-05")).value == 2
