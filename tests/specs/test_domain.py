"""Every numbered thing of the sources from 88 on has its code, its row or its field (1 to 87 are kinds: test_kinds)."""

from __future__ import annotations

import pytest

from app.specs import choices, kinds
from app.specs.plans import plan_rows
from app.specs.records import RECORDS
from app.specs.seeds import seed_rows

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
    166: ("staff_role", "head_of_office politico_military_officer community_policing_expert press_officer"),
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
