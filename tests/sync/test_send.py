"""What goes into a bundle, for whom, in how many parts, and where it is written."""

from __future__ import annotations

import hashlib
import itertools
import os
from pathlib import Path

import pytest

from app.errors import UserError
from app.keys import sealing
from app.models import exchange
from app.models.store import Store
from app.sync import devices, package, receive, send
from tests.sync.build import Country, a_person, an_activity, dump, put


def attach(store: Store, content: bytes, **more: object) -> str:
    name = hashlib.sha256(content).hexdigest()
    store.write(lambda w: exchange.keep_blob(w, name, content, "image/png"))
    put(store, "attachment", sha256=name, name="sheet.png", media_type="image/png", size=len(content), **more)
    return name


def blob(store: Store, name: str) -> bytes | None:
    with store.read() as r:
        found = exchange.blob(r, name)
        return bytes(found["content"]) if found else None


def test_a_folder_gets_one_file_for_each_laptop_and_a_file_needs_a_name(country: Country) -> None:
    sent = send.send(country.office, country.folder / "out")
    assert sorted(one.to for one in sent) == ["g1", "g2", "n1"]
    assert all(one.path.name.startswith("baku-") and one.path.suffix == ".saha" for one in sent)
    with pytest.raises(UserError) as refused:
        send.send(country.office, country.folder / "one.saha")
    assert refused.value.code == "send_to_whom"
    assert send.send(country.office, country.folder / "one.saha", "n1")[0].path.name == "one.saha"
    with pytest.raises(UserError) as refused:
        send.send(country.office, country.folder, "nobody")
    assert refused.value.code == "laptop_unknown"


def test_nothing_in_a_file_or_its_name_says_who_was_there(country: Country) -> None:
    a_person(country["g1"], "Qəribəsoyad", phone="0501234567")
    path = country.bundle(country["g1"])
    for word in ("Qəribəsoyad", "0501234567", "ganja", "person"):
        assert word.encode() not in path.read_bytes() and word not in path.name


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[::2])
def test_parts_arrive_in_any_order(country: Country, order: tuple[int, ...]) -> None:
    g1 = country["g1"]

    def fill(w: object) -> None:
        for number in range(900):
            note = os.urandom(100).hex()  # what no compression makes smaller: three parts and more
            w.put("person", {"surname": f"P{number}", "given": "A", "sex": "f", "note": note})  # type: ignore[attr-defined]

    g1.write(fill)
    paths = list(country.bundles(g1, max_size=60_000))
    assert len(paths) >= 3 and all(path.stat().st_size <= 60_000 for path in paths)
    paths = [paths[at] for at in order] + paths[3:]
    for path in paths:
        receive.receive(country.office, path, safety_copy=False)
    country.round(2)
    assert dump(country.office, "ganja") == dump(g1, "ganja") == dump(country["g2"], "ganja")


def test_a_part_that_never_comes_is_sent_again(country: Country) -> None:
    g1 = country["g1"]
    g1.write(
        lambda w: [w.put("person", {"surname": os.urandom(30).hex(), "given": "A", "sex": "f"}) for _ in range(900)]
    )
    lost, *others = country.bundles(g1, max_size=90_000)
    for path in others:
        receive.receive(country.office, path, safety_copy=False)
    country.post(country.office, g1)
    country.post(g1, country.office)
    assert dump(country.office, "ganja") == dump(g1, "ganja")
    assert lost.exists()


def test_attachments_travel_by_hash_and_the_text_does_not_wait_for_them(country: Country) -> None:
    g1 = country["g1"]
    activity = an_activity(g1)
    small, large = os.urandom(20_000), os.urandom(300_000)
    one = attach(g1, small, linked_record="activity", linked_id=activity)
    two = attach(g1, large, linked_record="activity", linked_id=activity)
    sent = send.send(g1, country.folder / "out", max_size=120_000)
    assert sent[-1].left_behind == 1, "what is larger than a letter stays behind"
    for each in sent:
        receive.receive(country.office, each.path, safety_copy=False)
    assert blob(country.office, one) == small and blob(country.office, two) is None
    country.post(country.office, g1)
    assert country.post(g1, country.office).attachments == 1, "the office says what it misses"
    assert blob(country.office, two) == large
    country.round(2)
    assert blob(country["g2"], one) == small and blob(country["g2"], two) == large
    assert blob(country["n1"], one) is None


def test_an_attachment_of_another_content_is_not_kept(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    g1 = country["g1"]
    name = attach(g1, b"true content", linked_record="activity", linked_id=an_activity(g1))
    real = exchange.blob
    monkeypatch.setattr(exchange, "blob", lambda r, n: {**(real(r, n) or {}), "content": b"forged bytes"})
    path = country.bundle(g1)
    monkeypatch.undo()
    receive.receive(country.office, path, safety_copy=False)
    assert blob(country.office, name) is None


def test_files_too_small_to_hold_anything(country: Country) -> None:
    with pytest.raises(UserError) as refused:
        country.bundle(country["g1"], max_size=1000)
    assert refused.value.code == "send_too_small"


def test_a_stick_that_is_full_or_gone_leaves_nothing_half_written(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    g1 = country["g1"]
    a_person(g1)
    target = country.folder / "out"
    target.mkdir()

    def refuse(data: bytes, path: Path) -> None:
        raise UserError("no_space")

    monkeypatch.setattr(send, "save_package", refuse)
    with pytest.raises(UserError):
        send.send(g1, target)
    monkeypatch.undo()
    assert list(target.iterdir()) == []
    got = country.post(g1, country.office)
    assert got.new == 1 and list(got.missing) == [], "a number whose file was never written is not missed"


def test_neighbours_exchange_what_both_may_have(country: Country) -> None:
    g1, g2, n1 = country["g1"], country["g2"], country["n1"]
    mine = a_person(g1, "Birinci")
    theirs = a_person(g2, "İkinci")
    activity = an_activity(g1)
    put(g1, "activity", activity, confidential_note="only Baku")
    hidden = an_activity(g1, title="Hidden", restricted=True)
    country.post(g1, g2)
    country.post(g2, g1)
    with g2.read() as r:
        assert r.get("person", mine) and r.get("activity", activity)["confidential_note"] is None  # type: ignore[index]
        assert r.get("activity", hidden) is None
    with g1.read() as r:
        assert r.get("person", theirs)
    with pytest.raises(UserError) as refused:
        send.send(g1, country.stick, "n1")
    assert refused.value.code == "no_shared_site"
    country.round(2)
    with g1.read() as r:
        assert r.get("activity", activity)["confidential_note"] == "only Baku"  # type: ignore[index]
    with country.office.read() as r:
        assert r.get("activity", activity)["confidential_note"] == "only Baku"  # type: ignore[index]
    for store in (g2, n1):
        with store.read() as r:
            assert r.get("activity", hidden) is None
            assert all("only Baku" not in line.body for line in exchange.lines_after(r, 0))


def test_what_a_neighbour_brought_reaches_the_office_by_either_way(country: Country) -> None:
    g1, g2 = country["g1"], country["g2"]
    row = a_person(g1)
    country.post(g1, g2)
    assert country.post(g2, country.office).created == {"person": 1}
    assert country.post(g1, country.office).new == 0
    with country.office.read() as r:
        assert r.get("person", row)


def test_bundle_sizes_tell_little(country: Country) -> None:
    """What is sealed has one of few sizes: nobody counts participants by weighing bundles."""
    g1 = country["g1"]
    with country.office.read() as r:
        identities = devices.my_keys(r).identities
    sizes, unpadded = set(), set()
    for number in range(12):
        a_person(g1, f"Soyad{number}")
        data = country.bundle(g1).read_bytes()
        inside = sealing.open_sealed(data[package._split(data)[1] :], identities)
        assert package.padded_size(len(inside)) == len(inside) <= len(inside.rstrip(b"\0")) * 1.12 + 2
        sizes.add(len(inside))
        unpadded.add(len(inside.rstrip(b"\0")))
    assert len(sizes) < len(unpadded) and len(unpadded) >= 10, "control: without it each would weigh otherwise"
