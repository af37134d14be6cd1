"""Plain text: encodings, separators, pasted rows, mails."""

from __future__ import annotations

import pytest

from app.rosters.delimited import NotAWorkbook, decode, grid_of, separator_of


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Əliyev Rəşad", "utf-8"),
        ("Əliyev", "utf-8-sig"),
        ("Əliyev Rəşad;müəllim\n" * 3, "utf-16-le"),
        ("Əliyev;müəllim\n" * 3, "utf-16-be"),
        ("Кулиев Турал; инспектор", "cp1251"),
        ("Гусейнов Ильгар Рафик оглы", "cp1251"),
        ("ИВАНОВ ПЁТР", "cp1251"),
        ("Çingiz Şükürov; müellim", "cp1254"),
        ("Gülşen Ağayeva; hekim", "cp1254"),
        ("İSMAYILOV ÖMER", "cp1254"),
        ("plain ascii", "ascii"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("data", [b"a\0b", bytes(100), b"\x01\x02\x03\x04" * 20])
def test_no_text(data: bytes) -> None:
    with pytest.raises(NotAWorkbook):
        decode(data)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b\nc,d", ","),
        ("a;b\nc;d", ";"),
        ("a\tb\nc\td", "\t"),
        ("a|b\nc|d", "|"),
        ('"a,1";b\n"c,2";d', ";"),
        ("a\nb\nc", None),
        ("1. Quliyev T., müəllim\n2. Babayev O., həkim, Gəncə\n3. Rzayev K.", None),
        ("Quliyev Tural, müəllim", None),
        (";;;;\n;;;;", None),
        ("", None),
        ("1. Quliyev T., müəllim\n2. Babayev O., həkim", None),
    ],
)
def test_separators(text: str, separator: str | None) -> None:
    assert separator_of(text) == separator


def test_cells_of_text() -> None:
    rows = grid_of("n;x;y;z;t\n1;2,5;007;+994501234567;994501234567").rows
    assert rows[1] == [1, 2.5, "007", "+994501234567", "994501234567"]


def test_excel_tells_its_separator_and_quotes_line_breaks() -> None:
    assert grid_of("sep=|\na|b;c\n").rows == [["a", "b;c"]]
    assert grid_of('Ad\tQeyd\n"Quliyev\nTural"\tx').rows[1] == ["Quliyev\nTural", "x"]


def test_a_quoted_mail() -> None:
    rows = grid_of(
        "> 1) Quliyev Tural – müəllim – tel: 050 555 11 01\n> 2) Səfərova Günel, həkim (e-mail: g@example.az)\n>\n"
    ).rows
    assert rows[0][:3] == [1, "Quliyev Tural", "müəllim"] and rows[1][4] == "g@example.az"
    assert rows[0][3] == "050 555 11 01"


def test_surname_comma_given() -> None:
    assert grid_of("- Quliyev, Tural Rafiq oğlu\n- Səfərova, Günel").rows == [
        ["Quliyev, Tural Rafiq oğlu"],
        ["Səfərova, Günel"],
    ]
