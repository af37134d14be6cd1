"""Kinds of activity in a real store: each takes a filled example, and the office's own come and go with their rows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.errors import Invalid
from app.models.store import Store
from app.services import activities
from app.specs import choices, kinds
from app.specs.fields import FieldSpec
from app.specs.plans import plan_rows
from app.specs.seeds import seed_rows, site_id
from app.specs.types import Boolean, Choice, Choices, Date, Decimal, Integer

OWN = {
    "code": "bicycle_day",
    "shape": "public_event",
    "approach": "operational",
    "privacy": "count_only",
    "label": {"en": "Bicycle Day"},
    "field": [{"name": "bicycles", "type": "integer", "most": 500, "label": {"en": "Bicycles"}}],
}


def sample(field: FieldSpec) -> Any:
    """A value that fits the field; numbers and days are the same everywhere, so no rule between two is broken."""
    kind = field.type
    if isinstance(kind, Choice):
        return next(iter(choices.offered(kind.list)))
    if isinstance(kind, Choices):
        return sorted(list(choices.offered(kind.list))[:2])
    if isinstance(kind, Integer):
        return max(kind.least, 3)
    if isinstance(kind, Decimal):
        return 3.0
    if isinstance(kind, Date):
        return "2026-03-04"
    return True if isinstance(kind, Boolean) else "Şərq, Əli"


def definition(**changes: Any) -> dict[str, Any]:
    made = {**OWN, **changes}
    return {"code": made["code"], "label_en": made["label"]["en"], "definition": json.dumps(made)}


def test_every_kind_takes_a_filled_example(store: Store) -> None:
    filled = {code: {f.name: sample(f) for f in kind.fields} for code, kind in kinds.kinds().items()}
    where = {"site": site_id("ganja"), "start": "2026-03-04"}
    made = store.write(
        lambda w: {code: activities.plan(w, code, {**where, "details": details}) for code, details in filled.items()}
    ).value
    with store.read() as reader:
        for code, activity in made.items():
            kept = reader.get("activity", activity)
            assert kept is not None and kept["kind"] == code
            assert kept["details"] == filled[code], code
            assert kept["title_az"] and kept["field_of_work"], code


def test_a_wrong_value_of_a_kind_is_refused(store: Store) -> None:
    values = {"kind": "police_open_day", "site": site_id("ganja"), "start": "2026-06-30"}
    for details, code in (({"entrances": "two"}, "not_a_number"), ({"entrance": 2}, "unknown_field")):
        with pytest.raises(Invalid) as refused:
            store.write(lambda w, d=details: w.put("activity", {**values, "details": d}))
        assert [problem.code for problem in refused.value.problems] == [code]


def test_the_office_makes_a_kind_and_an_activity_of_it(store: Store) -> None:
    store.write(lambda w: w.put("activity_kind", definition()))
    assert choices.label("activity_kind", "bicycle_day") == "Bicycle Day"
    where = {"site": site_id("guba"), "start": "2026-05-01"}
    activity = store.write(lambda w: activities.plan(w, "bicycle_day", {**where, "details": {"bicycles": 40}})).value
    with store.read() as reader:
        kept = reader.get("activity", activity)
    assert kept is not None and kept["details"] == {"bicycles": 40}
    with pytest.raises(Invalid):
        store.write(lambda w: w.put("activity", {"details": {"bicycles": 501}}, activity))


def test_a_definition_that_does_not_hold_is_refused_at_the_door(store: Store) -> None:
    for row, code in (
        ({**definition(), "definition": "{"}, "kind_unreadable"),
        (definition(shape="circle"), "kind_bad_value"),
        (definition(audiences=["trafficking_victims"]), "kind_never_audience"),
        (definition(code="cpwg_meeting"), "kind_code_taken"),
        ({**definition(), "code": "another_day"}, "kind_wrong_code"),
    ):
        with pytest.raises(Invalid) as refused:
            store.write(lambda w, r=row: w.put("activity_kind", r))
        assert [(p.code, p.field) for p in refused.value.problems] == [(code, "definition")]
    assert kinds.kind("bicycle_day") is None


def test_the_seeds_are_in_a_new_store(store: Store) -> None:
    with store.read() as reader:
        for record, row, values in seed_rows():
            kept = reader.get(record, row)
            assert kept is not None and {name: kept[name] for name in values} == values


def test_the_shipped_plan_can_be_loaded_and_worked_from(store: Store) -> None:
    rows = plan_rows("community_policing_2009")
    store.write(lambda w: [w.put(record, values, row) for record, row, values in rows])
    line = next(row for _, row, values in rows if values.get("kind") == "police_open_day")
    where = {"site": site_id("mingechevir"), "start": "2009-06-30"}
    activity = store.write(lambda w: activities.plan_from_line(w, line, where)).value
    with store.read() as reader:
        kept = reader.get("activity", activity)
        elements = reader.list("programme_element", activity=activity)
    assert kept is not None and kept["plan_line"] == line and kept["title_en"] == "Police Open Day"
    assert sorted(e["title"] for e in elements)[:2] == ["Dog-handler demonstration", "Lottery"] and len(elements) == 5
