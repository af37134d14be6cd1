"""Folders of bundles in any order, with files between them that are none."""

from __future__ import annotations

import pytest

from app.errors import Cancelled
from app.sync import folders
from tests.sync.build import Country, a_person


@pytest.fixture(autouse=True)
def _fresh_stick(country: Country) -> None:
    country.stick = country.folder / "fresh"
    country.stick.mkdir()


def test_a_folder_with_bundles_of_two_laptops_and_other_things(country: Country) -> None:
    for name in ("g1", "n1"):
        a_person(country[name], surname=name)
        country.bundle(country[name])
    a_person(country["g1"], surname="second")
    country.bundle(country["g1"])
    (country.stick / "photo.jpg").write_bytes(b"no bundle")
    (country.stick / "sub").mkdir()
    late = country.bundle(country["n1"])
    late.rename(country.stick / "sub" / "renamed-by-the-mail.txt")
    steps: list[tuple[int, int]] = []
    shown, refused = folders.look_at(country.office, [country.stick], lambda *at: steps.append(at))
    assert refused == [] and [(one.sender, one.no) for one in shown] == sorted((one.sender, one.no) for one in shown)
    assert len(shown) == 4 and (3, 4) in steps
    with country.office.read() as r:
        assert r.count("person") == 0
    taken, refused = folders.take_in(country.office, [country.stick], lambda *at: None)
    assert len(taken) == 4 and refused == []
    with country.office.read() as r:
        assert r.count("person") == 3
    again, _ = folders.take_in(country.office, [country.stick], lambda *at: None)
    assert all(one.again for one in again)


def test_it_can_be_stopped_between_two(country: Country) -> None:
    for name in ("g1", "n1"):
        a_person(country[name])
        country.bundle(country[name])

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        folders.take_in(country.office, [country.stick], stop)
    with country.office.read() as r:
        assert r.count("person") == 1
    assert len(folders.take_in(country.office, [country.stick], lambda *at: None)[0]) == 2


def test_a_file_that_was_named_is_taken_at_its_word(country: Country) -> None:
    other = country.stick / "not-a-bundle.saha"
    other.write_bytes(b"?")
    shown, refused = folders.look_at(country.office, [other, other], lambda *at: None)
    assert shown == [] and [one.path for one in refused] == [other]


def test_the_office_writes_one_for_each_laptop_with_progress(country: Country) -> None:
    steps: list[tuple[int, int]] = []
    sent = folders.send_all(country.office, country.stick, lambda *at: steps.append(at))
    assert [one.to for one in sent] == ["g1", "g2", "n1"] and steps == [(0, 3), (1, 3), (2, 3)]
    assert len(folders.send_all(country["g1"], country.stick, lambda *at: None)) == 1


def test_a_bundle_emptied_on_its_way_is_told_of(country: Country) -> None:
    (country.stick / "ganca-1.saha").write_bytes(b"")
    shown, refused = folders.look_at(country.office, [country.stick], lambda *at: None)
    assert shown == [] and [one.path.name for one in refused] == ["ganca-1.saha"]
