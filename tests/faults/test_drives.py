"""F8 and the full stick: pulled or full while a bundle is written or read, nothing is half there and nothing is lost.

Each injector has its control in the same run: a program that writes in place leaves a cut file under the same pulls.
30 pulls while writing and 10 while reading for each of three file systems here, 1,000 of each with `--long`.
"""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UserError
from app.models import integrity
from app.models.store import Store
from app.sync import package, receive, send, status
from tests.faults import drives, injectors
from tests.faults.drives import Stick
from tests.sync.build import PASSPHRASE, Country, a_person, dump, get
from tests.sync.test_faults import state_of

KINDS = sorted(drives.KINDS)
GONE = {"drive_gone", "write_failed", "read_failed", "file_missing", "not_allowed"}


def pulled(made: Stick, delay: float, work: Callable[[Path], object]) -> str:
    """Do something on a stick that is pulled so many seconds later: the code it was refused with, or done."""
    folder = made.plug_in()
    timer = threading.Timer(delay, made.pull)
    timer.start()
    if delay == 0:
        timer.join()  # gone before the first byte, for certain
    try:
        work(folder)
        return "done"
    except UserError as error:
        return error.code
    finally:
        timer.join()
        made.take_away()


def large_bundle(country: Country) -> bytes:
    """Some hundred kilobytes that no compression makes small: enough for a pull to hit the middle."""
    chance = random.Random(1)
    names = [{"surname": f"S{n}", "given": "A", "sex": "f", "note": chance.randbytes(600).hex()} for n in range(1200)]
    country["g1"].write(lambda w: w.put_many("person", names))
    return country.bundle(country["g1"]).read_bytes()


def in_place(data: bytes, path: Path) -> None:
    """Known bad: straight into the final file."""
    try:
        with path.open("wb") as file:
            for start in range(0, len(data), 4096):
                file.write(data[start : start + 4096])
                file.flush()
    except OSError:
        raise UserError("write_failed") from None


def read_or_none(path: Path) -> bytes | None:
    """What a file holds; None if the file system cannot make sense of it after the pull."""
    try:
        return path.read_bytes()
    except OSError:
        return None


@pytest.mark.timeout(36_000)  # with --long
@pytest.mark.parametrize("kind", KINDS)
def test_pulled_while_a_bundle_is_written(
    kind: str, country: Country, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    injectors.need(kind)
    data = large_bundle(country)
    chance = random.Random(kind)
    times = 1_000 if pytestconfig.getoption("--long") else 30
    with drives.stick(kind, tmp_path) as made:
        earlier = made.plug_in() / "earlier.saha"
        package.save_package(data[:5000], earlier)
        made.take_away()
        fresh = tmp_path / "fresh.img"
        shutil.copy(made.image, fresh)
        said, cut = set(), 0
        for number in range(times):
            shutil.copy(fresh, made.image)
            name = f"b{number}.saha"
            delay = chance.random() * 0.04 if number else 0.0
            code = pulled(made, delay, lambda folder, name=name: package.save_package(data, folder / name))
            said.add(code)
            folder = made.plug_in()
            there = {path.name for path in folder.iterdir()}
            assert (folder / "earlier.saha").read_bytes() == data[:5000]
            if name in there:
                assert (folder / name).read_bytes() == data, f"{code} after {delay}: half of a bundle under its name"
            assert there <= {"earlier.saha", name, f"{name}.part"}, there
            assert code != "done" or name in there, "it was called done and is not there"
            made.take_away()
        assert said <= GONE | {"done"}, said
        for _ in range(3 * times):  # control: what writes in place is caught by the same pulls
            shutil.copy(fresh, made.image)
            pulled(made, chance.random() * 0.03, lambda folder: in_place(data, folder / "bad.saha"))
            path = made.plug_in() / "bad.saha"
            cut += path.exists() and read_or_none(path) != data
            made.take_away()
            if cut:
                break
        assert cut and said - {"done"}, "the pulls hit nothing"


@pytest.mark.parametrize("kind", KINDS)
def test_pulled_while_sending_the_outbox_is_kept(kind: str, country: Country, tmp_path: Path) -> None:
    injectors.need(kind)
    g1 = country["g1"]
    row = a_person(g1)
    with g1.read() as r:
        unsent = status.status(r).unsent
    before = dump(g1)
    with drives.stick(kind, tmp_path) as made:
        codes = {pulled(made, delay, lambda folder: send.send(g1, folder)) for delay in (0.0, 0.001, 0.01, 0.02)}
        assert codes <= GONE | {"done"} and codes & GONE, codes
        assert dump(g1) == before
        with g1.read() as r:
            assert status.status(r).unsent == unsent > 0
        (sent,) = send.send(g1, made.plug_in())
        assert receive.receive(country.office, sent.path, safety_copy=False).new >= 1
    assert get(country.office, "person", row) and integrity.check(g1).sound


@pytest.mark.timeout(36_000)  # with --long
@pytest.mark.parametrize("kind", KINDS)
def test_pulled_while_a_bundle_is_read(
    kind: str, country: Country, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    injectors.need(kind)
    data = large_bundle(country)
    baku = country.office
    before = state_of(baku)
    chance = random.Random(f"read {kind}")
    taken: list[receive.Received] = []
    times = 1_000 if pytestconfig.getoption("--long") else 10
    with drives.stick(kind, tmp_path) as made:
        (made.plug_in() / "b.saha").write_bytes(data)
        made.take_away()
        codes, looked = [], []
        for number in range(times):
            delay = 0.0 if number == 0 else chance.random() * 0.02
            if "done" not in codes:
                codes.append(pulled(made, delay, lambda folder: taken.append(receive.receive(baku, folder / "b.saha"))))
                if "done" in codes:  # it had been read to its end; from now on it is only looked at
                    assert [got.new for got in taken] == [1200] and state_of(baku) != before
                    before = state_of(baku)
            else:
                looked.append(pulled(made, delay, lambda folder: receive.preview(baku, folder / "b.saha")))
            assert state_of(baku) == before
        assert {*codes, *looked} <= GONE | {"done"}, codes + looked
        assert codes[0] in GONE and "done" not in codes[:-1], "the pulls hit nothing"
        if not taken:
            assert receive.receive(baku, made.plug_in() / "b.saha").new == 1200, "whole, it is taken"
            assert state_of(baku) != before, "control: the comparison sees a receipt"


def test_a_full_stick_keeps_what_was_on_it(country: Country) -> None:
    injectors.need("drive")
    data = large_bundle(country)
    g1 = country["g1"]
    before = dump(g1)
    with drives.small_drive(len(data) // 2) as drive:
        package.save_package(data[:2000], drive / "earlier.saha")
        for size in range(0, len(data) // 2 - 8192, len(data) // 8):
            (drive / "filler").write_bytes(bytes(size))
            with pytest.raises(UserError) as refused:
                send.send(g1, drive)
            assert refused.value.code == "no_space"
            assert {path.name for path in drive.iterdir()} == {"earlier.saha", "filler"}, "nothing half written"
        assert (drive / "earlier.saha").read_bytes() == data[:2000] and dump(g1) == before
        with pytest.raises(OSError, match="space"):  # control: who writes in place leaves a cut file
            (drive / "bad.saha").write_bytes(data)
        assert 0 < (drive / "bad.saha").stat().st_size < len(data)
    assert country.post(g1, country.office).new == 1200


def test_a_full_disk_under_the_office_takes_nothing(country: Country, tmp_path: Path) -> None:
    injectors.need("drive")
    path = tmp_path / "b.saha"
    path.write_bytes(large_bundle(country))
    country.office.sweep()
    country.office.close()
    source = country.folder / "Baku"
    size = sum(found.stat().st_size for found in source.iterdir() if found.is_file())
    with drives.small_drive(size + 900_000) as drive:
        folder = drive / "Baku"
        shutil.copytree(source, folder)
        with Store.open(folder, PASSPHRASE) as store:
            before, rows = state_of(store), dump(store)
            for safety_copy in (True, False):
                with pytest.raises(UserError) as refused:
                    receive.receive(store, path, safety_copy=safety_copy)
                assert refused.value.code in ("disk_full", "no_space", "copy_failed"), refused.value.code
                assert state_of(store) == before, "the store is as it was"
            assert a_person(store), "and goes on"
        with Store.open(folder, PASSPHRASE) as store:
            assert len(dump(store)) == len(rows) + 1 and integrity.check(store).sound
    country.office = Store.open(source, PASSPHRASE)
    assert receive.receive(country.office, path, safety_copy=False).new == 1200, "control: with room it is taken"
