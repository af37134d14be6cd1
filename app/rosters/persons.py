"""Takes the persons out of a sheet by its mapping, with what is doubtful in each row; it matches and stores nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.basics import clock
from app.names.fold import fold, key
from app.names.parse import parse_name
from app.rosters import likeness
from app.rosters.columns import Mapping
from app.rosters.facts import Facts, Problem, RosterPerson
from app.rosters.grid import Grid
from app.rosters.rows import as_text
from app.rosters.sheet import Sheet
from app.rosters.values import parse_mark

__all__ = ["Problem", "Roster", "RosterPerson", "extract"]


@dataclass
class Roster:
    """The persons of one sheet, rows that were left out with the reason's code, and the lines above the heading."""

    persons: list[RosterPerson] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    title: list[str] = field(default_factory=list)


def extract(grid: Grid, mapping: Mapping, today: date | None = None) -> Roster:
    """The persons of a sheet in its order. Rows left out carry a code: blank, section, total, footer, heading, no_name,
    vacant, not_a_person, after_list. `today` bounds birth dates (the machine's day if None)."""
    today = today or clock.today()
    sheet = Sheet(grid)
    roster = Roster(title=_title(sheet, mapping))
    if not grid.rows or not mapping.columns:
        return roster
    if mapping.orientation == "columns":
        _extract_across(sheet, mapping, roster)
    else:
        for first, last in mapping.blocks or ((0, max(sheet.width - 1, 0)),):
            columns = {at: name for at, name in mapping.columns.items() if first <= at <= last and at < sheet.width}
            block = _Block(sheet, mapping, columns, first, last, today)
            persons, skipped = block.read()
            roster.persons += persons
            known = {number for number, _ in roster.skipped}
            roster.skipped += [entry for entry in skipped if entry[0] not in known]
        if mapping.blocks:
            rows_with_persons = {person.row_number for person in roster.persons}
            roster.skipped = sorted(entry for entry in roster.skipped if entry[0] not in rows_with_persons)
    _report_doubles(roster.persons)
    return roster


def _title(sheet: Sheet, mapping: Mapping) -> list[str]:
    lines = []
    for row in range(min((mapping.header_rows or (1,))[0] - 1, sheet.height)):
        text = " ".join(str(sheet.own(row, at)).replace("\n", " ") for at in sheet.filled(row))
        if text:
            lines.append(text)
    return lines[:20]


class _Block(Facts):
    """One table: its persons and the rows left out."""

    def read(self) -> tuple[list[RosterPerson], list[tuple[int, str]]]:
        """Persons in the order of their rows, and rows left out with their codes."""
        skipped: list[tuple[int, str]] = []
        if not self.names:
            return [], skipped
        rows = range(self.mapping.first_row - 1, self.sheet.height)
        self.numbered = self._is_numbered(rows)
        self.fill = self._usual_fill(rows)
        found: list[tuple[int, RosterPerson, bool]] = []
        alone: list[int] = []
        gap = False
        for row in rows:
            reason = self.reason(row, gap, bool(found))
            if reason == "after_list" and not self.ended and not self.numbered:
                alone.append(row)
                continue
            if reason:
                skipped.append((row + 1, reason))
                gap = gap or reason == "blank"
                if reason == "section":
                    gap = False
                if reason in ("total", "footer"):
                    skipped += [(number + 1, "after_list") for number in alone]
                    alone = []
                continue
            if not self.is_bare(row):
                # the list went on: what stood alone after an empty row was somebody too
                found += [(number, self.person(number), False) for number in alone]
                alone = []
            found.append((row, self.person(row), self.is_bare(row)))
            if not self.is_bare(row):
                gap = False
        skipped += [(number + 1, "after_list") for number in alone]
        found.sort(key=lambda entry: entry[0])
        # lines that hold nothing but words in the name column, below the last full row, are remarks
        last_full = max((row for row, _, bare in found if not bare), default=-1)
        persons = []
        for row, person, bare in found:
            if bare and row > last_full >= 0 and self.fill >= 3 and self.level(row) < likeness.SURE:
                skipped.append((row + 1, "after_list"))
            else:
                persons.append(person)
        return persons, sorted(skipped)


def _extract_across(sheet: Sheet, mapping: Mapping, roster: Roster) -> None:
    top = mapping.header_rows[0] - 1
    for at in sorted(at for at, name in mapping.columns.items() if name == "full_name" and at < sheet.width):
        value = sheet.own(top, at)
        text = as_text(value).replace("\n", " ")
        text = re.sub(r"\s+", " ", text).strip()
        if not text or likeness.is_total(text):
            continue
        person = RosterPerson(top + 1, column=at)
        name = parse_name(text)
        person.fields["name_as_typed"] = text
        for part in ("surname", "given", "patronymic", "suffix", "sex_hint"):
            if getattr(name, part):
                person.fields[part] = getattr(name, part)
        if not name.surname or not name.given:
            missing = "surname_missing" if not name.surname else "given_missing"
            person.problems.append((missing, {"value": text}))
        for number in mapping.sessions:
            if number <= sheet.height:
                state, _ = parse_mark(sheet.own(number - 1, at))
                if state is not None:
                    person.attendance[number] = state
        roster.persons.append(person)
    for row in range(top + 1, sheet.height):
        if row + 1 not in mapping.sessions:
            filled = sheet.filled(row)
            first = sheet.own(row, filled[0]) if filled else None
            total = isinstance(first, str) and likeness.is_total(first)
            roster.skipped.append((row + 1, "total" if total else "footer" if filled else "blank"))


def _report_doubles(persons: list[RosterPerson]) -> None:
    """Say in the later row that the same person stands further up: same name in any script, nothing against it."""
    seen: dict[tuple[str, str], list[RosterPerson]] = {}
    for person in persons:
        fields = person.fields
        if "surname" not in fields or "given" not in fields:
            continue
        words = sorted((key(fields["surname"]), key(fields["given"])))
        pair = (words[0], words[1])
        for earlier in seen.get(pair, []):
            if _same_name(earlier.fields, fields) and _may_be_same(earlier.fields, fields):
                place: dict[str, object] = {"row": earlier.row_number}
                person.problems.append(("twice_in_file", place))
                break
        seen.setdefault(pair, []).append(person)


def _same_name(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Names whose key is equal: within one script the folded words must be equal too."""
    first, second = (f"{fields['surname']} {fields['given']}" for fields in (one, other))
    in_cyrillic = [bool(re.search("[\u0400-\u052f]", name)) for name in (first, second)]
    return in_cyrillic[0] != in_cyrillic[1] or sorted(fold(first).split()) == sorted(fold(second).split())


def _may_be_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    father_a, father_b = fold(one.get("patronymic", "")), fold(other.get("patronymic", ""))
    if father_a and father_b and not (father_a.startswith(father_b[:3]) or father_b.startswith(father_a[:3])):
        return False
    for name in ("birth_date", "birth_year", "sex"):
        if name in one and name in other:
            if one[name] != other[name]:
                return False
            if name == "birth_date":
                break
    return True
