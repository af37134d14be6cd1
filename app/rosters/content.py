"""Weighs a heading against what stands below it: names where it promises names, marks where it promises days."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from app.names.parse import SURNAME_FIRST
from app.rosters import likeness
from app.rosters.grid import Cell
from app.rosters.header import Header
from app.rosters.headings import FIELDS, heading_of, key_of
from app.rosters.sheet import Sheet
from app.rosters.values import parse_mark

SAMPLE_ROWS = 300
REPEATABLE = frozenset({"phone", "email", "contact", "note", "attendance"})
PERSONAL = frozenset(
    {"sex", "sex_male", "sex_female", "birth_date", "birth_year", "age", "rank", "post", "rank_post",
     "organisation_post", "phone", "email", "contact", "document", "signature", "attendance", "patronymic",
     "pre_test", "post_test", "surname"}
)  # fmt: skip


def below_heading(sheet: Sheet, rows: tuple[int, ...], at: int) -> list[Cell]:
    """What a column below a heading holds that could be a person's: no totals, closing lines or section rows."""
    values: list[Cell] = []
    start = rows[-1] + 1 if rows else 0
    for row in range(start, min(sheet.height, start + SAMPLE_ROWS)):
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


def levels_of(values: Iterable[Cell]) -> list[int]:
    return [
        likeness.name_likeness(likeness.name_cell(value).name) if isinstance(value, str) else likeness.NO
        for value in values
    ]


def share(levels: list[int], least: int) -> float:
    return sum(1 for level in levels if level >= least) / len(levels) if levels else 0.0


def single_share(values: list[Cell]) -> float:
    good = sum(1 for value in values if isinstance(value, str) and likeness.is_single_name(value))
    return good / len(values) if values else 0.0


def settle(sheet: Sheet, header: Header) -> Header | None:
    """The header with every column's final meaning, or None if the names it promises do not stand below it."""
    if len(header.texts) == 1 and heading_of(next(iter(header.texts.values()))).coverage < 0.8:
        return None  # a title that speaks of participants
    columns = dict(header.columns)
    sessions = {
        at: session for at, session in header.sessions.items() if _are_marks(below_heading(sheet, header.rows, at))
    }
    for at in header.sessions:
        if at not in sessions:
            columns.pop(at)
    for at in [at for at, name in columns.items() if name in ("sex_male", "sex_female")]:
        if not _are_marks(below_heading(sheet, header.rows, at), most=1):
            columns.pop(at)  # a count of men or women, not a mark
    context = {name for name in columns.values() if name in PERSONAL}
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
        surnames, given = below_heading(sheet, header.rows, first), below_heading(sheet, header.rows, giving)
        if single_share(surnames) < 0.6 or (given and single_share(given) < 0.5):
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
        whole = share(levels_of(below_heading(sheet, header.rows, chosen)), likeness.WORDS) >= 0.5
        if whole or columns.get(chosen) not in ("given", "given_patronymic"):
            columns[chosen] = "full_name"
        parts = _parts_below(sheet, header, chosen)
        columns.update(dict.fromkeys(parts, "full_name"))
        header.parts = parts
    settled = Header(header.rows, columns, sessions, header.orders, header.texts, header.score, header.parts)
    _drop_other_tables(sheet, settled)
    _drop_doubles(settled)
    settled.columns = {at: name for at, name in settled.columns.items() if name in FIELDS}
    settled.sessions = {at: session for at, session in sessions.items() if settled.columns.get(at) == "attendance"}
    return settled


def _parts_below(sheet: Sheet, header: Header, at: int) -> set[int]:
    """Columns in which the parts of a name stand below one heading joined over them all."""
    area = sheet.area(header.rows[-1], at)
    return {
        column
        for column in range(area[1], min(area[3], sheet.width - 1) + 1)
        if column != at and below_heading(sheet, header.rows, column)
    }


def _holds_names(sheet: Sheet, header: Header, at: int, strong: bool, context: set[str]) -> bool:
    values = below_heading(sheet, header.rows, at)
    levels = levels_of(values)
    if not levels:
        return False
    several, sure = share(levels, likeness.WORDS), share(levels, likeness.SURE)
    single = share(levels, likeness.ONE_WORD)
    if strong:
        return several >= 0.4 or (single >= 0.6 and len(context - {"signature"}) >= 1 and distinct(values) > 0.5)
    if several >= 0.5 and (sure >= 0.3 or context):
        return True
    return single >= 0.6 and len(context) >= 2 and distinct(values) > 0.5


def distinct(values: list[Cell]) -> float:
    return len({str(value).casefold() for value in values}) / len(values) if values else 0.0


def _unnamed_name_column(sheet: Sheet, header: Header, columns: dict[int, str], context: set[str]) -> int | None:
    """A column full of names whose heading says nothing, beside at least two headings that speak of persons."""
    if len(context) < 2 and len(header.sessions) < 2:
        return None
    least = likeness.SURE if len(context) >= 2 else likeness.WORDS
    best: tuple[float, int] | None = None
    for at in range(sheet.width):
        if not columns.get(at) and at not in header.sessions:
            values = below_heading(sheet, header.rows, at)
            if least == likeness.WORDS and at in header.texts:
                continue
            sure = share(levels_of(values), least)
            if len(values) >= 2 and sure >= 0.6 and distinct(values) > 0.7 and (best is None or sure > best[0]):
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


def _drop_doubles(header: Header) -> None:
    """Only the first column of a meaning counts, unless the list goes on beside itself or several make sense."""
    repeats = bool(blocks_of(header))
    seen: set[str] = set()
    for at in sorted(header.columns):
        name = header.columns[at]
        if at not in header.parts and name in seen and name not in REPEATABLE and not repeats:
            header.columns.pop(at)
        seen.add(name)


def _drop_other_tables(sheet: Sheet, header: Header) -> None:
    """Columns behind an empty column belong to this list only if they are filled where its names are."""
    names = [at for at, name in header.columns.items() if name in ("full_name", "surname", "given")]
    if not names:
        return
    start = header.rows[-1] + 1 if header.rows else 0
    sample = range(start, min(sheet.height, start + SAMPLE_ROWS))
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


def blocks_of(header: Header) -> tuple[tuple[int, int], ...]:
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
