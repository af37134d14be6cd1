"""A practice country: two sites have sent, the office has both, and the same seed makes the same."""

from __future__ import annotations

from pathlib import Path

from app.models.store import Store
from app.models.writer import Writer
from app.sync import country, status
from tests import build


def test_an_office_that_has_heard_of_both_its_sites(tmp_path: Path) -> None:
    def fill(w: Writer, site: str, number: int) -> str:
        return build.a_person(w, surname=f"{site}{number}")

    told = country.build(tmp_path, "practice", fill)
    with Store.open(tmp_path / country.OFFICE, "practice") as baku, baku.read() as r:
        assert sorted(r.get("person", row)["surname"] for row in told) == ["ganja0", "nakhchivan1"]  # type: ignore[index]
        assert [p.last_no for p in status.status(r).partners] == [1, 1] and r.meta("practice")
    assert not list(tmp_path.glob("*.sahakit"))
