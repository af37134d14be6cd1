"""Laptops and offices put back from a backup, disks copied: nothing that exists anywhere is lost, no number lies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.errors import UserError
from app.models.permits import CLERK
from app.models.store import FILE, Store
from app.sync import devices, office, receive, status, witness
from tests.sync.build import PASSPHRASE, Country, a_person, dump, get, put


def put_by(store: Store, to: Path) -> Path:
    """A backup of a store's file."""
    store.copy_to(to)
    return to


def put_back(country: Country, name: str, backup: Path) -> Store:
    """The backup behind the program's back: the file is simply exchanged."""
    store = country.laptops[name] if name != "Baku" else country.office
    store.close()
    folder = country.folder / name
    for path in folder.glob(f"{FILE}*"):
        path.unlink()
    shutil.copy(backup, folder / FILE)
    if name == "Baku":
        country.office = Store.open(folder, PASSPHRASE)
        return country.office
    return country.reopen(name)


@pytest.mark.parametrize("noticed", [True, False])
def test_a_laptop_put_back_gets_its_work_from_the_office(
    country: Country, tmp_path: Path, noticed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    g1, baku = country["g1"], country.office
    row = a_person(g1, phone="1")
    country.round()
    backup = put_by(g1, tmp_path / "backup.db")
    put(g1, "person", row, phone="2")
    later = a_person(g1, "Sonra")
    country.round()
    with g1.read() as r:
        before = r.identity.store_id
    g1 = put_back(country, "g1", backup)
    if not noticed:
        monkeypatch.setattr(witness, "begin", lambda store: None)
    assert get(g1, "person", later) is None
    put(g1, "person", row, note="written after the restore")
    got = country.post(g1, baku)
    assert (got.set_back_at is not None) == noticed
    answer = country.post(baku, g1)
    assert answer.we_were_set_back == (not noticed)
    assert get(g1, "person", later)
    country.round(2)
    with g1.read() as r:
        assert r.identity.store_id != before
    assert get(baku, "person", row)["note"] == "written after the restore"  # type: ignore[index]
    assert get(baku, "person", row)["phone"] == "2"  # type: ignore[index]
    for name in ("g1", "g2"):
        assert dump(country[name], "ganja") == dump(baku, "ganja")


def test_two_computers_with_one_disk_lose_nothing(
    country: Country, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    g1, baku = country["g1"], country.office
    a_person(g1)
    country.round()
    g1.close()
    shutil.copytree(country.folder / "g1", tmp_path / "twin")
    g1 = country.reopen("g1")
    monkeypatch.setattr(witness, "begin", lambda store: None)
    with Store.open(tmp_path / "twin", PASSPHRASE) as twin:
        one, two = a_person(g1, "Bir"), a_person(twin, "İki")
        country.post(g1, baku)
        got = country.post(twin, baku)
        assert got.copied, "two bundles under one number"
        for _ in range(3):
            for store in (g1, twin):
                for path in country.bundles(store, "Baku"):
                    receive.receive(baku, path, safety_copy=False)
            for path in country.bundles(baku, "g1"):
                for store in (g1, twin):
                    receive.receive(store, path, safety_copy=False)
        with g1.read() as r, twin.read() as s:
            assert r.identity.store_id != s.identity.store_id
        for store in (baku, g1, twin):
            assert get(store, "person", one) and get(store, "person", two)
        assert dump(g1, "ganja") == dump(twin, "ganja") == dump(baku, "ganja")
        with baku.read() as r:
            assert next(p for p in status.status(r).partners if p.name == "g1").stores == 2


@pytest.mark.parametrize("noticed", [True, False])
def test_an_office_put_back_gets_even_its_own_work_from_the_laptops(
    country: Country, tmp_path: Path, noticed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    baku = country.office
    row = a_person(country["g1"], phone="1")
    country.round()
    backup = put_by(baku, tmp_path / "backup.db")
    put(baku, "person", row, phone="by the office, after the backup")
    organisation = put(baku, "organisation", code="after", name_en="After", type="ngo")
    others = [a_person(laptop, name) for name, laptop in country.laptops.items()]
    country.round(2)
    baku = put_back(country, "Baku", backup)
    if not noticed:
        monkeypatch.setattr(witness, "begin", lambda store: None)
    mine = put(baku, "organisation", code="newer", name_en="Newer", type="ngo")
    country.round(4)
    assert get(baku, "person", row)["phone"] == "by the office, after the backup"  # type: ignore[index]
    assert get(baku, "organisation", organisation) and get(baku, "organisation", mine)
    assert all(get(baku, "person", other) for other in others)
    for name, site in (("g1", "ganja"), ("g2", "ganja"), ("n1", "nakhchivan")):
        assert dump(country[name], site) == dump(baku, site)
        assert get(country[name], "organisation", mine)
    with baku.read() as r:
        assert not any(p.kept_apart for p in status.status(r).partners)


@pytest.mark.parametrize("noticed", [True, False])
def test_an_office_put_back_knows_again_who_was_lost_and_who_was_added(
    country: Country, tmp_path: Path, noticed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its older roster, under a number that nobody has seen, would make a stolen laptop heard again."""
    baku = country.office
    backup = put_by(baku, tmp_path / "backup.db")
    office.mark_lost(baku, "g1")
    country.join("g3", "ganja")
    row = a_person(country["g3"], "Təzə")
    office.give_level(baku, "n1", CLERK)
    lost = country.laptops.pop("g1")
    country.round()
    baku = put_back(country, "Baku", backup)
    if not noticed:
        monkeypatch.setattr(witness, "begin", lambda store: None)
    stranger = country.laptops.pop("g3")  # whom the office does not know for the time being
    a_person(lost, "Oğru")
    country.round(2)
    with pytest.raises(UserError) as refused:
        country.post(lost, baku, "Baku")
    assert refused.value.code == "bundle_revoked_sender"
    country.laptops["g3"] = stranger
    country.round(2)
    assert get(baku, "person", row)
    for store in (baku, *country.laptops.values()):
        with store.read() as r:
            states = {known.name: known.state for known in devices.roster(r)}
            assert states == {"Baku": "active", "g1": "lost", "g2": "active", "g3": "active", "n1": "active"}
            assert devices.level_of(r, devices.device_named(r, "n1")) == CLERK
            assert not r.meta("roster_wanted")
    lost.close()


def test_only_a_roster_of_its_own_is_taken_back(country: Country) -> None:
    baku = country.office
    with country["g1"].read() as r:
        told = r.meta("roster_told")
    later = {**told, "version": told["version"] + 5}
    without = {name: value for name, value in told.items() if name != "seal"}
    for forged in (told, later, without, {**later, "devices": []}, {}, {"version": "x", "seal": 5}):
        assert baku.write(lambda w, f=forged: devices.take_back(w, f)).value is False
    with baku.read() as r:
        assert devices.roster_as_json(r)["version"] == told["version"]
