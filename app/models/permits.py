"""What each role may write, asked at the one door and again at every import; it looks nothing up and writes nothing.

The office issues the role of a laptop with its kit and says it in the signed roster. Somebody who hands the laptop to a
helper lowers it until the register is locked; nothing raises it but unlocking.
"""

from __future__ import annotations

from collections.abc import Collection

from app.specs.records import RECORDS

ADMINISTRATOR, COORDINATOR, CLERK, VIEWER, HELPER = "administrator", "coordinator", "clerk", "viewer", "helper"
LEVELS = (ADMINISTRATOR, COORDINATOR, CLERK, VIEWER, HELPER)
"""From the one who may most to the one who may least."""
OF_LAPTOPS = (COORDINATOR, CLERK, VIEWER, HELPER)

OFFICE_KEYS = frozenset({"merged_into", "erased"})
"""Field keys that only the office writes."""

_COORDINATORS = frozenset({"pair_decision", "certificate", "import_mapping"})
"""Who is who, what is handed out and how lists are read is not for those who only enter."""
_HELPERS: dict[str, frozenset[str] | None] = {"tally": None, "programme_element": frozenset({"happened_at"})}
"""What a helper at the door writes: heads, which are only ever added, and that a part of the programme happened."""
_PERSONAL = frozenset(
    {"person", "posting", "participation", "attendance", "membership", "certificate", "pair_decision", "quote"}
)


def level_of(role: str, told: str | None) -> str:
    """The level of a store: what it was told, else everything at the office and a coordinator's on a laptop."""
    if role == "office":
        return ADMINISTRATOR if told is None else told
    return told if told in OF_LAPTOPS else COORDINATOR


def lower(one: str, other: str) -> str:
    """The one of two levels that may less; one that this program does not know may nothing."""
    return max((one, other), key=lambda level: LEVELS.index(level) if level in LEVELS else LEVELS.index(VIEWER))


def may_write(level: str, record: str, keys: Collection[str], *, new: bool) -> bool:
    """Whether somebody of this level may make (`new`) or change a row of this type in these field keys."""
    if level == ADMINISTRATOR:
        return True
    spec = RECORDS.get(record)
    if spec is not None and (spec.scope != "site" or not OFFICE_KEYS.isdisjoint(keys)):
        return False
    if level == COORDINATOR:
        return True
    if level == CLERK:
        return record not in _COORDINATORS
    if level == HELPER and record in _HELPERS:
        allowed = _HELPERS[record]
        return (new and "deleted" not in keys) if allowed is None else (not new and allowed.issuperset(keys))
    return False


def may_read(level: str, record: str) -> bool:
    """Whether somebody of this level may see rows of this type: to a helper nobody has a name."""
    return level != HELPER or record not in _PERSONAL
