"""Every indicator of the reference list as a figure of one period; a figure it cannot be made for is None."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.models.queries.counts import Count, Figure, people, rows
from app.models.queries.facts import Seat
from app.models.queries.figures import Figures, total
from app.specs import choices

Made = Callable[[Figures], "Figure | None"]
_ASSEMBLY = "training_public_assembly_management"
_OPEN_DAY = "police_open_day"
_PRESS = "press_meeting_quarterly"
_EXAM = "open_recruitment_exam"
_ADOPTED = ("approved", "published")


def value_of(figures: Figures, code: str) -> Figure | None:
    """The figure of an indicator (its code) over the figures' period and sites.

    None where there is nothing to divide by, or where the code is not one of `CODES`.
    """
    made = CODES.get(code)
    return made(figures) if made is not None else None


def target_of(figures: Figures, indicator: str) -> float | None:
    """The target set for the period: that for all of it, else the sum over its sites; None where nobody set one.

    A target of a year counts for a period that holds the whole year, one of a quarter for a period that holds it.
    """
    scope = figures.scope
    whole: list[float] = []
    parts: list[float] = []
    for target in figures.facts.reader.list("target", indicator=indicator):
        first, last = _days(target["year"], target["quarter"])
        if first >= scope.start and last <= scope.end:
            if target["site"] is None and scope.sites is None:
                whole.append(target["value"])
            elif target["site"] is not None and scope.at(target["site"]):
                parts.append(target["value"])
    chosen = whole or parts
    return sum(chosen) if chosen else None


def _days(year: int, quarter: str | None) -> tuple[str, str]:
    if not quarter:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    ends = {"q1": ("01-01", "03-31"), "q2": ("04-01", "06-30"), "q3": ("07-01", "09-30"), "q4": ("10-01", "12-31")}
    first, last = ends.get(quarter, ("01-01", "12-31"))
    return f"{year:04}-{first}", f"{year:04}-{last}"


# --- what they are made of ------------------------------------------------------------------------------------------


def _share(part: float, whole: float, record: str, ids: Iterable[str], unit: str = "percent") -> Figure | None:
    """A share in per cent; None of nothing."""
    return Figure(Count(round(100 * part / whole, 1), "share", unit), record, tuple(ids)) if whole else None


def _kind(code: str) -> Made:
    def made(f: Figures) -> Figure:
        return rows("activity", [a["id"] for a in f.facts.held.values() if a["kind"] == code])

    return made


def _travels(f: Figures) -> set[str]:
    found = set()
    for activity in f.facts.held.values():
        kind = f.facts.kind(activity["kind"])
        if kind is not None and kind.travel:
            found.add(activity["id"])
    return found


def _visits(f: Figures) -> Figure:
    return rows("activity", sorted(_travels(f)), unit="visits")


def _delegates(f: Figures) -> Figure:
    wanted = _travels(f)
    return rows("participation", [s.id for s in f.facts.participants if s.activity["id"] in wanted], "participations")


def _officers_covered(f: Figures) -> Figure | None:
    police = {code for code, entry in choices.choices("service").items() if entry.more.get("group") == "police"}
    sites = [s for s in f.facts.reader.list("site") if f.scope.at(s["id"])]
    strength = sum((s["strength_f"] or 0) + (s["strength_m"] or 0) for s in sites)
    covered: dict[str, None] = {}
    for (service, site), figure in f.trained(("service", "site")).items():
        known = next((s for s in sites if s["id"] == site), None)
        if service in police and known and (known["strength_f"] or known["strength_m"]):
            covered |= dict.fromkeys(figure.ids)
    return _share(len(covered), strength, "person", covered)


def _members(f: Figures) -> list[dict[str, Any]]:
    """The memberships at the end of the period of the groups that exist then."""
    groups = set(total(f.groups()).ids)
    return [
        m
        for m in f.facts.reader.list("membership")
        if m["group"] in groups and (m["start"] or "") <= f.scope.end <= (m["end"] or "9999")
    ]


def _women_in_groups(f: Figures) -> Figure | None:
    """Of the members whose sex is recorded."""
    sexes = {}
    for member in _members(f):
        person = f.facts.reader.get("person", member["person"], deleted=True) if member["person"] else None
        if person is not None and person["sex"] in ("f", "m"):
            sexes[member["id"]] = person["sex"]
    return _share(sum(s == "f" for s in sexes.values()), len(sexes), "membership", sexes)


def _civilians_in_groups(f: Figures) -> Figure | None:
    known = choices.choices("member_side")
    sided = {m["id"]: known[m["side"]].more.get("civilian") for m in _members(f) if m["side"] in known}
    return _share(sum(c == "yes" for c in sided.values()), len(sided), "membership", sided)


def _open_day_heads(f: Figures) -> Figure:
    return f.counted(("kind",)).get((_OPEN_DAY,)) or Figure(Count(0, "headcount"), "tally")


def _outreach(f: Figures) -> Figure:
    return f.activities(("shape",)).get(("public_event",)) or rows("activity", [])


def _reached(f: Figures) -> Figure:
    """What official statements estimate for public events; counted heads are another kind of number."""
    return f.official(("shape",), "estimate").get(("public_event",)) or Figure(Count(0, "estimate"), "headcount")


def _outputs(kind: str) -> Made:
    return lambda f: f.outputs(("output_kind",)).get((kind,)) or rows("output", [])


def _boxes(f: Figures) -> Figure:
    return f.mechanisms(("type",)).get(("complaint_box",)) or rows("mechanism", [])


def _complaints(f: Figures) -> Figure:
    return f.readings().get(("box_opening",)) or Figure(Count(0, "things", "box_opening"), "reading")


def _answered(f: Figures) -> Figure | None:
    """Of the complaints of which it is known in how many days they were answered or that they were not."""
    limits = {m["id"]: m["answer_days"] for m in f.facts.reader.list("mechanism")}
    whole = timely = 0
    ids = []
    for row in (f.facts.reader.get("reading", i) for i in _complaints(f).ids):
        if row is None or row["answered"] is None:
            continue
        ids.append(row["id"])
        whole += row["count"]
        limit = limits.get(row["mechanism"])
        if limit is None or row["answered_in_days"] is None or row["answered_in_days"] <= limit:
            timely += min(row["answered"], row["count"])
    return _share(timely, whole, "reading", ids)


def _trust(f: Figures) -> Figure | None:
    """Positive answers to the questions that are followed over time, in the surveys of the period."""
    reader, positive, whole, ids = f.facts.reader, 0, 0, []
    for survey in f.facts.dated("survey", "start"):
        for question in reader.list("question", survey=survey["id"]):
            if not question["trend_key"]:
                continue
            for answer in reader.list("answer_count", question=question["id"]):
                number = sum(answer[f"count_{who}"] or 0 for who in ("f", "m", "unknown"))
                whole += number
                positive += number if answer["positive"] else 0
                ids.append(answer["id"])
    return _share(positive, whole, "answer_count", ids)


def _entries(f: Figures) -> Figure:
    found = [c for c in f.facts.of_held("competition") if f.facts.held[c["activity"]]["kind"] != _EXAM]
    return Figure(Count(_sum(found, "entries_f", "entries_m"), "things", "entries"), "competition", _ids(found))


def _exam(*fields: str) -> Made:
    def made(f: Figures) -> Figure:
        found = [c for c in f.facts.of_held("competition") if f.facts.held[c["activity"]]["kind"] == _EXAM]
        return Figure(Count(_sum(found, *fields), "headcount"), "competition", _ids(found))

    return made


def _policies(f: Figures) -> Figure:
    found = [d for d in f.facts.dated("policy_document", "adopted_on") if d["stage"] in _ADOPTED]
    return rows("policy_document", _ids(found), unit="documents")


def _satisfied(f: Figures) -> Figure | None:
    """Answers of 4 and 5 among all, those counted on paper and those of single participants."""
    found = [e for e in f.facts.of_held("evaluation") if e["stage"] in (None, "after_event")]
    whole = _sum(found, *(f"score_{n}" for n in range(1, 6)))
    good = _sum(found, "score_4", "score_5")
    single = [p for p in f.facts.of_held("participation") if p["satisfaction"] is not None]
    good += sum(p["satisfaction"] >= 4 for p in single)
    record, ids = ("evaluation", _ids(found)) if found else ("participation", _ids(single))
    return _share(good, whole + len(single), record, ids)


def _gain(f: Figures) -> Figure | None:
    """The mean gain from the first to the last test, in points, of those who sat both."""
    both = [p for p in f.facts.of_held("participation") if p["pre_test"] is not None and p["post_test"] is not None]
    if not both:
        return None
    mean = sum(p["post_test"] - p["pre_test"] for p in both) / len(both)
    return Figure(Count(round(mean, 2), "share", "points"), "participation", _ids(both))


def _of_trainings(known: Callable[[Figures], set[str]]) -> Made:
    """The share of held trainings that are in a set of activities."""

    def made(f: Figures) -> Figure | None:
        ids = total(f.trainings()).ids
        there = known(f)
        return _share(sum(i in there for i in ids), len(ids), "activity", [i for i in ids if i in there])

    return made


def _followed_up(f: Figures) -> set[str]:
    return {e["activity"] for e in f.facts.of_held("evaluation") if e["stage"] == "follow_up_6_months"}


def _of_held(known: Callable[[Figures], set[str]]) -> Made:
    """The share of all held activities that are in a set."""

    def made(f: Figures) -> Figure | None:
        there = known(f)
        ids = [i for i in f.facts.held if i in there]
        return _share(len(ids), len(f.facts.held), "activity", ids)

    return made


def _with_sheet(f: Figures) -> set[str]:
    scans = f.facts.reader.list("attachment", linked_record="activity")
    return {a["linked_id"] for a in scans if a["page_code"] or a["purpose"] == "sign_in_sheet"}


def _evaluated(f: Figures) -> set[str]:
    scored = {p["activity"] for p in f.facts.of_held("participation") if p["satisfaction"] is not None}
    return scored | {e["activity"] for e in f.facts.of_held("evaluation")}


def _approved(f: Figures) -> set[str]:
    return {a["id"] for a in f.facts.held.values() if a["approved_on"]}


def _per_day(f: Figures) -> Figure | None:
    """Costs of the trainings by the days that their participants attended (manats)."""
    trainings = set(total(f.trainings()).ids)
    seats: list[Seat] = [s for s in f.facts.participants if s.activity["id"] in trainings]
    spent = [c for c in f.facts.of_held("cost") if c["activity"] in trainings]
    manats = sum(c["amount"] * (1 if c["rate"] is None else c["rate"]) for c in spent)
    person_days = sum(s.days for s in seats)
    if not person_days or not spent:
        return None
    return Figure(Count(round(manats / person_days, 2), "money", "AZN"), "cost", _ids(spent))


def _sites(f: Figures) -> Figure:
    known = {s["id"]: s["type"] for s in f.facts.reader.list("site")}
    found = {a["site"] for a in f.facts.held.values()}
    return rows(
        "site", sorted(s for s in found if known.get(s) not in ("office", "other_place", "abroad", None)), unit="sites"
    )


def _trained_in(kind: str) -> Made:
    return lambda f: f.trained(("kind",)).get((kind,)) or people([])


def _ids(found: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(row["id"] for row in found)


def _sum(found: Iterable[Mapping[str, Any]], *fields: str) -> int:
    return sum(row[field] or 0 for row in found for field in fields)


CODES: dict[str, Made] = {
    "persons_trained": lambda f: total(f.trained()),
    "training_participations": lambda f: total(f.participations(training=True)),
    "training_hours": lambda f: total(f.person_hours(training=True)),
    "trainings_held": lambda f: total(f.trainings()),
    "trainers": lambda f: total(f.trainers()),
    "peer_trainers": lambda f: total(f.trainers(peers=True)),
    "officers_covered": _officers_covered,
    "study_visits": _visits,
    "study_visit_delegates": _delegates,
    "groups_existing": lambda f: total(f.groups()),
    "group_meetings": lambda f: total(f.meetings()),
    "group_women_share": _women_in_groups,
    "group_civilian_share": _civilians_in_groups,
    "action_items_open": lambda f: total(f.actions("open")),
    "action_items_closed": lambda f: total(f.actions("closed")),
    "action_items_overdue": lambda f: total(f.actions("overdue")),
    "action_items_days_to_close": lambda f: total(f.days_to_close()) if total(f.actions("closed")).value else None,
    "press_meetings": _kind(_PRESS),
    "open_days": _kind(_OPEN_DAY),
    "open_day_attendance": _open_day_heads,
    "outreach_events": _outreach,
    "people_reached": _reached,
    "newspaper_issues": _outputs("newspaper"),
    "tv_volumes": _outputs("tv_programme"),
    "films": _outputs("short_film"),
    "copies_produced": lambda f: total(f.copies_made()),
    "copies_distributed": lambda f: total(f.copies_given()),
    "complaint_boxes": _boxes,
    "box_openings": lambda f: total(f.openings()),
    "complaints": _complaints,
    "complaints_answered_in_time": _answered,
    "poll_trust": _trust,
    "competition_entries": _entries,
    "recruitment_applicants": _exam("entries_f", "entries_m"),
    "recruitment_passed": _exam("passed_f", "passed_m"),
    "policy_products": _policies,
    "satisfaction": _satisfied,
    "test_gain": _gain,
    "follow_up_done": _of_trainings(_followed_up),
    "activities_with_sheet": _of_held(_with_sheet),
    "activities_with_evaluation": _of_held(_evaluated),
    "activities_approved": _of_held(_approved),
    "cost_per_person_day": _per_day,
    "sites_covered": _sites,
    "public_assembly_trained": _trained_in(_ASSEMBLY),
}
