"""What the columns of a list mean, as found or as chosen by a person; it looks at no sheet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.errors import UserError
from app.rosters.grid import MOST_COLUMNS
from app.rosters.headings import FIELDS, Session


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
