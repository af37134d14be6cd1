"""What newer programs wrote before an update is shown after it; the whole way with files is in tests/skew."""

from __future__ import annotations

from app.models import upgrade
from app.models.oplog import SCHEMA, read_line, write_line
from app.models.store import Store
from app.models.writer import Writer


def test_rows_that_a_newer_program_wrote_are_shown_again_and_no_others(store: Store) -> None:
    row = store.write(lambda w: w.put("person", {"surname": "A", "given": "B", "sex": "f"})).value
    store.write(lambda w: w.put("person", {"surname": "C", "given": "D", "sex": "f"}))

    def write_newer(w: Writer) -> None:
        """A write that lies in the log and was never shown."""
        w.seq, w.lamport = w.seq + 1, w.lamport + 1
        known = [op.id.hex() for op in w.ops_of(row) if "phone" in op.fields]
        line = write_line("ab" * 16, 1, w.lamport, "2026-11-21T08:00:00Z", "x", "person", row, {"phone": "5"}, {})
        w._append([read_line(line.replace(f"[{SCHEMA},", f"[{SCHEMA + 1},", 1))], None)
        assert known == []

    store.write(write_newer)
    with store.read() as r:
        before = upgrade.mark(r.connection)
        assert r.get("person", row)["phone"] is None  # type: ignore[index]
    assert store.write(upgrade.show_unknown).value == 0, "of this program's schema there is nothing new"
    assert store.write(lambda w: upgrade.show_unknown(w, SCHEMA + 1)).value == 1
    with store.read() as r:
        assert r.get("person", row)["phone"] == "5"  # type: ignore[index]
        assert upgrade.mark(r.connection) == before, "the log is as it was"


def test_the_mark_is_of_every_write(store: Store) -> None:
    with store.read() as r:
        before = upgrade.mark(r.connection)
    store.write(lambda w: w.put("person", {"surname": "A", "given": "B", "sex": "f"}))
    with store.read() as r:
        after = upgrade.mark(r.connection)
    assert after[0] == before[0] + 1 and after[1] != before[1]
