"""The head of a report: its sites, its period, from whose data."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from app.models.queries.counts import Count, Figure
from app.models.store import Store
from app.models.tables import BUNDLE_IN, ROSTER
from app.models.writer import Writer
from app.reports.frame import Frame, plain, value
from tests.build import an_activity, site
from tests.composed import Q1


def test_sites_of_the_programme_and_active_ones(store: Store) -> None:
    with store.read() as reader:
        codes = [s["code"] for s in Frame(reader, *Q1, None, "en").sites]
        assert codes[:2] == ["mingechevir", "shirvan"] and len(codes) == 11 and "baku" not in codes
    store.write(lambda w: an_activity(w, site=site("baku")))
    store.write(lambda w: w.put("site", {"end": "2025-12-31"}, site("guba")))
    with store.read() as reader:
        codes = [s["code"] for s in Frame(reader, *Q1, None, "en").sites]
        assert codes[-1] == "baku" and "guba" not in codes
        assert [s["code"] for s in Frame(reader, *Q1, [site("guba")], "en").sites] == ["guba"]


def test_whose_data_it_is(store: Store) -> None:
    with store.read() as reader:
        facts = dict(Frame(reader, *Q1, None, "en").facts())
        assert facts["Sites"] == "All sites" and facts["Period"] == "01.01.2026 – 31.03.2026"
        assert "no laptop" in facts["From the data of"]

    def laptop(w: Writer) -> None:
        w.connection.execute(
            insert(ROSTER),
            {
                "device": "d",
                "name": "Ganja-1",
                "role": "laptop",
                "sites": [site("ganja")],
                "signing_key": b"",
                "recipient": "",
                "state": "active",
                "stores": [],
                "past_sites": [],
            },
        )
        w.connection.execute(
            insert(BUNDLE_IN),
            {"id": "b", "sender": "s", "device": "d", "no": 41, "received": "2026-05-14T10:00:00Z"},
        )

    store.write(laptop)
    with store.read() as reader:
        facts = dict(Frame(reader, *Q1, None, "en").facts())
        assert "Ganja-1 (Ganja): up to bundle no. 41, received 14.05.2026" in facts["From the data of"]
        elsewhere = dict(Frame(reader, *Q1, [site("guba")], "en").facts())
        assert "Ganja-1" not in elsewhere["From the data of"]


def test_numbers_for_cells() -> None:
    split = {("a",): Figure(Count(3.0, "things"), "activity"), ("b",): Figure(Count(2.555, "hours"), "activity")}
    assert [value(split, key).value for key in "abc"] == [3, pytest.approx(2.555, abs=0.006), 0]
    assert isinstance(value(split, "a").value, int) and plain(None) == 0
    assert value(split, "a").record == "activity" and value(split, "c").ids == ()
