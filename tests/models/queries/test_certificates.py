"""A serial that somebody shows; the states are tested where certificates are issued, here the edges."""

from __future__ import annotations

from app.models.queries.certificates import check
from app.models.store import Store
from app.services.certificates import issue
from tests.composed import compose


def test_a_new_one_counts_where_an_old_one_was_taken_back(store: Store) -> None:
    made = store.write(compose).value
    first = store.write(lambda w: issue(w, made.t1)).value.new[0]
    with store.read() as reader:
        serial = (reader.get("certificate", first) or {})["serial"]
    store.write(lambda w: w.put("certificate", {"revoked_on": "2026-05-01"}, first))
    again = store.write(lambda w: issue(w, made.t1)).value
    assert len(again.new) == 1
    with store.read() as reader:
        found = check(reader, serial)
        assert found.state == "valid" and (found.certificate or {})["id"] == again.new[0]
        assert check(reader, "").state == "mistyped"
