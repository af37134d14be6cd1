"""Reads what a row says about a person, with what is doubtful in it; it does not decide which rows are persons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

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
from app.rosters.columns import Mapping
from app.rosters.grid import Cell
from app.rosters.rows import Rows, as_text
from app.rosters.sheet import Sheet
from app.rosters.values import parse_date, parse_emails, parse_languages, parse_mark, parse_phones, parse_sex

Problem = tuple[str, dict[str, object]]

_PLAIN = ("rank", "post", "organisation", "unit", "address", "document", "role", "education", "citizenship",
          "experience", "name_other", "note", "age")  # fmt: skip
_CARRIED_BY_JOIN = frozenset(
    {"site", "organisation", "unit", "post", "rank", "rank_post", "organisation_post", "sex", "language", "address",
     "education", "citizenship", "role"}
)  # fmt: skip
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


class Facts(Rows):
    """Rows whose persons can be read."""

    def __init__(
        self, sheet: Sheet, mapping: Mapping, columns: dict[int, str], first: int, last: int, today: date
    ) -> None:
        super().__init__(sheet, mapping, columns, first, last)
        self.today = today

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
            text = as_text(value)
            if text and text.strip(" -–—.") and text not in found:
                found.append(text)
        return found

    def person(self, row: int) -> RosterPerson:
        """Everything a row says."""
        person = RosterPerson(row + 1)
        fields, problems = person.fields, person.problems
        rank = self._name(row, person)
        for name in _PLAIN:
            texts = self._texts(row, name)
            if texts:
                fields[name] = "; ".join(texts) if name == "note" else texts[0]
        if rank and "rank" not in fields:
            fields["rank"] = rank
        for name in ("post", "unit", "organisation"):
            if "rank" in fields or "rank" in self.by_field or not isinstance(fields.get(name), str):
                continue
            rest, rank = likeness.without_rank(fields[name])  # "kapitan, Nəsimi RPİ"
            if rank and rest:
                fields["rank"], fields[name] = rank, rest
        self._together(row, fields)
        self._site(row, fields)
        for name in ("organisation", "section"):
            if name in self.carried:
                fields.setdefault(name, self.carried[name])
        number = self.number(row)
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
        typed = self.name_text(row)
        if self.is_split():
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
        level = self.level(row)
        if level == likeness.NO or not (name.surname or name.given):
            person.problems.append(("name_unclear", {"value": typed}))
        elif not name.surname or not name.given:
            missing = "surname_missing" if not name.surname else "given_missing"
            person.problems.append((missing, {"value": typed}))
        elif not self.is_split() and (is_initial(name.given.split()[0]) or is_initial(name.surname.split()[0])):
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
                words = self.name_text(row).split()
                if len(words) > 1 and self.level(row) >= likeness.WORDS:
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
            return re.sub(r"\([^)]*\)", "", as_text(value).replace("\n", " ")).strip() if value is not None else ""

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
                rows = [row for row in below if self.level(row) >= likeness.ONE_WORD]
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
                person.problems.append(("sex_unread", {"value": as_text(value)}))
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
                shown: dict[str, object] = {"value": as_text(value)}
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
                        person.problems.append(("email_unread", {"value": as_text(value)}))
                elif rest or not (found or found_mails):
                    person.problems.append(("phone_unread", {"value": as_text(value)}))
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
            elif as_text(value):
                day = self.mapping.headings.get(at, "")
                person.problems.append(("mark_unread", {"value": as_text(value), "day": day}))
            if signed:
                person.fields["signed"] = True
        for at in self.by_field.get("signature", []):
            value = self.sheet.own(row, at)
            state, _ = parse_mark(value)
            if state == "present" or (state is None and isinstance(value, str) and any(map(str.isalpha, value))):
                person.fields["signed"] = True


def _told_by_words(words: list[str]) -> bool:
    """Whether endings, a father's name or initials show which word is the surname."""
    if any(marker(word) or russian_patronymic(word) or is_initial(word) for word in words):
        return True
    return surname_likeness(words[0]) != surname_likeness(words[-1])
