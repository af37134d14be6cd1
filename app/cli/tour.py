"""The whole round of the register on made-up data, step by step; writes only below its own folder."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from app.basics import clock, words
from app.cli import demo
from app.errors import UserError
from app.models import integrity
from app.models.store import Store
from app.models.writer import Writer
from app.reports import catalogue
from app.services import activities, attendance, practice
from app.services.records import dump_lines
from app.specs.seeds import site_id
from app.sync import conflicts, office, receive, send

Tell = Callable[..., None]


def walk(folder: Path, passphrase: str, tell: Tell) -> None:
    """Office, two laptops, three events, bundles, a conflict, answers, workbook; `tell(step, **result)` hears of each.

    Raises UserError(tour_disagrees) if the stores do not hold the same register at the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bundles = folder / "bundles"
    day = _day()
    with office.found_office(folder / "office", passphrase, name="Bakı") as baku:
        tell("office", folder="office")
        with (
            demo.enrol(folder, baku, "ganja", passphrase) as ganja,
            demo.enrol(folder, baku, "nakhchivan", passphrase) as nakhchivan,
        ):
            tell("joined", laptops=f"{demo.NAMES['ganja']}, {demo.NAMES['nakhchivan']}")
            training, people = ganja.write(lambda w: _training(w, day)).value
            tell("training", **_counts(ganja, training))
            visitors = ganja.write(lambda w: _open_day(w, day)).value
            tell("open_day", n=visitors)
            items = nakhchivan.write(lambda w: _meeting(w, day)).value
            tell("meeting", n=items)
            sent = [path for laptop in (ganja, nakhchivan) for path in demo.send_all(laptop, bundles)]
            tell("sent", files=", ".join(path.name for path in sent), n=len(sent))
            new = sum(_received(baku, path) for path in sent)
            tell("received", n=new)
            _disagree(baku, ganja, people[0], bundles)
            told = _decide(baku)
            tell("conflict", story=told)
            answers = _answer(baku, {"ganja": ganja, "nakhchivan": nakhchivan}, bundles)
            tell("answered", n=answers)
            _compare(baku, {"ganja": ganja, "nakhchivan": nakhchivan})
            tell("agreed", writes=integrity.check(baku).writes)
        start, end = quarter_of(day)
        out = folder / f"quarterly-{start.year}-Q{(start.month + 2) // 3}.xlsx"
        with baku.read() as reader:
            catalogue.make(reader, "quarterly", out, start=start, end=end, language=words.language())
        tell("workbook", file=out.name)


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter that a day lies in."""
    start = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(start.year + (start.month == 10), (start.month + 3 - 1) % 12 + 1, 1)
    return start, after - timedelta(days=1)


def _day() -> date:
    """A day before today in the same quarter, where the quarter has one."""
    today = clock.today()
    return max(quarter_of(today)[0], today - timedelta(days=3))


def _training(w: Writer, day: date) -> tuple[str, list[str]]:
    chance = random.Random(11)  # noqa: S311 – repeatable, not secret
    values = {"site": site_id("ganja"), "start": day.isoformat(), "place": "Gəncə şəhər polis idarəsi"}
    activity = activities.plan(w, "training_gender_mainstreaming", values)
    session = attendance.plan_sessions(w, activity)[0]
    w.put("session", {"hours": 6}, session)
    people = []
    for number in range(12):
        person = practice.made_up_person(chance, woman=number % 3 == 0)
        person |= {"rank": "lieutenant", "service": "neighbourhood_police", "unit": "Sahə inspektorları"}
        made, _ = attendance.add_new_person(w, activity, person, session=session)
        people.append(made)
    attendance.mark_rows(w, activity, session, "7", "absent")
    activities.set_status(w, activity, "held")
    return activity, people


def _counts(store: Store, activity: str) -> dict[str, int]:
    with store.read() as reader:
        people = reader.list("participation", activity=activity)
        marks = [a for p in people for a in reader.list("attendance", participation=p["id"])]
    return {"n": len(people), "present": sum(mark["state"] == "present" for mark in marks)}


def _open_day(w: Writer, day: date) -> int:
    activity = activities.plan(
        w, "police_open_day", {"site": site_id("ganja"), "start": day.isoformat(), "place": "Gəncə şəhər stadionu"}
    )
    counted = 0
    for door, people in (("A", ("woman", "girl", "boy", "man")), ("B", ("man", "woman", "boy"))):
        for hour in (10, 11, 12):
            moment = datetime.combine(day, time(hour)).strftime("%Y-%m-%dT%H:00:00Z")
            for category in people:
                delta = 7 + hour % 3 + len(category)
                counted += delta
                tally = {"activity": activity, "door": door, "hour": moment, "category": category, "delta": delta}
                w.put("tally", tally)
    w.put("headcount", {"activity": activity, "figure": 250, "low": 200, "high": 300, "method": "organiser_estimate"})
    activities.set_status(w, activity, "held")
    return counted


def _meeting(w: Writer, day: date) -> int:
    chance = random.Random(12)  # noqa: S311
    site = site_id("nakhchivan")
    group = w.put(
        "group", {"type": "cpwg", "site": site, "name_en": "Working Group, Nakhchivan", "rhythm": "quarterly"}
    )
    activity = activities.plan(w, "cpwg_meeting", {"site": site, "start": day.isoformat(), "group": group})
    session = attendance.plan_sessions(w, activity)[0]
    for number, role in enumerate(("chair", "secretary", "member", "member", "member")):
        person = w.put("person", practice.made_up_person(chance, woman=number in (1, 3)))
        w.put(
            "membership",
            {"group": group, "person": person, "role": role, "side": "police" if number < 2 else "resident"},
        )
        attendance.add_person(w, activity, person, session=session)
    items = ("Məktəb qarşısında yol nişanı", "Küçə işıqları")
    for number, agenda in enumerate(items, 1):
        w.put("meeting_item", {"activity": activity, "number": number, "agenda": agenda, "decision": "Qəbul olundu"})
        due = (day + timedelta(days=30)).isoformat()
        w.put("action_item", {"activity": activity, "group": group, "number": number, "text": agenda, "due": due})
    activities.set_status(w, activity, "held")
    return len(items)


def _received(store: Store, path: Path) -> int:
    return receive.receive(store, path).new


def _disagree(baku: Store, ganja: Store, person: str, bundles: Path) -> None:
    """Both sides give one person another telephone without knowing of each other; then Ganja's bundle arrives."""
    ganja.write(lambda w: w.put("person", {"phone": "+994502223344"}, person))
    baku.write(lambda w: w.put("person", {"phone": "+994702223344"}, person))
    for path in demo.send_all(ganja, bundles):
        receive.receive(baku, path)


def _decide(baku: Store) -> str:
    with baku.read() as reader:
        stories = conflicts.conflicts(reader)
    if len(stories) != 1:
        raise UserError("tour_disagrees", where="conflict")
    baku.write(lambda w: conflicts.resolve(w, stories[0].id, "theirs", reason="Sahə öz nömrəsini bilir"))
    return f"{stories[0].record}.{stories[0].field}"


def _answer(baku: Store, laptops: dict[str, Store], bundles: Path) -> int:
    answers = 0
    for site, laptop in laptops.items():
        for sent in send.send(baku, bundles, for_name=demo.NAMES[site]):
            answers += 1
            receive.receive(laptop, sent.path)
    return answers


def _compare(baku: Store, laptops: dict[str, Store]) -> None:
    """Each laptop holds exactly what the office holds of its site, and every log folds to its tables."""
    for site, laptop in laptops.items():
        with baku.read() as ours, laptop.read() as theirs:
            if list(dump_lines(ours, site=site_id(site))) != list(dump_lines(theirs, site=site_id(site))):
                raise UserError("tour_disagrees", where=site)
        if not integrity.check(laptop).sound:
            raise UserError("tour_disagrees", where=site)
