"""How exchange stands: what is not confirmed, who was heard last, what is missing; no bundle is made or read here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.basics import clock
from app.models import exchange
from app.models.writer import Reader, Writer
from app.sync import devices

_BACKWARDS = timedelta(minutes=5)


@dataclass(frozen=True)
class PartnerStatus:
    """One device we exchange with, as one line of the board.

    `last_received`, `last_sent`: moments (ISO, UTC) or None; `age_days` of the last word from it; `last_no` and
    `confirmed_no`: the last number we had from it, and the last of ours that it confirmed; `missing`: its numbers
    that never came; `healed`: those that never came and that a later bundle has made up for; `unconfirmed`: writes it
    has not confirmed; `kept_apart`: its writes in quarantine; `conflicts` and `parked` (rows that wait for another)
    at its sites; `stores`: more than one means that two computers speak for it; `restored_at`: it was restored from a
    copy and went on after that number (None: never), `restored_on` when we heard; `asked`: our next bundle asks it
    for everything again.
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
    parked: int = 0
    restored_at: int | None = None
    restored_on: str | None = None
    asked: bool = False
    healed: Sequence[int] = ()


@dataclass(frozen=True)
class ExchangeStatus:
    """`unsent`: own writes that the office (at the office: some laptop) has not confirmed, and the oldest's moment.

    `to_send`: those of them that are in no bundle yet, and the oldest's moment; the others are written, on their way.

    `clock_behind`: when the newest bundle known here was made, if this laptop's clock is before that; else None.
    `last_sent`: when something was last sent to anybody.
    """

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
    clock_behind: str | None = None
    last_sent: str | None = None
    to_send: int = 0
    oldest_to_send: str | None = None


@dataclass(frozen=True)
class Step:
    """A station of a bundle: made, written, read, accepted, receipt, undone; `moment` None: not there yet."""

    name: str
    moment: str | None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BundleStatus:
    """A bundle of the register of sent and received mail. `state`: made, written, confirmed; received, undone.

    `steps`: its way so far and what is still to come, as of a registered letter.
    """

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
    device: str | None = None
    file: str | None = None
    steps: Sequence[Step] = ()


def status(r: Reader) -> ExchangeStatus:
    """How exchange stands now."""
    open_conflicts = exchange.conflict_rows(r)
    owners = _owners(r, [(entry["record"], entry["row"]) for entry in open_conflicts])
    mine = r.meta("device", {}).get("id")
    waiting = exchange.parked_rows(r)
    homes = exchange.owners_ever(r, {entry["row"] for entry in waiting}) if waiting else {}
    parked = [home for entry in waiting for home in homes.get(entry["row"], ())]
    partners = [_partner(r, known, owners, parked) for known in devices.roster(r) if known.id != mine]
    confirmed = confirmed_up_to(r)
    count, oldest = exchange.unsent(r, confirmed)
    left, oldest_left = exchange.unsent(r, max(confirmed, written_up_to(r))) if count else (0, None)
    return ExchangeStatus(
        r.meta("name", ""),
        r.identity.role,
        count,
        oldest,
        _age(oldest),
        len(open_conflicts),
        len(waiting),
        len(exchange.quarantined(r)),
        len(exchange.missing_blobs(r)),
        partners,
        _behind(r),
        max((p.last_sent for p in partners if p.last_sent), default=None),
        left,
        oldest_left,
    )


def confirmed_up_to(r: Reader) -> int:
    """The position of the log up to which the office (at the office: every laptop) has confirmed what is here."""
    if r.identity.role != "office":
        return max((p["acked_arr"] for p in exchange.peers(r, role="office", live=True)), default=0)
    live = [p["acked_arr"] for p in exchange.peers(r, role="laptop", live=True) if _trusted(r, p["device"])]
    return min(live, default=r.position()[0])


def written_up_to(r: Reader) -> int:
    """The position of the log up to which everything is in a bundle that was written and read back.

    For the office (at the office: for every laptop), whether it has come there or not.
    """
    written: dict[str | None, int] = {}
    for made in exchange.sent(r):
        if made["file"]:
            written[made["device"]] = max(written.get(made["device"], 0), made["to_arr"])
    laptop = r.identity.role != "office"
    partners = {p["device"] for p in exchange.peers(r, role="office" if laptop else "laptop", live=True)}
    reached = [written.get(device, 0) for device in partners if laptop or _trusted(r, device)]
    return max(reached, default=0) if laptop else min(reached, default=0)


def _behind(r: Reader) -> str | None:
    """The newest moment in any bundle known here, if our clock has not come so far; nothing is decided by it."""
    last = max((p[name] for p in exchange.peers(r) for name in ("last_sent",) if p[name]), default="")
    made = max([*(entry["made"] for entry in exchange.received(r) if entry["made"]), last], default="")
    try:
        return made if made and datetime.fromisoformat(made) - clock.now() > _BACKWARDS else None
    except (ValueError, TypeError):
        return None


def ask_again(w: Writer, device: str) -> None:
    """Our next bundle to a device asks it for everything again: the cure for bundles that never came."""
    for known in exchange.peers(w, device=device):
        if known["live"]:
            exchange.keep_peer(w, known["store_id"], wants_all=True)


def send_whole(w: Writer, device: str) -> None:
    """The next bundle to a device holds everything again, whatever it has confirmed."""
    for known in exchange.peers(w, device=device):
        if known["live"]:
            exchange.keep_peer(w, known["store_id"], acked_arr=0, acked_no=0, held_in=None)


def _trusted(r: Reader, device: str | None) -> bool:
    known = devices.device(r, device) if device else None
    return known is not None and known.trusted


def _partner(r: Reader, known: devices.Device, owners: Sequence[str | None], parked: Sequence[str]) -> PartnerStatus:
    stores = exchange.peers(r, device=known.id)
    live = [p for p in stores if p["live"]]
    heard = max((p["last_received"] for p in stores if p["last_received"]), default=None)
    now = live[0] if live else None
    missing: list[int] = []
    healed: list[int] = []
    back: tuple[str, int] | None = None
    for p in live:
        entries = exchange.received(r, sender=p["store_id"])
        still, made_up = gaps(r, p["store_id"])
        missing += still
        healed += made_up
        backs = [(e["received"], e["result"]["set_back_at"]) for e in entries if e["result"].get("set_back_at")]
        back = max([*backs, *([back] if back else [])], default=None)
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
        sum(home in known.sites for home in parked) if known.role == "laptop" else 0,
        back[1] if back else None,
        back[0] if back else None,
        any(p["wants_all"] for p in live),
        sorted(healed),
    )


def gaps(r: Reader, store_id: str) -> tuple[list[int], list[int]]:
    """(numbers of a store, meant for us, that never came; those of them that a later bundle has made up for).

    A bundle holds all that was not confirmed before it, so whatever carries its sender's log on without a break stands
    for every earlier number.
    """
    known = exchange.peer(r, store_id)
    if known is None:
        return [], []
    here = {entry["no"] for entry in exchange.received(r, sender=store_id)}
    never = [no for no in known["announced"] or [] if no not in here]
    seen = known["seen_no"]
    return [no for no in never if no > seen], [no for no in never if no < seen]


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
    sent = exchange.sent(r)
    taken = exchange.received(r)
    entries = []
    for made in sent:
        receipt = made["receipt"]
        state = "confirmed" if receipt else "written" if made["file"] else "made"
        way = [
            Step("made", made["made"], {"n": made["writes"] or 0}),
            Step("written", made["made"] if made["file"] else None, {"file": made["file"] or ""}),
            Step("read", receipt["received"] if receipt else None),
            Step("accepted", receipt["received"] if receipt else None, _accepted(receipt)),
            Step("receipt", _came_back(taken, made) if receipt else None),
        ]
        entries.append(
            BundleStatus(
                made["id"],
                True,
                names.get(made["device"], ""),
                made["no"],
                made["made"],
                made["writes"],
                made["size"],
                state,
                receipt["received"] if receipt else None,
                receipt["new"] if receipt else None,
                receipt["conflicts"] if receipt else None,
                made["device"],
                made["file"],
                way,
            )
        )
    for entry in taken:
        result = entry["result"]
        # By our numbers, not by clocks: both may have happened within one second.
        after = result.get("sent_before", 0)
        answer = next((m for m in sent if m["device"] == entry["device"] and m["no"] > after), None)
        way = [
            Step("made", entry["made"]),
            Step("read", entry["received"]),
            Step("accepted", entry["received"], _accepted(result)),
            Step("answer", answer["made"] if answer else None, {"no": answer["no"] if answer else 0}),
        ]
        if entry["undone"]:
            way.append(Step("undone", entry["undone"]))
        entries.append(
            BundleStatus(
                entry["id"],
                False,
                names.get(entry["device"], ""),
                entry["no"],
                entry["made"],
                result["new"] + result["repeated"],
                None,
                "undone" if entry["undone"] else "received",
                entry["undone"] or entry["received"],
                result["new"],
                result["conflicts"],
                entry["device"],
                None,
                way,
            )
        )
    return sorted(entries, key=lambda entry: entry.moment or entry.made or "", reverse=True)


def _accepted(told: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: (told or {}).get(name) or 0 for name in ("new", "refused", "conflicts")}


def _came_back(taken: Sequence[Mapping[str, Any]], made: Mapping[str, Any]) -> str | None:
    """When the first bundle came that could carry the receipt of one of ours."""
    read = (made["receipt"] or {}).get("received") or ""
    came = [e["received"] for e in taken if e["device"] == made["device"] and (e["made"] or "") >= read]
    return min(came, default=read or None)
