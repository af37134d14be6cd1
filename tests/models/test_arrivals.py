"""Writes of others, taken in: any order, grouping and repetition end in the same tables."""

from __future__ import annotations

import random
from typing import Any

import pytest

from app.errors import UserError
from app.models import arrivals, exchange, integrity
from app.models.arrivals import Verdict
from app.models.oplog import fold, op_id, write_line
from app.models.store import Store
from app.models.writer import storable
from app.specs.records import RECORDS

ROWS = [f"01a1f000-0000-7000-8000-00000000000{n}" for n in range(4)]


def line(
    n: int, row: int, fields: dict[str, Any], replaced: dict[str, list[str]] | None = None, store: str = "ab"
) -> str:
    return write_line(store * 16, n, n, "2026-11-21T08:00:00Z", "u", "person", ROWS[row], fields, replaced or {})


def history() -> list[bytes]:
    """Creations, edits, a conflict, a deletion."""
    lines = [line(n + 1, n, {"surname": f"S{n}", "given": "A", "sex": "f", "phone": "0"}) for n in range(4)]
    first = [op_id(one).hex() for one in lines]
    lines.append(line(5, 0, {"phone": "1"}, {"phone": [first[0]]}))
    lines.append(line(6, 0, {"phone": "2"}, {"phone": [first[0]]}, "cd"))
    lines.append(line(7, 1, {"phone": "3"}, {"phone": [first[1]]}))
    lines.append(line(8, 1, {"phone": "4"}, {"phone": [first[1], op_id(lines[6]).hex()]}))
    lines.append(line(9, 2, {"deleted": True}, {"*": [first[2]]}))
    lines.append(line(10, 3, {"phone": 17, "unknown_field": "kept"}, {"phone": [first[3]]}))
    return [line.encode() for line in lines]


def shown(store: Store) -> Any:
    with store.read() as r:
        rows = [*r.list("person"), *r.list("person", deleted=True)]
        return sorted(rows, key=lambda row: row["id"]), [
            (c["row"], c["field"], sorted(c["ops"])) for c in exchange.conflict_rows(r)
        ]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_and_grouping_do_not_matter(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    lines = history() * 2
    chance.shuffle(lines)
    while lines:
        some, lines = lines[: chance.randrange(1, 6)], lines[1:]
        store.write(lambda w, some=some: arrivals.absorb(w, some, "x"))
    store.write(lambda w: arrivals.absorb(w, history(), "x"))
    rows, disputes = shown(store)
    assert [(row["surname"], row["phone"], row["deleted"]) for row in rows] == [
        ("S0", "2", False),
        ("S1", "4", False),
        ("S2", "0", True),
        ("S3", None, False),
    ], "a value of a foreign shape is kept in the log and shown as nothing"
    assert [(row, field) for row, field, _ in disputes] == [(ROWS[0], "phone")]
    assert integrity.check(store).sound


def test_it_is_told_what_happened(store: Store) -> None:
    lines = history()
    told = store.write(lambda w: arrivals.absorb(w, lines[:4], "x")).value
    assert (told.new, told.repeated, told.created) == (4, 0, {"person": 4})
    told = store.write(lambda w: arrivals.absorb(w, lines, "y")).value
    assert (told.new, told.repeated, told.changed, told.deleted) == (6, 4, {"person": 3}, {"person": 1})
    assert len(told.opened) == 1


def test_what_is_no_write_refuses_the_whole(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        store.write(lambda w: arrivals.absorb(w, [*history(), b"[1,2,3]"], "x"))
    assert refused.value.code == "write_unreadable" and shown(store) == ([], [])


def test_a_judge_keeps_apart_or_passes_over(store: Store) -> None:
    def judge(w: Any, ops: Any) -> dict[bytes, Verdict]:
        return {op.id: Verdict("no", kept=op.row == ROWS[0]) for op in ops if op.row in ROWS[:2]}

    told = store.write(lambda w: arrivals.absorb(w, history(), "x", sender="s", judge=judge)).value
    assert (told.new, told.refused, told.passed_over) == (4, 3, 3)
    told = store.write(lambda w: arrivals.absorb(w, history(), "x", sender="s", judge=judge)).value
    assert (told.new, told.refused, told.passed_over, told.repeated) == (0, 0, 3, 7)
    with store.read() as r:
        ids = [bytes(entry["id"]) for entry in exchange.quarantined(r)]
    assert store.write(lambda w: arrivals.absorb(w, exchange.release(w, ids), "x")).value.new == 3


def test_the_short_way_is_the_long_way() -> None:
    from app.models.oplog import read_line

    for one in history():
        op = read_line(one.decode())
        shape = arrivals._shape("person", tuple(op.fields))
        if shape is not None:
            careful = storable(RECORDS["person"], fold(RECORDS["person"], [op]).values)
            assert dict(zip(shape.columns, shape.row(op), strict=True)) == careful | {"id": op.row, "deleted": False}


@pytest.mark.parametrize("sets", [{}, {"topics/road_safety": True}])  # the short way and the careful one
def test_a_copy_of_what_cannot_be_shown_yet_waits_too(store: Store, sets: dict[str, bool]) -> None:
    """Nothing of the bundle is refused: the copy comes without its model, and with it once that is shown."""
    missing = "01a1f000-0000-7000-8000-0000000000ff"
    site = {"code": "ganja2", "name_en": "Ganja 2"}
    facts = {"kind": "training_basic_new_officers", "title_en": "T", "start": "2026-03-02", "end": "2026-03-02", **sets}

    def written(n: int, record: str, row: str, fields: dict[str, Any]) -> bytes:
        return write_line("ab" * 16, n, n, "2026-11-21T08:00:00Z", "u", record, row, fields, {}).encode()

    with store.read() as r:
        known = r.list("site")[0]["id"]
    lines = [
        written(1, "activity", ROWS[0], {**facts, "site": missing}),
        written(2, "activity", ROWS[1], {**facts, "site": known, "cloned_from": ROWS[0]}),
        written(3, "activity", ROWS[2], {**facts, "site": known, "cloned_from": ROWS[1]}),
    ]
    store.write(lambda w: arrivals.absorb(w, lines, "x"), links_last=True)
    with store.read() as r:
        assert {row: (r.get("activity", row) or {}).get("cloned_from") for row in ROWS[:3]} == {
            ROWS[0]: None,
            ROWS[1]: None,
            ROWS[2]: ROWS[1],
        }
        assert r.get("activity", ROWS[0]) is None and not exchange.foreign_keys_broken(r)
    store.write(lambda w: arrivals.absorb(w, [written(4, "site", missing, site)], "y"), links_last=True)
    with store.read() as r:
        assert r.get("activity", ROWS[0]) and (r.get("activity", ROWS[1]) or {})["cloned_from"] == ROWS[0]
        assert not exchange.foreign_keys_broken(r) and not exchange.parked_rows(r)
