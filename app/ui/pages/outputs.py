"""Outputs and services that stand: what was made, said, asked for and measured, and the roster of experts."""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.basics.words import text
from app.specs.records import RECORDS
from app.ui.forms.words import label_of, records_name
from app.ui.pages.lists import ListsPage
from app.ui.pages.page import Page
from app.ui.pages.parts import PartsPage
from app.ui.pages.records import ask_export
from app.ui.shell import Shell
from app.ui.tables.record_model import Column, column_for
from app.ui.tables.record_table import RecordTable
from app.ui.tables.totals import totals_of
from app.ui.widgets.charts import number
from app.ui.widgets.empty_state import EmptyState

SCREENSHOTS = {"open": "{output}", "box": "mechanism/{mechanism}", "experts": "experts"}
EXPERTS = "experts"
EXPERT_ROLES = frozenset({"expert", "community_policing_expert"})
SHOWN = (
    "output", "distribution", "airing", "press_item", "policy_document", "mechanism", "reading", "survey", "request",
    "recommendation", "expert_mission", EXPERTS, "competition", "headcount", "legacy_figure",
)  # fmt: skip


class OutputsPage(ListsPage):
    """Target: `record`, `record/row`, `experts`, or the id of an output."""

    heading = "ui.page_outputs"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._list.setFixedWidth(216)
        self.choose(SHOWN[0])

    def open(self, target: str) -> None:
        first = target.partition("/")[0]
        super().open(target if first in SHOWN or not target else f"{SHOWN[0]}/{target}")

    def names(self) -> dict[str, str]:
        return {name: text("registers.experts") if name == EXPERTS else records_name(name) for name in SHOWN}

    def make(self, name: str) -> Page:
        return ExpertsPage(self.shell) if name == EXPERTS else PartsPage(self.shell, name, head=False)


class ExpertsPage(Page):
    """The persons with a field of expertise or the role of an expert, counted by sex; one opens among the people."""

    records = ("person", "expert_mission")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        spec = RECORDS["person"]
        empty = EmptyState(
            text("ui.nothing_yet"),
            text("registers.experts_hint"),
            icon="users",
            action=text("ui.page_people"),
            clicked=lambda: shell.go("people", ""),
        )
        columns = [
            Column("name", text("records.person.one"), width=220),
            *(
                column_for(spec, spec.by_name[name], name)
                for name in ("sex", "expert_fields", "languages", "expert_country", "expert_availability", "roles")
            ),
            Column("missions", records_name("expert_mission"), number, lambda n: n, right=True, width=96),
            Column("days", label_of("expert_mission", "days"), number, lambda n: n, right=True, width=80),
        ]
        self.table = RecordTable(
            "experts",
            columns,
            shell.settings,
            empty=empty,
            name=text("registers.experts"),
            totals=totals_of("person"),
        )
        self.table.sort_by("name")
        self.table.opened.connect(lambda person: shell.go("people", person))
        self.table.exportRequested.connect(
            lambda seen, rows: ask_export(shell, self, text("registers.experts"), seen, rows)
        )
        self.column.addWidget(self.table, 1)

    def reload(self) -> None:
        self.table.show_loading()
        self.shell.tasks.read(
            read_experts,
            self.table.show_rows,
            lambda error: self.table.show_failed(str(error)),
            context=self,
            latest=f"experts-{id(self)}",
        )


def read_experts(reader: Any) -> list[dict[str, Any]]:
    """The roster: each expert with how many missions and days of them there were."""
    from app.services.people import full_name

    missions = reader.list("expert_mission")
    count = Counter(mission["expert"] for mission in missions)
    days: Counter[str] = Counter()
    for mission in missions:
        days[mission["expert"]] += mission["days"] or 0
    return [
        {**person, "name": full_name(person), "missions": count[person["id"]], "days": days[person["id"]]}
        for person in reader.list("person")
        if is_expert(person)
    ]


def is_expert(person: dict[str, Any]) -> bool:
    """Whether somebody stands in the roster."""
    return not person["merged_into"] and bool(person["expert_fields"] or EXPERT_ROLES & {*(person["roles"] or ())})
