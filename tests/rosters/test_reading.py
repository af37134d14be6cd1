"""Reading is bounded: hostile files end in a sentence, the limits are shown to act, good files are read."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from app.basics.words import known
from app.errors import UserError
from app.rosters import reading
from app.rosters.grid import MOST_ROWS
from app.rosters.reading import Limits, read_grid, read_text
from app.rosters.survey import survey
from tests.rosters import hostile
from tests.rosters.conftest import DATA

CODES = {
    "roster_missing",
    "roster_unreadable",
    "roster_empty",
    "roster_not_a_workbook",
    "roster_has_password",
    "roster_damaged",
    "roster_took_too_long",
    "roster_too_large",
}


def outcome(path: Path) -> str:
    """The code of the refusal, or "" for a file that was read; a survey of what was read must not fail either."""
    try:
        survey(read_grid(path))
    except UserError as error:
        assert error.code in CODES and known(f"errors.{error.code}")
        assert error.params["file"] == path.name
        return error.code
    return ""


@pytest.mark.parametrize("name", hostile.CORPUS)
def test_hostile_files_are_refused_or_read_in_time(name: str, tmp_path: Path) -> None:
    make, refused = hostile.CORPUS[name]
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(make())
    started = time.monotonic()
    code = outcome(path)
    assert time.monotonic() - started < 25  # the limit is 10 s of processor time; the machine may be busy
    if refused is not None:
        assert bool(code) == refused, code


def test_truncated_and_flipped_files(tmp_path: Path) -> None:
    whole = (DATA / "c1_az_qeydiyyat.xlsx").read_bytes()
    ole = (DATA / "c2_ru_spisok.xls").read_bytes()
    path = tmp_path / "x.xlsx"
    for data in hostile.truncations(whole, 6):
        path.write_bytes(data)
        assert outcome(path) in ("roster_damaged", "roster_not_a_workbook")
    for data in hostile.flipped(whole, 5, 1) + hostile.flipped(ole, 5, 2) + hostile.truncations(ole, 3):
        path.write_bytes(data)
        outcome(path)


def test_no_link_or_formula_of_a_cell_survives(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(hostile.CORPUS["formula_link"][0]())
    assert read_grid(path).sheets[0].rows == [["Quliyev Tural"]]
    path.write_bytes(hostile.CORPUS["text_of_direction_marks"][0]())
    text = str(read_grid(path).sheets[0].rows[0][0])
    assert not set(text) & set("\u202e\u202c\u2066\u2069") and text.startswith("Quliyev Tural")


def test_far_columns_are_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(hostile.CORPUS["far_right_only"][0]())
    (grid,) = read_grid(path).sheets
    assert grid.rows == [["Ad, soyad"], ["Quliyev Tural"]]
    assert grid.cut_columns == 16_384 - 60


def big_text(path: Path) -> Path:
    """A file at the edge of what is read: costs the child some seconds and some hundred megabytes."""
    path.write_text("\n".join(";".join(f"Quliyev {n} {c}" for c in range(20)) for n in range(MOST_ROWS - 10)), "utf-8")
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="the job object of Windows is not tried here")
def test_the_limits_act_and_without_them_the_same_file_is_read(tmp_path: Path) -> None:
    path = big_text(tmp_path / "big.csv")
    assert len(read_grid(path, Limits(limited=False, wall_seconds=120)).sheets[0].rows) == MOST_ROWS - 10
    with pytest.raises(UserError, match="roster_too_large"):
        read_grid(path, Limits(memory_bytes=60_000_000, cpu_seconds=60, wall_seconds=120))
    with pytest.raises(UserError, match="roster_took_too_long"):
        read_grid(path, Limits(cpu_seconds=1, wall_seconds=120))
    with pytest.raises(UserError, match="roster_took_too_long"):
        read_grid(path, Limits(wall_seconds=0.05))


def test_a_reader_that_falls_does_not_blame_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_command", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(UserError, match="roster_reader_failed"):
        read_grid(DATA / "c1_az_qeydiyyat.xlsx")
    assert known("errors.roster_reader_failed")


def test_what_is_no_file(tmp_path: Path) -> None:
    assert outcome(tmp_path / "none.xlsx") == "roster_missing"
    assert outcome(tmp_path) == "roster_unreadable"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.xlsx")
        assert outcome(tmp_path / "pipe.xlsx") == "roster_unreadable"


def test_the_refusal_names_the_file_and_not_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "gizli"
    folder.mkdir()
    (folder / "siyahı.xlsx").write_bytes(b"junk\0")
    with pytest.raises(UserError) as caught:
        read_grid(folder / "siyahı.xlsx")
    assert caught.value.params == {"file": "siyahı.xlsx"}


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes((DATA / "c1_az_qeydiyyat.xlsx").read_bytes())
    read_grid(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_files_of_any_encoding_and_separator(encoding: str, separator: str, tmp_path: Path) -> None:
    rows = [
        ["№", "Soyadı, adı", "Vəzifə"],
        ["1", "Quliyev Tural Rafiq oğlu", "müəllim, direktor"],
        ["2", "Əliyeva Günel", "həkim"],
    ]
    text = "\r\n".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows)
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode(encoding))
    (sheet,) = survey(read_grid(path))
    assert [person.fields["surname"] for person in sheet.roster.persons] == ["Quliyev", "Əliyeva"]
    assert sheet.roster.persons[0].fields["post"] == "müəllim, direktor"


@pytest.mark.parametrize(
    ("encoding", "text", "surnames"),
    [
        (
            "cp1251",
            "№;ФИО;Должность\r\n1;Кулиев Турал Рафикович;инспектор\r\n2;Сафарова Гюнель;учитель",
            ["Кулиев", "Сафарова"],
        ),
        (
            "cp1254",
            "No;Adı, soyadı;Vəzifə\r\n1;Çingiz Şükürov;müəllim\r\n2;Gülşən Ağayeva;həkim".replace("ə", "e"),
            ["Şükürov", "Ağayeva"],
        ),
    ],
)
def test_older_encodings(encoding: str, text: str, surnames: list[str], tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode(encoding))
    (sheet,) = survey(read_grid(path))
    assert [person.fields["surname"] for person in sheet.roster.persons] == surnames


def test_a_workbook_by_another_name_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "siyahı.csv"
    path.write_bytes((DATA / "c2_ru_spisok.xlsx").read_bytes())
    assert [grid.name for grid in read_grid(path).sheets] == ["Список", "Справочник"]


def test_pasted_rows_of_a_sheet_with_and_without_heading() -> None:
    heading = "№\tSoyad\tAd\tTelefon\n"
    rows = "1\tQuliyev\tTural\t0505551101\n2\tSəfərova\tGünel\t\n"
    for text in (heading + rows, rows):
        grid = read_text(text)
        (sheet,) = survey_of(grid)
        found = [(person.fields["surname"], person.fields["given"]) for person in sheet.roster.persons]
        assert found == [("Quliyev", "Tural"), ("Səfərova", "Günel")]
        assert sheet.roster.persons[0].fields["phone"] == "+994505551101"


def survey_of(grid):  # type: ignore[no-untyped-def]
    from app.rosters.grid import Workbook

    return survey(Workbook([grid]))


def test_a_mail_with_one_person_a_line() -> None:
    text = """Salam, iştirakçıların siyahısını göndərirəm:

    1. Quliyev Tural Rafiq oğlu – sahə müvəkkili, 050 555 11 01
    2. Səfərova Günel Natiq qızı – müəllim, 055-555-11-02, g.safarova@example.az
    3. Babayev Orxan – həkim

    Hörmətlə,
    """
    (sheet,) = survey_of(read_text(text))
    persons = sheet.roster.persons
    assert [person.fields["surname"] for person in persons] == ["Quliyev", "Səfərova", "Babayev"]
    assert persons[1].fields["email"] == "g.safarova@example.az"
    assert persons[1].fields["phone"] == "+994555551102"
    assert persons[0].fields["post"] == "sahə müvəkkili"


def test_the_report_of_a_video_call() -> None:
    text = """1. Summary
Meeting title\tTraining
Attended participants\t3

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Tural Guliyev\t5/12/25, 9:58:11 AM\t5/12/25, 11:00:00 AM\t1h 2m\tt@example.org\tt@example.org\tOrganizer
Gunel Safarova\t5/12/25, 10:00:11 AM\t5/12/25, 11:00:00 AM\t1h\tg@example.org\tg@example.org\tPresenter
John Smith\t5/12/25, 10:00:11 AM\t5/12/25, 11:00:00 AM\t1h\t\t\tAttendee
"""
    (sheet,) = survey_of(read_text(text))
    assert sheet.mapping.header_rows == (6,)
    assert [person.fields["surname"] for person in sheet.roster.persons] == ["Guliyev", "Safarova", "Smith"]
    assert sheet.roster.persons[1].fields["email"] == "g@example.org"


def test_several_names_in_one_line() -> None:
    for text in ("Quliyev Tural, Səfərova Günel, Babayev Orxan", "Quliyev Tural; Səfərova Günel; Babayev Orxan"):
        (sheet,) = survey_of(read_text(text))
        assert [person.fields["given"] for person in sheet.roster.persons] == ["Tural", "Günel", "Orxan"]


def test_addresses_of_a_mail() -> None:
    text = "Tural Quliyev <t@example.az>; Günel Səfərova <g@example.az>; Orxan Babayev <o@example.az>"
    (sheet,) = survey_of(read_text(text))
    assert [person.fields["email"] for person in sheet.roster.persons] == [
        "t@example.az",
        "g@example.az",
        "o@example.az",
    ]
    assert sheet.roster.persons[0].fields["surname"] == "Quliyev"


def test_pasting_nothing_or_too_much() -> None:
    with pytest.raises(UserError, match="pasted_nothing"):
        read_text(" \n ")
    with pytest.raises(UserError, match="pasted_too_large"):
        read_text("a\tb\n" * (MOST_ROWS + 1))
