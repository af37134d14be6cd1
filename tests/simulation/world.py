"""A country of real stores on which anything may happen; what must hold afterwards is checked here.

Stores are the real engine, bundles the real bytes; both lie in memory or as files (`media.py`). Losing, repeating,
delaying, restoring and copying happen to them as in life. `World` records, for every write, what its author knew (the
causality oracle), and from that says what must be in dispute; it never asks the engine. Which invariant is tested where
stands in README.md beside this file.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.basics import clock, ids
from app.errors import SahaError
from app.keys import signing
from app.models import exchange, integrity
from app.models.oplog import SCHEMA, Op, fold, op_id, read_line, write_line
from app.models.store import Store, site_id
from app.models.tables import BLOB, ERASED, OP, STUB
from app.models.writer import Reader, Writer
from app.services import people
from app.specs.records import RECORDS
from app.sync import conflicts, devices, erasure, identity, receive, send
from tests.simulation.histories import History, Step
from tests.simulation.media import Medium, Memory

SITES = ("ganja", "nakhchivan")
FIELDS = ("phone", "unit", "note")


class Broken(AssertionError):
    """An invariant does not hold."""


def canary(number: int) -> str:
    """A surname that no other text contains, so that what is left of it after an erasure would be seen."""
    return f"Qeyri{number}x"


@dataclass
class Site:
    """One physical store: a computer, or a copied disk in another one."""

    name: str
    device: str
    sites: tuple[str, ...]
    store: Store
    snapshots: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Letter:
    """A bundle on its way: where the medium has laid it."""

    laid: Any
    to: str
    sender: str


@dataclass(frozen=True)
class Known:
    """A write as the oracle saw it made: which writes of the same row its author had."""

    op: Op
    had: frozenset[str]


class World:
    """An office and laptops; every method is something that can happen."""

    def __init__(
        self,
        seed: int,
        laptops: Sequence[tuple[str, str]] = (("g1", "ganja"), ("g2", "ganja"), ("n1", "nakhchivan")),
        clocks: int | None = None,
        medium: Medium | None = None,
    ) -> None:
        self.medium = medium or Memory()
        self.random = random.Random(seed)
        self.clocks = None if clocks is None else random.Random(clocks)
        self.now = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
        clock.turn(self._tick)
        self.letters: list[Letter] = []
        self.known: dict[str, Known] = {}
        self.rows: list[tuple[str, str]] = []
        self.erased: set[str] = set()
        self.newer: dict[str, str] = {}
        self.log: list[str] = []
        self.computers: list[Site] = []
        self.office_set_back = False
        self._found(laptops)

    def _tick(self) -> datetime:
        """Every look at a clock sees another moment: a second later, or with `clocks` any at all, forward or back."""
        if self.clocks is not None:
            return datetime(2014, 1, 1, tzinfo=UTC) + timedelta(seconds=self.clocks.randrange(23 * 365 * 86_400))
        self.now += timedelta(seconds=1)
        return self.now

    def close(self) -> None:
        clock.turn(None)
        self.medium.close()

    # --- the beginning -----------------------------------------------------------------------------------
    def _found(self, laptops: Sequence[tuple[str, str]]) -> None:
        keys = {name: self._keys(name) for name, _ in [("office", ""), *laptops]}
        self.office = self._computer("office", keys["office"][0].device, (), "office")

        def enrol(w: Writer) -> None:
            w.set_meta("device", devices.keys_as_json(keys["office"][0]))
            for name, site in [("office", ""), *laptops]:
                found, public = keys[name]
                sites = [site_id(site)] if site else []
                store_id = self._id(name)
                role = "laptop" if site else "office"
                devices.enter(w, found.device, public, name=name, role=role, sites=sites, stores=[store_id])
                if site:
                    version = w.meta("seed_version")
                    exchange.keep_peer(w, store_id, device=found.device, role="laptop", seed_version=version)

        self.office.store.write(enrol)
        with self.office.store.read() as r:
            roster = devices.roster_as_json(r)
        for name, site in laptops:
            laptop = self._computer(name, keys[name][0].device, (site_id(site),), "laptop")

            def join(w: Writer, name: str = name, site: str = site) -> None:
                w.set_meta("device", devices.keys_as_json(keys[name][0]))
                w.set_meta("sites", [site_id(site)])
                devices.take_roster(w, roster)

            laptop.store.write(join)
            for laid in self.make(self.office, laptop.name):
                self.take(laptop, laid)

    @staticmethod
    def _keys(name: str) -> tuple[devices.Keys, dict[str, Any]]:
        """The keys of a device. What enters the id of a write or a bundle is the same in every history."""
        fresh, public = devices.new_keys()
        chance = random.Random(f"keys of {name}")
        device, signing_key = chance.randbytes(16).hex(), chance.randbytes(32)
        keys = replace(fresh, device=device, signing_key=signing_key)
        return keys, {**public, "signing_key": signing.verifying_key(signing_key)}

    def _id(self, name: str) -> str:
        return random.Random(name).randbytes(16).hex()

    def _computer(self, name: str, device: str, sites: tuple[str, ...], role: str) -> Site:
        computer = Site(name, device, sites, self.medium.found(role))

        def begin(w: Writer) -> None:
            w.set_meta("store_id", self._id(name))
            w.set_meta("name", name)
            w.set_meta("user", {"id": f"user-{name}", "name": name})

        computer.store.write(begin)
        self.computers.append(computer)
        return computer

    # --- what people do ----------------------------------------------------------------------------------
    def write(self, computer: Site, command: Callable[[Writer], Any]) -> Any:
        """Do something in a store, and note for the oracle what its author had."""

        def watched(w: Writer) -> Any:
            before = w.arr
            value = command(w)
            for line in list(exchange.lines_after(w, before)):
                self._note(w, line)
            return value

        try:
            return computer.store.write(watched).value
        except SahaError as error:
            self.log.append(f"  refused: {error}")
            return None

    def _note(self, w: Reader, line: exchange.LogLine) -> None:
        ops = w.ops_of(line.row)
        written = op_id(line.body)
        had = frozenset(op.id.hex() for op in ops if op.id != written)
        op = next(op for op in ops if op.id == written)
        self.known[written.hex()] = Known(op, had)

    def laptops(self) -> list[Site]:
        return [computer for computer in self.computers if computer is not self.office and computer.sites]

    def create(self, computer: Site) -> None:
        site = self.random.choice(computer.sites or [site_id(code) for code in SITES])
        name = canary(len(self.rows))

        def person(w: Writer) -> str:
            return w.put("person", {"surname": name, "given": "A", "sex": "m", "owner_site": site})

        row = self.write(computer, person)
        if row:
            self.rows.append(("person", row))

    def attend(self, computer: Site) -> None:
        """An activity with a participation: the same fact may be entered on two laptops."""
        site = computer.sites[0] if computer.sites else site_id(self.random.choice(SITES))
        with computer.store.read() as r:
            people = [p["id"] for p in r.list("person")]
            activities = [a["id"] for a in r.list("activity")]
        if not activities or self.random.random() < 0.3:
            values = {
                "kind": "training_basic_new_officers",
                "title_en": f"T{len(self.rows)}",
                "site": site,
                "start": "2026-03-02",
                "end": "2026-03-03",
                "status": "held",
            }
            row = self.write(computer, lambda w: w.put("activity", values))
            if row:
                self.rows.append(("activity", row))
        elif people:
            values = {"activity": self.random.choice(activities), "person": self.random.choice(people)}
            row = self.write(computer, lambda w: w.put("participation", values))
            if row:
                self.rows.append(("participation", row))

    def _row_at(self, computer: Site, record: str = "person") -> str | None:
        with computer.store.read() as r:
            stubs = set(r.connection.execute(STUB.select()).scalars())
            rows = sorted({p["id"] for p in r.list(record)} - stubs - self.erased)
        return self.random.choice(rows) if rows else None

    def edit(self, computer: Site) -> None:
        row = self._row_at(computer)
        if row:
            values = {self.random.choice(FIELDS): f"v{self.random.randrange(6)}"}
            self.write(computer, lambda w: w.put("person", values, row))

    def annotate(self, computer: Site) -> None:
        """Restricted words, and sets."""
        row = self._row_at(computer, "activity")
        if row:
            topics = self.random.choice([["domestic_violence"], [], ["domestic_violence", "road_safety"]])
            values = self.random.choice(
                [{"confidential_note": f"secret{self.random.randrange(9)}"}, {"partners": []}, {"topics": topics}]
            )
            self.write(computer, lambda w: w.put("activity", values, row))

    def refer(self, computer: Site) -> None:
        """The office changes reference data."""
        code = f"o{self.random.randrange(3)}"
        values = {"code": code, "name_en": f"Org {self.random.randrange(9)}", "type": "ngo"}
        with self.office.store.read() as r:
            known = r.list("organisation", code=code)
        self.write(self.office, lambda w: w.put("organisation", values, known[0]["id"] if known else None))

    def delete(self, computer: Site) -> None:
        row = self._row_at(computer)
        if row:
            self.write(computer, lambda w: w.delete("person", row))

    def restore_row(self, computer: Site) -> None:
        with computer.store.read() as r:
            stubs = set(r.connection.execute(STUB.select()).scalars())
            rows = sorted({p["id"] for p in r.list("person", deleted=True)} - stubs - self.erased)
        if rows:
            row = self.random.choice(rows)
            self.write(computer, lambda w: w.restore("person", row))

    def move(self, computer: Site) -> None:
        """The office gives a person or an activity to another site."""
        row = self._row_at(self.office)
        if row:
            site = site_id(self.random.choice(SITES))
            self.write(self.office, lambda w: w.put("person", {"owner_site": site}, row))

    def restrict(self, computer: Site) -> None:
        row = self._row_at(self.office, "activity")
        if row:
            flag = self.random.random() < 0.5
            self.write(self.office, lambda w: w.put("activity", {"restricted": flag}, row))

    def merge(self, computer: Site) -> None:
        keep, other = self._row_at(self.office), self._row_at(self.office)
        if keep and other and keep != other:
            value = keep if self.random.random() < 0.7 else None
            self.write(self.office, lambda w: w.put("person", {"merged_into": value}, other))

    def erase(self, computer: Site) -> None:
        row = self._row_at(self.office)
        if row and self.write(self.office, lambda w: erasure.erase_row(w, "person", row, "asked") or True):
            self.erased.add(row)

    def resolve(self, computer: Site) -> None:
        with computer.store.read() as r:
            found = conflicts.conflicts(r)
        if found:
            story = self.random.choice(found)
            take = self.random.choice(["ours", "theirs"])
            self.write(computer, lambda w: conflicts.resolve(w, story.id, take, reason="looked"))

    def write_newer(self, computer: Site) -> None:
        """A newer version of the program writes: a field, or a record type, that this one does not know."""
        row = self._row_at(computer)
        if row is None:
            return
        fields: dict[str, Any] = {"blood_group": f"b{self.random.randrange(9)}"}
        record, replaced = "person", {}
        if self.random.random() < 0.3:
            with computer.store.read() as r:
                owner = (r.get("person", row) or {}).get("owner_site")
            record, row = "commendation", ids.new_id()
            fields |= {"owner_site": owner}

        def put(w: Writer) -> None:
            if record == "person":
                replaced["blood_group"] = sorted({op.id.hex() for op in w.ops_of(row) if "blood_group" in op.fields})
            w.seq, w.lamport = w.seq + 1, w.lamport + 1
            line = write_line(w.identity.store_id, w.seq, w.lamport, clock.stamp(), "x", record, row, fields, replaced)
            op = read_line(w.vouch(line.replace(f"[{SCHEMA},", f"[{SCHEMA + 1},", 1)))
            w._append([op], None)
            self.newer[op.id.hex()] = row
            if record == "person":  # a newer program shows, as this one does, that a deletion had not seen it
                w._show(RECORDS[record], row, fold(RECORDS[record], w.ops_of(row)))

        self.write(computer, put)

    def attach(self, computer: Site) -> None:
        """A scan beside an activity."""
        row = self._row_at(computer, "activity")
        if row is None:
            return
        content = self.random.randbytes(60)
        name = hashlib.sha256(content).hexdigest()
        values = {"sha256": name, "name": "scan.png", "media_type": "image/png", "size": 60}
        values |= {"linked_record": "activity", "linked_id": row}

        def put(w: Writer) -> str:
            exchange.keep_blob(w, name, content, "image/png")
            return w.put("attachment", values)

        kept = self.write(computer, put)
        if kept:
            self.rows.append(("attachment", kept))

    def take_back(self, computer: Site) -> None:
        """A whole received bundle is undone, if nothing has been built on it."""
        with computer.store.read() as r:
            bundles = sorted(entry["id"] for entry in exchange.received(r) if not entry["undone"])
            before = r.position()[0]
        if not bundles:
            return
        try:
            receive.undo_receive(computer.store, self.random.choice(bundles))
        except SahaError as error:
            self.log.append(f"  refused: {error}")
            return
        with computer.store.read() as r:
            for line in list(exchange.lines_after(r, before)):
                self._note(r, line)

    # --- what happens to bundles -------------------------------------------------------------------------
    def make(self, sender: Site, to: str, max_size: int | None = None) -> list[Any]:
        """The bundles of a device for another, where the medium has laid them."""
        with sender.store.read() as r:
            addressee = devices.device_named(r, to)
            targets = send._stores_of(r, addressee)
        made = []
        for target in targets:
            parcels = sender.store.write(lambda w, target=target: send.prepare(w, addressee, target, max_size)).value
            for parcel in parcels:
                with sender.store.read() as r:
                    bundle, data = send.seal_parcel(r, parcel, addressee)
                made.append(self.medium.lay(data))
                sender.store.write(lambda w, b=bundle, d=data: send._note_written(w, b, len(d), Path("x")))
        return made

    def device_name(self, computer: Site) -> str:
        return computer.name.split("'")[0]

    def send_letter(self, computer: Site) -> None:
        if computer.sites:
            name = "office"
            neighbours = [
                other
                for other in self.laptops()
                if other.device != computer.device and set(other.sites) & set(computer.sites)
            ]
            if neighbours and self.random.random() < 0.25:
                name = self.device_name(self.random.choice(neighbours))
        else:
            name = self.device_name(self.random.choice(self.laptops()))
        size = 50_500 if self.random.random() < 0.1 else None
        for laid in self.make(computer, name, size):
            self.letters.append(Letter(laid, name, computer.name))

    def take(self, computer: Site, laid: Any) -> receive.Received:
        """As `receive.receive`, without what a computer knows beside its disk (so that a restore may go unnoticed)."""
        package, manifest = receive.open_bundle(computer.store, self.medium.fetch(laid), keep=False)
        return computer.store.write(lambda w: receive.take(w, package, manifest), links_last=True).value

    def deliver(self, computer: Site) -> None:
        """Some letter arrives: any, and it may arrive again later."""
        if not self.letters:
            return
        late = self.random.random() < 0.3
        letter = self.random.choice(self.letters if late else self.letters[-4:])
        for target in self.computers:
            if self.device_name(target) == letter.to and self.random.random() < 0.8:
                self.arrive(target, letter)

    def arrive(self, target: Site, letter: Letter) -> None:
        got = self.take(target, letter.laid)
        self.log.append(f"  {letter.sender} no {got.no} → {target.name}: new {got.new}, again {got.again}")
        self.check_scope(target)

    # --- what befalls computers --------------------------------------------------------------------------
    def snapshot(self, computer: Site) -> None:
        computer.snapshots.append(self.medium.image(computer.store))

    def set_back(self, computer: Site) -> None:
        """A backup is put back; sometimes by the program, which then takes a new id, sometimes behind its back."""
        if not computer.snapshots:
            return
        self.put_back(computer, self.random.choice(computer.snapshots))
        if self.random.random() < 0.5:
            computer.store.write(identity.take_new_id)

    def put_back(self, computer: Site, snapshot: Any) -> None:
        """A backup is put back behind the program's back."""
        self.office_set_back |= computer is self.office
        computer.store = self.medium.put_back(computer.store, snapshot)

    def copy_disk(self, computer: Site) -> None:
        """A second computer with the same disk."""
        if computer is self.office or len(self.computers) > 6:
            return
        twin = Site(f"{computer.name}'", computer.device, computer.sites, self.medium.twin(computer.store))
        self.computers.append(twin)
        if self.random.random() < 0.3:
            twin.store.write(identity.take_new_id)

    def turn_clock(self, computer: Site) -> None:
        self.now += timedelta(days=self.random.choice([-3650, -400, -1, 1, 30, 3650]))

    # --- afterwards --------------------------------------------------------------------------------------
    def told(self) -> dict[str, Any]:
        """All that came of it: what happened step by step, and at every computer its log of writes and what it shows.

        Not the bytes of bundles: what they are sealed with is another key every time.
        """
        found: dict[str, Any] = {"steps": list(self.log)}
        for computer in self.computers:
            with computer.store.read() as r:
                columns = (OP.c.arr, OP.c.id, OP.c.body, OP.c.digest, OP.c.origin)
                log = [tuple(row) for row in r.connection.execute(OP.select().with_only_columns(*columns))]
                disputed = [tuple(map(str, c.values())) for c in exchange.conflict_rows(r)]
            identity = (computer.store.identity.store_id, computer.store.identity.sites)
            found[computer.name] = (identity, log, disputed, self.shown(computer))
        return found

    def heal(self, rounds: int) -> list[int]:
        """Loss-free rounds between everybody and the office; gives the number of new writes of each."""
        news = []
        for _ in range(rounds):
            count = 0
            for laptop in self.laptops():
                for laid in self.make(laptop, "office"):
                    count += self.take(self.office, laid).new
            for name in sorted({self.device_name(laptop) for laptop in self.laptops()}):
                for laid in self.make(self.office, name):
                    for laptop in self.laptops():
                        if self.device_name(laptop) == name:
                            got = self.take(laptop, laid)
                            count += got.new + got.evicted
                            self.check_scope(laptop)
            news.append(count)
            if len(news) >= 2 and not any(news[-2:]):
                break
        return news

    def check(self) -> None:
        """Everything that must hold once bundles have gone to and fro without loss."""
        self.random.seed(0)
        self.heal(7)
        self.replay()
        news = self.heal(7)
        if any(news[-2:]):
            raise Broken(f"I10: still news after {len(news)} loss-free rounds: {news}")
        self.look_into_quarantine()
        with self.office.store.read() as r:
            known = {bytes(i).hex() for i in r.connection.execute(OP.select().with_only_columns(OP.c.id)).scalars()}
        for computer in self.computers:
            with computer.store.read() as r:
                # what left a laptop and was confirmed is there only by its id: its payload does not exist any more
                held = OP.select().with_only_columns(OP.c.id).where(OP.c.body.is_not(None))
                here = {bytes(i).hex() for i in r.connection.execute(held).scalars()}
            missing = here - known
            if missing:
                raise Broken(
                    f"I7: {len(missing)} writes of {computer.name} are not at the office: {self._told(missing)}"
                )
            self.check_fold(computer)
        self.check_conflicts()
        office = self.shown(self.office)
        for laptop in self.laptops():
            self.check_equal(laptop, office)
            self.check_newer(laptop)
        for computer in self.computers:
            self.check_erased(computer)
            self.check_merges(computer)
            self.check_attachments(computer)
        self.check_repetition()

    def look_into_quarantine(self) -> None:
        """Honest writes are kept apart only where a restored office cannot know what it had given or written itself in
        the life it lost; then a person looks at them and takes them."""
        with self.office.store.read() as r:
            aside = [bytes(entry["id"]) for entry in exchange.quarantined(r)]
        if not aside:
            return
        if not self.office_set_back:
            raise Broken(f"honest writes were kept apart: {self._told({known.hex() for known in aside})}")
        receive.take_from_quarantine(self.office.store, aside)
        self.heal(7)

    def _told(self, ids: set[str]) -> list[str]:
        return [self.known[i].op.line if i in self.known else i for i in sorted(ids)][:3]

    def check_fold(self, computer: Site) -> None:
        """I1: the tables are what the writes add up to from scratch."""
        findings = integrity.Findings()
        with computer.store.read() as r:
            states = integrity._check_log(r, findings)
            integrity._check_tables(r, states, findings)
            broken = exchange.foreign_keys_broken(r)
            if [p for p in exchange.parked_rows(r) if p["missing"] is not None]:
                raise Broken(f"{computer.name}: parked rows remain: {exchange.parked_rows(r)}")
        if findings.bad or broken:
            raise Broken(f"I1: {computer.name}: {findings.bad[:5]} {list(broken)[:3]}")

    def check_scope(self, computer: Site) -> None:
        """I9: no row of another site is on a laptop, save stubs."""
        if not computer.sites:
            return
        with computer.store.read() as r:
            stubs = set(r.connection.execute(STUB.select()).scalars())
            for record, row, owner in exchange.owned_rows(r):
                if owner not in computer.sites and row not in stubs and not r.ops_of(row):
                    raise Broken(f"I9: {computer.name} holds {record} {row} without knowing why")

    def shown(self, computer: Site) -> dict[str, dict[str, Any]]:
        """Every row that is shown, by id."""
        found = {}
        with computer.store.read() as r:
            stubs = set(r.connection.execute(STUB.select()).scalars())
            for spec in RECORDS.values():
                for row in [*r.list(spec.name), *r.list(spec.name, deleted=True)]:
                    if row["id"] not in stubs:
                        found[row["id"]] = {"record": spec.name, **row}
        return found

    def check_equal(self, laptop: Site, office: dict[str, dict[str, Any]]) -> None:
        """Stores of equal scope hold the same."""
        with self.office.store.read() as r:
            known = devices.device_named(r, self.device_name(laptop))
            scope = exchange.scope_rows(r, known.sites, set(known.stores))
            given = exchange.rows_with_restricted_writes(r, set(known.stores))
            disputed = {(c["row"], c["field"]): set(c["ops"]) for c in exchange.conflict_rows(r) if c["row"] in scope}
        mine = self.shown(laptop)
        reference = {row for row, values in office.items() if RECORDS[values["record"]].scope == "everywhere"}
        if set(mine) != scope & set(office) | reference:
            extra, lost = set(mine) - scope - reference, (scope & set(office) | reference) - set(mine)
            told = f"{sorted(extra)[:3]} {sorted(lost)[:3]}"
            raise Broken(f"I9: {laptop.name} has {len(extra)} rows too many, {len(lost)} too few: {told}")
        for row, values in mine.items():
            theirs = dict(office[row])
            if values["record"] == "activity" and row not in given:
                theirs["confidential_note"] = None
                if values["confidential_note"] is not None:
                    raise Broken(f"T16: {laptop.name} has a restricted note")
            if values["deleted"] and not theirs["deleted"] and self._only_secrets_speak_for(laptop, row, disputed):
                theirs["deleted"] = True
            if values != theirs:
                differing = {k: (values[k], theirs[k]) for k in values if values[k] != theirs[k]}
                raise Broken(f"I1: {laptop.name} shows another {values['record']} {row}: {differing}")
        with laptop.store.read() as r:
            own = {(c["row"], c["field"]): set(c["ops"]) for c in exchange.conflict_rows(r)}
            peers = exchange.peers(r, role="office", live=True)
        secret = {key for key in {**own, **disputed} if key[1] in ("confidential_note", "deleted")}
        if {k: v for k, v in own.items() if k not in secret} != {k: v for k, v in disputed.items() if k not in secret}:
            raise Broken(f"I17: {laptop.name} lists other conflicts: {own} / {disputed}")
        if peers[0]["state_differs"]:  # the office store heard last: a branch that was set back may have had other sums
            raise Broken(f"the sums of {laptop.name} and the office differ")

    def _only_secrets_speak_for(self, laptop: Site, row: str, disputed: dict[tuple[str, str], set[str]]) -> bool:
        """Whether a row is in dispute at the office, and not in the bin, only by restricted words unknown to a laptop.

        Deleted by one who had not seen a confidential note: the office and its author see both; for all others it is
        deleted, until somebody at the office decides.
        """
        with laptop.store.read() as r:
            here = {op.id.hex() for op in r.ops_of(row)}
        unseen = disputed.get((row, "deleted"), set()) - here
        return bool(unseen) and all("confidential_note" in self.known[known].op.fields for known in unseen)

    def check_conflicts(self) -> None:
        """I2, I4, I17: at the office exactly that is in dispute which the oracle says is."""
        with self.office.store.read() as r:
            listed = {(c["row"], c["field"]): set(c["ops"]) for c in exchange.conflict_rows(r)}
            there = {bytes(i).hex() for i in r.connection.execute(OP.select().with_only_columns(OP.c.id)).scalars()}
        by_row: dict[str, list[Known]] = {}
        for known in self.known.values():
            judged = known.op.record in RECORDS and known.op.row not in self.erased
            if known.op.id.hex() in there and judged:
                by_row.setdefault(known.op.row, []).append(known)
        for row, writes in by_row.items():
            expected = self._disputed(writes)
            found = {key: ops for (at, key), ops in listed.items() if at == row}
            if found != expected:
                raise Broken(f"I17: {row}: in dispute {found}, by knowledge {expected}")

    def _disputed(self, writes: Sequence[Known]) -> dict[str, set[str]]:
        spec = RECORDS[writes[0].op.record]
        keys = {key for known in writes for key in known.op.fields}
        live: dict[str, list[Known]] = {}
        for key in keys:
            of_key = [known for known in writes if key in known.op.fields]
            live[key] = [k for k in of_key if not any(k.op.id.hex() in other.had for other in of_key if other is not k)]
        disputed = {}
        for key, alive in live.items():
            known_field = spec.by_name.get(key.partition("/")[0])
            review = known_field is None or known_field.merge == "review"
            if review and "/" not in key and key != "deleted" and len({repr(k.op.fields[key]) for k in alive}) > 1:
                disputed[key] = {k.op.id.hex() for k in alive}
        gone = [known for known in live.get("deleted", []) if known.op.fields["deleted"]]
        if gone:
            unseen = {
                k.op.id.hex()
                for key, alive in live.items()
                if key != "deleted" and key not in spec.natural_key
                for k in alive
                if not any(k.op.id.hex() in deletion.had for deletion in gone)
                and ((f := spec.by_name.get(key.partition("/")[0])) is None or f.merge != "auto")
            }
            if unseen:
                disputed["deleted"] = unseen | {known.op.id.hex() for known in gone}
        return disputed

    def check_newer(self, laptop: Site) -> None:
        """I14: what a newer program wrote of a row that may be here is here, word for word, though nobody shows it."""
        with self.office.store.read() as r:
            known = devices.device_named(r, self.device_name(laptop))
            scope = exchange.scope_rows(r, known.sites, set(known.stores))
            there = {op.id.hex(): op.line for row in self.newer.values() if row in scope for op in r.ops_of(row)}
        with laptop.store.read() as r:
            here = {op.id.hex(): op.line for row in self.newer.values() if row in scope for op in r.ops_of(row)}
        wanted = {known: there[known] for known in self.newer if known in there}
        if {known: here.get(known) for known in wanted} != wanted:
            raise Broken(f"I14: {laptop.name} lost what a newer program wrote: {sorted(set(wanted) - set(here))[:3]}")

    def check_erased(self, computer: Site) -> None:
        """I12: nothing of an erased row is left in any table, nor in the pages after VACUUM."""
        # An erasure that nobody had heard of when the office was set back does not exist any more.
        with self.office.store.read() as r:
            erased = self.erased & set(r.connection.execute(ERASED.select().with_only_columns(ERASED.c.row)).scalars())
        words = {known.op.fields.get("surname") for known in self.known.values() if known.op.row in erased}
        words = {word for word in words if word}
        if not words:
            return
        pages = self.medium.pages(computer.store)
        left = [word for word in words if word.encode() in pages]
        if left:
            raise Broken(f"I12: {computer.name} still has words of erased rows: {left[:3]}")

    def check_merges(self, computer: Site) -> None:
        """I13: who stands for whom is decided once: canonical(canonical(p)) = canonical(p), in circles as well."""
        with computer.store.read() as r:
            for person in [*r.list("person"), *r.list("person", deleted=True)]:
                stands = people.canonical(r, person["id"])
                if people.canonical(r, stands) != stands:
                    raise Broken(
                        f"I13: at {computer.name} {person['id']} stands for {stands}, which stands for another"
                    )

    def check_attachments(self, computer: Site) -> None:
        """What is named is here, as far as it still exists anywhere."""
        there: set[str] = set()
        for other in self.computers:
            with other.store.read() as r:
                there |= set(r.connection.execute(BLOB.select().with_only_columns(BLOB.c.sha256)).scalars())
        with computer.store.read() as r:
            missing = set(exchange.missing_blobs(r)) & there
        if missing and computer is self.office:
            raise Broken(f"4.11: {computer.name} lacks {len(missing)} attachments that others have")

    def check_repetition(self) -> None:
        """I5 and I11: every bundle that ever was, once more, changes nothing – what is shown, and then not one byte."""
        before = [self.shown(computer) for computer in self.computers]
        self.replay()
        for computer, then in zip(self.computers, before, strict=True):
            now = self.shown(computer)
            if now != then:
                rows = [row for row in {**now, **then} if now.get(row) != then.get(row)]
                one, other = now.get(rows[0]) or {}, then.get(rows[0]) or {}
                differing = {name: (other.get(name), one.get(name)) for name in one if one.get(name) != other.get(name)}
                raise Broken(f"I5/I11: late bundles changed {computer.name}: {len(rows)} rows: {differing}")
        sums = [bytes_of(computer.store) for computer in self.computers]
        self.replay()
        for computer, then in zip(self.computers, sums, strict=True):
            if bytes_of(computer.store) != then:
                raise Broken(f"I5: bundles that {computer.name} had already changed its file")

    def replay(self) -> None:
        """Every bundle that ever was arrives once more, in any order."""
        letters = list(self.letters)
        self.random.shuffle(letters)
        for letter in letters:
            for target in self.computers:
                if self.device_name(target) == letter.to:
                    self.take(target, letter.laid)


def bytes_of(store: Store) -> str:
    """A sum of every row of every table."""
    told = hashlib.sha256()
    tables = store.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        if not table.startswith("sqlite_"):
            rows = store.raw.execute(f'SELECT * FROM "{table}"').fetchall()
            told.update("\n".join([table, *sorted(map(repr, rows))]).encode())
    return told.hexdigest()


ACTIONS: dict[str, int] = {
    "create": 10,
    "attend": 8,
    "edit": 22,
    "annotate": 4,
    "refer": 2,
    "delete": 3,
    "restore_row": 2,
    "move": 3,
    "restrict": 1,
    "merge": 2,
    "erase": 1,
    "resolve": 3,
    "write_newer": 2,
    "attach": 2,
    "take_back": 1,
    "send_letter": 24,
    "deliver": 28,
    "snapshot": 3,
    "set_back": 2,
    "copy_disk": 1,
    "turn_clock": 2,
}
"""What can happen, and how often."""


def history(seed: int, steps: int, *, without: Sequence[str] = ()) -> History:
    """What happens, drawn by chance: for each step the action, which computer, and the chance within it."""
    chance = random.Random(seed)
    names = [name for name in ACTIONS if name not in without]
    drawn = chance.choices(names, [ACTIONS[name] for name in names], k=steps)
    return [(name, chance.randrange(10**6), chance.randrange(2**32)) for name in drawn]


@contextmanager
def determined(seed: int) -> Iterator[None]:
    """Within the block every id of a row, a store and a bundle follows from the seed."""
    source = random.Random(f"ids {seed}")
    before = exchange.os, send.secrets
    exchange.os = SimpleNamespace(urandom=source.randbytes)  # type: ignore[assignment]
    send.secrets = SimpleNamespace(token_hex=lambda size: source.randbytes(size).hex())  # type: ignore[assignment]
    try:
        with ids.repeatable(seed):
            yield
    finally:
        exchange.os, send.secrets = before


def happen(world: World, steps: Sequence[Step]) -> None:
    """Let a history happen."""
    for name, number, chance in steps:
        world.random.seed(chance)
        computer = world.computers[number % len(world.computers)]
        world.log.append(f"{computer.name}: {name}")
        getattr(world, name)(computer)


def replay(steps: Sequence[Step], medium: Callable[[], Medium] = Memory) -> None:
    """Let a history happen, and look at what must hold; raises Broken."""
    with determined(0):
        world = World(0, medium=medium())
        try:
            happen(world, steps)
            world.check()
        finally:
            world.close()


def play(seed: int, steps: int, medium: Callable[[], Medium] = Memory) -> None:
    """One history; raises Broken when an invariant does not hold."""
    try:
        replay(history(seed, steps), medium)
    except BaseException as error:
        error.args = (f"seed {seed}, {steps} steps: {error.args[0] if error.args else ''}", *error.args[1:])
        raise


def outcome(steps: Sequence[Step], clocks: int | None) -> dict[tuple[str, str], list[str]]:
    """I8: every value that stands at the office after a history, under a clock that runs or under any clock at all.

    Not which of several disputed values is shown: that follows ids, and an id is of the whole line, time included.
    """
    with determined(0):
        world = World(0, clocks=clocks)
        try:
            happen(world, steps)
            world.heal(7)
            found = {}
            with world.office.store.read() as r:
                for row in sorted({known.op.row for known in world.known.values()}):
                    ops = r.ops_of(row)
                    if ops and ops[0].record in RECORDS:
                        for key, live in fold(RECORDS[ops[0].record], ops).live.items():
                            found[row, key] = sorted({repr(op.fields[key]) for op in live})
            return found
        finally:
            world.close()
