"""What exchange keeps in the database; most of it is tested where it is used, in tests/sync."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.basics.ids import new_id
from app.models import exchange
from app.models.store import Store, site_id
from app.models.tables import SAID
from app.models.writer import Writer
from app.specs.records import RECORDS
from tests import build


def test_packed_ids_keep_every_row() -> None:
    rows = {new_id() for _ in range(50)}
    assert exchange.unpack_ids(exchange.pack_ids(rows)) == rows
    assert exchange.unpack_ids(None) == exchange.unpack_ids(exchange.pack_ids(())) == set()


def test_what_a_store_has_sent_is_kept_in_pieces_and_no_row_is_forgotten(store: Store) -> None:
    rows = [new_id() for _ in range(60)]

    def raw(some: Sequence[str]) -> bytes:
        return bytes.fromhex("".join(some).replace("-", ""))

    def pieces() -> int:
        with store.read() as r:
            return len(r.rows(select(SAID).where(SAID.c.store_id == "ab")))

    store.write(lambda w: exchange.note_said(w, "ab", [raw(rows[:20]), raw(rows[20:40]), b""]))
    store.write(lambda w: exchange.note_said(w, "cd", [raw(rows[50:])]))
    assert pieces() == 2
    store.write(lambda w: exchange.note_said(w, "ab", [raw(rows[:40])]))
    assert pieces() == 2, "sent anew from the beginning: nothing is written"
    for n in range(50):  # months, which overlap
        store.write(lambda w, n=n: exchange.note_said(w, "ab", [raw(rows[n : n + 1])]))
        with store.read() as r:
            assert exchange.said(r, "ab") == set(rows[: max(40, n + 1)])
    assert pieces() < 50, "they are put together now and then"
    store.write(lambda w: exchange.unsay(w, "ab", set(rows[:45])))
    with store.read() as r:
        assert exchange.said(r, "ab") == set(rows[45:50]) and exchange.said(r, "cd") == set(rows[50:])
    store.write(lambda w: exchange.unsay(w, "ab", set(rows)))
    assert pieces() == 0


def test_facts_about_peers_are_kept_and_changed(store: Store) -> None:
    def keep(w: object) -> None:
        exchange.keep_peer(w, "ab", device="d", last_no=3)  # type: ignore[arg-type]
        exchange.keep_peer(w, "ab", last_no=4)  # type: ignore[arg-type]
        exchange.keep_heard(w, "ab", 5, b"x", 4, "cd")  # type: ignore[arg-type]
        exchange.keep_checkpoint(w, "ab", 5, b"x")  # type: ignore[arg-type]
        exchange.keep_checkpoint(w, "ab", 5, b"x")  # type: ignore[arg-type]

    store.write(keep)
    with store.read() as r:
        assert exchange.peer(r, "ab")["last_no"] == 4 and exchange.peer(r, "ab")["device"] == "d"  # type: ignore[index]
        assert exchange.has_checkpoint(r, "ab", 5, b"x") and not exchange.has_checkpoint(r, "ab", 5, b"y")
    store.write(lambda w: exchange.forget_cursors(w, "ab"))
    with store.read() as r:
        assert not exchange.has_checkpoint(r, "ab", 5, b"x") and exchange.heard(r)[0]["arr"] == 5


def test_the_log_is_read_in_order_and_without_seeds(store: Store) -> None:
    with store.read() as r:
        start, digest = r.position()
        assert exchange.digest_at(r, start) == digest and exchange.digest_at(r, 0) == b""
        assert exchange.digest_at(r, start + 1) is None
        assert all(exchange.is_seed(line.body) for line in exchange.lines_after(r, 0))
    rows = [store.write(lambda w: w.put("person", {"surname": "S", "given": "A", "sex": "f"})).value for _ in range(3)]
    with store.read() as r:
        assert [line.row for line in exchange.lines_after(r, start)] == rows
        assert [line.row for line in exchange.lines_after(r, start, start + 2)] == rows[:2]
        assert exchange.rows_touched_after(r, start + 1) == set(rows[1:])
        assert exchange.unsent(r, start)[0] == 3


def test_scope_is_by_owner_and_reference_data_are_not_in_it(store: Store) -> None:
    ganja, shaki = site_id("ganja"), site_id("shaki")

    def fill(w: object) -> list[str]:
        person = {"surname": "S", "given": "A", "sex": "f"}
        return [w.put("person", {**person, "owner_site": site}) for site in (ganja, shaki, None)]  # type: ignore[attr-defined]

    rows = store.write(fill).value
    with store.read() as r:
        assert exchange.scope_rows(r, [ganja], set()) == {rows[0]}
        assert exchange.scope_rows(r, [ganja, shaki], set()) == set(rows[:2])
        assert exchange.scope_rows(r, [], set()) == set()
    assert all(RECORDS[name].scope == "everywhere" for name in exchange.EVERYWHERE)


def test_a_link_that_leads_nowhere_is_found_among_what_was_written(store: Store) -> None:
    activity, person = store.write(build.an_activity).value, store.write(build.a_person).value
    part = store.write(lambda w: build.a_participation(w, activity, person)).value
    nobody = "01a1f000-0000-7000-8000-000000000000"

    def lose(w: Writer, row: str) -> Sequence[str]:
        w.connection.exec_driver_sql("UPDATE participation SET person = ? WHERE id = ?", (row, part))
        w._note("participation", [part])
        return exchange.lost_links(w)

    assert store.write(lambda w: lose(w, person), links_last=True).value == []
    assert store.write(lambda w: lose(w, nobody), links_last=True).value == [f"participation {part}"]
    with store.read() as r:
        assert [link.split()[0] for link in exchange.foreign_keys_broken(r)] == ["participation"]  # the long way, too
