"""Rows as they were at an earlier end of the log."""

from __future__ import annotations

from app.models.queries.past import children_at, row_at, signed_before, writes_of
from app.models.store import Store
from tests.build import an_activity


def test_rows_come_back_as_they_were(store: Store) -> None:
    activity = store.write(an_activity).value
    item = store.write(lambda w: w.put("meeting_item", {"activity": activity, "number": 1, "agenda": "One"})).value
    with store.read() as reader:
        then, _ = reader.position()
    store.write(lambda w: w.put("meeting_item", {"agenda": "Two"}, item))
    late = store.write(lambda w: w.put("meeting_item", {"activity": activity, "number": 2, "agenda": "New"})).value
    store.write(lambda w: w.delete("meeting_item", item))
    with store.read() as reader:
        now, _ = reader.position()
        assert (row_at(reader, "meeting_item", item, then) or {})["agenda"] == "One"
        assert row_at(reader, "meeting_item", item, now) is None
        assert row_at(reader, "meeting_item", late, then) is None
        assert set(children_at(reader, "meeting_item", "activity", activity, then)) == {item}
        assert set(children_at(reader, "meeting_item", "activity", activity, now)) == {late}
        assert [op.fields.get("agenda") for _, op in writes_of(reader, item)] == ["One", "Two", None]


def test_where_the_earlier_version_ended(store: Store) -> None:
    activity = store.write(an_activity).value
    with store.read() as reader:
        assert signed_before(reader, activity, 2) is None

    def at_end() -> int:
        with store.read() as reader:
            return reader.position()[0]

    store.write(lambda w: w.put("activity", {"minutes_version": 1}, activity))
    first = at_end()
    store.write(lambda w: w.put("activity", {"summary": "x"}, activity))
    store.write(lambda w: w.put("activity", {"minutes_version": 2}, activity))
    with store.read() as reader:
        assert signed_before(reader, activity, 2) == (first, None), "unsigned: where it got its number"
    store.write(lambda w: w.put("activity", {"minutes_signed": "2026-02-12"}, activity))
    signed = at_end()
    store.write(lambda w: w.put("activity", {"summary": "y"}, activity))
    store.write(lambda w: w.put("activity", {"minutes_version": 3}, activity))
    with store.read() as reader:
        assert signed_before(reader, activity, 3) == (signed, "2026-02-12")
