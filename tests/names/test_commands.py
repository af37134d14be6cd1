"""The streams behind `saha people match` and `saha people pairs`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.basics.words import text
from app.errors import UserError
from app.names.commands import match_stream, pairs_stream
from app.names.pairs import CUT_OFF


def file(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "people.csv"
    path.write_bytes(content.encode(encoding))
    return path


def answers(path: Path, *queries: str, limit: int = 5) -> list[str]:
    out = io.StringIO()
    match_stream(path, [query + "\n" for query in queries], out, limit)
    return out.getvalue().split("\n")[:-1]


def test_one_line_for_every_query(tmp_path: Path) -> None:
    path = file(tmp_path, 'id,full_name\n7,Məmmədov Elçin\n8,Алиев Али\n9,"Məmmədov, Elçin Rəşid oğlu"\n')
    assert answers(path, "Elchin Mamedov", "", "zzzz", "əliyev") == ["7\t9", "", "", "8"]
    assert answers(path, "Elchin Mamedov", limit=1) == ["7"]


def test_a_byte_order_mark_and_other_dividers(tmp_path: Path) -> None:
    assert answers(file(tmp_path, "ID;Full_Name\r\n7;Məmmədov Elçin\r\n", "utf-8-sig"), "Elcin") == ["7"]
    assert answers(file(tmp_path, "id\tfull_name\n7\tMəmmədov Elçin\n"), "\ufeffElcin\r") == ["7"]


def test_name_in_parts_and_several_spellings(tmp_path: Path) -> None:
    path = file(
        tmp_path, "id,surname,given_name,patronymic\n1,Əliyev,Rauf,Anar oğlu\n1,Muller,Frank,\n2,Quliyev,Rauf,\n"
    )
    assert answers(path, "Рауф Алиев", "Frank Muller")[0].split("\t")[0] == "1"
    assert answers(path, "Frank Muller") == ["1"]


def test_each_answer_leaves_before_the_next_question_comes(tmp_path: Path) -> None:
    path = file(tmp_path, "id,full_name\n7,Məmmədov Elçin\n")
    out = io.StringIO()

    def asking() -> Iterator[str]:
        yield "Elçin\n"
        assert out.getvalue() == "7\n"
        yield "Məmmədov\n"

    match_stream(path, asking(), out, 5)
    assert out.getvalue() == "7\n7\n"


def test_pairs_as_csv_surer_first(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "id,full_name,birth_date,phone\n"
        "a,Məmmədov Elçin Rəşid oğlu,1980-03-05,\n"
        "b,Мамедов Эльчин Рашидович,05.03.1980,\n"
        "c,Quliyeva Leyla,,0502112233\n"
        "d,Leyla Guliyeva,,+994 50 211 22 33\n"
        "e,Həsənov Vaqif,1970-01-01,\n",
    )
    out = io.StringIO()
    assert pairs_stream(path, out) == 2
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [set(row) for row in rows] == [{"id1", "id2", "score"}] * 2
    assert {(row["id1"], row["id2"]) for row in rows} == {("a", "b"), ("c", "d")}
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert all(CUT_OFF <= score <= 1.0 for score in scores)
    out = io.StringIO()
    pairs_stream(path, out, 1.01)
    assert out.getvalue() == "id1,id2,score\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "names_csv_empty"),
        (b"name,phone\nx,1\n", "names_csv_columns"),
        (b"\xff\xfe1\x00", "names_csv_not_utf8"),
        (b"id,full_name\n1,\xe4\n", "names_csv_not_utf8"),
        (b"id,full_name\n,Ali\n", "names_csv_no_id"),
        (b"id,full_name\n1,Ali\n1,Veli\n", "names_csv_same_id"),
        (b'id,full_name\n1,"' + b"x" * 200_000 + b"\n", "names_csv_broken"),
    ],
)
def test_a_bad_file_is_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        pairs_stream(path, io.StringIO())
    assert caught.value.code == code
    for language in ("az", "ru", "en"):
        assert "people.csv" in text(f"errors.{code}", lang=language, **caught.value.params)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        match_stream(tmp_path / "none.csv", [], io.StringIO())
    assert caught.value.code == "names_csv_unreadable"
