"""`saha certificates`: issued to a file, a number checked."""

from __future__ import annotations

from pathlib import Path

from app.models.store import Store
from tests.cli.conftest import Saha
from tests.composed import compose


def test_issued_printed_and_checked(saha: Saha, office: Path, tmp_path: Path) -> None:
    with Store.open(office, "practice") as store:
        made = store.write(compose).value
    out = tmp_path / "c.pdf"
    said = saha(
        "certificates", "issue", "--activity", made.t1, "--language", "ru", "--out", out, "--store", office, "--json"
    )
    assert said.code == 0, said.err
    assert said.data["pages"] == 3 and out.read_bytes().startswith(b"%PDF")
    assert {one["reason"] for one in said.data["left_out"]} == {"below_threshold", "not_attended"}
    serial = said.data["serials"][0]
    valid = saha("certificates", "check", serial.lower(), "--store", office, "--json")
    assert (valid.code, valid.data["state"]) == (0, "valid")
    slip = serial[:-1] + ("A" if serial[-1] != "A" else "B")
    for typed, state in ((slip, "mistyped"), ("nonsense", "mistyped")):
        wrong = saha("certificates", "check", typed, "--store", office, "--json")
        assert (wrong.code, wrong.data["state"]) == (5, state)


def test_what_cannot_be_is_3_and_nothing_is_written(saha: Saha, office: Path, tmp_path: Path) -> None:
    with Store.open(office, "practice") as store:
        made = store.write(compose).value
    for more in (["--template", "none"], ["--activity", "nobody"]):
        out = tmp_path / "c.pdf"
        said = saha("certificates", "issue", "--activity", made.t1, *more, "--out", out, "--store", office)
        assert said.code == 3 and not out.exists()
    said = saha("certificates", "issue", "--activity", made.t1, "--out", tmp_path / "x.doc", "--store", office)
    assert said.code == 3
