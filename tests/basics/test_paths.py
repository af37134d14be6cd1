"""Where things lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.basics import paths


def test_the_resources_are_found() -> None:
    assert (paths.RESOURCES / "i18n" / "errors.toml").is_file()


def test_the_data_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAHA_DATA", str(tmp_path))
    assert paths.default_store() == tmp_path / "store"


@pytest.mark.parametrize(
    ("platform", "variable", "end"),
    [("win32", "LOCALAPPDATA", "Saha"), ("linux", "XDG_DATA_HOME", "saha")],
)
def test_each_platform_has_its_own_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, variable: str, end: str
) -> None:
    monkeypatch.delenv("SAHA_DATA", raising=False)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert paths.data_dir() == tmp_path / end


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Yevlax 1", "yevlax-1"),
        ("Gəncə 1", "ganca-1"),
        ("Qazax · İKİNCİ", "qazax-ikinci"),
        ("Şirvan/Ağdaş: ö ü ç ı", "sirvan-agdas-o-u-c-i"),
        ("Гянджа, Шеки", "gyandzha-sheki"),
        ("../..\\CON ", "con"),
        ("東京", ""),
        ("x" * 50, "x" * 40),
    ],
)
def test_names_become_words_that_every_stick_takes(name: str, word: str) -> None:
    assert paths.file_word(name) == word
