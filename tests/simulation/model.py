"""The protocol without database or files: small enough to run thousands of histories, with rules that can be taken out.

It says in a few hundred lines what the engine does in thousands: writes with ids and what they replace, logs with
checkable prefixes, bundles, cursors, scope with entering and leaving rows, stores set back and copied. `RULES` names
what `play` can leave out, so that a test can show that each rule is needed; `SECOND_LINE` what no history is known to
need, as long as the others stand. It has no clock at all: nothing in it could depend on one (I8).
"""

from __future__ import annotations

import copy
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.histories import History, Step

SITES = ("a", "b")
FIELDS = ("owner", "x", "y")
RULES = {
    "content_ids": "a write is known by its content, not by (store, number)",
    "rollback_checks": "what others heard of us is compared with our log",
    "no_echo_suppression": "what came from a store is sent to that store too",
    "transitive_replaces": "a write names every value of the field ever known, not only the visible one",
    "always_merge": "content is merged whatever the cursors say",
    "heard_survives": "what was heard of others outlives a change of one's own id",
    "whole_after_evict": "a row whose leaving is not confirmed is sent whole when it comes back",
}
SECOND_LINE = {
    "ack_check": "what others confirm of us is compared with our log",
    "heard_check": "what others heard of us is compared with our log",
    "ack_regression": "a confirmation that goes back makes everything go again",
    "parents": "whoever goes on under the former id of a store gets everything again",
    "holds": "rows that a laptop sent must leave it when they are not in its scope",
    "evict_unacknowledged": "rows of bundles never confirmed must leave as well",
    "addressee": "a cursor moves only by what was meant for the store as it is now",
}


class Broken(AssertionError):
    """An invariant does not hold."""


@dataclass(frozen=True)
class Write:
    """`had`: every write of the row that its author knew – for the oracle only, no rule looks at it."""

    id: Any
    store: str
    row: int
    key: str
    value: str
    rank: tuple[int, int]
    replaced: frozenset[Any]
    had: frozenset[Any]


@dataclass
class Peer:
    """What a store knows of another."""

    acked: int = 0
    acked_no: int = 0
    held: frozenset[int] | None = None
    said: frozenset[int] = frozenset()
    seen: int = 0
    seen_digest: int = 0
    seen_no: int = 0
    seen_bundle: int = 0
    last_no: int = 0
    membership: int = 0
    live: bool = True
    ended_at: int | None = None
    wants_all: bool = False


@dataclass(frozen=True)
class Bundle:
    """A bundle on its way."""

    id: int
    device: str
    store: str
    parents: tuple[tuple[str, int], ...]
    to_device: str
    to_store: str | None
    no: int
    start: int
    start_digest: int
    end: int
    end_digest: int
    ack: dict[str, tuple[int, int, int, int]]
    heard: dict[str, tuple[int, int, int, int]]
    writes: tuple[Write, ...]
    entering: frozenset[int] = frozenset()
    leaving: frozenset[int] = frozenset()
    whole: bool = False
    # What the receiver should have of its scope after this: the engine compares a sum of it, here it is the oracle's.
    expected: frozenset[Any] = frozenset()


@dataclass
class Sent:
    """What a store remembers of a bundle it made."""

    id: int
    peer: str | None
    scope: frozenset[int] = frozenset()
    leaving: frozenset[int] = frozenset()


@dataclass
class Store:
    """One physical store."""

    device: str
    site: str | None
    id: str
    parents: list[tuple[str, int]] = field(default_factory=list)
    log: list[Any] = field(default_factory=list)
    came_from: dict[Any, str] = field(default_factory=dict)
    digests: list[int] = field(default_factory=lambda: [0])
    writes: dict[Any, Write] = field(default_factory=dict)
    seq: int = 0
    lamport: int = 0
    no: int = 0
    peers: dict[str, Peer] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    heard: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    checkpoints: set[tuple[str, int, int]] = field(default_factory=set)
    sent: dict[tuple[str, int], Sent] = field(default_factory=dict)
    evicted: set[int] = field(default_factory=set)
    bundles: set[int] = field(default_factory=set)

    def add(self, write: Write, origin: str) -> bool:
        """Log a write that is new here."""
        self.lamport = max(self.lamport, write.rank[0])
        if write.id in self.writes:
            return False
        self.writes[write.id] = write
        self.came_from[write.id] = origin
        self.log.append(write.id)
        self.digests.append(hash((self.digests[-1], write.id, write.value, write.row)))
        return True

    def of(self, row: int) -> list[Write]:
        return [write for write in self.writes.values() if write.row == row]

    def rows(self) -> set[int]:
        return {write.row for write in self.writes.values()} - self.evicted

    def live(self, row: int, key: str) -> list[Write]:
        """The writes of a field that none replaces, the shown one first."""
        mine = [write for write in self.of(row) if write.key == key]
        gone = {known for write in mine for known in write.replaced}
        return sorted((w for w in mine if w.id not in gone), key=lambda w: w.rank, reverse=True)

    def shown(self, row: int) -> dict[str, str]:
        return {key: alive[0].value for key in FIELDS if (alive := self.live(row, key))}

    def disputed(self, row: int) -> dict[str, frozenset[Any]]:
        found = {}
        for key in FIELDS:
            alive = self.live(row, key)
            if len({write.value for write in alive}) > 1:
                found[key] = frozenset(write.id for write in alive)
        return found


class Model:
    """A country of such stores, and everything that can happen to it."""

    def __init__(self, seed: int, without: Collection[str] = ()) -> None:
        self.random = random.Random(seed)
        self.without = set(without)
        self.misfortune = False
        self.count = 0
        self.next_row = 0
        self.office = Store("office", None, "office0")
        self.stores = [self.office]
        for name, site in (("a1", "a"), ("a2", "a"), ("b1", "b")):
            laptop = Store(name, site, f"{name}0")
            self.stores.append(laptop)
            self.office.peers[laptop.id], self.office.devices[laptop.id] = Peer(), name
            laptop.peers["office0"], laptop.devices["office0"] = Peer(), "office"
        self.snapshots: dict[int, list[Store]] = {}
        self.letters: list[Bundle] = []

    def fresh(self) -> int:
        self.count += 1
        return self.count

    def laptops(self) -> list[Store]:
        return [store for store in self.stores if store.site]

    # --- people ------------------------------------------------------------------------------------------
    def put(self, store: Store, row: int, key: str, value: str) -> None:
        store.seq += 1
        store.lamport += 1
        known = [write for write in store.of(row) if write.key == key]
        if "transitive_replaces" in self.without:
            replaced = frozenset(write.id for write in store.live(row, key))
        else:
            replaced = frozenset({w.id for w in known} | {i for w in known for i in w.replaced})
        number = self.fresh()
        identity: Any = (store.id, store.seq) if "content_ids" in self.without else number
        had = frozenset(write.id for write in store.of(row))
        store.add(Write(identity, store.id, row, key, value, (store.lamport, number), replaced, had), "")

    def create(self, store: Store) -> None:
        self.next_row += 1
        self.put(store, self.next_row, "owner", store.site or self.random.choice(SITES))
        self.put(store, self.next_row, "x", "0")

    def edit(self, store: Store) -> None:
        rows = sorted(row for row in store.rows() if store.shown(row).get("owner"))
        if rows:
            key = self.random.choice(FIELDS[1:])
            self.put(store, self.random.choice(rows), key, str(self.random.randrange(5)))

    def move(self, store: Store) -> None:
        rows = sorted(self.office.rows())
        if rows:
            self.put(self.office, self.random.choice(rows), "owner", self.random.choice(SITES))

    # --- sending -----------------------------------------------------------------------------------------
    def make(self, store: Store, device: str) -> list[Bundle]:
        targets = [s for s, d in store.devices.items() if d == device and store.peers[s].live]
        return [self._make(store, device, target) for target in targets or [None]]

    def _make(self, store: Store, device: str, target: str | None) -> Bundle:
        peer = store.peers[target] if target else Peer()
        start = peer.acked if peer.acked < len(store.digests) else 0
        new = store.log[start:]
        entering: frozenset[int] = frozenset()
        leaving: frozenset[int] = frozenset()
        scope: frozenset[int] = frozenset()
        if store.site is None:
            site = next(laptop.site for laptop in self.laptops() if laptop.device == device)
            scope = frozenset(row for row in store.rows() if store.shown(row).get("owner") == site)
            pending = [
                s for (own, no), s in store.sent.items() if own == store.id and s.peer == target and no > peer.acked_no
            ]
            held = (peer.held or frozenset()) if start else frozenset()
            sure = held
            if "whole_after_evict" not in self.without:
                sure = held - frozenset().union(*(s.leaving for s in pending))
            entering = scope - sure if start else frozenset()
            said = frozenset() if "holds" in self.without else peer.said
            offered = [] if "evict_unacknowledged" in self.without else [s.scope for s in pending]
            leaving = frozenset().union(held, said, *offered) - scope
            chosen = [i for i in new if store.writes[i].row in scope]
            chosen = [i for i in store.log[:start] if store.writes[i].row in entering] + chosen
        elif device == "office":
            chosen = new
        else:
            touched = {store.writes[i].row for i in new} & store.rows()
            mine = {row for row in touched if store.shown(row).get("owner") == store.site}
            chosen = [i for i in store.log if store.writes[i].row in mine]
        if "no_echo_suppression" in self.without:
            chosen = [i for i in chosen if store.came_from[i] != target]
        store.no += 1
        bundle = Bundle(
            self.fresh(),
            store.device,
            store.id,
            tuple(store.parents),
            device,
            target,
            store.no,
            start,
            store.digests[start],
            len(store.log),
            store.digests[-1],
            {
                s: (p.seen, p.seen_digest, p.seen_no, p.seen_bundle)
                for s, p in store.peers.items()
                if p.seen_bundle and not p.wants_all
            },
            dict(store.heard),
            tuple(store.writes[i] for i in chosen),
            entering,
            leaving,
            store.site is None and start == 0,
            frozenset(w.id for w in store.writes.values() if w.row in scope),
        )
        store.sent[(store.id, store.no)] = Sent(bundle.id, target, scope, leaving)
        return bundle

    # --- receiving ---------------------------------------------------------------------------------------
    def new_id(self, store: Store) -> None:
        store.parents.append((store.id, store.no))
        store.id = f"{store.device}{self.fresh()}"
        for peer in store.peers.values():
            peer.acked = peer.acked_no = peer.seen = peer.seen_no = peer.seen_bundle = peer.seen_digest = 0
            peer.held = None
        store.checkpoints.clear()
        if "heard_survives" in self.without:
            store.heard.clear()

    def disproved(self, store: Store, point: tuple[int, int, int, int]) -> bool:
        end, digest, no, bundle = point
        if end >= len(store.digests) or store.digests[end] != digest:
            return True
        made = store.sent.get((store.id, no))
        return no > 0 and (made is None or made.id != bundle)

    def take(self, store: Store, b: Bundle) -> int:
        if b.id in store.bundles:
            return 0
        words = {"ack_check": b.ack, "heard_check": b.heard}
        points = [w[store.id] for check, w in words.items() if store.id in w and check not in self.without]
        if "rollback_checks" not in self.without and any(self.disproved(store, point) for point in points):
            self.new_id(store)
        self._meet(store, b)
        peer = store.peers[b.store]
        if b.no > peer.last_no:
            self._take_word(store, peer, b)
            point = b.heard.get(store.id)
            if peer.ended_at is None or (point is not None and point[2] > peer.ended_at):
                peer.live, peer.ended_at = True, None
            peer.last_no = b.no
        lists = store.site is not None and b.device == "office" and peer.live and b.no >= peer.membership
        if lists:
            written = {write.row for write in b.writes}
            store.evicted -= written if b.whole else b.entering
        if "always_merge" in self.without and b.end <= peer.seen:
            writes: list[Write] = []
        else:
            writes = [w for w in b.writes if self._wanted(store, b, w)]
        if "rollback_checks" not in self.without and any(
            w.store == store.id and w.id not in store.writes for w in writes
        ):
            self.new_id(store)
            peer = store.peers[b.store]
        count = sum(store.add(write, b.store) for write in writes)
        if store.site is None:
            peer.said |= {write.row for write in b.writes}
        if lists:
            store.evicted |= b.leaving
            peer.membership = b.no
        if any(self._wanted(store, b, w) and w.id not in store.writes for w in b.writes):
            raise Broken(f"I2: {store.device} passed over writes that a bundle brought")
        advanced = self._advance(store, peer, b)
        here = {write.id for write in store.writes.values() if write.row not in store.evicted}
        if lists and advanced and b.no == peer.last_no and b.expected - here:
            # As the sum of ids tells the engine: everything is asked for again. Without misfortune it never happens.
            if not self.misfortune:
                raise Broken(f"I9: {store.device} lacks writes that the office believes to be there")
            peer.wants_all = True
        elif advanced:
            peer.wants_all = False
        if b.no > store.heard.get(b.store, (0, 0, 0, 0))[2]:
            store.heard[b.store] = (b.end, b.end_digest, b.no, b.id)
        store.bundles.add(b.id)
        return count

    def _wanted(self, store: Store, b: Bundle, write: Write) -> bool:
        if store.site is None:
            return True
        if write.row in store.evicted:
            return False
        if b.device == "office":
            return True
        owners = [w.value for w in b.writes if w.row == write.row and w.key == "owner"]
        return write.row in store.rows() or store.site in owners

    def _meet(self, store: Store, b: Bundle) -> None:
        if b.store in store.peers:
            return
        for other, device in store.devices.items():
            if device == b.device:
                store.peers[other].live = False
        store.peers[b.store], store.devices[b.store] = Peer(), b.device
        ended = store.no if b.device == "office" else None
        for parent, no in b.parents:
            peer = store.peers.setdefault(parent, Peer())
            store.devices[parent] = b.device
            if "parents" in self.without:
                continue
            peer.acked = peer.acked_no = peer.seen = peer.seen_no = peer.seen_bundle = peer.seen_digest = 0
            peer.held, peer.live, peer.ended_at, peer.last_no = None, False, ended, max(peer.last_no, no)
            store.checkpoints = {point for point in store.checkpoints if point[0] != parent}

    def _take_word(self, store: Store, peer: Peer, b: Bundle) -> None:
        point = b.ack.get(store.id)
        if "ack_regression" in self.without and (point is None or point[0] < peer.acked):
            return
        if point is None or point[0] < peer.acked:
            peer.acked, peer.acked_no, peer.held = 0, 0, None
            return
        made = store.sent.get((store.id, point[2]))
        if made is not None and made.id == point[3] and made.peer == b.store:
            peer.held = made.scope
            peer.said -= made.leaving
        elif point[2] != peer.acked_no:
            peer.held = None
        peer.acked, peer.acked_no = point[0], point[2]

    def _advance(self, store: Store, peer: Peer, b: Bundle) -> bool:
        meant = b.to_store == store.id or "addressee" in self.without
        if not meant or (b.start and (b.store, b.start, b.start_digest) not in store.checkpoints):
            return False
        store.checkpoints.add((b.store, b.end, b.end_digest))
        if b.end >= peer.seen and b.no > peer.seen_no:
            peer.seen, peer.seen_digest, peer.seen_no, peer.seen_bundle = b.end, b.end_digest, b.no, b.id
        return True

    # --- the post, and misfortune ------------------------------------------------------------------------
    def send(self, store: Store) -> None:
        to = "office"
        if store.site is None:
            to = self.random.choice(["a1", "a2", "b1"])
        elif store.site == "a" and self.random.random() < 0.25:
            to = "a2" if store.device == "a1" else "a1"
        self.letters += self.make(store, to)

    def deliver(self, store: Store) -> None:
        if self.letters:
            letter = self.random.choice(self.letters if self.random.random() < 0.35 else self.letters[-4:])
            for target in self.stores:
                if target.device == letter.to_device and self.random.random() < 0.8:
                    self.take(target, letter)

    def snapshot(self, store: Store) -> None:
        self.snapshots.setdefault(self.stores.index(store), []).append(copy.deepcopy(store))

    def set_back(self, store: Store) -> None:
        at = self.stores.index(store)
        if self.snapshots.get(at):
            self.misfortune = True
            again = copy.deepcopy(self.random.choice(self.snapshots[at]))
            if store is self.office:
                self.office = again
            self.stores[at] = again
            if self.random.random() < 0.4:
                self.new_id(again)

    def copy_disk(self, store: Store) -> None:
        if store.site and len(self.stores) < 7:
            self.misfortune = True
            twin = copy.deepcopy(store)
            self.stores.append(twin)
            if self.random.random() < 0.3:
                self.new_id(twin)

    # --- afterwards --------------------------------------------------------------------------------------
    def heal(self, rounds: int = 8) -> list[int]:
        news = []
        for _ in range(rounds):
            count = 0
            for laptop in self.laptops():
                count += sum(self.take(self.office, bundle) for bundle in self.make(laptop, "office"))
            for device in ("a1", "a2", "b1"):
                for bundle in self.make(self.office, device):
                    count += sum(self.take(s, bundle) for s in self.laptops() if s.device == device)
            news.append(count)
        return news

    def check(self) -> None:
        self.heal()
        for letter in self.letters:
            for target in self.stores:
                if target.device == letter.to_device:
                    self.take(target, letter)
        news = self.heal()
        if any(news[-2:]):
            raise Broken(f"I10: still news: {news}")
        there = set(self.office.writes.values())
        for store in self.stores:
            missing = set(store.writes.values()) - there
            if missing:
                raise Broken(f"I7: {len(missing)} writes of {store.device} are not at the office")
        for row in sorted(self.office.rows()):
            expected = self._by_knowledge(row)
            if self.office.disputed(row) != expected:
                raise Broken(f"I17: row {row}: {self.office.disputed(row)}, by knowledge {expected}")
        for laptop in self.laptops():
            scope = {row for row in self.office.rows() if self.office.shown(row).get("owner") == laptop.site}
            if laptop.rows() != scope:
                raise Broken(f"I9: {laptop.device} holds {sorted(laptop.rows() ^ scope)} too many or too few")
            for row in scope:
                if {w.id for w in laptop.of(row)} != {w.id for w in self.office.of(row)}:
                    raise Broken(f"I1: {laptop.device} has other writes of row {row}")

    def _by_knowledge(self, row: int) -> dict[str, frozenset[Any]]:
        found = {}
        writes = self.office.of(row)
        for key in FIELDS:
            of_key = [write for write in writes if write.key == key]
            alive = [w for w in of_key if not any(w.id in other.had for other in of_key)]
            if len({write.value for write in alive}) > 1:
                found[key] = frozenset(write.id for write in alive)
        return found


ACTIONS = {
    "create": 8,
    "edit": 26,
    "move": 4,
    "send": 24,
    "deliver": 30,
    "snapshot": 4,
    "set_back": 3,
    "copy_disk": 1,
}
FAULTS = ("snapshot", "set_back", "copy_disk")


def history(seed: int, steps: int = 120, faults: bool = True) -> History:
    """What happens, drawn by chance: for each step the action, which store, and the chance within it."""
    chance = random.Random(seed)
    names = [name for name in ACTIONS if faults or name not in FAULTS]
    weights = [ACTIONS[name] for name in names]
    drawn = chance.choices(names, weights, k=steps)
    return [(name, chance.randrange(10**6), chance.randrange(2**32)) for name in drawn]


def replay(steps: Sequence[Step], without: Collection[str] = ()) -> None:
    """Let a history happen, and look at what must hold; raises Broken."""
    model = Model(0, without)
    for name, store, chance in steps:
        model.random.seed(chance)
        getattr(model, name)(model.stores[store % len(model.stores)])
    model.check()


def play(seed: int, steps: int = 120, without: Collection[str] = (), faults: bool = True) -> None:
    """One history; raises Broken."""
    try:
        replay(history(seed, steps, faults), without)
    except Broken as error:
        raise Broken(f"seed {seed}, {steps} steps, without {sorted(without)}: {error}") from None
