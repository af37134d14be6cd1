"""Somebody's list of participants into the register: a plan a person can look at first, then one write; never a merge.

A row is new, known (surely), doubtful (a person decides), or left out with the reason. Doubtful rows without a decision
stay unwritten.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.basics import clock
from app.basics.words import known, text
from app.errors import Invalid, Problem, UserError
from app.models.queries.attendance import sessions_of
from app.models.queries.persons import compared
from app.models.writer import Reader, Writer
from app.names.against import Against, Pair
from app.rosters.columns import Mapping as Columns
from app.rosters.columns import columns_from_json
from app.rosters.grid import Workbook
from app.rosters.persons import RosterPerson
from app.rosters.reading import read_grid, read_text
from app.rosters.survey import SurveyedSheet, survey_sheet
from app.services import people
from app.services.comparing import CONTRADICTIONS, as_compared, register
from app.services.roster_values import Places, rank_of, role_of, service_of
from app.specs import choices
from app.specs.records import RECORDS

NEW, KNOWN, DOUBTFUL, SKIPPED = "new", "known", "doubtful", "skipped"
LATER = "later"
QUIET = frozenset({"row_hidden", "minor"})
"""Problems that need nobody: they stand beside the row and are not listed."""
ADULT = 18

_SURE, _MAYBE, _RIVAL = 0.985, 0.08, 0.3
_SAME_LIST = 0.6
_SUFFIXES = {"oğlu": "oglu", "qızı": "qizi"}
_MARKS = {"left": "left_early"}
_FROZEN = ("rank", "unit", "organisation", "service", "sex")
_FILLED = ("given", "patronymic", "suffix", "name_ru", "sex", "birth_year", "organisation", "unit", "rank", "service",
           "phone", "email", "languages")  # fmt: skip
_EXACT = frozenset({"surname_same", "given_same", "father_same"})


@dataclass(frozen=True)
class Candidate:
    """Somebody a row may be: a person of the register, or (`row` set) somebody of an earlier row of the same list."""

    person: str
    name: str
    score: float
    reasons: tuple[str, ...] = ()
    row: str = ""


@dataclass
class PlannedRow:
    """One row of the list and what is to become of it. `key` names it in decisions."""

    key: str
    sheet: str
    row: int
    status: str
    name: str
    values: dict[str, Any] = field(default_factory=dict)
    posting: dict[str, Any] = field(default_factory=dict)
    participation: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, tuple[str, bool]] = field(default_factory=dict)
    person: str = ""
    same_row: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    problems: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    reason: str = ""
    site: str | None = None

    @property
    def loud_problems(self) -> list[tuple[str, dict[str, Any]]]:
        """The problems that somebody should look at."""
        return [problem for problem in self.problems if problem[0] not in QUIET]

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        return {
            "key": self.key,
            "sheet": self.sheet,
            "row": self.row,
            "status": self.status,
            "name": self.name,
            "fields": self.values,
            "person": self.person or None,
            "same_row": self.same_row or None,
            "reason": self.reason or None,
            "candidates": [
                {"person": c.person or None, "same_row": c.row or None, "name": c.name, "score": round(c.score, 4),
                 "reasons": list(c.reasons)}
                for c in self.candidates
            ],
            "problems": [
                {"code": code, "params": params, "message": problem_sentence(code, params)}
                for code, params in self.problems
            ],
        }  # fmt: skip


@dataclass
class ImportPlan:
    """What an import would do. Nothing is written by it; the same plan can be applied once."""

    file: str
    sheets: list[SurveyedSheet]
    rows: list[PlannedRow]
    activity: str | None = None
    workbook: Workbook | None = None
    chosen: set[int] = field(default_factory=set)
    left_out: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def needs_person(self) -> bool:
        """Whether some row waits for a decision."""
        return any(row.status == DOUBTFUL for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each status."""
        found = Counter(row.status for row in self.rows)
        return {status: found.get(status, 0) for status in (NEW, KNOWN, DOUBTFUL, SKIPPED)}

    def as_data(self) -> dict[str, Any]:
        """For programs: the file, its sheets with their mappings, every row, the counts."""
        return {
            "file": self.file,
            "activity": self.activity,
            "sheets": [
                {
                    "name": sheet.grid.name,
                    "is_roster": sheet.mapping.is_roster,
                    "why_not": sheet.mapping.why_not or None,
                    "header_rows": list(sheet.mapping.header_rows),
                    "persons": len(sheet.roster.persons),
                    "remembered": sheet.remembered,
                    "mapping": sheet.mapping.to_json(),
                }
                for sheet in self.sheets
            ],
            "counts": self.counts,
            "rows": [row.as_data() for row in self.rows],
            "left_out": [{"sheet": sheet, "row": row, "reason": reason} for sheet, row, reason in self.left_out],
        }

    def lines(self) -> list[str]:
        """For people, in the language spoken now."""
        told = []
        for sheet in self.sheets:
            name = sheet.grid.name or self.file or text("people.pasted")
            if not sheet.mapping.is_roster:
                told.append(text("people.sheet_no_roster", sheet=name, why=why_no_roster(sheet)))
                continue
            told.append(
                text(
                    "people.sheet_read",
                    sheet=name,
                    n=len(sheet.roster.persons),
                    rows="–".join(str(row) for row in sheet.mapping.header_rows) or "–",
                )
            )
        for row in self.rows:
            if row.status in (DOUBTFUL, SKIPPED) or row.loud_problems:
                told.append(row_line(row))
        counts = self.counts
        told.append(
            text(
                "people.plan_counts",
                new=counts[NEW],
                known=counts[KNOWN],
                doubtful=counts[DOUBTFUL],
                skipped=counts[SKIPPED] + len(self.left_out),
            )
        )
        return told


@dataclass
class Imported:
    """What was written: rows by key → the person each one is now, and who was left for a person to decide."""

    persons: dict[str, str] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    participations: dict[str, str] = field(default_factory=dict)
    marks: int = 0
    waiting: list[str] = field(default_factory=list)
    mappings: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        return {
            "created": len(self.created),
            "linked": len(self.persons) - len(self.created),
            "participations": len(self.participations),
            "marks": self.marks,
            "waiting": self.waiting,
            "persons": self.persons,
        }

    def lines(self) -> list[str]:
        """For people, in the language spoken now."""
        told = [text("people.imported", n=len(self.created), linked=len(self.persons) - len(self.created))]
        if self.participations:
            told.append(text("people.imported_to_list", n=len(self.participations)))
        if self.waiting:
            told.append(text("people.imported_waiting", n=len(self.waiting)))
        return told


# --- planning --------------------------------------------------------------------------------------------------------


def plan(
    reader: Reader,
    path: Path | str,
    *,
    activity: str | None = None,
    mapping: Mapping[str, Any] | None = None,
    sheet: str | None = None,
) -> ImportPlan:
    """What the file brings. `mapping` is a --map file's content (`Mapping.to_json`), `sheet` the only one meant.

    Raises UserError: roster_… for a file that cannot be read, roster_mapping_wrong, no_such_sheet, no_roster_found,
    no_such_row for an unknown activity; Invalid when the activity's kind counts people without names.
    """
    return plan_workbook(reader, read_grid(path), activity=activity, mapping=mapping, sheet=sheet)


def paste(
    reader: Reader,
    pasted: str,
    *,
    activity: str | None = None,
    mapping: Mapping[str, Any] | None = None,
) -> ImportPlan:
    """The same from text copied out of a sheet or a mail. Raises UserError pasted_nothing, pasted_too_large besides."""
    return plan_workbook(reader, Workbook([read_text(pasted)]), activity=activity, mapping=mapping)


def plan_workbook(
    reader: Reader,
    workbook: Workbook,
    *,
    activity: str | None = None,
    mapping: Mapping[str, Any] | None = None,
    sheet: str | None = None,
    columns: Mapping[int, Mapping[int, str]] | None = None,
) -> ImportPlan:
    """As `plan`, for a workbook that was read already; `columns` are a person's choices: sheet number → columns."""
    _refuse_activity(reader, activity)
    wanted = [at for at, grid in enumerate(workbook.sheets) if sheet is None or grid.name == sheet]
    if sheet is not None and not wanted:
        raise UserError("no_such_sheet", sheet=sheet[:60], file=workbook.name)
    sheets, chosen = _survey(reader, workbook, wanted, mapping, columns or {})
    rosters = [(at, found) for at, found in sheets if found.mapping.is_roster]
    if not rosters and columns is None:
        if workbook.name:
            raise UserError("no_roster_found", file=workbook.name)
        raise UserError("no_roster_pasted")
    made = ImportPlan(workbook.name, [found for _, found in sheets], [], activity, workbook, chosen)
    places = Places.of(reader)
    sessions = sessions_of(reader, activity) if activity else []
    for at, found in rosters:
        columns_to_sessions = _sessions(found.mapping, sessions)
        made.left_out += [(found.grid.name, row, reason) for row, reason in found.roster.skipped if reason != "blank"]
        for person in found.roster.persons:
            made.rows.append(_planned(f"{at + 1}:{person.row_number}", found, person, places, columns_to_sessions))
    _match(reader, made.rows)
    if not all(found.grid.hidden for _, found in rosters):
        _ask_about({f"{at + 1}:" for at, found in rosters if found.grid.hidden}, made.rows)
    return made


def _ask_about(hidden: set[str], rows: Sequence[PlannedRow]) -> None:
    """Rows of a sheet that somebody hid, beside one to be seen, wait for a person: it may be last year's list."""
    for row in rows:
        if row.status in (NEW, KNOWN) and any(row.key.startswith(sheet) for sheet in hidden):
            row.status, row.person, row.same_row = DOUBTFUL, "", ""
            row.problems.append(("sheet_hidden", {"sheet": row.sheet}))


def _refuse_activity(reader: Reader, activity: str | None) -> None:
    if activity is None:
        return
    about = reader.get("activity", activity)
    if about is None:
        raise UserError("no_such_row", record="activity")
    kind = reader.kind(about["kind"])
    if kind is not None and kind.privacy in ("count_only", "never"):
        raise Invalid([Problem("kind_counts_only", "participation", "person")])


def _survey(
    reader: Reader,
    workbook: Workbook,
    wanted: Sequence[int],
    mapping: Mapping[str, Any] | None,
    columns: Mapping[int, Mapping[int, str]],
) -> tuple[list[tuple[int, SurveyedSheet]], set[int]]:
    """The sheets with remembered or given mappings, and which of them a person chose the columns of."""
    remembered = remembered_mappings(reader)
    given = columns_from_json(mapping) if mapping is not None else None
    layout = str((mapping or {}).get("layout_key") or "")
    sheets, chosen = [], set()
    for at in wanted:
        found = survey_sheet(workbook.sheets[at], remembered)
        own = dict(columns[at]) if at in columns else None
        if own is None and given is not None and (not layout or layout == found.mapping.layout_key or len(wanted) == 1):
            own = given
        if own is not None:
            found = _with_columns(workbook, at, found, own)
            chosen.add(at)
        sheets.append((at, found))
    return sheets, chosen


def _with_columns(workbook: Workbook, at: int, found: SurveyedSheet, columns: dict[int, str]) -> SurveyedSheet:
    """The sheet read with these columns; one that was taken for no roster, too."""
    grid = workbook.sheets[at]
    key = found.mapping.layout_key or "-"
    if found.mapping.layout_key:
        return survey_sheet(grid, {key: columns})
    from app.rosters.persons import extract

    mapping = found.mapping.with_columns({number: name for number, name in columns.items() if number < grid.width})
    return SurveyedSheet(grid, mapping, extract(grid, mapping), False)


def remembered_mappings(reader: Reader) -> dict[str, dict[int, str]]:
    """The columns chosen earlier, by layout; one that this program cannot use is passed over."""
    found = {}
    for row in reader.list("import_mapping"):
        try:
            found[row["layout"]] = columns_from_json(json.loads(row["mapping"]))
        except (UserError, ValueError):
            continue
    return found


def _sessions(mapping: Columns, sessions: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Which session of the activity each attendance column speaks of: by its day and part, else by its place."""
    found: dict[int, str] = {}
    for at, column in sorted(mapping.sessions.items()):
        if column.day is not None:
            same = [s["id"] for s in sessions if s["date"] == column.day.isoformat() and s["id"] not in found.values()]
            parted = [s["id"] for s in sessions if s["id"] in same and column.part and s["part"] == column.part]
            if parted or same:
                found[at] = (parted or same)[0]
    undated = [at for at, column in sorted(mapping.sessions.items()) if column.day is None]
    if len(undated) == len(mapping.sessions) == len(sessions):
        found = {at: session["id"] for at, session in zip(undated, sessions, strict=True)}
    return found


def _planned(
    key: str, sheet: SurveyedSheet, person: RosterPerson, places: Places, sessions: Mapping[int, str]
) -> PlannedRow:
    """The row with its values in the register's own codes; whether it is somebody known comes later."""
    about = person.fields
    key = key if person.column is None else f"{key}:{person.column + 1}"
    planned = PlannedRow(key, sheet.grid.name, person.row_number, NEW, "", problems=list(person.problems))
    values = _name(about)
    planned.name = str(about.get("name_as_typed") or people.full_name(values))
    if isinstance(about.get("birth_year"), int):
        values["birth_year"] = about["birth_year"]
    rank = rank_of(str(about.get("rank") or "")) or (
        None if about.get("rank") else rank_of(str(about.get("post") or ""))
    )
    if about.get("rank") and rank is None:
        planned.problems.append(("rank_unknown", {"value": str(about["rank"])}))
    office, unit, place = (str(about.get(name) or "") for name in ("organisation", "unit", "site"))
    organisation = places.organisation_of(office) or places.organisation_of(unit)
    planned.site = places.site_of(place)
    values |= {
        "sex": about.get("sex"),  # what the list says; never guessed from the name
        "rank": rank,
        "organisation": organisation,
        "unit": unit or (office if not organisation else "") or (place if planned.site is None else ""),
        "service": service_of(unit, office, str(about.get("post") or "")),
        "phone": about.get("phone"),
        "email": about.get("email"),
        "languages": [code for code in about.get("languages") or [] if choices.exists("language", code)],
    }
    planned.values = _kept(planned, {name: value for name, value in values.items() if value})
    planned.posting = {
        name: value
        for name, value in {
            "site": planned.site,
            "post": about.get("post"),
            **{part: planned.values.get(part) for part in ("unit", "rank", "organisation")},
        }.items()
        if value
    }
    planned.participation = _part_in_event(about)
    planned.marks = {
        sessions[at]: (_MARKS.get(state, state), bool(about.get("signed")))
        for at, state in person.attendance.items()
        if at in sessions
    }
    _refuse_minor(planned, about)
    return planned


def _name(about: Mapping[str, Any]) -> dict[str, Any]:
    values = {
        "surname": about.get("surname") or about.get("given") or about.get("name_as_typed"),
        "given": about.get("given") if about.get("surname") else None,
        "patronymic": about.get("patronymic"),
        "suffix": _SUFFIXES.get(about.get("suffix") or ""),
    }
    values = {name: value for name, value in values.items() if value}
    whole = people.full_name(values)
    others = [str(name) for name in _as_list(about.get("name_other"))]
    russian = next((name for name in (whole, *others) if _is_cyrillic(name)), None)
    if russian:
        values["name_ru"] = russian
    aliases = [name for name in others if name != russian]
    if aliases:
        values["aliases"] = "\n".join(aliases)
    return values


def _part_in_event(about: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"role": role_of(str(about.get("role") or "")), "number": about.get("number")}
    for name in ("pre_test", "post_test", "hours"):
        value = about.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1000:
            found[name] = value
    return {name: value for name, value in found.items() if value is not None}


def _kept(planned: PlannedRow, values: dict[str, Any]) -> dict[str, Any]:
    """The values that the register takes; what it does not is told and left out."""
    spec = RECORDS["person"]
    values = {name: value for name, value in spec.tidy(values).items() if value is not None}
    for problem in spec.check(values, whole=False):
        values.pop(problem.field, None)
        planned.problems.append(("value_left_out", {"field": _field_label(problem.field)}))
    if not values.get("surname"):
        planned.status, planned.reason = SKIPPED, "no_name"
    return values


def _field_label(name: str) -> str:
    """What a field of a person is called."""
    found = next((key for key in (f"records.person.{name}", f"records.{name}") if known(key)), "")
    return text(found) if found else name


def _refuse_minor(planned: PlannedRow, about: Mapping[str, Any]) -> None:
    """Nobody under 18 is kept by name: the row is left out and says so."""
    today = clock.today()
    born = about.get("birth_date")
    year = planned.values.get("birth_year")
    age = _whole(about.get("age"))
    young = year is not None and today.year - year < ADULT
    if isinstance(born, date):
        young = young or (today.year - born.year - ((today.month, today.day) < (born.month, born.day))) < ADULT
    if year is None and age is not None:
        young = young or 3 <= age < ADULT
    if young:
        planned.status, planned.reason = SKIPPED, "minor"
        planned.problems.append(("minor", {}))


def _whole(value: object) -> int | None:
    digits = str(value).strip() if value is not None else ""
    return int(digits) if digits.isdigit() and len(digits) <= 3 else None


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _is_cyrillic(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and sum("\u0400" <= letter <= "\u04ff" for letter in letters) * 2 > len(letters)


# --- who is who ------------------------------------------------------------------------------------------------------


def _match(reader: Reader, rows: list[PlannedRow]) -> None:
    open_rows = [row for row in rows if row.status != SKIPPED]
    persons = {person["id"]: person for person in compared(reader)}
    against = register(persons.values())
    for number, row in enumerate(open_rows):
        reader.step(number, len(open_rows))
        found = against.likely({**as_compared(row.values), "id": row.key}, least=_MAYBE / 2)
        row.candidates = [
            Candidate(
                pair.id2, people.full_name(persons[pair.id2]), pair.score, tuple(code for code, _ in pair.reasons)
            )
            for pair in found
        ]
        _judge(row, found)
    _match_within(open_rows)


def _judge(row: PlannedRow, found: Sequence[Pair]) -> None:
    """Known when one person of the register surely is it, doubtful when somebody may be, else new."""
    if found and _surely(found):
        row.status, row.person = KNOWN, found[0].id2
    elif found and found[0].score >= _MAYBE:
        row.status = DOUBTFUL
    else:
        row.candidates = []


def _surely(found: Sequence[Pair]) -> bool:
    best = found[0]
    codes = {code for code, _ in best.reasons}
    if codes & CONTRADICTIONS:
        return False
    rivals = [pair for pair in found[1:] if pair.score >= _RIVAL]
    if rivals:
        return False
    # the whole name with the father's, letter for letter but for the script, and nobody else of that name
    named = codes >= _EXACT and not any(code.endswith("_other") for code in codes - {"phone_other"})
    backed = codes & {"father_same", "phone_same", "email_same"} or (
        "birth_year_same" in codes and "phone_other" not in codes
    )
    return (best.score >= _SURE and bool(backed)) or (named and best.score >= 0.7)


def _match_within(rows: Sequence[PlannedRow]) -> None:
    """Somebody who stands twice in the list: surely the same only when more than the name agrees."""
    by_key = {row.key: row for row in rows}
    order = {row.key: number for number, row in enumerate(rows)}
    twins = Against([{**as_compared(row.values), "id": row.key} for row in rows]).pairs(_SAME_LIST)
    for pair in sorted(twins, key=lambda pair: max(order[pair.id1], order[pair.id2])):
        first, second = sorted((by_key[pair.id1], by_key[pair.id2]), key=lambda row: order[row.key])
        if second.same_row or (first.status == KNOWN and second.status == KNOWN and first.person != second.person):
            continue
        codes = {code for code, _ in pair.reasons}
        twin = Candidate(first.person, first.name, pair.score, tuple(code for code, _ in pair.reasons), first.key)
        sure = codes >= {"surname_same", "given_same"} and bool(codes & {"phone_same", "email_same"})
        sure = sure or (codes >= _EXACT and second.sheet != first.sheet)
        if sure and not codes & CONTRADICTIONS and second.status in (NEW, KNOWN):
            second.status, second.same_row = KNOWN, second.same_row or ("" if second.person else first.key)
        else:
            second.status, second.person = DOUBTFUL, ""
        second.candidates = [twin, *second.candidates]
        if not any(code == "twice_in_file" for code, _ in second.problems):
            second.problems.append(("twice_in_file", {"row": first.row}))


# --- writing ---------------------------------------------------------------------------------------------------------


def apply(w: Writer, made: ImportPlan, decisions: Mapping[str, str] | None = None) -> Imported:
    """Write a plan, in the caller's one transaction. `decisions`: row key → new, later, a person's id or a row's key.

    Doubtful rows without a decision are not written. Nothing on a known person's card is overwritten; what it lacked is
    filled in. Raises UserError(decision_unclear) for a decision that names nobody.
    """
    decided = dict(decisions or {})
    done = Imported()
    fresh: list[PlannedRow] = []
    for row in made.rows:
        answer = decided.get(row.key)
        if row.status == SKIPPED or answer == LATER or (row.status == DOUBTFUL and not answer):
            if row.status != SKIPPED:
                done.waiting.append(row.key)
            continue
        target = answer if answer and answer != NEW else ("" if answer == NEW else row.person or row.same_row)
        if not target:
            fresh.append(row)
    # first those who are new, all at once: others may be the same person in a later row
    for row, person in zip(fresh, w.put_many("person", [_new_person(w, made, row) for row in fresh]), strict=True):
        done.persons[row.key] = person
        done.created.append(person)
    w.put_many(
        "posting",
        [{**row.posting, "person": done.persons[row.key]} for row in fresh if {"site", "post"} & row.posting.keys()],
    )
    keys = {row.key for row in made.rows}
    for row in made.rows:
        answer = decided.get(row.key)
        if row.key in done.persons or row.key in done.waiting or row.status == SKIPPED:
            continue
        target = answer or row.person or row.same_row
        person = done.persons.get(target, "") if target in keys else target
        if not person and target in keys:
            done.waiting.append(row.key)  # the row it equals waits itself
            continue
        if w.get("person", person) is None:
            raise UserError("decision_unclear", row=row.row)
        done.persons[row.key] = people.canonical(w, person)
        _fill_in(w, done.persons[row.key], row)
    if made.activity:
        _put_on_list(w, made, done)
    _remember(w, made, done)
    return done


def _new_person(w: Writer, made: ImportPlan, row: PlannedRow) -> dict[str, Any]:
    values = dict(row.values)
    if w.identity.role != "laptop":
        about = w.get("activity", made.activity) if made.activity else None
        owner = row.site or (about or {}).get("owner_site")
        if owner:
            values["owner_site"] = owner
    return values


def _fill_in(w: Writer, person: str, row: PlannedRow) -> None:
    """Add what the card lacks; a laptop leaves cards of other sites as they are."""
    card = w.get("person", person) or {}
    lacking = {name: row.values[name] for name in _FILLED if row.values.get(name) and not card.get(name)}
    if "patronymic" not in lacking:
        lacking.pop("suffix", None)
    if not lacking or (w.identity.role == "laptop" and card.get("owner_site") not in (None, *w.identity.sites)):
        return
    w.put("person", lacking, person)


def _put_on_list(w: Writer, made: ImportPlan, done: Imported) -> None:
    assert made.activity is not None
    about = w.get("activity", made.activity) or {}
    there = {row["person"]: row for row in w.list("participation", activity=made.activity) if row["person"]}
    numbers = _numbers(made, done, there.values())
    listed_as = "attended" if about.get("status") == "held" else "invited"
    fresh: dict[str, dict[str, Any]] = {}
    for row in made.rows:
        person = done.persons.get(row.key)
        if person is None:
            continue
        present = any(state in ("present", "late", "left_early") for state, _ in row.marks.values())
        given = {name: value for name, value in row.participation.items() if name != "number"}
        if person in there:
            lacking = {name: value for name, value in given.items() if there[person].get(name) is None}
            if present and there[person]["state"] != "attended":
                lacking["state"] = "attended"
            if lacking:
                w.put("participation", lacking, there[person]["id"])
            done.participations[row.key] = there[person]["id"]
        elif person in fresh:
            fresh[person].update({name: value for name, value in given.items() if name not in fresh[person]})
        else:
            card = w.get("person", person) or {}
            as_then = {name: row.values.get(name) or card.get(name) for name in _FROZEN}
            fresh[person] = {
                "activity": made.activity,
                "person": person,
                "source": "import",
                "state": "attended" if present else "absent" if row.marks else listed_as,
                "sheet_row": numbers[row.key],
                **{name: value for name, value in as_then.items() if value},
                **given,
            }
    ids = dict(zip(fresh, w.put_many("participation", list(fresh.values())), strict=True))
    marks: dict[tuple[str, str], dict[str, Any]] = {}
    for row in made.rows:
        person = done.persons.get(row.key, "")
        if person in ids:
            done.participations[row.key] = ids[person]
        for session, (state, signed) in row.marks.items():
            if row.key in done.participations:
                at = (done.participations[row.key], session)
                mark = {"participation": at[0], "session": session, "state": state, "source": "import"}
                marks.setdefault(at, {**mark, **({"signed": True} if signed and state != "absent" else {})})
    taken = {
        (mark["participation"], mark["session"])
        for mark in w.list("attendance", session=sorted({session for _, session in marks}) or [""])
    }
    wanted = [mark for at, mark in marks.items() if at not in taken]  # a mark made at the desk stands
    done.marks = len(w.put_many("attendance", wanted))


def _numbers(made: ImportPlan, done: Imported, there: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """A row number for each row: the list's own when the sheet is empty and they are sound, else the next free ones."""
    rows = [row for row in made.rows if row.key in done.persons]
    taken = {row["sheet_row"] or 0 for row in there}
    own = [row.participation.get("number") for row in rows]
    if not taken and all(isinstance(n, int) and 0 < n <= 10_000 for n in own) and len(set(own)) == len(own):
        return {row.key: int(number) for row, number in zip(rows, own, strict=True)}  # type: ignore[arg-type]
    first = max(taken, default=0) + 1
    return {row.key: number for number, row in enumerate(rows, first)}


def _remember(w: Writer, made: ImportPlan, done: Imported) -> None:
    """Keep the columns that a person chose, for the next file of this layout."""
    grids = made.workbook.sheets if made.workbook else []
    for at in sorted(made.chosen):
        for sheet in made.sheets:
            if sheet.grid is grids[at] and sheet.mapping.is_roster and sheet.mapping.layout_key:
                chosen = json.dumps(sheet.mapping.to_json(), ensure_ascii=False, sort_keys=True)
                w.put("import_mapping", {"layout": sheet.mapping.layout_key, "mapping": chosen})
                done.mappings.append(sheet.mapping.layout_key)


# --- words -----------------------------------------------------------------------------------------------------------


# words: people.problem_*, people.skipped_*
def problem_sentence(code: str, params: Mapping[str, Any]) -> str:
    """What is doubtful in a row, in the language spoken now."""
    for domain in ("people", "rosters"):
        key = f"{domain}.problem_{code}"
        if known(key):
            return text(key, **{name: str(value) for name, value in params.items()})
    return code


def reason_sentence(code: str) -> str:
    """Why a row was left out."""
    for domain in ("people", "rosters"):
        if known(f"{domain}.skipped_{code}"):
            return text(f"{domain}.skipped_{code}")
    return code


def why_no_roster(sheet: SurveyedSheet) -> str:
    """Why a sheet is taken for none."""
    return text(f"rosters.no_roster_{sheet.mapping.why_not or 'no_names'}")


def row_line(row: PlannedRow) -> str:
    """One line about a row that somebody should look at."""
    told = [text("people.row_of", row=row.row, name=row.name, status=text(f"people.status_{row.status}"))]
    if row.status == DOUBTFUL and row.candidates:
        best = row.candidates[0]
        told.append(text("people.may_be", name=best.name))
    if row.reason:
        told.append(reason_sentence(row.reason))
    told += [problem_sentence(code, params) for code, params in row.loud_problems]
    return " · ".join(part.rstrip(".") for part in told)
