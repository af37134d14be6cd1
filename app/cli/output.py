"""What a command answers and how it is printed: lines for people, one JSON document for programs."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.basics.words import about, known, text
from app.errors import Invalid, Problem, StoreError, UserError

DONE, FAULT, USAGE, REFUSED, STORE, NEEDS_PERSON = 0, 1, 2, 3, 4, 5


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
    told = about(error.code, _in_words(error.params))
    if told is not None:
        return told
    details = ", ".join(f"{name}={value}" for name, value in error.params.items())
    return f"{error.code} ({details})" if details else error.code


def _in_words(params: Mapping[str, object]) -> dict[str, object]:
    """The parameters as people read them: a record type by its name."""
    record = params.get("record")
    named = isinstance(record, str) and known(f"records.{record}.one")
    return {**params, "record": text(f"records.{record}.one")} if named else dict(params)  # words: records.*


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


def show_fault(error: Exception, *, as_json: bool) -> int:
    """Tell of a fault of the program: its type and where it stood, never a value; gives the exit code."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "app" in Path(frame.filename).parts]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    what = f"{type(error).__name__}, {where}"
    told = text("cli.fault", what=what)
    print(told, file=sys.stderr)
    if as_json:
        print(json.dumps({"error": "fault", "params": {"what": what}, "message": [told]}, ensure_ascii=False, indent=2))
    return FAULT
