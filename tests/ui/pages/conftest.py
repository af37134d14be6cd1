"""An office and a laptop that know of each other, made once and copied for each test; opens no window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.keys.slots import LIGHT
from app.models.store import Store
from app.sync.office import enrol_office, join, make_kit
from tests.conftest import PASSPHRASE


@pytest.fixture(scope="session")
def _office_and_ganja(_empty_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `office` and `ganja`."""
    folder = tmp_path_factory.mktemp("joined")
    shutil.copytree(_empty_office, folder / "office")
    with Store.open(folder / "office", PASSPHRASE) as office:
        enrol_office(office)
        code = make_kit(office, ["ganja"], "Gəncə 1", folder / "kit.sahakit", work=LIGHT)
        join(folder / "ganja", folder / "kit.sahakit", code, PASSPHRASE, "Aysel", work=LIGHT).close()
    return folder


@pytest.fixture
def joined_office(_office_and_ganja: Path, tmp_path: Path) -> Iterator[Store]:
    """The office, to be the `store` of a module in which every test has the laptop as well."""
    shutil.copytree(_office_and_ganja / "office", tmp_path / "office")
    with Store.open(tmp_path / "office", PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def joined_laptop(_office_and_ganja: Path, tmp_path: Path) -> Iterator[Store]:
    """A laptop in Ganja that has joined `joined_office`."""
    shutil.copytree(_office_and_ganja / "ganja", tmp_path / "ganja")
    with Store.open(tmp_path / "ganja", PASSPHRASE) as opened:
        yield opened
