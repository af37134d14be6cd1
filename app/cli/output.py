"""What a command answers and how it is printed: lines for people, one JSON document for programs."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import Any

from app.basics.words import known, text
from app.errors import Invalid, Problem, StoreError, UserError

DONE, USAGE, REFUSED, STORE, NEEDS_PERSON = 0, 2, 3, 4, 5


@dataclass
class Answer:
    """`data` for programs, `lines` for people (without any, data is all there is); `code` is the exit code."""

    data: Any = None
    lines: list[str] = field(default_factory=list)
    code: int = DONE


def show(answer: Answer, *, as_json: bool) -> None:
    """Print an answer on standard output."""
    if as_json or (answer.data is not None and not answer.lines):
        print(json.dumps(answer.data, ensure_ascii=False, indent=2, default=str))
    else:
        for line in answer.lines:
            print(line)
    sys.stdout.flush()


def sentence(error: UserError | Problem) -> str:
    """The sentence for an expected error (a test makes sure that the catalogue has it)."""
    params: dict[str, Any] = error.params
    for domain in ("errors", "problems", "rosters", "sync", "reports"):
        key = f"{domain}.{error.code}"
        if known(key):
            return text(key, **params)
    details = ", ".join(f"{name}={value}" for name, value in error.params.items())
    return f"{error.code} ({details})" if details else error.code


def problem_line(problem: Problem) -> str:
    """One line about a value: where it stands and what is wrong with it."""
    place = ".".join(part for part in (problem.record, problem.field) if part)
    where = text("cli.in_line", n=problem.params["line"]) + " " if "line" in problem.params else ""
    return f"{where}{place}: {sentence(problem)}" if place else f"{where}{sentence(problem)}"


def show_error(error: UserError | Invalid, *, as_json: bool) -> int:
    """Tell of a refusal on standard error (and as JSON on standard output) and give the exit code."""
    if isinstance(error, Invalid):
        told = [problem_line(problem) for problem in error.problems]
        data: Any = {
            "error": "invalid",
            "problems": [
                {"code": p.code, "record": p.record, "field": p.field, "params": p.params} for p in error.problems
            ],
        }
    else:
        told = [sentence(error)]
        data = {"error": error.code, "params": error.params}
    for line in told:
        print(line, file=sys.stderr)
    if as_json:
        print(json.dumps({**data, "message": told}, ensure_ascii=False, indent=2, default=str))
    return STORE if isinstance(error, StoreError) else REFUSED
