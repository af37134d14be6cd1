"""The workbook of lists: what belongs to the period and the sites, and nobody's name but the experts'."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.store import Store
from app.reports.registers import registers
from app.reports.tables import Report, Table
from tests import build
from tests.composed import GANJA, Q1, compose


def made(store: Store, start: str = Q1[0], end: str = Q1[1], sites: Any = None, language: str = "en") -> Report:
    with store.read() as reader:
        return registers(reader, start, end, sites, language)


def sheet(report: Report, name: str) -> Table:
    return next(table for table in report.tables if table.name == name)


def rows(table: Table) -> list[dict[str, Any]]:
    names = [column.title for column in table.columns]
    return [dict(zip(names, row.cells, strict=True)) for section in table.sections for row in section.rows]


def test_every_row_of_the_period_is_listed_in_words(store: Store) -> None:
    def fill(w: Any) -> None:
        visit = build.an_activity(w, kind="needs_assessment_visit", title_en="Visit")
        ministry = w.list("organisation", code="mia")[0]["id"]
        about = {"activity": visit, "text": "Train the duty officers", "addressee": ministry, "state": "made"}
        w.put("recommendation", about)
        w.put("request", {"received_on": "2026-02-01", "subject": "Advice on patrols", "organisation": ministry})
        w.put("request", {"received_on": "2026-06-01", "subject": "Later", "organisation": ministry})
        document = {"type": "code", "title_en": "Code of Ethics", "stage": "review", "version": "0.3"}
        w.put("policy_document", document)

    store.write(fill)
    report = made(store)
    (told,) = rows(sheet(report, "Recommendations"))
    assert {"Visit", "Train the duty officers", "Ministry of Internal Affairs", "Made"} <= set(told.values())
    assert [row["Subject"] for row in rows(sheet(report, "Requests for assistance"))] == ["Advice on patrols"]
    assert [row["Version"] for row in rows(sheet(report, "Policy documents"))] == ["0.3"]
    assert not any(isinstance(cell, bool) for *_, line in report.lines() for cell in line.cells)


def test_only_what_is_at_the_chosen_sites(store: Store) -> None:
    def fill(w: Any) -> None:
        for site in ("ganja", "guba"):
            w.put("mechanism", {"type": "complaint_box", "name_en": f"Box {site}", "site": build.site(site)})

    store.write(fill)
    assert [row["Name"] for row in rows(sheet(made(store, sites=[GANJA]), "Mechanisms"))] == ["Box ganja"]


def test_the_roster_of_experts_is_counted_by_sex(store: Store) -> None:
    def fill(w: Any) -> None:
        topics = {"expert_fields": ["community_policing_basics"], "languages": ["en"], "expert_country": "TR"}
        expert = build.a_person(w, surname="Yılmaz", sex="f", **topics)
        build.a_person(w, surname="Kaya", sex="m", roles=["expert"])
        build.a_person(w, surname="Nobody")
        w.put("expert_mission", {"expert": expert, "start": "2026-02-02", "end": "2026-02-08", "days": 5.0})

    store.write(fill)
    roster = sheet(made(store), "Roster of experts")
    assert [str(row["Person"]).split()[0] for row in rows(roster)] == ["Kaya", "Yılmaz"]
    assert rows(roster)[1]["Expert missions"] == 1 and roster.notes == ["Woman: 1, Man: 1"]


@pytest.mark.parametrize("language", ["en", "az", "ru"])
def test_no_personal_field_is_listed_and_every_sheet_has_a_name(store: Store, language: str) -> None:
    store.write(compose)
    report = made(store, language=language)
    assert len({table.name for table in report.tables}) == len(report.tables) > 5
    assert all(table.name and column.title for table in report.tables for column in table.columns)
    with store.read() as reader:
        surnames = {person["surname"] for person in reader.list("person")}
    said = {str(cell) for _, _, line in report.lines() for cell in line.cells}
    assert surnames and not said & surnames
