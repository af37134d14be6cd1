"""Finds the heading of a list under its titles and says which column holds what; it reads no person."""

from __future__ import annotations

import hashlib
import re

from app.rosters.content import PERSONAL, blocks_of, levels_of, settle
from app.rosters.grid import Grid
from app.rosters.header import Header, is_upper_row, read_header, text_rows
from app.rosters.headings import FIELDS, heading_of, key_of
from app.rosters.mapping import Mapping, columns_from_json
from app.rosters.sheet import Sheet
from app.rosters.unheaded import SETTINGS, persons_across, without_heading
from app.rosters.values import looks_month_first

__all__ = ["Mapping", "columns_from_json", "month_first", "propose"]

_MAY_BE_SETTINGS = re.compile(
    r"^(?:secimlar|siyahilar|lugat|talimat|malumatlar|data|slovar|словарь|списки|варианты|инструкция|легенда|lists?|options?"
    r"|choicas?|dictionary|lagand|glossary|instructions?|info|raadma|mata)$"
)
_MONTHLESS = re.compile(r"\d+")


def propose(grid: Grid) -> Mapping:
    """The most likely meaning of a sheet. Never raises; a sheet that holds no persons has `is_roster` False."""
    if not grid.rows:
        return Mapping((), 1, {}, False, "", why_not="empty")
    sheet = Sheet(grid)
    settings = bool(SETTINGS.search(key_of(grid.name)))
    found = _best_header(sheet)
    if found is not None and _MAY_BE_SETTINGS.search(key_of(grid.name)):
        settings = settings or not set(found.columns.values()) & (PERSONAL | {"number"})
    if found is None:
        across = persons_across(sheet)
        if across is not None:
            return across
        found = without_heading(sheet)
    if found is None:
        header = max((read_header(sheet, (row,)) for row in text_rows(sheet)), key=lambda one: one.score, default=None)
        if header is None or header.score < 2:
            return Mapping((), 1, {}, False, "", why_not="settings_sheet" if settings else "no_names")
        return _mapping(sheet, _without_names(header), False, "settings_sheet" if settings else "no_names")
    return _mapping(sheet, found, not settings, "settings_sheet" if settings else "")


def _without_names(header: Header) -> Header:
    """A header that names no person, with only the meanings a mapping may carry."""
    header.columns = {
        at: name
        for at, name in header.columns.items()
        if name in FIELDS and name not in ("full_name", "surname", "given")
    }
    return header


def _mapping(sheet: Sheet, header: Header, is_roster: bool, why_not: str) -> Mapping:
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
        blocks=blocks_of(header),
        headings=header.texts,
        why_not=why_not,
    )


def _layout_key(sheet: Sheet, header: Header) -> str:
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


def _best_header(sheet: Sheet) -> Header | None:
    best: Header | None = None
    for row in text_rows(sheet):
        if best is not None and row in best.rows:
            continue
        candidate = read_header(sheet, (row,))
        if row + 1 < sheet.height:
            both = read_header(sheet, (row, row + 1))
            if is_upper_row(sheet, row, candidate, both):
                candidate = both
        if candidate.score < 2:
            continue
        if best is not None and not _outdoes(sheet, candidate, best):
            continue
        settled = settle(sheet, candidate)
        if settled is not None:
            best = settled
    return best


def _outdoes(sheet: Sheet, candidate: Header, best: Header) -> bool:
    """Whether a later row is the better heading: a line alone ("2. Participants") yields to a real one below it."""
    alone = len(best.texts) == 1 and len(candidate.columns) > 1
    better = alone or candidate.score >= best.score + 0.5
    return better and not _names_between(sheet, best, candidate.rows[0])


def _names_between(sheet: Sheet, header: Header, row: int) -> bool:
    """Whether persons already stand between a heading and a row: then that row begins another table."""
    names = [at for at, name in header.columns.items() if name in ("full_name", "surname")]
    return any(
        isinstance(value := sheet.own(between, at), str) and not heading_of(value).field and levels_of([value])[0]
        for between in range(header.rows[-1] + 1, row)
        for at in names
    )


def month_first(grid: Grid, mapping: Mapping, at: int) -> bool:
    """Whether the days in a column are written month first."""
    return looks_month_first([row[at] for row in grid.rows[mapping.first_row - 1 :] if at < len(row)])
