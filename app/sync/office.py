"""Setting up exchange: the office and its roster, kits for laptops, joining with one, laptops lost or moved.

`found_office`, `make_kit`, `join`, `mark_lost`, `move_laptop`, `roster` are the whole of it. A laptop's secret keys are
in its kit, under a code that is not, and nowhere at the office.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.basics import clock
from app.errors import UserError
from app.keys import slots
from app.models import exchange, permits
from app.models.queries import unheard
from app.models.store import FILE, PRACTICE_PASSPHRASE, Store
from app.models.writer import Reader, Writer
from app.specs import wording
from app.specs.records import RECORDS
from app.specs.types import Text
from app.sync import devices, kitfile, receive, send
from app.sync.devices import EVERY_NUMBER, LOST, REPLACED, Device
from app.sync.package import save_package

KIT_FORMAT = 1


@dataclass(frozen=True)
class Exposure:
    """What was on a lost laptop, for the sheet that has to be written about it.

    `rows`: live rows by record type at its sites; `personal`: personal fields of persons and how many hold a value;
    `restricted`: activities under restriction that it made; `last_received`: the last word from it; `since_sent`: when
    something last went to it. What it had not sent by then can only be found on paper: `events` are those that were
    planned or owed at its sites since the last word from it. `by_site`: site name → live rows by record type;
    `site_names`: id → name; `marked`: when it was marked lost.
    """

    name: str
    sites: Sequence[str]
    rows: Mapping[str, int]
    personal: Mapping[str, int]
    restricted: int
    last_no: int
    last_received: str | None
    last_sent: str | None
    persons: Sequence[str]
    by_site: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    events: Sequence[unheard.Event] = ()
    site_names: Mapping[str, str] = field(default_factory=dict)
    marked: str = ""


def found_office(folder: Path, passphrase: str, *, name: str, user: str = "", work: slots.Work = slots.NORMAL) -> Store:
    """A new office store with keys of its own. UserError(office_without_name), others as for Store.create."""
    name = _usable(name)
    if not name:
        raise UserError("office_without_name")
    store = Store.create(folder, passphrase, name=name, role="office", user=user, work=work)
    try:
        enrol_office(store)
    except BaseException:
        store.close()
        raise
    return store


def _usable(name: str) -> str:
    """A name of an office or laptop, tidied; UserError name_unusable."""
    kind = Text(longest=120)
    name = kind.tidy(name) or ""
    if kind.problem(name) is not None:
        raise UserError("name_unusable", longest=kind.longest)
    return name


def enrol_office(store: Store) -> None:
    """Give an office store its keys and its own line in the roster, unless it has them."""

    def enrol(w: Writer) -> None:
        if w.meta("device") is not None:
            return
        if w.identity.role != "office":
            raise UserError("not_enrolled")
        keys, public = devices.new_keys()
        w.set_meta("device", devices.keys_as_json(keys))
        name = w.meta("name", "") or "Office"
        devices.enter(w, keys.device, public, name=name, role="office", sites=[], stores=[w.identity.store_id])

    store.write(enrol)


def make_kit(
    store: Store,
    sites: Sequence[str],
    laptop: str,
    path: Path,
    *,
    work: slots.Work = kitfile.STRONG,
    instead: bool = False,
    level: str = permits.COORDINATOR,
) -> str:
    """Write the kit of a new laptop for these sites (codes); gives the one-time code, which is not in the file.

    `level` says what may be written with it: coordinator, clerk, viewer or helper (`permits.OF_LAPTOPS`).
    `instead`: the laptop of this name is dead or lost, and the new one takes its place; no sites mean those it had,
    and it may what that one might.
    UserError: office_only, no_such_site, laptop_exists, no_site_named, and those of the drive; nothing has changed.
    """
    enrol_office(store)
    keys, public = devices.new_keys()
    store_id = os.urandom(16).hex()

    def enter(w: Writer) -> str:
        _office_only(w)
        name = _usable(laptop)
        before = _replace(w, name) if instead else None
        ids = _site_ids(w, sites) if sites or before is None else list(before.sites)
        if not name or any(known.name.casefold() == name.casefold() for known in devices.roster(w)):
            raise UserError("laptop_exists", name=name)
        devices.enter(w, keys.device, public, name=name, role="laptop", sites=ids, stores=[store_id])
        wanted = devices.level_of(w, before) if before is not None and level == permits.COORDINATOR else level
        if wanted != permits.COORDINATOR:
            devices.give_level(w, keys.device, wanted)
        version = w.meta("seed_version", 0)
        exchange.keep_peer(w, store_id, device=keys.device, role="laptop", live=True, seed_version=version)
        addressee = devices.device(w, keys.device)
        assert addressee is not None
        parcel = send.prepare(w, addressee, store_id, attachments=False)[0]
        bundle, data = send.seal_parcel(w, parcel, addressee)
        exchange.keep_sent(w, bundle, size=len(data), file=path.name)
        exchange.keep_peer(w, store_id, last_sent=parcel.manifest.made)
        content = {
            "format": KIT_FORMAT,
            "keys": devices.keys_as_json(keys),
            "store_id": store_id,
            "name": name,
            "sites": ids,
            "programme": w.meta("name", ""),
            "practice": bool(w.meta("practice", False)),
            "roster": devices.sealed_roster(w),
        }
        code = kitfile.new_code()
        codes = [(w.get("site", site) or {}).get("code") or "" for site in ids]
        tag = kitfile.Tag(name, codes, w.meta("name", ""), parcel.manifest.made)
        save_package(kitfile.write_kit(content, code, bundle=data, work=work, tag=tag), path)
        return code

    # The file is written inside the transaction: a kit that could not be written leaves no laptop in the roster.
    return store.write(enter).value


def _replace(w: Writer, name: str) -> Device:
    """The laptop of this name makes room for another: it keeps its keys' word for what is on its way, not its name.

    Nothing more is sent to it. One that was marked lost stays lost, and what it signs is refused as before.
    """
    known = devices.device_named(w, name)
    if known.role == "office":
        raise UserError("laptop_unknown", name=name)
    taken = {one.name.casefold() for one in devices.roster(w)}
    past, number = f"{known.name} · {wording.day_word(clock.stamp())}", 1
    while past.casefold() in taken:
        number += 1
        past = f"{known.name} · {wording.day_word(clock.stamp())} ({number})"
    exchange.keep_device(w, known.id, name=past)
    if known.trusted:
        accepted = dict.fromkeys(known.stores, EVERY_NUMBER)
        exchange.keep_device(w, known.id, state=REPLACED, revoked=clock.stamp(), last_accepted=accepted)
    return known


def _office_only(w: Writer) -> None:
    if w.identity.role != "office":
        raise UserError("office_only", record="site")


def _site_ids(r: Reader, codes: Sequence[str]) -> list[str]:
    if not codes:
        raise UserError("no_site_named")
    by_code = {site["code"]: site["id"] for site in r.list("site")}
    unknown = [code for code in codes if code not in by_code]
    if unknown:
        raise UserError("no_such_site", site=", ".join(unknown), known=", ".join(sorted(by_code)))
    return sorted({by_code[code] for code in codes})


def join(
    folder: Path,
    kit_path: Path,
    code: str,
    passphrase: str,
    user: str = "",
    *,
    work: slots.Work = slots.NORMAL,
) -> Store:
    """Make this laptop's store from a kit. UserError of the kit and of the store; then nothing is left behind.

    The passphrase `practice` is taken only with a kit of practice data.
    """
    kit = kitfile.read_kit(_kit_bytes(kit_path), code)
    content = _kit_content(kit)
    keys = devices.keys_from_json(content["keys"])
    existed = folder.exists()
    if passphrase == PRACTICE_PASSPHRASE and not content["practice"]:
        raise UserError("passphrase_common")
    facts = {
        "store_id": content["store_id"],
        "device": devices.keys_as_json(keys),
        "sites": content["sites"],
        "programme": content["programme"],
    }
    store = Store.create(
        folder,
        passphrase,
        name=content["name"],
        role="laptop",
        user=user,
        practice=content["practice"],
        work=work,
        facts=facts,
    )
    try:
        _take_first(store, content, keys, kit.bundle)
    except BaseException:
        store.close()
        _remove(folder, existed)
        raise
    return store


def _kit_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > kitfile.SIZE_LIMIT:
            raise UserError("kit_damaged")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("file_missing") from error
    except OSError as error:
        raise UserError("read_failed") from error


def _kit_content(kit: kitfile.Kit) -> dict[str, Any]:
    content = kit.content
    try:
        if content["format"] > KIT_FORMAT:
            raise UserError("kit_newer_format", format=content["format"])
        devices.keys_from_json(content["keys"])
        texts = [content["store_id"], content["name"], content["programme"], *content["sites"]]
        if not all(isinstance(entry, str) for entry in texts) or not isinstance(content["roster"], dict):
            raise ValueError("content")
    except (KeyError, TypeError, ValueError) as error:
        raise UserError("kit_damaged") from error
    return content


def _take_first(store: Store, content: dict[str, Any], keys: devices.Keys, bundle: bytes) -> None:
    """The roster and the first bundle of the kit."""

    def begin(w: Writer) -> None:
        devices.take_roster(w, content["roster"])
        package, manifest = receive.read_bundle(w, bundle)
        receive.refuse_newer(package, manifest)
        receive.take(w, package, manifest)

    store.write(begin)


def _remove(folder: Path, existed: bool) -> None:
    if not existed:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm", *slots.COPIES):
        (folder / name).unlink(missing_ok=True)


def mark_lost(store: Store, laptop: str) -> Exposure:
    """Mark a laptop lost: nothing it signs after its last accepted number is taken, nothing is sent to it any more.

    Gives what was on it. UserError: office_only, laptop_unknown. Other laptops learn of it with their next bundle.
    """

    def mark(w: Writer) -> Exposure:
        _office_only(w)
        known = devices.device_named(w, laptop)
        if known.role == "office":
            raise UserError("laptop_unknown", name=laptop)
        if known.trusted:
            accepted = {p["store_id"]: p["last_no"] for p in exchange.peers(w, device=known.id)}
            exchange.keep_device(w, known.id, state=LOST, revoked=clock.stamp(), last_accepted=accepted)
            devices.raise_version(w)
        return exposure(w, known)

    return store.write(mark).value


def exposure(r: Reader, laptop: Device) -> Exposure:
    """What a laptop had, by what the office knows."""
    sites = {site["id"]: wording.title_word("site", site) for site in r.list("site")}
    scope = exchange.scope_rows(r, laptop.sites, set(laptop.stores))
    rows = {
        record: count
        for record, spec in RECORDS.items()
        if spec.scope == "site" and (count := exchange.count_rows(r, record, laptop.sites))
    }
    people = [person for person in r.list("person", owner_site=list(laptop.sites)) if person["id"] in scope]
    personal = {
        field.name: count
        for field in RECORDS["person"].fields
        if field.personal and (count := sum(person[field.name] is not None for person in people))
    }
    restricted = [a for a in r.list("activity", restricted=True) if a["id"] in scope]
    stores = exchange.peers(r, device=laptop.id)
    heard = max((p["last_received"] for p in stores if p["last_received"]), default=None)
    since = (heard or laptop.issued or clock.stamp())[:10]
    by_site = {
        sites.get(site, site): {record: n for record in rows if (n := exchange.count_rows(r, record, [site]))}
        for site in laptop.sites
    }
    return Exposure(
        laptop.name,
        [sites.get(site, site) for site in laptop.sites],
        rows,
        personal,
        len(restricted),
        max((p["last_no"] for p in stores), default=0),
        heard,
        max((p["last_sent"] for p in stores if p["last_sent"]), default=None),
        sorted(wording.title_word("person", p) for p in people),
        by_site,
        unheard.events(r, laptop.sites, since, clock.today().isoformat()),
        {site: sites.get(site, site) for site in laptop.sites},
        laptop.revoked or "",
    )


def move_laptop(store: Store, laptop: str, sites: Sequence[str]) -> None:
    """Give a laptop other sites (codes): with its next bundle rows of the old ones leave it and the new ones come."""

    def move(w: Writer) -> None:
        _office_only(w)
        known = devices.device_named(w, laptop)
        ids = _site_ids(w, sites)
        past = sorted({*known.past_sites, *known.sites} - set(ids))
        exchange.keep_device(w, known.id, sites=ids, past_sites=past)
        devices.raise_version(w)

    store.write(move)


def give_level(store: Store, laptop: str, level: str) -> None:
    """Change what may be written with a laptop. UserError: office_only, laptop_unknown, level_unknown."""

    def give(w: Writer) -> None:
        _office_only(w)
        known = devices.device_named(w, laptop)
        if known.role == "office":
            raise UserError("laptop_unknown", name=laptop)
        devices.give_level(w, known.id, level)

    store.write(give)


def roster(r: Reader) -> Sequence[Device]:
    """Every device ever issued, by name."""
    return devices.roster(r)


def kit_like(path: Path) -> bool:
    """Whether a file begins like a kit (whatever it is called)."""
    try:
        with path.open("rb") as file:
            return file.read(len(kitfile.MAGIC)) == kitfile.MAGIC
    except OSError:
        return False
