"""Keys, roster, names."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.store import Store
from app.sync import devices
from tests.sync.build import Country


def test_keys_keep_their_form() -> None:
    keys, public = devices.new_keys()
    assert devices.keys_from_json(devices.keys_as_json(keys)) == keys
    assert len(public["signing_key"]) == 32 and public["recipient"].startswith("age1")


def test_a_store_without_keys_says_so(store: Store) -> None:
    with store.read() as r:
        for ask in (devices.my_keys, devices.office):
            with pytest.raises(UserError) as refused:
                ask(r)
            assert refused.value.code == "not_enrolled"


def test_the_roster_is_the_same_everywhere(country: Country) -> None:
    with country.office.read() as r:
        reference = devices.roster_as_json(r)
    for laptop in country.laptops.values():
        with laptop.read() as r:
            told = devices.roster_as_json(r)
            assert told == reference
            assert devices.device_named(r, " g1 ").role == "laptop"
            assert devices.sender_keys(r)("unknown") is None


def test_only_a_newer_roster_is_taken(country: Country) -> None:
    with country.office.read() as r:
        told = devices.roster_as_json(r)
    taken = country["g1"].write(lambda w: devices.take_roster(w, told)).value
    assert taken is False
    emptied = {"version": told["version"] + 1, "devices": told["devices"][:1]}
    assert country["g1"].write(lambda w: devices.take_roster(w, emptied)).value is True


def test_names_of_people_and_places_travel(country: Country) -> None:
    country.round()
    with country["n1"].read() as r:
        assert {"Leyla", "user of n1"} <= set(devices.users_known(r).values())
        assert "Baku" in devices.place_of(r).values()
    with country.office.read() as r:
        assert {"user of g1", "user of g2", "user of n1", "Leyla"} <= set(devices.users_known(r).values())
