"""Made-up data for learning and for measuring: people, activities, groups of one site; never for a real register."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from app.basics import clock
from app.basics.paths import RESOURCES
from app.models.writer import Writer
from app.services import activities, attendance
from app.services.practice_services import fill_services
from app.specs.seeds import site_id

_RANKS = ("junior_sergeant", "sergeant", "senior_sergeant", "lieutenant", "senior_lieutenant", "captain", "major")
_SERVICES = ("neighbourhood_police", "patrol_police", "traffic_police", "police_management")
_TRAININGS = (
    "training_gender_mainstreaming",
    "training_basic_new_officers",
    "training_public_assembly_management",
    "training_interethnic_policing",
    "seminar_domestic_violence",
)
_PARTICIPANTS = 24
_TWICE, _ENOUGH_FOR_TWICE = 3, 30  # so many stand twice where so many people are made


@cache
def _names() -> dict[str, Any]:
    with (RESOURCES / "practice" / "names.toml").open("rb") as file:
        return tomllib.load(file)


def fill_site(w: Writer, code: str, *, seed: int, people: int = 60, events: int = 14) -> dict[str, int]:
    """Fill one site with officers, citizens, a working group and a year of activities around today.

    The same seed on the same day makes the same data. Gives how many persons and activities were made.
    """
    chance = random.Random(f"{seed} {code}")  # noqa: S311 – repeatable, not secret
    site = site_id(code)
    persons = _people(w, chance, site, people)
    venue = w.put("venue", {"name": "Mədəniyyət Mərkəzi", "site": site, "capacity": 120, "accessible": True})
    group = _working_group(w, chance, site, persons)
    made = 0
    for number in range(events):
        day = clock.today() + timedelta(days=_offset(number, events))
        made += _event(w, chance, number, site, venue, group, persons, day)
    _outputs_and_mechanisms(w, chance, site)
    fill_services(w, chance, code)
    return {"people": len(persons), "activities": made}


def _offset(number: int, events: int) -> int:
    """Days from today: most events lie behind us, the last ones are planned."""
    return round(-330 + 360 * (number + 0.5) / events) if number < events - 1 else 0


def made_up_person(chance: random.Random, *, woman: bool | None = None) -> dict[str, Any]:
    """A person that does not exist, with a name as people there write it."""
    names = _names()
    woman = chance.random() < 0.3 if woman is None else woman
    if chance.random() < 0.12:
        surname = chance.choice(names["fixed_surnames"])
    else:
        surname = chance.choice(names["surnames"]) + ("a" if woman else "")
    return {
        "surname": surname,
        "given": chance.choice(names["women" if woman else "men"]),
        "patronymic": chance.choice(names["men"]),
        "suffix": "qizi" if woman else "oglu",
        "sex": "f" if woman else "m",
        "birth_year": chance.randint(1962, 2003),
    }


def _people(w: Writer, chance: random.Random, site: str, count: int) -> list[str]:
    names = _names()
    officers: list[Mapping[str, Any]] = []
    twice = _standing_twice(chance, site) if count >= _ENOUGH_FOR_TWICE else []
    for number in range(count):
        person = made_up_person(chance) | {"owner_site": site}
        if number >= count - len(twice):  # the last ones: memberships and posts go to the first
            person |= twice[number - count]
        if number % 5 < 4:
            person |= {
                "rank": chance.choice(_RANKS),
                "service": chance.choice(_SERVICES),
                "unit": chance.choice(names["units"]),
                "citizen_category": "neighbourhood_police_officers",
            }
        else:
            person |= {"service": "civilian", "unit": chance.choice(names["schools"]), "citizen_category": "teachers"}
        if number % 7 == 3 and "phone" not in person:
            person["phone"] = f"+99450{chance.randint(2000000, 9999999)}"
        if number % 11 == 5 and number < count - len(twice):
            person["sex"] = "not_recorded"
        officers.append({name: value for name, value in person.items() if _known(w, name, value)})
    persons = list(w.put_many("person", officers))
    postings = [
        {
            "person": person,
            "site": site,
            "rank": about["rank"],
            "unit": about["unit"],
            "post": chance.choice(names["posts"]),
            "start": f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02d}-01",
        }
        for person, about in zip(persons, officers, strict=True)
        if "rank" in about
    ]
    w.put_many("posting", postings)
    return persons


def _standing_twice(chance: random.Random, site: str) -> list[dict[str, Any]]:
    """Both cards of some persons whom two hands entered, so that the queue of duplicates can be practised too."""
    cards = []
    for double in chance.sample(_names()["twice"], _TWICE):
        about = {
            "sex": double["sex"],
            "birth_year": chance.randint(1965, 1998),
            "phone": f"+99455{chance.randint(2000000, 9999999)}",
        }
        bare = {"surname": None, "given": None, "patronymic": None, "suffix": None, "owner_site": site}
        cards += [bare | about | card for card in double["cards"]]
    return cards


def _known(w: Writer, name: str, value: Any) -> bool:
    lists = {"rank": "rank", "service": "service", "citizen_category": "audience"}
    return name not in lists or w.choice_exists(lists[name], value)


def _working_group(w: Writer, chance: random.Random, site: str, persons: Sequence[str]) -> str:
    about = w.get("site", site) or {}
    group = w.put(
        "group",
        {
            "type": "cpwg",
            "site": site,
            "name_en": f"Community Policing Working Group, {about.get('name_en')}",
            "name_az": f"{about.get('name_az')} üzrə işçi qrupu",
            "name_ru": f"Рабочая группа, {about.get('name_ru')}",
            "founded": (clock.today() - timedelta(days=700)).isoformat(),
            "legal_basis": "Polis idarəsinin əmri",
            "rhythm": "quarterly",
            "standing_agenda": "Əvvəlki iclasın tapşırıqları\nSakinlərin müraciətləri\nMüxtəlif məsələlər",
            "women_goal_percent": 40,
            "civilian_goal_percent": 50,
        },
    )
    roles = ["chair", "deputy_chair", "secretary"]
    sides = ["police", "authority", "civil_society", "resident", "youth"]
    for number, person in enumerate(persons[:9]):
        w.put(
            "membership",
            {
                "group": group,
                "person": person,
                "role": roles[number] if number < len(roles) else "member",
                "side": sides[number % len(sides)],
                "start": (clock.today() - timedelta(days=690)).isoformat(),
            },
        )
    return group


def _event(
    w: Writer,
    chance: random.Random,
    number: int,
    site: str,
    venue: str,
    group: str,
    persons: Sequence[str],
    day: date,
) -> int:
    values: dict[str, Any] = {"site": site, "venue": venue, "start": day.isoformat(), "owner_unit": "site_coordinator"}
    held = day < clock.today()
    values["status"] = "held" if held else "planned"
    turn = number % 7 if day != clock.today() else 0  # today there is a training to register people at
    if turn in (0, 2, 4):
        kind = _TRAININGS[number % len(_TRAININGS)]
        values["end"] = (day + timedelta(days=chance.choice((0, 1, 2)))).isoformat()
        activity = activities.plan(w, kind, values)
        _attend(w, chance, activity, persons, held)
    elif turn in (1, 5):
        activity = activities.plan(w, "cpwg_meeting", values | {"group": group})
        _meet(w, chance, activity, group, persons, held, day)
    elif turn == 3:
        activity = activities.plan(w, "police_open_day", values | {"place": "Şəhər stadionu"})
        if held:
            _count_visitors(w, chance, activity, day)
    else:
        activity = activities.plan(w, "press_meeting_quarterly", values)
        if held:
            w.put("headcount", {"activity": activity, "figure": chance.randint(6, 18), "method": "sign_in_sheets"})
    return 1


def _attend(w: Writer, chance: random.Random, activity: str, persons: Sequence[str], held: bool) -> None:
    invited = chance.sample(list(persons), min(_PARTICIPANTS, len(persons)))
    sessions = attendance.plan_sessions(w, activity)
    for session in sessions:
        w.put("session", {"hours": 6}, session)
    for row, person in enumerate(invited, 1):
        participation = attendance.add_person(w, activity, person, row=row, source="sheet")
        if not held:
            continue
        w.put(
            "participation",
            {
                "state": "attended",
                "pre_test": chance.randint(35, 70),
                "post_test": chance.randint(60, 98),
                "satisfaction": chance.randint(3, 5),
            },
            participation,
        )
        for session in sessions:
            luck = chance.random()
            state = "present" if luck < 0.88 else "late" if luck < 0.93 else "absent"
            attendance.mark(
                w, participation, session, state, hours=4 if state == "late" else None, source="sheet", signed=True
            )
    if held:
        amount = float(chance.randint(300, 2400))
        w.put("cost", {"activity": activity, "type": "instruction", "amount": amount, "currency": "AZN"})


def _meet(
    w: Writer, chance: random.Random, activity: str, group: str, persons: Sequence[str], held: bool, day: date
) -> None:
    for number, agenda in enumerate(("Əvvəlki iclasın tapşırıqları", "Məktəb ətrafında təhlükəsizlik"), 1):
        values = {"activity": activity, "number": number, "agenda": agenda}
        if held:
            values |= {"discussion": "Üzvlər məsələni müzakirə etdilər.", "decision": "Təklif qəbul olundu."}
        w.put("meeting_item", values)
    if not held:
        return
    session = attendance.plan_sessions(w, activity)[0]
    for row, person in enumerate(persons[:9], 1):
        present = chance.random() < 0.85
        participation = attendance.add_person(w, activity, person, session=session, row=row, source="sheet")
        if not present:
            attendance.mark(w, participation, session, "absent", source="sheet")
    for number, action in enumerate(("Küçə işıqlarını təmir etmək", "Valideynlərlə görüş keçirmək"), 1):
        done = chance.random() < 0.5
        w.put(
            "action_item",
            {
                "activity": activity,
                "group": group,
                "number": number,
                "text": action,
                "owner_person": persons[number],
                "due": (day + timedelta(days=45)).isoformat(),
                "state": "done" if done else "open",
                "closed_on": (day + timedelta(days=chance.randint(10, 60))).isoformat() if done else None,
            },
        )


def _count_visitors(w: Writer, chance: random.Random, activity: str, day: date) -> None:
    for door in ("A", "B"):
        for hour in range(10, 15):
            moment = datetime.combine(day, time(hour)).strftime("%Y-%m-%dT%H:00:00Z")
            rows = [
                {
                    "activity": activity,
                    "door": door,
                    "hour": moment,
                    "category": category,
                    "delta": chance.randint(4, 40),
                    "type": "counted",
                }
                for category in ("woman", "man", "girl", "boy")
            ]
            w.put_many("tally", rows)
    w.put(
        "headcount",
        {
            "activity": activity,
            "figure": 700,
            "low": 600,
            "high": 800,
            "method": "organiser_estimate",
            "official": True,
        },
    )


def _outputs_and_mechanisms(w: Writer, chance: random.Random, site: str) -> None:
    for issue in (1, 2):
        output = w.put(
            "output",
            {
                "kind": "newspaper",
                "title_en": f"Police and community, issue {issue}",
                "title_az": f"Polis və cəmiyyət, № {issue}",
                "title_ru": f"Полиция и общество, № {issue}",
                "site": site,
                "issue": issue,
                "language": ["az"],
                "stage": "published",
                "date": (clock.today() - timedelta(days=200 - 90 * issue)).isoformat(),
                "print_run": 2000,
            },
        )
        for place, share in (("Bələdiyyə", 600), ("Məktəblər", 800)):
            w.put(
                "distribution",
                {
                    "output": output,
                    "site": site,
                    "place": place,
                    "date": (clock.today() - timedelta(days=190 - 90 * issue)).isoformat(),
                    "quantity": share,
                },
            )
    box = w.put(
        "mechanism",
        {
            "type": "complaint_box",
            "name_en": "Complaint box at the town hall",
            "name_az": "Bələdiyyədə şikayət qutusu",
            "name_ru": "Ящик жалоб у мэрии",
            "site": site,
            "location": "Bələdiyyə binası",
            "start": (clock.today() - timedelta(days=400)).isoformat(),
            "answer_days": 15,
        },
    )
    for month in range(1, 6):
        w.put(
            "reading",
            {
                "mechanism": box,
                "type": "box_opening",
                "date": (clock.today() - timedelta(days=30 * month)).isoformat(),
                "category": chance.choice(("behaviour", "delay", "traffic", "praise")),
                "count": chance.randint(0, 9),
                "answered": 0,
                "witness_1": "Bələdiyyə nümayəndəsi",
                "witness_2": "Polis nümayəndəsi",
            },
        )
