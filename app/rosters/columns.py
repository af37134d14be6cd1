"""Finds the heading of a list under its titles and says which column holds what; it reads no person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from app.errors import UserError
from app.names.parse import GIVEN_FIRST, SURNAME_FIRST, surname_likeness
from app.rosters import likeness
from app.rosters.grid import MOST_COLUMNS, MOST_ROWS, Cell, Grid
from app.rosters.headings import FIELDS, Session, heading_of, key_of, session_of
from app.rosters.sheet import Sheet
from app.rosters.values import looks_month_first, parse_date, parse_emails, parse_mark, parse_phones, parse_sex

_SEARCHED_ROWS = 60
_SAMPLE_ROWS = 300
_LEAST_COVERAGE = 0.5
_REPEATABLE = frozenset({"phone", "email", "contact", "note", "attendance"})
_PERSONAL = frozenset(
    {"sex", "sex_male", "sex_female", "birth_date", "birth_year", "age", "rank", "post", "rank_post",
     "organisation_post", "phone", "email", "contact", "document", "signature", "attendance", "patronymic",
     "pre_test", "post_test", "surname"}
)  # fmt: skip
_WEIGHTS = {"full_name": 6.0, "surname": 4.0, "given": 3.0, "given_patronymic": 4.0, "name": 3.0, "patronymic": 3.0}
_SETTINGS = re.compile(
    r"справочник|настройк|спр\b|классификатор|коды\b|ayarlar|tanzimlam|soraqca|malumat kitab|parametr|klassifikator"
    r"|tasnifat|kodlar|sattings?\b|lookups?\b|config|paramatars?|dropdown|validation|rafaranca|codas?\b|classifiars?"
    r"|lists? of valuas|data lists?"
)
_MAY_BE_SETTINGS = re.compile(
    r"^(?:secimlar|siyahilar|lugat|talimat|malumatlar|data|slovar|словарь|списки|варианты|инструкция|легенда|lists?|options?"
    r"|choicas?|dictionary|lagand|glossary|instructions?|info|raadma|mata)$"
)
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?")
_SIGN_WORDS = re.compile(
    r"(?i)\b(?:imza\w*|подпись|роспись|signature|iştirak\w*|явка|attendance|davamiyyət)\b|[/,:()–—-]"
)
_LIST = re.compile(r"siyahi|список|\blist\b")
_DAYS = re.compile(
    r"\b(istirak\w*|davamiyyat|gunlar|gun|tarix\w*|imza\w*|дни|дата|даты|посещ\w*|явка|подпис\w*|days?|datas?|attandanca"
    r"|sassions?)\b"
)
_MONTHLESS = re.compile(r"\d+")


@dataclass(frozen=True)
class Mapping:
    """Which column holds what. Row numbers are the sheet's own (from 1), column numbers count from 0.

    `orientation` "rows": one person a row; `columns` gives the field of a column (one of headings.FIELDS), `sessions`
    the attendance columns. "columns": persons stand side by side in `header_rows[0]` at the columns mapped to
    "full_name", and `sessions` is keyed by row number. `blocks` are column ranges when one list goes on beside itself.
    `layout_key` is the same for every sheet with these headings, whatever the titles, days and persons.
    `why_not` says why this is no roster: empty, settings_sheet, no_names.
    """

    # words: rosters.field_*, rosters.no_roster_*, rosters.columns_cut

    header_rows: tuple[int, ...]
    first_row: int
    columns: dict[int, str]
    is_roster: bool
    layout_key: str
    sessions: dict[int, Session] = field(default_factory=dict)
    orientation: str = "rows"
    name_order: str | None = None
    blocks: tuple[tuple[int, int], ...] = ()
    headings: dict[int, str] = field(default_factory=dict)
    why_not: str = ""

    def with_columns(self, columns: dict[int, str]) -> Mapping:
        """This mapping with a person's own choice of fields. Raises UserError roster_mapping_wrong."""
        checked = _checked_columns(columns)
        named = bool(set(checked.values()) & {"full_name", "surname", "given", "given_patronymic"})
        sessions = {at: self.sessions.get(at, Session(self.headings.get(at, ""))) for at in checked
                    if checked[at] == "attendance"}  # fmt: skip
        if self.orientation == "columns":
            sessions = self.sessions
        return replace(self, columns=checked, is_roster=named, sessions=sessions, why_not="" if named else "no_names")

    def to_json(self) -> dict[str, Any]:
        """What is worth remembering for the next file of this layout, and what a --map file holds."""
        return {
            "layout_key": self.layout_key,
            "columns": {str(at): name for at, name in sorted(self.columns.items())},
            "headings": {str(at): text for at, text in sorted(self.headings.items())},
        }


def columns_from_json(raw: Any) -> dict[int, str]:
    """The columns of a remembered mapping or --map file. Raises UserError roster_mapping_wrong if it is none."""
    try:
        return _checked_columns({int(at): name for at, name in raw["columns"].items()})
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError("roster_mapping_wrong", field="columns") from None


def _checked_columns(columns: dict[int, str]) -> dict[int, str]:
    for at, name in columns.items():
        if name not in FIELDS:
            raise UserError("roster_mapping_wrong", field=str(name)[:60])
        if not 0 <= at < MOST_COLUMNS:
            raise UserError("roster_mapping_wrong", field=str(at))
    return dict(columns)


@dataclass
class _Header:
    """A candidate: rows from 0, what its columns mean, how good it is."""

    rows: tuple[int, ...]
    columns: dict[int, str] = field(default_factory=dict)
    sessions: dict[int, Session] = field(default_factory=dict)
    orders: dict[int, str | None] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    score: float = 0.0
    parts: set[int] = field(default_factory=set)


def propose(grid: Grid) -> Mapping:
    """The most likely meaning of a sheet. Never raises; a sheet that holds no persons has `is_roster` False."""
    if not grid.rows:
        return Mapping((), 1, {}, False, "", why_not="empty")
    sheet = Sheet(grid)
    settings = bool(_SETTINGS.search(key_of(grid.name)))
    found = _best_header(sheet)
    if found is not None and _MAY_BE_SETTINGS.search(key_of(grid.name)):
        settings = settings or not set(found.columns.values()) & (_PERSONAL | {"number"})
    if found is None:
        across = _persons_across(sheet)
        if across is not None:
            return across
        found = _without_heading(sheet)
    if found is None:
        header = max((_header(sheet, (row,)) for row in _text_rows(sheet)), key=lambda one: one.score, default=None)
        if header is None or header.score < 2:
            return Mapping((), 1, {}, False, "", why_not="settings_sheet" if settings else "no_names")
        return _mapping(sheet, _without_names(header), False, "settings_sheet" if settings else "no_names")
    return _mapping(sheet, found, not settings, "settings_sheet" if settings else "")


def _without_names(header: _Header) -> _Header:
    """A header that names no person, with only the meanings a mapping may carry."""
    header.columns = {
        at: name
        for at, name in header.columns.items()
        if name in FIELDS and name not in ("full_name", "surname", "given")
    }
    return header


def _mapping(sheet: Sheet, header: _Header, is_roster: bool, why_not: str) -> Mapping:
    rows = header.rows
    names = [at for at, name in sorted(header.columns.items()) if name in ("full_name", "given")]
    return Mapping(
        header_rows=tuple(row + 1 for row in rows),
        first_row=(rows[-1] + 2) if rows else 1,
        columns=dict(sorted(header.columns.items())),
        is_roster=is_roster,
        layout_key=_layout_key(sheet, header),
        sessions=header.sessions,
        name_order=next((header.orders[at] for at in names if header.orders.get(at)), None),
        blocks=_blocks(header),
        headings=header.texts,
        why_not=why_not,
    )


def _layout_key(sheet: Sheet, header: _Header) -> str:
    signs: list[str] = []
    for at in range(sheet.width):
        if at in header.sessions:
            sign = "*"
        else:
            sign = _MONTHLESS.sub("", key_of(header.texts.get(at, ""))) if header.rows else header.columns.get(at, "")
        if sign != "*" or signs[-1:] != ["*"]:
            signs.append(sign)
    while signs and not signs[-1]:
        signs.pop()
    return hashlib.sha256("\x1f".join(["rows", *signs]).encode()).hexdigest()[:24]


# --- headings ---------------------------------------------------------------------------------------------------


def _text_rows(sheet: Sheet) -> list[int]:
    rows = []
    for row in range(min(sheet.height, 400)):
        if any(isinstance(value, str) for value in sheet.grid.rows[row]):
            rows.append(row)
        if len(rows) >= _SEARCHED_ROWS:
            break
    return rows


def _best_header(sheet: Sheet) -> _Header | None:
    best: _Header | None = None
    for row in _text_rows(sheet):
        if best is not None and row in best.rows:
            continue
        candidate = _header(sheet, (row,))
        if row + 1 < sheet.height:
            both = _header(sheet, (row, row + 1))
            if _is_upper_row(sheet, row, candidate, both):
                candidate = both
        if candidate.score < 2:
            continue
        if best is not None and not _outdoes(sheet, candidate, best):
            continue
        settled = _settle(sheet, candidate)
        if settled is not None:
            best = settled
    return best


def _outdoes(sheet: Sheet, candidate: _Header, best: _Header) -> bool:
    """Whether a later row is the better heading: a line alone ("2. Participants") yields to a real one below it."""
    alone = len(best.texts) == 1 and len(candidate.columns) > 1
    better = alone or candidate.score >= best.score + 0.5
    return better and not _names_between(sheet, best, candidate.rows[0])


def _names_between(sheet: Sheet, header: _Header, row: int) -> bool:
    """Whether persons already stand between a heading and a row: then that row begins another table."""
    names = [at for at, name in header.columns.items() if name in ("full_name", "surname")]
    return any(
        isinstance(value := sheet.own(between, at), str) and not heading_of(value).field and _levels([value])[0]
        for between in range(header.rows[-1] + 1, row)
        for at in names
    )


def _is_upper_row(sheet: Sheet, row: int, upper: _Header, both: _Header) -> bool:
    """Whether the row below belongs to the same heading: joined cells say so, or it only refines or translates."""
    above, below = sheet.filled(row), sheet.filled(row + 1)
    if not above or not below:
        return False
    if len(above) == 1 and not _labels_some(sheet, row, above[0], below):
        return False  # a title
    known = odd = 0
    for at in below:
        value, over = sheet.own(row + 1, at), sheet.value(row, at)
        heads = isinstance(value, str) and heading_of(value).coverage >= _LEAST_COVERAGE
        if heads or (session_of(value, below_attendance=True) and _may_have_days(over)):
            known += 1
        elif isinstance(value, str) and likeness.name_likeness(value) < likeness.WORDS:
            odd += 1
        else:
            return False
    if known == 0 or odd > 0.4 * len(below):
        return False
    joined = 0
    for at in above:
        down, right = sheet.area(row, at)[2] > row, sheet.span(row, at) > 1
        joined += down or right
        if not (down or right or at in upper.columns or at in upper.sessions or sheet.own(row + 1, at) is None):
            return False
    recognised = len(upper.columns) + len(upper.sessions)
    if joined and (recognised >= 2 or known >= 0.6 * len(below)):
        return True
    if recognised < 2 or known < 0.6 * len(below):
        lone = _header(sheet, (row + 1,))
        return recognised >= 1 and both.score > lone.score + 0.4 and both.score > upper.score + 0.4
    # a second row without joined cells: parts below a wider word, or a translation of all
    return any(sheet.own(row, at) is None for at in below) or known >= 3


def _labels_some(sheet: Sheet, row: int, at: int, below: list[int]) -> bool:
    """Whether the only cell of a row is a wider word over some of the headings below: "İştirak" over the days."""
    area, text = sheet.area(row, at), sheet.own(row, at)
    if area[3] == area[1] or (area[1] <= below[0] and area[3] >= below[-1]) or not isinstance(text, str):
        return False
    meaning = heading_of(text)
    known = meaning.coverage >= _LEAST_COVERAGE and meaning.field not in ("", "ignore")
    return known or (len(text) < 40 and _speaks_of_days(text))


def _may_have_days(value: Cell) -> bool:
    """Whether days may stand below this heading: below "№" or "Doğum tarixi" they are already somebody's."""
    return not isinstance(value, str) or heading_of(value).field in ("", "ignore", "attendance", "signature")


def _header(sheet: Sheet, rows: tuple[int, ...]) -> _Header:
    header = _Header(rows)
    days = _days_of_month(sheet, rows[-1])
    for at in range(sheet.width):
        meaning, order, session, text = _meaning(sheet, rows, at)
        if not text:
            continue
        header.texts[at] = text
        if at in days:
            session = Session(text)
        if session is not None:
            header.sessions[at] = session
            header.columns[at] = "attendance"
            header.score += 0.7 if len(header.sessions) < 6 else 0.1
        elif meaning:
            header.columns[at] = meaning
            header.orders[at] = order
            header.score += _WEIGHTS.get(meaning, 0.3 if meaning == "ignore" else 1.5)
        else:
            header.score -= 0.3
            value = sheet.own(rows[-1], at)
            if isinstance(value, str) and (
                likeness.name_likeness(value) >= likeness.SURE or len(value) > 80 or parse_phones(value)[0]
            ):
                header.score -= 2
    for row in rows:
        header.score -= 1.5 * sum(
            1 for at in sheet.filled(row)
            if not isinstance(sheet.own(row, at), str) and at not in header.sessions
        )  # fmt: skip
    return header


def _days_of_month(sheet: Sheet, row: int) -> list[int]:
    """Columns headed 1, 2, 3 … 31: the days of a month, when they count up one by one beside other headings."""
    run = [at for at in sheet.filled(row) if type(sheet.own(row, at)) is int]
    counts_up = [sheet.own(row, at) for at in run] == list(range(1, len(run) + 1))
    return run if len(run) >= 5 and counts_up and run[0] > 0 and len(run) < len(sheet.filled(row)) else []


def _meaning(sheet: Sheet, rows: tuple[int, ...], at: int) -> tuple[str, str | None, Session | None, str]:
    """Field ("" unknown), order of a full name, session, and the text of one column's heading."""
    texts: list[Cell] = []
    for row in rows:
        value = sheet.value(row, at)
        if value is None and row != rows[-1] and sheet.own(rows[-1], at) is not None:
            left = next((c for c in range(at, -1, -1) if sheet.own(row, c) is not None), None)
            if left is not None and all(sheet.value(r, c) is not None for r in rows[-1:] for c in range(left + 1, at)):
                value = sheet.own(row, left)
        if value is not None and sheet.span(row, at) >= max(4, 0.9 * sheet.width) and row != rows[-1]:
            continue  # a title across the table
        if value is not None and value not in texts:
            texts.append(value)
    if not texts:
        return "", None, None, ""
    text = " / ".join(_shown(value) for value in texts)
    own, above = texts[-1], texts[:-1]
    upper = heading_of(above[-1]) if above and isinstance(above[-1], str) else None
    upper_field = upper.field if upper and upper.coverage >= _LEAST_COVERAGE else ""
    under = upper_field in ("attendance", "signature") or bool(
        above and (_speaks_of_days(above[-1]) or session_of(above[-1]) is not None)
    )
    if not isinstance(own, str):
        session = session_of(own, below_attendance=under)
        return ("attendance" if session else ""), None, session, text
    lower = heading_of(own)
    lower_field = lower.field if lower.coverage >= _LEAST_COVERAGE else ""
    session = session_of(own, below_attendance=under)
    if session is not None and (lower_field in ("", "ignore") or under):
        return "attendance", None, _of_day(session, above), text
    if lower_field in ("", "ignore") and upper_field:
        if lower_field == "ignore" and upper_field in ("full_name", "name"):
            return "ignore", None, None, text
        return upper_field, upper.order if upper else None, None, text
    if lower_field in ("name", "number") and upper_field and upper_field not in ("ignore", "attendance", "signature"):
        if upper_field in ("full_name", "name") and lower_field == "name":
            parts = {heading_of(value).field for value in _row_texts(sheet, rows[-1])}
            if parts & {"surname", "patronymic"}:
                return "given", None, None, text
        return upper_field, upper.order if upper else None, None, text
    if lower_field in ("signature", "attendance"):
        day = next((found for value in (own, *above[-1:]) if (found := _day_within(value)) is not None), None)
        if day is not None:
            return "attendance", None, day, text
    return lower_field, lower.order, None, text


def _of_day(session: Session, above: list[Cell]) -> Session:
    """A part of a day or a numbered lesson that stands below its day."""
    day = session_of(above[-1]) if above else None
    if day is None:
        return session
    return Session(f"{day.label} {session.label}", session.day or day.day, session.part or day.part)


def _day_within(value: Cell) -> Session | None:
    """The day in a heading that also speaks of signatures: "İmza 1-ci gün", "İmza / Signature 12.05"."""
    if not isinstance(value, str):
        return session_of(value)
    found = _DATE.search(value)
    return session_of(found[0]) if found else session_of(" ".join(_SIGN_WORDS.sub(" ", value).split()))


def _row_texts(sheet: Sheet, row: int) -> list[str]:
    return [value for value in sheet.grid.rows[row] if isinstance(value, str)]


def _speaks_of_days(value: Cell) -> bool:
    return isinstance(value, str) and bool(_DAYS.search(key_of(value)))


def _shown(value: Cell) -> str:
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value).replace("\n", " ")


# --- is it borne out by what stands below -----------------------------------------------------------------------


def _below(sheet: Sheet, rows: tuple[int, ...], at: int) -> list[Cell]:
    """What a column below a heading holds that could be a person's: no totals, closing lines or section rows."""
    values: list[Cell] = []
    start = rows[-1] + 1 if rows else 0
    for row in range(start, min(sheet.height, start + _SAMPLE_ROWS)):
        value = sheet.own(row, at)
        if value is None:
            continue
        if _is_other_heading(sheet, row):
            break
        if isinstance(value, str) and (
            likeness.is_total(value)
            or likeness.is_footer(value)
            or likeness.is_vacant(value)
            or (len(sheet.filled(row)) == 1 and (likeness.place_or_office(value) or sheet.span(row, at) > 2))
            or heading_of(value).coverage > 0.9
        ):
            continue
        values.append(value)
    return values


def _is_other_heading(sheet: Sheet, row: int) -> bool:
    """Whether a row heads a table that is not of persons, as a count by sex below the list."""
    cells = [sheet.own(row, at) for at in sheet.filled(row)]
    if not 2 <= len(cells) <= 8 or not all(isinstance(cell, str) and len(cell) <= 40 for cell in cells):
        return False
    meanings = [heading_of(str(cell)) for cell in cells]
    known = [meaning.field for meaning in meanings if meaning.coverage > 0.8]
    return len(known) == len(cells) and not set(known) & {"full_name", "name", "surname", "given", "given_patronymic"}


def _levels(values: Iterable[Cell]) -> list[int]:
    return [
        likeness.name_likeness(likeness.name_cell(value).name) if isinstance(value, str) else likeness.NO
        for value in values
    ]


def _share(levels: list[int], least: int) -> float:
    return sum(1 for level in levels if level >= least) / len(levels) if levels else 0.0


def _single_share(values: list[Cell]) -> float:
    good = sum(1 for value in values if isinstance(value, str) and likeness.is_single_name(value))
    return good / len(values) if values else 0.0


def _settle(sheet: Sheet, header: _Header) -> _Header | None:
    """The header with every column's final meaning, or None if the names it promises do not stand below it."""
    if len(header.texts) == 1 and heading_of(next(iter(header.texts.values()))).coverage < 0.8:
        return None  # a title that speaks of participants
    columns = dict(header.columns)
    sessions = {at: session for at, session in header.sessions.items() if _are_marks(_below(sheet, header.rows, at))}
    for at in header.sessions:
        if at not in sessions:
            columns.pop(at)
    for at in [at for at, name in columns.items() if name in ("sex_male", "sex_female")]:
        if not _are_marks(_below(sheet, header.rows, at), most=1):
            columns.pop(at)  # a count of men or women, not a mark
    context = {name for name in columns.values() if name in _PERSONAL}
    kinds: dict[str, list[int]] = {}
    for at in sorted(columns):
        kinds.setdefault(columns[at], []).append(at)

    if "surname" in kinds and ("name" in kinds or "given" in kinds or "given_patronymic" in kinds):
        for at in kinds.pop("name", []):
            columns[at] = "given"
            kinds.setdefault("given", []).append(at)
    elif "surname" in kinds:
        for at in kinds.pop("surname"):
            columns[at] = "full_name"
            kinds.setdefault("full_name", []).append(at)
            header.orders[at] = SURNAME_FIRST
    split = "surname" in kinds and ("given" in kinds or "given_patronymic" in kinds)
    if split:
        first = kinds["surname"][0]
        giving = (kinds.get("given") or kinds["given_patronymic"])[0]
        surnames, given = _below(sheet, header.rows, first), _below(sheet, header.rows, giving)
        if _single_share(surnames) < 0.6 or (given and _single_share(given) < 0.5):
            return None
        for at in kinds.get("full_name", []) + kinds.get("name", []):
            columns[at] = "name_other"
    else:
        strong = kinds.get("full_name", [])
        weak = kinds.get("name", []) + kinds.get("given", []) + kinds.get("given_patronymic", [])
        chosen = next((at for at in strong if _holds_names(sheet, header, at, True, context)), None)
        if chosen is None:
            chosen = next((at for at in weak if _holds_names(sheet, header, at, False, context)), None)
        if chosen is None:
            chosen = _unnamed_name_column(sheet, header, columns, context)
            if chosen is None:
                return None
        heading = key_of(header.texts.get(chosen, ""))
        for at in strong + weak:
            if at != chosen:
                same = key_of(header.texts.get(at, "")) == heading and _holds_names(sheet, header, at, True, context)
                columns[at] = "full_name" if same else "name_other"
        whole = _share(_levels(_below(sheet, header.rows, chosen)), likeness.WORDS) >= 0.5
        if whole or columns.get(chosen) not in ("given", "given_patronymic"):
            columns[chosen] = "full_name"
        parts = _parts_below(sheet, header, chosen)
        columns.update(dict.fromkeys(parts, "full_name"))
        header.parts = parts
    settled = _Header(header.rows, columns, sessions, header.orders, header.texts, header.score, header.parts)
    _drop_other_tables(sheet, settled)
    _drop_doubles(settled)
    settled.columns = {at: name for at, name in settled.columns.items() if name in FIELDS}
    settled.sessions = {at: session for at, session in sessions.items() if settled.columns.get(at) == "attendance"}
    return settled


def _parts_below(sheet: Sheet, header: _Header, at: int) -> set[int]:
    """Columns in which the parts of a name stand below one heading joined over them all."""
    area = sheet.area(header.rows[-1], at)
    return {
        column
        for column in range(area[1], min(area[3], sheet.width - 1) + 1)
        if column != at and _below(sheet, header.rows, column)
    }


def _holds_names(sheet: Sheet, header: _Header, at: int, strong: bool, context: set[str]) -> bool:
    values = _below(sheet, header.rows, at)
    levels = _levels(values)
    if not levels:
        return False
    several, sure = _share(levels, likeness.WORDS), _share(levels, likeness.SURE)
    single = _share(levels, likeness.ONE_WORD)
    if strong:
        return several >= 0.4 or (single >= 0.6 and len(context - {"signature"}) >= 1 and _distinct(values) > 0.5)
    if several >= 0.5 and (sure >= 0.3 or context):
        return True
    return single >= 0.6 and len(context) >= 2 and _distinct(values) > 0.5


def _distinct(values: list[Cell]) -> float:
    return len({str(value).casefold() for value in values}) / len(values) if values else 0.0


def _unnamed_name_column(sheet: Sheet, header: _Header, columns: dict[int, str], context: set[str]) -> int | None:
    """A column full of names whose heading says nothing, beside at least two headings that speak of persons."""
    if len(context) < 2 and len(header.sessions) < 2:
        return None
    least = likeness.SURE if len(context) >= 2 else likeness.WORDS
    best: tuple[float, int] | None = None
    for at in range(sheet.width):
        if not columns.get(at) and at not in header.sessions:
            values = _below(sheet, header.rows, at)
            if least == likeness.WORDS and at in header.texts:
                continue
            sure = _share(_levels(values), least)
            if len(values) >= 2 and sure >= 0.6 and _distinct(values) > 0.7 and (best is None or sure > best[0]):
                best = (sure, at)
    return best[1] if best else None


def _are_marks(values: list[Cell], most: int = 24) -> bool:
    """Whether a column can be one of attendance: empty, or mostly marks, hours or scribbled initials."""
    if not values:
        return True
    good = 0
    for value in values:
        number = isinstance(value, (int, float)) and 0 <= value <= most
        sign = isinstance(value, str) and (parse_mark(value)[0] is not None or len(value) <= 3)
        good += number or sign
    return good >= 0.6 * len(values)


def _drop_doubles(header: _Header) -> None:
    """Only the first column of a meaning counts, unless the list goes on beside itself or several make sense."""
    repeats = bool(_blocks(header))
    seen: set[str] = set()
    for at in sorted(header.columns):
        name = header.columns[at]
        if at not in header.parts and name in seen and name not in _REPEATABLE and not repeats:
            header.columns.pop(at)
        seen.add(name)


def _drop_other_tables(sheet: Sheet, header: _Header) -> None:
    """Columns behind an empty column belong to this list only if they are filled where its names are."""
    names = [at for at, name in header.columns.items() if name in ("full_name", "surname", "given")]
    if not names:
        return
    start = header.rows[-1] + 1 if header.rows else 0
    sample = range(start, min(sheet.height, start + _SAMPLE_ROWS))
    rows = [row for row in sample if sheet.own(row, names[0]) is not None]

    def empty(at: int) -> bool:
        return at not in header.texts and all(sheet.own(row, at) is None for row in sample)

    left = max((at for at in range(names[0]) if empty(at)), default=-1)
    right = min((at for at in range(max(names), sheet.width) if empty(at)), default=sheet.width)
    for at in list(header.columns):
        if not left < at < right and rows:
            filled = sum(1 for row in rows if sheet.own(row, at) is not None)
            if filled < 0.5 * len(rows):
                header.columns.pop(at)


def _blocks(header: _Header) -> tuple[tuple[int, int], ...]:
    """Column ranges of a list that goes on beside itself: the same headings again, side by side."""
    names = [at for at, name in sorted(header.columns.items()) if name in ("full_name", "surname")]
    keys = {at: key_of(text) for at, text in header.texts.items()}
    names = [at for at in names if keys.get(at) and keys.get(at) == keys.get(names[0])]
    if len(names) < 2:
        return ()
    step = names[1] - names[0]
    if step < 2 or any(b - a != step for a, b in pairwise(names)):
        return ()
    lead = 0
    while keys.get(names[0] - lead - 1) and keys.get(names[0] - lead - 1) == keys.get(names[1] - lead - 1):
        lead += 1
    starts = [at - lead for at in names]
    last = max(header.texts)
    ends = [start - 1 for start in starts[1:]] + [min(last, starts[-1] + step - 1)]
    return tuple(zip(starts, ends, strict=True))


# --- persons across, days down ----------------------------------------------------------------------------------


def _persons_across(sheet: Sheet) -> Mapping | None:
    for row in _text_rows(sheet)[:30]:
        persons = {}
        for at in sheet.filled(row):
            value = sheet.own(row, at)
            if isinstance(value, str) and not likeness.is_total(value) and not heading_of(value).coverage > 0.8:
                level = likeness.name_likeness(value)
                if level:
                    persons[at] = level
        if len(persons) < 2 or sum(1 for level in persons.values() if level >= likeness.WORDS) * 2 < len(persons):
            continue
        sessions = _session_rows(sheet, row, min(persons))
        if len(sessions) < 2:
            continue
        body = [sheet.own(below, at) for below in sessions for at in persons]
        filled = [value for value in body if value is not None]
        if not filled or sum(1 for value in filled if parse_mark(value)[0] is not None) < 0.8 * len(filled):
            continue
        key = hashlib.sha256(b"columns").hexdigest()[:24]
        return Mapping(
            header_rows=(row + 1,),
            first_row=min(sessions) + 1,
            columns=dict.fromkeys(sorted(persons), "full_name"),
            is_roster=not _SETTINGS.search(key_of(sheet.grid.name)),
            layout_key=key,
            sessions={below + 1: session for below, session in sessions.items()},
            orientation="columns",
            headings={at: _shown(sheet.own(row, at)) for at in persons},
        )
    return None


def _session_rows(sheet: Sheet, row: int, before: int) -> dict[int, Session]:
    best: dict[int, Session] = {}
    for at in range(before):
        found = {}
        for below in range(row + 1, min(sheet.height, row + 1 + 400)):
            session = session_of(sheet.own(below, at))
            if session is not None:
                found[below] = session
        if len(found) > len(best):
            best = found
    return best


# --- no heading at all ------------------------------------------------------------------------------------------


def _without_heading(sheet: Sheet) -> _Header | None:
    """Columns told by their content alone; strict for files, less so for pasted text."""
    loose = sheet.grid.pasted
    if sheet.width > 20 or sheet.height > MOST_ROWS:
        return None
    if not loose and any(len(_header(sheet, (row,)).orders) > 1 for row in _text_rows(sheet)[:10]):
        return None  # it has headings, and none of them is of persons
    sample = sheet.grid.rows[:_SAMPLE_ROWS]
    columns: list[list[Cell]] = [[row[at] for row in sample if row[at] is not None] for at in range(sheet.width)]
    chosen: dict[int, str] = {}
    best = 0.0
    for at, values in enumerate(columns):
        levels = _levels(values)
        first = next((index for index, level in enumerate(levels) if level >= likeness.WORDS), None)
        if first is None or any(_heads_other(value) for value in values[:first]):
            continue
        levels = levels[first:]
        sure, several = _share(levels, likeness.SURE), _share(levels, likeness.WORDS)
        enough = several >= 0.6 if loose else several >= 0.8 and sure >= 0.5 and len(levels) >= 2
        if enough and several + sure > best and _distinct(values) > 0.5:
            best, chosen = several + sure, {at: "full_name"}
    if not chosen:
        for at in range(sheet.width - 1):
            left, right = columns[at], columns[at + 1]
            if len(left) < (1 if loose else 2) or len(right) < 0.8 * len(left):
                continue
            if _single_share(left) < 0.8 or _single_share(right) < 0.8:
                continue
            likely = [_surname_share(side) for side in (left, right)]
            if max(likely) >= 0.5 and min(likely) < max(likely):
                order = ("surname", "given") if likely[0] > likely[1] else ("given", "surname")
                chosen = {at: order[0], at + 1: order[1]}
                if order[0] == "surname" and at + 2 < sheet.width and _single_share(columns[at + 2]) >= 0.8:
                    chosen[at + 2] = "patronymic"
                break
    if not chosen:
        return None
    header = _Header((), dict(chosen))
    rows = max(1, sum(1 for row in sheet.grid.rows[:_SAMPLE_ROWS] if row[min(chosen)] is not None))
    unknown: list[int] = []
    for at, values in enumerate(columns):
        if at not in chosen and values:
            meaning = _by_content(values, rows)
            if meaning and (meaning not in header.columns.values() or meaning in _REPEATABLE):
                header.columns[at] = meaning
            elif not meaning and isinstance(values[0], str):
                unknown.append(at)
    if loose:
        for name, at in zip(("post", "note"), unknown, strict=False):
            header.columns[at] = name
        return header
    return _below_unknown_heading(sheet, header)


def _below_unknown_heading(sheet: Sheet, header: _Header) -> _Header | None:
    """A row of words nobody knows may stand above: then the names need another sign of persons beside them."""
    at = min(at for at, name in header.columns.items() if name in ("full_name", "surname", "given"))
    first = next((row for row in range(sheet.height) if _levels([sheet.own(row, at)])[0]), 0)
    top = next((row for row in range(first - 1, -1, -1) if len(sheet.filled(row)) > 1), None)
    if top is None or not isinstance(sheet.own(top, at), str):
        return header
    if not set(header.columns.values()) & {"phone", "email", "sex", "birth_date"}:
        return None
    header.rows = (top,)
    header.texts = {column: _shown(sheet.own(top, column)) for column in sheet.filled(top)}
    return header


def _surname_share(values: list[Cell]) -> float:
    return sum(1 for value in values if isinstance(value, str) and surname_likeness(value) > 0) / len(values)


def _heads_other(value: Cell) -> bool:
    """Whether a cell above the names is a heading, and not only the word for "list"."""
    return isinstance(value, str) and heading_of(value).coverage > 0.8 and not _LIST.search(key_of(value))


def _by_content(values: list[Cell], rows: int) -> str:
    count = len(values)
    numbers = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    if len(numbers) >= 0.8 * count and numbers == sorted(numbers) and numbers[-1] <= min(numbers[0], 10_000) + 2 * rows:
        return "number"
    this_year = date.today().year
    tests: dict[str, Callable[[Cell], bool]] = {
        "email": lambda value: bool(parse_emails(value)[0]),
        "phone": lambda value: bool(parse_phones(value)[0]) and not isinstance(value, date),
        "sex": lambda value: parse_sex(value) is not None,
        "birth_date": lambda value: 1920 < (parse_date(value).year or 0) < this_year - 5,
    }
    for name, test in tests.items():
        if sum(1 for value in values if test(value)) >= 0.6 * count:
            return name
    texts = [value for value in values if isinstance(value, str)]
    kinds = [likeness.place_or_office(value) for value in texts]
    for name in ("organisation", "site"):
        if kinds.count(name) >= 0.7 * count:
            return name
    if count >= 0.5 * rows and sum(1 for value in values if parse_mark(value)[0] is not None) >= 0.8 * count:
        return "signature"
    return ""


def month_first(grid: Grid, mapping: Mapping, at: int) -> bool:
    """Whether the days in a column are written month first."""
    return looks_month_first([row[at] for row in grid.rows[mapping.first_row - 1 :] if at < len(row)])


__all__ = ["GIVEN_FIRST", "SURNAME_FIRST", "Mapping", "columns_from_json", "month_first", "propose"]
