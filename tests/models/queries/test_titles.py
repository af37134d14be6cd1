"""Titles of rows, and nothing more of them."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.queries.titles import names_of, titles
from app.specs.records import RECORDS


def test_only_live_rows_and_only_what_tells_them_apart(store: Any) -> None:
    def make(w: Any) -> tuple[str, str]:
        kept = w.put("venue", {"name": "Klub", "address": "Nizami 5"})
        gone = w.put("venue", {"name": "Köhnə klub"})
        w.delete("venue", gone)
        return kept, gone

    kept, gone = store.write(make).value
    with store.read() as reader:
        assert [row["id"] for row in titles(reader, "venue")] == [kept]
        assert "address" not in titles(reader, "venue")[0]
        assert set(names_of(reader, "venue", {kept, gone, "nobody"})) == {kept, gone}


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_type_can_be_listed(store: Any, record: str) -> None:
    with store.read() as reader:
        assert all("id" in row for row in titles(reader, record))


def test_many_names_at_once(store: Any) -> None:
    ids = store.write(lambda w: [w.put("venue", {"name": f"Klub {n}"}) for n in range(450)]).value
    with store.read() as reader:
        assert len(names_of(reader, "venue", set(ids))) == 450
