"""Exchange measured beside its floors: first full bundle, the month's, and the same once more; changes no real store.

Workload of the design: people, activities and attendances of a country, then a month of it. The floor of receiving is
SQLite's own INSERT … SELECT of the same rows from an attached, equally encrypted file into a copy of the very file that
the receipt finds (what was edited replaces what stands there, as it must), on a connection as the program opens it
(`floor`) and with its small memory kept free, as the program does for its own many rows (`floor_free`: the honest one
of the two). The floor of sending is reading the same rows, that of size zstd of the same values. Peers
(`tests.bench.peers`) run on plain files beside it. CPU seconds.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import zstandard

from app.keys.slots import LIGHT
from app.models import exchange
from app.models.engine import open_encrypted
from app.models.store import FILE, Store, site_id
from app.sync import office, receive, send
from tests.bench import peers

TIMES = 3  # of each receipt and floor, of which the middle one counts
SIZES = {"small": 0.04, "full": 1.0}
PEOPLE, ACTIVITIES, ATTENDANCES = 20_000, 5_000, 100_000
MONTH = {"people": 500, "activities": 120, "attendances": 3_000, "edits": 1_000, "deletions": 200}
RECORDS = ("person", "activity", "session", "participation", "attendance")
_SURNAMES = ("Quliyev", "Məmmədova", "Əliyev", "Hüseynova", "İsmayılov", "Cəfərova", "Rzayev", "Nağıyeva", "Şükürov")
_GIVEN = ("Əli", "Leyla", "Rəşad", "Günel", "Orxan", "Aysel", "Tural", "Nigar", "Elçin", "Şəbnəm", "Ülviyyə")


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """(CPU seconds, result)."""
    before = time.process_time()
    value = work()
    return time.process_time() - before, value


def _people(rng: random.Random, count: int) -> list[dict[str, Any]]:
    return [
        {
            "surname": rng.choice(_SURNAMES) + ("" if n % 3 else f" {n}"),
            "given": rng.choice(_GIVEN),
            "patronymic": rng.choice(_GIVEN) + " oğlu",
            "sex": rng.choice("fm"),
            "unit": f"Şöbə {rng.randrange(40)}",
            "phone": f"050 {rng.randrange(10**7):07d}",
        }
        for n in range(count)
    ]


def _activities(rng: random.Random, count: int) -> list[dict[str, Any]]:
    return [
        {
            "kind": "training_basic_new_officers",
            "title_en": f"Training no. {n} on community policing",
            "title_az": f"İcma polisi üzrə {n} saylı təlim",
            "site": site_id("ganja"),
            "start": f"20{rng.randrange(10, 26)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
            "end": None,
            "status": "held",
        }
        for n in range(count)
    ]


def _fill(store: Store, people: int, activities: int, attendances: int, seed: int) -> None:
    """So many of each; half of the attendances are participations, half marks of a session."""
    rng = random.Random(seed)

    def fill(w: Any) -> None:
        persons = w.put_many("person", _people(rng, people))
        events = w.put_many("activity", [{**a, "end": a["start"]} for a in _activities(rng, activities)])
        sessions = w.put_many("session", [{"activity": e, "date": "2026-03-02"} for e in events])
        pairs = list({(rng.randrange(len(events)), rng.choice(persons)) for _ in range(attendances // 2)})
        taking_part = w.put_many("participation", [{"activity": events[e], "person": p} for e, p in pairs])
        w.put_many(
            "attendance",
            [
                {"participation": part, "session": sessions[e], "state": "present"}
                for part, (e, _) in zip(taking_part, pairs, strict=True)
            ],
        )

    store.write(fill)


def _month(store: Store, share: float) -> None:
    counts = {name: max(4, int(count * share)) for name, count in MONTH.items()}
    _fill(store, counts["people"], counts["activities"], counts["attendances"], 77)
    rng = random.Random(78)

    def edit(w: Any) -> None:
        everybody = [p["id"] for p in w.list("person")]
        for row in rng.sample(everybody, counts["edits"]):
            w.put("person", {"phone": f"055 {rng.randrange(10**7):07d}"}, row)
        marks = [a["id"] for a in w.list("attendance")]
        for row in rng.sample(marks, counts["deletions"]):
            w.delete("attendance", row)

    store.write(edit)


def _floor(store: Store, receiver: Path, key: bytes, rows: dict[str, set[str]] | None) -> dict[str, float]:
    """The same rows by the database alone: read and written through an attached file into a copy of the receiver's file
    as it is before the receipt, where what was edited replaces what stands there; and their values under zstd."""
    folder = receiver.parent.parent
    source, target = folder / "floor-source.db", folder / "floor-target.db"
    source.unlink(missing_ok=True)
    store.copy_to(source)
    wanted = [name for name in RECORDS if rows is None or rows.get(name)]
    some = "" if rows is None else " WHERE id IN (SELECT row FROM wanted)"
    took: dict[str, list[float]] = {"read": [], "write": [], "free": []}
    for way in ("write", "free") * TIMES:
        for path in folder.glob(f"{target.name}*"):
            path.unlink()
        shutil.copyfile(receiver, target)
        database = open_encrypted(target, key)
        raw = database.raw
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("ATTACH DATABASE ? AS source KEY ?", (str(source), f"x'{store.key.hex()}'"))
        raw.execute("CREATE TEMP TABLE wanted (row TEXT PRIMARY KEY)")
        raw.executemany("INSERT INTO wanted VALUES (?)", [(row,) for found in (rows or {}).values() for row in found])

        def write(raw: Any = raw) -> None:
            raw.execute("BEGIN IMMEDIATE")
            for name in wanted:
                raw.execute(f"INSERT OR REPLACE INTO main.{name} SELECT * FROM source.{name}{some}")
            raw.execute("COMMIT")

        def read(raw: Any = raw) -> list[Any]:
            return [raw.execute(f"SELECT * FROM source.{name}{some}").fetchall() for name in wanted]

        read_cpu, values = cpu(read)
        took["read"].append(read_cpu)
        with database.scratch.free() if way == "free" else nullcontext():
            took[way].append(cpu(write)[0])
        database.close()
    plain = "\n".join(json.dumps(list(row), ensure_ascii=False) for table in values for row in table).encode()
    result = {name: statistics.median(times) for name, times in took.items()}
    return {**result, "zstd": len(zstandard.compress(plain, 3)), "plain": len(plain)}


def _plain(store: Store, folder: Path, name: str) -> Path:
    """The record tables of a store as a plain file."""
    copy = folder / "plain-source.db"
    copy.unlink(missing_ok=True)
    store.copy_to(copy)
    database = open_encrypted(copy, store.key)
    peers.copy_plain(database, RECORDS, folder / name)
    database.close()
    return folder / name


def _touched(store: Store, after: int) -> dict[str, set[str]]:
    with store.read() as r:
        found: dict[str, set[str]] = {}
        for line in exchange.lines_after(r, after):
            found.setdefault(line.record, set()).add(line.row)
    return found


def _receipt(folder: Path, bundle: Path) -> float:
    """CPU seconds of receiving into a store: the middle one of several, each into a copy of it."""
    took = []
    kept = os.environ.get("SAHA_DATA")
    for number in range(TIMES):
        copy = folder.parent / f"{folder.name}-copy"
        shutil.copytree(folder, copy)
        # A profile of its own: the copy must not pass for the store it was copied from.
        os.environ["SAHA_DATA"] = str(folder.parent / f"profile-{number}-{bundle.stem}")
        with Store.open(copy, "practice") as store:
            took.append(cpu(partial(receive.receive, store, bundle, safety_copy=False))[0])
        shutil.rmtree(copy)
    os.environ.pop("SAHA_DATA")
    if kept is not None:
        os.environ["SAHA_DATA"] = kept
    return statistics.median(took)


def _memory(folder: Path, bundle: Path) -> float:
    """Peak resident megabytes of a process of its own that receives (Linux)."""
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from app.models.store import Store\nfrom app.sync import receive\n"
        "s = Store.open(Path(sys.argv[1]), 'practice')\n"
        "if len(sys.argv) > 2: receive.receive(s, Path(sys.argv[2]), safety_copy=False)\n"
        # of this program alone: what `getrusage` tells begins with the size of the process that started it
        "told = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "print(int(told) / 1024)\ns.close()\n"
    )
    # A profile of its own: the copy must not pass for the store it was copied from.
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(bundle)],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
        env={**os.environ, "SAHA_DATA": str(folder.parent / "profile")},
    )
    return float(run.stdout.split()[-1])


def measure(size: str) -> dict[str, Any]:
    """Figures of one run; see the module."""
    share = SIZES[size]
    with tempfile.TemporaryDirectory(prefix="saha-bench-") as name:
        return _measure(Path(name), share)


def _measure(folder: Path, share: float) -> dict[str, Any]:
    baku = office.found_office(folder / "office", "practice", name="Baku", work=LIGHT)
    code = office.make_kit(baku, ["ganja"], "ganja", folder / "ganja.sahakit", work=LIGHT)
    ganja = office.join(folder / "ganja", folder / "ganja.sahakit", code, "practice", work=LIGHT)
    with ganja.read() as r:
        start = r.position()[0]
    _fill(ganja, int(PEOPLE * share), int(ACTIVITIES * share), int(ATTENDANCES * share), 1)
    before = _plain(ganja, folder, "plain-before.db")
    others = peers.measure(None, before, RECORDS, folder)
    office_file, key = baku.folder / FILE, baku.key
    baku.close()
    floor = _floor(ganja, office_file, key, None)
    shutil.copytree(folder / "office", folder / "office-fresh")
    result: dict[str, Any] = {"share_of_workload": share, "times": TIMES}
    sent_cpu, sent = cpu(lambda: send.send(ganja, folder / "out"))
    got_cpu = _receipt(folder / "office-fresh", sent[0].path)
    baku = Store.open(folder / "office", "practice")
    got = receive.receive(baku, sent[0].path, safety_copy=False)
    result["memory_mb"] = round(_memory(folder / "office-fresh", sent[0].path))
    again_cpu, _ = cpu(lambda: receive.receive(baku, sent[0].path, safety_copy=False))
    resent = send.send(ganja, folder / "out2")
    resent_cpu, second = cpu(lambda: receive.receive(baku, resent[0].path, safety_copy=False))
    assert second.new == 0 and got.new == sent[0].writes
    result["full"] = _figures(sent_cpu, got_cpu, sent[0], floor) | {"peers": others}
    result["again"] = {
        "same_file": _over(again_cpu, floor["write"]),
        "same_content": _over(resent_cpu, floor["write"]),
    }
    answered_cpu, answer = cpu(lambda: send.send(baku, folder / "out3", "ganja"))
    taken_cpu, _ = cpu(lambda: receive.receive(ganja, answer[0].path, safety_copy=False))
    result["answer"] = {"send": round(answered_cpu, 3), "receive": round(taken_cpu, 3), "bytes": answer[0].size}
    with ganja.read() as r:
        start = r.position()[0]
    _month(ganja, share)
    baku.close()
    floor = _floor(ganja, office_file, key, _touched(ganja, start))
    sent_cpu, sent = cpu(lambda: send.send(ganja, folder / "out4"))
    got_cpu = _receipt(folder / "office", sent[0].path)
    others = peers.measure(before, _plain(ganja, folder, "plain-after.db"), RECORDS, folder)
    result["month"] = _figures(sent_cpu, got_cpu, sent[0], floor) | {"peers": others}
    result["self_rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    ganja.close()
    return result


def _figures(sent_cpu: float, got_cpu: float, sent: send.Sent, floor: dict[str, float]) -> dict[str, Any]:
    return {
        "writes": sent.writes,
        "send": _over(sent_cpu, floor["read"]),
        "receive": _over(got_cpu, floor["write"]) | {"floor_free": round(floor["free"], 3)},
        "bytes": sent.size,
        "floor_zstd_bytes": floor["zstd"],
        "metadata_share": round(sent.size / floor["zstd"] - 1, 2) if floor["zstd"] else None,
    }


def _over(seconds: float, floor: float) -> dict[str, float]:
    return {"cpu": round(seconds, 3), "floor": round(floor, 3), "ratio": round(seconds / floor, 2) if floor else 0.0}
