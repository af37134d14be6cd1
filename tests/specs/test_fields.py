"""What a record's description does with values."""

from app.errors import Problem
from app.specs.fields import FieldSpec, RecordSpec
from app.specs.types import Choices, Integer, Reference, Text

SPEC = RecordSpec(
    "boat",
    (
        FieldSpec("name", Text(longest=10), required=True),
        FieldSpec("oars", Integer(0, 8)),
        FieldSpec("harbour", Reference(record="site")),
        FieldSpec("topics", Choices(list="topic")),
    ),
    rules=(lambda values: [Problem("odd_oars", "boat", "oars")] if (values.get("oars") or 0) % 2 else [],),
)


def found(values: dict, *, whole: bool) -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in SPEC.check(values, whole=whole)]


def test_a_whole_record_needs_what_is_required_and_keeps_its_rules() -> None:
    assert found({"name": "Ə"}, whole=True) == []
    assert found({"oars": 3}, whole=True) == [("required", "name"), ("odd_oars", "oars")]
    assert found({"oars": 3}, whole=False) == []


def test_each_wrong_value_is_told() -> None:
    wrong = {"name": "x" * 11, "oars": 9, "harbour": "Baku", "sails": 2}
    assert found(wrong, whole=False) == [
        ("too_long", "name"),
        ("out_of_range", "oars"),
        ("not_an_id", "harbour"),
        ("unknown_field", "sails"),
    ]
    assert SPEC.check({"oars": 9}, whole=False)[0].params == {"least": 0, "most": 8}


def test_none_is_no_value_and_the_owner_and_details_are_everybodys() -> None:
    assert found({"oars": None, "owner_site": "x", "details": {}, "details.a": 1}, whole=False) == []


def test_tidy() -> None:
    assert SPEC.tidy({"name": " a  b ", "topics": [], "oars": 0, "sails": ""}) == {
        "name": "a b",
        "topics": None,
        "oars": 0,
        "sails": None,
    }


def test_its_fields_by_name_and_its_references() -> None:
    assert list(SPEC.by_name) == ["name", "oars", "harbour", "topics"]
    assert [field.name for field in SPEC.references] == ["harbour"]
