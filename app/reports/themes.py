"""Tables beside those of the quarterly workbook: coverage, duties, action items, surveys, trainings for donors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.basics import clock
from app.models.queries.duties import duties
from app.models.queries.facts import DONOR_DAYS, DONOR_HOURS
from app.models.queries.indicators import CODES, target_of, value_of
from app.models.queries.sums import answers_to
from app.reports.frame import Frame
from app.reports.quarterly import period_name
from app.reports.tables import Column, Row, Section, Table
from app.reports.wording import day, days, spoken
from app.specs import choices

_SEXES = ("f", "m", "not_recorded")


def coverage(frame: Frame) -> Table:
    """Persons trained, topic by site; and police officers trained as a share of the strength of each site."""
    figures = frame.figures
    by_both = figures.trained(("topic", "site"))
    by_topic = figures.trained(("topic",))
    topics = [code for code in choices.choices("topic") if (code,) in by_topic]
    topics += sorted(key[0] for key in by_topic if key[0] not in topics)
    rows = [
        Row(
            [
                _topic(frame, topic),
                *(_ids(by_both.get((topic, site["id"]))) for site in frame.sites),
                _ids(by_topic[(topic,)]),
            ]
        )
        for topic in topics
    ]
    police = {code for code, entry in choices.choices("service").items() if entry.more.get("group") == "police"}
    officers = figures.trained(("service", "site"))
    shares: list[float | None] = []
    for site in frame.sites:
        strength = (site["strength_f"] or 0) + (site["strength_m"] or 0)
        covered: set[str] = set()
        for (service, here), figure in officers.items():
            if service in police and here == site["id"]:
                covered |= set(figure.ids)
        shares.append(len(covered) / strength if strength else None)
    share_row = Row([frame.say("reports.officers_covered"), *(_percent(share) for share in shares), ""])
    everybody = {i: _ids(figures.trained(("site",)).get((s["id"],))) for i, s in enumerate(frame.sites, 1)}
    everybody[len(frame.sites) + 1] = len(figures.trained()[()].ids)
    return Table(
        frame.say("reports.sheet_coverage"),
        frame.say("reports.coverage_title", period=period_name(frame)),
        [
            Column(frame.say("reports.topic"), "text", 40),
            *(Column(frame.words.title(site, "name"), "count", 12, adds=False) for site in frame.sites),
            Column(frame.say("reports.all_sites"), "count", 12, adds=False),
        ],
        [
            Section(rows, "", frame.say("reports.total_each_once"), everybody),
            Section([share_row], frame.say("reports.share_of_strength")),
        ],
        [frame.say("reports.note_people_not_summed"), frame.say("reports.note_strength")],
    )


def duties_table(frame: Frame) -> Table:
    """What every site owed regularly in the period, and whether it was done."""
    found = duties(frame.reader, frame.start, frame.end, frame.chosen, clock.today().isoformat())
    sections = []
    for kind in dict.fromkeys(due.kind for due in found):
        rows = [
            Row(
                [
                    frame.words.site(due.site),
                    days(due.start, due.end),
                    frame.say(f"reports.duty_{due.state}"),
                    "; ".join(day(d) for d in dict.fromkeys(due.days)),
                    1 if due.state == "done" else 0,
                    1 if due.state == "overdue" else 0,
                ]
            )
            for due in found
            if due.kind == kind
        ]
        sections.append(Section(rows, frame.words.kind(kind), frame.say("reports.total")))
    return Table(
        frame.say("reports.sheet_duties"),
        frame.say("reports.duties_title", period=period_name(frame)),
        [
            Column(frame.say("reports.site"), "text", 28),
            Column(frame.say("reports.window"), "text", 26),
            Column(frame.say("reports.state"), "text", 22),
            Column(frame.say("reports.held_on"), "text", 24),
            Column(frame.say("reports.duty_done"), "count", 12),
            Column(frame.say("reports.duty_overdue"), "count", 12),
        ],
        sections or [Section([])],
    )


def action_items(frame: Frame) -> Table:
    """Every action item that was opened or closed in the period, or is still open at its end, overdue ones first."""
    figures = frame.figures
    shown = set()
    for what in ("opened", "closed", "dropped", "open"):
        shown |= set(figures.actions(what)[()].ids)
    overdue = set(figures.actions("overdue")[()].ids)
    items = [item for item in figures.action_items() if item["id"] in shown]
    items.sort(key=lambda i: (i["id"] not in overdue, i["closed"], i["due"] or "9999", i["id"]))
    rows = [
        Row(
            [
                frame.words.site(item["site"]),
                frame.words.name("group", item["group"]),
                item["text"],
                _owner(frame, item),
                item["opened_on"] or "",
                item["due"] or "",
                frame.say("reports.overdue")
                if item["id"] in overdue
                else frame.words.choice("action_state", item["state"]),
                item["closed_on"] or "",
                item["carried"],
            ]
        )
        for item in items
    ]
    return Table(
        frame.say("reports.sheet_actions"),
        frame.say("reports.actions_title", period=period_name(frame)),
        [
            Column(frame.say("reports.site"), "text", 20),
            Column(frame.say("reports.group"), "text", 26),
            Column(frame.say("reports.action"), "text", 46),
            Column(frame.say("reports.owner"), "text", 24),
            Column(frame.say("reports.opened_on"), "date", 12),
            Column(frame.say("reports.due"), "date", 12),
            Column(frame.say("reports.state"), "text", 16),
            Column(frame.say("reports.closed_on"), "date", 12),
            Column(frame.say("reports.carried"), "count", 10, adds=False),
        ],
        [Section(rows)],
        [frame.say("reports.note_actions", day=day(figures.as_of))],
    )


def _owner(frame: Frame, item: Mapping[str, Any]) -> str:
    if item["owner_person"]:
        return frame.words.person(frame.reader.get("person", item["owner_person"], deleted=True))
    return frame.words.organisation(item["owner_organisation"]) or item["owner_name"] or ""


def surveys(frame: Frame) -> Table:
    """Surveys of the period: sample, the share of positive answers with its margin, and the change since the last."""
    reader = frame.reader
    everything = sorted(reader.list("survey"), key=lambda s: (s["start"], s["id"]))
    last: dict[tuple[Any, ...], float] = {}
    sections = []
    for survey in everything:
        rows = []
        for question in sorted(reader.list("question", survey=survey["id"]), key=lambda q: (q["number"], q["id"])):
            answers = answers_to(reader, question["id"])
            share = answers.share
            key = (survey["series"] or survey["id"], survey["site"], question["trend_key"] or question["text_en"])
            before = last.get(key)
            if share is not None:
                last[key] = share
            change = share - before if share is not None and before is not None else None
            rows.append(Row([frame.words.title(question, "text"), answers.whole, share, answers.margin, change]))
        if frame.figures.scope.has(survey["start"]) and frame.figures.scope.at(survey["site"] or survey["owner_site"]):
            about = [
                frame.words.title(survey),
                frame.words.site(survey["site"]),
                days(survey["start"], survey["end"]),
                frame.words.choice("survey_method", survey["method"]),
                frame.say(
                    "reports.sample",
                    sample=survey["sample"] or "–",
                    women=survey["sample_f"] if survey["sample_f"] is not None else "–",
                    men=survey["sample_m"] if survey["sample_m"] is not None else "–",
                ),
            ]
            sections.append(Section(rows, "; ".join(filter(None, about))))
    return Table(
        frame.say("reports.sheet_surveys"),
        frame.say("reports.surveys_title", period=period_name(frame)),
        [
            Column(frame.say("reports.question"), "text", 60),
            Column(frame.say("reports.answers"), "count", 12, adds=False),
            Column(frame.say("reports.positive"), "percent", 13, adds=False),
            Column(frame.say("reports.margin"), "percent", 13, adds=False),
            Column(frame.say("reports.change"), "percent", 13, adds=False),
        ],
        sections or [Section([])],
        [frame.say("reports.note_surveys")],
    )


def donor(frame: Frame) -> Table:
    """Trainings as donors ask for them: subject, days, participants by sex, who was trained, costs split."""
    facts, figures = frame.figures.facts, frame.figures
    seats: dict[str, list[Any]] = {}
    for seat in facts.participants:
        seats.setdefault(seat.activity["id"], []).append(seat)
    costs: dict[str, dict[str, float]] = {}
    for cost in facts.of_held("cost"):
        split = costs.setdefault(cost["activity"], {})
        part = cost["type"] if cost["type"] in ("instruction", "participant", "travel") else "other"
        split[part] = split.get(part, 0) + cost["amount"] * (1 if cost["rate"] is None else cost["rate"])
    rows = []
    for activity in facts.held.values():
        if not facts.trains(activity):
            continue
        here = seats.get(activity["id"], [])
        numbers = [sum(s.sex == sex for s in here) for sex in _SEXES]
        split = costs.get(activity["id"], {})
        parts = [round(split.get(part, 0), 2) for part in ("instruction", "participant", "travel", "other")]
        person_days = sum(s.days for s in here)
        rows.append(
            Row(
                [
                    frame.words.activity(activity),
                    activity["start"],
                    activity["end"] or activity["start"],
                    frame.words.site(activity["site"]),
                    *numbers,
                    sum(numbers),
                    sum(facts.passes(s) for s in here),
                    sum(facts.passes(s, "donor") for s in here),
                    round(sum(s.hours or 0 for s in here), 2),
                    person_days,
                    *parts,
                    round(sum(parts), 2),
                    round(sum(parts) / person_days, 2) if person_days else None,
                ]
            )
        )
    sexes = [Column(frame.say(f"reports.sex_{sex}"), "count", 9) for sex in _SEXES]
    money = [
        Column(frame.say(f"reports.cost_{part}"), "money", 12)
        for part in ("instruction", "participant", "travel", "other")
    ]
    people = len(figures.trained()[()].ids)
    return Table(
        frame.say("reports.sheet_donor"),
        frame.say("reports.donor_title", period=period_name(frame)),
        [
            Column(frame.say("reports.title"), "text", 36),
            Column(frame.say("reports.first_day"), "date", 11),
            Column(frame.say("reports.last_day"), "date", 11),
            Column(frame.say("reports.site"), "text", 18),
            *sexes,
            Column(frame.say("reports.participations"), "count", 11, sums=(4, 6)),
            Column(frame.say("reports.attended_enough"), "count", 11),
            Column(frame.say("reports.donor_rule", days=DONOR_DAYS, hours=DONOR_HOURS), "count", 12),
            Column(frame.say("reports.person_hours"), "hours", 10),
            Column(frame.say("reports.person_days"), "count", 10),
            *money,
            Column(frame.say("reports.in_manats"), "money", 13, sums=(12, 15)),
            Column(frame.say("reports.per_person_day"), "money", 12, adds=False),
        ],
        [Section(rows, total_label=frame.say("reports.total"))],
        [frame.say("reports.note_donor", people=people), frame.say("reports.note_money")],
    )


def indicators(frame: Frame) -> Table:
    """Every indicator with what kind of number it is, its value in the period and its target."""
    figures = frame.figures
    rows = []
    known = {row["code"]: row for row in frame.reader.list("indicator")}
    order = [code for code in CODES if code in known] + sorted(code for code in known if code not in CODES)
    for code in order:
        row = known[code]
        figure = value_of(figures, code)
        target = target_of(figures, row["id"])
        places = "hours" if figure is not None and not float(figure.value).is_integer() else "count"
        said = spoken(figure.value, places, frame.language) if figure is not None else frame.say("reports.no_value")
        wanted = spoken(target, "count", frame.language) if target is not None else ""
        reached = figure.value / target if figure is not None and target else None
        unit = frame.words.choice("plan_unit", row["unit"])
        rows.append(
            Row(
                [
                    frame.words.title(row),
                    frame.words.choice("count_type", row["count_type"]),
                    unit,
                    said,
                    wanted,
                    reached,
                ],
                key=code,
            )
        )
    return Table(
        frame.say("reports.sheet_indicators"),
        frame.say("reports.indicators_title", period=period_name(frame)),
        [
            Column(frame.say("reports.indicator"), "text", 46),
            Column(frame.say("reports.kind_of_number"), "text", 26),
            Column(frame.say("reports.counted_in"), "text", 16),
            Column(frame.say("reports.figure"), "text", 14),
            Column(frame.say("reports.target"), "text", 14),
            Column(frame.say("reports.of_target"), "percent", 12, adds=False),
        ],
        [Section(rows)],
        [frame.say("reports.note_types"), frame.say("reports.note_no_value")],
    )


def _topic(frame: Frame, code: str) -> str:
    return frame.say("reports.not_recorded") if code == "not_recorded" else frame.words.choice("topic", code)


def _ids(figure: Any) -> int:
    return len(figure.ids) if figure is not None else 0


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.0f} %"
