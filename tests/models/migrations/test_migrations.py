"""Opening brings a store to the newest form, with a verified copy first; a failed step leaves it as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models import migrations
from app.models.store import FILE, Store
from tests.conftest import PASSPHRASE


def test_the_newest_revision_is_the_last_file() -> None:
    files = sorted(p.stem for p in (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))
    assert files[-1].split("_")[0] == migrations.HEAD


def test_revisions_never_import_the_tables_of_today() -> None:
    for file in (Path(migrations.__file__).parent / "versions").glob("*.py"):
        assert "app.models" not in file.read_text(encoding="utf-8"), file.name


def test_an_older_store_is_copied_before_it_is_touched(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(lambda w: w.put("person", {"surname": "Quliyev"}))
    store.close()
    monkeypatch.setattr(migrations, "HEAD", "0002")
    monkeypatch.setattr(
        migrations,
        "upgrade",
        lambda connection: connection.exec_driver_sql("UPDATE alembic_version SET version_num='0002'"),
    )
    with Store.open(store.folder, PASSPHRASE) as opened, opened.read() as reader:
        assert reader.count("person") == 1
    assert (store.folder / "before-0002.db").exists()


def test_a_failing_step_leaves_the_old_form(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    monkeypatch.setattr(migrations, "HEAD", "0002")

    def fail(connection: object) -> None:
        connection.exec_driver_sql("CREATE TABLE half_done (a)")  # type: ignore[attr-defined]
        raise RuntimeError("third step")

    monkeypatch.setattr(migrations, "upgrade", fail)
    with pytest.raises(RuntimeError):
        Store.open(store.folder, PASSPHRASE)
    monkeypatch.undo()
    with Store.open(store.folder, PASSPHRASE) as opened:
        tables = {name for (name,) in opened.raw.execute("SELECT name FROM sqlite_master")}
        assert "half_done" not in tables
        assert opened.raw.execute("SELECT version_num FROM alembic_version").fetchone() == (migrations.HEAD,)
    assert (store.folder / FILE).exists()
