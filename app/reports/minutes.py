"""Agenda and minutes of a meeting, as PDF or .docx; a version after signature shows what it changed."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.basics.words import text
from app.errors import UserError
from app.models.queries.attendance import sheet
from app.models.queries.past import children_at, row_at, signed_before
from app.models.writer import Reader
from app.reports.files import check_format, write_whole
from app.reports.letter import Block, Facts, Grid, Heading, Letter, Runs, Signatures, Text, compared, plain
from app.reports.wording import Wording, day

FORMATS = (".pdf", ".docx")
_PRESENT = ("present", "late", "left_early")


def write_minutes(reader: Reader, activity: str, out: Path, *, language: str = "az") -> Letter:
    """Write the minutes of a meeting in the format of the file's ending; gives what they say.

    Raises UserError: no_such_row, report_format_unknown; OSError when the file cannot be written.
    """
    return _write(minutes(reader, activity, language), out)


def write_agenda(reader: Reader, activity: str, out: Path, *, language: str = "az") -> Letter:
    """Write the agenda of a meeting, with the group's open action items, like `write_minutes`."""
    return _write(agenda(reader, activity, language), out)


def write_agenda_and_sheet(reader: Reader, activity: str, out: Path, *, language: str = "az") -> int:
    """Write one PDF to print before a meeting: the agenda with what is open, the sign-in sheet; gives its pages."""
    import pypdfium2  # only this needs it, and only for pages that were drawn here

    from app.reports.paper import letter_pdf
    from app.reports.signin_sheet import sheets

    check_format(out, (".pdf",))
    joined = pypdfium2.PdfDocument.new()
    for content in (letter_pdf(agenda(reader, activity, language)), sheets(reader, activity, languages=(language,))[0]):
        part = pypdfium2.PdfDocument(content)
        joined.import_pages(part)
        part.close()
    pages = len(joined)
    made = io.BytesIO()
    joined.save(made)
    joined.close()
    write_whole(out, made.getvalue())
    return pages


def _write(letter: Letter, out: Path) -> Letter:
    check_format(out, FORMATS)
    if out.suffix.lower() == ".docx":
        from app.reports.letters import letter_docx  # loads python-docx, which only this needs

        write_whole(out, letter_docx(letter))
    else:
        from app.reports.paper import letter_pdf  # the same of reportlab

        write_whole(out, letter_pdf(letter))
    return letter


def agenda(reader: Reader, activity: str, language: str) -> Letter:
    """What is to be talked about, and what is still open from earlier meetings."""
    meeting = _Meeting(reader, activity, language)
    blocks: list[Block] = [
        Heading(plain(meeting.say("reports.agenda_title")), 1),
        Text(plain(meeting.name), "strong"),
        Facts(meeting.when_and_where()),
        Heading(plain(meeting.say("reports.agenda_items"))),
    ]
    points = [item["agenda"] for item in meeting.items() if item["agenda"]]
    if not points:
        points = [line.strip() for line in (meeting.group.get("standing_agenda") or "").splitlines() if line.strip()]
    blocks += [Text(plain(f"{no}. {point}")) for no, point in enumerate(points, 1)]
    if not points:
        blocks.append(Text(plain(meeting.say("reports.agenda_empty")), "small"))
    open_items = meeting.open_items()
    if open_items:
        blocks.append(Heading(plain(meeting.say("reports.open_items"))))
        blocks.append(meeting.actions(open_items))
    return Letter(meeting.say("reports.agenda_title"), language, blocks, meeting.foot())


def minutes(reader: Reader, activity: str, language: str) -> Letter:
    """What was said and decided, who was there, what is to be done until when."""
    meeting = _Meeting(reader, activity, language)
    about, version = meeting.about, meeting.about["minutes_version"] or 1
    before = signed_before(reader, activity, version) if version > 1 else None
    old = _Then(reader, activity, before[0] if before else None)
    blocks: list[Block] = [Heading(plain(meeting.say("reports.minutes_title")), 1), Text(plain(meeting.name), "strong")]
    if version > 1:
        signed = before[1] if before else None
        key = "reports.minutes_version_since" if signed else "reports.minutes_version"
        blocks.append(Text(plain(meeting.say(key, version=version, day=day(signed))), "small"))
    blocks.append(Facts([*meeting.when_and_where(), *meeting.people()]))
    text_then, text_now = old.activity.get("minutes_text"), about["minutes_text"]
    if text_now or (old and text_then):
        blocks.append(Text(compared(text_then, text_now, marked=bool(old))))
    items = meeting.items()
    for item in items:
        blocks += _item(meeting, item, old.items.get(item["id"], {}), marked=bool(old))
    for gone in _gone(old.items, items):
        blocks += _item(meeting, dict.fromkeys(gone, None) | {"number": gone.get("number")}, gone, marked=True)
    actions = meeting.own_actions()
    if actions or old.actions:
        blocks.append(Heading(plain(meeting.say("reports.to_do"))))
        blocks.append(meeting.actions(actions, old))
    if about["next_date"] or (old and old.activity.get("next_date")):
        then, now = day(old.activity.get("next_date")), day(about["next_date"])
        blocks.append(
            Text([(f"{meeting.say('reports.next_meeting')}: ", ""), *compared(then, now, marked=bool(old))], "strong")
        )
    blocks.append(Signatures([meeting.say("reports.chair"), meeting.say("reports.secretary")]))
    return Letter(meeting.say("reports.minutes_title"), language, blocks, meeting.foot(version))


class _Then:
    """The meeting as it was when the earlier version was signed; empty, and false, where there is none."""

    def __init__(self, reader: Reader, activity: str, position: int | None) -> None:
        self.known = position is not None
        self.activity: Mapping[str, Any] = {}
        self.items: Mapping[str, Mapping[str, Any]] = {}
        self.actions: Mapping[str, Mapping[str, Any]] = {}
        if position is not None:
            self.activity = row_at(reader, "activity", activity, position) or {}
            self.items = children_at(reader, "meeting_item", "activity", activity, position)
            self.actions = children_at(reader, "action_item", "activity", activity, position)

    def __bool__(self) -> bool:
        return self.known


class _Meeting:
    """One meeting with its group, in one language."""

    def __init__(self, reader: Reader, activity: str, language: str) -> None:
        found = sheet(reader, activity)
        if found is None:
            raise UserError("no_such_row", record="activity")
        self.reader, self.language = reader, language
        self.words = Wording(reader, language)
        self.about, self.rows, self.sessions = found.activity, found.rows, found.sessions
        self.group = reader.get("group", self.about["group"], deleted=True) or {} if self.about["group"] else {}
        group = self.words.title(self.group, "name") if self.group else ""
        self.name = ", ".join(dict.fromkeys(filter(None, (group, self.words.activity(self.about)))))

    def say(self, key: str, **params: object) -> str:
        return text(key, lang=self.language, **params)

    def foot(self, version: int = 0) -> str:
        said = f"{self.name}, {day(self.about['start'])}"
        return f"{said}, {self.say('reports.version', version=version)}" if version > 1 else said

    def when_and_where(self) -> list[tuple[str, str]]:
        begins = next((s["start"] for s in self.sessions if s["start"]), None)
        when = f"{day(self.about['start'])} {begins}" if begins else day(self.about["start"])
        place = self.about["place"] or self.words.name("venue", self.about["venue"])
        return [
            (self.say("reports.day"), when),
            (self.say("reports.place"), ", ".join(filter(None, (self.words.site(self.about["site"]), place)))),
        ]

    def people(self) -> list[tuple[str, str]]:
        """Chair, secretary, who was there, who was not, whether they were enough."""
        there = [row for row in self.rows if _there(row)]
        by_role = {role: [self.words.person(r) for r in there if r["role"] == role] for role in ("chair", "secretary")}
        members = self._members()
        ids = {row["person"] for row in there if row["person"]}
        unnamed = sum(row["person"] is None for row in there)
        names = [self._with_role(row) for row in there if row["person"]]
        if unnamed:
            names.append(self.say("reports.unnamed_others", n=unnamed))
        absent = [name for person, name in members.items() if person not in ids]
        facts = [
            (self.say("reports.chair"), ", ".join(by_role["chair"])),
            (self.say("reports.secretary"), ", ".join(by_role["secretary"])),
            (self.say("reports.present", n=len(there)), "; ".join(names)),
            (self.say("reports.absent", n=len(absent)), "; ".join(absent)),
        ]
        needed = self.about["quorum_percent"] or self.group.get("quorum_percent")
        if members and needed:
            came = len(set(members) & ids)
            enough = came * 100 >= needed * len(members)
            key = "reports.quorum_met" if enough else "reports.quorum_not_met"
            facts.append((self.say("reports.quorum"), self.say(key, came=came, members=len(members), percent=needed)))
        return [(label, said) for label, said in facts if said]

    def _with_role(self, row: Mapping[str, Any]) -> str:
        name = self.words.person(row)
        if row["role"] in ("participant", None):
            return name
        return f"{name} ({self.words.choice('participation_role', row['role']).lower()})"

    def _members(self) -> dict[str, str]:
        """The named members of the group on the day of the meeting."""
        if not self.group:
            return {}
        found = {}
        for member in self.reader.list("membership", group=self.group["id"]):
            of_the_day = (member["start"] or "") <= self.about["start"] <= (member["end"] or "9999")
            if member["person"] and of_the_day and member["role"] != "observer":
                person = self.reader.get("person", member["person"], deleted=True)
                if person is not None:
                    found[person["merged_into"] or person["id"]] = self.words.person(person)
        return found

    def items(self) -> list[dict[str, Any]]:
        found = self.reader.list("meeting_item", activity=self.about["id"])
        return sorted(found, key=lambda item: (item["number"], item["id"]))

    def own_actions(self) -> list[dict[str, Any]]:
        found = self.reader.list("action_item", activity=self.about["id"])
        return sorted(found, key=lambda item: (item["number"] or 0, item["id"]))

    def open_items(self) -> list[dict[str, Any]]:
        """What the group has not done yet, the longest overdue first."""
        if not self.group:
            return []
        found = self.reader.list("action_item", group=self.group["id"], state=["open", "in_progress"])
        return sorted(found, key=lambda item: (item["due"] or "9999", item["id"]))

    def actions(self, items: list[dict[str, Any]], old: _Then | None = None) -> Grid:
        """The table of what is to be done; with an earlier version, what was changed in it."""
        marked = bool(old)
        earlier = old.actions if old is not None else {}
        lines: list[list[Runs]] = []
        for no, item in enumerate(items, 1):
            before = earlier.get(item["id"], {})
            lines.append(
                [
                    plain(str(item["number"] or no)),
                    compared(before.get("text"), item["text"], marked=marked),
                    compared(self._owner(before), self._owner(item), marked=marked),
                    compared(day(before.get("due")), day(item["due"]), marked=marked),
                    plain(self.words.choice("action_state", item["state"])),
                ]
            )
        for gone in _gone(earlier, items):
            said = [gone.get("text"), self._owner(gone), day(gone.get("due")), ""]
            lines.append([plain(str(gone.get("number") or "")), *(compared(s, "", marked=True) for s in said)])
        headings = ("reports.row_no", "reports.action", "reports.owner", "reports.due", "reports.state")
        return Grid([self.say(key) for key in headings], lines, (0.07, 0.45, 0.22, 0.13, 0.13))

    def _owner(self, item: Mapping[str, Any]) -> str:
        if item.get("owner_person"):
            return self.words.person(self.reader.get("person", item["owner_person"], deleted=True))
        return self.words.organisation(item.get("owner_organisation")) or item.get("owner_name") or ""


def _there(row: Mapping[str, Any]) -> bool:
    """Whether somebody came: by the marks where there are any, else by the list."""
    if row["marks"]:
        return any(mark["state"] in _PRESENT for mark in row["marks"].values())
    return row["state"] == "attended"


def _item(meeting: _Meeting, now: Mapping[str, Any], then: Mapping[str, Any], *, marked: bool) -> list[Block]:
    """One point of the agenda: what was said, decided and voted."""
    heading = compared(then.get("agenda"), now.get("agenda"), marked=marked)
    blocks: list[Block] = [Heading([(f"{now['number'] or ''}. ", ""), *heading], 3)]
    if now.get("discussion") or (marked and then.get("discussion")):
        blocks.append(Text(compared(then.get("discussion"), now.get("discussion"), marked=marked)))
    if now.get("decision") or (marked and then.get("decision")):
        runs = compared(then.get("decision"), now.get("decision"), marked=marked)
        blocks.append(Text([(f"{meeting.say('reports.decision')}: ", ""), *runs], "strong"))
    votes = [now.get(f"vote_{side}") for side in ("for", "against", "abstained")]
    if any(vote is not None for vote in votes):
        numbers = dict(zip(("yes", "no", "abstained"), (vote or 0 for vote in votes), strict=True))
        blocks.append(Text(plain(meeting.say("reports.votes", **numbers)), "small"))
    return blocks


def _gone(then: Mapping[str, Mapping[str, Any]], now: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """What was there in the earlier version and is not any more."""
    still = {item["id"] for item in now}
    return [item for row, item in then.items() if row not in still]
