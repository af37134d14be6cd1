"""The types of fields: what they let through, and in which form they keep it."""

import math

import pytest

from app.specs.types import (
    Boolean,
    Choice,
    Choices,
    Date,
    Decimal,
    FieldType,
    Integer,
    Moment,
    Reference,
    References,
    Text,
    Time,
    are_ids,
    is_id,
)

ID = "3b3da9ae-ce91-5d9c-9d9d-1ea8f1192544"
OTHER = "14ea3b00-67cc-5c9b-9b8c-5b2d05a0aa73"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Text(), "Əli oğlu"),
        (Text(lines=True), "one\ntwo\tthree"),
        (Integer(0, 10), 10),
        (Decimal(-90, 90), 40.5),
        (Decimal(), 3),
        (Boolean(), True),
        (Boolean(), 0),
        (Date(), "2028-02-29"),
        (Time(), "23:59"),
        (Moment(), "2026-11-21T19:40:00Z"),
        (Choice(list="sex"), "f"),
        (Choices(list="topic"), ["recruitment"]),
        (Choices(list="topic"), []),
        (Reference(record="site"), ID),
        (References(record="site"), [ID, OTHER]),
    ],
)
def test_good_values(kind: FieldType, value: object) -> None:
    assert kind.problem(value) is None


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (Text(), 5, "not_text"),
        (Text(longest=3), "four", "too_long"),
        (Text(), "a\nb", "control_characters"),
        (Text(lines=True), "a\x00b", "control_characters"),
        (Text(), "abc\u202edef", "control_characters"),
        (Integer(), "5", "not_a_number"),
        (Integer(), True, "not_a_number"),
        (Integer(), 5.0, "not_a_number"),
        (Integer(0, 10), 11, "out_of_range"),
        (Integer(1, 10), 0, "out_of_range"),
        (Decimal(), math.nan, "not_a_number"),
        (Decimal(), math.inf, "out_of_range"),
        (Decimal(), False, "not_a_number"),
        (Boolean(), "yes", "not_yes_or_no"),
        (Boolean(), 2, "not_yes_or_no"),
        (Date(), "2026-02-29", "not_a_date"),
        (Date(), "21.11.2026", "not_a_date"),
        (Date(), "20261121", "not_a_date"),
        (Date(), 20261121, "not_a_date"),
        (Date(), "1066-10-14", "date_out_of_range"),
        (Time(), "24:00", "not_a_time"),
        (Time(), "9:30", "not_a_time"),
        (Moment(), "2026-11-21 19:40", "not_a_moment"),
        (Choice(list="sex"), "", "not_a_choice"),
        (Choice(list="sex"), "x" * 81, "not_a_choice"),
        (Choice(list="sex"), ["f"], "not_a_choice"),
        (Choices(list="topic"), "recruitment", "not_a_list"),
        (Choices(list="topic"), [""], "not_a_list"),
        (Reference(record="site"), "ganja", "not_an_id"),
        (Reference(record="site"), ID.upper(), "not_an_id"),
        (References(record="site"), ID, "not_an_id"),
        (References(record="site"), [ID, None], "not_an_id"),
    ],
)
def test_bad_values(kind: FieldType, value: object, code: str) -> None:
    found = kind.problem(value)
    assert found is not None and found.code == code


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (Text(), "  a \t b\n", "a b"),
        (Text(lines=True), "  a  b\n ", "a  b"),
        (Text(), "   ", None),
        (Decimal(), 1 / 3, 0.3333),
        (Decimal(), 2, 2.0),
        (Boolean(), 1, True),
        (Choices(list="topic"), ["b", "a", "b"], ["a", "b"]),
        (References(record="site"), [ID, OTHER], [OTHER, ID]),
        (Text(), "Gu\u0308ls\u0327a\u0306", "Gülşă"),
    ],
)
def test_the_canonical_form(kind: FieldType, value: object, kept: object) -> None:
    assert kind.tidy(value) == kept
    assert kind.tidy(kept) == kept
    if kept is not None:
        assert kind.problem(kept) is None and type(kind.tidy(value)) is type(kept)


def test_tidy_leaves_what_is_wrong_for_the_problem_to_find() -> None:
    for kind in (Text(), Integer(), Decimal(), Boolean(), Date(), Choices(list="topic"), References(record="site")):
        assert kind.tidy({"odd": 1}) == {"odd": 1}
        assert kind.problem({"odd": 1}) is not None


def test_is_id() -> None:
    assert is_id(ID) and not is_id(ID[:-1]) and not is_id(None) and not is_id(ID + "\n")


def test_many_ids_at_once() -> None:
    assert are_ids([]) and are_ids([ID]) and are_ids([ID, ID])
    assert not are_ids([ID, ID[:-1]]) and not are_ids([ID[:30], ID[30:]]) and not are_ids([ID[:-1] + "g"])
    assert not are_ids([ID[1:] + "0", ID]), "the right length is not enough"
