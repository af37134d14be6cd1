"""The plan and the departments as tables, against a plan of one's own."""

from __future__ import annotations

from typing import Any

from app.models.store import Store
from app.reports.frame import Frame
from app.reports.planning import departments_table, plan_table
from app.reports.tables import Table
from app.services import activities
from app.specs.seeds import organisation_id
from tests import build


def table_of(store: Store, make: Any, start: str = "2026-10-01", end: str = "2026-12-31", sites: Any = None) -> Table:
    with store.read() as reader:
        return make(Frame(reader, start, end, sites, "en"))


def rows_of(table: Table) -> list[list[Any]]:
    return [list(row.cells) for section in table.sections for row in section.rows]


def test_the_plan_is_counted_up_to_the_last_day_and_never_added_up(store: Store) -> None:
    def plan(w: Any) -> None:
        activities.load_plan(w, "community_policing_2009", 2026)
        line = w.list("plan_line", code="O.5")[0]["id"]
        for site, start in (("ganja", "2026-05-10"), ("guba", "2026-11-10")):
            where = {"site": build.site(site), "start": start, "status": "held"}
            activities.plan_from_line(w, line, where)

    store.write(plan)
    table = table_of(store, plan_table, end="2026-06-30")
    row = next(row for row in rows_of(table) if row[0] == "O.5 Police Open Day")
    assert row[1:5] == ["Events", 10, 1, 0] and "Guba" in row[6] and "Ganja" not in row[6]
    assert next(row for row in rows_of(table_of(store, plan_table)) if row[0].startswith("O.5"))[3] == 2
    assert not any(column.adds for column in table.columns if column.kind == "count")
    heading = next(row for row in rows_of(table) if row[0] == "O Operational approach")
    assert heading[1:6] == ["", None, None, None, ""]
    assert table.sections[0].title == "Assistance to expansion of community policing"
    late = next(
        row for row in rows_of(table_of(store, plan_table, "2027-01-01", "2027-03-31")) if row[0].startswith("T.8")
    )
    assert late[5] == "Overdue"


def test_departments_that_sent_nobody(store: Store) -> None:
    def visit(w: Any) -> None:
        made = activities.plan(w, "study_visit_departments", {"site": build.site("baku"), "start": "2026-11-26"})
        for code in ("pd_guba", "pd_guba", "pd_ganja"):
            build.a_participation(
                w, made, build.a_person(w), role="delegate", state="confirmed", organisation=organisation_id(code)
            )

    store.write(visit)
    (row,) = rows_of(table_of(store, departments_table))
    assert row[:5] == ["Study visit for the police departments", "26.11.2026", "Planned", 11, 2]
    assert "Shirvan" in row[5] and "Ganja" not in row[5] and row[6] == "Guba"
    assert rows_of(table_of(store, departments_table, "2026-01-01", "2026-03-31")) == []


def test_a_register_without_a_plan(store: Store) -> None:
    assert rows_of(table_of(store, plan_table)) == []
