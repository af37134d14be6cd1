"""Working groups: the next meeting made from the last, minutes typed line by line, what was promised and kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.basics import clock
from app.errors import UserError
from app.models.writer import Reader, Writer
from app.names.fold import fold
from app.services import activities, attendance

OPEN_STATES = ("open", "in_progress")
_MARKS = {"!": "action", "?": "question", "#": "decision"}
_DAY = re.compile(r"(?:^|\s)(\d{1,2})\.(\d{1,2})(?:\.(\d{2}|\d{4}))?(?=[\s:,;]|$)")
_DATES = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}\.\d{1,2}\.\d{2,4}\b")
_PERSONAL = (
    re.compile(r"\+?\d[\d\s()-]{7,}\d"),  # a telephone
    re.compile(r"\b[A-Z]{1,3}\s?\d{7,8}\b|\b(?:AZE|AA|MYİ)\s?\d{7,8}\b", re.IGNORECASE),  # an identity card
    re.compile(r"\b(?=[0-9A-Z]*\d)(?=[0-9A-Z]*[A-Z])[0-9A-Z]{7}\b"),  # a FIN: seven capitals and digits
    re.compile(r"\b[0-9A-Z]{7}\b(?=.*\b(?:FİN|FIN|ФИН)\b)", re.IGNORECASE),
    re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
)


@dataclass(frozen=True)
class Line:
    """A typed line of the minutes: `kind` text, action, question or decision; of an action also owner and due day."""

    kind: str
    text: str
    owner: str = ""
    due: str | None = None


@dataclass(frozen=True)
class Quorum:
    """Who of the members is there. `needed` is how many must be."""

    members: int
    present: int
    needed: int

    @property
    def reached(self) -> bool:
        """Whether decisions bind."""
        return self.members > 0 and self.present >= self.needed


@dataclass(frozen=True)
class Balance:
    """Members by what the group has set itself: counts, and the goals in percent (None: no goal)."""

    members: int
    women: int
    civilians: int
    minorities: int
    women_goal: int | None
    civilian_goal: int | None
    minority_goal: int | None

    def missed(self) -> list[str]:
        """The goals that are not reached: women, civilians, minorities."""
        kept = (
            ("women", self.women, self.women_goal),
            ("civilians", self.civilians, self.civilian_goal),
            ("minorities", self.minorities, self.minority_goal),
        )
        return [name for name, count, goal in kept if goal and self.members and 100 * count < goal * self.members]


def members_on(r: Reader, group: str, day: str) -> list[dict[str, Any]]:
    """The memberships that run on a day, chair first."""
    order = {"chair": 0, "deputy_chair": 1, "secretary": 2}
    found = [
        m
        for m in r.list("membership", group=group)
        if (not m["start"] or m["start"] <= day) and (not m["end"] or m["end"] >= day)
    ]
    return sorted(found, key=lambda m: (order.get(m["role"], 3), m["id"]))


def terms_ending(r: Reader, group: str, day: str, until: str) -> list[dict[str, Any]]:
    """The memberships of a day that end after it and not after `until`, the first to end first."""
    running = [m for m in members_on(r, group, day) if m["end"] and m["end"] <= until]
    return sorted(running, key=lambda m: (m["end"], m["id"]))


def vacant_seats(r: Reader, group: str, day: str) -> list[str]:
    """The seats in which nobody sits on a day."""
    return [m["seat"] for m in members_on(r, group, day) if m["seat"] and not m["person"]]


def open_items(r: Reader, group: str) -> list[dict[str, Any]]:
    """What the group promised and has not closed, the oldest due day first."""
    found = [item for item in r.list("action_item", group=group) if item["state"] in OPEN_STATES]
    return sorted(found, key=lambda item: (item["due"] or "9999", item["id"]))


def new_meeting(w: Writer, group: str, start: str, *, place: str = "") -> str:
    """The next meeting of a group: members on the list, open items first on the agenda, then the standing agenda.

    One action. Each open item carried over counts one more time. Raises UserError(no_such_row).
    """
    about = w.get("group", group)
    if about is None:
        raise UserError("no_such_row", record="group")
    before = sorted(w.list("activity", group=group), key=lambda a: a["start"])
    values: dict[str, Any] = {"site": about["site"], "group": group, "start": start}
    values["place"] = place or next((a["place"] for a in reversed(before) if a["place"]), None)
    values["venue"] = next((a["venue"] for a in reversed(before) if a["venue"]), None)
    values["quorum_percent"] = about["quorum_percent"]
    meeting = activities.plan(w, "cpwg_meeting", values)
    for membership in members_on(w, group, start):
        if membership["person"]:
            attendance.add_person(w, meeting, membership["person"])
    number = 0
    for item in open_items(w, group):
        number += 1
        agenda = {"activity": meeting, "number": number, "type": "carried_over", "agenda": item["text"]}
        w.put("meeting_item", agenda)
        w.put("action_item", {"carried": (item["carried"] or 0) + 1}, item["id"])
    for line in (about["standing_agenda"] or "").splitlines():
        if line.strip():
            number += 1
            w.put("meeting_item", {"activity": meeting, "number": number, "type": "agenda", "agenda": line.strip()})
    return meeting


def read_line(typed: str, today: date | None = None) -> Line:
    """What a typed line of minutes means: `! owner 15.12 text` an action, `# …` a decision, `? …` an open question.

    An action's owner is what stands before the day; without a day the owner is left open.
    """
    typed = typed.strip()
    kind = _MARKS.get(typed[:1], "text")
    rest = typed[1:].strip() if kind != "text" else typed
    if kind != "action":
        return Line(kind, rest)
    found = _DAY.search(rest)
    if found is None:
        return Line(kind, rest)
    due = _day(found[1], found[2], found[3], today or clock.today())
    if due is None:
        return Line(kind, rest)
    owner, text = rest[: found.start()].strip(" ,:"), rest[found.end() :].strip(" ,:")
    return Line(kind, text or owner, owner if text else "", due)


def _day(day: str, month: str, year: str | None, today: date) -> str | None:
    """The day that is meant; without a year the next one to come."""
    try:
        full = today.year if year is None else int(year) + (2000 if len(year) == 2 else 0)
        meant = date(full, int(month), int(day))
        if year is None and meant < today:
            meant = date(full + 1, int(month), int(day))
    except ValueError:
        return None
    return meant.isoformat()


def add_line(
    w: Writer, meeting: str, typed: str, *, item: str | None = None, owner: str | None = None
) -> tuple[str, str]:
    """Put a typed line into the minutes: (record, id) of what it became.

    Text and decisions go to the agenda item `item` (the last one if none is named); `owner` is the person of an action.
    """
    about = w.get("activity", meeting)
    if about is None:
        raise UserError("no_such_row", record="activity")
    line = read_line(typed)
    begin_version(w, meeting)
    items = sorted(w.list("meeting_item", activity=meeting), key=lambda i: i["number"])
    if line.kind == "action":
        return "action_item", _add_action(w, about, line, owner)
    if line.kind == "question" or not items:
        values = {"activity": meeting, "number": (items[-1]["number"] if items else 0) + 1}
        values |= {"type": "open_question" if line.kind == "question" else "agenda", "agenda": line.text}
        return "meeting_item", w.put("meeting_item", values)
    current = next((i for i in items if i["id"] == item), items[-1])
    field = "decision" if line.kind == "decision" else "discussion"
    before = current[field]
    w.put("meeting_item", {field: f"{before}\n{line.text}" if before else line.text}, current["id"])
    return "meeting_item", str(current["id"])


def _add_action(w: Writer, meeting: Mapping[str, Any], line: Line, owner: str | None) -> str:
    taken = [i["number"] or 0 for i in w.list("action_item", activity=meeting["id"])]
    values: dict[str, Any] = {
        "activity": meeting["id"],
        "group": meeting["group"],
        "number": max(taken, default=0) + 1,
        "text": line.text,
        "due": line.due,
    }
    if owner:
        values["owner_person"] = owner
    elif line.owner:
        values["owner_name"] = line.owner
    return w.put("action_item", values)


def close_item(w: Writer, item: str, evidence: str, *, dropped: bool = False) -> None:
    """Close a promise with the evidence that it was kept (or dropped, with the reason)."""
    state = "dropped" if dropped else "done"
    w.put("action_item", {"state": state, "closed_on": clock.today().isoformat(), "evidence": evidence or None}, item)


def quorum(r: Reader, meeting: str) -> Quorum:
    """Members of the group and how many of them are marked present at the meeting."""
    about = r.get("activity", meeting)
    if about is None or not about["group"]:
        return Quorum(0, 0, 0)
    members = {m["person"] for m in members_on(r, about["group"], about["start"]) if m["person"]}
    there = set()
    for participation in r.list("participation", activity=meeting):
        marks = r.list("attendance", participation=participation["id"])
        if any(mark["state"] in ("present", "late", "left_early") for mark in marks):
            there.add(participation["person"])
    share = about["quorum_percent"] or 50
    return Quorum(len(members), len(members & there), -(-len(members) * share // 100))


def balance(r: Reader, group: str) -> Balance:
    """Women, civilians and minorities among today's members, against the group's own goals."""
    about = r.get("group", group) or {}
    members = members_on(r, group, clock.today().isoformat())
    people = {p["id"]: p for p in r.list("person", id=[m["person"] for m in members if m["person"]])}
    return Balance(
        len(members),
        sum(people.get(m["person"], {}).get("sex") == "f" for m in members),
        sum(bool(m["side"]) and m["side"] not in ("police", "authority") for m in members),
        sum(bool(m["minority"]) for m in members),
        about.get("women_goal_percent"),
        about.get("civilian_goal_percent"),
        about.get("minority_goal_percent"),
    )


def names_somebody(typed: str) -> bool:
    """Whether a line holds what looks like a telephone, an identity card or an address: complaints have no names."""
    plain = _DATES.sub(" ", typed)
    return any(pattern.search(plain) for pattern in _PERSONAL)


def sign_minutes(w: Writer, meeting: str, day: str) -> int:
    """Note that the minutes were signed on a day; gives their version. Raises UserError(no_such_row)."""
    about = w.get("activity", meeting)
    if about is None:
        raise UserError("no_such_row", record="activity")
    version = about["minutes_version"] or 1
    w.put("activity", {"minutes_version": version, "minutes_signed": day}, meeting)
    return int(version)


def begin_version(w: Writer, meeting: str) -> int:
    """Begin the next version of signed minutes (unsigned ones stay what they are); gives the version that is open.

    Whatever is typed into signed minutes begins one, so that what was signed can always be printed and compared.
    """
    about = w.get("activity", meeting)
    if about is None:
        raise UserError("no_such_row", record="activity")
    version = about["minutes_version"] or 1
    if about["minutes_signed"]:
        version += 1
        w.put("activity", {"minutes_version": version, "minutes_signed": None}, meeting)
    return int(version)


def named(typed: str, names: Mapping[str, str]) -> str | None:
    """Whom a typed beginning of a name means: the key of `names` (key → full name) that alone fits; None if unclear.

    A whole name, or the beginning of its words, in any spelling, is enough: `mem elc` for Məmmədov Elçin.
    """
    wanted = loose(typed)
    if not wanted:
        return None
    whole = [key for key, name in names.items() if loose(name) == wanted]
    found = whole or [key for key, name in names.items() if begins(wanted, name)]
    return found[0] if len(found) == 1 else None


def begins(wanted: Sequence[str], name: str) -> bool:
    """Whether each of the loose words begins a word of the name, none of them the same one twice."""
    left = loose(name)
    for word in wanted:
        fitting = next((one for one in left if one.startswith(word)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return True


def loose(typed: str) -> list[str]:
    """The words of a name for completing it: script and marks do not matter, nor does e typed for ə."""
    return fold(typed).replace("e", "a").split()
