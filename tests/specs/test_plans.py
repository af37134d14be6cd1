"""The plan that ships: the 2009 project with every activity it names."""

import pytest

from app.errors import UserError
from app.specs import choices, kinds
from app.specs.plans import plan_rows, plans
from app.specs.records import RECORDS
from app.specs.seeds import seed_rows, site_id

CODE = "community_policing_2009"


def lines(year: int | None = None) -> dict[str, dict]:
    return {values["code"]: values for record, _, values in plan_rows(CODE, year) if record == "plan_line"}


def test_the_plan_is_valid_and_in_order() -> None:
    seen = {row for _, row, _ in seed_rows()}
    for record, row, values in plan_rows(CODE):
        spec = RECORDS[record]
        assert spec.tidy(values) == values and spec.check(values, whole=True) == []
        assert all(values[name] for name in values)
        for field in spec.references:
            assert values.get(field.name) is None or values[field.name] in seen
        assert set(values.get("sites", [])) | set(values.get("donors", [])) <= seen
        for name, list_ in (("unit", "plan_unit"), ("approach", "approach"), ("kind", "activity_kind")):
            assert name not in values or choices.exists(list_, values[name]), values["code"]
        assert row not in seen
        seen.add(row)
    assert plans() == [CODE]


def test_every_activity_of_the_project_is_a_line() -> None:
    planned = {values.get("kind") for values in lines().values()}
    numbers = {number for code in planned if code and (kind := kinds.kind(code)) for number in kind.numbers}
    assert set(range(1, 45)) <= numbers
    assert [code for code, values in lines().items() if "parent" not in values] == ["S", "T", "O"]


def test_what_the_project_says_of_numbers_and_places() -> None:
    found = lines()
    press = next(values for values in found.values() if values.get("kind") == "press_meeting_quarterly")
    assert press["quarters"] == ["q1", "q2", "q3", "q4"] and press["target"] == 4 * len(press["sites"]) == 40
    assert len(found["O.2"]["sites"]) == 11 and found["O.2"]["target"] == 1
    assert found["O.1"]["sites"] == sorted([site_id("nakhchivan"), site_id("davachi")])
    assert found["S.1"]["title_ru"] and found["S.1"]["title_az"]


def test_the_same_again_and_another_year_apart() -> None:
    assert plan_rows(CODE) == plan_rows(CODE) == plan_rows(CODE, 2009)
    moved = plan_rows(CODE, 2026)
    assert moved[0][2]["start"] == "2026-01-01" and moved[0][2]["code"] == "community_policing_2026"
    assert not {row for _, row, _ in moved} & {row for _, row, _ in plan_rows(CODE)}


def test_a_plan_that_is_not_there() -> None:
    for code in ("no_such_plan", "../sites", ""):
        with pytest.raises(UserError) as refused:
            plan_rows(code)
        assert refused.value.code == "plan_unknown"
