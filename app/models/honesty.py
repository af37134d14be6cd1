"""The rules that keep numbers honest, at the one door and at every import; they look things up and never write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.basics import clock
from app.errors import Problem, UserError
from app.models.oplog import BUILD_DAY, Op
from app.specs import choices, kinds
from app.specs.fields import RecordSpec

if TYPE_CHECKING:
    from app.models.writer import Reader


def _naming(audience: str) -> str:
    """Whether people of this category may be named: named, count_only or never."""
    entry = choices.choices("audience").get(audience)
    return entry.more.get("named", "named") if entry else "named"


Rule = Callable[["Reader", Mapping[str, Any], str], list[Problem]]
ADULT = 18
_MINOR_BANDS = ("under_15", "15_17")
_MINORS = frozenset({"children", "school_children", "upper_class_students"})
"""Audiences of people under age: where only they compete, a winner is a place, a school and a sex."""
_COUNTED = ("count_only", "never")
_AT_EVENT = ("rank", "unit", "organisation", "service", "sex")
"""What a participation keeps of a person as it was on the day, whatever becomes of the person's card."""


def _is_minor(values: Mapping[str, Any], now: int) -> bool:
    """`now`: the year in which this is said."""
    year = values.get("birth_year")
    return (isinstance(year, int) and now - year < ADULT) or values.get("age_band") in _MINOR_BANDS


def _year(op: Op) -> int:
    """When a write was made, by itself and not by the clock of who reads it: everybody is to judge it the same."""
    try:
        return int(max(op.wall, BUILD_DAY)[:4])
    except ValueError:
        return int(BUILD_DAY[:4])


def _names_somebody(reader: Reader, activity: str) -> bool:
    return any(row["person"] for row in reader.list("participation", activity=activity))


def _person(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    problems = []
    problems += [
        Problem("minor_by_name", "person", name)
        for name in ("birth_year", "age_band")
        if values.get(name) and _is_minor({name: values[name]}, clock.today().year)
    ]
    if values.get("citizen_category") and _naming(values["citizen_category"]) != "named":
        problems.append(Problem("audience_not_named", "person", "citizen_category"))
    return problems


def _participation(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    problems = []
    activity = reader.get("activity", values["activity"], deleted=True)
    kind = reader.kind(activity["kind"]) if activity else None
    if kind is not None and kind.privacy in _COUNTED and values.get("person"):
        problems.append(Problem("kind_counts_only", "participation", "person"))
    if values.get("audience") and _naming(values["audience"]) != "named" and values.get("person"):
        problems.append(Problem("audience_not_named", "participation", "audience"))
    return problems


def _activity(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    problems = [
        Problem("audience_never", "activity", "audiences", {"audience": code})
        for code in values.get("audiences") or []
        if _naming(code) == "never"
    ]
    if values.get("status") in ("postponed", "cancelled") and not values.get("status_reason"):
        problems.append(Problem("status_needs_reason", "activity", "status_reason"))
    kind = reader.kind(values["kind"])
    if kind is not None:
        if kind.privacy in _COUNTED and _names_somebody(reader, row):
            problems.append(Problem("kind_counts_only", "activity", "kind"))
        problems += kind.check(values.get("details") or {}, whole=False, stored=_stored_details(reader, row))
    return problems


def _stored_details(reader: Reader, row: str) -> set[str]:
    known = reader.get("activity", row, deleted=True)
    return set(known["details"]) if known else set()


def _of_children(audiences: Iterable[str]) -> bool:
    """Whether those who compete are children; where there are others too (an open day), a winner may be one of them."""
    who = set(audiences) - {"competition_entrants"}
    return bool(who) and who <= _MINORS


def _result(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    if not values.get("winner"):
        return []
    competition = reader.get("competition", values["competition"], deleted=True) or {}
    activity = reader.get("activity", competition.get("activity") or "", deleted=True) or {}
    return [Problem("minor_by_name", "result", "winner")] if _of_children(activity.get("audiences") or ()) else []


def _activity_kind(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    try:
        lists = {entry["list"] for entry in reader.list("choice")}  # some may be of this very transaction
        made = kinds.parse(values["definition"], own=True, more_lists=lists)
        if made.code != values["code"]:
            raise UserError("kind_wrong_code", kind=values["code"], found=made.code)
    except UserError as error:
        return [Problem(error.code, "activity_kind", "definition", error.params)]
    if made.privacy in _COUNTED and any(
        _names_somebody(reader, activity["id"]) for activity in reader.list("activity", kind=made.code)
    ):
        return [Problem("kind_counts_only", "activity_kind", "definition")]
    return []


def _person_merge(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    if values.get("merged_into") == row:
        return [Problem("merged_into_itself", "person", "merged_into")]
    return []


RULES: dict[str, tuple[Rule, ...]] = {
    "person": (_person, _person_merge),
    "participation": (_participation,),
    "activity": (_activity,),
    "result": (_result,),
    "activity_kind": (_activity_kind,),
}


def problems(reader: Reader, spec: RecordSpec, values: Mapping[str, Any], row: str) -> list[Problem]:
    """Everything in this row that would make a figure lie or name somebody who must not be named."""
    return [problem for rule in RULES.get(spec.name, ()) for problem in rule(reader, values, row)]


def as_at_event(reader: Reader, record: str, values: dict[str, Any]) -> dict[str, Any]:
    """A new participation with what the person's card says on this day, where it says nothing of it itself.

    One place for the desk, for lists of others and for lines from outside: a captain stays a captain in last year's
    figures when the card says major.
    """
    if record != "participation" or not values.get("person") or any(values.get(name) for name in _AT_EVENT):
        return values
    card = reader.get("person", values["person"], deleted=True) or {}
    return {**{name: card[name] for name in _AT_EVENT if card.get(name)}, **values}


def refused(reader: Reader, ops: Sequence[Op]) -> dict[bytes, str]:
    """Of received writes those that our own door would refuse for naming somebody: id of the write → code of the rule.

    A store of this program never makes such writes; one of another program may.
    """
    found: dict[bytes, str] = {}
    naming = []
    for op in ops:
        fields = op.fields
        if op.record == "person":
            if _is_minor(fields, _year(op)):
                found[op.id] = "minor_by_name"
            elif isinstance(fields.get("citizen_category"), str) and _naming(fields["citizen_category"]) != "named":
                found[op.id] = "audience_not_named"
        elif op.record == "activity":
            members = (key.partition("/")[2] for key, value in fields.items() if key.startswith("audiences/") and value)
            if any(_naming(code) == "never" for code in members):
                found[op.id] = "audience_never"
        elif op.record == "result" and fields.get("winner"):
            if _children_compete(reader, ops, op):
                found[op.id] = "minor_by_name"
        elif op.record == "participation" and (fields.get("person") or isinstance(fields.get("audience"), str)):
            naming.append(op)
    if naming:
        found |= _refused_names(reader, ops, naming)
    return found


def _children_compete(reader: Reader, ops: Sequence[Op], result: Op) -> bool:
    """Whether a result belongs to a competition of children, by what is here and what comes with it."""
    row = reader.get("result", result.row, deleted=True) or {}
    competition = str(result.fields.get("competition") or row.get("competition") or "")
    activity = str((reader.get("competition", competition, deleted=True) or {}).get("activity") or "")
    for op in ops:
        if op.row == competition and isinstance(op.fields.get("activity"), str):
            activity = op.fields["activity"]
    audiences = set((reader.get("activity", activity, deleted=True) or {}).get("audiences") or ())
    for op in ops:
        if op.row == activity:
            audiences |= {
                key.partition("/")[2] for key, value in op.fields.items() if key.startswith("audiences/") and value
            }
    return _of_children(audiences)


def _refused_names(reader: Reader, ops: Sequence[Op], naming: Sequence[Op]) -> dict[bytes, str]:
    """Names on the lists of activities that only count, and names of people of a category that is only counted."""
    edits = {op.row for op in naming if "activity" not in op.fields or "person" not in op.fields}
    there = reader.rows_by_id("participation", edits)  # of an edit the rest is in the row
    whole = [(op, {**there.get(op.row, {}), **op.fields} if op.row in edits else op.fields) for op in naming]
    coming = {op.row: op.fields["kind"] for op in ops if op.record == "activity" and "kind" in op.fields}
    named = {values["activity"] for _, values in whole if isinstance(values.get("activity"), str)}
    kind_of = reader.values_by_id("activity", "kind", named - coming.keys()) | coming
    counted: dict[str, bool] = {}
    found: dict[bytes, str] = {}
    for op, values in whole:
        if not values.get("person"):
            continue
        if isinstance(values.get("audience"), str) and _naming(values["audience"]) != "named":
            found[op.id] = "audience_not_named"
            continue
        activity = values.get("activity")
        if not isinstance(activity, str):
            continue
        if activity not in counted:
            code = kind_of.get(activity)
            kind = kinds.kind(code) if isinstance(code, str) else None
            counted[activity] = kind is not None and kind.privacy in _COUNTED
        if counted[activity]:
            found[op.id] = "kind_counts_only"
    return found
