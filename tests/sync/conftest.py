"""A country made once for all tests of exchange, copied for each; builds no data."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.basics.paths import data_dir
from tests.sync.build import Country


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with laptops g1 and g2 of Ganja and n1 of Nakhchivan that know of each other, nothing entered yet."""
    folder = tmp_path_factory.mktemp("country") / "made"
    folder.mkdir()
    country = Country.found(folder)
    for name, site in (("g1", "ganja"), ("g2", "ganja"), ("n1", "nakhchivan")):
        country.join(name, site)
    country.round(2)
    country.close()
    shutil.copytree(data_dir() / "witness", folder / "profile" / "witness")
    return folder


@pytest.fixture
def country(_founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Country]:
    """The office, two laptops in Ganja, one in Nakhchivan, with a user's profile that belongs to them."""
    folder = tmp_path / "country"
    shutil.copytree(_founded, folder)
    monkeypatch.setenv("SAHA_DATA", str(folder / "profile"))
    opened = Country.open(folder)
    yield opened
    opened.close()
