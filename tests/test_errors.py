"""Errors carry codes and parameters, never sentences."""

from __future__ import annotations

from app.errors import Invalid, Problem, StoreError, UserError


def test_a_refusal_keeps_its_code_and_parameters() -> None:
    error = StoreError("store_in_use", folder="x")
    assert isinstance(error, UserError)
    assert (error.code, error.params) == ("store_in_use", {"folder": "x"})


def test_the_text_of_invalid_names_fields_and_codes_but_no_values() -> None:
    error = Invalid([Problem("too_long", "person", "surname", {"longest": 200})])
    assert "person.surname: too_long" in str(error)
    assert "200" not in str(error)
