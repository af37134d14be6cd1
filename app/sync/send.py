"""Sending: the bundle of everything its receiver has not confirmed, written, read back and only then called done.

`send(store, to, for_name, max_size)` is all a window or a command needs. A bundle always starts from what the receiver
has confirmed, never from the last one sent, so any later bundle stands in for a lost one. Nothing here changes what is
true: a number is used up, and that is all, if writing the file fails.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import zstandard

from app.basics import clock
from app.basics.paths import file_word
from app.errors import UserError
from app.models import exchange
from app.models.exchange import LogLine
from app.models.oplog import SCHEMA
from app.models.store import Store
from app.models.writer import Reader, Writer, restricted_keys
from app.specs.records import RECORDS
from app.sync import devices, identity, status, witness
from app.sync.devices import Device
from app.sync.manifest import Manifest, Point
from app.sync.package import (
    LIMITS,
    SUFFIX,
    is_folder,
    load_package,
    make_folder,
    read_header,
    save_package,
    write_package,
)

MIN_READER_SCHEMA = 1
"""Raised only when an older program would lose something by reading what we write."""
MAIL_LIMIT = 8_000_000
_OVERHEAD = 20_000
_BLOB_ROOM = LIMITS.sealed - 2_000_000
_PIECE = 2000


@dataclass(frozen=True)
class Sent:
    """A bundle that lies where it was to go, read back and found whole. `size` in bytes; `left_behind`: attachments
    that did not fit and come with a later one."""

    path: Path
    bundle: str
    no: int
    to: str
    writes: int
    entering: int
    leaving: int
    attachments: int
    left_behind: int
    size: int
    made: str


@dataclass
class Parcel:
    """A bundle before it is a file."""

    manifest: Manifest
    lines: list[str] = field(default_factory=list)
    entering: set[str] = field(default_factory=set)
    leaving: set[str] = field(default_factory=set)
    stubs: Sequence[dict[str, Any]] = ()
    blobs: list[tuple[str, int]] = field(default_factory=list)
    left_behind: int = 0
    scope: bytes | None = None
    bundle: str = ""
    shared: set[str] | None = None
    """The sites that a neighbour shares; None for the office and from it."""


def send(
    store: Store,
    to: Path,
    for_name: str | None = None,
    max_size: int | None = None,
    *,
    attachments: bool = True,
    whole: bool = False,
) -> list[Sent]:
    """Write what the receiver has not confirmed into the file or folder `to`; several files if `max_size` asks for it.

    `whole`: everything again, whatever was confirmed; the cure for any doubt.

    A laptop sends to the office unless `for_name` names another laptop. The office names a laptop, or, into a folder,
    writes one bundle for each. UserError: not_enrolled, laptop_unknown, laptop_lost, send_to_whom, send_too_small,
    and those of the drive.
    """
    folder = is_folder(to) or to.suffix.lower() != SUFFIX
    with store.read() as r:
        addressees = _addressees(r, for_name, folder)
    witness.begin(store)
    sent: list[Sent] = []
    for addressee in addressees:
        if whole:
            store.write(partial(status.send_whole, device=addressee.id))
        with store.read() as r:
            targets = _stores_of(r, addressee)
        for target in targets:
            sent += _send_one(store, to, folder, addressee, target, max_size, attachments, bool(sent))
    return sent


def pass_on(path: Path, to: Path) -> Path:
    """Carry a bundle for others, unopened: a verified copy in the folder `to`. UserError bundle_not_a_bundle, drive."""
    data = load_package(path)
    read_header(data)
    target = to / path.name
    save_package(data, target)
    return target


def _addressees(r: Reader, for_name: str | None, folder: bool) -> list[Device]:
    mine = devices.my_keys(r).device
    if for_name is not None:
        wanted = devices.device_named(r, for_name)
        if not wanted.trusted:
            raise UserError("laptop_lost", name=wanted.name)
        if wanted.id == mine:
            raise UserError("send_to_oneself", name=wanted.name)
        return [wanted]
    if r.identity.role != "office":
        return [devices.office(r)]
    laptops = [known for known in devices.roster(r) if known.role == "laptop" and known.trusted]
    if not laptops:
        raise UserError("no_laptops")
    if not folder and len(laptops) > 1:
        raise UserError("send_to_whom", name=", ".join(known.name for known in laptops))
    return laptops


def _stores_of(r: Reader, addressee: Device) -> list[str | None]:
    """The stores that speak for a device: one, or two while a copied disk has not been found out; none known yet."""
    live = [found["store_id"] for found in exchange.peers(r, device=addressee.id) if found["live"]]
    own = {r.identity.store_id}
    return [known for known in live if known not in own] or [None]


def _send_one(
    store: Store,
    to: Path,
    folder: bool,
    addressee: Device,
    target: str | None,
    max_size: int | None,
    attachments: bool,
    more: bool,
) -> list[Sent]:
    parcels = store.write(lambda w: prepare(w, addressee, target, max_size, attachments)).value
    done: list[Sent] = []
    for parcel in parcels:
        with store.read() as r:
            bundle, data = seal_parcel(r, parcel, addressee)
            name = _file_name(r, addressee, parcel.manifest)
        path = to / name if folder else _numbered(to, len(done) + more)
        if folder:
            make_folder(to)
        save_package(data, path)
        store.write(partial(_note_written, bundle=bundle, size=len(data), path=path))
        done.append(
            Sent(
                path,
                bundle,
                parcel.manifest.no,
                addressee.name,
                len(parcel.lines),
                len(parcel.entering),
                len(parcel.leaving),
                len(parcel.blobs),
                parcel.left_behind,
                len(data),
                parcel.manifest.made,
            )
        )
    return done


def _numbered(path: Path, number: int) -> Path:
    return path if number == 0 else path.with_name(f"{path.stem}-{number + 1}{path.suffix}")


def _file_name(r: Reader, addressee: Device, manifest: Manifest) -> str:
    """Sender, number, day; for a laptop also whom it is for. Nothing of what is in it."""
    me = devices.device(r, devices.my_keys(r).device)
    parts = [_slug(me.name if me else "saha"), f"{manifest.no:04d}"]
    if addressee.role != "office":
        parts += ["for", _slug(addressee.name)]
    return "-".join([*parts, manifest.made[:10]]) + SUFFIX


def _slug(name: str) -> str:
    return file_word(name) or "laptop"


def _note_written(w: Writer, bundle: str, size: int, path: Path) -> None:
    exchange.keep_sent(w, bundle, size=size, file=path.name)
    made = exchange.sent(w, id=bundle)[0]
    if made["peer"]:
        exchange.keep_peer(w, made["peer"], last_sent=made["made"])


# --- what goes into it -----------------------------------------------------------------------------------------------


def prepare(
    w: Writer, addressee: Device, target: str | None, max_size: int | None = None, attachments: bool = True
) -> list[Parcel]:
    """Choose what goes to one store of a device, use up numbers for it, and note it as made."""
    known = exchange.peer(w, target) if target else None
    if w.identity.role == "office":
        parcel = _for_laptop(w, addressee, known)
    elif addressee.role == "office":
        parcel = _for_office(w, known)
    else:
        parcel = _for_neighbour(w, addressee, known)
    if attachments:
        _add_blobs(w, parcel, known)
    parcels = _split(w, parcel, max_size)
    for number, one in enumerate(parcels):
        _number(w, one, addressee, target, parcels[:number])
    return parcels


def _blank(w: Writer, known: dict[str, Any] | None, target: str | None) -> Parcel:
    """A parcel with everything in its manifest that does not depend on whom it is for."""
    start = known["acked_arr"] if known else 0
    digest = exchange.digest_at(w, start)
    if digest is None:
        start, digest = 0, b""
    end, end_digest = w.position()
    office = w.identity.role == "office"
    return Parcel(
        Manifest(
            store=w.identity.store_id,
            parents=tuple((parent, no) for parent, no in w.meta("parents", [])),
            to_store=target,
            no=0,
            numbers=(),
            made=clock.stamp(),
            from_arr=start,
            from_digest=digest.hex(),
            to_arr=end,
            to_digest=end_digest.hex(),
            ack=_acks(w),
            heard={
                entry["store_id"]: Point(
                    entry["arr"], bytes(entry["digest"] or b"").hex(), entry["no"], entry["bundle"]
                )
                for entry in exchange.heard(w)
            },
            schema=SCHEMA,
            min_schema=MIN_READER_SCHEMA,
            seed_version=w.meta("seed_version", 0),
            role=w.identity.role,
            refused=tuple(_refused(w, known)),
            wanted=tuple(exchange.missing_blobs(w)),
            receipts=tuple(_receipts(w, known)),
            users=devices.users_known(w),
            roster=devices.sealed_roster(w) if office else devices.roster_to_return(w),
            roster_version=w.meta("roster_version", 0),
        )
    )


def _acks(r: Reader) -> dict[str, Point]:
    """How far we have each store's log. To leave one out is to ask it for everything again."""
    return {
        p["store_id"]: Point(p["seen_arr"], bytes(p["seen_digest"] or b"").hex(), p["seen_no"], p["seen_bundle"])
        for p in exchange.peers(r)
        if p["seen_bundle"] and not p["wants_all"]
    }


def _refused(r: Reader, known: dict[str, Any] | None) -> list[str]:
    """Writes that we keep apart, whoever brought them: another may have them too, and nobody must count on them."""
    if known is None or known["device"] is None:
        return []
    return [bytes(entry["id"]).hex() for entry in exchange.quarantined(r)][:5000]


def _receipts(r: Reader, known: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What became of the last bundles of that device."""
    if known is None or known["device"] is None:
        return []
    latest = sorted(exchange.received(r, device=known["device"]), key=lambda b: b["received"])[-30:]
    return [
        {
            "bundle": entry["id"],
            "no": entry["no"],
            "received": entry["received"],
            "new": entry["result"]["new"],
            "refused": entry["result"]["refused"],
            "conflicts": entry["result"]["conflicts"],
        }
        for entry in latest
    ]


def _for_office(w: Writer, known: dict[str, Any] | None) -> Parcel:
    """Everything since the confirmed position, own and learned, even of rows that have left since."""
    parcel = _blank(w, known, known["store_id"] if known else None)
    parcel.lines = exchange.bodies_after(w, parcel.manifest.from_arr)
    return parcel


def _for_neighbour(w: Writer, addressee: Device, known: dict[str, Any] | None) -> Parcel:
    """For another laptop: all writes of the touched rows that both sites share, and nothing of the compartment."""
    parcel = _blank(w, known, known["store_id"] if known else None)
    shared = set(addressee.sites) & set(w.identity.sites)
    if not shared:
        raise UserError("no_shared_site", name=addressee.name)
    scope = exchange.scope_rows(w, shared, set())
    if parcel.manifest.from_arr:
        scope &= exchange.rows_touched_after(w, parcel.manifest.from_arr)
        found: Iterable[LogLine] = exchange.lines_of_rows(w, scope, parcel.manifest.to_arr)
    else:
        found = exchange.lines_after(w, 0)
    parcel.lines = list(_open_lines(w, found, scope, set(), everywhere=False, seeds=False))
    parcel.stubs = exchange.stubs_for(w, scope)
    parcel.shared = shared
    parcel.manifest = replace(parcel.manifest, whole=True)
    return parcel


def _for_laptop(w: Writer, addressee: Device, known: dict[str, Any] | None) -> Parcel:
    """What a laptop of these sites may have: news of rows it holds, whole rows it does not, and which must leave it."""
    parcel = _blank(w, known, known["store_id"] if known else None)
    authors = set(addressee.stores)
    scope = exchange.scope_rows(w, addressee.sites, authors)
    given = exchange.rows_with_restricted_writes(w, authors)
    start = parcel.manifest.from_arr
    held = exchange.scope_of(w, known["held_in"]) if known and start else set()
    said = exchange.said(w, known["store_id"]) if known else set()
    pending = [
        made["id"]
        for made in exchange.sent(w, peer=known["store_id"] if known else None, store_id=w.identity.store_id)
        if known is not None and made["no"] > known["acked_no"]
    ]
    offered = set().union(*(exchange.scope_of(w, bundle) for bundle in pending))
    withdrawn = set().union(*(exchange.evicted_by(w, bundle) for bundle in pending))
    parcel.entering = scope - (held - withdrawn) if start else set()
    parcel.leaving = (held | offered | said) - scope
    seeds = known is not None and known["seed_version"] != parcel.manifest.seed_version
    old = exchange.lines_of_rows(w, parcel.entering, start) if parcel.entering else ()
    new = exchange.lines_after(w, start)
    parcel.lines = list(_open_lines(w, _both(old, new), scope, given, everywhere=True, seeds=seeds))
    parcel.stubs = exchange.stubs_for(w, scope)
    parcel.scope = exchange.pack_ids(scope)
    state = exchange.state_hash(w, scope, given, set(), (parcel.manifest.to_arr, set()))
    parcel.manifest = replace(parcel.manifest, whole=start == 0, membership=0, state=state)
    return parcel


def _both(old: Iterable[LogLine], new: Iterable[LogLine]) -> Iterator[LogLine]:
    yield from old
    yield from new


def _open_lines(
    r: Reader, lines: Iterable[LogLine], scope: set[str], given: set[str], *, everywhere: bool, seeds: bool
) -> Iterator[str]:
    """Those of the lines that the addressee may read."""
    for line in lines:
        if line.record not in RECORDS:
            continue
        if line.row not in scope and not (everywhere and line.record in exchange.EVERYWHERE):
            continue
        if not seeds and exchange.is_seed(line.body):
            continue
        if restricted_keys(line.record) and line.row not in given and exchange.holds_restricted(line.record, line.body):
            continue
        yield line.body


def _add_blobs(w: Writer, parcel: Parcel, known: dict[str, Any] | None) -> None:
    """Attachments that the receiver misses, or (to the office) that belong to what has changed since."""
    wanted = set(known["wanted"] or []) if known else set()
    if parcel.shared is not None:
        wanted &= exchange.attachments_of(w, exchange.scope_rows(w, parcel.shared, set())) if wanted else set()
    elif parcel.scope is not None:
        wanted &= exchange.attachments_of(w, exchange.unpack_ids(parcel.scope)) if wanted else set()
    else:
        wanted |= exchange.attachments_after(w, parcel.manifest.from_arr)
    parcel.blobs = list(exchange.blobs_here(w, wanted))


def _split(w: Writer, parcel: Parcel, max_size: int | None) -> list[Parcel]:
    """The parcel in parts of at most `max_size` bytes: sub-ranges of the log first, attachments after them.

    UserError(send_too_small) when not even the lists fit.
    """
    room = (max_size or LIMITS.sealed) - _OVERHEAD
    if room < 30_000:
        raise UserError("send_too_small", least="0.1")
    parts = [parcel] if max_size is None else _split_lines(w, parcel, int(room * 0.85))
    blobs, parcel.blobs = parcel.blobs, []
    space = room - _packed_size(parts[-1].lines) if max_size else min(_BLOB_ROOM, room) // 2
    left = 0
    for blob, size in blobs:
        if size + 1000 > room or (max_size is None and size > space):
            left += 1
        elif size <= space:
            parts[-1].blobs.append((blob, size))
            space -= size + 200
        else:
            last = parts[-1].manifest
            follow = replace(last, from_arr=last.to_arr, from_digest=last.to_digest, whole=False)
            parts.append(Parcel(follow, scope=parcel.scope, entering=parcel.entering, leaving=parcel.leaving))
            parts[-1].blobs.append((blob, size))
            space = room - size - 200
    parts[-1].left_behind = left
    for part in parts[:-1]:
        part.manifest = replace(part.manifest, state="")
    return parts


def _split_lines(w: Writer, parcel: Parcel, room: int) -> list[Parcel]:
    if _packed_size(parcel.lines) <= room:
        return [parcel]
    parts: list[Parcel] = []
    taken: list[str] = []
    size = 0
    start = (parcel.manifest.from_arr, parcel.manifest.from_digest)
    positions = exchange.positions_of(w, parcel.lines)
    for begin in range(0, len(parcel.lines), _PIECE // 8):
        piece = parcel.lines[begin : begin + _PIECE // 8]
        packed = _packed_size(piece)
        if taken and size + packed > room and positions[begin - 1] > start[0]:
            end = positions[begin - 1]
            digest = exchange.digest_at(w, end)
            assert digest is not None
            parts.append(_part(parcel, taken, start, (end, digest.hex())))
            start, taken, size = (end, digest.hex()), [], 0
        taken += piece
        size += packed
    parts.append(_part(parcel, taken, start, (parcel.manifest.to_arr, parcel.manifest.to_digest)))
    parts[0].stubs = parcel.stubs
    parts[-1].blobs = parcel.blobs
    return parts


def _part(parcel: Parcel, lines: list[str], start: tuple[int, str], end: tuple[int, str]) -> Parcel:
    manifest = replace(
        parcel.manifest,
        from_arr=start[0],
        from_digest=start[1],
        to_arr=end[0],
        to_digest=end[1],
    )
    return Parcel(manifest, lines, parcel.entering, parcel.leaving, (), [], 0, parcel.scope)


def _packed_size(lines: Sequence[str]) -> int:
    return len(zstandard.compress("\n".join(lines).encode(), 3)) if lines else 0


def _number(w: Writer, parcel: Parcel, addressee: Device, target: str | None, before: Sequence[Parcel]) -> None:
    """Use up the next number and note the bundle as made, before anything is written anywhere.

    `before`: the parts of the same sending that are written before this one.
    """
    no = w.meta("export_no", 0) + 1
    w.set_meta("export_no", no)
    bundle = identity.name_bundle(
        w, secrets.token_hex(8), w.identity.store_id, no, parcel.manifest.to_arr, parcel.manifest.to_digest
    )
    membership = None
    if parcel.manifest.membership is not None:
        membership = before[0].manifest.membership if before else no
    known = exchange.peer(w, target) if target else None
    acked = known["acked_no"] if known else 0
    earlier = [
        made["no"]
        for made in exchange.sent(w, device=addressee.id, store_id=w.identity.store_id)
        if made["no"] > acked and made["file"] and made["peer"] == target
    ]
    numbers = tuple([*earlier, *(part.manifest.no for part in before), no][-200:])
    parcel.manifest = replace(parcel.manifest, no=no, membership=membership, numbers=numbers, writes=len(parcel.lines))
    parcel.bundle = bundle
    exchange.keep_sent(
        w,
        bundle,
        store_id=w.identity.store_id,
        no=no,
        peer=target,
        device=addressee.id,
        from_arr=parcel.manifest.from_arr,
        to_arr=parcel.manifest.to_arr,
        writes=len(parcel.lines),
        made=parcel.manifest.made,
    )
    if parcel.scope is not None:
        exchange.keep_scope(w, bundle, parcel.scope, exchange.pack_ids(parcel.leaving) if parcel.leaving else None)


# --- to bytes --------------------------------------------------------------------------------------------------------


def seal_parcel(r: Reader, parcel: Parcel, addressee: Device) -> tuple[str, bytes]:
    """(bundle id, the bytes of its file)."""
    keys = devices.my_keys(r)
    bundle = parcel.bundle
    sections: dict[str, bytes | Iterable[bytes]] = {"writes": _line_chunks(parcel.lines)}
    if parcel.entering:
        sections["entering"] = "\n".join(sorted(parcel.entering)).encode()
    if parcel.leaving:
        sections["leaving"] = "\n".join(sorted(parcel.leaving)).encode()
    if parcel.stubs:
        sections["stubs"] = "\n".join(json.dumps(stub, ensure_ascii=False) for stub in parcel.stubs).encode()
    if parcel.blobs:
        sections["blobs"] = _blob_chunks(r, parcel.blobs)
    data = write_package(
        parcel.manifest.as_json(),
        sections,
        keys.signing_key,
        keys.device,
        [(addressee.id, addressee.recipient)],
        bundle_id=bundle,
    )
    return bundle, data


def _line_chunks(lines: Sequence[str]) -> Iterator[bytes]:
    for start in range(0, len(lines), _PIECE):
        yield ("\n".join(lines[start : start + _PIECE]) + "\n").encode()


def _blob_chunks(r: Reader, blobs: Sequence[tuple[str, int]]) -> Iterator[bytes]:
    for name, _ in blobs:
        found = exchange.blob(r, name)
        if found is None:
            continue
        head = {"sha256": name, "size": found["size"], "media_type": found["media_type"]}
        yield json.dumps(head).encode() + b"\n"
        yield bytes(found["content"])
