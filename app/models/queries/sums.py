"""What a record's own parts add up to: copies left, complaints answered, trust over the years; writes nothing.

Numbers are added within one kind only: copies with copies, answers to one question with each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from app.models.queries.tallies import totals
from app.models.writer import Reader
from app.specs import choices


@dataclass(frozen=True)
class Said:
    """A sentence: its key in the catalogue's domain `sums` and what it is filled with; `warn` where something is off.

    Days in `params` are ISO text, shares are parts of 1.
    """

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    warn: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar of a chart. `list` names the code list that `name` is a code of; '' for words as they stand."""

    name: str
    value: float
    list: str = ""


@dataclass(frozen=True)
class Bars:
    """A chart: the key of its heading, or the heading's own words in `title`."""

    key: str
    bars: tuple[Bar, ...]
    title: str = ""
    percent: bool = False


@dataclass(frozen=True)
class Sums:
    """All that is to be said above a record."""

    said: tuple[Said, ...] = ()
    charts: tuple[Bars, ...] = ()


def sums_of(reader: Reader, record: str, row: str, today: str) -> Sums:
    """The sums of a row; empty for types whose parts do not add up to anything. `today` is an ISO day."""
    about = reader.get(record, row)
    build = _BUILDERS.get(record)
    return build(reader, about, today) if build is not None and about is not None else Sums()


def adds_up(record: str) -> bool:
    """Whether there is anything to say about rows of this type."""
    return record in _BUILDERS


def _output(reader: Reader, about: Mapping[str, Any], today: str) -> Sums:
    lines = reader.list("distribution", output=about["id"])
    given = sum(line["quantity"] for line in lines if line["quantity"] > 0)
    back = -sum(line["quantity"] for line in lines if line["quantity"] < 0)
    said = []
    if about["print_run"] is not None or lines:
        printed = about["print_run"] or 0
        left = printed - given + back
        said.append(Said("stock", {"printed": printed, "given": given, "back": back, "left": left}))
        if left < 0:
            said.append(Said("more_given_than_printed", {"n": -left}, warn=True))
    aired = reader.list("airing", output=about["id"])
    if aired:
        viewers = sum(one["viewers"] or 0 for one in aired)
        last = max(one["date"] for one in aired)
        said.append(Said("airings", {"n": len(aired), "last": last}))
        if viewers:
            said.append(Said("viewers", {"viewers": viewers}))
    by_place = _grouped(((line["place"] or line["receiver"] or "–"), line["quantity"]) for line in lines)
    said += _stages(reader, "output", about["id"])
    bars = tuple(Bar(name, n) for name, n in by_place.items())
    charts = (Bars("copies_by_place", bars),) if len(bars) > 1 else ()
    return Sums(tuple(said), charts)


def _mechanism(reader: Reader, about: Mapping[str, Any], today: str) -> Sums:
    readings = reader.list("reading", mechanism=about["id"])
    said: list[Said] = []
    charts: list[Bars] = []
    for kind in dict.fromkeys(sorted(reading["type"] for reading in readings)):
        mine = [reading for reading in readings if reading["type"] == kind]
        days = sorted({reading["date"] for reading in mine})
        counted = sum(reading["count"] for reading in mine)
        said.append(Said(f"read_{kind}", {"n": counted, "times": len(days), "last": days[-1]}))
        # words: sums.read_box_opening, sums.read_calls, sums.read_visits, sums.read_messages, sums.read_other,
        # words: sums.read_meetings_attended
        if any(reading["answered"] is not None for reading in mine):
            answered = sum(reading["answered"] or 0 for reading in mine)
            slow = [r["answered_in_days"] for r in mine if r["answered_in_days"] is not None]
            said.append(Said("answered", {"answered": answered, "n": counted}, warn=answered > counted))
            if slow and about["answer_days"] is not None and max(slow) > about["answer_days"]:
                said.append(Said("answered_late", {"days": max(slow), "within": about["answer_days"]}, warn=True))
        by_category = _grouped((reading["category"] or "other", reading["count"]) for reading in mine)
        if any(by_category.values()) and any(reading["category"] for reading in mine):
            bars = tuple(Bar(code, n, "complaint_category") for code, n in by_category.items())
            charts.append(Bars("by_category", bars))
        else:
            months = _grouped((reading["date"][:7], reading["count"]) for reading in mine)
            if len(months) > 1:
                shown = tuple(Bar(f"{month[5:]}.{month[:4]}", months[month]) for month in sorted(months)[-12:])
                charts.append(Bars("by_month", shown))
    alone = [r for r in readings if r["type"] == "box_opening" and not (r["witness_1"] and r["witness_2"])]
    if alone:  # what came from elsewhere before the rule
        said.append(Said("without_witnesses", {"n": len(alone)}, warn=True))
    return Sums(tuple(said), tuple(charts))


@dataclass(frozen=True)
class Answers:
    """The answers to one question: how many were positive of how many, None where no answer is called positive."""

    positive: int
    whole: int
    judged: bool

    @property
    def share(self) -> float | None:
        """The part that was positive."""
        return self.positive / self.whole if self.whole and self.judged else None

    @property
    def margin(self) -> float | None:
        """Half the width of the 95 % interval of the share of a simple sample."""
        share = self.share
        return 1.96 * sqrt(share * (1 - share) / self.whole) if share is not None else None


def answers_to(reader: Reader, question: str, whose: Sequence[str] = ("f", "m", "unknown")) -> Answers:
    """The counts of a question's options over all ages, of both sexes or of those named."""
    positive = whole = 0
    judged = False
    for answer in reader.list("answer_count", question=question):
        counted = sum(answer[f"count_{who}"] or 0 for who in whose)
        whole += counted
        positive += counted if answer["positive"] else 0
        judged = judged or answer["positive"] is not None
    return Answers(positive, whole, judged)


def _survey(reader: Reader, about: Mapping[str, Any], today: str) -> Sums:
    said: list[Said] = []
    if about["sample"] is not None:
        women, men = about["sample_f"], about["sample_m"]
        if women is not None or men is not None:
            params = {"n": about["sample"], "women": women or 0, "men": men or 0}
            said.append(Said("sample_by_sex", params))
            if (women or 0) + (men or 0) > about["sample"]:
                said.append(Said("sample_too_small", {"n": (women or 0) + (men or 0)}, warn=True))
        else:
            said.append(Said("sample", {"n": about["sample"]}))
        if about["population"] and about["sample"] >= about["population"] / 1000:
            said.append(Said("of_population", {"percent": round(100 * about["sample"] / about["population"], 2)}))
    charts: list[Bars] = []
    for question in sorted(reader.list("question", survey=about["id"]), key=lambda q: (q["number"], q["id"])):
        answers = answers_to(reader, question["id"])
        title = next((question[k] for k in ("text_en", "text_az", "text_ru") if question[k]), "")
        if about["sample"] is not None and answers.whole > about["sample"] and question["type"] != "multiple_choice":
            params = {"number": question["number"], "n": answers.whole, "sample": about["sample"]}
            said.append(Said("more_answers_than_sample", params, warn=True))
        charts += _by_age(reader, question, title)
        if answers.share is None:
            continue
        trend = trend_of(reader, about, question)
        params = {"number": question["number"], "share": answers.share, "margin": answers.margin or 0.0}
        before = [share for day, share in trend if day < about["start"]]
        if before:
            said.append(Said("positive_changed", {**params, "change": answers.share - before[-1]}))
        else:
            said.append(Said("positive", params))
        shares = [answers_to(reader, question["id"], (sex,)).share for sex in ("f", "m")]
        if None not in shares:
            both = {"women": shares[0], "men": shares[1]}
            said.append(Said("positive_by_sex", {"number": question["number"], **both}))
        if len(trend) > 1:
            bars = tuple(Bar(f"{day[8:10]}.{day[5:7]}.{day[:4]}", round(100 * share, 1)) for day, share in trend)
            charts.append(Bars("trend", bars, title=f"{question['number']}. {title}", percent=True))
    return Sums(tuple(said), tuple(charts))


def _by_age(reader: Reader, question: Mapping[str, Any], title: str) -> Iterable[Bars]:
    """The positive share of each age band, in percent; nothing unless the answers were counted by age."""
    counted: dict[str, list[int]] = {}
    for answer in reader.list("answer_count", question=question["id"]):
        if answer["age_band"] and answer["positive"] is not None:
            sums = counted.setdefault(answer["age_band"], [0, 0])
            n = sum(answer[f"count_{who}"] or 0 for who in ("f", "m", "unknown"))
            sums[0] += n if answer["positive"] else 0
            sums[1] += n
    known = [code for code in choices.choices("age_band") if counted.get(code, [0, 0])[1]]
    if len(known) > 1:
        bars = tuple(Bar(code, round(100 * counted[code][0] / counted[code][1], 1), "age_band") for code in known)
        yield Bars("by_age", bars, title=f"{question['number']}. {title}")


def trend_of(reader: Reader, survey: Mapping[str, Any], question: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The positive share of the same question in every survey of the series at the same site: (first day, share)."""
    if not survey["series"]:
        share = answers_to(reader, question["id"]).share
        return [(survey["start"], share)] if share is not None else []
    found = []
    for other in reader.list("survey", series=survey["series"], site=survey["site"]):
        for asked in reader.list("question", survey=other["id"]):
            if (asked["trend_key"] or asked["text_en"]) == (question["trend_key"] or question["text_en"]):
                share = answers_to(reader, asked["id"]).share
                if share is not None:
                    found.append((other["start"], share))
    return sorted(found)


def _competition(reader: Reader, about: Mapping[str, Any], today: str) -> Sums:
    women, men = about["entries_f"], about["entries_m"]
    said = []
    if women is not None or men is not None:
        said.append(Said("entries", {"n": (women or 0) + (men or 0), "women": women or 0, "men": men or 0}))
    passed = [about["passed_f"], about["passed_m"]]
    if any(n is not None for n in passed):
        whole = sum(n or 0 for n in passed)
        said.append(Said("passed", {"n": whole, "women": passed[0] or 0, "men": passed[1] or 0}))
        if whole > (women or 0) + (men or 0):
            said.append(Said("more_passed_than_entered", {"n": whole}, warn=True))
    results = reader.list("result", competition=about["id"])
    if results:
        said.append(Said("winners", {"n": len(results)}))
    unasked = [result for result in results if result["winner"] and not result["consent"]]
    if unasked:
        said.append(Said("named_without_consent", {"n": len(unasked)}, warn=True))
    return Sums(tuple(said))


def _headcount(reader: Reader, about: Mapping[str, Any], today: str) -> Sums:
    counted = totals(reader, about["activity"])
    said = []
    if counted.counted:
        said.append(Said("counted_at_doors", {"n": counted.counted}))
    if counted.estimated:
        said.append(Said("estimated_apart", {"n": counted.estimated}))
    low = about["low"] if about["low"] is not None else about["figure"]
    high = about["high"] if about["high"] is not None else about["figure"]
    if counted.counted and not low <= counted.counted <= max(high, low):
        said.append(Said("outside_range", {"n": counted.counted, "low": low, "high": high}, warn=True))
    others = [
        h for h in reader.list("headcount", activity=about["activity"]) if h["official"] and h["id"] != about["id"]
    ]
    if others and about["official"]:
        said.append(Said("several_official", {"n": len(others) + 1}, warn=True))
    return Sums(tuple(said))


def _request(reader: Reader, about: Mapping[str, Any], today: str) -> Sums:
    from datetime import date

    until = about["answered_on"] or today
    days = (date.fromisoformat(until) - date.fromisoformat(about["received_on"])).days
    key = "request_answered" if about["answered_on"] else "request_open"
    return Sums((Said(key, {"n": max(0, days)}, warn=not about["answered_on"] and days > 30),))


def _policy_document(reader: Reader, about: Mapping[str, Any], today: str) -> Sums:
    said = list(_stages(reader, "policy_document", about["id"]))
    if about["hours_before"] is not None and about["hours_after"] is not None:
        change = about["hours_after"] - about["hours_before"]
        said.append(
            Said("hours_changed", {"before": about["hours_before"], "after": about["hours_after"], "n": change})
        )
    return Sums(tuple(said))


def _stages(reader: Reader, record: str, row: str) -> Iterable[Said]:
    """On which day each stage was entered, from the log; nothing while there was only one."""
    entries = [
        (entry["fields"]["stage"][1], entry["wall"][:10])
        for entry in reader.history(record, row)
        if entry["fields"].get("stage", (None, None))[1] and entry["wall"]
    ]
    if len(entries) > 1:
        yield from (Said("stage_since", {"stage": stage, "last": day}) for stage, day in entries)


def _person(reader: Reader, about: Mapping[str, Any], today: str) -> Sums:
    missions = reader.list("expert_mission", expert=about["id"])
    if not missions:
        return Sums()
    days = sum(mission["days"] or 0 for mission in missions)
    last = max(mission["start"] for mission in missions)
    return Sums((Said("missions", {"n": len(missions), "days": round(days, 1), "last": last}),))


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Sums by name, the largest first."""
    found: dict[str, int] = {}
    for name, n in pairs:
        found[name] = found.get(name, 0) + n
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


_BUILDERS: dict[str, Callable[[Reader, Mapping[str, Any], str], Sums]] = {
    "output": _output,
    "mechanism": _mechanism,
    "survey": _survey,
    "competition": _competition,
    "headcount": _headcount,
    "request": _request,
    "policy_document": _policy_document,
    "person": _person,
}
