"""A frozen report stays what it was, and says what has changed since."""

from __future__ import annotations

import pytest

from app.models.store import Store
from app.models.writer import Writer
from app.reports.freezing import changes, digest, freeze_values, is_whole, latest, since_frozen, snapshot
from app.reports.quarterly import quarterly
from app.reports.tables import Report
from tests.build import a_participation, a_person
from tests.composed import Q1, Made, compose


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


def report_of(store: Store, language: str = "en") -> Report:
    with store.read() as reader:
        return quarterly(reader, *Q1, None, language)


def moved(told: Report) -> dict[tuple[str, str, str], tuple[str, str]]:
    return {
        (str(row.cells[0]), str(row.cells[1]), str(row.cells[2])): (str(row.cells[3]), str(row.cells[4]))
        for _, _, row in told.lines()
    }


def test_the_same_numbers_give_the_same_snapshot(store: Store, made: Made) -> None:
    first, second = snapshot(report_of(store)), snapshot(report_of(store))
    assert first == second and digest(first) == digest(second)
    assert made.anna not in first, "no ids of persons"
    assert not moved(changes(report_of(store), first))


def test_a_late_entry_shows_as_a_change(store: Store, made: Made) -> None:
    def freeze(w: Writer) -> str:
        return w.put("report_freeze", freeze_values(quarterly(w, *Q1, None, "en"), "quarterly", *Q1, "Aytən"))

    frozen = store.write(freeze).value
    store.write(lambda w: a_participation(w, made.t2, a_person(w)))
    with store.read() as reader:
        row = latest(reader, "quarterly", *Q1) or {}
        assert row["id"] == frozen and is_whole(row)
        told = since_frozen(reader, quarterly(reader, *Q1, None, "en"), "quarterly", *Q1, "en")
        assert since_frozen(reader, quarterly(reader, *Q1, None, "en"), "annual", *Q1, "en") is None
    assert told is not None and not told.warning
    found = moved(told)
    assert found["Summary", "Nakhchivan AR", "Participations: Women"] == ("2", "3")
    assert found["Persons trained", "By site · Σ", "Total"] == ("4", "5")
    assert ("Summary", "Ganja", "Participations: Women") not in found


def test_a_changed_snapshot_is_noticed(store: Store, made: Made) -> None:
    values = freeze_values(report_of(store), "quarterly", *Q1, "")
    values["snapshot"] = values["snapshot"].replace('"Ganja",4', '"Ganja",5')
    store.write(lambda w: w.put("report_freeze", values))
    with store.read() as reader:
        assert not is_whole(latest(reader, "quarterly", *Q1) or {})
        told = since_frozen(reader, quarterly(reader, *Q1, None, "en"), "quarterly", *Q1, "en")
    assert told is not None and "does not match its fingerprint" in told.warning


def test_what_is_gone_shows_too(store: Store, made: Made) -> None:
    before = snapshot(report_of(store))
    store.write(lambda w: w.delete("activity", made.d1))
    found = moved(changes(report_of(store), before))
    assert any(table == "Headcounts" and now == "–" for (table, _, _), (_, now) in found.items())
