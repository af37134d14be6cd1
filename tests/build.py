"""Plain builders of register rows with sensible values; every one is a `put`, none opens or ends anything."""

from __future__ import annotations

from itertools import count
from typing import Any

from app.models.writer import Writer
from app.specs import seeds

_no = count(1)


def site(code: str) -> str:
    """The id of a seeded site."""
    return seeds.site_id(code)


def a_person(w: Writer, **values: Any) -> str:
    """A police officer, a woman unless said otherwise."""
    return w.put(
        "person",
        {
            "surname": f"Məmmədova{next(_no)}",
            "given": "Gülnar",
            "patronymic": "Əli",
            "suffix": "qizi",
            "sex": "f",
            "service": "neighbourhood_police",
            "rank": "captain",
            **values,
        },
    )


def an_activity(w: Writer, **values: Any) -> str:
    """A held one-day training in Ganja."""
    return w.put(
        "activity",
        {
            "kind": "training_gender_mainstreaming",
            "title_en": "Gender training",
            "site": site("ganja"),
            "start": "2026-02-10",
            "status": "held",
            **values,
        },
    )


def a_session(w: Writer, activity: str, date: str = "2026-02-10", **values: Any) -> str:
    """A session of three hours in the morning."""
    return w.put("session", {"activity": activity, "date": date, "part": "am", "hours": 3, **values})


def a_participation(w: Writer, activity: str, person: str | None, **values: Any) -> str:
    """Somebody on the list who attended."""
    return w.put("participation", {"activity": activity, "person": person, "state": "attended", **values})


def a_mark(w: Writer, participation: str, session: str, state: str = "present", **values: Any) -> str:
    """A mark in the grid of sessions."""
    return w.put("attendance", {"participation": participation, "session": session, "state": state, **values})


def a_tally(w: Writer, activity: str, category: str, delta: int, **values: Any) -> str:
    """So many heads at door A."""
    return w.put(
        "tally",
        {
            "activity": activity,
            "door": "A",
            "hour": "2026-03-07T08:00:00Z",
            "category": category,
            "delta": delta,
            **values,
        },
    )


def a_group(w: Writer, **values: Any) -> str:
    """A working group in Ganja, founded before the period."""
    return w.put(
        "group",
        {
            "type": "cpwg",
            "name_en": "Ganja working group",
            "site": site("ganja"),
            "founded": "2025-01-15",
            "status": "active",
            **values,
        },
    )


def an_action(w: Writer, **values: Any) -> str:
    """An open action item."""
    return w.put("action_item", {"text": "Repair the street lamp", "state": "open", **values})


_WOMEN = ("Gülnar", "Aysel", "Leyla", "Nərmin", "Səbinə", "Könül", "Pərvanə", "Ülviyyə", "Şəbnəm", "Xədicə")
_MEN = ("Elçin", "Rəşad", "Tural", "Orxan", "Vüqar", "Fərid", "İlqar", "Samir", "Ceyhun", "Əkrəm", "Zaur", "Anar")
_SURNAMES = (
    "Məmmədov", "Əliyev", "Hüseynov", "Quliyev", "Həsənov", "Rzayev", "İsmayılov", "Cəfərov", "Abbasov", "Kərimov",
    "Nəsirov", "Babayev", "Mustafayev", "Şükürov", "Ağayev", "Vəliyev", "Səfərov", "Orucov", "Yusifov", "Tağıyev",
)  # fmt: skip
_FATHERS = ("Rəşid", "Vaqif", "Əli", "Hüseyn", "Məmməd", "Oruc", "Tofiq", "Nizami", "Sabir", "Akif", "Ramiz")
_RANKS = ("lieutenant", "senior_lieutenant", "captain", "major", "junior_sergeant", "sergeant")
_UNITS = ("1-ci polis bölməsi", "2-ci polis bölməsi", "Kəpəz rayon PŞ", "Nizami rayon PŞ", "Patrul alayı")
_SERVICES = ("neighbourhood_police", "patrol_police", "neighbourhood_police", "traffic_police", "internal_troops")


def an_officer(w: Writer, n: int, **values: Any) -> str:
    """The n-th of many officers with Azerbaijani names; every sixth is a woman. The same n gives the same person."""
    woman = n % 6 == 3
    surname = _SURNAMES[n % len(_SURNAMES)] + ("a" if woman else "")
    names = _WOMEN if woman else _MEN
    return w.put(
        "person",
        {
            "surname": surname,
            "given": names[(n * 7 + n // 20) % len(names)],
            "patronymic": _FATHERS[(n * 5 + n // 11) % len(_FATHERS)],
            "suffix": "qizi" if woman else "oglu",
            "sex": "f" if woman else "m",
            "rank": _RANKS[n % len(_RANKS)],
            "unit": _UNITS[n % len(_UNITS)],
            "service": _SERVICES[n % len(_SERVICES)],
            **values,
        },
    )


def a_training(w: Writer, people: int = 40, days: int = 3, start: str = "2026-11-19", **values: Any) -> str:
    """A training in Ganja with officers invited and a session for each day; nobody is marked yet."""
    from datetime import date, timedelta

    from app.services import attendance

    last = (date.fromisoformat(start) + timedelta(days=days - 1)).isoformat()
    activity = an_activity(
        w,
        **{
            "kind": "training_interethnic_policing",
            "title_en": "Interethnic community policing, basic course",
            "title_az": "Millətlərarası münasibətlərdə polis fəaliyyəti, əsas kurs",
            "title_ru": "Межэтнические отношения и работа полиции, базовый курс",
            "start": start,
            "end": last,
            "status": "confirmed",
            "place": "Gəncə şəhər Baş Polis İdarəsi",
            **values,
        },
    )
    attendance.plan_sessions(w, activity, hours=6)
    for n in range(people):
        attendance.add_person(w, activity, an_officer(w, n), source="import")
    return activity


def an_open_day(w: Writer, **values: Any) -> str:
    """A Police Open Day in Ganja with its programme and the heads of two hours at two doors."""
    activity = an_activity(
        w,
        **{
            "kind": "police_open_day",
            "title_en": "Police Open Day",
            "title_az": "Polisin açıq qapı günü",
            "title_ru": "День открытых дверей полиции",
            "start": "2026-11-21",
            "status": "confirmed",
            "place": "Heydər Əliyev parkı",
            **values,
        },
    )
    for title, at in (("Kinoloqların çıxışı", "11:20"), ("Çevik reaksiya qrupu", "12:00"), ("Lotereya", "13:30")):
        w.put("programme_element", {"activity": activity, "title": title, "planned_at": at})
    return activity
