"""`saha records`: lines in, lines out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from app.specs.records import RECORDS
from tests.cli.conftest import Saha


def test_types_is_one_json_document_that_names_everything(saha: Saha) -> None:
    said = saha("records", "types")
    assert {entry["type"] for entry in said.data["types"]} == set(RECORDS)
    kinds = {entry["code"]: entry for entry in said.data["kinds"]}
    assert kinds["police_open_day"]["labels"]["az"]
    assert said.data["choices"]["sex"]["f"]["ru"] == "Женщина"


def test_put_from_a_file_and_dump(saha: Saha, office: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    lines = [
        {"type": "person", "fields": {"surname": "Əliyev", "given": "Şahin"}},
        {"type": "activity", "fields": {"kind": "police_open_day", "site": "guba", "start": "2026-06-30"}},
    ]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    said = saha("records", "put", file, "--store", office)
    assert said.code == 0
    ids = said.out.split()
    dumped = [
        json.loads(line) for line in saha("records", "dump", "--store", office, "--type", "person").out.splitlines()
    ]
    assert [(row["id"], row["fields"]["given"]) for row in dumped] == [(ids[0], "Şahin")]
    owned = saha("records", "dump", "--store", office, "--site", "GUBA").out.splitlines()
    assert {json.loads(line)["id"] for line in owned} == {ids[1]}


def test_put_from_standard_input_tells_the_line_that_is_wrong(
    saha: Saha, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '{"type": "person", "fields": {"surname": "A"}}\n{"type": "person", "fields": {"surname": 5}}\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    before = saha("records", "dump", "--store", office).out
    said = saha("records", "put", "-", "--store", office)
    assert said.code == 3
    assert said.err.startswith("Line 2:")
    assert saha("records", "dump", "--store", office).out == before


def test_a_file_of_other_bytes_is_refused(saha: Saha, office: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes("Əliyev".encode("utf-16"))
    said = saha("records", "put", file, "--store", office)
    assert (said.code, "UTF-8" in said.err) == (3, True)
    assert saha("records", "put", tmp_path / "none", "--store", office).code == 3


def test_an_unknown_type_or_site_is_named(saha: Saha, office: Path) -> None:
    assert "dragon" in saha("records", "dump", "--type", "dragon", "--store", office).err
    said = saha("records", "dump", "--site", "atlantis", "--store", office)
    assert said.code == 3
    assert "atlantis" in said.err
    assert "ganja" in said.err


@pytest.mark.parametrize(
    "line", ['{"type": "person", "feilds": {}}', '{"type": "person", "fields": {"surname": "\\ud800"}}']
)
def test_a_mistyped_key_or_half_a_character_is_refused(saha: Saha, office: Path, tmp_path: Path, line: str) -> None:
    file = tmp_path / "changes.jsonl"
    file.write_text('{"type": "person", "fields": {"surname": "Əliyev"}}\n' + line, encoding="utf-8")
    said = saha("records", "put", file, "--store", office)
    assert (said.code, said.out) == (3, "")
    assert "2" in said.err
    assert saha("records", "dump", "--type", "person", "--store", office).out == ""


def test_the_plan_that_ships_is_loaded_once(saha: Saha, office: Path) -> None:
    first = saha("records", "plan", "--year", "2027", "--store", office, "--json")
    assert first.code == 0 and first.data["rows"] > 40
    assert saha("records", "plan", "--year", "2027", "--store", office, "--json").data["rows"] == 0
    lines = saha("records", "dump", "--store", office, "--type", "project").out.splitlines()
    assert [json.loads(line)["fields"]["start"] for line in lines] == ["2027-01-01"]
    assert saha("records", "plan", "no_such_plan", "--store", office).code == 3
