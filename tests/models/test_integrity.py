"""The check finds every bypass of the one door, and repairs what is derived from the log."""

from __future__ import annotations

import pytest

from app.models import integrity
from app.models.store import Store
from tests import build

HARM = {
    "a value was changed beside the door": ("UPDATE person SET surname = 'X'", "table_differs"),
    "a row was added beside the door": (
        "INSERT INTO venue (id, deleted, name) VALUES ('0190a000-0000-7000-8000-000000000001', 0, 'X')",
        "row_without_writes",
    ),
    "a row was removed beside the door": ("DELETE FROM person", "row_missing"),
    "a write was altered": ("UPDATE op SET body = replace(body, 'Gülnar', 'Aysel')", "write_altered"),
    "a write was removed": ("DELETE FROM op WHERE arr = (SELECT max(arr) - 1 FROM op)", "chain_broken"),
    "a conflict was hidden or invented": (
        "INSERT INTO conflict (id, record, row, field, ops, opened) VALUES ('x', 'person', 'y', 'phone', '[]', '')",
        "conflicts_differ",
    ),
    "an attachment was damaged": (
        "INSERT INTO blob (sha256, size, content) VALUES ('00', 1, x'00')",
        "attachment_damaged",
    ),
}


@pytest.mark.parametrize("harm", HARM)
def test_every_harm_is_found(store: Store, harm: str) -> None:
    statement, code = HARM[harm]
    store.write(build.a_person)
    store.write(build.a_person)
    assert integrity.check(store).sound
    store.raw.execute(statement)
    assert code in {found for found, _ in integrity.check(store).bad}


def test_repair_makes_the_tables_anew_and_never_touches_the_log(store: Store) -> None:
    person = store.write(lambda w: build.a_person(w, surname="Quliyeva")).value
    store.write(lambda w: build.a_participation(w, build.an_activity(w), person))
    with store.read() as reader:
        before = reader.position()
    store.raw.execute("UPDATE person SET surname = 'X'")
    store.raw.execute("DELETE FROM participation")
    assert integrity.check(store, repair=True).repaired > 0
    assert integrity.check(store).sound
    with store.read() as reader:
        assert reader.position() == before
        assert reader.get("person", person)["surname"] == "Quliyeva"  # type: ignore[index]


def test_a_row_that_leads_nowhere_is_found_and_repaired_too(store: Store) -> None:
    store.raw.execute("PRAGMA foreign_keys = OFF")
    store.raw.execute(
        "INSERT INTO posting (id, deleted, person) VALUES ('0190a000-0000-7000-8000-00000000000b', 0, 'nobody')"
    )
    store.raw.execute("PRAGMA foreign_keys = ON")
    found = integrity.check(store, repair=True)
    assert {code for code, _ in found.bad} == {"foreign_key", "row_without_writes"}
    assert found.repaired > 0 and found.left == [] and integrity.check(store).sound


def test_what_no_repair_can_mend_stays_named(store: Store) -> None:
    store.write(build.a_person)
    store.write(build.a_person)
    store.raw.execute("DELETE FROM op WHERE arr = (SELECT max(arr) - 1 FROM op)")
    assert [code for code, _ in integrity.check(store, repair=True).left] == ["chain_broken"]


@pytest.mark.parametrize("harm", ["UPDATE audit SET action = 'x' WHERE no = 2", "DELETE FROM audit WHERE no = 1"])
def test_the_audit_trail_is_a_chain(store: Store, harm: str) -> None:
    for action in ("export", "print", "view"):
        store.write(lambda w, a=action: integrity.record_audit(w, a, "person", ["surname"]))
    assert integrity.check(store).sound
    store.raw.execute(harm)
    assert "audit_broken" in {code for code, _ in integrity.check(store).bad}
