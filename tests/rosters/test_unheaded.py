"""Lists without a heading, and persons that stand side by side."""

from __future__ import annotations

from datetime import date

from app.rosters.columns import propose
from app.rosters.grid import Cell, Grid, square
from app.rosters.sheet import Sheet
from app.rosters.unheaded import persons_across, without_heading


def grid(*rows: list[Cell], name: str = "Sheet1") -> Grid:
    return square(name, [list(row) for row in rows])


def test_columns_by_their_content() -> None:
    rows = grid(
        [1, "Quliyev Tural", "Gəncə şəhəri", "0505551101", "t@example.az", "k", date(1980, 1, 2)],
        [2, "Səfərova Günel", "Şəki rayonu", "0505551102", "g@example.az", "q", date(1990, 1, 2)],
    )
    found = without_heading(Sheet(rows))
    assert found is not None and found.columns == {
        0: "number",
        1: "full_name",
        2: "site",
        3: "phone",
        4: "email",
        5: "sex",
        6: "birth_date",
    }


def test_pasted_text_may_hold_what_a_file_may_not() -> None:
    rows = grid(["John Smith", "teacher"], ["Mary Brown", "doctor"])
    assert without_heading(Sheet(rows)) is None
    rows.pasted = True
    found = without_heading(Sheet(rows))
    assert found is not None and found.columns == {0: "full_name", 1: "post"}


def test_split_names_without_a_heading() -> None:
    found = without_heading(Sheet(grid(["Quliyev", "Tural", "Rafiq"], ["Səfərova", "Günel", "Natiq"])))
    assert found is not None and found.columns == {0: "surname", 1: "given", 2: "patronymic"}


def test_a_row_of_unknown_words_above() -> None:
    assert (
        without_heading(Sheet(grid(["Vaxt", "Kim"], ["09:00", "Quliyev Tural"], ["10:00", "Səfərova Günel"]))) is None
    )
    found = without_heading(
        Sheet(grid(["Kim", "Necə"], ["Quliyev Tural", "0505551101"], ["Səfərova Günel", "0505551102"]))
    )
    assert found is not None and found.rows == (0,)


def test_persons_across() -> None:
    found = persons_across(Sheet(grid(["Tarix", "Quliyev Tural", "Cəmi"], ["12.05", "+", 1], ["13.05", "-", 0])))
    assert found is None, "one name is no matrix"
    found = persons_across(
        Sheet(
            grid(
                ["Tarix", "Quliyev Tural", "Səfərova Günel", "Cəmi"],
                ["12.05.2025", "+", "-", 1],
                ["13.05.2025", "+", "+", 2],
            )
        )
    )
    assert found is not None and found.columns == {1: "full_name", 2: "full_name"} and set(found.sessions) == {2, 3}
    assert (
        persons_across(
            Sheet(grid(["Tarix", "Quliyev Tural", "Səfərova Günel"], ["12.05", 250, 300], ["13.05", 17, 12]))
        )
        is None
    )


def test_a_heading_goes_before_all_this() -> None:
    assert propose(grid(["Ad, soyad"], ["Quliyev Tural"])).header_rows == (1,)
