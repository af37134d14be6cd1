"""How exchange stands: what has not been sent or confirmed, who was heard last, what is missing; changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.basics import clock
from app.models import exchange
from app.models.writer import Reader
from app.sync import devices


@dataclass(frozen=True)
class PartnerStatus:
    """One device we exchange with, as one line of the board.

    `last_received`, `last_sent`: moments (ISO, UTC) or None; `age_days` of the last word from it; `last_no` and
    `confirmed_no`: the last number we had from it, and the last of ours that it confirmed; `missing`: its numbers that
    never came; `unconfirmed`: writes it has not confirmed; `kept_apart`: its writes in quarantine; `conflicts` at its
    sites; `stores`: more than one means that two computers speak for it.
    """

    device: str
    name: str
    role: str
    state: str
    sites: Sequence[str]
    last_received: str | None
    last_sent: str | None
    age_days: int | None
    last_no: int
    confirmed_no: int
    missing: Sequence[int]
    unconfirmed: int
    kept_apart: int
    conflicts: int
    state_differs: bool
    stores: int


@dataclass(frozen=True)
class ExchangeStatus:
    """`unsent`: own writes that the office (at the office: some laptop) has not confirmed, and the oldest's moment."""

    name: str
    role: str
    unsent: int
    oldest_unsent: str | None
    oldest_days: int | None
    conflicts: int
    parked: int
    kept_apart: int
    wanted_attachments: int
    partners: Sequence[PartnerStatus]


@dataclass(frozen=True)
class BundleStatus:
    """A bundle of the register of sent and received mail. `state`: made, written, confirmed; received, undone."""

    bundle: str
    outgoing: bool
    partner: str
    no: int
    made: str | None
    writes: int
    size: int | None
    state: str
    moment: str | None
    new: int | None = None
    conflicts: int | None = None


def status(r: Reader) -> ExchangeStatus:
    """How exchange stands now."""
    open_conflicts = exchange.conflict_rows(r)
    owners = _owners(r, [(entry["record"], entry["row"]) for entry in open_conflicts])
    mine = r.meta("device", {}).get("id")
    partners = [_partner(r, known, owners) for known in devices.roster(r) if known.id != mine]
    after = 0
    if r.identity.role != "office":
        confirmed = [p["acked_arr"] for p in exchange.peers(r, role="office", live=True)]
        after = max(confirmed, default=0)
    else:
        live = [p["acked_arr"] for p in exchange.peers(r, role="laptop", live=True) if _trusted(r, p["device"])]
        after = min(live, default=r.position()[0])
    count, oldest = exchange.unsent(r, after)
    return ExchangeStatus(
        r.meta("name", ""),
        r.identity.role,
        count,
        oldest,
        _age(oldest),
        len(open_conflicts),
        len(exchange.parked_rows(r)),
        len(exchange.quarantined(r)),
        len(exchange.missing_blobs(r)),
        partners,
    )


def _trusted(r: Reader, device: str | None) -> bool:
    known = devices.device(r, device) if device else None
    return known is not None and known.trusted


def _partner(r: Reader, known: devices.Device, owners: Sequence[str | None]) -> PartnerStatus:
    stores = exchange.peers(r, device=known.id)
    live = [p for p in stores if p["live"]]
    heard = max((p["last_received"] for p in stores if p["last_received"]), default=None)
    now = live[0] if live else None
    missing: list[int] = []
    for p in live:
        here = {entry["no"] for entry in exchange.received(r, sender=p["store_id"])}
        missing += [no for no in p["announced"] or [] if no not in here]
    return PartnerStatus(
        known.id,
        known.name,
        known.role,
        known.state,
        known.sites,
        heard,
        max((p["last_sent"] for p in stores if p["last_sent"]), default=None),
        _age(heard),
        now["last_no"] if now else 0,
        now["acked_no"] if now else 0,
        sorted(missing),
        exchange.unsent(r, now["acked_arr"])[0] if now else 0,
        len(exchange.quarantined(r, known.id)),
        sum(owner in known.sites for owner in owners) if known.role == "laptop" else 0,
        bool(now and now["state_differs"]),
        len(live),
    )


def _owners(r: Reader, rows: Sequence[tuple[str, str]]) -> list[str | None]:
    found = []
    for record, row in rows:
        values = r.get(record, row, deleted=True)
        found.append(values["owner_site"] if values else None)
    return found


def _age(moment: str | None) -> int | None:
    """Whole days since a moment; None for none, and never negative: a clock that was turned back shows no age."""
    if not moment:
        return None
    try:
        return max(0, (clock.now() - datetime.fromisoformat(moment)).days)
    except (ValueError, TypeError):
        return None


def mail(r: Reader) -> list[BundleStatus]:
    """The register of bundles, newest first: made, written, confirmed; received, undone."""
    names = {known.id: known.name for known in devices.roster(r)}
    entries = [
        BundleStatus(
            made["id"],
            True,
            names.get(made["device"], ""),
            made["no"],
            made["made"],
            made["writes"],
            made["size"],
            "confirmed" if made["receipt"] else "written" if made["file"] else "made",
            made["receipt"]["received"] if made["receipt"] else None,
            made["receipt"]["new"] if made["receipt"] else None,
            made["receipt"]["conflicts"] if made["receipt"] else None,
        )
        for made in exchange.sent(r)
    ]
    entries += [
        BundleStatus(
            entry["id"],
            False,
            names.get(entry["device"], ""),
            entry["no"],
            entry["made"],
            entry["result"]["new"] + entry["result"]["repeated"],
            None,
            "undone" if entry["undone"] else "received",
            entry["undone"] or entry["received"],
            entry["result"]["new"],
            entry["result"]["conflicts"],
        )
        for entry in exchange.received(r)
    ]
    return sorted(entries, key=lambda entry: entry.moment or entry.made or "", reverse=True)
