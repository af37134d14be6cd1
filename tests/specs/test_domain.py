"""The 182 numbered things of the sources: each has its place, and a filled example that is kept, sent and printed."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.errors import Invalid
from app.keys.slots import LIGHT
from app.models.queries.activities import children_of, linked_records
from app.models.queries.counts import MixedCounts
from app.models.queries.figures import Figures
from app.models.store import Store
from app.models.writer import Writer
from app.reports import catalogue, registers
from app.services import activities, attachments, records
from app.specs import choices, kinds, seeds
from app.specs.plans import plan_rows
from app.specs.records import RECORDS
from app.specs.seeds import seed_rows
from app.specs.types import (
    Boolean,
    Choice,
    Choices,
    Date,
    Decimal,
    FieldType,
    Integer,
    Moment,
    Reference,
    References,
    Text,
    Time,
)
from app.sync import office as offices
from app.sync import receive, send

LISTED: dict[int, tuple[str, str]] = {
    88: (
        "audience",
        "senior_ministry_representatives ministry_officials senior_department_representatives police_chiefs",
    ),
    89: (
        "audience",
        "police_personnel newly_appointed_officers new_pilot_officers neighbourhood_police_officers "
        "trained_officers_as_trainers",
    ),
    90: ("audience", "police_school_teachers police_cadets"),
    91: ("audience", "cpwg_members cpag_members ngos teachers upper_class_students"),
    92: (
        "audience",
        "citizens school_children retired_officers veterans ex_prisoners drivers recruitment_candidates "
        "competition_entrants football_teams press hospital_staff complainants poll_respondents",
    ),
    93: (
        "audience",
        "patrol_police_officers special_response_unit_officers internal_troops_personnel organized_crime_investigators "
        "special_investigation_unit border_guards cybercrime_investigators armed_forces_personnel security_services "
        "media civil_society trafficking_victims",
    ),
    94: (
        "audience",
        "members_of_parliament constituents journalists government_representatives government_spokespersons youth "
        "political_parties shelter_staff hotline_staff domestic_violence_victims general_public",
    ),
    95: (
        "audience",
        "youth children parents citizens population performers dog_handlers rapid_reaction_team_officers "
        "other_special_police vips",
    ),
    96: (
        "audience",
        "law_enforcement_practitioners policymakers police_agencies prosecutors judges border_officials female_experts",
    ),
    101: ("country", "CZ FR DE HU TR GB US"),
    107: ("country", "CZ TR JP EG"),
    120: (
        "topic",
        "community_policing_basics community_policing_guidelines advisory_and_working_groups police_and_human_rights "
        "role_of_police_in_democracy police_community_relations police_media_relations interethnic_community_policing "
        "gender_mainstreaming computers_in_community_policing hospital_reported_crimes domestic_violence "
        "crime_prevention road_safety recruitment complaints police_reform",
    ),
    121: (
        "topic",
        "public_assembly_management proportional_use_of_force right_to_peaceful_assembly police_public_partnership "
        "democratic_control_of_armed_forces rights_of_armed_forces_personnel terrorism_risk_assessment "
        "terrorism_investigation organized_crime border_management drug_smuggling cyber_crime cyber_security "
        "cyber_defence bomb_data victim_identification trafficking_investigation trafficking_prosecution forced_labour "
        "national_referral",
    ),
    122: (
        "topic",
        "media_freedom defamation journalism_education citizen_journalism social_media access_to_information "
        "electoral_assistance candidate_registration election_complaints party_law freedom_of_assembly "
        "civil_society_development international_advocacy assessment_and_report_writing human_rights_mechanisms "
        "gender_equality domestic_violence_law mp_ethics transparency youth_leadership",
    ),
    123: ("topic", "crime_reduction public_safety special_unit_demonstrations outreach_to_youth"),
    124: (
        "topic",
        "police_reform_in_criminal_justice democratic_policing illicit_drugs trafficking verlt "
        "terrorist_use_of_internet legal_cooperation_against_terrorism travel_document_security border_security "
        "salw_export_control anti_corruption money_laundering terrorist_financing human_rights_based_approach "
        "cyber_confidence_building strategic_planning",
    ),
    164: ("owner_unit", "politico_military_unit"),
    165: ("owner_unit", "democratization_unit"),
    166: ("person_role", "head_of_office politico_military_officer community_policing_expert press_officer"),
    167: (
        "owner_unit",
        "secretary_general office_of_the_secretary_general conflict_prevention_centre transnational_threats_department "
        "cthb oceea gender_section opportunities_for_youth human_resources management_and_finance internal_oversight "
        "documentation_centre chairpersonship parliamentary_assembly court_of_conciliation",
    ),
    168: ("report_chapter", "tntd_cc spmu atu borders gender oceea cthb hcnm odihr decisions"),
    175: ("rhythm", "quarterly"),
    177: ("report_chapter", "hcnm odihr decisions"),
    178: ("decision", "MC.DEC/9/11 UBP.2012"),
    179: ("policy_type", "plan law guideline standard code election_recommendations"),
    181: ("dimension", "politico_military economic_environmental human"),
}

SEEDED: dict[int, str] = {
    97: "mia mia_patrol_police mia_special_response_units internal_troops organized_crime_office",
    98: "mns mns_special_investigation_unit",
    99: "state_border_service",
    100: "bomb_data_centre_working_group",
    102: "police_school police_academy turkish_national_police tnp_training_facilities cp_development_unit",
    103: "pd_mingechevir pd_nakhchivan",
    104: "press_council ministry_of_education state_committee_family parliament osce_odihr",
    105: "osce_office_baku osce_project_coordinator_baku",
    106: "unodc ilo iom osce_border_management_staff_college osce_hcnm",
    108: "mingechevir",
    109: "shirvan",
    110: "ganja",
    111: "yevlakh",
    112: "tartar",
    113: "gazakh",
    114: "guba",
    115: "khachmaz",
    116: "davachi",
    117: "narimanov",
    118: "nakhchivan",
    119: "baku other_place abroad",
    169: "osce_presence_albania osce_project_coordinator_uzbekistan osce_project_coordinator_baku",
}

RECORDED: dict[int, str] = {
    170: "legacy_figure.figure legacy_figure.over legacy_figure.sites legacy_figure.as_of",
    171: "headcount.figure headcount.low headcount.high headcount.method",
    172: "press_item.headline press_item.place press_item.source press_item.field_of_work activity.venue",
    173: "site.start project.start project.end",
    174: "project.objective project.aim plan_line.parent plan_line.approach",
    175: "plan_line.quarters expert_mission.days output.volume plan_line.target",
    176: "project.category project.subject project.keywords",
    177: "activity.decisions report_freeze.snapshot",
    178: "project.budget_line project.mandate",
    179: "policy_document.version policy_document.stage",
    180: "quote.speaker quote.speaker_title person.aliases",
    181: "project.dimension activity.dimension",
    182: "legacy_figure.since legacy_figure.as_of indicator.baseline_date",
}


# --- an example of each ---------------------------------------------------------------------------------------------

DAY = "2026-02-10"
START, END = "2026-01-01", "2026-03-31"
NEVER = {93: "trafficking_victims", 94: "domestic_violence_victims"}
"""Listed in the sources, and refused whoever tries: no register of victims."""

FIELD_OF_LIST: dict[str, tuple[str, str]] = {
    "audience": ("activity", "audiences"),
    "topic": ("activity", "topics"),
    "decision": ("activity", "decisions"),
    "owner_unit": ("activity", "owner_unit"),
    "dimension": ("activity", "dimension"),
    "country": ("travel", "country"),
    "rhythm": ("group", "rhythm"),
    "policy_type": ("policy_document", "type"),
    "person_role": ("person", "roles"),
    "report_chapter": ("activity", "topics"),
}
"""Where a filled example carries a code of each list."""


@dataclass
class Example:
    """The rows that a number was entered as, what was given for each, and what the workbook must say in one line."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    given: list[dict[str, Any]] = field(default_factory=list)
    says: list[tuple[str, ...]] = field(default_factory=list)


class Register:
    """Puts filled examples; remembers which number each belongs to."""

    def __init__(self, w: Writer) -> None:
        self.w = w
        self.made: dict[int, Example] = {}
        self.person = self.venue = ""
        if w.identity.role == "laptop":
            self.person = w.put("person", {"surname": "Nümunə", "given": "Əli", "sex": "m"})
            self.venue = w.put("venue", {"name": "Şəhər stadionu", "site": seeds.site_id("ganja")})

    def put(self, number: int, record: str, values: dict[str, Any], *says: str) -> str:
        row = self.w.put(record, values)
        self.keep(number, record, row, values, *says)
        return row

    def keep(self, number: int, record: str, row: str, values: dict[str, Any], *says: str) -> None:
        example = self.made.setdefault(number, Example())
        example.rows.append((record, row))
        example.given.append(values)
        if says:
            example.says.append(says)

    def activity(self, number: int, *says: str, **values: Any) -> str:
        about = {
            "kind": "training_gender_mainstreaming",
            "title_en": mark(number),
            "site": seeds.site_id("ganja"),
            "start": DAY,
            "status": "held",
            **values,
        }
        return self.put(number, "activity", about, mark(number), *says)

    def filled(self, number: int, record: str, **fixed: Any) -> str:
        """A row with every field of its type filled in."""
        spec = RECORDS[record]
        values = {
            f.name: value
            for f in spec.fields
            if f.name not in fixed
            and not f.restricted
            and (value := self.sample(number, record, f.name, f.type)) is not None
        }
        return self.put(number, record, values | {k: v for k, v in fixed.items() if v is not None})

    def sample(self, number: int, record: str, name: str, kind: FieldType) -> Any:
        if isinstance(kind, Reference | References):
            known = {"person": self.person, "site": seeds.site_id("ganja"), "venue": self.venue}.get(kind.record)
            known = None if kind.record == record else known
            return [known] if known and isinstance(kind, References) else known
        if name in ("merged_into", "age_band", "retention_until"):
            return None
        return sample(kind, mark(number))


def sample(kind: FieldType, words: str = "Şərq, Əli") -> Any:
    """A value that fits a type; numbers and days are the same everywhere, so no rule between two is broken."""
    if isinstance(kind, Choice):
        return next(iter(choices.offered(kind.list)))
    if isinstance(kind, Choices):
        return sorted(list(choices.offered(kind.list))[:2])
    if isinstance(kind, Integer):
        return max(kind.least, 3)
    if isinstance(kind, Decimal):
        return 3.0
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Text):
        return words[: kind.longest]
    return {Date: DAY, Time: "11:20", Moment: "2026-02-10T08:00:00Z"}[type(kind)]


def mark(number: int) -> str:
    """The title by which an example is found again."""
    return f"№{number:03d}"


def enter_kind(reg: Register, number: int, code: str) -> None:
    """An activity of a kind with every field of the kind, and a filled row in every part that the kind has."""
    kind = kinds.kinds()[code]
    details = {f.name: sample(f.type) for f in kind.fields}
    where = {"site": seeds.site_id("ganja"), "start": DAY, "status": "held", "title_en": mark(number)}
    activity = activities.plan(reg.w, code, {**where, "details": details})
    reg.keep(number, "activity", activity, {"kind": code, "details": details}, mark(number), kind.label("en"))
    named = kind.privacy in ("named", "optional")
    for record in linked_records(kind):
        if record in ("session", "programme_element"):
            continue  # the kind has planned them
        fixed: dict[str, Any] = {"activity": activity, "status": None, "state": None}
        if record == "participation":
            fixed |= {"person": reg.person if named else None, "state": "attended", "audience": None}
        fixed = {name: value for name, value in fixed.items() if name in RECORDS[record].by_name}
        fill_below(reg, number, record, reg.filled(number, record, **fixed), activity)
    if "attachments" in kinds.facets_of(kind):
        file = attachments.attach(reg.w, "activity", activity, f"{mark(number)}.txt", mark(number).encode())
        reg.keep(number, "attachment", file, {"linked_id": activity})


def fill_below(reg: Register, number: int, record: str, row: str, activity: str) -> None:
    """The parts of a part: results of a competition, marks of a participation, answers to a question."""
    for child in children_of(record):
        fixed: dict[str, Any] = {RECORDS[child].parent: row}
        if child == "result" and "school_children" in ((reg.w.get("activity", activity) or {})["audiences"] or ()):
            fixed["winner"] = None  # no child by name
        if child == "attendance":
            sessions = reg.w.list("session", activity=activity)
            if not sessions:
                continue
            fixed["session"] = sessions[0]["id"]
        fill_below(reg, number, child, reg.filled(number, child, **fixed), activity)


def enter_listed(reg: Register, number: int) -> None:
    """Rows that carry every code of a list that a number names: all in one where the field takes several."""
    name, codes = LISTED[number]
    record, wanted = FIELD_OF_LIST[name]
    usable = [code for code in codes.split() if code != NEVER.get(number)]
    labels = [choices.label(name, code, "en") for code in usable]
    if name == "report_chapter":
        for code in usable:
            if topic := next((t for t, e in choices.choices("topic").items() if e.more.get("chapter") == code), ""):
                reg.activity(number, topics=[topic])
            else:
                reg.activity(number, decisions=["MC.DEC/9/11"])
    elif record == "person":
        values = {"surname": mark(number), "sex": "f", "roles": [*usable, "expert"]}
        reg.put(number, "person", values, mark(number), "Woman", *labels)
    elif record == "group":
        reg.put(number, "group", {**a_group(number), "rhythm": usable[0]}, mark(number), labels[0])
    elif record == "travel":
        activity = reg.activity(number)
        for code, label in zip(usable, labels, strict=True):
            reg.put(number, "travel", {"activity": activity, "country": code}, mark(number), label)
    elif record == "policy_document":
        for code, label in zip(usable, labels, strict=True):
            values = {"type": code, "title_en": mark(number), "stage": "approved", "version": "1.0", "date": DAY}
            reg.put(number, "policy_document", values, mark(number), label)
    elif isinstance(RECORDS[record].by_name[wanted].type, Choices):
        reg.activity(number, *labels, **{wanted: usable})
    else:
        for code, label in zip(usable, labels, strict=True):
            reg.activity(number, label, **{wanted: code})


def enter_seeded(reg: Register, number: int) -> None:
    """An activity at each place, or with each organisation, that a number names."""
    seeded = {
        values["code"]: (record, row, values["name_en"]) for record, row, values in seed_rows() if "name_en" in values
    }
    for code in SEEDED[number].split():
        record, row, name = seeded[code]
        if record == "site":
            reg.activity(number, name, site=row)
        else:
            reg.activity(number, name, partners=[row], co_sponsors=[row])


def a_group(number: int) -> dict[str, Any]:
    return {"type": "cpwg", "name_en": mark(number), "site": seeds.site_id("ganja"), "founded": DAY}


def a_project(number: int, **values: Any) -> dict[str, Any]:
    return {"code": f"P{number}", "title_en": mark(number), "start": "2009-01-01", "end": "2026-12-31", **values}


def reference_examples(reg: Register) -> None:
    """What only the office may enter: projects, their plan, indicators."""
    p = reg.put(173, "project", a_project(173), mark(173), "2009-01-01", "2026-12-31")
    reg.put(
        173, "plan_line", {"project": p, "title_en": mark(173), "sites": [seeds.site_id("guba")]}, mark(173), "Guba"
    )
    tree = reg.put(174, "project", a_project(174, objective="Trust", aim="Safety"), mark(174))
    above = {"project": tree, "title_en": f"{mark(174)} approach", "approach": "strategic"}
    top = reg.put(174, "plan_line", above, f"{mark(174)} approach", "Strategic")
    below = {"project": tree, "parent": top, "title_en": f"{mark(174)} line", "kind": "police_open_day"}
    reg.put(174, "plan_line", below, f"{mark(174)} line", f"{mark(174)} approach", "Police Open Day")
    due = {"project": tree, "title_en": mark(175), "quarters": ["q1", "q3"], "target": 4, "unit": "events"}
    reg.put(175, "plan_line", due, mark(175), "4")
    web = {"category": "Mission Activity", "subject": "Community policing", "keywords": "police, trust"}
    reg.put(176, "project", a_project(176, **web), mark(176), *web.values())
    money = {"budget_line": "UBP 2012", "mandate": "MC.DEC/9/11", "decisions": ["MC.DEC/9/11"]}
    reg.put(178, "project", a_project(178, **money), mark(178), "UBP 2012")
    reg.put(181, "project", a_project(181, dimension="human"), mark(181))
    about = {"code": "own_182", "title_en": mark(182), "count_type": "things", "baseline": 3.0, "baseline_date": DAY}
    reg.put(182, "indicator", about, mark(182), DAY)


def recorded_examples(reg: Register) -> None:
    """What is a row of its own rather than a code."""
    sites = [seeds.site_id(code) for code in ("baku", "ganja", "guba", "nakhchivan")]
    over = {
        "title": mark(170),
        "figure": 2000,
        "over": True,
        "since": "2006-01-01",
        "as_of": "2008-12-31",
        "sites": sites,
    }
    reg.put(170, "legacy_figure", over, mark(170), "2000", "Yes")
    crowd = reg.activity(171, kind="police_open_day")
    heads = {"activity": crowd, "figure": 300, "low": 200, "high": 900, "method": "press_report", "official": True}
    if not choices.exists("headcount_method", heads["method"]):
        heads["method"] = next(iter(choices.offered("headcount_method")))
    reg.put(171, "headcount", heads, mark(171), "200", "900")
    event = reg.activity(172, "Şəhər stadionu", venue=reg.venue)
    release = {
        "type": "release",
        "headline": mark(172),
        "date": DAY,
        "place": "Mingechevir",
        "source": "OSCE Office in Baku",
    }
    release |= {"field_of_work": "policing", "activity": event}
    if not choices.exists("press_type", "release"):
        release["type"] = next(iter(choices.offered("press_type")))
    reg.put(172, "press_item", release, mark(172), "Mingechevir", "Policing")
    week = {"activity": reg.activity(175), "expert_name": "Expert", "start": DAY, "end": "2026-02-16", "days": 7.0}
    reg.put(175, "expert_mission", week, mark(175), "7")
    volume = {
        "kind": next(iter(choices.offered("output_kind"))),
        "title_en": mark(175),
        "volume": 2,
        "stage": "published",
    }
    reg.put(175, "output", {**volume, "date": DAY}, mark(175), "2")
    press = reg.put(180, "press_item", {**release, "headline": mark(180), "activity": None}, mark(180))
    for speaker, title in (("Herrero", "Head of Office"), ("Zalov", "Deputy Minister")):
        said = {"press_item": press, "speaker": speaker, "speaker_title": title, "text": "Trust grows."}
        reg.put(180, "quote", said, mark(180), speaker, title)
    reg.put(180, "person", {"surname": "Zalov", "aliases": "Залов\nZalov", "sex": "m"})
    reg.put(182, "legacy_figure", {**over, "title": mark(182), "over": False}, mark(182), "2006-01-01")
    reg.put(80, "person", {"surname": mark(80), "sex": "f", "expert_fields": ["border_security"]}, mark(80), "Woman")
    reg.activity(86, "Ganja", summary="What was done")


def site_examples(reg: Register) -> None:
    """Everything that a laptop enters."""
    for code, kind in kinds.kinds().items():
        for number in kind.numbers:
            if number <= 87:
                enter_kind(reg, number, code)
    for number in (n for n in LISTED if n not in range(125, 164)):
        enter_listed(reg, number)
    for number in SEEDED:
        enter_seeded(reg, number)
    for number, code in zip(range(125, 148), choices.choices("field_of_work"), strict=True):
        reg.activity(number, choices.label("field_of_work", code, "en"), field_of_work=code)
    for number, code in zip(range(148, 164), choices.choices("conference_type"), strict=True):
        label = f": {choices.label('conference_type', code, 'en')}"
        details = {"conference_type": code}
        reg.activity(number, label, kind="osce_conference_participation", details=details)
    recorded_examples(reg)


# --- the two stores ---------------------------------------------------------------------------------------------------


@dataclass
class Country:
    """What the office, the laptop and the workbooks say after everything was entered and exchanged."""

    office: Store
    laptop: Store
    made: dict[int, Example]
    lines: list[str]
    listed: set[str]
    texts: dict[str, str]


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    """The office enters its examples, a laptop of all sites the others; they exchange; the office writes reports."""
    folder = tmp_path_factory.mktemp("domain")
    baku = offices.found_office(folder / "Baku", "practice", name="Baku", work=LIGHT)
    made: dict[int, Example] = {}

    def enter(w: Writer, work: Callable[[Register], None]) -> None:
        reg = Register(w)
        work(reg)
        for number, example in reg.made.items():
            mine = made.setdefault(number, Example())
            mine.rows += example.rows
            mine.given += example.given
            mine.says += example.says

    baku.write(partial(enter, work=reference_examples))
    kit = folder / "all.sahakit"
    sites = [values["code"] for record, _, values in seed_rows() if record == "site"]
    code = offices.make_kit(baku, sites, "Everywhere", kit, work=LIGHT)
    laptop = offices.join(folder / "laptop", kit, code, "practice", work=LIGHT)
    laptop.write(partial(enter, work=site_examples))
    for sender, receiver, name in ((laptop, baku, None), (baku, laptop, "Everywhere")):
        for bundle in send.send(sender, folder, name):
            receive.receive(receiver, bundle.path, safety_copy=False)
    texts = {}
    with baku.read() as reader:
        book = folder / "registers.xlsx"
        report = catalogue.make(reader, "registers", book, start=START, end=END, language="en")
        assert report is not None
        listed = {row.key for _, _, row in report.lines()}
        for name in ("annual", "polis", "quarterly"):
            page = folder / f"{name}.html"
            catalogue.make(reader, name, page, start=START, end=END, language="en")
            texts[name] = page.read_text("utf-8")
    yield Country(baku, laptop, made, lines_of(book), listed, texts)
    laptop.close()
    baku.close()


def lines_of(book: Path) -> list[str]:
    """Every line of every sheet of a workbook, read back."""
    sheets = CalamineWorkbook.from_path(str(book))
    found = []
    for name in sheets.sheet_names:
        for row in sheets.get_sheet_by_name(name).to_python():
            found.append(" | ".join(shown(cell) for cell in row))
    return found


def shown(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


# --- what is true of each number --------------------------------------------------------------------------------------

NUMBERS = range(1, 183)


@pytest.mark.parametrize("number", NUMBERS)
def test_its_filled_example_was_taken_and_kept(country: Country, number: int) -> None:
    example = country.made[number]
    assert example.rows
    with country.laptop.read() as laptop, country.office.read() as office:
        for (record, row), given in zip(example.rows, example.given, strict=True):
            kept = (office if RECORDS[record].scope == "everywhere" else laptop).get(record, row)
            assert kept is not None, (record, row)
            tidied = RECORDS[record].tidy(given)
            details = tidied.pop("details", None)
            assert {name: kept[name] or None for name in tidied} == {n: v or None for n, v in tidied.items()}
            assert details is None or {n: v for n, v in kept["details"].items() if v is not None} == details
            whole = {name: value for name, value in kept.items() if name not in ("id", "deleted")}
            assert RECORDS[record].check(whole, whole=True) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_it_is_the_same_in_both_stores_after_exchange(country: Country, number: int) -> None:
    with country.laptop.read() as laptop, country.office.read() as office:
        for record, row in country.made[number].rows:
            here, there = laptop.get(record, row), office.get(record, row)
            assert here is not None and there is not None, (record, row)
            assert records.line_of(RECORDS[record], here) == records.line_of(RECORDS[record], there)


@pytest.mark.parametrize("number", NUMBERS)
def test_it_stands_in_the_workbook_in_words(country: Country, number: int) -> None:
    for record, row in country.made[number].rows:
        assert record not in registers.SHEETS or row in country.listed, record
    for says in country.made[number].says:
        assert any(all(said in line for said in says) for line in country.lines), says


def test_all_that_is_in_one_store_is_in_the_other(country: Country) -> None:
    with country.laptop.read() as laptop, country.office.read() as office:
        assert list(records.dump_lines(laptop)) == list(records.dump_lines(office))


@pytest.mark.parametrize("number", NEVER)
def test_victims_are_refused(country: Country, number: int) -> None:
    with pytest.raises(Invalid) as refused:
        country.laptop.write(lambda w: Register(w).activity(number, audiences=[NEVER[number]]))
    assert [problem.code for problem in refused.value.problems] == ["audience_never"]


def test_every_kind_stands_in_the_quarterly_report(country: Country) -> None:
    quarterly = country.texts["quarterly"]
    assert [code for code, kind in kinds.kinds().items() if html.escape(kind.label("en")) not in quarterly] == []


def test_chapters_of_the_annual_report_and_decisions_are_written(country: Country) -> None:
    annual = country.texts["annual"]
    for code in LISTED[168][1].split():
        if code != "decisions":
            assert html.escape(choices.label("report_chapter", code, "en")) in annual, code
    assert "MC.DEC/9/11" in annual or html.escape(choices.label("decision", "MC.DEC/9/11", "en")) in annual


def test_the_layout_for_polis_holds_the_activity(country: Country) -> None:
    assert mark(86) in country.texts["polis"] and "What was done" in country.texts["polis"]


def test_earlier_figures_never_mix_with_persons(country: Country) -> None:
    with country.office.read() as reader:
        figures = Figures(reader, START, END)
        told = {row["title"]: figure for row, figure in figures.legacy()}
        trained = figures.trained()[()]
    assert told[mark(170)].value == 2000 and told[mark(170)].count.type == "legacy"
    with pytest.raises(MixedCounts):
        trained.count + told[mark(170)].count


# --- their places ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", LISTED)
def test_it_has_its_codes(number: int) -> None:
    name, codes = LISTED[number]
    assert [code for code in codes.split() if not choices.exists(name, code)] == []


@pytest.mark.parametrize("number", SEEDED)
def test_it_has_its_seeded_rows(number: int) -> None:
    seeded = {values["code"] for _, _, values in seed_rows()}
    assert [code for code in SEEDED[number].split() if code not in seeded] == []


@pytest.mark.parametrize("number", RECORDED)
def test_it_has_its_fields(number: int) -> None:
    places = [place.split(".") for place in RECORDED[number].split()]
    assert [place for place in places if place[1] not in RECORDS[place[0]].by_name] == []


def test_nothing_is_left_out() -> None:
    kind_numbers = {number for kind in kinds.kinds().values() for number in kind.numbers} | set(kinds.NOT_KINDS)
    fields_of_work = set(range(125, 148)) if len(choices.choices("field_of_work")) == 23 else set()
    served = kind_numbers | fields_of_work | set(LISTED) | set(SEEDED) | set(RECORDED)
    assert set(range(1, 183)) - served == set()
    assert len(plan_rows("community_policing_2009")) > 40
