"""Lists without a usual heading: persons side by side over days, and columns told by their content alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date

from app.names.parse import surname_likeness
from app.rosters import likeness
from app.rosters.content import REPEATABLE, SAMPLE_ROWS, distinct, levels_of, share, single_share
from app.rosters.grid import MOST_ROWS, Cell
from app.rosters.header import Header, read_header, shown, text_rows
from app.rosters.headings import Session, heading_of, key_of, session_of
from app.rosters.mapping import Mapping
from app.rosters.sheet import Sheet
from app.rosters.values import parse_date, parse_emails, parse_mark, parse_phones, parse_sex

SETTINGS = re.compile(
    r"справочник|настройк|спр\b|классификатор|коды\b|ayarlar|tanzimlam|soraqca|malumat kitab|parametr|klassifikator"
    r"|tasnifat|kodlar|sattings?\b|lookups?\b|config|paramatars?|dropdown|validation|rafaranca|codas?\b|classifiars?"
    r"|lists? of valuas|data lists?"
)
_LIST = re.compile(r"siyahi|список|\blist\b")


def persons_across(sheet: Sheet) -> Mapping | None:
    for row in text_rows(sheet)[:30]:
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
            is_roster=not SETTINGS.search(key_of(sheet.grid.name)),
            layout_key=key,
            sessions={below + 1: session for below, session in sessions.items()},
            orientation="columns",
            headings={at: shown(sheet.own(row, at)) for at in persons},
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


def without_heading(sheet: Sheet) -> Header | None:
    """Columns told by their content alone; strict for files, less so for pasted text."""
    loose = sheet.grid.pasted
    if sheet.width > 20 or sheet.height > MOST_ROWS:
        return None
    if not loose and any(len(read_header(sheet, (row,)).orders) > 1 for row in text_rows(sheet)[:10]):
        return None  # it has headings, and none of them is of persons
    sample = sheet.grid.rows[:SAMPLE_ROWS]
    columns: list[list[Cell]] = [[row[at] for row in sample if row[at] is not None] for at in range(sheet.width)]
    chosen: dict[int, str] = {}
    best = 0.0
    for at, values in enumerate(columns):
        levels = levels_of(values)
        first = next((index for index, level in enumerate(levels) if level >= likeness.WORDS), None)
        if first is None or any(_heads_other(value) for value in values[:first]):
            continue
        levels = levels[first:]
        sure, several = share(levels, likeness.SURE), share(levels, likeness.WORDS)
        enough = several >= 0.6 if loose else several >= 0.8 and sure >= 0.5 and len(levels) >= 2
        if enough and several + sure > best and distinct(values) > 0.5:
            best, chosen = several + sure, {at: "full_name"}
    if not chosen:
        for at in range(sheet.width - 1):
            left, right = columns[at], columns[at + 1]
            if len(left) < (1 if loose else 2) or len(right) < 0.8 * len(left):
                continue
            if single_share(left) < 0.8 or single_share(right) < 0.8:
                continue
            likely = [_surname_share(side) for side in (left, right)]
            if max(likely) >= 0.5 and min(likely) < max(likely):
                order = ("surname", "given") if likely[0] > likely[1] else ("given", "surname")
                chosen = {at: order[0], at + 1: order[1]}
                if order[0] == "surname" and at + 2 < sheet.width and single_share(columns[at + 2]) >= 0.8:
                    chosen[at + 2] = "patronymic"
                break
    if not chosen:
        return None
    header = Header((), dict(chosen))
    rows = max(1, sum(1 for row in sheet.grid.rows[:SAMPLE_ROWS] if row[min(chosen)] is not None))
    unknown: list[int] = []
    for at, values in enumerate(columns):
        if at not in chosen and values:
            meaning = _by_content(values, rows)
            if meaning and (meaning not in header.columns.values() or meaning in REPEATABLE):
                header.columns[at] = meaning
            elif not meaning and isinstance(values[0], str):
                unknown.append(at)
    if loose:
        for name, at in zip(("post", "note"), unknown, strict=False):
            header.columns[at] = name
        return header
    return _below_unknown_heading(sheet, header)


def _below_unknown_heading(sheet: Sheet, header: Header) -> Header | None:
    """A row of words nobody knows may stand above: then the names need another sign of persons beside them."""
    at = min(at for at, name in header.columns.items() if name in ("full_name", "surname", "given"))
    least = likeness.WORDS if header.columns[at] == "full_name" else likeness.ONE_WORD
    first = next((row for row in range(sheet.height) if levels_of([sheet.own(row, at)])[0] >= least), 0)
    top = next((row for row in range(first - 1, -1, -1) if len(sheet.filled(row)) > 1), None)
    if top is None or not isinstance(sheet.own(top, at), str):
        return header
    if not set(header.columns.values()) & {"phone", "email", "sex", "birth_date"}:
        return None
    header.rows = (top,)
    header.texts = {column: shown(sheet.own(top, column)) for column in sheet.filled(top)}
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
    ranks = sum(1 for value in texts if (told := likeness.without_rank(value))[1] and not told[0].strip())
    if texts and ranks >= 0.6 * count:
        return "rank"
    kinds = [likeness.place_or_office(value) for value in texts]
    for name in ("organisation", "site"):
        if kinds.count(name) >= 0.7 * count:
            return name
    if count >= 0.5 * rows and sum(1 for value in values if parse_mark(value)[0] is not None) >= 0.8 * count:
        return "signature"
    return ""
