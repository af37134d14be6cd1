"""Tables of planning: the plan with what was made of it, departments that send nobody; adds up nothing across units."""

from __future__ import annotations

from app.models.queries.departments import uncovered
from app.models.queries.plan import plans
from app.reports.frame import Frame
from app.reports.quarterly import period_name
from app.reports.tables import Column, Row, Section, Table
from app.reports.wording import day, days
from app.specs import choices


def plan_table(frame: Frame) -> Table:
    """Every line of every project: its target, what was done of it up to the last day of the period, what is not."""
    sections = []
    for plan in plans(frame.reader, frame.end, frame.chosen, until=frame.end):
        rows = []
        for line in plan.lines:
            row = line.row
            late = frame.say("plan.late") if line.late else choices.label("plan_status", row["status"], frame.language)
            name = " ".join(filter(None, (row["code"], frame.words.title(row))))
            counted = bool(row["kind"])
            rows.append(
                Row(
                    [
                        name,
                        choices.label("plan_unit", row["unit"], frame.language) if counted else "",
                        row["target"],
                        line.done if counted else None,
                        line.planned if counted else None,
                        late if counted else "",
                        ", ".join(sorted(frame.words.site(site) for site in line.missing)),
                    ]
                )
            )
        sections.append(Section(rows, frame.words.title(plan.project)))
    return Table(
        frame.say("reports.sheet_plan"),
        frame.say("reports.plan_title", day=day(frame.end)),
        [
            Column(frame.say("reports.plan_line"), "text", 52),
            Column(frame.say("reports.plan_unit"), "text", 16),
            Column(frame.say("reports.plan_target"), "count", 10, adds=False),
            Column(frame.say("reports.plan_done"), "count", 10, adds=False),
            Column(frame.say("reports.plan_ahead"), "count", 10, adds=False),
            Column(frame.say("reports.state"), "text", 16),
            Column(frame.say("reports.plan_missing"), "text", 48),
        ],
        sections or [Section([])],
        [frame.say("reports.plan_note")],
    )


def departments_table(frame: Frame) -> Table:
    """The activities of the period that want a delegate of every department, and who sent none."""
    rows = []
    for activity, scope in uncovered(frame.reader, frame.start, frame.end, frame.chosen):
        rows.append(
            Row(
                [
                    frame.words.title(activity) or frame.words.kind(activity["kind"]),
                    days(activity["start"], activity["end"]),
                    choices.label("activity_status", activity["status"], frame.language),
                    len(scope.wanted),
                    len(scope.wanted) - len(scope.missing),
                    ", ".join(sorted(frame.words.site(site) for site in scope.missing)),
                    ", ".join(sorted(frame.words.site(site) for site in scope.several)),
                ]
            )
        )
    return Table(
        frame.say("reports.sheet_departments"),
        frame.say("reports.departments_title", period=period_name(frame)),
        [
            Column(frame.say("reports.sheet_activities"), "text", 40),
            Column(frame.say("reports.window"), "text", 24),
            Column(frame.say("reports.state"), "text", 16),
            Column(frame.say("reports.departments_wanted"), "count", 12, adds=False),
            Column(frame.say("reports.departments_there"), "count", 14, adds=False),
            Column(frame.say("reports.departments_nobody"), "text", 44),
            Column(frame.say("reports.departments_several"), "text", 28),
        ],
        [Section(rows)],
    )
