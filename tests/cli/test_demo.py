"""`saha demo`: made-up data, marked as such, the same for the same seed."""

from __future__ import annotations

from pathlib import Path

from app.models.store import Store
from tests.cli.conftest import Saha


def test_the_same_seed_makes_the_same_records(saha: Saha, tmp_path: Path) -> None:
    dumps = []
    for name in ("a", "b"):
        assert saha("demo", tmp_path / name, "--people", 12, "--activities", 4, "--seed", 5).code == 0
        dumps.append(saha("records", "dump", "--store", tmp_path / name / "office").out)
    assert dumps[0] == dumps[1]
    with Store.open(tmp_path / "a" / "office", "practice") as store, store.read() as reader:
        assert reader.meta("practice") is True
        assert reader.count("person") == 12


def test_too_small_a_demo_is_refused(saha: Saha, tmp_path: Path) -> None:
    assert saha("demo", tmp_path / "x", "--people", 2).code == 3
