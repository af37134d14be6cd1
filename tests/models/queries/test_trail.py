"""The chained log is read newest first, one action at a time."""

from __future__ import annotations

from app.models.integrity import record_audit
from app.models.queries import trail
from app.models.store import Store


def test_the_latest_entries_of_an_action(store: Store) -> None:
    for no in range(4):
        store.write(lambda w, no=no: record_audit(w, "export" if no % 2 else "other", f"o{no}", [str(no)]))
    with store.read() as r:
        assert [entry["object"] for entry in trail.entries(r, "export", 9)] == ["o3", "o1"]
        assert [entry["names"] for entry in trail.entries(r, "export", 1)] == [["3"]]
