"""`saha check`, `saha backup`."""

from __future__ import annotations

from pathlib import Path

from app.models.store import Store
from tests.cli.conftest import Saha


def test_a_sound_store_is_0_and_an_altered_one_4_until_repaired(saha: Saha, office: Path) -> None:
    assert saha("check", "--store", office).code == 0
    with Store.open(office, "practice") as store:
        store.raw.execute("UPDATE site SET name_en = 'Elsewhere' WHERE code = 'ganja'")
    found = saha("check", "--store", office, "--json")
    assert found.code == 4
    assert [f["code"] for f in found.data["findings"]] == ["table_differs"]
    assert saha("check", "--repair", "--store", office).code == 0
    assert saha("check", "--store", office).code == 0


def test_backups_are_made_listed_and_restored(saha: Saha, office: Path, tmp_path: Path) -> None:
    assert "no backups" in saha("backup", "list", "--store", office).out
    assert saha("backup", "list", "--store", tmp_path / "nowhere").code == 4
    made = saha("backup", "now", "--store", office, "--json").data
    assert [b["file"] for b in saha("backup", "list", "--store", office, "--json").data] == [made["file"]]
    file = tmp_path / "p.jsonl"
    file.write_text('{"type": "person", "fields": {"surname": "Late"}}')
    saha("records", "put", file, "--store", office)
    restored = saha("backup", "restore", made["file"], "--store", office, "--json")
    assert (restored.code, restored.data["lost_writes"]) == (0, 1)
    assert saha("records", "dump", "--type", "person", "--store", office).out == ""
    assert saha("backup", "restore", tmp_path / "none.db", "--store", office).code == 3


def test_a_file_that_is_no_backup_is_refused_and_the_register_stays(saha: Saha, office: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "letter.txt"
    wrong.write_bytes(b"Dear colleagues, " * 400)
    before = saha("records", "dump", "--store", office).out
    said = saha("backup", "restore", wrong, "--store", office)
    assert said.code == 3
    assert "letter.txt" in said.err
    assert saha("records", "dump", "--store", office).out == before


def test_an_erasure_without_a_reason_is_refused(saha: Saha, office: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text('{"type": "person", "fields": {"surname": "Əliyev"}}', encoding="utf-8")
    row = saha("records", "put", file, "--store", office).out.strip()
    assert saha("erase", row, "--reason", " ", "--store", office).code == 3
    assert "Əliyev" in saha("records", "dump", "--type", "person", "--store", office).out
    assert saha("erase", row, "--reason", "asked", "--store", office).code == 0
    assert "Əliyev" not in saha("records", "dump", "--type", "person", "--store", office).out
