"""F9 and T11: sticks that lie. What they did not take is never called done; what they lost later is sent again; and a
file that reads otherwise the second time is read once.

Each lie has its controls in the same run: a program that believes the stick, and one that reads back what the system
still remembers, call done what is not there. 24 lies here, 400 with `--long`.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import exchange, integrity
from app.sync import devices, package, receive, send, status
from tests.faults import drives, injectors
from tests.faults.drives import LyingStick, Plugged, Stick
from tests.sync.build import Country, a_person, dump, get

PAGES, PAGE = 40, 4096
EARLIER = b"what lay there before"


def believing(data: bytes, path: Path) -> None:
    """Known bad: flushed and renamed, so it must be there."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def remembering(data: bytes, path: Path) -> None:
    """Known bad: read back, but from the system's memory."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if hashlib.sha256(part.read_bytes()).digest() != hashlib.sha256(data).digest():
        raise UserError("readback_differs")
    part.replace(path)


def outcome(save: Callable[[bytes, Path], None], data: bytes, path: Path) -> str:
    """Save: `done` or the code of the refusal."""
    try:
        save(data, path)
    except UserError as error:
        return error.code
    assert path.exists()
    return "done"


def lies(count: int) -> Iterator[str]:
    chance = random.Random(9)
    for number in range(count):
        kind = ("drops", "skips", "flips", "holds")[number % 4]
        yield f"{kind}:{chance.randrange(1, PAGES) * (PAGE if kind == 'holds' else 1)}"


def test_what_the_stick_did_not_take_is_never_called_done(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    injectors.need("liar")
    data = random.Random(1).randbytes(PAGES * PAGE)
    made = LyingStick(tmp_path, "named")
    (made.medium / "earlier.saha").write_bytes(EARLIER)
    fooled: Counter[str] = Counter()
    with drives.plugged(made) as there:
        assert outcome(package.save_package, data, there / "nothing honest.saha") == "done", "what is kept is believed"
        honest = {"earlier.saha": EARLIER, "nothing honest.saha": data}
        for number, lie in enumerate(lies(400 if pytestconfig.getoption("--long") else 24)):
            assert outcome(package.save_package, data, there / f"{lie} {number}.saha") == "readback_differs", lie
            assert {path.name: path.read_bytes() for path in made.medium.iterdir()} == honest, f"{lie}: left behind"
            for save in (believing, remembering) if number < 8 else ():
                name = f"{lie} {save.__name__}.saha"
                fooled[save.__name__] += outcome(save, data, there / name) == "done" and (
                    (made.medium / name).read_bytes() != data
                )
                (there / name).unlink(missing_ok=True)
                (there / f"{name}.part").unlink(missing_ok=True)
    assert fooled["believing"] == 8 and fooled["remembering"] >= 4, f"the stick did not lie: {fooled}"


@pytest.mark.parametrize("lie", ["drops:3", "flips:1", "holds:4096"])
def test_sending_to_a_stick_that_lies_keeps_the_outbox(country: Country, tmp_path: Path, lie: str) -> None:
    injectors.need("liar")
    g1 = country["g1"]
    row = a_person(g1, note="n" * 50)
    g1.write(lambda w: w.put_many("person", people(60)))
    with g1.read() as r:
        unsent = status.status(r).unsent
    made = LyingStick(tmp_path / "stick", lie)
    with drives.plugged(made) as there:
        with pytest.raises(UserError) as refused:
            send.send(g1, there)
        assert refused.value.code == "readback_differs" and list(there.iterdir()) == list(made.medium.iterdir()) == []
    with g1.read() as r:
        assert status.status(r).unsent == unsent == 61
        assert next(entry.state for entry in status.mail(r) if entry.outgoing) == "made", "and not written"
    assert country.post(g1, country.office).new == 61
    assert get(country.office, "person", row) and integrity.check(g1).sound


def people(count: int) -> list[dict[str, Any]]:
    chance = random.Random(2)
    return [{"surname": f"S{n}", "given": "A", "sex": "f", "note": chance.randbytes(90).hex()} for n in range(count)]


class Forgetful(Stick):
    """A stick of a real file system that, pulled, is what it was when it was plugged in."""

    def plug_in(self) -> Path:
        shutil.copy(self.image, self.image.with_suffix(".before"))
        return super().plug_in()

    def take_away(self) -> None:
        super().take_away()
        before = self.image.with_suffix(".before")
        if before.exists():
            before.replace(self.image)


def forgetful(kind: str, folder: Path) -> Plugged:
    return LyingStick(folder, "forgets") if kind == "liar" else Forgetful(kind, folder)


@pytest.mark.parametrize(
    ("kind", "emptied"), [*((kind, False) for kind in ("liar", *drives.KINDS)), ("liar", True)], ids=str
)
def test_a_bundle_that_read_back_well_and_then_was_lost_is_made_good(
    country: Country, tmp_path: Path, kind: str, emptied: bool
) -> None:
    """Nothing is seen of it while the stick is in. The outbox is kept until the receipt; `emptied`: if it were not."""
    injectors.need(kind)
    g1, baku = country["g1"], country.office
    first = a_person(g1, "Birinci")
    with drives.plugged(made := forgetful(kind, tmp_path)) as there:
        (lost,) = send.send(g1, there)
        assert lost.path.exists(), "read back, renamed: done"
    with drives.plugged(made) as there:
        assert list(there.iterdir()) == [], "and nothing of it had ever reached the stick"
    with g1.read() as r:
        assert status.status(r).unsent == 1
        (entry,) = [entry for entry in status.mail(r) if entry.bundle == lost.bundle]
    assert entry.state == "written" and steps(entry) == {"made": True, "written": True} | dict.fromkeys(LATER, False)
    if emptied:
        with g1.read() as r:
            peer, end = exchange.peers(r, device=devices.office(r).id)[0]["store_id"], r.position()[0]
        g1.write(lambda w: exchange.keep_peer(w, peer, acked_arr=end))
    second = a_person(g1, "İkinci")
    got = country.post(g1, baku)
    if emptied:
        assert got.new == 1 and get(baku, "person", first) is None, "control: it is lost, and that is seen"
        return
    assert got.new == 2 and get(baku, "person", first) and get(baku, "person", second), "the next one is cumulative"
    assert (list(got.healed), list(got.missing)) == ([lost.no], []), "and the office names the one that never came"
    country.post(baku, g1)
    with g1.read() as r:
        register = {entry.no: entry for entry in status.mail(r) if entry.outgoing}
        assert status.status(r).unsent == 0
    assert register[lost.no].state == "written" and not any(steps(register[lost.no])[name] for name in LATER)
    assert register[lost.no + 1].state == "confirmed" and all(steps(register[lost.no + 1]).values())
    assert dump(g1, "ganja") == dump(baku, "ganja")


LATER = ("read", "accepted", "receipt")


def steps(entry: status.BundleStatus) -> dict[str, bool]:
    return {step.name: step.moment is not None for step in entry.steps}


# --- T11: a file that answers differently the second time ------------------------------------------------------------


_watched: list[tuple[str, list[str]]] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _watched and isinstance(arguments[0], str | os.PathLike):
        path = os.fspath(arguments[0])
        for beginning, found in _watched:
            if isinstance(path, str) and path.startswith(beginning):
                found.append(path)


@contextmanager
def openings(folder: Path) -> Iterator[list[str]]:
    """The files below a folder that this process opens meanwhile."""
    if not hasattr(openings, "hooked"):
        sys.addaudithook(_hook)  # cannot be taken back, so it is put in once and only listens when asked
        openings.hooked = True  # type: ignore[attr-defined]
    found: list[str] = []
    _watched.append((f"{folder}/", found))
    try:
        yield found
    finally:
        _watched.pop()


def read_twice(country: Country, path: Path) -> None:
    """Known bad: look whether it is good, and then read it again."""
    receive.open_bundle(country.office, path.read_bytes(), keep=False)
    bundle, manifest = receive.open_bundle(country.office, path.read_bytes(), keep=False)
    country.office.write(lambda w: receive.take(w, bundle, manifest))


@pytest.mark.parametrize("bad", [False, True], ids=["product", "control: read twice"])
def test_a_file_that_reads_otherwise_the_second_time_is_read_once(country: Country, tmp_path: Path, bad: bool) -> None:
    injectors.need("liar")
    g1, g2 = country["g1"], country["g2"]
    shown, swapped = a_person(g1, "Göstərilən"), a_person(g2, "Dəyişdirilən")
    other = tmp_path / "other"
    shutil.copy(country.bundle(g2), other)
    made = LyingStick(tmp_path / "stick", f"answers:{other}")
    shutil.copy(country.bundle(g1), made.medium / "b.saha")
    with drives.plugged(made) as there, openings(there) as opened:
        if bad:
            read_twice(country, there / "b.saha")
        else:
            assert receive.receive(country.office, there / "b.saha", safety_copy=False).new == 1
    assert len(opened) == (2 if bad else 1)
    with country.office.read() as r:
        assert bool(r.get("person", swapped)) == bad and bool(r.get("person", shown)) != bad


def test_every_way_of_receiving_opens_a_file_once(country: Country, tmp_path: Path) -> None:
    """Looked at, taken, with its folder too, carried on for others, refused."""
    g1, baku = country["g1"], country.office
    stick, carried = tmp_path / "stick", tmp_path / "carried"
    stick.mkdir()
    carried.mkdir()
    a_person(g1)
    shutil.copy(country.bundle(g1), stick / "one.saha")
    shutil.copy(country.bundle(g1, "g2"), stick / "two.saha")
    (stick / "three.saha").write_bytes(b"SAHA1 and nothing else")
    for work in (
        lambda: receive.preview(baku, stick / "one.saha"),
        lambda: receive.preview_all(baku, [stick]),
        lambda: receive.receive_all(baku, [stick], safety_copy=False),
        lambda: receive.receive(baku, stick / "one.saha", safety_copy=False),
        lambda: send.pass_on(stick / "two.saha", carried),
    ):
        with openings(stick) as opened:
            work()
        assert opened and len(opened) == len(set(opened)), opened
