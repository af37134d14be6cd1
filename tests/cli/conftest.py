"""The command line as a script sees it: words in, exit code, standard output and standard error out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.keys.slots import LIGHT
from app.sync.office import found_office, join, make_kit


@dataclass(frozen=True)
class Said:
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON document on standard output."""
        return json.loads(self.out)


Saha = Callable[..., Said]


@pytest.fixture
def saha(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Saha:
    """Run one command; the passphrase is that of practice stores."""
    monkeypatch.setenv("SAHA_PASSPHRASE", "practice")

    def run(*words: object) -> Said:
        capsys.readouterr()
        try:
            code = cli.run([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        heard = capsys.readouterr()
        return Said(code, heard.out, heard.err)

    return run


@dataclass(frozen=True)
class Founded:
    """A folder with `office` and perhaps `ganja`, and the user's profile that belongs to them."""

    folder: Path

    def copy(self, name: str, target: Path) -> Path:
        """One of them, copied."""
        shutil.copytree(self.folder / name, target / name)
        return target / name


def _found(folder: Path, *, laptop: bool) -> Founded:
    """Stores with light keys. Made once: an office takes longer than most commands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAHA_DATA", str(folder / "profile"))
        (folder / "profile").mkdir()
        with found_office(folder / "office", "practice", name="Bakı", work=LIGHT) as store:
            if laptop:
                kit = folder / "ganja.sahakit"
                code = make_kit(store, ["ganja"], "Gəncə 1", kit, work=LIGHT)
                join(folder / "ganja", kit, code, "practice", "Aysel", work=LIGHT).close()
    return Founded(folder)


@pytest.fixture(scope="session")
def _office_alone(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return _found(tmp_path_factory.mktemp("founded"), laptop=False)


@pytest.fixture(scope="session")
def _office_and_laptop(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return _found(tmp_path_factory.mktemp("joined"), laptop=True)


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office store of its own, and a user's profile that knows no other."""
    joined = "ganja" in request.fixturenames
    founded: Founded = request.getfixturevalue("_office_and_laptop" if joined else "_office_alone")
    monkeypatch.setenv("SAHA_DATA", str(founded.copy("profile", tmp_path)))
    return founded.copy("office", tmp_path)


@pytest.fixture
def ganja(office: Path, _office_and_laptop: Founded, tmp_path: Path) -> Path:
    """The folder of a laptop in Ganja that has joined the office."""
    return _office_and_laptop.copy("ganja", tmp_path)
