"""Reads one or two rows of a sheet as a heading: what each column would mean; it does not look below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from app.rosters import likeness
from app.rosters.grid import Cell
from app.rosters.headings import Session, heading_of, key_of, session_of
from app.rosters.sheet import Sheet
from app.rosters.values import parse_phones

_SEARCHED_ROWS = 60
LEAST_COVERAGE = 0.5
_WEIGHTS = {"full_name": 6.0, "surname": 4.0, "given": 3.0, "given_patronymic": 4.0, "name": 3.0, "patronymic": 3.0}
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?")
_SIGN_WORDS = re.compile(
    r"(?i)\b(?:imza\w*|подпись|роспись|signature|iştirak\w*|явка|attendance|davamiyyət)\b|[/,:()–—-]"
)
_DAYS = re.compile(
    r"\b(istirak\w*|davamiyyat|gunlar|gun|tarix\w*|imza\w*|дни|дата|даты|посещ\w*|явка|подпис\w*|days?|datas?|attandanca"
    r"|sassions?)\b"
)


@dataclass
class Header:
    """A candidate: rows from 0, what its columns mean, how good it is."""

    rows: tuple[int, ...]
    columns: dict[int, str] = field(default_factory=dict)
    sessions: dict[int, Session] = field(default_factory=dict)
    orders: dict[int, str | None] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    score: float = 0.0
    parts: set[int] = field(default_factory=set)


def text_rows(sheet: Sheet) -> list[int]:
    rows = []
    for row in range(min(sheet.height, 400)):
        if any(isinstance(value, str) for value in sheet.grid.rows[row]):
            rows.append(row)
        if len(rows) >= _SEARCHED_ROWS:
            break
    return rows


def read_header(sheet: Sheet, rows: tuple[int, ...]) -> Header:
    header = Header(rows)
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


def is_upper_row(sheet: Sheet, row: int, upper: Header, both: Header) -> bool:
    """Whether the row below belongs to the same heading: joined cells say so, or it only refines or translates."""
    above, below = sheet.filled(row), sheet.filled(row + 1)
    if not above or not below:
        return False
    if len(above) == 1 and not _labels_some(sheet, row, above[0], below):
        return False  # a title
    known = odd = 0
    for at in below:
        value, over = sheet.own(row + 1, at), sheet.value(row, at)
        heads = isinstance(value, str) and heading_of(value).coverage >= LEAST_COVERAGE
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
        lone = read_header(sheet, (row + 1,))
        return recognised >= 1 and both.score > lone.score + 0.4 and both.score > upper.score + 0.4
    # a second row without joined cells: parts below a wider word, or a translation of all
    return any(sheet.own(row, at) is None for at in below) or known >= 3


def _labels_some(sheet: Sheet, row: int, at: int, below: list[int]) -> bool:
    """Whether the only cell of a row is a wider word over some of the headings below: "İştirak" over the days."""
    area, text = sheet.area(row, at), sheet.own(row, at)
    if area[3] == area[1] or (area[1] <= below[0] and area[3] >= below[-1]) or not isinstance(text, str):
        return False
    meaning = heading_of(text)
    known = meaning.coverage >= LEAST_COVERAGE and meaning.field not in ("", "ignore")
    return known or (len(text) < 40 and _speaks_of_days(text))


def _may_have_days(value: Cell) -> bool:
    """Whether days may stand below this heading: below "№" or "Doğum tarixi" they are already somebody's."""
    return not isinstance(value, str) or heading_of(value).field in ("", "ignore", "attendance", "signature")


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
    text = " / ".join(shown(value) for value in texts)
    own, above = texts[-1], texts[:-1]
    upper = heading_of(above[-1]) if above and isinstance(above[-1], str) else None
    upper_field = upper.field if upper and upper.coverage >= LEAST_COVERAGE else ""
    under = upper_field in ("attendance", "signature") or bool(
        above and (_speaks_of_days(above[-1]) or session_of(above[-1]) is not None)
    )
    if not isinstance(own, str):
        session = session_of(own, below_attendance=under)
        return ("attendance" if session else ""), None, session, text
    lower = heading_of(own)
    lower_field = lower.field if lower.coverage >= LEAST_COVERAGE else ""
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


def shown(value: Cell) -> str:
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value).replace("\n", " ")
