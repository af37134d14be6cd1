"""What lies outside the store notices a file put back or carried to another machine."""

from __future__ import annotations

import shutil

import pytest

from app.basics import machine
from app.basics.paths import data_dir
from app.models.store import FILE, Store
from app.sync import witness
from tests.conftest import PASSPHRASE


@pytest.fixture(autouse=True)
def _own_profile(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHA_DATA", str(tmp_path) + "/profile")
    monkeypatch.setattr(machine, "machine_id", lambda: "a" * 32)


def test_start_after_start_agrees(store: Store) -> None:
    before = store.identity.store_id
    assert [witness.begin(store) for _ in range(3)] == [None, None, None]
    assert store.identity.store_id == before
    assert "person" not in next((data_dir() / "witness").iterdir()).read_text()


def test_a_file_put_back_is_noticed(store: Store) -> None:
    witness.begin(store)
    backup = store.folder / "copy.db"
    store.copy_to(backup)
    witness.begin(store)
    before = store.identity.store_id
    store.close()
    for path in store.folder.glob(f"{FILE}*"):
        path.unlink()
    shutil.copy(backup, store.folder / FILE)
    with Store.open(store.folder, PASSPHRASE) as again:
        assert witness.begin(again) == witness.SET_BACK
        assert again.identity.store_id != before
        assert witness.begin(again) is None


def test_another_machine_is_noticed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    witness.begin(store)
    monkeypatch.setattr(machine, "machine_id", lambda: "b" * 32)
    assert witness.begin(store) == witness.MOVED
    assert witness.begin(store) is None


def test_a_witness_that_is_gone_or_cannot_be_kept_stops_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    witness.begin(store)
    shutil.rmtree(data_dir() / "witness")
    assert witness.begin(store) is None

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(machine, "replace_file", refuse)
    assert witness.begin(store) is None
