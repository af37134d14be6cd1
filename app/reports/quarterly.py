"""The quarterly workbook: a summary over the sites, a sheet for each theme and each site; adds no unlike numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.models.queries.figures import Split, total
from app.models.writer import Reader
from app.reports.frame import Frame, plain, value
from app.reports.tables import Chart, Column, Counted, Linked, Report, Row, Section, Table, number
from app.reports.wording import day, spoken

_SEXES = ("f", "m", "not_recorded")
_ACTIVITIES, _TRAINED, _SEATS = "activities", "trained", "seats"
_SUMMARY = "summary"


def quarterly(reader: Reader, start: str, end: str, sites: Iterable[str] | None, language: str) -> Report:
    """The report of a period over some sites (None: all), whose days are ISO and included."""
    frame = Frame(reader, start, end, sites, language)
    site_tables = _told_apart(frame, [site_table(frame, site) for site in frame.sites])
    return Report(
        frame.say("reports.quarterly_title", period=period_name(frame)),
        language,
        frame.facts(),
        [
            summary(frame, {site["id"]: table for site, table in zip(frame.sites, site_tables, strict=True)}),
            activities(frame),
            kinds(frame),
            participations(frame),
            people_trained(frame),
            headcounts(frame),
            groups(frame),
            outputs(frame),
            mechanisms(frame),
            costs(frame),
            legacy(frame),
            *site_tables,
        ],
        frame.notes(),
        frame.warning(),
    )


def _told_apart(frame: Frame, tables: Sequence[Table]) -> list[Table]:
    """Sites of one name get their codes beside it: links lead to a sheet by its name."""
    often = Counter(table.name.casefold() for table in tables)
    return [
        replace(table, name=f"{table.name} ({site['code']})") if often[table.name.casefold()] > 1 else table
        for table, site in zip(tables, frame.sites, strict=True)
    ]


def period_name(frame: Frame) -> str:
    """`2026, 1st quarter` where the days are a quarter's, the year where they are a year's, else the days."""
    start, end = frame.start, frame.end
    quarters = {("01-01", "03-31"): "q1", ("04-01", "06-30"): "q2", ("07-01", "09-30"): "q3", ("10-01", "12-31"): "q4"}
    if start[:4] == end[:4]:
        if (quarter := quarters.get((start[5:], end[5:]))) is not None:
            return f"{start[:4]}, {frame.words.choice('quarter', quarter)}"
        if (start[5:], end[5:]) == ("01-01", "12-31"):
            return start[:4]
    return f"{day(start)} – {day(end)}"


# --- the summary ----------------------------------------------------------------------------------------------------


_NARROW = 10.5


def summary(frame: Frame, site_tables: Mapping[str, Table]) -> Table:
    """A row for each site; its numbers are those of the site's own sheet, its totals are sums of the rows."""
    columns = [
        _text(frame, "reports.site", 24),
        _number(frame, "reports.activities_held"),
        _number(frame, "reports.trainings_held"),
        *_sex_columns(frame, "reports.participations", first=3),
        _number(frame, "reports.people_trained", adds=False),
        _number(frame, "reports.person_hours", "hours"),
        _number(frame, "reports.heads_counted"),
        _number(frame, "reports.heads_estimated"),
        _number(frame, "reports.official_counted"),
        _number(frame, "reports.official_estimated"),
        _number(frame, "reports.meetings"),
        _number(frame, "reports.actions_opened"),
        _number(frame, "reports.actions_closed"),
        _number(frame, "reports.actions_overdue"),
        _number(frame, "reports.outputs"),
        _number(frame, "reports.copies_distributed"),
    ]
    columns = [columns[0], *(replace(column, width=_NARROW) for column in columns[1:])]
    rows = []
    for site in frame.sites:
        table = site_tables[site["id"]]
        numbers = _keyed(table)

        def of(key: str, column: int = 4, *, name: str = table.name, numbers: Any = numbers) -> Linked:
            return Linked(numbers[key, column], name, key, column)

        rows.append(
            Row(
                [
                    frame.words.title(site, "name"),
                    of(_ACTIVITIES),
                    of("trainings"),
                    *(of(_SEATS, column) for column in (1, 2, 3)),
                    numbers[_SEATS, 4],
                    of(_TRAINED),
                    *(of(key) for key in _SITE_KEYS),
                ]
            )
        )
    everybody = plain(total(frame.figures.trained()))
    notes = [frame.say("reports.note_people_not_summed"), frame.say("reports.note_heads_apart")]
    return Table(
        frame.say("reports.sheet_summary"),
        frame.say("reports.summary_title", period=period_name(frame)),
        columns,
        [Section(rows, total_label=frame.say("reports.all_sites_total"), given={7: everybody})],
        notes,
        chart=Chart(frame.say("reports.chart_participations"), 0, (3, 4, 5)),
    )


_SITE_KEYS = (
    "hours",
    "counted",
    "estimated",
    "official_counted",
    "official_estimated",
    "meetings",
    "opened",
    "closed",
    "overdue",
    "outputs",
    "copies",
)


def _keyed(table: Table) -> dict[tuple[str, int], float]:
    """Row key and column → number, of a table whose keyed rows other tables refer to."""
    found: dict[tuple[str, int], float] = {}
    for section in table.sections:
        for row in section.rows:
            if row.key:
                found |= {(row.key, i): n for i, cell in enumerate(row.cells) if (n := number(cell)) is not None}
        if section.key:
            found |= {(section.key, i): table.total(section, i) or 0 for i in range(1, len(table.columns))}
    return found


# --- a site ---------------------------------------------------------------------------------------------------------


def site_table(frame: Frame, site: Mapping[str, Any]) -> Table:
    """One page about one site; the summary takes its numbers from here."""
    figures, here = frame.figures, site["id"]
    seats = figures.participations(("site", "service", "sex"))
    services = _order(frame, "service", [key[1] for key in seats if key[0] == here])
    by_service = [Row(_by_sex(seats, frame.words.choice("service", s) or s, (here, s))) for s in services]
    held = figures.activities(("site", "kind"))
    kinds_here = sorted((key[1] for key in held if key[0] == here), key=frame.words.kind)
    by_kind = [Row([frame.words.kind(k), None, None, None, value(held, here, k)]) for k in kinds_here]
    trained = figures.trained(("site", "sex"))
    people = Row(_by_sex(trained, frame.say("reports.people_trained"), (here,)), key=_TRAINED)
    unnamed = figures.unnamed(("site", "sex"))
    single = {
        "trainings": ("reports.trainings_held", figures.trainings(("site",))),
        "hours": ("reports.person_hours", figures.person_hours(("site",))),
        "counted": ("reports.heads_counted", figures.counted(("site",))),
        "estimated": ("reports.heads_estimated", figures.estimated(("site",))),
        "official_counted": ("reports.official_counted", figures.official(("site",))),
        "official_estimated": ("reports.official_estimated", figures.official(("site",), "estimate")),
        "meetings": ("reports.meetings", figures.meetings(("site",))),
        "opened": ("reports.actions_opened", figures.actions("opened", ("site",))),
        "closed": ("reports.actions_closed", figures.actions("closed", ("site",))),
        "overdue": ("reports.actions_overdue", figures.actions("overdue", ("site",))),
        "outputs": ("reports.outputs", figures.outputs(("site",))),
        "copies": ("reports.copies_distributed", figures.copies_given(("site",))),
    }
    others = [
        Row([frame.say(label), None, None, None, value(split, here)], key=key) for key, (label, split) in single.items()
    ]
    name = frame.words.title(site, "name")
    return Table(
        name,
        f"{name}: {period_name(frame)}",
        [_text(frame, "reports.what", 52), *_sex_columns(frame)],
        [
            Section(
                by_kind,
                frame.say("reports.activities_by_kind"),
                frame.say("reports.total"),
                given={1: None, 2: None, 3: None},
                key=_ACTIVITIES,
            ),
            Section(by_service, frame.say("reports.participations_by_service"), frame.say("reports.total"), key=_SEATS),
            Section(
                [people, Row(_by_sex(unnamed, frame.say("reports.participations_unnamed"), (here,)))],
                frame.say("reports.people"),
            ),
            Section(others, frame.say("reports.other_numbers")),
        ],
        [frame.say("reports.note_people_short")],
    )


# --- themes ---------------------------------------------------------------------------------------------------------


def activities(frame: Frame) -> Table:
    """The activities held, by site and day, with who took part."""
    figures = frame.figures
    there: dict[str, dict[str, list[str]]] = {}
    hours: dict[str, float] = {}
    for seat in figures.facts.participants:
        by_sex = there.setdefault(seat.activity["id"], {sex: [] for sex in _SEXES})
        by_sex[seat.sex if seat.sex in by_sex else "not_recorded"].append(seat.id)
        hours[seat.activity["id"]] = hours.get(seat.activity["id"], 0) + (seat.hours or 0)
    sections = []
    for site in frame.sites:
        rows = []
        for activity in figures.facts.held.values():
            if activity["site"] != site["id"]:
                continue
            who = there.get(activity["id"], {sex: [] for sex in _SEXES})
            rows.append(
                Row(
                    [
                        activity["start"],
                        activity["end"] or activity["start"],
                        frame.words.kind(activity["kind"]),
                        frame.words.title(activity),
                        activity["place"] or frame.words.name("venue", activity["venue"]),
                        *(Counted(len(ids), "participation", tuple(ids)) for ids in who.values()),
                        sum(map(len, who.values())),
                        round(hours.get(activity["id"], 0), 2),
                    ]
                )
            )
        if rows:
            sections.append(Section(rows, frame.words.title(site, "name"), frame.say("reports.total")))
    return Table(
        frame.say("reports.sheet_activities"),
        frame.say("reports.activities_title", period=period_name(frame)),
        [
            Column(frame.say("reports.first_day"), "date", 12),
            Column(frame.say("reports.last_day"), "date", 12),
            _text(frame, "reports.kind", 34),
            _text(frame, "reports.title", 40),
            _text(frame, "reports.place", 22),
            *_sex_columns(frame, first=5),
            _number(frame, "reports.person_hours", "hours"),
        ],
        sections or [Section([])],
        [*_statuses(frame)],
    )


def _statuses(frame: Frame) -> list[str]:
    """How many were planned, postponed, cancelled: said in a note, so that nobody adds them."""
    split = frame.figures.by_status()
    said = [
        f"{frame.words.choice('activity_status', status).lower()}: {plain(split[(status,)])}"
        for status in ("planned", "confirmed", "postponed", "cancelled")
        if (status,) in split
    ]
    return [frame.say("reports.not_counted", statuses="; ".join(said))] if said else []


def kinds(frame: Frame) -> Table:
    """The kinds of activity that were held, with participations and persons trained."""
    figures = frame.figures
    held, seats, trained = (
        figures.activities(("kind",)),
        figures.participations(("kind", "sex")),
        figures.trained(("kind",)),
    )
    rows = [
        Row([frame.words.kind(k), value(held, k), *_by_sex(seats, "", (k,))[1:], value(trained, k)])
        for k in sorted((key[0] for key in held), key=frame.words.kind)
    ]
    return Table(
        frame.say("reports.sheet_kinds"),
        frame.say("reports.kinds_title", period=period_name(frame)),
        [
            _text(frame, "reports.kind", 52),
            _number(frame, "reports.activities_held"),
            *_sex_columns(frame, "reports.participations", first=2),
            _number(frame, "reports.people_trained", adds=False),
        ],
        [Section(rows, total_label=frame.say("reports.total"), given={6: plain(total(figures.trained()))})],
        [frame.say("reports.note_people_not_summed")],
    )


def participations(frame: Frame) -> Table:
    """Participations by sex, for each site, service and audience."""
    figures = frame.figures
    by_site = figures.participations(("site", "sex"))
    sections = [
        Section(
            [Row(_by_sex(by_site, frame.words.title(s, "name"), (s["id"],))) for s in frame.sites],
            frame.say("reports.by_site"),
            frame.say("reports.total"),
        )
    ]
    for dimension, label in (
        ("service", "reports.by_service"),
        ("rank", "reports.by_rank"),
        ("audience", "reports.by_audience"),
    ):
        split = figures.participations((dimension, "sex"))
        codes = _order(frame, dimension, [key[0] for key in split])
        rows = [Row(_by_sex(split, _code(frame, dimension, code), (code,))) for code in codes]
        sections.append(Section(rows, frame.say(label), frame.say("reports.total")))
    return Table(
        frame.say("reports.sheet_participations"),
        frame.say("reports.participations_title", period=period_name(frame)),
        [_text(frame, "reports.what", 48), *_sex_columns(frame)],
        sections,
        [frame.say("reports.note_participations"), frame.say("reports.note_roles")],
    )


def people_trained(frame: Frame) -> Table:
    """Different persons trained by sex, for each site, service, kind and topic; only services and ranks add up."""
    figures = frame.figures
    whole = figures.trained(("sex",))
    every = {index: value(whole, sex).value for index, sex in enumerate(_SEXES, 1)}
    every[4] = plain(total(figures.trained()))
    sections = []
    for dimension, label, adds in (
        ("site", "reports.by_site", False),
        ("service", "reports.by_service", True),
        ("rank", "reports.by_rank", True),
        ("kind", "reports.by_kind", False),
        ("topic", "reports.by_topic", False),
    ):
        split = figures.trained((dimension, "sex"))
        if dimension == "site":
            named = [(site["id"], frame.words.title(site, "name")) for site in frame.sites]
        else:
            codes = _order(frame, dimension, [key[0] for key in split])
            named = [(code, _code(frame, dimension, code)) for code in codes]
        rows = [Row(_by_sex(split, name, (code,))) for code, name in named]
        # The total of a partition is a sum that must come to the same; elsewhere it is counted afresh.
        given = {} if adds else every
        sections.append(Section(rows, frame.say(label), frame.say("reports.total_each_once"), given))
    return Table(
        frame.say("reports.sheet_trained"),
        frame.say("reports.trained_title", period=period_name(frame)),
        [_text(frame, "reports.what", 48), *_sex_columns(frame)],
        sections,
        [frame.say("reports.note_people_not_summed"), frame.say("reports.note_unnamed")],
    )


def headcounts(frame: Frame) -> Table:
    """Crowds, event by event: counted, estimated and stated stand beside each other and are never added together."""
    figures = frame.figures
    categories = ("woman", "man", "girl", "boy", "unknown")
    heads: dict[str, dict[str, int]] = {}
    guesses: dict[str, int] = {}
    for tally in figures.facts.of_held("tally"):
        if (tally["type"] or "counted") == "counted":
            numbers = heads.setdefault(tally["activity"], dict.fromkeys(categories, 0))
            numbers[tally["category"] if tally["category"] in numbers else "unknown"] += tally["delta"]
        else:
            guesses[tally["activity"]] = guesses.get(tally["activity"], 0) + tally["delta"]
    statements: dict[str, list[dict[str, Any]]] = {}
    for statement in figures.statements():
        statements.setdefault(statement["activity"], []).append(statement)
    rows = []
    for activity in figures.facts.held.values():
        key = activity["id"]
        if key not in heads and key not in guesses and key not in statements:
            continue
        counted = heads.get(key)
        rows.append(
            Row(
                [
                    activity["start"],
                    frame.words.site(activity["site"]),
                    frame.words.activity(activity),
                    *(counted.values() if counted else [None] * 5),
                    sum(counted.values()) if counted else None,
                    guesses.get(key),
                    "\n".join(_statement(frame, s) for s in statements.get(key, [])),
                ]
            )
        )
    return Table(
        frame.say("reports.sheet_headcounts"),
        frame.say("reports.headcounts_title", period=period_name(frame)),
        [
            Column(frame.say("reports.day"), "date", 12),
            _text(frame, "reports.site", 20),
            _text(frame, "reports.title", 36),
            *(Column(frame.words.choice("tally_category", c), width=11) for c in categories),
            Column(frame.say("reports.heads_counted"), width=13, sums=(3, 7)),
            _number(frame, "reports.heads_estimated"),
            _text(frame, "reports.statements", 44),
        ],
        [Section(rows, total_label=frame.say("reports.total"))],
        [frame.say("reports.note_heads_apart"), frame.say("reports.note_heads")],
    )


def _statement(frame: Frame, row: Mapping[str, Any]) -> str:
    said = spoken(row["figure"], language=frame.language)
    if row["low"] is not None or row["high"] is not None:
        low, high = spoken(row["low"], language=frame.language), spoken(row["high"], language=frame.language)
        said += f" ({low}–{high})"
    said += f", {frame.words.choice('headcount_method', row['method']).lower()}"
    if row["source"]:
        said += f", {row['source']}"
    return f"{said} – {frame.say('reports.official')}" if row["official"] else said


def groups(frame: Frame) -> Table:
    """The groups that exist, their members, meetings and action items."""
    figures = frame.figures
    items = figures.action_items()
    found = {what: set(figures.actions(what)[()].ids) for what in ("opened", "closed", "open", "overdue")}
    by_group: dict[str, list[str]] = {}
    for item in items:
        by_group.setdefault(item["group"] or "", []).append(item["id"])
    met: dict[str, int] = {}
    for activity in figures.facts.held.values():
        if activity["group"]:
            met[activity["group"]] = met.get(activity["group"], 0) + 1
    rows = []
    for group_id in figures.groups()[()].ids:
        group = frame.reader.get("group", group_id) or {}
        members = _members(frame, group_id)
        rows.append(
            Row(
                [
                    frame.words.title(group, "name"),
                    frame.words.site(group["site"]),
                    frame.words.choice("group_type", group["type"]),
                    *members,
                    met.get(group_id, 0),
                    *(len(found[what] & set(by_group.get(group_id, []))) for what in found),
                ]
            )
        )
    loose = by_group.get("", [])
    if loose:
        numbers = [len(found[what] & set(loose)) for what in found]
        rows.append(Row([frame.say("reports.no_group"), "", "", *[None] * 5, *numbers]))
    return Table(
        frame.say("reports.sheet_groups"),
        frame.say("reports.groups_title", period=period_name(frame)),
        [
            _text(frame, "reports.group", 38),
            _text(frame, "reports.site", 20),
            _text(frame, "reports.group_type", 30),
            *_sex_columns(frame, "reports.members", first=3),
            _number(frame, "reports.meetings"),
            _number(frame, "reports.actions_opened"),
            _number(frame, "reports.actions_closed"),
            _number(frame, "reports.actions_open"),
            _number(frame, "reports.actions_overdue"),
        ],
        [Section(rows, total_label=frame.say("reports.total"))],
        [frame.say("reports.note_actions", day=day(figures.as_of)), frame.say("reports.note_members")],
    )


def _members(frame: Frame, group: str) -> list[int]:
    """Members at the end of the period: women, men, not recorded, together; a person with two seats stands once."""
    numbers = dict.fromkeys(_SEXES, 0)
    seen = set()
    for member in frame.reader.list("membership", group=group):
        if (member["start"] or "") > frame.end or (member["end"] or "9999") < frame.end:
            continue
        person = frame.figures.facts.canonical(member["person"]) if member["person"] else None
        if person is not None and person in seen:
            continue
        seen.add(person)
        row = frame.reader.get("person", person, deleted=True) if person else None
        sex = (row or {}).get("sex") or "not_recorded"
        numbers[sex if sex in numbers else "not_recorded"] += 1
    return [*numbers.values(), sum(numbers.values())]


def outputs(frame: Frame) -> Table:
    """What was published in the period or given out in it: print run, copies given out, airings."""
    figures = frame.figures
    given: dict[str, int] = {}
    for line in figures.facts.dated("distribution", "date"):
        given[line["output"]] = given.get(line["output"], 0) + line["quantity"]
    aired: dict[str, int] = {}
    for airing in frame.reader.list("airing"):
        if figures.scope.has(airing["date"]):
            aired[airing["output"]] = aired.get(airing["output"], 0) + 1
    published = set(figures.outputs()[()].ids)
    in_airings = set(figures.airings()[()].ids)
    aired_here = {a["output"] for a in frame.reader.list("airing") if a["id"] in in_airings}
    rows = []
    for output in frame.reader.list("output"):
        if output["id"] not in published | set(given) | aired_here:
            continue
        new = output["id"] in published
        rows.append(
            Row(
                [
                    output["date"] or "",
                    frame.words.site(output["site"]),
                    frame.words.choice("output_kind", output["kind"]),
                    frame.words.title(output),
                    _number_of(output),
                    1 if new else None,
                    output["print_run"] if new else None,
                    given.get(output["id"]),
                    aired.get(output["id"]),
                ]
            )
        )
    rows.sort(key=lambda row: str(row.cells[0]))
    return Table(
        frame.say("reports.sheet_outputs"),
        frame.say("reports.outputs_title", period=period_name(frame)),
        [
            Column(frame.say("reports.day"), "date", 12),
            _text(frame, "reports.site", 20),
            _text(frame, "reports.kind", 24),
            _text(frame, "reports.title", 42),
            _text(frame, "reports.issue", 14),
            _number(frame, "reports.outputs"),
            _number(frame, "reports.copies_printed"),
            _number(frame, "reports.copies_distributed"),
            _number(frame, "reports.airings"),
        ],
        [Section(rows, total_label=frame.say("reports.total"))],
        [frame.say("reports.note_outputs")],
    )


def _number_of(output: Mapping[str, Any]) -> str:
    return " / ".join(str(part) for part in (output["series"], output["volume"], output["issue"]) if part is not None)


def mechanisms(frame: Frame) -> Table:
    """What was read off boxes, hotlines and pages, by type of reading and category."""
    split = frame.figures.readings(("site", "category"))
    sections = []
    for kind in sorted({key[0] for key in split}):
        rows = [
            Row([frame.words.site(key[1]), _code(frame, "complaint_category", key[2]), plain(split[key])])
            for key in sorted(split, key=lambda k: (frame.words.site(k[1]), k[2]))
            if key[0] == kind
        ]
        sections.append(Section(rows, frame.words.choice("reading_type", kind), frame.say("reports.total")))
    running = frame.figures.mechanisms(("type",))
    standing = [
        f"{frame.words.choice('mechanism_type', key[0])}: {plain(figure)}" for key, figure in sorted(running.items())
    ]
    notes = [frame.say("reports.mechanisms_running", what="; ".join(standing))] if standing else []
    return Table(
        frame.say("reports.sheet_mechanisms"),
        frame.say("reports.mechanisms_title", period=period_name(frame)),
        [
            _text(frame, "reports.site", 28),
            _text(frame, "reports.category", 34),
            _number(frame, "reports.number"),
        ],
        sections or [Section([])],
        notes,
    )


def costs(frame: Frame) -> Table:
    """Costs by type, in manats at the rate fixed with each cost, and as they were paid."""
    figures = frame.figures
    in_manats = figures.costs(("cost_type",))
    as_paid = figures.costs_as_paid(("cost_type",))
    currencies = sorted({key[0] for key in as_paid})
    rows = [
        Row(
            [
                frame.words.choice("cost_type", code),
                value(in_manats, code),
                *(value(as_paid, currency, code) for currency in currencies),
            ]
        )
        for code in _order(frame, "cost_type", [key[0] for key in in_manats])
    ]
    return Table(
        frame.say("reports.sheet_costs"),
        frame.say("reports.costs_title", period=period_name(frame)),
        [
            _text(frame, "reports.cost_type", 34),
            Column(frame.say("reports.in_manats"), "money", 18),
            *(Column(frame.say("reports.paid_in", currency=currency), "money", 18) for currency in currencies),
        ],
        [Section(rows, total_label=frame.say("reports.total"))],
        [frame.say("reports.note_money")],
    )


def legacy(frame: Frame) -> Table:
    """Figures of earlier papers, as of their own day; they are shown beside ours and never added to anything."""
    rows = [
        Row(
            [
                row["title"],
                _places(frame, row),
                row["since"] or "",
                row["as_of"],
                frame.say("reports.over", number=spoken(row["figure"], language=frame.language))
                if row["over"]
                else spoken(row["figure"], language=frame.language),
                row["breakdown"] or "",
                row["source_document"] or "",
            ]
        )
        for row, _ in frame.figures.legacy()
    ]
    return Table(
        frame.say("reports.sheet_legacy"),
        frame.say("reports.legacy_title"),
        [
            _text(frame, "reports.title", 40),
            _text(frame, "reports.sites", 26),
            Column(frame.say("reports.since"), "date", 12),
            Column(frame.say("reports.as_of"), "date", 12),
            _text(frame, "reports.figure", 18),
            _text(frame, "reports.breakdown", 34),
            _text(frame, "reports.source_document", 40),
        ],
        [Section(rows)],
        [frame.say("reports.note_legacy")],
    )


def _places(frame: Frame, row: Mapping[str, Any]) -> str:
    sites = [row["site"], *(row["sites"] or [])] if row["site"] else row["sites"] or []
    return ", ".join(frame.words.site(site) for site in dict.fromkeys(sites))


# --- parts ----------------------------------------------------------------------------------------------------------


def _text(frame: Frame, key: str, width: int) -> Column:
    return Column(frame.say(key), "text", width)


def _number(frame: Frame, key: str, kind: Any = "count", *, adds: bool = True) -> Column:
    return Column(frame.say(key), kind, 13, adds=adds)


def _sex_columns(frame: Frame, key: str = "", *, first: int = 1) -> list[Column]:
    """Women, men, not recorded and their sum, as columns that begin at `first`."""
    before = f"{frame.say(key)}: " if key else ""
    names = [f"{before}{frame.say(f'reports.sex_{sex}')}" for sex in _SEXES]
    total_name = f"{before}{frame.say('reports.total')}"
    return [*(Column(name, width=13) for name in names), Column(total_name, width=13, sums=(first, first + 2))]


def _by_sex(split: Split, label: str, key: tuple[str, ...]) -> list[str | int | float | Linked | Counted | None]:
    numbers = [value(split, *key, sex) for sex in _SEXES]
    return [label, *numbers, sum(number.value for number in numbers)]


def _code(frame: Frame, dimension: str, code: str) -> str:
    if code == "not_recorded":
        return frame.say("reports.not_recorded")
    if dimension == "kind":
        return frame.words.kind(code)
    return frame.words.choice(dimension, code)


def _order(frame: Frame, dimension: str, codes: list[str]) -> list[str]:
    """Codes, each once, in the order of their list; those not recorded last."""
    once = list(dict.fromkeys(codes))
    return sorted(once, key=lambda code: (code == "not_recorded", _code(frame, dimension, code).casefold()))
