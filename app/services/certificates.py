"""Who gets a certificate of an activity and who does not, and why; gives serials, keeps templates, draws nothing."""

from __future__ import annotations

import base64
import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.basics import clock
from app.errors import Invalid, UserError
from app.models.queries.facts import HELD, THRESHOLD_PERCENT, Facts, Scope, Seat
from app.models.writer import Reader, Writer
from app.specs.paper_codes import serial

LOGO_DOTS = (710, 260)
"""A logo is kept no larger than this: 60 × 22 mm at 300 dots an inch."""
_LOGO_BYTES = 145_000
_LARGEST_LOGO = 40_000_000
PURPOSE = "certificate"
REASONS = ("not_attended", "below_threshold", "without_name", "not_recordable", "person_missing")
"""Why somebody is left out (words: `reports.left_out_<reason>`)."""


@dataclass(frozen=True)
class LeftOut:
    """Somebody on the list who gets no certificate: the participation, the person's id, a code of REASONS, its gaps."""

    participation: str
    person: str | None
    reason: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Prospect:
    """Somebody on the list, before or after issuing: the name to be printed, the part attended in per cent, and either
    the certificate there is already, the reason for none, or neither: they get one."""

    participation: str
    person: str | None
    name: str
    percent: int
    row: int | None = None
    certificate: Mapping[str, Any] | None = None
    left_out: LeftOut | None = None


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
    about = _held(w, activity)
    site = w.get("site", about["site"]) or {}
    found = prospects(w, activity, language)
    done = Issued()
    last = max((p.row or 0 for p in found), default=0)
    for prospect in found:
        last += not prospect.row
        if prospect.left_out is not None:
            done.left_out.append(prospect.left_out)
            continue
        if prospect.certificate is not None:
            done.earlier.append(prospect.certificate["id"])
            continue
        seat = prospect.participation
        place, year = site.get("code") or "", int(about["start"][:4])
        values = {
            "participation": seat,
            "serial": serial(place, year, activity, prospect.row or last, seat + language),
            "template": template,
            "language": language,
            "issued_on": clock.today().isoformat(),
            "name_as_printed": (names or {}).get(seat) or prospect.name,
            "issued_by": issued_by or None,
        }
        try:
            done.new.append(w.put("certificate", values))
        except Invalid as problem:
            codes = ", ".join(p.code for p in problem.problems)
            done.left_out.append(LeftOut(seat, prospect.person, "not_recordable", {"reason": codes}))
        except UserError as problem:
            done.left_out.append(LeftOut(seat, prospect.person, "not_recordable", {"reason": problem.code}))
    return done


def prospects(r: Reader, activity: str, language: str) -> list[Prospect]:
    """Everybody whose certificate is a question, in the order of the list: who gets one, who has one, who gets none.

    Raises UserError: no_such_row, activity_not_held.
    """
    about = _held(r, activity)
    facts = Facts(r, Scope(about["start"], about["start"], (about["site"],)))
    found = []
    for seat in facts.seats:
        if seat.activity["id"] != activity or not facts.takes_part(seat.role, activity):
            continue
        person = r.get("person", seat.person or "")
        left_out = _reason(facts, seat)
        known = [
            c
            for p in seat.ids
            for c in r.list("certificate", participation=p, language=language)
            if not c["revoked_on"]
        ]
        if left_out is None and not known and person is None:
            left_out = LeftOut(seat.id, seat.person, "person_missing")
        name = printed_name(person, language) if person else ""
        row = (r.get("participation", seat.id) or {}).get("sheet_row")
        certificate = known[0] if known and left_out is None else None
        found.append(Prospect(seat.id, seat.person, name, int(seat.share * 100), row, certificate, left_out))
    return sorted(found, key=lambda p: (p.row or 10_000, p.name, p.participation))


def _held(r: Reader, activity: str) -> dict[str, Any]:
    about = r.get("activity", activity)
    if about is None:
        raise UserError("no_such_row", record="activity")
    if about["status"] != HELD:
        raise UserError("activity_not_held")
    return about


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


# --- templates -------------------------------------------------------------------------------------------------------


def templates(r: Reader) -> list[dict[str, Any]]:
    """The templates of certificates that are in use, the one taken without a choice first."""
    known = [t for t in r.list("template", purpose=PURPOSE) if not t["retired"]]
    return sorted(known, key=lambda t: t["code"])


def save_template(w: Writer, values: Mapping[str, Any], template: str | None = None) -> str:
    """Make or change a template of certificates; a new one gets a code from its name. Returns its id.

    Raises Invalid (a template has an English name), UserError(office_only) on a laptop: its templates are the office's.
    """
    if template is not None:
        return w.put("template", dict(values), template)
    taken = {row["code"] for binned in (False, True) for row in w.list("template", deleted=binned)}
    stem = "-".join(re.findall(r"[a-z0-9]+", str(values.get("name_en") or "").lower()))[:40] or "certificate"
    code = next(c for n in range(1, len(taken) + 2) if (c := stem if n == 1 else f"{stem}-{n}") not in taken)
    return w.put("template", {"orientation": "landscape", **values, "code": code, "purpose": PURPOSE})


def logo_of(content: bytes, name: str) -> str:
    """A picture file as the small PNG, in base64, that a template keeps; it travels with the template as any value.

    Raises UserError(logo_unreadable) for what is no picture or a monstrous one.
    """
    from PIL import Image  # takes a while to load, and few sessions need it

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")) as opened:
                if opened.width * opened.height > _LARGEST_LOGO:
                    raise UserError("logo_unreadable", file=name[:100])
                picture = opened.convert("RGBA")
        except (
            OSError,
            ValueError,
            SyntaxError,
            Image.DecompressionBombError,
            Image.DecompressionBombWarning,
        ) as error:
            raise UserError("logo_unreadable", file=name[:100]) from error
    picture.thumbnail(LOGO_DOTS)
    for shrink in (1.0, 0.7, 0.5, 0.3):
        small = picture.resize((max(1, int(picture.width * shrink)), max(1, int(picture.height * shrink))))
        kept = io.BytesIO()
        small.save(kept, "PNG", optimize=True)
        if kept.tell() <= _LOGO_BYTES:
            break
    return base64.b64encode(kept.getvalue()).decode("ascii")
