"""What an enrolled laptop with an altered program may try: another's name, another's rows, another's past."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.keys.slots import LIGHT
from app.models import exchange
from app.models.oplog import op_id, read_line, vouched, vouches, write_line
from app.models.permits import VIEWER
from app.models.store import FILE, Store, site_id
from app.models.writer import Writer
from app.sync import devices, identity, office, receive, send
from tests.sync.build import PASSPHRASE, Country, a_person, an_activity, dump, get, put

GANJA = site_id("ganja")


def forge(w: Writer, store: str, record: str, row: str, fields: dict[str, Any]) -> str:
    """A write under another's name, as if it had been learned from them; gives its id."""
    w.lamport += 1
    line = write_line(store, 90_000 + w.lamport, w.lamport, "2026-11-21T08:00:00Z", "x", record, row, fields, {})
    w._append([read_line(line)], "learned")
    return op_id(line).hex()


def store_id(store: Store) -> str:
    with store.read() as r:
        return r.identity.store_id


def aside(store: Store) -> list[str]:
    with store.read() as r:
        return sorted(entry["reason"] for entry in exchange.quarantined(r))


def put_office_back(country: Country, backup: Path) -> Store:
    country.office.close()
    folder = country.folder / "Baku"
    for path in folder.glob(f"{FILE}*"):
        path.unlink()
    shutil.copy(backup, folder / FILE)
    country.office = Store.open(folder, PASSPHRASE)
    return country.office


def test_a_line_that_vouches_reads_as_before_and_only_for_its_key() -> None:
    line = write_line("ab" * 16, 1, 1, "2026-11-21T08:00:00Z", "u", "person", "r", {"phone": "1"}, {}, True, "why")
    proved = vouched(line, b"k" * 32)
    assert read_line(proved)._replace(id=b"", line="") == read_line(line)._replace(id=b"", line="")
    assert vouches(proved, b"k" * 32)
    assert not vouches(proved, b"l" * 32) and not vouches(line, b"k" * 32) and not vouches("[]", b"k" * 32)
    assert not vouches(proved.replace('"1"', '"2"'), b"k" * 32) and not vouches(proved + "é", b"k" * 32)


@pytest.mark.parametrize("set_back", [False, True])
def test_nobody_writes_under_the_offices_name(country: Country, tmp_path: Path, set_back: bool) -> None:
    g1, baku = country["g1"], country.office
    person, theirs = a_person(g1), a_person(country["n1"])
    organisation = put(baku, "organisation", code="o1", name_en="Org", type="ngo")
    country.round(2)
    if set_back:
        baku.copy_to(tmp_path / "backup.db")
        after = put(baku, "organisation", code="o2", name_en="After the backup", type="ngo")
        country.round()
        baku = put_office_back(country, tmp_path / "backup.db")
        country.post(baku, g1)  # it finds out and goes on under a new id
        country.post(g1, baku)
        with baku.read() as r:
            assert identity.former_ids(r) and r.get("organisation", after), "its own writes came back"
    now = store_id(baku)
    with baku.read() as r:
        names = [now, *identity.former_ids(r)]

    def rogue(w: Writer) -> None:
        for name in names:
            forge(w, name, "organisation", organisation, {"name_en": "Forged"})
            forge(w, name, "person", theirs, {"surname": "Forged"})
            forge(w, name, "person", person, {"erased": True})
            forge(w, name, "person", person, {"phone": "said by the office"})

    g1.write(rogue)
    got = country.post(g1, baku)
    assert (got.refused, got.new) == (4 * len(names), 0)
    assert aside(baku) == [receive.NOT_OURS] * 4 * len(names)
    assert get(baku, "organisation", organisation)["name_en"] == "Org"  # type: ignore[index]
    assert get(baku, "person", theirs)["surname"] == "Quliyev"  # type: ignore[index]
    assert get(baku, "person", person)["phone"] is None  # type: ignore[index]
    assert store_id(baku) == now, "an invented past makes nobody take another name"


def test_a_row_of_another_site_is_not_taken_by_saying_that_it_is_ones_own(country: Country) -> None:
    g1, baku = country["g1"], country.office
    theirs = a_person(country["n1"], "Naxçıvanlı")
    country.round(2)

    def rogue(w: Writer) -> None:
        forge(w, w.identity.store_id, "person", theirs, {"owner_site": GANJA, "surname": "Forged"})
        forge(w, store_id(country["n1"]), "person", theirs, {"owner_site": GANJA})
        forge(w, w.identity.store_id, "person", theirs, {"phone": "forged"})

    g1.write(rogue)
    assert (country.post(g1, baku).refused, aside(baku)) == (3, [receive.NOT_THEIRS] * 3)
    country.round(2)
    assert get(baku, "person", theirs)["owner_site"] == site_id("nakhchivan")  # type: ignore[index]
    assert get(g1, "person", theirs) is None and dump(country["n1"]) != []


def test_what_moved_to_a_site_comes_back_from_there_to_an_office_that_was_set_back(
    country: Country, tmp_path: Path
) -> None:
    """The counterpart of the last: here the claim on another's row is true, and nobody else has it any more."""
    baku, n1, g1 = country.office, country["n1"], country["g1"]
    row = a_person(n1, "Köçən")
    country.round()
    baku.copy_to(tmp_path / "backup.db")
    put(n1, "person", row, owner_site=GANJA)
    country.round(2)
    put(g1, "person", row, phone="1")
    country.round()
    assert get(n1, "person", row) is None
    n1.close()
    del country.laptops["n1"]  # it burns
    baku = put_office_back(country, tmp_path / "backup.db")
    country.round(3)
    assert get(baku, "person", row)["phone"] == "1" and aside(baku) == []  # type: ignore[index]
    assert dump(g1, "ganja") == dump(baku, "ganja")


@pytest.mark.parametrize("saw", [True, False])
def test_only_who_has_seen_what_the_office_lost_is_believed_on_it(country: Country, tmp_path: Path, saw: bool) -> None:
    """The limit of what can be proved, told in README: whoever has seen it could invent more of it."""
    baku, g1 = country.office, country["g1"]
    theirs = a_person(country["n1"])
    country.round(2)
    baku.copy_to(tmp_path / "backup.db")
    put(baku, "organisation", code="o2", name_en="After the backup", type="ngo")
    country.post(baku, g1 if saw else country["n1"])
    baku = put_office_back(country, tmp_path / "backup.db")
    g1.write(lambda w: forge(w, store_id(country["n1"]), "person", theirs, {"owner_site": GANJA}))
    got = country.post(g1, baku)
    assert (got.refused, aside(baku)) == ((0, []) if saw else (1, [receive.NOT_THEIRS]))


def test_nobody_speaks_as_the_office_or_a_former_self_of_it(country: Country) -> None:
    baku, g1 = country.office, country["g1"]
    first = store_id(baku)
    baku.write(identity.take_new_id)
    for stolen in (first, store_id(baku)):
        g1.write(lambda w, stolen=stolen: (w.set_meta("store_id", stolen), w.set_meta("witness", None)))
        g1.identity = replace(g1.identity, store_id=stolen)
        path = country.bundle(g1)
        with pytest.raises(UserError) as refused:
            receive.receive(baku, path)
        assert refused.value.code == "bundle_of_other_store"
    with baku.read() as r:
        (known,) = (one for one in devices.roster(r) if one.name == "g1")
    assert first not in known.stores, "or what the office keeps for itself would be sent to that laptop"


def test_an_invented_word_on_our_past_does_not_make_us_forget(country: Country) -> None:
    baku, g1 = country.office, country["g1"]
    a_person(g1)
    country.round()
    now = store_id(baku)
    g1.write(lambda w: exchange.keep_heard(w, now, 10**6, b"x" * 16, 99, "ab" * 16))
    assert not country.post(g1, baku).we_were_set_back
    assert store_id(baku) == now


def test_what_a_lost_laptop_gave_to_a_neighbour_is_looked_at_by_a_person(country: Country) -> None:
    baku, g1, g2 = country.office, country["g1"], country["g2"]
    before = a_person(g1, "Əvvəl")
    late = country.bundle(g1)
    country.post(g1, g2)
    with baku.read() as r:
        no = exchange.peer(r, store_id(g1))["last_no"]  # type: ignore[index]
    office.mark_lost(baku, "g1")
    after = a_person(g1, "Sonra")
    country.post(g1, g2)  # who has not heard of it yet
    got = country.post(g2, baku)
    assert (got.refused, aside(baku)) == (2, [receive.OF_A_LOST_ONE] * 2)
    assert get(baku, "person", before) is None and get(baku, "person", after) is None
    accepted = {store_id(g1): no + 1}  # its next bundle was on the way when it was lost
    with baku.read() as r:
        (known,) = (one for one in devices.roster(r) if one.name == "g1")
    baku.write(lambda w: exchange.keep_device(w, known.id, last_accepted=accepted))
    assert receive.receive(baku, late, safety_copy=False).new == 1, "its own earlier bundle needs nobody"
    assert get(baku, "person", before) and get(baku, "person", after) is None
    with baku.read() as r:
        (kept,) = exchange.quarantined(r)
    assert receive.take_from_quarantine(baku, [bytes(kept["id"])]).new == 1
    assert get(baku, "person", after)


def test_sums_agree_with_everybody_who_has_what_is_kept_apart(country: Country) -> None:
    baku, g1, g2, g3 = country.office, country["g1"], country["g2"], country.join("g3", "ganja")
    country.round()
    a_person(g1)
    for one, other in ((g1, g2), (g2, g3)):
        country.post(one, other)
    office.mark_lost(baku, "g1")
    del country.laptops["g1"]
    assert country.post(g2, baku).refused == 1 and country.post(g3, baku).repeated == 1
    for laptop in (g2, g3):
        assert not country.post(baku, laptop).state_differs
    g1.close()


def test_what_one_had_no_right_to_bring_counts_when_its_author_brings_it(country: Country) -> None:
    baku, g1, g2 = country.office, country["g1"], country["g2"]
    office.give_level(baku, "g2", VIEWER)
    row = a_person(g1)
    country.post(g1, g2)
    assert country.post(g2, baku).refused == 1 and get(baku, "person", row) is None
    assert country.post(g1, baku).new == 1 and get(baku, "person", row)
    assert aside(baku) == []


def test_a_counter_of_the_roster_that_leaps_shuts_nobody_out(country: Country) -> None:
    baku, g1 = country.office, country["g1"]
    g1.write(lambda w: w.set_meta("roster_version", 2**62 - 1))
    country.post(g1, baku)
    country.post(baku, country["g2"])
    put(baku, "organisation", code="o1", name_en="Org", type="ngo")
    assert country.post(baku, country["g2"]).new == 1


def test_a_kit_that_needs_a_newer_program_is_not_joined_by_halves(
    country: Country, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_activity(country.office)
    monkeypatch.setattr(send, "MIN_READER_SCHEMA", 2)
    kit = tmp_path / "new.sahakit"
    code = office.make_kit(country.office, ["ganja"], "new", kit, work=LIGHT)
    with pytest.raises(UserError) as refused:
        office.join(tmp_path / "new", kit, code, PASSPHRASE, work=LIGHT)
    assert refused.value.code == "bundle_newer_program" and not (tmp_path / "new").exists()


def test_a_neighbour_that_says_nonsense_of_a_site_is_passed_over(country: Country) -> None:
    g1, g2 = country["g1"], country["g2"]
    row = "01a1f000-0000-7000-8000-000000000001"
    g1.write(lambda w: forge(w, w.identity.store_id, "person", row, {"surname": "X", "owner_site": [GANJA]}))
    with g1.read() as r:
        lines = [op.line for op in r.ops_of(row)]
    bundle = country.bundle(g1, "g2")
    package, manifest = receive.open_bundle(g2, bundle.read_bytes(), keep=False)

    class Sections(dict[str, bytes]):
        def lines(self, name: str) -> Any:
            yield from self[name].split(b"\n")

    altered = replace(package, sections=Sections(writes="\n".join(lines).encode()))  # type: ignore[arg-type]
    got = g2.write(lambda w: receive.take(w, altered, manifest)).value
    assert (got.new, got.passed_over) == (0, 1)
