"""`saha people …` as a script calls it: what is printed, the exit code, and that a refusal changes nothing."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.models.store import Store
from tests import build
from tests.conftest import PASSPHRASE

DATA = Path(__file__).resolve().parents[1] / "data" / "rosters"
LIST = DATA / "c1_az_qeydiyyat.xlsx"
ELCHIN = {"surname": "Məmmədov", "given": "Elçin", "patronymic": "Rəşid", "suffix": "oglu", "sex": "m"}


class Saha:
    """Runs commands over one store and gives (exit code, output, errors)."""

    def __init__(self, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder, self._capsys = store.folder, capsys
        store.close()  # a command opens the store itself

    def run(self, *argv: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        try:
            code = cli.run([*argv, "--store", str(self._folder)])
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def json(self, *argv: str) -> tuple[int, Any]:
        code, out, _ = self.run(*argv, "--json")
        return code, json.loads(out)

    def position(self) -> tuple[int, bytes]:
        with Store.open(self._folder, PASSPHRASE) as store, store.read() as reader:
            return reader.position()

    def people(self) -> int:
        with Store.open(self._folder, PASSPHRASE) as store, store.read() as reader:
            return reader.count("person")


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHA_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def saha(store: Store, capsys: pytest.CaptureFixture[str]) -> Saha:
    return Saha(store, capsys)


# --- import ----------------------------------------------------------------------------------------------------------


def test_a_preview_shows_and_writes_nothing(saha: Saha) -> None:
    before = saha.position()
    code, out, _ = saha.run("people", "import", str(LIST), "--preview")
    assert code == 0 and "Hüseynov Nicat" in out and "1985-02-30" in out
    assert saha.position() == before


def test_an_import_with_a_doubtful_row_is_done_and_says_so(saha: Saha) -> None:
    code, data = saha.json("people", "import", str(LIST))
    assert code == 5, "done, but somebody must decide"
    assert data["counts"] == {"new": 14, "known": 0, "doubtful": 1, "skipped": 0}
    assert (data["applied"], data["created"], data["waiting"]) == (True, 14, ["1:23"])
    assert saha.people() == 14
    code, again = saha.json("people", "import", str(LIST))
    assert (code, again["created"], saha.people()) == (5, 0, 14)


def test_an_import_without_doubts_is_done(saha: Saha) -> None:
    code, data = saha.json("people", "import", str(DATA / "c2_ru_spisok.xlsx"))
    assert (code, data["created"]) == (0, 13)


def test_an_import_onto_the_list_of_an_activity(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    activity = store.write(lambda w: build.an_activity(w)).value
    code, data = Saha(store, capsys).json("people", "import", str(LIST), "--activity", activity)
    assert (code, data["participations"]) == (5, 14)


def test_a_map_file_says_what_a_column_holds(saha: Saha, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("№,Soyadı və adı,Xüsusi\n1,Quliyev Tural,mayor\n", "utf-8")
    chosen = tmp_path / "map.json"
    chosen.write_text(json.dumps({"columns": {"0": "number", "1": "full_name", "2": "rank"}}), "utf-8")
    code, data = saha.json("people", "import", str(path), "--map", str(chosen))
    assert (code, data["rows"][0]["fields"]["rank"]) == (0, "major")


@pytest.mark.parametrize("case", ["missing", "damaged", "folder", "no_roster", "activity", "map", "map_no_json"])
def test_what_cannot_be_used_is_refused_and_nothing_changes(saha: Saha, tmp_path: Path, case: str) -> None:
    damaged, wrong, words = tmp_path / "siyahı.xlsx", tmp_path / "m.json", tmp_path / "m.txt"
    damaged.write_bytes(b"PK\x03\x04 not a workbook")
    wrong.write_text('{"columns": {"0": "password"}}', "utf-8")
    words.write_text("rank is column 2", "utf-8")
    argv = {
        "missing": [str(tmp_path / "none.xlsx")],
        "damaged": [str(damaged)],
        "folder": [str(tmp_path)],
        "no_roster": [str(DATA / "01_lc_training_attendance.xlsx")],
        "activity": [str(LIST), "--activity", "11111111-1111-4111-8111-111111111111"],
        "map": [str(LIST), "--map", str(wrong)],
        "map_no_json": [str(LIST), "--map", str(words)],
    }[case]
    before = saha.position()
    code, out, err = saha.run("people", "import", *argv)
    assert code == 3 and out == ""
    assert err.strip() and "Traceback" not in err and str(tmp_path) not in err
    assert saha.position() == before


# --- finding ---------------------------------------------------------------------------------------------------------


def test_find_in_another_script(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    person = store.write(lambda w: build.a_person(w, **ELCHIN)).value
    saha = Saha(store, capsys)
    code, found = saha.json("people", "find", "Мамедов Эльч")
    assert code == 0 and found[0]["id"] == person
    code, out, _ = saha.run("people", "find", "Xyzqwv")
    assert code == 0 and out.strip()


# --- the matcher alone -----------------------------------------------------------------------------------------------


def test_match_answers_a_line_for_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "candidates.csv"
    path.write_text("id,full_name\na,Məmmədov Elçin Rəşid oğlu\nb,Quliyeva Aysel\n", "utf-8")
    asked = "Мамедов Эльчин\n\nAysel Guliyeva\n".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(asked), "utf-8"))
    with pytest.raises(SystemExit) as ended:
        cli.run(["people", "match", str(path), "--limit", "1"])
    assert not ended.value.code
    assert capsys.readouterr().out.split("\n")[:3] == ["a", "", "b"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(asked), "utf-8"))
    assert cli.run(["people", "match", str(path), "--limit", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [["a"], [], ["b"]]


def test_pairs_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "records.csv"
    path.write_text(
        "id,surname,given_name,patronymic,phone\n1,Məmmədov,Elçin,Rəşid oğlu,0505551101\n"
        "2,Мамедов,Эльчин,Рашидович,0505551101\n3,Quliyeva,Aysel,,0505550000\n",
        "utf-8",
    )
    with pytest.raises(SystemExit):
        cli.run(["people", "pairs", str(path)])
    heading, first, *rest = capsys.readouterr().out.strip().splitlines()
    assert heading == "id1,id2,score" and first.split(",")[:2] == ["1", "2"] and rest == []
    assert cli.run(["people", "pairs", str(path), "--json"]) == 0
    (pair,) = json.loads(capsys.readouterr().out)
    assert (pair["id1"], pair["id2"], pair["score"]) == ("1", "2", float(first.split(",")[2]))


@pytest.mark.parametrize("command", ["match", "pairs"])
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b""), "utf-8"))
    assert cli.run(["people", command, str(tmp_path / "none.csv")]) == 3
    said = capsys.readouterr()
    assert said.err.strip() and "Traceback" not in said.err


# --- duplicates ------------------------------------------------------------------------------------------------------


def test_duplicates_merge_and_split(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    russian = {"surname": "Мамедов", "given": "Эльчин", "patronymic": "Рашидович", "suffix": None, "sex": "m"}
    one, other = store.write(lambda w: (build.a_person(w, **ELCHIN), build.a_person(w, **russian))).value
    saha = Saha(store, capsys)
    code, pairs = saha.json("people", "duplicates")
    assert code == 5 and {person["id"] for person in pairs[0]["persons"]} == {one, other}
    assert "given_same" in pairs[0]["reasons"]
    assert saha.run("people", "merge", one, other)[0] == 0
    assert saha.json("people", "duplicates") == (0, [])
    before = saha.position()
    assert saha.run("people", "merge", one, other)[0] == 3, "they are one already"
    assert saha.position() == before
    assert saha.run("people", "split", other)[0] == 0
    assert saha.json("people", "duplicates")[0] == 5
    code, _, err = saha.run("people", "split", other)
    assert code == 3 and err.strip()


def test_merging_somebody_who_is_not_there_is_refused(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    one = store.write(lambda w: build.a_person(w, **ELCHIN)).value
    saha = Saha(store, capsys)
    before = saha.position()
    code, _, err = saha.run("people", "merge", one, "11111111-1111-4111-8111-111111111111")
    assert code == 3 and err.strip() and saha.position() == before


@pytest.mark.parametrize("typed", ["7", "-1", "nan", "1.01", "abc", ""])
def test_pairs_refuses_what_is_no_score(saha: Saha, tmp_path: Path, typed: str) -> None:
    (tmp_path / "records.csv").write_text("id,full_name\n1,Ali\n", encoding="utf-8")
    code, out, err = saha.run("people", "pairs", str(tmp_path / "records.csv"), f"--min-score={typed}")
    assert (code, out) == (2, "")
    assert "--min-score" in err


def test_match_answers_each_line_before_the_next(tmp_path: Path) -> None:
    candidates = tmp_path / "candidates.csv"
    candidates.write_text("id;full_name\r\n7;Məmmədov Elçin\r\n8;\r\n", encoding="utf-8-sig", newline="")
    command = [sys.executable, "-m", "app.main", "people", "match", str(candidates)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdin and process.stdout
        for asked, expected in (("elcin", "7\n"), ("", "\n"), ("zzzz", "\n"), ("Мамедов", "7\n")):
            process.stdin.write(asked + "\n")
            process.stdin.flush()
            assert process.stdout.readline() == expected
        process.stdin.close()
        assert process.wait(timeout=30) == 0
