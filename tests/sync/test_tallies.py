"""Heads counted on many laptops add up exactly, in whatever order and how often their bundles come."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.queries.tallies import Totals, totals
from app.models.store import Store
from app.services import tallies
from app.sync import receive
from tests import build
from tests.sync.build import PASSPHRASE, Country

CATEGORIES = ("woman", "man", "girl", "boy", "unknown")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_the_sum_of_many_laptops_is_exact_in_any_order(country: Country, tmp_path: Path, data: st.DataObject) -> None:
    bundles, wanted, day = counted(country)
    order = data.draw(st.permutations(range(len(bundles))), label="order")
    again = data.draw(st.lists(st.sampled_from(range(len(bundles))), max_size=4), label="again")
    folder = Path(tempfile.mkdtemp(dir=tmp_path)) / "office"
    shutil.copytree(country.folder / "Baku", folder)
    with Store.open(folder, PASSPHRASE) as office:
        for number in [*order, *again]:
            receive.receive(office, bundles[number], safety_copy=False)
        with office.read() as reader:
            found = totals(reader, day)
    assert found == wanted


_made: dict[Path, tuple[list[Path], Totals, str]] = {}


def counted(country: Country) -> tuple[list[Path], Totals, str]:
    """Three laptops count at an event of the office, in turns; their bundles, and the sum worked out by hand."""
    if country.folder in _made:
        return _made[country.folder]
    day = country.office.write(lambda w: build.an_open_day(w)).value
    for name in ("g1", "g2"):
        country.post(country.office, country[name], name)
    chance = random.Random(7)
    wanted = Totals()
    bundles = []
    for turn in range(3):
        for name, door in (("g1", "A"), ("g2", "B")):
            laptop = country[name]
            for _ in range(6):
                category, number = chance.choice(CATEGORIES), chance.randint(1, 9)
                row = laptop.write(lambda w, d=door, c=category, n=number: tallies.count(w, day, d, c, n)).value
                add(wanted, laptop, row)
            for row in laptop.write(lambda w, r=row: tallies.take_back(w, [r], "wrong key")).value:
                add(wanted, laptop, row)
            if turn == 1:
                add(wanted, laptop, laptop.write(lambda w, d=door: tallies.estimate(w, day, d, 40)).value)
            bundles += country.bundles(laptop, "Baku")
    country.office.close()
    _made[country.folder] = bundles, wanted, day
    return _made[country.folder]


def add(sums: Totals, store: Store, row: str) -> None:
    with store.read() as reader:
        told = reader.get("tally", row)
    assert told is not None
    sums.add(told)
