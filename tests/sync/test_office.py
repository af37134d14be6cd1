"""The office, its kits and its laptops: setting up, joining, moving, losing."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.basics import clock
from app.errors import StoreError, UserError
from app.keys.slots import LIGHT
from app.models import exchange
from app.models.store import Store, site_id
from app.sync import devices, office, receive, send
from tests.sync.build import PASSPHRASE, Country, a_person, dump, get, put


def test_a_kit_makes_a_laptop_that_knows_its_site(country: Country) -> None:
    row = a_person(country["g1"])
    put(country.office, "organisation", code="x", name_en="X", type="ngo")
    country.round(2)
    g3 = country.join("g3", "ganja")
    assert get(g3, "person", row) and dump(g3, "ganja") == dump(country.office, "ganja")
    assert g3.identity.role == "laptop" and len(g3.identity.sites) == 1
    a_person(g3, "Yeni")
    assert country.post(g3, country.office).created == {"person": 1}
    answer = country.post(country.office, g3)
    assert answer.new == 0 and not answer.state_differs


def test_a_kit_is_opened_only_by_its_code_and_holds_no_office_secret(country: Country) -> None:
    kit = country.folder / "g3.sahakit"
    code = office.make_kit(country.office, ["ganja"], "g3", kit, work=LIGHT)
    assert office.kit_like(kit) and not office.kit_like(country.bundle(country["g1"]))
    with country.office.read() as r:
        secrets = r.meta("device")
    assert code.replace("-", "").encode() not in kit.read_bytes()
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    with pytest.raises(UserError) as refused:
        office.join(country.folder / "g3", kit, wrong, PASSPHRASE, work=LIGHT)
    assert refused.value.code == "kit_wrong_code" and not (country.folder / "g3").exists()
    with office.join(country.folder / "g3", kit, code, PASSPHRASE, work=LIGHT) as g3, g3.read() as r:
        assert r.meta("device")["signing_key"] != secrets["signing_key"]
    with country.office.read() as r:
        found = devices.device_named(r, "g3")
        assert b"signing" not in repr(r.meta("device")).encode() or found.id not in repr(r.meta("device"))


@pytest.mark.parametrize(
    ("sites", "name", "code"),
    [
        ([], "g3", "no_site_named"),
        (["atlantis"], "g3", "no_such_site"),
        (["ganja"], "G1", "laptop_exists"),
        (["ganja"], " ", "laptop_exists"),
    ],
)
def test_kits_that_cannot_be(country: Country, sites: list[str], name: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        office.make_kit(country.office, sites, name, country.folder / "x.sahakit", work=LIGHT)
    assert refused.value.code == code and not (country.folder / "x.sahakit").exists()


def test_a_kit_that_cannot_be_written_leaves_no_laptop_in_the_roster(country: Country) -> None:
    with pytest.raises(UserError):
        office.make_kit(country.office, ["ganja"], "g3", country.folder / "nowhere" / "x.sahakit", work=LIGHT)
    with country.office.read() as r:
        assert "g3" not in [known.name for known in office.roster(r)]


def test_a_laptop_makes_no_kits(country: Country) -> None:
    with pytest.raises(UserError) as refused:
        office.make_kit(country["g1"], ["ganja"], "g3", country.folder / "x.sahakit", work=LIGHT)
    assert refused.value.code == "office_only"
    with pytest.raises(UserError) as refused:
        office.mark_lost(country["g1"], "g2")
    assert refused.value.code == "office_only"


def test_joining_where_a_store_is_leaves_it(country: Country) -> None:
    kit = country.folder / "g3.sahakit"
    code = office.make_kit(country.office, ["ganja"], "g3", kit, work=LIGHT)
    with pytest.raises(StoreError):
        office.join(country.folder / "g1", kit, code, PASSPHRASE, work=LIGHT)
    assert dump(country["g1"]) is not None


def test_a_kit_used_twice_is_found_out_and_loses_nothing(country: Country, tmp_path: Path) -> None:
    kit = country.folder / "g3.sahakit"
    code = office.make_kit(country.office, ["ganja"], "g3", kit, work=LIGHT)
    stores = [office.join(tmp_path / name, kit, code, PASSPHRASE, work=LIGHT) for name in ("one", "two")]
    rows = [a_person(store, "Bir") for store in stores]
    for _ in range(3):
        for store in stores:
            receive.receive(country.office, country.bundle(store), safety_copy=False)
        for path in country.bundles(country.office, "g3"):
            for store in stores:
                receive.receive(store, path, safety_copy=False)
    assert all(get(store, "person", row) for store in (country.office, *stores) for row in rows)
    assert stores[0].identity.store_id != stores[1].identity.store_id
    for store in stores:
        store.close()


def test_other_laptops_learn_that_one_is_lost(country: Country) -> None:
    g1, g2 = country["g1"], country["g2"]
    country.post(g1, g2)
    office.mark_lost(country.office, "g1")
    before = country.bundle(g1, "g2")
    country.post(country.office, g2)
    with pytest.raises(UserError) as refused:
        receive.receive(g2, before)
    assert refused.value.code == "bundle_revoked_sender"
    with g2.read() as r:
        assert devices.device_named(r, "g1").state == devices.LOST


def test_an_older_roster_is_not_taken_back(country: Country) -> None:
    g2 = country["g2"]
    early = country.bundle(country.office, "g2")
    office.mark_lost(country.office, "g1")
    country.post(country.office, g2)
    receive.receive(g2, early, safety_copy=False)
    with g2.read() as r:
        assert devices.device_named(r, "g1").state == devices.LOST


def test_what_a_lost_laptop_sent_before_is_still_taken(country: Country) -> None:
    g1 = country["g1"]
    a_person(g1)
    early = country.bundle(g1)
    second = a_person(g1, "Sonra")
    country.post(g1, country.office)
    office.mark_lost(country.office, "g1")
    assert receive.receive(country.office, early, safety_copy=False).older
    assert get(country.office, "person", second)
    with country.office.read() as r:
        known = devices.device_named(r, "g1")
        assert known.last_accepted and exchange.peers(r, device=known.id)[0]["last_no"] in known.last_accepted.values()


def test_a_replacement_starts_with_everything(country: Country) -> None:
    row = a_person(country["g1"])
    country.round()
    office.mark_lost(country.office, "g1")
    again = country.join("g1 new", "ganja")
    assert get(again, "person", row)


def test_an_office_made_before_exchange_gets_its_keys_with_the_first_kit(tmp_path: Path) -> None:
    with Store.create(tmp_path / "o", PASSPHRASE, name="Baku", work=LIGHT) as store:
        office.make_kit(store, ["ganja"], "g1", tmp_path / "k.sahakit", work=LIGHT)
        office.enrol_office(store)
        with store.read() as r:
            assert [known.role for known in office.roster(r)] == ["office", "laptop"]


def test_another_laptop_in_place_of_a_dead_one(country: Country, tmp_path: Path) -> None:
    row = a_person(country["g1"])
    country.post(country["g1"], country.office)
    put(country["g1"], "person", row, phone="1")
    on_its_way = country.bundle(country["g1"])  # sent before the laptop died
    kit = tmp_path / "again.sahakit"
    code = office.make_kit(country.office, [], "g1", kit, work=LIGHT, instead=True)
    with country.office.read() as r:
        old = next(one for one in devices.roster(r) if one.state == devices.REPLACED)
        assert old.name.startswith("g1 · ") and old.sites == devices.device_named(r, "g1").sites
    with office.join(tmp_path / "again", kit, code, PASSPHRASE, work=LIGHT) as again:
        assert get(again, "person", row)["phone"] is None  # type: ignore[index]
        country.laptops["g1"].close()
        country.laptops["g1"] = again
        receive.receive(country.office, on_its_way, safety_copy=False)
        country.round()
        assert get(again, "person", row)["phone"] == "1"  # type: ignore[index]
        assert [sent for sent in send.send(country.office, tmp_path / "out") if sent.to.startswith("g1 ·")] == []
    with pytest.raises(UserError, match="laptop_unknown"):
        office.make_kit(country.office, [], "nobody", kit, work=LIGHT, instead=True)


def test_the_exposure_names_sites_fields_and_the_events_to_look_for(country: Country) -> None:
    a_person(country["g1"], phone="1")
    put(country["g1"], "activity", **_planned("2020-01-10"))
    country.post(country["g1"], country.office)
    today = clock.today().isoformat()
    put(country.office, "activity", **_planned(today))
    exposed = office.mark_lost(country.office, "g1")
    assert exposed.by_site == {"Ganja": {"person": 1, "activity": 2}} and exposed.personal["phone"] == 1
    planned = [event for event in exposed.events if event.source == "plan"]
    assert [(event.day, event.title) for event in planned] == [(today, "Basic training")]
    assert all(event.until >= today for event in exposed.events)
    with country.office.read() as r:
        again = office.exposure(r, devices.device_named(r, "g1"))
    assert again.persons == exposed.persons and again.marked


def _planned(day: str) -> dict[str, str]:
    kind = "training_basic_new_officers"
    return {"kind": kind, "title_en": "Basic training", "site": site_id("ganja"), "start": day, "status": "planned"}
