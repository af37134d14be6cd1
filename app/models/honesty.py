"""The rules that keep numbers honest, enforced at the one door; they look things up and never write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.basics import clock
from app.errors import Problem, UserError
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


def _person(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    problems = []
    if values.get("birth_year") and clock.today().year - values["birth_year"] < ADULT:
        problems.append(Problem("minor_by_name", "person", "birth_year"))
    if values.get("age_band") in _MINOR_BANDS:
        problems.append(Problem("minor_by_name", "person", "age_band"))
    if values.get("citizen_category") and _naming(values["citizen_category"]) != "named":
        problems.append(Problem("audience_not_named", "person", "citizen_category"))
    return problems


def _participation(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    problems = []
    activity = reader.get("activity", values["activity"], deleted=True)
    kind = reader.kind(activity["kind"]) if activity else None
    if kind is not None and kind.privacy in ("count_only", "never") and values.get("person"):
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
        problems += kind.check(values.get("details") or {}, whole=False, stored=_stored_details(reader, row))
    return problems


def _stored_details(reader: Reader, row: str) -> set[str]:
    known = reader.get("activity", row, deleted=True)
    return set(known["details"]) if known else set()


def _activity_kind(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    try:
        lists = {entry["list"] for entry in reader.list("choice")}  # some may be of this very transaction
        made = kinds.parse(values["definition"], own=True, more_lists=lists)
        if made.code != values["code"]:
            raise UserError("kind_wrong_code", kind=values["code"], found=made.code)
    except UserError as error:
        return [Problem(error.code, "activity_kind", "definition", error.params)]
    return []


def _person_merge(reader: Reader, values: Mapping[str, Any], row: str) -> list[Problem]:
    if values.get("merged_into") == row:
        return [Problem("merged_into_itself", "person", "merged_into")]
    return []


RULES: dict[str, tuple[Rule, ...]] = {
    "person": (_person, _person_merge),
    "participation": (_participation,),
    "activity": (_activity,),
    "activity_kind": (_activity_kind,),
}


def problems(reader: Reader, spec: RecordSpec, values: Mapping[str, Any], row: str) -> list[Problem]:
    """Everything in this row that would make a figure lie or name somebody who must not be named."""
    return [problem for rule in RULES.get(spec.name, ()) for problem in rule(reader, values, row)]
