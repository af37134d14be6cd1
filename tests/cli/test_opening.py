"""Where the passphrase comes from, in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Saha


def test_the_environment_comes_before_the_file(
    saha: Saha, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_text("wrong\n")
    assert saha("check", "--store", office, "--passphrase-file", file).code == 0
    monkeypatch.setenv("SAHA_PASSPHRASE", "")
    assert saha("check", "--store", office, "--passphrase-file", file).code == 4
    file.write_text("practice\nsecond line\n")
    assert saha("check", "--store", office, "--passphrase-file", file).code == 0
    assert saha("check", "--store", office, "--passphrase-file", tmp_path / "none").code == 4


def test_a_file_in_the_store_s_place_is_refused(saha: Saha, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    said = saha("check", "--store", tmp_path / "file")
    assert said.code == 4
