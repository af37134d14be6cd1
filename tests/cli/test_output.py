"""How answers and refusals are printed."""

from __future__ import annotations

import json

import pytest

from app.cli import output
from app.cli.output import Answer
from app.errors import Invalid, Problem, StoreError, UserError


def test_lines_for_people_and_data_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer({"ə": 1}, ["bir", "iki"])
    output.show(answer, as_json=False)
    assert capsys.readouterr().out == "bir\niki\n"
    output.show(answer, as_json=True)
    assert json.loads(capsys.readouterr().out) == {"ə": 1}


def test_refusals_have_their_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert output.show_error(UserError("not_merged"), as_json=False) == 3
    assert output.show_error(StoreError("disk_full"), as_json=False) == 4
    problem = Problem("too_long", "person", "surname", {"longest": 200, "line": 4})
    assert output.show_error(Invalid([problem]), as_json=True) == 3
    said = capsys.readouterr()
    assert said.err.splitlines()[-1].startswith("Line 4: person.surname:")
    assert json.loads(said.out)["problems"][0]["code"] == "too_long"
