"""What can go wrong and be told to a person; carries codes and parameters, never sentences."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass


class SahaError(Exception):
    """Base of the errors that are not bugs."""


class UserError(SahaError):
    """Something expected that a person can act on; `code` names the sentence `errors.<code>` in the catalogue."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class StoreError(UserError):
    """The store cannot be opened, is damaged, or is in use (exit code 4 of the command line)."""


@dataclass(frozen=True)
class Problem:
    """One value that breaks its spec: `field` may be empty when the record as a whole is wrong."""

    code: str
    record: str = ""
    field: str = ""
    params: dict[str, object] = dataclasses.field(default_factory=dict)


class Invalid(SahaError):
    """Values break their spec; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__([f"{p.record}.{p.field}: {p.code}" for p in problems])
        self.problems = list(problems)


class Cancelled(SahaError):
    """They asked to stop; the transaction was rolled back."""
