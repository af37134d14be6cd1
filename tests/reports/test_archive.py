"""The plain archive opens everywhere, holds what it should and nothing that was thrown away or must not leave."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from app.models.store import Store
from app.models.writer import Writer
from app.reports import archive
from app.specs.records import RECORDS
from tests.composed import GANJA, Made, compose


@pytest.fixture
def made(store: Store) -> Made:
    return store.write(compose).value


def written(store: Store, folder: Path) -> Database:
    target = folder / "register.db"
    with store.read() as reader:
        archive.write(reader, target)
    return Database(target)


def test_it_is_a_plain_whole_file(store: Store, made: Made, tmp_path: Path) -> None:
    database = written(store, tmp_path)
    assert (tmp_path / "register.db").read_bytes()[:15] == b"SQLite format 3"
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert set(RECORDS) <= set(database.table_names())
    keys = {(k.column, k.other_table) for k in database["participation"].foreign_keys}
    assert {("activity", "activity"), ("person", "person")} <= keys
    assert sorted(p.name for p in tmp_path.iterdir() if not p.is_dir()) == ["register.db"], "no draft, no journal"
    database.conn.close()


def test_rows_agree_with_the_register(store: Store, made: Made, tmp_path: Path) -> None:
    database = written(store, tmp_path)
    with store.read() as reader:
        for record in RECORDS:
            assert database[record].count == reader.count(record), record
    row = next(iter(database["activity"].rows_where("id = ?", [made.t1])))
    assert (row["kind"], row["start"]) == ("training_gender_mainstreaming", "2026-02-10")
    topics = list(database["activity_topics"].rows_where("activity_id = ?", [made.t1]))
    assert [t["value"] for t in topics] == ["gender_mainstreaming"]
    database.conn.close()


def test_views_speak_three_languages(store: Store, made: Made, tmp_path: Path) -> None:
    database = written(store, tmp_path)
    row = next(iter(database.query("SELECT * FROM activity_named WHERE id = ?", [made.t1])))
    assert (row["site_name_en"], row["site_name_az"], row["site_name_ru"]) == ("Ganja", "Gəncə", "Гянджа")
    assert row["kind_label_az"] == "Polisdə gender məsələlərinin nəzərə alınması üzrə təlim"
    assert row["status_label_ru"] == "Проведено"
    seat = next(iter(database.query("SELECT * FROM participation_named WHERE person = ?", [made.cavid])))
    assert seat["person_name"].endswith("Cavid Əli")
    for record in RECORDS:
        database.execute(f'SELECT * FROM "{record}_named" LIMIT 1').fetchall()
    database.conn.close()


def test_names_and_titles_are_searched(store: Store, made: Made, tmp_path: Path) -> None:
    database = written(store, tmp_path)
    assert [r["id"] for r in database["person"].search("cavid")] == [made.cavid]
    assert made.gul in {r["id"] for r in database["person"].search("gul")}, "without its dots too"
    assert len(list(database["activity"].search("gender"))) == 8
    assert [r["code"] for r in database["site"].search("гянджа")] == ["ganja"]
    database.conn.close()


def test_what_must_not_leave_is_not_there(store: Store, made: Made, tmp_path: Path) -> None:
    def throw(w: Writer) -> None:
        w.put("activity", {"confidential_note": "CANARY-SECRET"}, made.t1)
        w.delete("person", made.emil)
        w.delete("activity", made.t2)
        w.put("person", {"note": "canary-kept"}, made.anna)

    store.write(throw)
    store.write(lambda w: _mark_erased(w, made.cavid))
    database = written(store, tmp_path)
    content = (tmp_path / "register.db").read_bytes()
    assert b"CANARY-SECRET" not in content
    assert b"canary-kept" in content, "the search for canaries finds what is there"
    people = {row["id"] for row in database["person"].rows}
    assert made.emil not in people and made.cavid not in people and made.anna in people
    assert made.t2 not in {row["id"] for row in database["activity"].rows}
    assert not list(database["participation"].rows_where("activity = ?", [made.t2])), "nothing of it without it"
    seat = next(iter(database["participation"].rows_where("id = ?", [made.seat_cavid])))
    assert seat["person"] is None, "his participation still counts"
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.conn.close()


def _mark_erased(w: Writer, person: str) -> None:
    from sqlalchemy import insert

    from app.models.tables import ERASED

    w.connection.execute(insert(ERASED), {"row": person, "record": "person", "moment": "2026-11-20T00:00:00Z"})


def test_it_warns_in_every_language(store: Store, tmp_path: Path) -> None:
    database = written(store, tmp_path)
    about: dict[str, Any] = {row["key"]: row["value"] for row in database["about"].rows}
    assert "NOT encrypted" in about["warning_en"] and "ŞİFRƏLƏNMƏYİB" in about["warning_az"]
    assert "НЕ зашифрован" in about["warning_ru"]
    assert about["practice"] == "1" and about["rows_site"] == str(database["site"].count)
    database.conn.close()


def test_a_failure_leaves_what_was_there(store: Store, made: Made, tmp_path: Path, monkeypatch: Any) -> None:
    target = tmp_path / "register.db"
    target.write_bytes(b"what was there before")

    def fail(*_: Any) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(archive, "_write_about", fail)
    with store.read() as reader, pytest.raises(sqlite3.OperationalError):
        archive.write(reader, target)
    assert target.read_bytes() == b"what was there before"
    assert sorted(p.name for p in tmp_path.iterdir() if not p.is_dir()) == ["register.db"]


def test_own_codes_have_labels(store: Store, made: Made, tmp_path: Path) -> None:
    store.write(
        lambda w: w.put("choice", {"list": "topic", "code": "chess", "label_en": "Chess", "label_az": "Şahmat"})
    )
    database = written(store, tmp_path)
    assert database["choices"].get(("topic", "chess"))["label_az"] == "Şahmat"
    assert database["site"].get(GANJA)["code"] == "ganja"
    database.conn.close()
