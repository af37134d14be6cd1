"""T7 and T19 at the whole of receiving: what an enrolled but altered laptop may sign, and what memory a receipt takes.

The container's own hostile headers, floods and bombs are in tests/sync/test_package.py and tests/keys/test_sealing.py.
Here the signature holds, and what lies under it is hostile. Refused: a code, and no byte of the store is other.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import integrity
from app.models.oplog import SCHEMA
from app.models.store import Store, site_id
from app.sync import devices, package, receive
from app.sync.office import mark_lost
from tests.sync.build import PASSPHRASE, Country, a_person, get
from tests.sync.test_faults import state_of

ROOT = Path(__file__).resolve().parents[2]
DEEP = "[" * 100_000 + "]" * 100_000
ROW = "01a1f000-0000-7000-8000-00000000000a"


def line(fields: Any, *, record: Any = "person", row: Any = ROW, seq: Any = 900, **more: Any) -> bytes:
    """A write, as an altered program might make it."""
    parts = [
        SCHEMA,
        more.get("store", "ab" * 16),
        seq,
        more.get("lamport", 5),
        more.get("wall", "2026-11-21T08:00:00Z"),
    ]
    parts += ["x", record, row, fields, more.get("replaced", {}), 0, ""]
    return json.dumps(parts, ensure_ascii=False).encode()


def signed(
    country: Country,
    sections: Mapping[str, bytes | Iterable[bytes]],
    *,
    to: str | None = None,
    limits: package.Limits = package.LIMITS,
    **manifest: Any,
) -> bytes:
    """A bundle from g1 to the office (or `to`) with its own hand under it, whatever is in it."""
    with country["g1"].read() as r:
        keys, there = devices.my_keys(r), devices.device_named(r, to) if to else devices.office(r)
        said: dict[str, Any] = {
            "store": r.identity.store_id, "parents": [], "to_store": None, "no": 500, "numbers": [500],
            "made": "2026-11-21T08:00:00Z", "from_arr": 0, "from_digest": "", "to_arr": 0, "to_digest": "", "ack": {},
            "heard": {}, "schema": 1, "min_schema": 1, "seed_version": 1, "role": "laptop", "membership": None,
            "whole": False, "state": "", "writes": 0, "refused": [], "wanted": [], "receipts": [], "users": {},
            "roster": None, "roster_version": 0, **manifest,
        }  # fmt: skip
    addressee = (there.id, there.recipient)
    return package.write_package(said, sections, keys.signing_key, keys.device, [addressee], limits=limits)


def taken(country: Country, data: bytes) -> str:
    """`taken`, or the code of the refusal; anything else is a crash. Always within ten seconds of work."""
    began = time.process_time()
    try:
        bundle, manifest = receive.open_bundle(country.office, data, keep=False)
        country.office.write(lambda w: receive.take(w, bundle, manifest))
    except UserError as error:
        return error.code
    finally:
        assert time.process_time() - began < 10
    return "taken"


OWN = {"owner_site": site_id("ganja")}
GOOD = line({"surname": "Altered", "given": "A", "sex": "f", **OWN})
HOSTILE: dict[str, dict[str, bytes]] = {
    "a line nested deep": {"writes": b'[1,"' + DEEP.encode()},
    "fields nested deep": {"writes": GOOD[:-1].replace(b'"Altered"', DEEP.encode()) + b"]"},
    "a line that is no write": {"writes": b'{"a":1}'},
    "not even text": {"writes": b"\xff\xfe\x00"},
    "a number that is none": {"writes": line(OWN, seq="1")},
    "a number beyond all": {"writes": line(OWN, seq=2**80)},
    "stubs nested deep": {"writes": b"", "stubs": DEEP.encode()},
    "stubs of nothing": {"writes": b"", "stubs": b'{"record":"nothing","row":"x","site":null,"values":{}}'},
    "a blob's head nested deep": {"writes": b"", "blobs": DEEP.encode() + b"\n"},
    "a blob of a size that is not there": {
        "writes": b"",
        "blobs": b'{"sha256":"a","size":9999999,"media_type":null}\n',
    },
    "a blob of less than nothing": {"writes": b"", "blobs": b'{"sha256":"a","size":-5,"media_type":null}\nxxxxx'},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sections_are_refused_whole(country: Country, name: str) -> None:
    before = state_of(country.office)
    code = taken(country, signed(country, HOSTILE[name]))
    if name.startswith("stubs"):  # the office reads no stubs: passed over; a laptop reads them, and refuses
        assert code in ("taken", "bundle_damaged")
        return
    assert code in ("bundle_damaged", "write_unreadable"), code
    assert state_of(country.office) == before
    assert taken(country, signed(country, {"writes": GOOD})) == "taken", "control: the same hand is taken otherwise"
    assert get(country.office, "person", ROW)["surname"] == "Altered"  # type: ignore[index]


MANIFESTS: list[dict[str, Any]] = [
    {"no": -1}, {"no": 2**70}, {"no": True}, {"no": "5"}, {"numbers": [2**80]}, {"numbers": {"a": 1}},
    {"parents": [["zz", 1]]}, {"parents": 5}, {"made": "x" * 5000}, {"from_digest": "no hex"}, {"ack": []},
    {"ack": {"ab": {"arr": -1, "digest": "", "no": 0, "bundle": ""}}}, {"heard": {"ab": 7}}, {"users": 5},
    {"roster": 5}, {"receipts": [{}]}, {"schema": None}, {"membership": "1"},
]  # fmt: skip


@pytest.mark.parametrize("values", MANIFESTS, ids=str)
def test_hostile_manifests_are_refused_whole(country: Country, values: dict[str, Any]) -> None:
    before = state_of(country.office)
    assert taken(country, signed(country, {"writes": GOOD}, **values)) == "bundle_damaged"
    assert state_of(country.office) == before


def test_values_of_any_shape_lie_in_the_log_and_break_nothing(country: Country) -> None:
    """Wrong types, huge numbers, directions of text, thousands of replaced ids: shown as far as they are values."""
    odd: list[Any] = [5, -(2**63), 2**70, 1e308, True, [], {}, ["a"], {"a": {"b": [1]}}, "\u202eabc\x00", "x" * 20_000]
    lines = [
        line(
            {**OWN, "surname": "S", "given": "A", "sex": "f", name: value},
            row=ROW[:-4] + f"{number:04x}",
            seq=number + 1,
        )
        for number, (name, value) in enumerate((n, v) for n in ("phone", "birth_year", "roles", "note") for v in odd)
    ]
    lines.append(line({"phone": "1"}, replaced={"phone": [f"{n:032x}" for n in range(5000)]}, seq=800))
    lines.append(line({"topics/" + "x" * 3000: True}, record="activity", seq=801, row=ROW[:-2] + "ff"))
    lines.append(line({"details.a.b.c": DEEP[:50]}, record="activity", seq=802, row=ROW[:-2] + "fe"))
    assert taken(country, signed(country, {"writes": b"\n".join(lines)})) == "taken"
    assert integrity.check(country.office).sound
    country.round(2)
    for laptop in country.laptops.values():
        assert integrity.check(laptop).sound
    assert a_person(country.office)


def test_a_laptop_that_says_it_is_the_office_is_not_obeyed(country: Country) -> None:
    """T4, the wrong role: its own hand under a roster that makes it the office and under lists of what must leave."""
    g2, baku = country["g2"], country.office
    row = a_person(g2, "Qalan")
    country.round(2)
    with g2.read() as r:
        known = devices.roster_as_json(r)
        mine = {made.id: (made.role, made.state) for made in devices.roster(r)}
        liar = devices.device_named(r, "g1").id
    entries = [{**one, "role": "office" if one["device"] == liar else "laptop"} for one in known["devices"]]
    roster = {**known, "version": known["version"] + 5, "devices": entries}
    lies = {"role": "office", "roster": roster, "roster_version": roster["version"], "membership": 500}
    sections = {"writes": b"", "leaving": row.encode(), "entering": row.encode()}
    for to, store in (("g2", g2), (None, baku)):
        data = signed(country, sections, to=to, **lies)
        bundle, manifest = receive.open_bundle(store, data, keep=False)
        store.write(lambda w, b=bundle, m=manifest: receive.take(w, b, m))  # a neighbour's news may come like this
        with store.read() as r:
            assert {made.id: (made.role, made.state) for made in devices.roster(r)} == mine
        assert get(store, "person", row), "and nothing left"
    mark_lost(baku, "g1")
    country.post(baku, g2)
    with g2.read() as r:
        assert devices.device_named(r, "g1").state == devices.LOST, "control: the office itself is obeyed"


def test_a_hundred_thousand_numbers_are_read_in_time(country: Country) -> None:
    code = taken(country, signed(country, {"writes": GOOD}, numbers=list(range(100_000))))
    assert code in ("taken", "bundle_damaged")


# --- floods: within every bound of the container and yet made to take time or memory ---------------------------------


ALTERED = package.Limits(plain=10**10, sealed=10**8, ratio=10**9, whole=10**10)  # an altered program knows no limits
MEGABYTE = 1_000_000
NOISE = random.Random(1).randbytes(700_000).hex().encode()  # it brings a section of 120 MB under the bound of its ratio


def floods() -> Iterator[tuple[str, str, dict[str, Iterable[bytes]]]]:
    """(name, what is said to it, sections): each within what a bundle may hold, or far beyond."""
    many = [b"a" * MEGABYTE] * 120
    yield "a write without end", "bundle_damaged", {"writes": [*many, NOISE]}
    yield "nothing but line ends", "bundle_damaged", {"writes": [*([b"\n" * MEGABYTE] * 120), NOISE]}
    yield "a write of lists in lists", "write_unreadable", {"writes": [b'[1,"x",', b"[" * 9_000_000, b"\n", NOISE]}
    numbers = line({"note": 5}).replace(b"5}", b"[" + b"1," * 4_000_000 + b"1]}")
    yield "a write of four million numbers", "write_unreadable", {"writes": [numbers, b"\n", NOISE]}
    fields = b",".join(b'"%x":0' % n for n in range(900_000))
    more = line({"note": 5}).replace(b'"note": 5', fields) + b"\n"
    yield "a write of a million fields", "write_unreadable", {"writes": [more, b"[]"]}
    ids = [b"01a1f000-0000-7000-8000-%012x\n" % n for n in range(660_000)]
    yield "as many ids as fit", "write_unreadable", {"writes": [b"[]"], "entering": ids}
    yield "more ids than fit", "bundle_too_large", {"writes": [], "entering": [*ids, *ids[:20_000]]}
    yield "ids that are none", "bundle_damaged", {"writes": [], "entering": [b"%d\n" % n for n in range(3_000_000)]}
    yield "a stub without end", "bundle_damaged", {"writes": [], "stubs": [*many[:23], NOISE]}
    heads = [b'{"sha256":"%x","size":0,"media_type":null}\n' % n for n in range(500_000)]
    yield "attachments of nothing", "bundle_damaged", {"writes": [], "blobs": [*heads, b"\n"]}
    yield "an attachment of zeros", "bundle_too_large", {"writes": [], "blobs": [NOISE, bytes(24 * MEGABYTE)]}


def test_a_flood_takes_neither_time_nor_memory(country: Country, tmp_path: Path) -> None:
    """T7: at most 10 s and 256 MB, the whole program counted; to a laptop, which reads all sections."""
    samples: list[tuple[str, str, Path]] = []

    def add(name: str, code: str, data: bytes) -> None:
        samples.append((name, code, tmp_path / f"{len(samples)}.saha"))
        samples[-1][2].write_bytes(data)

    for name, code, sections in floods():
        add(name, code, signed(country, sections, to="g2", limits=ALTERED))
    for name, hostile in HOSTILE.items():
        add(name, "bundle_damaged|write_unreadable", signed(country, hostile, to="g2"))
    for values in MANIFESTS:
        add(str(values), "bundle_damaged", signed(country, {"writes": GOOD}, to="g2", **values))
    sound = signed(country, {"writes": b"[]"}, to="g2")
    add("noise to the limit", "bundle_damaged", sound[:200] + random.Random(2).randbytes(24_990_000))
    add("noise beyond the limit", "bundle_too_large", sound + bytes(25_000_000))
    before = state_of(country["g2"])
    told = measured(country, "g2", "receive", [path for _, _, path in samples])
    for (name, codes, path), (code, seconds, peak) in zip(samples, told, strict=True):
        assert code in codes.split("|"), f"{name}: {code}"
        assert seconds <= 10 and peak <= 256, f"{name}, {path.stat().st_size} bytes: {seconds:.1f} s, {peak:.0f} MB"
    assert state_of(country["g2"]) == before
    ((_, _, peak),) = measured(country, "g2", "read whole", [samples[0][2]])
    assert peak > 256, f"control: a program that holds the section whole is seen, {peak:.0f} MB"


RECEIVE = """
import json, re, sys, time
from pathlib import Path
from app.errors import UserError
from app.models.store import Store
from app.sync import receive
def megabytes(name):
    return int(re.search(name + r":\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
with Store.open(Path(sys.argv[1]), "practice") as store:
    for path in sys.argv[3:]:
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        began = time.process_time()
        try:
            if sys.argv[2] == "read whole":
                receive.open_bundle(store, Path(path).read_bytes(), keep=False)[0].sections["writes"]
            else:
                receive.receive(store, Path(path), safety_copy=False)
            code = "taken"
        except UserError as error:
            code = error.code
        print(json.dumps([code, time.process_time() - began, megabytes("VmHWM")]), flush=True)
"""


def measured(country: Country, who: str, how: str, paths: list[Path]) -> list[tuple[str, float, float]]:
    """Receive each in one program: (code, seconds of the processor, megabytes at the most, all of the program's)."""
    country[who].close()
    command = [sys.executable, "-c", RECEIVE, str(country.folder / who), how, *map(str, paths)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    country.reopen(who)
    return [tuple(json.loads(told)) for told in ended.stdout.splitlines()]


MEASURE = """
import re, sys
from pathlib import Path
from app.models.store import Store
from app.sync import receive
def kilobytes(name):
    return int(re.search(name + r":\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
with Store.open(Path(sys.argv[1]), "practice") as store:
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew: unlocking has its own
    before = kilobytes("VmRSS")
    got = receive.receive(store, Path(sys.argv[2]), safety_copy=False)
    print(got.new, kilobytes("VmHWM") - before)
"""


def test_memory_of_a_receipt_is_bounded(country: Country, tmp_path: Path) -> None:
    """I16: five times the writes take far less than five times the memory: no bundle is ever read whole."""
    took = {}
    for name, count in (("g1", 3_000), ("g2", 15_000)):
        rows = [{"surname": f"Soyad{n}", "given": "Ad", "sex": "f", "note": f"note {n} " * 12} for n in range(count)]
        country[name].write(lambda w, rows=rows: w.put_many("person", rows))
        path = country.bundle(country[name])
        country.office.sweep()
        country.office.close()
        folder = tmp_path / name
        folder.mkdir()
        for file in ("saha.db", "header.a", "header.b"):
            (folder / file).write_bytes((country.folder / "Baku" / file).read_bytes())
        ended = subprocess.run(
            [sys.executable, "-c", MEASURE, str(folder), str(path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        new, peak = map(int, ended.stdout.split())
        assert new == count
        took[count] = peak / 1024
        country.office = Store.open(country.folder / "Baku", PASSPHRASE)
    assert took[15_000] < 150, took
    assert took[15_000] < 3.5 * took[3_000], took
