"""F14: the machine's clock ten years off, and jumping while a store is open: exchange goes on and nothing is purged.

The clock is turned under the running program by libfaketime (SQLite's clock follows; the monotonic one stays real).
Where it is not here the tests say so and skip.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.models import integrity
from app.sync import receive
from tests.faults import injectors
from tests.sync.build import Country, a_person, dump, get, put

ROOT = Path(__file__).resolve().parents[2]
DAY = 86_400

SCRIPT = """
import json, sys, time
from datetime import datetime, UTC
from pathlib import Path
from app.basics import clock
from app.models import integrity
from app.models.store import Store
from app.sync import receive, send
folder, out, turn = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
took = []
told = {"years": [], "begun": time.monotonic()}
def look():
    with store.read() as r:
        sql = r.connection.exec_driver_sql("SELECT strftime('%Y', 'now')").scalar()
    told["years"].append([clock.now().year, int(sql)])
with Store.open(folder, "practice") as store:
    for number, offset in enumerate(sys.argv[4].split(",")):
        turn.write_text(offset)
        look()
        store.write(lambda w: w.put("person", {"surname": f"Saat{number}", "given": "A", "sex": "f"}))
        (sent,) = send.send(store, out / str(number))
        took.append(str(sent.path))
    for path in sys.argv[5:]:
        got = receive.receive(store, Path(path), safety_copy=False)
        told.setdefault("doubtful", []).append(got.moment_doubtful)
    told["sound"] = integrity.check(store).sound
    with store.read() as r:
        told["people"] = sorted(p["surname"] for p in r.list("person"))
told["sent"] = took
told["lasted"] = time.monotonic() - told["begun"]
print(json.dumps(told))
"""


def under_another_clock(folder: Path, out: Path, offsets: str, *bundles: Path) -> dict[str, Any]:
    """Write and send once for each offset (`+3650d`), the clock turned in between, and then receive the bundles."""
    injectors.need("clock")
    turn = out.with_suffix(".clock")
    turn.write_text(offsets.split(",")[0])
    env = {
        **os.environ,
        "LD_PRELOAD": str(injectors.clock_library()),
        "FAKETIME_TIMESTAMP_FILE": str(turn),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": str(ROOT),
    }
    arguments = [sys.executable, "-c", SCRIPT, str(folder), str(out), str(turn), offsets, *map(str, bundles)]
    ended = subprocess.run(arguments, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


@pytest.mark.parametrize("offsets", ["-4383d", "+3652d", "+0d,-4383d,+3652d,+0d"], ids=["2014", "2036", "jumping"])
def test_a_laptop_under_another_clock(country: Country, offsets: str, tmp_path: Path) -> None:
    g1, baku = country["g1"], country.office
    row = a_person(g1, "Əvvəlki", phone="1")
    country.round(2)
    put(baku, "person", row, phone="2")
    answer = country.bundle(baku, "g1")
    count = len(dump(g1))
    g1.close()
    steps = offsets.split(",")
    told = under_another_clock(country.folder / "g1", tmp_path / "out", offsets, answer)
    wanted = [round((int(step.rstrip("d")) + 326) / 365.25) + 2026 for step in steps]
    assert [year for year, _ in told["years"]] == [year for _, year in told["years"]], "the database has the same clock"
    assert all(abs(seen - year) <= 1 for (seen, _), year in zip(told["years"], wanted, strict=True)), "control: turned"
    assert 0 < told["lasted"] < 900, "the monotonic clock stays real"
    assert told["sound"] and len(told["people"]) == len(steps) + 1, "nothing was purged, nothing refused"
    assert told["doubtful"] == [abs(int(steps[-1].rstrip("d"))) > 1], "and the person is told"
    # at the office, whose clock is right, the bundles are taken in any order
    for path in reversed(told["sent"]):
        receive.receive(baku, Path(path), safety_copy=False)
    country.reopen("g1")
    country.round(2)
    assert get(country["g1"], "person", row)["phone"] == "2"  # type: ignore[index]
    assert dump(country["g1"], "ganja") == dump(baku, "ganja") and len(dump(country["g1"])) == count + len(steps)
    assert integrity.check(baku).sound
    shutil.rmtree(tmp_path / "out")


# At the full size the suites of exchange are run whole; here the ones above stand for them.
DATES = [date(2014, 11, 21), date(2020, 12, 31), date(2028, 2, 29), date(2036, 11, 21), date(2039, 1, 1)]
# test_clocks sets clocks itself; the child of test_roles is none any more in 2036; kills have enough of their own time.
ELSEWHERE = {ROOT / "tests/sync" / f"test_{name}.py" for name in ("clocks", "roles", "faults")}
SUITES = sorted(set((ROOT / "tests/sync").glob("test_*.py")) - ELSEWHERE)


@pytest.mark.timeout(36_000)
@pytest.mark.parametrize("day", DATES, ids=str)
def test_the_suites_of_exchange_at_another_date(day: date, pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--long"):
        pytest.skip("with --long")
    injectors.need("clock")
    env = {
        **os.environ,
        "LD_PRELOAD": str(injectors.clock_library()),
        "FAKETIME": f"{(day - datetime.now(UTC).date()).days:+d}d",
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", *map(str, SUITES)]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-5000:]
