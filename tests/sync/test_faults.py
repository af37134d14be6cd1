"""Bundles cut, altered, forged, replayed; programs killed in the middle: the store is whole and loses nothing.

Each injector has a positive control in the same run: something that it must catch. Every cut and every bit of three
bundles is tried here; `--long` adds mutants (100,000) and kills (60 an operation). Sticks pulled or full: tests/faults.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.errors import UserError
from app.keys import canonical, sealing, signing
from app.models import exchange, integrity
from app.models.store import FILE, Store
from app.sync import devices, package, receive
from app.sync.office import mark_lost
from tests.sync.build import PASSPHRASE, Country, a_person, dump, get, put

ROOT = Path(__file__).resolve().parents[2]


def state_of(store: Store) -> str:
    """A name for everything in the database, so that two moments can be compared; only the mark that is new at each
    start (what a file put back is known by) does not count."""
    told = hashlib.sha256()
    with store.read() as r:
        tables = r.connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name"
        ).scalars()
        for table in tables.all():
            if not table.startswith("sqlite_"):
                for row in r.connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY 1').all():
                    if row[0] != "witness":
                        told.update(repr(row).encode())
    return told.hexdigest()


def refused(store: Store, data: bytes) -> bool:
    """Whether receiving these bytes is refused with a code (anything else is a crash)."""
    try:
        bundle, manifest = receive.open_bundle(store, data, keep=False)
        store.write(lambda w: receive.take(w, bundle, manifest))
    except UserError:
        return True
    return False


@pytest.fixture
def bundles(country: Country) -> list[bytes]:
    """Three kinds: a laptop's first, its second with changes, one with an attachment."""
    g1 = country["g1"]
    row = a_person(g1)
    made = [country.bundle(g1).read_bytes()]
    put(g1, "person", row, phone="1")
    made.append(country.bundle(g1).read_bytes())
    content = os.urandom(300)
    g1.write(lambda w: exchange.keep_blob(w, hashlib.sha256(content).hexdigest(), content, None))
    made.append(country.bundle(g1).read_bytes())
    return made


@pytest.mark.parametrize("number", range(3))
def test_every_cut_and_every_flipped_bit_is_refused(country: Country, bundles: list[bytes], number: int) -> None:
    """F10, exhaustive: every length and every bit of the whole file."""
    baku, data = country.office, bundles[number]
    before = state_of(baku)
    with baku.read() as r:
        keys = devices.my_keys(r)
        senders = {made.id: devices.sender_keys(r)(made.id) for made in devices.roster(r)}

    def accepted(tried: bytes) -> bool:
        try:
            package.read_package(tried, keys.identities, senders.get, keys.device)
        except UserError as error:
            assert error.code.startswith("bundle_"), error.code
            return False
        return True

    assert accepted(data), "control: whole, it is taken"
    assert not any(accepted(data[:end]) for end in range(len(data)))
    for at in range(len(data)):
        for bit in range(8):
            altered = bytearray(data)
            altered[at] ^= 1 << bit
            assert not accepted(bytes(altered)), f"bit {bit} of byte {at}"
    assert state_of(baku) == before
    # the same through the whole of receiving, at some places of each part of the file
    chance = random.Random(number)
    for at in (*range(0, 12), *chance.sample(range(len(data)), 60)):
        altered = bytearray(data)
        altered[at] ^= 1 << chance.randrange(8)
        assert refused(baku, bytes(altered)) and refused(baku, data[:at])
    assert refused(baku, data + b"\0") and refused(baku, data * 2)
    assert state_of(baku) == before
    assert not refused(baku, data) and state_of(baku) != before, "control: whole, it is taken, and that is seen"


@pytest.mark.timeout(36_000)  # with --long
def test_random_mutants_are_refused(country: Country, bundles: list[bytes], pytestconfig: pytest.Config) -> None:
    chance = random.Random(20261121)
    before = state_of(country.office)
    for _ in range(100_000 if pytestconfig.getoption("--long", default=False) else 600):
        data = bytearray(chance.choice(bundles))
        for _ in range(chance.randrange(1, 5)):
            kind, at = chance.randrange(4), chance.randrange(len(data))
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                del data[at : at + chance.randrange(1, 40)]
            elif kind == 2:
                data[at:at] = chance.randbytes(chance.randrange(1, 40))
            else:
                other = chance.choice(bundles)
                data[at : at + 64] = other[at : at + 64]
        if bytes(data) not in bundles:
            assert refused(country.office, bytes(data))
    assert state_of(country.office) == before


def forge(country: Country, signer: bytes, device: str, no: int = 1, to: str | None = None) -> bytes:
    """A bundle that says it is g1's, signed by whoever."""
    with country["g1"].read() as r:
        made = package.read_header(country.bundle(country["g1"]).read_bytes())
        baku = devices.office(r)
        store_id = r.identity.store_id
    manifest = {
        "store": store_id, "parents": [], "to_store": None, "no": no, "numbers": [no], "made": "2026-11-21T08:00:00Z",
        "from_arr": 0, "from_digest": "", "to_arr": 0, "to_digest": "", "ack": {}, "heard": {}, "schema": 1,
        "min_schema": 1, "seed_version": 1, "role": "laptop", "membership": None, "whole": False, "state": "",
        "writes": 0, "refused": [], "wanted": [], "receipts": [], "users": {}, "roster": None, "roster_version": 0,
    }  # fmt: skip
    assert made.sender
    return package.write_package(manifest, {"writes": b""}, signer, device, [(to or baku.id, baku.recipient)])


def test_forged_senders_are_refused(country: Country) -> None:
    baku = country.office
    with country["g1"].read() as r:
        mine = devices.my_keys(r)
    with country["g2"].read() as r:
        other = devices.my_keys(r)
    unknown, _ = signing.new_key()
    before = state_of(baku)
    for signer, device in ((unknown, mine.device), (other.signing_key, mine.device), (unknown, "00" * 16)):
        assert refused(baku, forge(country, signer, device))
    assert refused(baku, forge(country, mine.signing_key, mine.device, to="11" * 16)), "addressed to another"
    assert refused(baku, forge(country, other.signing_key, other.device)), "speaks for another's store"
    assert state_of(baku) == before
    assert not refused(baku, forge(country, mine.signing_key, mine.device, no=500)), "control: its own hand is taken"
    mark_lost(baku, "g1")
    before = state_of(baku)
    assert refused(baku, forge(country, mine.signing_key, mine.device, no=501)), "and not any more when it is lost"
    assert state_of(baku) == before


def test_replayed_bundles_change_nothing(country: Country, bundles: list[bytes]) -> None:
    """Recorded by somebody on the way and handed in again, newest first, before and after the laptop is lost."""
    baku = country.office
    for data in bundles:
        assert not refused(baku, data)
    before = state_of(baku)
    for data in (*reversed(bundles), *bundles):
        bundle, manifest = receive.open_bundle(baku, data, keep=False)
        got = baku.write(lambda w, b=bundle, m=manifest: receive.take(w, b, m)).value
        assert got.again and got.new == 0
    assert state_of(baku) == before
    late = country.bundle(country["g1"]).read_bytes()
    mark_lost(baku, "g1")
    before = state_of(baku)
    for data in bundles:
        refused(baku, data)  # known already, or not taken: either way nothing is other
    assert refused(baku, late), "made after the last number that was taken before the loss"
    assert state_of(baku) == before


def test_a_bundle_wrapped_anew_for_another_is_refused(country: Country) -> None:
    """Somebody opens a bundle addressed to him and passes the signed inside on to a third."""
    g1, g2, baku = country["g1"], country["g2"], country.office
    a_person(g1)
    data = country.bundle(g1, "g2").read_bytes()
    with g2.read() as r:
        inner_of = devices.my_keys(r)
        office = devices.office(r)
        sender = devices.device_named(r, "g1").id
    header, start = package._split(data)
    inside = sealing.open_sealed(data[start:], inner_of.identities)
    head = canonical.encode({"bundle": header.bundle, "from": sender, "to": [office.id]})
    sealed = sealing.seal(inside, [office.recipient])
    again = b"".join((package.MAGIC, bytes([1]), len(head).to_bytes(2, "big"), head, sealed))
    before = state_of(baku)
    assert refused(baku, again) and state_of(baku) == before
    assert not refused(g2, data), "control: to whom it was addressed, it opens"


CHILD = """
import sys
from pathlib import Path
from app.models.store import Store
from app.sync import receive, send
what, folder, path = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
store = Store.open(folder, "practice")
print("ready", flush=True)
if what == "receive":
    receive.receive(store, path, safety_copy=False)
elif what == "receive in pieces":  # known bad: a transaction for every hundred writes instead of one for the bundle
    import time
    from app.models import arrivals
    bundle, _ = receive.open_bundle(store, path.read_bytes(), keep=False)
    lines = list(filter(None, bundle.sections.lines("writes")))
    for start in range(0, len(lines), 100):
        store.write(lambda w: arrivals.absorb(w, lines[start : start + 100], "x"))
        time.sleep(0.4)
else:
    if what == "send in place":  # known bad: straight into the final file
        import time
        def in_place(data, path):
            with path.open("wb") as file:
                for start in range(0, len(data), 512):
                    file.write(data[start : start + 512])
                    file.flush()
                    time.sleep(0.05)
        send.save_package = in_place
    send.send(store, path)
print("done", flush=True)
"""


def run_and_kill(what: str, folder: Path, path: Path, delay: float) -> bool:
    """Start it, kill it so long after it has opened the store; whether it had finished."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, what, str(folder), str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read()
    child.wait()
    child.stdout.close()
    return "done" in rest


@pytest.mark.timeout(36_000)  # with --long
def test_killed_while_receiving_it_is_before_or_after(country: Country, pytestconfig: pytest.Config) -> None:
    g1 = country["g1"]
    names = [{"surname": f"S{n}", "given": "A", "sex": "f"} for n in range(1500)]
    g1.write(lambda w: w.put_many("person", names))
    path = country.bundle(g1)
    bundle = package.read_header(path.read_bytes()).bundle
    mine = a_person(country.office, "Köhnə")
    country.office.sweep()
    country.office.close()
    times = 60 if pytestconfig.getoption("--long", default=False) else 8
    chance = random.Random(5)
    outcomes = set()
    for number in range(times):
        folder = country.folder / f"try{number}"
        folder.mkdir()
        for name in (FILE, "header.a", "header.b"):
            (folder / name).write_bytes((country.folder / "Baku" / name).read_bytes())
        done = run_and_kill("receive", folder, path, number * 0.9 / times + chance.random() * 0.05)
        with Store.open(folder, PASSPHRASE) as store:
            with store.read() as r:
                count, noted = r.count("person"), exchange.received(r, id=bundle)
            assert count == (1501 if noted else 1), f"half received: {count}, {noted}"
            assert get(store, "person", mine) and (count == 1501 or not done)
            outcomes.add(count)
            assert integrity.check(store).sound
    assert outcomes <= {1, 1501}
    country.office = Store.open(country.folder / "Baku", PASSPHRASE)


def test_the_kill_does_find_what_was_received_by_halves(country: Country) -> None:
    g1 = country["g1"]
    g1.write(lambda w: w.put_many("person", [{"surname": f"S{n}", "given": "A", "sex": "f"} for n in range(1500)]))
    path = country.bundle(g1)
    country.office.sweep()
    country.office.close()
    run_and_kill("receive in pieces", country.folder / "Baku", path, 2.5)
    country.office = Store.open(country.folder / "Baku", PASSPHRASE)
    with country.office.read() as r:
        assert 0 < r.count("person") < 1500


@pytest.mark.timeout(36_000)  # with --long
def test_killed_while_sending_the_file_is_whole_or_not_there(country: Country, pytestconfig: pytest.Config) -> None:
    g1 = country["g1"]
    g1.write(lambda w: w.put_many("person", [{"surname": f"S{n}", "given": "A", "sex": "f"} for n in range(800)]))
    g1.close()
    out = country.folder / "out"
    out.mkdir()
    times = 60 if pytestconfig.getoption("--long", default=False) else 6
    for number in range(times):
        done = run_and_kill("send", country.folder / "g1", out, number * 0.35 / times)
        there = list(out.iterdir())
        assert {path.suffix for path in there} <= {".saha", ".part"} and (there or not done)
        for path in out.glob("*.saha"):  # refused, if it were not whole
            bundle, _ = receive.open_bundle(country.office, path.read_bytes(), keep=False)
            assert bundle.size == path.stat().st_size
    g1 = country.reopen("g1")
    assert country.post(g1, country.office).new == 800
    assert dump(g1, "ganja") == dump(country.office, "ganja")


def test_the_kill_does_find_what_was_sent_by_halves(country: Country) -> None:
    g1 = country["g1"]
    g1.write(lambda w: w.put_many("person", [{"surname": f"S{n}", "given": "A", "sex": "f"} for n in range(800)]))
    g1.close()
    out = country.folder / "out"
    out.mkdir()
    assert not run_and_kill("send in place", country.folder / "g1", out, 1.0)
    country.reopen("g1")
    (cut,) = out.glob("*.saha")
    assert refused(country.office, cut.read_bytes())
