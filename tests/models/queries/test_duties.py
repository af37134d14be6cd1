"""Quarterly duties: done, planned, open and overdue, site by site."""

from __future__ import annotations

from app.models.queries.duties import duties
from app.models.store import Store
from app.models.writer import Writer
from tests.build import an_activity, site

KIND = "press_meeting_quarterly"


def test_every_site_owes_every_quarter(store: Store) -> None:
    def meet(w: Writer) -> None:
        for where, day, status in (
            ("ganja", "2026-02-03", "held"),
            ("guba", "2026-02-03", "cancelled"),
            ("ganja", "2026-05-20", "planned"),
            ("baku", "2026-02-03", "held"),
        ):
            reason = {"status_reason": "Snow"} if status == "cancelled" else {}
            an_activity(w, kind=KIND, site=site(where), start=day, status=status, **reason)

    store.write(meet)
    with store.read() as reader:
        found = duties(reader, "2026-01-01", "2026-06-30", None, today="2026-05-10")
    states = {(due.site, due.start): due.state for due in found if due.kind == KIND}
    assert len(states) == 11 * 2, "the departments, two quarters; not Baku, not abroad"
    assert states[site("ganja"), "2026-01-01"] == "done"
    assert states[site("guba"), "2026-01-01"] == "overdue"
    assert states[site("ganja"), "2026-04-01"] == "planned"
    assert states[site("guba"), "2026-04-01"] == "open"
    assert next(due for due in found if due.kind == KIND and due.site == site("ganja")).end == "2026-03-31"


def test_before_and_after_the_programme_nothing_is_owed(store: Store) -> None:
    store.write(lambda w: w.put("site", {"end": "2026-02-15"}, site("guba")))
    with store.read() as reader:
        before = duties(reader, "2005-01-01", "2005-12-31", [site("ganja")], today="2026-01-01")
        after = duties(reader, "2026-01-01", "2026-12-31", [site("guba")], today="2026-12-31")
    assert before == []
    assert [due.start for due in after if due.kind == KIND] == ["2026-01-01"]


def test_windows_reach_over_the_new_year(store: Store) -> None:
    with store.read() as reader:
        found = duties(reader, "2026-12-15", "2027-01-15", [site("ganja")], today="2027-02-01")
    assert [(d.start, d.end) for d in found if d.kind == KIND] == [
        ("2026-10-01", "2026-12-31"),
        ("2027-01-01", "2027-03-31"),
    ]


def test_a_hotline_owes_counts_only_where_it_runs(store: Store) -> None:
    def hotline(w: Writer) -> None:
        line = w.put("mechanism", {"type": "hotline", "name_en": "H", "site": site("ganja"), "start": "2026-02-10"})
        w.put("reading", {"mechanism": line, "type": "calls", "date": "2026-02-20", "count": 12})

    with store.read() as reader:
        assert {d.kind for d in duties(reader, "2026-01-01", "2026-03-31", None, today="2026-03-20")} == {KIND}
    store.write(hotline)
    with store.read() as reader:
        found = duties(reader, "2026-01-01", "2026-03-31", None, today="2026-03-20")
    lines = [d for d in found if d.kind != KIND]
    assert [(d.site, d.start, d.state, d.days, d.record) for d in lines] == [
        (site("ganja"), "2026-02-01", "done", ("2026-02-20",), "reading"),
        (site("ganja"), "2026-03-01", "open", (), "reading"),
    ]
