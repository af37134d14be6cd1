"""Who gets a certificate of an activity and who does not, and why; gives serials, draws nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.basics import clock
from app.errors import Invalid, UserError
from app.models.queries.facts import HELD, THRESHOLD_PERCENT, Facts, Scope, Seat
from app.models.writer import Reader, Writer
from app.specs.paper_codes import serial

REASONS = ("not_attended", "below_threshold", "without_name", "not_recordable", "person_missing")
"""Why somebody is left out (words: `reports.left_out_<reason>`)."""


@dataclass(frozen=True)
class LeftOut:
    """Somebody on the list who gets no certificate: the participation, the person's id, a code of REASONS, its gaps."""

    participation: str
    person: str | None
    reason: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass
class Issued:
    """What issuing did: ids of new certificates, of those that were there before, and who was left out."""

    new: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def issue(
    w: Writer,
    activity: str,
    *,
    language: str = "az",
    template: str | None = None,
    issued_by: str = "",
    names: dict[str, str] | None = None,
) -> Issued:
    """Give a certificate to everybody who took part and attended enough; one bad record stops no other.

    Whoever has one already, in this language, keeps it. `names` are names as they are to be printed, by participation,
    where they differ from the person's card. Raises UserError: no_such_row, activity_not_held.
    """
    about = w.get("activity", activity)
    if about is None:
        raise UserError("no_such_row", record="activity")
    if about["status"] != HELD:
        raise UserError("activity_not_held")
    site = w.get("site", about["site"]) or {}
    facts = Facts(w, Scope(about["start"], about["start"], (about["site"],)))
    seats = [s for s in facts.seats if s.activity["id"] == activity and facts.takes_part(s.role, activity)]
    done = Issued()
    last = max((_row(w, s)["sheet_row"] or 0 for s in seats), default=0)
    for seat in seats:
        row = _row(w, seat)
        last += not row["sheet_row"]
        reason = _reason(facts, seat)
        if reason is not None:
            done.left_out.append(reason)
            continue
        known = [
            c
            for p in seat.ids
            for c in w.list("certificate", participation=p, language=language)
            if not c["revoked_on"]
        ]
        if known:
            done.earlier += [c["id"] for c in known]
            continue
        person = w.get("person", seat.person or "")
        if person is None:
            done.left_out.append(LeftOut(seat.id, seat.person, "person_missing"))
            continue
        values = {
            "participation": seat.id,
            "serial": serial(
                site.get("code") or "", int(about["start"][:4]), activity, row["sheet_row"] or last, seat.id + language
            ),
            "template": template,
            "language": language,
            "issued_on": clock.today().isoformat(),
            "name_as_printed": (names or {}).get(seat.id) or printed_name(person, language),
            "issued_by": issued_by or None,
        }
        try:
            done.new.append(w.put("certificate", values))
        except Invalid as problem:
            codes = ", ".join(p.code for p in problem.problems)
            done.left_out.append(LeftOut(seat.id, seat.person, "not_recordable", {"reason": codes}))
    return done


def revoke(w: Writer, certificate: str) -> None:
    """Take a certificate back as of today; it stays in the register, and its serial then checks as revoked."""
    w.put("certificate", {"revoked_on": clock.today().isoformat()}, certificate)


def printed_name(person: dict[str, Any], language: str) -> str:
    """A name as it stands on a certificate: as the person spells it, else given name first."""
    if person.get("name_printed"):
        return str(person["name_printed"])
    if language == "ru" and person.get("name_ru"):
        return str(person["name_ru"])
    return " ".join(part for part in (person.get("given"), person["surname"]) if part)


def _row(r: Reader, seat: Seat) -> dict[str, Any]:
    return r.get("participation", seat.id) or {"sheet_row": None}


def _reason(facts: Facts, seat: Seat) -> LeftOut | None:
    if not seat.attended:
        return LeftOut(seat.id, seat.person, "not_attended")
    if not facts.passes(seat):
        needed = seat.activity["threshold_percent"] or THRESHOLD_PERCENT
        params = {"percent": int(seat.share * 100), "needed": needed}
        return LeftOut(seat.id, seat.person, "below_threshold", params)
    if not seat.person:
        return LeftOut(seat.id, None, "without_name")
    return None
