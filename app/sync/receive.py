"""Receiving: a bundle is checked to the last byte, shown, and taken in whole or not at all, in any order, repeatedly.

`preview(store, path)` tells what `receive(store, path)` would do; `receive_all` takes files and folders; `undo_receive`
takes a bundle back while nothing has been built on it. Cursors and confirmations only save bytes: what a bundle holds
is always merged. Nothing here waits for an attachment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.basics import clock
from app.errors import UserError
from app.models import arrivals, contents, exchange, honesty
from app.models.arrivals import Verdict
from app.models.oplog import SCHEMA, SEED_STORE, Op, line_id, read_line, row_of, vouches
from app.models.store import Store
from app.models.writer import OFFICE_KEYS, Reader, Writer
from app.specs.records import RECORDS
from app.specs.types import is_id
from app.sync import conflicts, devices, identity, witness
from app.sync.devices import LOST
from app.sync.manifest import Manifest, read_manifest
from app.sync.package import SUFFIX, Package, is_folder, load_package, paths_under, read_package, save_package
from app.sync.status import gaps

WAITING = "waiting"
"""The folder beside the store where bundles of a newer program wait for its update."""
COPY = "before-receive.db"
NOT_THEIRS = "not_their_site"
NOT_OURS = "not_ours"
"""It bears the office's name, and the office never wrote it."""
OF_A_LOST_ONE = "lost_laptop"
"""Written under the name of a laptop that was lost, and brought by another: a person looks whether it was before."""
_DAY = timedelta(days=1)
_FEW = 20_000
"""A log no longer than this is asked once for all its rows."""


@dataclass(frozen=True)
class Received:
    """What a bundle did (or, from `preview`, would do): counts of writes, and of rows by record type.

    `again`: it was here already and changed nothing. `missing`: numbers of that sender, meant for us, that never came
    and that no later bundle has made up for; `healed`: those that never came and that this one makes up for.
    `older`: a later bundle of that sender came first. `set_back_at`: the sender was restored and goes on after that
    number; `copied`: two computers speak for it. `state_differs`: the sums of both sides disagree. `moment_doubtful`:
    its making and our clock are more than a day apart; `doubtful`: changes whose maker's clock had gone back or was
    more than a day ahead of the bundle's making. `wanted`: attachments still to come.
    """

    bundle: str
    sender: str
    role: str
    made: str
    no: int
    again: bool = False
    new: int = 0
    repeated: int = 0
    refused: int = 0
    passed_over: int = 0
    created: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    deleted: Mapping[str, int] = field(default_factory=dict)
    conflicts: Sequence[str] = ()
    settled: int = 0
    parked: int = 0
    evicted: int = 0
    attachments: int = 0
    wanted: int = 0
    missing: Sequence[int] = ()
    healed: Sequence[int] = ()
    older: bool = False
    set_back_at: int | None = None
    copied: bool = False
    we_were_set_back: bool = False
    state_differs: bool = False
    doubtful: int = 0
    moment_doubtful: bool = False
    confirmed: int = 0


Plan = Received


@dataclass(frozen=True)
class Refusal:
    """A file of `receive_all` that was not taken, and why."""

    path: Path
    error: UserError


class _Shown(Exception):
    """Carries a preview out of a transaction that is to leave nothing."""

    def __init__(self, plan: Received) -> None:
        super().__init__()
        self.plan = plan


def preview(store: Store, path: Path) -> Plan:
    """What receiving this bundle would do; changes nothing. UserError as for `receive`."""
    package, manifest = open_bundle(store, load_package(path), keep=False)

    def try_out(w: Writer) -> None:
        raise _Shown(take(w, package, manifest))

    try:
        store.write(try_out, links_last=True)
    except _Shown as shown:
        return shown.plan
    raise AssertionError("a preview always ends by undoing itself")


def receive(store: Store, path: Path, *, safety_copy: bool = True) -> Received:
    """Take a bundle in, in one transaction; harmless to repeat. UserError, and nothing has changed:

    bundle_* of the container, bundle_newer_program (the file is kept and taken when the program has been updated),
    bundle_set_aside (signed under a lost laptop's name), not_enrolled, and those of the drive.
    """
    package, manifest = open_bundle(store, load_package(path), keep=True)
    witness.begin(store)
    if safety_copy and _is_news(store, package):
        store.copy_to(store.folder / COPY)
    return store.write(lambda w: take(w, package, manifest), links_last=True).value


def receive_all(
    store: Store, paths: Sequence[Path], *, safety_copy: bool = True
) -> tuple[list[Received], list[Refusal]]:
    """Take in files and whole folders, in whatever order; what cannot be taken is named and stops nothing else.

    What waited for this version of the program comes first.
    """
    files = [found for path in paths for found in _files(path)]
    taken = receive_waiting(store)
    refusals: dict[Path, UserError] = {}
    waiting = files
    while waiting:
        again = []
        before = len(taken)
        for path in waiting:
            try:
                taken.append(receive(store, path, safety_copy=safety_copy and not changed_something(taken)))
                refusals.pop(path, None)
            except UserError as error:
                refusals[path] = error
                if error.code == "bundle_unknown_sender":
                    again.append(path)  # the office's bundle in the same folder may introduce the sender
        waiting = again if len(taken) > before else []
    return taken, [Refusal(path, error) for path, error in refusals.items()]


def changed_something(taken: Sequence[Received]) -> bool:
    """Whether one of them was new here: then the copy that is kept was made before it."""
    return any(not one.again for one in taken)


def preview_all(store: Store, paths: Sequence[Path]) -> tuple[list[Received], list[Refusal]]:
    """What each of these files would do if it were the only one taken; changes nothing."""
    shown: list[Received] = []
    refusals: list[Refusal] = []
    for path in (found for given in paths for found in _files(given)):
        try:
            shown.append(preview(store, path))
        except UserError as error:
            refusals.append(Refusal(path, error))
    return shown, refusals


def receive_waiting(store: Store) -> list[Received]:
    """Take in what waited for this version of the program; a file goes once it is taken or can never be."""
    folder = store.folder / WAITING
    if not folder.is_dir():
        return []
    taken = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            taken.append(receive(store, path))
        except UserError as error:
            if error.code == "bundle_newer_program" or not error.code.startswith("bundle_"):
                continue  # a full drive, say, is no fault of the bundle
        path.unlink()
    return taken


def _files(path: Path) -> Iterator[Path]:
    if is_folder(path):
        yield from (found for found in paths_under(path) if is_bundle(found))
    else:
        yield path


def is_bundle(path: Path) -> bool:
    """By its beginning, because mail gateways and scanners rename files; or by its name: an emptied one is told of."""
    named = path.suffix.lower() == SUFFIX and not path.name.startswith(".")
    try:
        if named or not path.is_file():
            return path.is_file()  # not opened here: once is enough
        with path.open("rb") as file:
            return file.read(5) == b"SAHA1"
    except OSError:
        return named


def open_bundle(store: Store, data: bytes, *, keep: bool) -> tuple[Package, Manifest]:
    """A bundle's bytes as what `take` may be given; with `keep` one of a newer program is put by for later."""
    with store.read() as r:
        package, manifest = read_bundle(r, data)
    try:
        refuse_newer(package, manifest)
    except UserError:
        if keep:
            folder = store.folder / WAITING
            folder.mkdir(exist_ok=True)
            save_package(data, folder / f"{package.bundle}{SUFFIX}")
        raise
    return package, manifest


def read_bundle(r: Reader, data: bytes) -> tuple[Package, Manifest]:
    """A bundle that is whole, for this store and from a sender it listens to. UserError bundle_*."""
    keys = devices.my_keys(r)
    package = read_package(data, keys.identities, devices.sender_keys(r), keys.device)
    manifest = read_manifest(package.manifest, package.sender.name)
    _refuse_lost(devices.device(r, package.sender.device_id), manifest, package)
    return package, manifest


def refuse_newer(package: Package, manifest: Manifest) -> None:
    """The gate of every way in: a bundle of which this program would lose something. UserError(bundle_newer_program)"""
    if manifest.min_schema > SCHEMA:
        raise UserError("bundle_newer_program", sender=package.sender.name, made=manifest.made[:10])


def _refuse_lost(sender: devices.Device | None, manifest: Manifest, package: Package) -> None:
    """A lost laptop's numbers count only for the stores that spoke for it before it was lost."""
    if sender is None or sender.trusted:
        return
    if manifest.no > (sender.last_accepted or {}).get(manifest.store, 0):
        raise UserError("bundle_revoked_sender", sender=package.sender.name, made=manifest.made[:10])


def _is_news(store: Store, package: Package) -> bool:
    with store.read() as r:
        return not exchange.received(r, id=package.bundle)


# --- taking it in ----------------------------------------------------------------------------------------------------


def take(w: Writer, package: Package, m: Manifest) -> Received:
    """Everything a verified bundle does to the store, within one transaction."""
    sender = devices.device(w, package.sender.device_id)
    told = Received(package.bundle, package.sender.name, sender.role if sender else m.role, m.made, m.no)
    same = exchange.received(w, id=package.bundle)
    if same:
        return replace(told, again=True, repeated=m.writes, missing=gaps(w, m.store)[0])
    copied = any(entry["id"] != package.bundle for entry in exchange.received(w, sender=m.store, no=m.no))
    owner = exchange.peer(w, m.store)
    ours = {w.identity.store_id, *identity.former_ids(w)}
    if m.store in ours or (owner is not None and owner["device"] not in (None, package.sender.device_id)):
        raise UserError("bundle_of_other_store", sender=package.sender.name)
    set_back = _was_set_back(w, m)
    if set_back:
        identity.take_new_id(w)
    parent_no = _meet(w, m, package)
    known = exchange.peer(w, m.store)
    assert known is not None
    newer = m.no > known["last_no"]
    made_up = gaps(w, m.store)[1]
    confirmed = 0
    if newer:
        confirmed = _take_word(w, m, known)
        lives = known["ended_at"] is None or _shows_life(w, m, known["ended_at"])
        exchange.keep_peer(w, m.store, last_no=m.no, last_bundle=package.bundle, live=lives)
        if lives and known["ended_at"] is not None:
            exchange.keep_peer(w, m.store, ended_at=None)
    devices.take_users(w, m.users)
    from_office = told.role == "office"
    if from_office and w.identity.role != "office" and m.roster is not None:
        devices.take_roster(w, m.roster)
        if newer:
            devices.note_version(w, m.roster_version)
    elif w.identity.role == "office":
        if m.roster is not None:
            devices.take_back(w, m.roster)
        elif m.roster_version > w.meta("roster_version", 0) and w.identity.store_id in m.heard:
            devices.raise_version(w, m.roster_version)  # it has heard ours and has none to give back
        if newer:
            devices.note_store(w, package.sender.device_id, m.store)
    name = w.identity.store_id
    absorbed, evicted, in_order = _take_rows(w, package, m, from_office)
    set_back = set_back or w.identity.store_id != name
    blobs = _take_blobs(w, package)
    advanced = _advance(w, m, package.bundle)
    differs = _compare_state(w, m, package) if from_office and in_order and advanced else False
    _hear(w, m, package.bundle)
    settled = conflicts.apply_rules(w, absorbed.opened) if w.identity.role == "office" else 0
    few = evicted == 0 and sum(map(len, w.changes.rows.values())) * 4 < w.arr
    broken = exchange.lost_links(w) if few else exchange.foreign_keys_broken(w)
    if broken:
        raise UserError("bundle_breaks_links", sender=told.sender, row=broken[0])
    told = replace(
        told,
        new=absorbed.new,
        repeated=absorbed.repeated,
        refused=absorbed.refused,
        passed_over=absorbed.passed_over,
        created=absorbed.created,
        changed=absorbed.changed,
        deleted=absorbed.deleted,
        conflicts=absorbed.opened,
        settled=settled,
        parked=absorbed.parked,
        evicted=evicted,
        attachments=blobs,
        wanted=len(exchange.missing_blobs(w)),
        older=not newer,
        set_back_at=parent_no,
        copied=copied,
        we_were_set_back=set_back,
        state_differs=differs,
        doubtful=absorbed.doubtful_clock,
        moment_doubtful=_doubtful(m.made),
        confirmed=confirmed,
    )
    exchange.keep_received(
        w,
        package.bundle,
        sender=m.store,
        device=package.sender.device_id,
        no=m.no,
        made=m.made,
        received=clock.stamp(),
        from_arr=m.from_arr,
        to_arr=m.to_arr,
        digest=bytes.fromhex(m.to_digest),
        undone=None,
        result={**_result(told), "sent_before": w.meta("export_no", 0)},
    )
    missing, healed = gaps(w, m.store)
    return replace(told, missing=missing, healed=[no for no in healed if no not in made_up])


def _result(told: Received) -> dict[str, Any]:
    """What is kept of a receipt: numbers, never values."""
    return {
        "new": told.new,
        "repeated": told.repeated,
        "refused": told.refused,
        "created": dict(told.created),
        "changed": dict(told.changed),
        "deleted": dict(told.deleted),
        "conflicts": len(told.conflicts),
        "copied": told.copied,
        "set_back_at": told.set_back_at,
        "state_differs": told.state_differs,
    }


def _doubtful(made: str) -> bool:
    try:
        return abs(datetime.fromisoformat(made) - clock.now()) > _DAY
    except (ValueError, TypeError):
        return True


def _was_set_back(w: Writer, m: Manifest) -> bool:
    """Whether the sender knows of things this store did and has no memory of."""
    mine = w.identity.store_id
    points = [known[mine] for known in (m.ack, m.heard) if mine in known]
    return any(identity.names_our_bundle(w, mine, point) and identity.disproved(w, point.as_json()) for point in points)


def _meet(w: Writer, m: Manifest, package: Package) -> int | None:
    """Make the sender known. A store that goes on from others ends them; gives its parent's last number then."""
    known = exchange.peer(w, m.store)
    if known is not None:
        exchange.keep_peer(w, m.store, last_received=clock.stamp(), device=package.sender.device_id)
        return None
    role = devices.device(w, package.sender.device_id)
    for other in exchange.peers(w, device=package.sender.device_id):
        # Of a device's stores the newest speaks for it; another one that still lives will be heard again.
        exchange.keep_peer(w, other["store_id"], live=False)
    exchange.keep_peer(
        w,
        m.store,
        device=package.sender.device_id,
        role=role.role if role else m.role,
        live=True,
        last_received=clock.stamp(),
    )
    ended = None
    ends = {"live": False, "ended_at": w.meta("export_no", 0) if role and role.role == "office" else None}
    for parent, no in m.parents:
        before = exchange.peer(w, parent)
        if before is None:
            # Its late bundles must not pass for the first word of somebody new.
            exchange.keep_peer(w, parent, device=package.sender.device_id, role=m.role, last_no=no, **ends)
            continue
        if before["device"] != package.sender.device_id:
            continue
        # Whoever may go on under the old id (a copied disk has two) gets everything again.
        exchange.forget_cursors(w, parent)
        exchange.keep_peer(w, parent, last_no=max(before["last_no"], no), **ends)
        ended = before["last_no"]
    return ended


def _shows_life(w: Writer, m: Manifest, ended_at: int) -> bool:
    """Whether an office store that another replaced goes on after all: it has heard a bundle that we made since.

    By that bundle's number, not by how long our log was then: one who has nothing to add would never be believed. Its
    late bundles, made before the restore that ended it, cannot have heard one; lists of theirs would take out rows for
    good that the office as it is now believes to be here.
    """
    point = m.heard.get(w.identity.store_id)
    return point is not None and point.no > ended_at


def _take_word(w: Writer, m: Manifest, known: Mapping[str, Any]) -> int:
    """Believe the sender's newest word on what it has of ours. Gives how many of our bundles it confirms anew."""
    point = m.ack.get(w.identity.store_id)
    acked, no, held_in = 0, 0, None
    if point is not None and point.arr >= known["acked_arr"]:
        acked, no = point.arr, point.no
        confirmed = exchange.sent(w, id=point.bundle)
        if confirmed and confirmed[0]["peer"] == m.store and exchange.has_scope(w, point.bundle):
            held_in = point.bundle
            gone = exchange.evicted_by(w, point.bundle)
            if gone:
                exchange.unsay(w, m.store, gone)
        elif no == known["acked_no"]:
            held_in = known["held_in"]
    exchange.keep_peer(
        w,
        m.store,
        acked_arr=acked,
        acked_no=no,
        held_in=held_in,
        wanted=list(m.wanted),
        seed_version=m.seed_version,
        announced=sorted({*(known["announced"] or []), *m.numbers})[-500:],
    )
    if acked:
        exchange.forget_scopes(w, m.store, no)
    fresh = 0
    for receipt in m.receipts:
        mine = exchange.sent(w, id=receipt["bundle"])
        if mine and mine[0]["receipt"] is None:
            exchange.keep_sent(w, receipt["bundle"], receipt=dict(receipt))
            fresh += 1
    return fresh


def _take_rows(w: Writer, package: Package, m: Manifest, from_office: bool) -> tuple[arrivals.Absorbed, int, bool]:
    """Merge the writes and follow the lists of entering and leaving rows: (what it did, rows taken out, lists count)"""
    laptop = w.identity.role != "office"
    lists = laptop and from_office and m.membership is not None and _lists_count(w, m)
    entering = _ids(package, "entering")
    back: set[str] = set()
    if lists:
        away = exchange.evicted(w)
        back = away & (_rows_written(package) if m.whole and away else entering)
        exchange.let_in(w, back)
    if laptop:
        exchange.keep_stubs(w, list(_stubs(package)), refresh=lists)
    ahead: set[bytes] = set()
    erased = exchange.count_erased(w)
    judge = _watchful(_honest(package, _laptop_judge(from_office) if laptop else _office_judge(package, m)), m, ahead)
    absorbed = arrivals.absorb(
        w,
        _lines(package),
        package.bundle,
        sender=package.sender.device_id,
        judge=judge,
        expected=m.writes,
    )
    absorbed.doubtful_clock += len(ahead)
    if not laptop:
        _note_said(w, absorbed, m)
        _look_again(w, package, judge, absorbed)
    evicted = 0
    if lists:
        exchange.show_again(w, back)
        evicted = exchange.evict(w, _ids(package, "leaving"))
        known = exchange.peer(w, m.store)
        if known is not None:
            exchange.drop_evicted_payloads(w, known["acked_arr"])
        exchange.drop_unused_stubs(w)
        exchange.keep_peer(w, m.store, membership_no=m.membership)
    if evicted or exchange.count_erased(w) > erased:
        contents.drop_unnamed(w)
    return absorbed, evicted, lists


def _look_again(w: Writer, package: Package, judge: arrivals.Judge, absorbed: arrivals.Absorbed) -> None:
    """Take what was kept apart and turns out to be right after all.

    Of another site, where the row had been of the sender's: the office was restored, say, and only now has back the
    write by which it gave the row away. And what one laptop had no right to bring, where another brings it that has.
    """
    kept = {bytes(entry["id"]): entry for entry in exchange.quarantined(w)}
    if not kept:
        return
    theirs = {known: read_line(entry["body"]) for known, entry in kept.items() if entry["reason"] == NOT_THEIRS}
    owners = exchange.owners_ever(w, {op.row for op in theirs.values()})
    fit: dict[bytes, Any] = {}
    for known, op in theirs.items():
        sender = devices.device(w, kept[known]["sender"])
        if sender and not {*sender.sites, *sender.past_sites}.isdisjoint(owners.get(op.row, ())):
            fit[known] = kept[known]
    others = {known for known, entry in kept.items() if entry["sender"] != package.sender.device_id} - fit.keys()
    brought = others & {line_id(line) for line in _lines(package)} if others else set()
    if brought:
        ops = [read_line(kept[known]["body"], known) for known in sorted(brought)]
        refused = judge(w, ops)
        fit |= {op.id: kept[op.id] for op in ops if op.id not in refused}
    for known, entry in fit.items():
        sender_id = package.sender.device_id if known in brought else entry["sender"]
        more = arrivals.absorb(w, exchange.release(w, [known]), entry["origin"], sender=sender_id)
        absorbed.new += more.new
        absorbed.opened = sorted({*absorbed.opened, *more.opened})


def _lists_count(w: Writer, m: Manifest) -> bool:
    """Whether the lists of this bundle are at least as new as those followed last, and its maker still goes on."""
    known = exchange.peer(w, m.store)
    return known is not None and known["live"] and (m.membership or 0) >= known["membership_no"]


def _ids(package: Package, section: str) -> set[str]:
    if section not in package.sections:
        return set()
    found = set()
    for line in package.sections.lines(section):  # asked one by one: a flood of what is no id is never held
        row = line.decode("ascii", "replace")
        if not is_id(row):
            raise UserError("bundle_damaged", sender=package.sender.name)
        found.add(row)
    return found


def _lines(package: Package) -> Iterator[bytes]:
    """The lines of writes."""
    if "writes" in package.sections:
        yield from filter(None, package.sections.lines("writes"))


def _stubs(package: Package) -> Iterator[dict[str, Any]]:
    if "stubs" not in package.sections:
        return
    for line in package.sections.lines("stubs"):
        try:
            stub = json.loads(line)
            good = RECORDS[stub["record"]].scope == "site" and is_id(stub["row"]) and type(stub["values"]) is dict
            good = good and all(type(value) is str for value in [*stub["values"].values(), stub["site"] or ""])
        except (ValueError, KeyError, TypeError, RecursionError):
            good = False
        if not good:
            raise UserError("bundle_damaged", sender=package.sender.name)
        yield stub


def _watchful(judge: arrivals.Judge, m: Manifest, ahead: set[bytes]) -> arrivals.Judge:
    """First look whether somebody hands us a write of our own that we do not have: then we were set back.

    `ahead` takes up the writes whose moment is more than a day after the bundle was made.
    """
    limit = clock.day_after(m.made)

    def look(w: Writer, ops: Sequence[Op]) -> Mapping[bytes, Verdict]:
        ahead.update(op.id for op in ops if op.wall > limit and not op.doubt)
        mine = [op for op in ops if op.store == w.identity.store_id]
        if mine and w.identity.role == "office":
            key = devices.my_keys(w).signing_key
            mine = [op for op in mine if vouches(op.line, key)]
        if mine:
            identity.take_new_id(w)
        return judge(w, ops)

    return look


def _honest(package: Package, judge: arrivals.Judge) -> arrivals.Judge:
    """What the rules of the register refuse at its own door is refused here too, and what a role may not write."""

    def look(w: Writer, ops: Sequence[Op]) -> Mapping[bytes, Verdict]:
        refused = dict(judge(w, ops))
        left = [op for op in ops if op.id not in refused]
        refused |= {op: Verdict(code) for op, code in honesty.refused(w, left).items()}
        return refused | {op: Verdict("beyond_role") for op in devices.beyond_role(w, package.sender.device_id, left)}

    return look


def _office_judge(package: Package, m: Manifest) -> arrivals.Judge:
    """What the office takes from a laptop: rows that are or ever were of its sites, and no reference data.

    Whoever says that a row is of its site is believed of a new row only. What bears the office's name is the office's
    if its proof says so: after a restore of the office its lost writes come back from the laptops.
    """
    before: set[str] | None = None
    remembers: bool | None = None

    def judge(w: Writer, ops: Sequence[Op]) -> Mapping[bytes, Verdict]:
        nonlocal before, remembers
        sender = devices.device(w, package.sender.device_id)
        if sender is None or sender.role == "office":
            return {}
        if remembers is None:
            remembers = identity.knows_what_was_lost(w, (m.ack, m.heard))
            before = exchange.rows_touched_after(w, 0) if w.arr < _FEW else None
        ours = {w.identity.store_id, *identity.former_ids(w)}
        key = devices.my_keys(w).signing_key
        returned = {op.id for op in ops if op.store in ours and vouches(op.line, key)}
        sites = {*sender.sites, *sender.past_sites}
        believed: dict[str, set[str]] = {}
        claimed: dict[str, set[str]] = {}
        for op in ops:
            if isinstance(op.fields.get("owner_site"), str):
                known = op.id in returned or (remembers and op.store not in {*ours, *sender.stores, m.store})
                (believed if known else claimed).setdefault(op.row, set()).add(op.fields["owner_site"])
        unsure = {op.row for op in ops if sites.isdisjoint(believed.get(op.row, ()))}
        there = w.rows_with_writes(unsure) if before is None else unsure & before
        owners = exchange.owners_ever(w, there)
        for row in unsure - there:
            owners.setdefault(row, set()).update(claimed.get(row, ()))
        for row, some in believed.items():
            owners.setdefault(row, set()).update(some)
        lost = {store for one in devices.roster(w) if one.state == LOST and one.id != sender.id for store in one.stores}
        refused: dict[bytes, Verdict] = {}
        for op in ops:
            if op.id in returned:
                continue
            spec = RECORDS.get(op.record)
            if op.store in ours:
                refused[op.id] = Verdict(NOT_OURS)
            elif op.store in lost:
                refused[op.id] = Verdict(OF_A_LOST_ONE)
            elif op.store == SEED_STORE or not OFFICE_KEYS.isdisjoint(op.fields):
                refused[op.id] = Verdict("office_only")
            elif spec is None:
                continue
            elif spec.scope != "site":
                refused[op.id] = Verdict("office_only")
            elif sites.isdisjoint(owners.get(op.row, ())) and (owners.get(op.row) or op.row in there):
                refused[op.id] = Verdict(NOT_THEIRS)
        return refused

    return judge


def _laptop_judge(from_office: bool) -> arrivals.Judge:
    """What a laptop takes: from the office all but late news of rows that left; from a neighbour rows of its sites."""

    def judge(w: Writer, ops: Sequence[Op]) -> Mapping[bytes, Verdict]:
        away = exchange.evicted(w)
        silent = Verdict("not_here", kept=False)
        if from_office:
            return {op.id: silent for op in ops if op.row in away}
        mine = set(w.identity.sites)
        owners = {op.row: op.fields["owner_site"] for op in ops if isinstance(op.fields.get("owner_site"), str)}
        there = exchange.own_rows(w, {op.row for op in ops})
        passed = {}
        for op in ops:
            spec = RECORDS.get(op.record)
            ours = op.row in there or owners.get(op.row) in mine
            if op.row in away or spec is None or spec.scope != "site" or not ours:
                passed[op.id] = silent
            elif not OFFICE_KEYS.isdisjoint(op.fields):
                passed[op.id] = silent  # only the office's own bundle brings these
        return passed

    return judge


def _note_said(w: Writer, absorbed: arrivals.Absorbed, m: Manifest) -> None:
    """Remember which rows the laptop sent: it holds them, and if they are not in its scope they must leave it."""
    brought = [bytes(raw) for record, raw in absorbed.brought.items() if record not in exchange.EVERYWHERE]
    exchange.note_said(w, m.store, brought)


def _rows_written(package: Package) -> set[str]:
    """The rows, reference data aside, of which a bundle brings writes."""
    heads = map(row_of, _lines(package))
    return {row for record, row in heads if record not in exchange.EVERYWHERE and is_id(row)}


def _take_blobs(w: Writer, package: Package) -> int:
    """Keep the attachments whose content is what its hash says; others are passed over."""
    if "blobs" not in package.sections:
        return 0
    data = package.sections["blobs"]
    at = taken = 0
    while at < len(data):
        end = data.find(b"\n", at)
        try:
            head = json.loads(data[at:end])
            size, name, media = head["size"], head["sha256"], head["media_type"]
            good = type(size) is int and 0 <= size <= len(data) - end - 1 and end > at
            good = good and type(name) is str and (media is None or type(media) is str)
        except (ValueError, KeyError, TypeError, RecursionError):
            good = False
        if not good:
            raise UserError("bundle_damaged", sender=package.sender.name)
        content = data[end + 1 : end + 1 + size]
        at = end + 1 + size
        if hashlib.sha256(content).hexdigest() == name:
            taken += exchange.keep_blob(w, name, content, media)
    if taken and (exchange.count_erased(w) or exchange.evicted(w)):
        taken = max(0, taken - contents.drop_unnamed(w))  # a late bundle brings no file of an erased row back
    return taken


def _advance(w: Writer, m: Manifest, bundle: str) -> bool:
    """Move the cursor, if the bundle was meant for this store as it is now and continues what is here."""
    if m.to_store != w.identity.store_id:
        return False
    known = exchange.peer(w, m.store)
    assert known is not None
    start = bytes.fromhex(m.from_digest)
    if m.from_arr and not exchange.has_checkpoint(w, m.store, m.from_arr, start):
        return False
    end = bytes.fromhex(m.to_digest)
    exchange.keep_checkpoint(w, m.store, m.to_arr, end)
    if m.to_arr >= known["seen_arr"] and m.no > known["seen_no"]:
        exchange.keep_peer(
            w, m.store, seen_arr=m.to_arr, seen_digest=end, seen_no=m.no, seen_bundle=bundle, wants_all=False
        )
    return True


def _compare_state(w: Writer, m: Manifest, package: Package) -> bool:
    """Whether what is here of the office's knowledge adds up to another number than its own."""
    if not m.state:
        return False
    point = m.ack.get(w.identity.store_id)
    office_bundles = {entry["id"] for entry in exchange.received(w, device=package.sender.device_id)}
    refused = {bytes.fromhex(known) for known in m.refused}
    me = devices.device(w, devices.my_keys(w).device)  # by the roster of this very bundle
    mine = exchange.rows_with_restricted_writes(w, set(me.stores) if me else set())
    state = exchange.state_hash(w, None, mine, refused, (point.arr if point else 0, office_bundles | {package.bundle}))
    differs = state != m.state
    # Asking once more after everything was sent would go on for ever: then only a person is told.
    exchange.keep_peer(w, m.store, state_differs=differs, wants_all=differs and not m.whole)
    return differs


def _hear(w: Writer, m: Manifest, bundle: str) -> None:
    """Remember the furthest this store was ever heard; that outlives every restore of ours."""
    before = exchange.heard(w, m.store)
    if not before or m.no > before[0]["no"]:
        exchange.keep_heard(w, m.store, m.to_arr, bytes.fromhex(m.to_digest), m.no, bundle)


# --- taking it back --------------------------------------------------------------------------------------------------


def undo_receive(store: Store, bundle: str) -> int:
    """Take a received bundle back by ordinary writes, which travel like any other; gives the number of rows.

    UserError: no_such_bundle, bundle_undone_already, bundle_built_on, bundle_undo_newer (it holds records of a newer
    program), office_only (a laptop cannot take back what only the office may write).
    """

    def undo(w: Writer) -> int:
        found = [entry for entry in exchange.received(w) if entry["id"].startswith(bundle)] if bundle else []
        if len(found) != 1:
            raise UserError("no_such_bundle", bundle=bundle)
        entry = found[0]
        if entry["undone"]:
            raise UserError("bundle_undone_already", no=entry["no"])
        built = exchange.built_on(w, entry["id"])
        if built is not None:
            raise UserError("bundle_built_on", no=entry["no"])
        brought = exchange.writes_of_bundle(w, entry["id"])
        if any(record not in RECORDS for *_, record, _ in brought):
            raise UserError("bundle_undo_newer", no=entry["no"])
        w.revert(arr for arr, *_ in brought)
        exchange.keep_received(w, entry["id"], undone=clock.stamp())
        return len({row for *_, row in brought})

    return store.write(undo).value


def take_from_quarantine(store: Store, ids: Sequence[bytes]) -> arrivals.Absorbed:
    """Apply writes that were kept apart, because somebody at the office has looked at them and found them right."""

    def apply(w: Writer) -> arrivals.Absorbed:
        if w.identity.role != "office":
            raise UserError("office_only", record="quarantine")
        return arrivals.absorb(w, exchange.release(w, ids), "quarantine")

    return store.write(apply).value
