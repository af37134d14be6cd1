"""A small register whose figures can be worked out by hand; the docstring of `compose` says what is in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.models.writer import Writer
from tests.build import a_group, a_mark, a_participation, a_person, a_session, a_tally, an_action, an_activity, site

Q1 = ("2026-01-01", "2026-03-31")
GANJA, NAKHCHIVAN = site("ganja"), site("nakhchivan")


@dataclass
class Made:
    """Ids of what the register holds."""

    ids: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> str:
        return self.ids[name]


def compose(w: Writer) -> Made:
    """Two trainings, an open day, two meetings and what hangs on them.

    T1 Ganja, 10–11 Feb, sessions s1 s2 (10 Feb, 3 h each) and s3 (11 Feb, 6 h): 12 h.
      anna   present everywhere                      12 h, 100 %            trained
      boris  s1 present, s2 present, s3 absent        6 h,  50 %            not trained
      cavid  s1 late 1 h, s2 present, s3 present     10 h,  83 %            trained
      dina   gives s1; s2 and s3 as participant       9 h of the 9 left     trained (peer trainer of s1)
      emil   trainer (role), not a participant
      farid  invited only, no mark                   not there
      vip    VIP, attended                           not a participant
    T2 Nakhchivan, 5 Mar, no grid: a list
      anna2 (merged into anna)  attended                                    trained, the same person
      gul   attended, sex not recorded                                      trained
      one without a name, a woman                    participation only
    T3 Ganja, 20 Mar, cancelled, with anna and boris on its list: counts nowhere.
    T4 Ganja, 2 Apr: the next quarter.
    D1 Ganja open day, 7 Mar: 10 women, 5 men, 2 girls counted, a correction of -1 man; 40 estimated;
       official statement 600 (500 to 700, organiser's estimate), press says 900.
    """
    made = Made()
    ids = made.ids
    for name, sex in (("anna", "f"), ("boris", "m"), ("cavid", "m"), ("dina", "f"), ("emil", "m"), ("farid", "m")):
        ids[name] = a_person(w, given=name.title(), sex=sex)
    ids["vip"] = a_person(w, given="Vəli", sex="m", rank="colonel")
    ids["gul"] = a_person(w, given="Gül", sex=None, service="traffic_police")
    ids["anna2"] = a_person(w, given="Anna", sex="f", service="traffic_police")

    ids["t1"] = t1 = an_activity(w, end="2026-02-11", topics=["gender_mainstreaming"])
    ids["s1"] = s1 = a_session(w, t1, trainers=[ids["dina"]])
    ids["s2"] = s2 = a_session(w, t1, part="pm")
    ids["s3"] = s3 = a_session(w, t1, "2026-02-11", part="full_day", hours=None, start="09:00", end="15:00")
    seats = {
        name: a_participation(w, t1, ids[name], sheet_row=row)
        for row, name in enumerate(("anna", "boris", "cavid", "dina"), 1)
    }
    a_participation(w, t1, ids["emil"], role="trainer")
    a_participation(w, t1, ids["farid"], state="invited")
    a_participation(w, t1, ids["vip"], role="vip")
    for session in (s1, s2, s3):
        a_mark(w, seats["anna"], session)
        a_mark(w, seats["boris"], session, "absent" if session == s3 else "present")
        a_mark(w, seats["cavid"], session, "late" if session == s1 else "present", hours=1 if session == s1 else None)
        if session != s1:
            a_mark(w, seats["dina"], session)
    ids |= {f"seat_{name}": seat for name, seat in seats.items()}

    ids["t2"] = t2 = an_activity(w, site=NAKHCHIVAN, start="2026-03-05", kind="training_basic_new_officers")
    ids["seat_anna2"] = a_participation(w, t2, ids["anna2"])
    ids["seat_gul"] = a_participation(w, t2, ids["gul"])
    ids["seat_nobody"] = a_participation(w, t2, None, sex="f")
    w.put("person", {"merged_into": ids["anna"]}, ids["anna2"])

    t3 = an_activity(w, start="2026-03-20", status="cancelled", status_reason="Snow")
    for name in ("anna", "boris"):
        a_participation(w, t3, ids[name])
    t4 = an_activity(w, start="2026-04-02")
    a_participation(w, t4, ids["boris"])

    ids["d1"] = d1 = an_activity(w, kind="police_open_day", start="2026-03-07")
    for category, delta in (("woman", 10), ("man", 5), ("girl", 2)):
        a_tally(w, d1, category, delta)
    a_tally(w, d1, "man", -1, reason="Counted at both doors")
    a_tally(w, d1, "unknown", 40, type="estimated")
    w.put(
        "headcount",
        {
            "activity": d1,
            "figure": 600,
            "low": 500,
            "high": 700,
            "method": "organiser_estimate",
            "official": True,
        },
    )
    w.put("headcount", {"activity": d1, "figure": 900, "method": "press"})

    ids["group"] = group = a_group(w)
    a_group(w, status="dissolved")
    a_group(w, founded="2026-05-01")
    ids["m1"] = m1 = an_activity(w, kind="cpwg_meeting", start="2026-01-20", group=group)
    ids["m2"] = m2 = an_activity(w, kind="cpwg_meeting", start="2026-03-10", group=group)
    an_activity(w, kind="cpwg_meeting", start="2026-03-25", group=group, status="postponed", status_reason="Chair ill")
    a_participation(w, m1, ids["anna"], role="chair")
    a_participation(w, m1, ids["boris"], role="participant")
    ids["a1"] = an_action(w, activity=m1, group=group, state="done", closed_on="2026-02-19")  # 30 days
    ids["a2"] = an_action(w, activity=m1, group=group, due="2026-03-01")  # overdue at the end of March
    ids["a3"] = an_action(w, activity=m2, group=group, due="2026-06-01", state="done", closed_on="2026-05-02")
    ids["a4"] = an_action(w, activity=m2, group=group, state="dropped", closed_on="2026-03-30")
    return made
