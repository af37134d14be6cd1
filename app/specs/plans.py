"""Plans that ship with the program, as rows of project and plan line ready to be loaded; loads nothing by itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from app.basics.ids import id_of
from app.basics.paths import RESOURCES
from app.errors import UserError
from app.specs import choices
from app.specs.kinds import kind
from app.specs.seeds import Row, organisation_id, site_id

_FOLDER = RESOURCES / "reference" / "plans"
_KEPT = ("approach", "kind", "target", "unit", "quarters", "topics", "note")


def plans() -> list[str]:
    """The codes of the plans that ship, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def plan_rows(code: str, year: int | None = None) -> list[Row]:
    """(record, id, values) of a plan: its project, then its lines, each after the line it belongs to.

    `year` moves the plan to another year than its own. The ids follow from code and year, so that loading a plan
    twice, or on two laptops, gives the same rows. UserError(plan_unknown).
    """
    path = _FOLDER / f"{code}.toml"
    if code not in plans():
        raise UserError("plan_unknown", plan=code[:80])
    plan = tomllib.loads(path.read_text(encoding="utf-8"))
    own_year = plan["year"]
    at = own_year if year is None else year
    name = f"{code.removesuffix(f'_{own_year}')}_{at}"
    project = id_of("project", name)
    values: dict[str, Any] = {
        "code": name,
        **_in_three("title", plan["title"]),
        **{key: plan[key] for key in ("aim", "objective", "dimension", "category", "subject", "keywords")},
        "donors": sorted(organisation_id(donor) for donor in plan["donors"]),
        "start": f"{at}-01-01",
        "end": f"{at}-12-31",
        "status": "active",
    }
    return [("project", project, values), *(_line(name, project, line) for line in plan["line"])]


def _line(name: str, project: str, line: Mapping[str, Any]) -> Row:
    values: dict[str, Any] = {"project": project, "code": line["code"], "status": "open"}
    made = kind(line.get("kind", ""))
    if made is not None:
        values |= {"approach": made.approach, "topics": sorted(made.topics)}
    values |= {key: line[key] for key in _KEPT if key in line}
    values |= _in_three("title", line["title"] if made is None else line.get("title", made.labels))
    scope = choices.choices("site_scope")[line["scope"]].more["sites"].split() if "scope" in line else []
    values["sites"] = sorted(site_id(site) for site in line.get("sites", scope))
    if "parent" in line:
        values["parent"] = id_of("plan_line", name, line["parent"])
    return "plan_line", id_of("plan_line", name, line["code"]), {k: v for k, v in values.items() if v not in ([], "")}


def _in_three(stem: str, labels: Mapping[str, str]) -> dict[str, str]:
    return {f"{stem}_{language}": text for language, text in labels.items() if text}
