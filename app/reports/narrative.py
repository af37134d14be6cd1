"""Drafts in sentences: the annual contribution by chapter, and entries for POLIS; an editor polishes, numbers stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from app.errors import UserError
from app.models.queries.figures import Figures
from app.models.writer import Reader
from app.reports.frame import Frame, plain
from app.reports.letter import Block, Heading, Text
from app.reports.letter import plain as said
from app.reports.quarterly import activities, period_name
from app.reports.tables import Column, Report, Row, Section, Table
from app.reports.wording import Wording, days, spoken
from app.specs import choices

_OTHER = "other"


def annual(reader: Reader, start: str, end: str, sites: Iterable[str] | None, language: str) -> Report:
    """The contribution to the annual report on police-related activities: a chapter for each unit of the Secretariat.

    Every activity stands in one chapter, that of most of its topics. The year before stands beside this one.
    """
    frame = Frame(reader, start, end, sites, language)
    before = Figures(reader, _year_before(start), _year_before(end), frame.chosen)
    held = list(frame.figures.facts.held.values())
    chapters: dict[str, list[dict[str, Any]]] = {}
    for activity in held:
        chapters.setdefault(chapter_of(activity), []).append(activity)
    prose: list[Block] = [Text(said(_whole(frame)))]
    for code in choices.choices("report_chapter"):
        if code in chapters:
            prose += _chapter(frame, code, chapters[code])
    decisions = Counter(code for activity in held for code in activity["decisions"] or [])
    if decisions:
        prose.append(Heading(said(frame.say("reports.decisions"))))
        for code, number in sorted(decisions.items()):
            label = frame.words.choice("decision", code)
            prose.append(Text(said(frame.say("reports.decision_line", decision=label, n=number)), "bullet"))
    return Report(
        frame.say("reports.annual_title", period=period_name(frame)),
        language,
        frame.facts(),
        [_years(frame, before), _by_chapter(frame, chapters), activities(frame)],
        frame.notes(),
        frame.warning(),
        prose,
    )


def chapter_of(activity: Mapping[str, Any]) -> str:
    """The chapter of most of an activity's topics, the first in the list where several tie; else `other`."""
    known = choices.choices("topic")
    found = Counter(
        known[topic].more["chapter"]
        for topic in activity["topics"] or []
        if topic in known and known[topic].more.get("chapter")
    )
    order = list(choices.choices("report_chapter"))
    if not found:
        return _OTHER
    return min(found, key=lambda code: (-found[code], order.index(code) if code in order else len(order)))


def _whole(frame: Frame) -> str:
    """The sentence about everything; people, participations and heads in sentences of their own."""
    figures = frame.figures
    sites = {activity["site"] for activity in figures.facts.held.values()}
    parts = [
        frame.say(
            "reports.annual_whole",
            period=period_name(frame),
            activities=_n(frame, plain(figures.activities()[()])),
            sites=len(sites),
        )
    ]
    parts += _people(frame, list(figures.facts.held))
    for split, key in (
        (figures.counted(), "reports.annual_counted"),
        (figures.estimated(), "reports.annual_estimated"),
    ):
        if split[()].value:
            parts.append(frame.say(key, heads=_n(frame, plain(split[()]))))
    official = figures.official(type="estimate")[()]
    if official.value:
        bounds = {"low": official.count.low or official.value, "high": official.count.high or official.value}
        parts.append(
            frame.say(
                "reports.annual_official",
                heads=_n(frame, plain(official)),
                low=_n(frame, bounds["low"]),
                high=_n(frame, bounds["high"]),
            )
        )
    return " ".join(parts)


def _people(frame: Frame, ids: list[str]) -> list[str]:
    """Who took part and who was trained in these activities."""
    facts, wanted = frame.figures.facts, set(ids)
    seats = [s for s in facts.participants if s.activity["id"] in wanted]
    if not seats:
        return []
    women = sum(s.sex == "f" for s in seats)
    unknown = sum(s.sex == "not_recorded" for s in seats)
    sentence = frame.say("reports.annual_participations", all=_n(frame, len(seats)), women=_n(frame, women))
    if unknown:
        sentence += " " + frame.say("reports.annual_sex_unknown", n=unknown)
    parts = [sentence]
    trained = {s.person for s in facts.trained() if s.person and s.activity["id"] in wanted}
    if trained:
        parts.append(frame.say("reports.annual_trained", n=len(trained)))
    return parts


def _chapter(frame: Frame, code: str, found: list[dict[str, Any]]) -> list[Block]:
    sites = list(dict.fromkeys(frame.words.site(activity["site"]) for activity in found))
    sentence = frame.say("reports.annual_chapter", n=len(found), sites=", ".join(sites))
    blocks: list[Block] = [
        Heading(said(frame.words.choice("report_chapter", code))),
        Text(said(" ".join([sentence, *_people(frame, [a["id"] for a in found])]))),
    ]
    for activity in found:
        line = f"{frame.words.activity(activity)} ({frame.words.site(activity['site'])}, "
        line += f"{days(activity['start'], activity['end'])})"
        if activity["results"]:
            line += f": {activity['results']}"
        blocks.append(Text(said(line), "bullet"))
    return blocks


def _years(frame: Frame, before: Figures) -> Table:
    """This year beside the year before."""
    now = frame.figures
    lines = [
        ("reports.activities_held", lambda f: f.activities()[()]),
        ("reports.trainings_held", lambda f: f.trainings()[()]),
        ("reports.participations", lambda f: f.participations()[()]),
        ("reports.people_trained", lambda f: f.trained()[()]),
        ("reports.heads_counted", lambda f: f.counted()[()]),
        ("reports.meetings", lambda f: f.meetings()[()]),
        ("reports.actions_closed", lambda f: f.actions("closed")[()]),
        ("reports.outputs", lambda f: f.outputs()[()]),
    ]
    rows = [Row([frame.say(key), plain(get(before)), plain(get(now))]) for key, get in lines]
    return Table(
        frame.say("reports.sheet_years"),
        frame.say("reports.years_title"),
        [
            Column(frame.say("reports.what"), "text", 44),
            Column(frame.say("reports.year_before"), "count", 18, adds=False),
            Column(frame.say("reports.this_year"), "count", 18, adds=False),
        ],
        [Section(rows)],
    )


def _by_chapter(frame: Frame, chapters: Mapping[str, list[dict[str, Any]]]) -> Table:
    """Activities by chapter and site; each stands once, so both directions add up."""
    rows = []
    for code in choices.choices("report_chapter"):
        if code in chapters:
            at = Counter(activity["site"] for activity in chapters[code])
            numbers = [at[site["id"]] for site in frame.sites]
            rows.append(Row([frame.words.choice("report_chapter", code), *numbers, sum(numbers)]))
    count = len(frame.sites)
    return Table(
        frame.say("reports.sheet_chapters"),
        frame.say("reports.chapters_title"),
        [
            Column(frame.say("reports.chapter"), "text", 44),
            *(Column(frame.words.title(site, "name"), "count", 11) for site in frame.sites),
            Column(frame.say("reports.total"), "count", 11, sums=(1, count) if count else None),
        ],
        [Section(rows, total_label=frame.say("reports.total"))],
    )


# --- POLIS ----------------------------------------------------------------------------------------------------------


def polis(reader: Reader, start: str, end: str, sites: Iterable[str] | None, language: str) -> Report:
    """Entries for POLIS of every activity held in the period, ready to paste."""
    frame = Frame(reader, start, end, sites, language)
    prose: list[Block] = []
    for activity in frame.figures.facts.held.values():
        prose += _entry(frame.words, frame, activity)
    title = frame.say("reports.polis_title")
    return Report(title, language, frame.facts(), [], [], frame.warning(), prose)


def polis_of(reader: Reader, activity: str, language: str) -> Report:
    """The entry for POLIS of one activity. Raises UserError(no_such_row)."""
    about = reader.get("activity", activity)
    if about is None:
        raise UserError("no_such_row", record="activity")
    frame = Frame(reader, about["start"], about["start"], [about["site"]], language)
    prose = _entry(frame.words, frame, about)
    return Report(frame.say("reports.polis_title"), language, [], [], [], frame.warning(), prose)


def _entry(words: Wording, frame: Frame, activity: Mapping[str, Any]) -> list[Block]:
    """Title, category, subject, keywords, objective, description, dates: the layout of the database's entries."""
    project = words.reader.get("project", activity["project"]) if activity["project"] else None
    about = project or {}
    keywords = about.get("keywords") or words.choices("topic", activity["topics"])
    partners = ", ".join(words.organisation(p) for p in activity["partners"] or [])
    people = " ".join(_people(frame, [activity["id"]])) if activity["status"] == "held" else ""
    description = " ".join(filter(None, (activity["summary"], activity["results"], people)))
    lines = [
        ("reports.polis_category", about.get("category") or frame.say("reports.polis_mission_activity")),
        ("reports.polis_subject", about.get("subject") or words.choice("field_of_work", activity["field_of_work"])),
        ("reports.polis_keywords", keywords),
        ("reports.polis_objective", about.get("objective") or about.get("aim") or ""),
        ("reports.polis_description", description),
        ("reports.polis_partners", partners),
        ("reports.place", ", ".join(filter(None, (words.site(activity["site"]), activity["place"])))),
        ("reports.polis_dates", days(activity["start"], activity["end"])),
    ]
    blocks: list[Block] = [Heading(said(words.activity(activity)))]
    blocks += [Text(said(f"{frame.say(key)}: {value}")) for key, value in lines if value]
    return blocks


def _year_before(day: str) -> str:
    return f"{int(day[:4]) - 1:04}-{'02-28' if day[5:] == '02-29' else day[5:]}"


def _n(frame: Frame, number: float) -> str:
    return spoken(number, language=frame.language)
