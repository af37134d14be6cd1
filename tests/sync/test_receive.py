"""What receiving takes, what it refuses, what it keeps apart, and how it is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import arrivals, exchange, integrity
from app.models.oplog import write_line
from app.models.store import Store, site_id
from app.models.writer import Writer
from app.sync import conflicts, receive, send, status
from tests.sync.build import Country, a_person, an_activity, dump, get, put


def forge(
    w: Writer, record: str, row: str, fields: dict[str, Any], replaced: dict[str, list[str]] | None = None
) -> None:
    """A write that a laptop's own door would have refused, as an altered program might make it."""
    w.seq += 1
    w.lamport += 1
    line = write_line(
        w.identity.store_id, w.seq, w.lamport, "2026-11-21T08:00:00Z", "x", record, row, fields, replaced or {}
    )
    from app.models.oplog import read_line

    w._append([read_line(line)], None)


def test_preview_tells_what_receiving_does_and_leaves_nothing(country: Country) -> None:
    g1 = country["g1"]
    person = a_person(g1)
    country.post(g1, country.office)
    put(g1, "person", person, phone="1")
    put(country.office, "person", person, phone="2")
    g1.write(lambda w: w.delete("person", a_in_other_transaction(w)))
    path = country.bundle(g1)
    before = dump(country.office)
    plan = receive.preview(country.office, path)
    assert dump(country.office) == before
    with country.office.read() as r:
        assert conflicts.conflicts(r) == [] and len(exchange.received(r)) > 0
    got = receive.receive(country.office, path)
    assert (got.created, got.changed, got.deleted, len(got.conflicts)) == (
        plan.created,
        plan.changed,
        plan.deleted,
        len(plan.conflicts),
    )
    assert len(got.conflicts) == 1 and got.deleted == {"person": 1}
    assert (country.office.folder / receive.COPY).exists(), "a verified copy was put by first"


def a_in_other_transaction(w: Writer) -> str:
    return w.put("person", {"surname": "Gedən", "given": "A", "sex": "f"})


def test_a_folder_in_any_order_with_other_things_in_it(country: Country) -> None:
    rows = [a_person(laptop) for laptop in country.laptops.values()]
    folder = country.folder / "inbox"
    (folder / "deep").mkdir(parents=True)
    for number, laptop in enumerate(country.laptops.values()):
        path = country.bundle(laptop)
        path.rename(folder / ("deep" if number else ".") / f"renamed{number}.dat")
    (folder / "letter.txt").write_text("not a bundle")
    (folder / "cut.saha").write_bytes(country.bundle(country["g1"]).read_bytes()[:500])
    taken, refused = receive.receive_all(country.office, [folder], safety_copy=False)
    assert len(taken) == 3 and all(get(country.office, "person", row) for row in rows)
    assert [(one.path.name, one.error.code) for one in refused] == [("cut.saha", "bundle_damaged")]


def test_the_office_introduces_a_laptop_whose_bundle_came_first(country: Country) -> None:
    g3 = country.join("g3", "ganja")
    row = a_person(g3)
    folder = country.folder / "inbox"
    folder.mkdir()
    country.bundle(g3, "g1").rename(folder / "a.saha")
    country.bundle(country.office, "g1").rename(folder / "b.saha")
    taken, refused = receive.receive_all(country["g1"], [folder], safety_copy=False)
    assert len(taken) == 2 and refused == []
    assert get(country["g1"], "person", row)


def test_writes_beyond_a_laptops_rights_are_kept_apart(country: Country) -> None:
    g1, baku = country["g1"], country.office
    theirs = a_person(country["n1"], "Naxçıvanlı")
    mine = a_person(g1)
    country.round(2)
    organisation = put(baku, "organisation", code="o1", name_en="Org", type="ngo")
    country.round()

    def rogue(w: Writer) -> None:
        forge(w, "organisation", organisation, {"name_en": "Forged"})
        forge(w, "person", theirs, {"surname": "Forged"})
        forge(w, "person", mine, {"merged_into": theirs})
        forge(w, "person", mine, {"erased": True})
        forge(w, "person", mine, {"phone": "honest"})

    g1.write(rogue)
    got = country.post(g1, baku)
    assert (got.refused, got.new) == (4, 1)
    assert get(baku, "organisation", organisation)["name_en"] == "Org"  # type: ignore[index]
    assert get(baku, "person", theirs)["surname"] == "Naxçıvanlı"  # type: ignore[index]
    assert get(baku, "person", mine)["merged_into"] is None  # type: ignore[index]
    assert get(baku, "person", mine)["phone"] == "honest"  # type: ignore[index]
    with baku.read() as r:
        assert next(p for p in status.status(r).partners if p.name == "g1").kept_apart == 4
        ids = [bytes(entry["id"]) for entry in exchange.quarantined(r) if entry["reason"] == receive.NOT_THEIRS]
    answer = country.post(baku, g1)
    assert not answer.state_differs, "the laptop is told what does not count"
    assert receive.take_from_quarantine(baku, ids).new == 1
    assert get(baku, "person", theirs)["surname"] == "Forged"  # type: ignore[index]
    with pytest.raises(UserError):
        receive.take_from_quarantine(g1, ids)


def test_sums_that_differ_are_healed_by_sending_everything_again(country: Country) -> None:
    g1, baku = country["g1"], country.office
    country.round(2)
    lost = a_person(baku, "İtmiş", owner_site=site_id("ganja"))
    country.post(baku, g1)

    def drop(w: Writer) -> None:
        """The last write is gone, and only what adds up tells."""
        w.connection.exec_driver_sql("DELETE FROM op WHERE arr = (SELECT max(arr) FROM op)")
        arrivals.drop_row(w, "person", lost)

    g1.write(drop)
    a_person(baku, "Sonrakı", owner_site=site_id("ganja"))
    with g1.read() as r:
        (peer,) = (p for p in exchange.peers(r, role="office", live=True))
    g1.write(lambda w: exchange.keep_checkpoint(w, peer["store_id"], peer["seen_arr"], peer["seen_digest"]))
    country.post(g1, baku)  # it confirms what it does not have
    got = country.post(baku, g1)
    assert got.state_differs and get(g1, "person", lost) is None
    with g1.read() as r:
        assert status.status(r).partners[0].state_differs and status.status(r).partners[0].asked
    country.post(g1, baku)
    got = country.post(baku, g1)
    assert not got.state_differs and get(g1, "person", lost)
    with g1.read() as r:
        assert not any(p.state_differs or p.asked for p in status.status(r).partners)
    assert dump(g1, "ganja") == dump(baku, "ganja")


def test_a_counter_that_leaps_is_kept_apart(country: Country) -> None:
    g1 = country["g1"]
    mine = a_person(g1)

    def leap(w: Writer) -> None:
        w.lamport = 2**61
        forge(w, "person", mine, {"phone": "1"})

    g1.write(leap)
    assert country.post(g1, country.office).refused == 1
    assert country.office.write(lambda w: w.lamport).value < 2**40


def test_a_laptop_cannot_speak_for_another(country: Country) -> None:
    with country["g2"].read() as r:
        stolen = r.identity.store_id
    a_person(country["g2"])
    country.post(country["g2"], country.office)
    a_person(country["g1"])
    country["g1"].write(lambda w: (w.set_meta("store_id", stolen), w.set_meta("witness", None)))
    path = country.bundle(country["g1"])
    with pytest.raises(UserError) as refused:
        receive.receive(country.office, path)
    assert refused.value.code == "bundle_of_other_store"


def test_a_bundle_for_a_newer_program_waits_for_it(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    row = a_person(country["g1"])
    monkeypatch.setattr(send, "MIN_READER_SCHEMA", 2)
    path = country.bundle(country["g1"])
    before = dump(country.office)
    with pytest.raises(UserError) as refused:
        receive.receive(country.office, path)
    assert refused.value.code == "bundle_newer_program" and dump(country.office) == before
    assert receive.receive_waiting(country.office) == []
    monkeypatch.setattr(receive, "SCHEMA", 2)
    assert [got.new for got in receive.receive_waiting(country.office)] == [1]
    assert get(country.office, "person", row)
    assert list((country.office.folder / receive.WAITING).iterdir()) == []


def test_what_waited_is_taken_with_the_next_bundles_and_lost_by_no_fault_of_the_drive(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = a_person(country["g1"])
    with monkeypatch.context() as newer:
        newer.setattr(send, "MIN_READER_SCHEMA", 2)
        path = country.bundle(country["g1"])
    _, refused = receive.receive_all(country.office, [path])
    assert [one.error.code for one in refused] == ["bundle_newer_program"]
    (kept,) = (country.office.folder / receive.WAITING).iterdir()
    monkeypatch.setattr(receive, "SCHEMA", 2)

    def full(*_: object) -> None:
        raise UserError("no_space")

    with monkeypatch.context() as drive:
        drive.setattr(Store, "copy_to", full)
        assert receive.receive_waiting(country.office) == [] and kept.exists()
    other = country.bundle(country["n1"])
    taken, refused = receive.receive_all(country.office, [other])
    assert [one.sender for one in taken] == ["g1", "n1"] and refused == []
    assert get(country.office, "person", row) and not kept.exists()


def test_the_copy_is_made_before_the_first_bundle_that_is_new(country: Country) -> None:
    a_person(country["g1"])
    old = country.bundle(country["g1"])
    receive.receive(country.office, old, safety_copy=False)
    new = country.bundle(country["n1"])
    copy = country.office.folder / receive.COPY
    assert not copy.exists()
    assert [one.again for one in receive.receive_all(country.office, [old, new])[0]] == [True, False]
    assert copy.exists()


def test_what_this_program_does_not_know_is_kept_and_goes_on(country: Country) -> None:
    g1, g2, baku = country["g1"], country["g2"], country.office
    person = a_person(g1)
    country.round()
    unknown = "01a1f000-0000-7000-8000-000000000001"

    def newer(w: Writer) -> None:
        forge(w, "person", person, {"blood_group": "A", "phone": "1"})
        forge(w, "future_record", unknown, {"what": "ever", "owner_site": site_id("ganja")})

    g1.write(newer)
    got = country.post(g1, baku)
    assert got.new == 2 and got.refused == 0
    assert get(baku, "person", person)["phone"] == "1"  # type: ignore[index]
    with baku.read() as r:
        assert [(p["record"], p["reason"]) for p in exchange.parked_rows(r)] == [("future_record", "newer_program")]
        assert any(op.fields.get("blood_group") == "A" for op in r.ops_of(person))
    put(baku, "person", person, phone="2")
    country.round(2)
    for store in (g1, g2):
        with store.read() as r:
            ops = r.ops_of(person)
        assert any(op.fields.get("blood_group") == "A" for op in ops)
        assert not any("blood_group" in op.replaced for op in ops), "an older program blanks nothing it does not know"
    assert integrity.check(baku).sound
    with pytest.raises(UserError) as refused:
        receive.undo_receive(baku, got.bundle)
    assert refused.value.code == "bundle_built_on"


def test_a_bundle_with_records_of_a_newer_program_is_not_taken_back_by_halves(country: Country) -> None:
    g1, baku = country["g1"], country.office
    unknown = "01a1f000-0000-7000-8000-000000000001"
    g1.write(lambda w: forge(w, "future_record", unknown, {"what": "ever", "owner_site": site_id("ganja")}))
    row = a_person(g1)
    got = country.post(g1, baku)
    with pytest.raises(UserError) as refused:
        receive.undo_receive(baku, got.bundle)
    assert refused.value.code == "bundle_undo_newer" and get(baku, "person", row)


@pytest.mark.parametrize("shown", ["ours", "theirs"])
def test_taking_a_bundle_back_ends_the_dispute_that_it_brought(country: Country, shown: str) -> None:
    g1, baku = country["g1"], country.office
    row = a_person(g1, phone="0")
    country.round(2)
    for _ in range(3):
        a_person(baku if shown == "ours" else g1)  # whoever wrote more counts as the later one
    put(g1, "person", row, phone="1")
    put(baku, "person", row, phone="2")
    got = country.post(g1, baku)
    assert len(got.conflicts) == 1
    assert get(baku, "person", row)["phone"] == ("2" if shown == "ours" else "1")  # type: ignore[index]
    receive.undo_receive(baku, got.bundle)
    country.round(2)
    for store in (baku, g1):
        assert get(store, "person", row)["phone"] == "2"  # type: ignore[index]
        with store.read() as r:
            assert conflicts.conflicts(r) == []


def test_taking_a_bundle_back(country: Country) -> None:
    g1, baku = country["g1"], country.office
    old = a_person(g1, phone="1")
    country.round(2)
    put(g1, "person", old, phone="2")
    new = a_person(g1, "Yeni")
    path = country.bundle(g1)
    got = receive.receive(baku, path)
    assert receive.undo_receive(baku, got.bundle[:8]) == 2
    assert get(baku, "person", old)["phone"] == "1" and get(baku, "person", new) is None  # type: ignore[index]
    assert receive.receive(baku, path).again
    with pytest.raises(UserError) as refused:
        receive.undo_receive(baku, got.bundle)
    assert refused.value.code == "bundle_undone_already"
    country.round(2)
    assert get(g1, "person", old)["phone"] == "1" and get(g1, "person", new) is None  # type: ignore[index]
    assert dump(g1, "ganja") == dump(baku, "ganja")
    g1.write(lambda w: w.restore("person", new))
    country.round()
    assert get(baku, "person", new)


@pytest.mark.parametrize("kind", ["edited", "named"])
def test_a_bundle_on_which_something_was_built_stays(country: Country, kind: str) -> None:
    g1, baku = country["g1"], country.office
    person = a_person(g1)
    activity = an_activity(baku)
    got = country.post(g1, baku)
    if kind == "edited":
        put(baku, "person", person, phone="1")
    else:
        put(baku, "participation", activity=activity, person=person)
    with pytest.raises(UserError) as refused:
        receive.undo_receive(baku, got.bundle)
    assert refused.value.code == "bundle_built_on"
    with pytest.raises(UserError) as refused:
        receive.undo_receive(baku, "ffff")
    assert refused.value.code == "no_such_bundle"


def test_a_participation_whose_person_has_not_come_waits(country: Country, tmp_path: Path) -> None:
    """Writes arrive without their parents: parked, not dropped, and shown when the parents come."""
    g1, baku = country["g1"], country.office
    person, activity = a_person(g1), an_activity(g1)
    part = put(g1, "participation", activity=activity, person=person)
    from app.models import arrivals

    with g1.read() as r:
        lines = {row: [op.line.encode() for op in r.ops_of(row)] for row in (person, activity, part)}
    baku.write(lambda w: arrivals.absorb(w, lines[part], "x"))
    assert get(baku, "participation", part) is None
    with baku.read() as r:
        assert [p["reason"] for p in exchange.parked_rows(r)] == ["missing_parent"]
    baku.write(lambda w: arrivals.absorb(w, lines[activity], "x"))
    assert get(baku, "participation", part)["person"] is None  # type: ignore[index]
    with baku.read() as r:
        assert [p["reason"] for p in exchange.parked_rows(r)] == ["missing_reference"]
    baku.write(lambda w: arrivals.absorb(w, lines[person], "x"))
    assert get(baku, "participation", part)["person"] == person  # type: ignore[index]
    with baku.read() as r:
        assert list(exchange.parked_rows(r)) == []
    assert integrity.check(baku).sound


def test_the_waiting_folder_is_not_read_by_accident(country: Country) -> None:
    assert receive.receive_waiting(country.office) == []
