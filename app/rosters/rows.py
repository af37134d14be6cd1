"""Tells what each row of a list is: a person, a place above persons, a total, a closing line; it reads no facts."""

from __future__ import annotations

import re
from datetime import date

from app.rosters import likeness
from app.rosters.columns import Mapping, month_first
from app.rosters.grid import Cell
from app.rosters.headings import FIELDS, heading_of, key_of
from app.rosters.sheet import Sheet

_COUNT_BEHIND = re.compile(r"[\s\-–—:(]*\d+\s*(?:nəfər|iştirakçı|чел|человек|person|persons|people)?\.?\)?\s*$")


class Rows:
    """The rows of one table, judged from the top down: what section rows say is carried to the persons below them."""

    def __init__(self, sheet: Sheet, mapping: Mapping, columns: dict[int, str], first: int, last: int) -> None:
        self.sheet, self.mapping, self.columns = sheet, mapping, columns
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
        self.numbered = False
        self.fill: float = 0
        self._known_levels: dict[int, int] = {}
        self._order_of_most: str | None = None

    def filled(self, row: int) -> list[int]:
        """The columns of this table in which something is typed."""
        return [at for at in self.sheet.filled(row) if at in self.range]

    def name_text(self, row: int) -> str:
        """All name cells of a row as one line."""
        texts = []
        for at in self.names:
            value = self.sheet.own(row, at)
            if isinstance(value, str):
                texts.append(value.replace("\n", " "))
        return " ".join(texts).strip()

    def number(self, row: int) -> int | None:
        """The list's own number of a row."""
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
        named = [row for row in rows if self.level(row) >= likeness.WORDS]
        return bool(named) and sum(1 for row in named if self.number(row) is not None) >= 0.6 * len(named)

    def _usual_fill(self, rows: range) -> float:
        sizes = sorted(len(self.filled(row)) for row in rows if self.level(row) >= likeness.WORDS)
        return sizes[len(sizes) // 2] if sizes else 0

    def is_split(self) -> bool:
        """Whether surname and given name have columns of their own."""
        return "surname" in self.by_field or "given" in self.by_field or "given_patronymic" in self.by_field

    def level(self, row: int) -> int:
        """How much the name cells of a row look like a person's."""
        if row not in self._known_levels:
            self._known_levels[row] = self._judge(row)
        return self._known_levels[row]

    def _judge(self, row: int) -> int:
        text = self.name_text(row)
        if not text:
            return likeness.NO
        if not self.is_split():
            return likeness.name_likeness(likeness.name_cell(text).name)
        cells = [self.sheet.own(row, at) for at in self.names]
        texts = [cell for cell in cells if isinstance(cell, str)]
        if not all(likeness.is_single_name(text) for text in texts):
            return likeness.NO
        if len(texts) < 2 and len(self.names) > 1:
            return max(likeness.ONE_WORD, likeness.name_likeness(texts[0]))
        return likeness.SURE if len(texts) > 1 else likeness.ONE_WORD

    def is_bare(self, row: int) -> bool:
        """Whether nothing stands in the row beside the name."""
        return all(at in self.names for at in self.filled(row))

    def reason(self, row: int, gap: bool, begun: bool) -> str:
        """Why a row is no person, as a code; "" for a person. Section rows are remembered for the rows below them."""
        filled = self.filled(row)
        if not filled:
            return "blank"
        text = self.name_text(row)
        number = self.number(row)
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
        level = self.level(row)
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
        if self.level(row) >= likeness.WORDS:
            return False
        if len(texts) < 2:
            same = [at for at, text in texts.items() if key_of(text) == self.header.get(at)]
            return bool(same) and len(self.filled(row)) == 1 and len(self.header) == 1
        again = sum(1 for at, text in texts.items() if key_of(text) and key_of(text) in self.header.get(at, ""))
        if again >= max(2, 0.6 * len(texts)) or again == len(self.header):
            self.ended = False
            return True
        meanings = [heading.field for text in texts.values() if (heading := heading_of(text)).coverage >= 0.8]
        if len(meanings) >= 2 and len(meanings) >= 0.6 * len(self.filled(row)):
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
        next_is_person = self.number(row + 1) is not None and self.level(row + 1) >= likeness.WORDS
        return self.number(row) is None and next_is_person

    def _usual_span(self, at: int) -> int:
        top = (self.mapping.header_rows or (0,))[-1] - 1
        return self.sheet.span(top, at) if top >= 0 else 1

    def _forget(self) -> None:
        self.carried = {}


def as_text(value: Cell) -> str:
    """A cell as one line of text, a day as 05.11.1979."""
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
