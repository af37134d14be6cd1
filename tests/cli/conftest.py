"""The command line as a script sees it: words in, exit code, standard output and standard error out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.keys.slots import LIGHT
from app.models.store import Store
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


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder of a fresh office store; its keys are light, so that a test does not spend seconds on them."""
    folder = tmp_path / "office"
    found_office(folder, "practice", name="Bakı", work=LIGHT).close()
    return folder


@pytest.fixture
def ganja(office: Path, tmp_path: Path) -> Path:
    """The folder of a laptop in Ganja that has joined the office."""
    kit, folder = tmp_path / "ganja.sahakit", tmp_path / "ganja"
    with Store.open(office, "practice") as store:
        code = make_kit(store, ["ganja"], "Gəncə 1", kit, work=LIGHT)
    join(folder, kit, code, "practice", "Aysel", work=LIGHT).close()
    return folder
