"""Takes the persons out of a sheet by its mapping, with what is doubtful in each row; it matches and stores nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from app.basics import clock
from app.names.fold import fold, key
from app.names.parse import (
    GIVEN_FIRST,
    SURNAME_FIRST,
    Name,
    is_initial,
    marker,
    parse_name,
    russian_patronymic,
    sex_of,
    surname_likeness,
)
from app.rosters import likeness
from app.rosters.columns import Mapping, month_first
from app.rosters.grid import Cell, Grid
from app.rosters.headings import FIELDS, heading_of, key_of
from app.rosters.sheet import Sheet
from app.rosters.values import parse_date, parse_emails, parse_languages, parse_mark, parse_phones, parse_sex

Problem = tuple[str, dict[str, object]]

_PLAIN = ("rank", "post", "organisation", "unit", "address", "document", "role", "education", "citizenship",
          "experience", "name_other", "note", "age")  # fmt: skip
_CARRIED_BY_JOIN = frozenset(
    {"site", "organisation", "unit", "post", "rank", "rank_post", "organisation_post", "sex", "language", "address",
     "education", "citizenship", "role"}
)  # fmt: skip
_COUNT_BEHIND = re.compile(r"[\s\-–—:(]*\d+\s*(?:nəfər|iştirakçı|чел|человек|person|persons|people)?\.?\)?\s*$")
_OLDEST, _YOUNGEST = 110, 3


# words: rosters.problem_*, rosters.skipped_*
@dataclass
class RosterPerson:
    """One person of a list. `row_number` is the sheet's own (from 1), `column` is set where persons stand side by side.

    `fields`: surname, given, patronymic, suffix (oğlu, qızı or absent), name_as_typed, sex ("f", "m"), sex_hint (from
    the name only), birth_date (date), birth_year (int), rank, post, organisation, unit, site, section, address, phone,
    other_phones (list), email, document, languages (list of codes), role, education, citizenship, experience, age,
    pre_test, post_test, hours (float), note, name_other, number (the list's own), signed (bool). Only what is there.
    `attendance` gives a state by the key of Mapping.sessions. `problems` are codes of the rosters catalogue.
    """

    row_number: int
    fields: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    attendance: dict[int, str] = field(default_factory=dict)
    column: int | None = None


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


class _Block:
    """Reads the rows of one table; keeps what is carried down from section rows."""

    def __init__(
        self, sheet: Sheet, mapping: Mapping, columns: dict[int, str], first: int, last: int, today: date
    ) -> None:
        self.sheet, self.mapping, self.columns, self.today = sheet, mapping, columns, today
        self.range = range(first, min(last, sheet.width - 1) + 1)
        self.by_field: dict[str, list[int]] = {}
        for at, name in sorted(columns.items()):
            self.by_field.setdefault(name, []).append(at)
        self.names = [
            at for name in ("full_name", "surname", "given", "given_patronymic") for at in self.by_field.get(name, [])
        ]
        self.month_first = {at: month_first(sheet.grid, mapping, at) for at in self.by_field.get("birth_date", [])}
        self.header = {
            at: key_of(text) for at, text in mapping.headings.items() if first <= at <= last and key_of(text)
        }
        self.carried: dict[str, str] = {}
        self.ended = False
        self._known_levels: dict[int, int] = {}
        self._order_of_most: str | None = None

    def read(self) -> tuple[list[RosterPerson], list[tuple[int, str]]]:
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
            reason = self._reason(row, gap, bool(found))
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
            if not self._is_bare(row):
                # the list went on: what stood alone after an empty row was somebody too
                found += [(number, self._person(number), False) for number in alone]
                alone = []
            found.append((row, self._person(row), self._is_bare(row)))
            if not self._is_bare(row):
                gap = False
        skipped += [(number + 1, "after_list") for number in alone]
        found.sort(key=lambda entry: entry[0])
        # lines that hold nothing but words in the name column, below the last full row, are remarks
        last_full = max((row for row, _, bare in found if not bare), default=-1)
        persons = []
        for row, person, bare in found:
            if bare and row > last_full >= 0 and self.fill >= 3 and self._level(row) < likeness.SURE:
                skipped.append((row + 1, "after_list"))
            else:
                persons.append(person)
        return persons, sorted(skipped)

    # --- what kind of row ----------------------------------------------------------------------------------------

    def _filled(self, row: int) -> list[int]:
        return [at for at in self.sheet.filled(row) if at in self.range]

    def _name_text(self, row: int) -> str:
        texts = []
        for at in self.names:
            value = self.sheet.own(row, at)
            if isinstance(value, str):
                texts.append(value.replace("\n", " "))
        return " ".join(texts).strip()

    def _number(self, row: int) -> int | None:
        for at in self.by_field.get("number", []):
            value = self.sheet.own(row, at)
            if isinstance(value, bool):
                continue
            if isinstance(value, (int, float)):
                return int(value)
            if isinstance(value, str) and (found := re.fullmatch(r"\D{0,2}(\d{1,6})\s*[.)]?", value.strip())):
                return int(found[1])
        return None

    def _is_numbered(self, rows: range) -> bool:
        named = [row for row in rows if self._level(row) >= likeness.WORDS]
        return bool(named) and sum(1 for row in named if self._number(row) is not None) >= 0.6 * len(named)

    def _usual_fill(self, rows: range) -> float:
        sizes = sorted(len(self._filled(row)) for row in rows if self._level(row) >= likeness.WORDS)
        return sizes[len(sizes) // 2] if sizes else 0

    def _is_split(self) -> bool:
        return "surname" in self.by_field or "given" in self.by_field or "given_patronymic" in self.by_field

    def _level(self, row: int) -> int:
        """How much the name cells of a row look like a person's."""
        if row not in self._known_levels:
            self._known_levels[row] = self._judge(row)
        return self._known_levels[row]

    def _judge(self, row: int) -> int:
        text = self._name_text(row)
        if not text:
            return likeness.NO
        if not self._is_split():
            return likeness.name_likeness(likeness.name_cell(text).name)
        cells = [self.sheet.own(row, at) for at in self.names]
        texts = [cell for cell in cells if isinstance(cell, str)]
        if not all(likeness.is_single_name(text) for text in texts):
            return likeness.NO
        if len(texts) < 2 and len(self.names) > 1:
            return max(likeness.ONE_WORD, likeness.name_likeness(texts[0]))
        return likeness.SURE if len(texts) > 1 else likeness.ONE_WORD

    def _is_bare(self, row: int) -> bool:
        """Whether nothing stands in the row beside the name."""
        return all(at in self.names for at in self._filled(row))

    def _reason(self, row: int, gap: bool, begun: bool) -> str:
        filled = self._filled(row)
        if not filled:
            return "blank"
        text = self._name_text(row)
        number = self._number(row)
        texts = {at: value for at in filled if isinstance(value := self.sheet.own(row, at), str)}
        if self._is_heading(texts, row):
            return "heading"
        if self.ended:
            return "after_list"
        lead = [
            value for at, value in texts.items()
            if at in self.names or at == filled[0] or self.columns.get(at, "number") == "number"
        ]  # fmt: skip
        if any(likeness.is_total(value) for value in lead) and (number is None or likeness.is_total(text)):
            self._forget()
            return "total"
        if any("___" in value for value in texts.values()):
            return "footer"
        level = self._level(row)
        numbered_row = number is not None
        if not numbered_row and level < likeness.WORDS and any(likeness.is_footer(value) for value in lead):
            return "footer"
        if not numbered_row and any(self._closes(at, value, gap) for at, value in texts.items()):
            return "footer"
        if self._is_section(row, filled, texts, level):
            return "section"
        if not text:
            return "no_name"
        if likeness.is_vacant(text):
            return "vacant"
        if all(len(word) == 1 and not word.isalnum() for word in text.split()):
            return "no_name"
        return self._not_a_person(row, text, level, numbered_row, gap, filled)

    def _closes(self, at: int, text: str, gap: bool) -> bool:
        """Whether a cell beside the names says that this line closes the list: "Tərtib etdi:"."""
        colon = text.rstrip().endswith(":")
        if at in self.names:
            return False
        if colon and likeness.is_footer(text):
            return True
        if self.columns.get(at, "number") != "number":
            return False
        if self.columns.get(at) == "number":
            return colon or likeness.is_footer(text)
        return likeness.is_footer(text) and (colon or gap)

    def _not_a_person(self, row: int, text: str, level: int, numbered_row: bool, gap: bool, filled: list[int]) -> str:
        others = [at for at in filled if at not in self.names and self.columns.get(at, "number") != "number"]
        mapped = [at for at in others if at in self.columns]
        if level >= likeness.WORDS:
            if numbered_row or not gap or mapped:
                return ""
            # after an empty row, without a number and alone: somebody signs, or a remark
            if self.numbered or self.fill >= 3:
                return "after_list"
            return "" if level == likeness.SURE or self.fill < 2 else "after_list"
        if level == likeness.ONE_WORD:
            return "" if mapped or numbered_row else "not_a_person"
        if not any(letter.isalpha() for letter in text):
            return "no_name"
        if likeness.is_total(text) or likeness.is_footer(text):
            return "total" if likeness.is_total(text) else "footer"
        if likeness.place_or_office(text):
            return "not_a_person"
        # an odd spelling of a name beside a running number and other facts is still somebody
        odd = len(text) <= 80 and len(text.split()) <= 8 and not heading_of(text).field
        return "" if odd and numbered_row and (mapped or self.numbered) and _has_name_word(text) else "not_a_person"

    def _is_heading(self, texts: dict[int, str], row: int) -> bool:
        """The heading once more, or that of another table, which ends this one."""
        if self._level(row) >= likeness.WORDS:
            return False
        if len(texts) < 2:
            same = [at for at, text in texts.items() if key_of(text) == self.header.get(at)]
            return bool(same) and len(self._filled(row)) == 1 and len(self.header) == 1
        again = sum(1 for at, text in texts.items() if key_of(text) and key_of(text) in self.header.get(at, ""))
        if again >= max(2, 0.6 * len(texts)) or again == len(self.header):
            self.ended = False
            return True
        meanings = [heading.field for text in texts.values() if (heading := heading_of(text)).coverage >= 0.8]
        if len(meanings) >= 2 and len(meanings) >= 0.6 * len(self._filled(row)):
            if not set(meanings) & {"full_name", "name", "surname", "given"}:
                self.ended = True
            else:
                self._change_table(row, texts)
            return True
        return False

    def _change_table(self, row: int, texts: dict[int, str]) -> None:
        """A second table with a heading of its own begins below: read its columns from here on."""
        columns = {at: heading.field for at, text in texts.items() if (heading := heading_of(text)).coverage >= 0.5}
        named = [at for at, name in columns.items() if name in ("full_name", "name", "surname", "given")]
        if not named or all(at in self.names for at in named):
            return
        surname = any(name == "surname" for name in columns.values())
        for at in named:
            if columns[at] == "name":
                columns[at] = "given" if surname else "full_name"
        self.columns = {at: name for at, name in columns.items() if name in FIELDS}
        self.by_field = {}
        for at, name in sorted(self.columns.items()):
            self.by_field.setdefault(name, []).append(at)
        self.names = sorted(named)
        self.month_first = dict.fromkeys(self.by_field.get("birth_date", []), False)
        self.header = {at: key_of(text) for at, text in texts.items()}
        self.carried, self.ended = {}, False
        self._known_levels = {}

    def _is_section(self, row: int, filled: list[int], texts: dict[int, str], level: int) -> bool:
        """A line inside the list that heads the persons below it: one text, across the table or naming a place."""
        if len(texts) != 1 or any(not isinstance(self.sheet.own(row, at), str) for at in filled):
            return False
        at, text = next(iter(texts.items()))
        kind = likeness.place_or_office(text)
        area = self.sheet.area(row, at)
        across = area[3] > area[1] and all(area[1] <= column <= area[3] for column in self.columns)
        wide = across or self.sheet.span(row, at) > max(2, self._usual_span(at))
        sex = _section_sex(text)
        if not (kind or wide or sex or self._heads_group(row, at, level, text)):
            return False
        if at in self.columns and at not in self.names and not wide and self.columns[at] not in ("number", "site"):
            return False
        if level >= likeness.SURE and not kind and not wide:
            return False
        label = _COUNT_BEHIND.sub("", text.replace("\n", " ")).strip(" :.-–—(")
        if sex:
            self.carried["sex"] = sex
        elif kind == "organisation":
            self.carried["organisation"] = label
            self.carried.pop("section", None)
        elif kind == "site" or (wide and likeness.name_likeness(label) == likeness.ONE_WORD):
            self._forget()
            self.carried["site"] = label
        else:
            self.carried["section"] = label
        return True

    def _heads_group(self, row: int, at: int, level: int, text: str) -> bool:
        """One word alone in the row, in a numbered list, right above a numbered person: "Gəncə"."""
        if not self.numbered or level >= likeness.WORDS or len(text.split()) > 2 or row + 1 >= self.sheet.height:
            return False
        next_is_person = self._number(row + 1) is not None and self._level(row + 1) >= likeness.WORDS
        return self._number(row) is None and next_is_person

    def _usual_span(self, at: int) -> int:
        top = (self.mapping.header_rows or (0,))[-1] - 1
        return self.sheet.span(top, at) if top >= 0 else 1

    def _forget(self) -> None:
        self.carried = {}

    # --- what a row says -----------------------------------------------------------------------------------------

    def _value(self, row: int, at: int, name: str) -> Cell:
        if name in _CARRIED_BY_JOIN:
            area = self.sheet.area(row, at)
            if area[2] > area[0] and area[0] >= self.mapping.first_row - 1 and area[3] - area[1] <= 1:
                return self.sheet.value(row, at)
        return self.sheet.own(row, at)

    def _texts(self, row: int, name: str) -> list[str]:
        found = []
        for at in self.by_field.get(name, []):
            value = self._value(row, at, name)
            text = _as_text(value)
            if text and text.strip(" -–—.") and text not in found:
                found.append(text)
        return found

    def _person(self, row: int) -> RosterPerson:
        person = RosterPerson(row + 1)
        fields, problems = person.fields, person.problems
        rank = self._name(row, person)
        for name in _PLAIN:
            texts = self._texts(row, name)
            if texts:
                fields[name] = "; ".join(texts) if name == "note" else texts[0]
        if rank and "rank" not in fields:
            fields["rank"] = rank
        self._together(row, fields)
        self._site(row, fields)
        for name in ("organisation", "section"):
            if name in self.carried:
                fields.setdefault(name, self.carried[name])
        number = self._number(row)
        if number is not None:
            fields["number"] = number
        self._sex(row, person)
        self._birth(row, person)
        self._contacts(row, person)
        self._languages(row, person)
        self._scores(row, person)
        self._attendance(row, person)
        if row in self.sheet.grid.hidden_rows:
            problems.append(("row_hidden", {}))
        return person

    def _name(self, row: int, person: RosterPerson) -> str:
        """Put the parts of the name into the fields; returns a rank that stood in front of it."""
        rank = ""
        typed = self._name_text(row)
        if self._is_split():
            name = self._split_name(row)
        else:
            cell = likeness.name_cell(typed)
            rank = cell.rank
            self._beside_name(cell.rest, person)
            name = parse_name(cell.name, self._order(cell.name))
            if name.surname and name.given and name.surname == name.given:
                person.problems.append(("name_unclear", {"value": typed}))
        person.fields["name_as_typed"] = typed
        for part in ("surname", "given", "patronymic", "suffix"):
            value = getattr(name, part)
            if value:
                person.fields[part] = value
        if name.sex_hint:
            person.fields["sex_hint"] = name.sex_hint
        level = self._level(row)
        if level == likeness.NO or not (name.surname or name.given):
            person.problems.append(("name_unclear", {"value": typed}))
        elif not name.surname or not name.given:
            missing = "surname_missing" if not name.surname else "given_missing"
            person.problems.append((missing, {"value": typed}))
        elif not self._is_split() and (is_initial(name.given.split()[0]) or is_initial(name.surname.split()[0])):
            person.problems.append(("only_initials", {"value": typed}))
        return rank

    def _beside_name(self, rest: str, person: RosterPerson) -> None:
        """Telephone, e-mail and a post or remark that stood in the name cell itself."""
        mails, _ = parse_emails(rest)
        phones, _ = parse_phones(re.sub(r"\S+@\S+", " ", rest))
        if mails:
            person.fields["email"] = mails[0]
        if phones:
            person.fields["phone"] = phones[0]
        words = " ".join(word for word in rest.split() if "@" not in word and not any(map(str.isdigit, word)))
        if words.strip(" ,;:+()-–—"):
            person.fields["note" if self.by_field.keys() & {"post", "rank_post", "organisation_post"} else "post"] = (
                words
            )

    def _order(self, text: str) -> str | None:
        """The order of the column or of its heading, only where the words themselves do not tell."""
        words = [word for word in re.split(r"[\s,]+", text) if word]
        if "," in text or len(words) < 2 or _told_by_words(words):
            return None
        first, last = words[0].isupper(), words[-1].isupper()
        if first != last:
            return SURNAME_FIRST if first else GIVEN_FIRST
        return self._usual_order() or self.mapping.name_order

    def _usual_order(self) -> str | None:
        """The order of most names of this column whose endings tell it; None where they differ or are too few."""
        if self._order_of_most is None:
            ahead = behind = 0
            for row in range(self.mapping.first_row - 1, min(self.sheet.height, self.mapping.first_row + 300)):
                words = self._name_text(row).split()
                if len(words) > 1 and self._level(row) >= likeness.WORDS:
                    difference = surname_likeness(words[0]) - surname_likeness(words[-1])
                    marked = any(marker(word) or russian_patronymic(word) for word in words[1:])
                    ahead += difference > 0 and not marked
                    behind += difference < 0 and not marked
            clear = ahead + behind >= 3 and max(ahead, behind) >= 0.75 * (ahead + behind)
            self._order_of_most = (SURNAME_FIRST if ahead > behind else GIVEN_FIRST) if clear else ""
        return self._order_of_most or None

    def _split_name(self, row: int) -> Name:
        def part(name: str) -> str:
            at = next(iter(self.by_field.get(name, [])), None)
            value = self.sheet.own(row, at) if at is not None else None
            return re.sub(r"\([^)]*\)", "", _as_text(value).replace("\n", " ")).strip() if value is not None else ""

        surname, given, father = part("surname"), part("given"), part("patronymic")
        both = part("given_patronymic")
        if both:
            given = f"{given} {both}".strip()
        if surname and not given and not father and likeness.name_likeness(surname) >= likeness.WORDS:
            return parse_name(surname)
        if not surname and given and likeness.name_likeness(given) >= likeness.WORDS:
            return parse_name(f"{given} {father}".strip())
        tidy = parse_name(f"{surname or 'X'}, {given or 'X'} {father}".strip())
        if (both and not father) or len(given.split()) > 1:
            # "Elxan Kərim oğlu" in a column for given names
            name = tidy
        else:
            words = father.split()
            suffix = marker(words[-1]) if len(words) > 1 else ""
            if suffix:
                words = words[:-1]
            plain_father = parse_name(f"X, Y {' '.join(words)}").patronymic if words else ""
            bare = parse_name(f"{surname or 'X'}, {given or 'X'}")
            name = Name(bare.surname, bare.given, plain_father, suffix, sex_of(bare.surname, plain_father, suffix))
        return Name(
            name.surname if surname else "", name.given if given else "", name.patronymic, name.suffix, name.sex_hint
        )

    def _together(self, row: int, fields: dict[str, Any]) -> None:
        """Columns that hold two facts: "mayor, sahə müvəkkili", "Məktəb № 5, müəllim"."""
        for text in self._texts(row, "rank_post"):
            rest, rank = likeness.without_rank(text)
            if rank:
                fields.setdefault("rank", rank)
            if rest := rest.strip(" ,;-–—"):
                fields.setdefault("post", rest)
        for text in self._texts(row, "organisation_post"):
            pieces = [piece.strip() for piece in re.split(r"[,;\n]|\s[-–—]\s", text) if piece.strip()]
            offices = [piece for piece in pieces if likeness.place_or_office(piece)]
            posts = [piece for piece in pieces if piece not in offices]
            if len(pieces) > 1 and offices and posts:
                fields.setdefault("organisation", ", ".join(offices))
                fields.setdefault("post", ", ".join(posts))
            elif len(pieces) == 2:
                fields.setdefault("organisation", pieces[0])
                fields.setdefault("post", pieces[1])
            else:
                fields.setdefault("organisation" if offices else "post", text.replace("\n", " "))

    def _site(self, row: int, fields: dict[str, Any]) -> None:
        texts = self._texts(row, "site")
        if texts:
            fields["site"] = texts[0]
            if self._leads_groups():
                self.carried["site"] = texts[0]
        elif "site" in self.carried:
            fields["site"] = self.carried["site"]

    def _leads_groups(self) -> bool:
        """Whether a place stands only in the first row of each group: mostly empty, never the same twice in a row."""
        if not hasattr(self, "_leading"):
            self._leading = False
            columns = self.by_field.get("site", [])
            if columns:
                at = columns[0]
                below = range(self.mapping.first_row - 1, self.sheet.height)
                rows = [row for row in below if self._level(row) >= likeness.ONE_WORD]
                values = [self.sheet.own(row, at) for row in rows]
                typed = [value for value in values if value is not None]
                repeated = any(one == other for one, other in pairwise(typed))
                first = bool(values) and values[0] is not None
                self._leading = first and len(typed) <= 0.6 * len(values) and not repeated
        return self._leading

    def _sex(self, row: int, person: RosterPerson) -> None:
        for at in self.by_field.get("sex", []):
            value = self._value(row, at, "sex")
            if value is None:
                continue
            sex = parse_sex(value)
            if sex:
                person.fields["sex"] = sex
            else:
                person.problems.append(("sex_unread", {"value": _as_text(value)}))
        marks = {
            name: any(parse_mark(self.sheet.own(row, at))[0] == "present" or parse_sex(self.sheet.own(row, at))
                      for at in self.by_field.get(name, []))
            for name in ("sex_female", "sex_male")
        }  # fmt: skip
        if "sex" not in person.fields and marks["sex_female"] != marks["sex_male"]:
            person.fields["sex"] = "f" if marks["sex_female"] else "m"
        if "sex" not in person.fields and "sex" in self.carried:
            person.fields["sex"] = self.carried["sex"]
        hint = person.fields.get("sex_hint")
        if hint and person.fields.get("sex", hint) != hint:
            person.problems.append(("sex_differs_from_name", {"value": person.fields["name_as_typed"]}))

    def _birth(self, row: int, person: RosterPerson) -> None:
        for name in ("birth_date", "birth_year"):
            for at in self.by_field.get(name, []):
                value = self.sheet.own(row, at)
                if value is None or (isinstance(value, str) and not any(sign.isalnum() for sign in value)):
                    continue
                found = parse_date(
                    value,
                    date1904=self.sheet.grid.date1904,
                    month_first=self.month_first.get(at, False),
                    latest=self.today,
                )
                shown: dict[str, object] = {"value": _as_text(value)}
                if found.problem == "date_year_guessed":
                    person.problems.append(("birth_year_guessed", shown | {"year": str(found.year)}))
                elif found.problem:
                    code = "birth_date_impossible" if found.problem == "date_impossible" else "birth_date_unread"
                    person.problems.append((code, shown))
                if found.year is None:
                    continue
                if not self.today.year - _OLDEST <= found.year <= self.today.year - _YOUNGEST:
                    if found.problem != "date_impossible":
                        person.problems.append(("birth_date_unlikely", shown))
                    continue
                person.fields.setdefault("birth_year", found.year)
                if found.day is not None and name == "birth_date":
                    person.fields.setdefault("birth_date", found.day)

    def _contacts(self, row: int, person: RosterPerson) -> None:
        phones: list[str] = []
        emails: list[str] = []
        for name in ("phone", "email", "contact"):
            for at in self.by_field.get(name, []):
                value = self.sheet.own(row, at)
                if value is None or (isinstance(value, str) and not any(sign.isalnum() for sign in value)):
                    continue
                found_mails, rest_mail = parse_emails(value) if name != "phone" or "@" in str(value) else ([], False)
                found, rest = parse_phones(re.sub(r"\S+@\S+", " ", value) if isinstance(value, str) else value)
                phones += [phone for phone in found if phone not in phones]
                emails += [mail for mail in found_mails if mail not in emails]
                if name == "email":
                    if not found_mails and rest_mail and not found:
                        person.problems.append(("email_unread", {"value": _as_text(value)}))
                elif rest or not (found or found_mails):
                    person.problems.append(("phone_unread", {"value": _as_text(value)}))
        mobile = sorted(phones, key=lambda phone: not re.match(r"\+994(?:10|50|51|55|60|70|77|99)", phone))
        if mobile:
            person.fields["phone"] = mobile[0]
            if mobile[1:]:
                person.fields["other_phones"] = mobile[1:]
        if emails:
            person.fields["email"] = emails[0]
            if emails[1:]:
                person.fields["other_emails"] = emails[1:]

    def _languages(self, row: int, person: RosterPerson) -> None:
        codes: list[str] = []
        for at in self.by_field.get("language", []):
            found, unknown = parse_languages(self._value(row, at, "language"))
            codes += [code for code in found if code not in codes]
            if unknown:
                person.problems.append(("language_unread", {"value": ", ".join(unknown)}))
        if codes:
            person.fields["languages"] = codes

    def _scores(self, row: int, person: RosterPerson) -> None:
        for name in ("pre_test", "post_test", "hours"):
            for at in self.by_field.get(name, []):
                value = self.sheet.own(row, at)
                if isinstance(value, str):
                    found = re.match(r"\s*(\d{1,3}(?:[.,]\d+)?)", value)
                    value = float(found[1].replace(",", ".")) if found else None
                if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1000:
                    person.fields.setdefault(name, float(value))

    def _attendance(self, row: int, person: RosterPerson) -> None:
        for at in self.by_field.get("attendance", []):
            value = self.sheet.own(row, at)
            state, signed = parse_mark(value)
            if state is None and isinstance(value, (int, float)) and not isinstance(value, bool) and 1 < value <= 24:
                state = "present"  # hours
                if "hours" not in self.by_field:
                    person.fields["hours"] = person.fields.get("hours", 0.0) + float(value)
            if state is not None:
                person.attendance[at] = state
            elif _as_text(value):
                day = self.mapping.headings.get(at, "")
                person.problems.append(("mark_unread", {"value": _as_text(value), "day": day}))
            if signed:
                person.fields["signed"] = True
        for at in self.by_field.get("signature", []):
            value = self.sheet.own(row, at)
            state, _ = parse_mark(value)
            if state == "present" or (state is None and isinstance(value, str) and any(map(str.isalpha, value))):
                person.fields["signed"] = True


def _extract_across(sheet: Sheet, mapping: Mapping, roster: Roster) -> None:
    top = mapping.header_rows[0] - 1
    for at in sorted(at for at, name in mapping.columns.items() if name == "full_name" and at < sheet.width):
        value = sheet.own(top, at)
        text = _as_text(value).replace("\n", " ")
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


def _told_by_words(words: list[str]) -> bool:
    """Whether endings, a father's name or initials show which word is the surname."""
    if any(marker(word) or russian_patronymic(word) or is_initial(word) for word in words):
        return True
    return surname_likeness(words[0]) != surname_likeness(words[-1])


def _as_text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value).replace("\n", " ").strip()


def _has_name_word(text: str) -> bool:
    return any(len(word) > 2 and word[0].isalpha() for word in text.split())


def _section_sex(text: str) -> str | None:
    key = key_of(text)
    if re.fullmatch(r"(qadinlar|xanimlar|женщины|woman|famala)( .*)?", key):
        return "f"
    return "m" if re.fullmatch(r"(kisilar|баylar|мужчины|man|mala)( .*)?", key) else None


def _report_doubles(persons: list[RosterPerson]) -> None:
    """Say in the later row that the same person stands further up: same name in any script, nothing against it."""
    seen: dict[tuple[str, str], list[RosterPerson]] = {}
    for person in persons:
        fields = person.fields
        words = sorted((key(fields.get("surname", "")), key(fields.get("given", ""))))
        if not words[0]:
            continue
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
