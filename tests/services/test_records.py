"""Lines of JSON in and out: all or nothing, clear refusals, the same bytes for the same register."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import Invalid, UserError
from app.keys.slots import LIGHT
from app.models.store import Store
from app.services import records
from app.specs.records import RECORDS
from app.specs.seeds import site_id


def line(**change: Any) -> str:
    return json.dumps(change)


def put(store: Store, *lines: str) -> list[str]:
    return store.write(lambda w: records.apply_lines(w, lines)).value


def dump(store: Store, **only: Any) -> list[str]:
    with store.read() as reader:
        return list(records.dump_lines(reader, **only))


def test_ids_come_back_in_order_and_codes_stand_for_records(store: Store) -> None:
    ids = put(
        store,
        line(type="person", fields={"surname": "Quliyev"}),
        "",
        line(type="activity", fields={"kind": "police_open_day", "site": "ganja", "start": "2026-06-30"}),
    )
    with store.read() as reader:
        assert reader.get("person", ids[0]) is not None
        assert reader.get("activity", ids[1])["site"] == site_id("ganja")  # type: ignore[index]


def test_a_named_id_is_kept_edited_and_deleted(store: Store) -> None:
    row = "0190a000-0000-7000-8000-000000000001"
    assert put(store, line(type="person", id=row, fields={"surname": "Quliyev"})) == [row]
    put(store, line(type="person", id=row, fields={"given": "Anar"}))
    assert json.loads(dump(store, record="person")[0])["fields"]["given"] == "Anar"
    put(store, line(type="person", id=row, delete=True))
    assert dump(store, record="person") == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("{", "record_line_not_json"),
        ("[" * 100_000, "record_line_not_json"),
        ("[]", "record_line_without_type"),
        ('{"type": 5}', "record_line_without_type"),
        ('{"type": "person", "id": "0190a000-0000-7000-8000-00000000000a", "delete": "no"}', "record_line_bad_delete"),
        ('{"type": "person", "id": ["x"], "fields": {}}', "record_line_bad_id"),
        ('{"type": "dragon", "fields": {}}', "record_line_unknown_type"),
        ('{"type": "person", "id": "7", "fields": {}}', "record_line_bad_id"),
        ('{"type": "person", "delete": true}', "record_line_bad_id"),
        (
            '{"type": "person", "id": "0190a000-0000-7000-8000-000000000009", "delete": true}',
            "record_line_no_such_row",
        ),
        ('{"type": "person", "fields": []}', "record_line_without_fields"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_kept(store: Store, bad: str, code: str) -> None:
    good = line(type="person", fields={"surname": "Quliyev"})
    with pytest.raises(UserError) as refused:
        put(store, good, bad)
    assert (refused.value.code, refused.value.params["line"]) == (code, 2)
    assert dump(store, record="person") == []


def test_a_bad_value_is_named_with_its_line(store: Store) -> None:
    with pytest.raises(Invalid) as refused:
        put(store, line(type="person", fields={"surname": "Q"}), line(type="person", fields={"sex": "x"}))
    told = {(p.field, p.code, p.params["line"]) for p in refused.value.problems}
    assert ("surname", "required", 2) in told


def test_a_dump_put_into_another_store_dumps_the_same(store: Store, tmp_path: Path) -> None:
    put(
        store,
        line(type="person", fields={"surname": "Məmmədov", "languages": ["ru", "az"], "birth_year": 1980}),
        line(
            type="activity",
            fields={"kind": "police_open_day", "site": "guba", "start": "2026-06-30", "topics": ["crime_prevention"]},
        ),
    )
    lines = dump(store)
    with Store.create(tmp_path / "other", "practice", name="x", work=LIGHT) as other:
        put(other, *lines)
        assert dump(other) == lines
    order = [list(RECORDS).index(json.loads(one)["type"]) for one in lines]
    assert order == sorted(order)


def test_what_one_site_owns(store: Store) -> None:
    fields = {"kind": "police_open_day", "start": "2026-06-30"}
    put(store, *(line(type="activity", fields={**fields, "site": code}) for code in ("guba", "ganja", "guba")))
    owned = dump(store, site=site_id("guba"))
    assert [json.loads(one)["fields"]["site"] for one in owned] == [site_id("guba")] * 2


def test_the_description_names_every_type_and_field() -> None:
    described = {entry["type"]: entry for entry in records.types()}
    assert set(described) == set(RECORDS)
    sex = next(f for f in described["person"]["fields"] if f["name"] == "sex")
    assert sex == {"name": "sex", "type": "choice", "required": False, "list": "sex"}


A, B, C = (f"0190a000-0000-7000-8000-00000000000{n}" for n in "abc")


def test_a_line_may_name_a_row_of_a_later_line(store: Store) -> None:
    """…and the ids still come in the order of the lines, and the lines of one row keep theirs."""
    ids = put(
        store,
        line(type="organisation", id=A, fields={"name_en": "Station", "type": "police", "parent": B}),
        line(type="organisation", id=A, fields={"name_en": "Police station"}),
        line(type="organisation", id=B, fields={"name_en": "Department", "type": "police", "parent": C}),
        line(type="organisation", id=C, fields={"name_en": "Ministry", "type": "ministry"}),
    )
    assert ids == [A, A, B, C]
    with store.read() as reader:
        assert reader.get("organisation", A)["name_en"] == "Police station"  # type: ignore[index]
        assert reader.get("organisation", B)["parent"] == C  # type: ignore[index]


def test_lines_that_wait_for_each_other_are_refused_with_the_first_line(store: Store) -> None:
    before = dump(store)
    with pytest.raises(Invalid) as refused:
        put(
            store,
            line(type="organisation", id=A, fields={"name_en": "A", "type": "police", "parent": B}),
            line(type="organisation", id=B, fields={"name_en": "B", "type": "police", "parent": A}),
        )
    assert [(p.code, p.params["line"]) for p in refused.value.problems] == [("no_such_record", 1)]
    assert dump(store) == before


def test_a_dump_can_be_put_back(store: Store) -> None:
    put(store, line(type="person", id=A, fields={"surname": "Quliyev", "given": "Anar", "note": "a\u2028b\x85c"}))
    kept = dump(store)
    assert all(len(told.splitlines()) == 1 for told in kept), "a reader may cut at any end of line"
    put(store, line(type="person", id=A, delete=True))
    assert dump(store) != kept
    put(store, *kept)
    assert dump(store) == kept
