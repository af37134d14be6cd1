"""A whole file at once: every sheet with its mapping and persons, remembered mappings applied; it keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from datetime import date

from app.rosters.columns import Mapping, propose
from app.rosters.grid import Grid, Workbook
from app.rosters.persons import Roster, extract


@dataclass
class SurveyedSheet:
    """One sheet: what it is taken for and whom it holds. `remembered`: the mapping is one chosen earlier."""

    grid: Grid
    mapping: Mapping
    roster: Roster
    remembered: bool = False


def survey(
    workbook: Workbook, remembered: Table[str, dict[int, str]] | None = None, today: date | None = None
) -> list[SurveyedSheet]:
    """Every sheet in the file's order; those that are no rosters have `mapping.is_roster` False and no persons.

    `remembered` gives the columns chosen earlier by layout key. A sheet that only looks like a roster and holds nobody
    is none. Raises nothing for what a workbook holds.
    """
    return [survey_sheet(grid, remembered, today) for grid in workbook.sheets]


def survey_sheet(
    grid: Grid, remembered: Table[str, dict[int, str]] | None = None, today: date | None = None
) -> SurveyedSheet:
    """One sheet, as in `survey`."""
    mapping, known = propose(grid), False
    columns = (remembered or {}).get(mapping.layout_key) if mapping.layout_key else None
    if columns is not None:
        mapping, known = mapping.with_columns({at: name for at, name in columns.items() if at < grid.width}), True
    if not mapping.is_roster:
        return SurveyedSheet(grid, mapping, Roster(), known)
    roster = extract(grid, mapping, today)
    if not roster.persons:
        return SurveyedSheet(grid, replace(mapping, is_roster=False, why_not="no_names"), roster, known)
    return SurveyedSheet(grid, mapping, roster, known)
