"""The history of a record in words, and back: one value, a whole version."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.store import Store
from app.services import history
from tests import build


def told(store: Store, record: str, row: str) -> list[history.Version]:
    with store.read() as r:
        return history.versions(r, record, row)


def test_who_changed_what_when_and_where(store: Store) -> None:
    row = store.write(lambda w: build.a_person(w, phone="1", sex="f")).value
    store.write(lambda w: w.put("person", {"phone": "2"}, row))
    store.write(lambda w: w.delete("person", row))
    binned, changed, made = told(store, "person", row)
    assert (binned.what, changed.what, made.what) == ("binned", "changed", "made")
    assert [(c.label, c.before, c.after, c.stands) for c in changed.changes] == [("Phone", "1", "2", True)]
    assert changed.user and changed.place == "Bakı" and changed.moment.endswith("Z")
    first = {c.key: c for c in made.changes}
    assert first["sex"].after == "Woman" and not first["phone"].stands
    assert binned.current and not made.current


def test_one_value_comes_back_and_the_rest_stays(store: Store) -> None:
    row = store.write(lambda w: build.a_person(w, phone="1", note="a")).value
    store.write(lambda w: w.put("person", {"phone": "2", "note": "b"}, row))
    made = told(store, "person", row)[-1]
    store.write(lambda w: history.bring_back(w, "person", row, made.op, "phone"))
    with store.read() as r:
        person = r.get("person", row)
    assert person is not None and (person["phone"], person["note"]) == ("1", "b")
    with pytest.raises(UserError, match="no_such_row"):
        store.write(lambda w: history.bring_back(w, "person", row, "00", "phone"))


def test_a_whole_version_comes_back_sets_and_details_too_and_out_of_the_bin(store: Store) -> None:
    kind = "training_basic_new_officers"
    row = store.write(lambda w: build.an_activity(w, kind=kind, topics=["domestic_violence"], title_en="First")).value
    with store.read() as r:
        before = r.get("activity", row)
    first = told(store, "activity", row)[0]
    store.write(
        lambda w: w.put("activity", {"topics": ["community_policing"], "title_en": "Second", "end": "2026-02-11"}, row)
    )
    store.write(lambda w: w.delete("activity", row))
    store.write(lambda w: history.bring_version(w, "activity", row, first.op))
    with store.read() as r:
        assert r.get("activity", row) == before


def test_references_are_told_by_name(store: Store) -> None:
    row = store.write(lambda w: build.an_activity(w, site=build.site("ganja"))).value
    store.write(lambda w: w.put("activity", {"site": build.site("guba")}, row))
    change = next(c for c in told(store, "activity", row)[0].changes if c.key == "site")
    assert (change.before, change.after) == ("Ganja", "Guba")
