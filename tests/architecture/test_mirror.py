"""Every module with something to run has a test file at the mirrored place; says nothing of what is in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.code import ROOT, Source, sources

# Modules whose tests stand elsewhere: module → the file that tests it (it must exist and name the module).
TESTED_IN: dict[str, str] = {}


def has_code(source: Source) -> bool:
    """Whether there is a function or a method in it."""
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(source.tree))


def mirror(path: str) -> list[str]:
    """Where the tests of a module may stand: `app/sync/merge.py` → `tests/sync/test_merge.py`; a package's own code in
    `test_<package>.py`, in it or beside it."""
    parts = path.removeprefix("app/").removesuffix(".py").split("/")
    if parts[-1] == "__init__":
        folder = parts[:-1]
        if not folder:
            return ["tests/test_app.py"]
        return [
            "/".join(["tests", *folder, f"test_{folder[-1]}.py"]),
            "/".join(["tests", *folder[:-1], f"test_{folder[-1]}.py"]),
        ]
    return ["/".join(["tests", *parts[:-1], f"test_{parts[-1]}.py"])]


def untested(files: list[Source], tests: dict[str, str], elsewhere: dict[str, str]) -> Iterator[str]:
    """The modules without tests; `tests` maps a test file's path to its text."""
    for source in files:
        places = mirror(source.path)
        if not has_code(source) or source.path.startswith("app/models/migrations/versions/"):
            continue
        if source.path in elsewhere:
            place = elsewhere[source.path]
            module = source.path.removesuffix(".py").removesuffix("/__init__").split("/")[-1]
            if module not in tests.get(place, ""):
                yield f"{source.path}:1: {place} does not test it"
        elif not any(place in tests for place in places):
            yield f"{source.path}:1: has no {places[0]}"


def test_every_module_has_its_tests() -> None:
    present = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")
    }
    found = list(untested(sources(), present, TESTED_IN))
    assert not found, "\n".join(["", *found])


def test_an_untested_module_is_caught() -> None:
    code = Source("app/sync/merge.py", "def f(): ...")
    assert list(untested([code], {}, {}))
    assert list(untested([code], {"tests/sync/test_other.py": ""}, {}))
    assert list(untested([code], {"tests/sync/test_other.py": "import plan"}, {code.path: "tests/sync/test_other.py"}))
    assert not list(
        untested([code], {"tests/sync/test_other.py": "import merge"}, {code.path: "tests/sync/test_other.py"})
    )
    assert not list(untested([code], {"tests/sync/test_merge.py": ""}, {}))
    assert not list(untested([Source("app/sync/kinds.py", "A = 1")], {}, {}))
    assert not list(untested([Source("app/names/__init__.py", "def f(): ...")], {"tests/names/test_names.py": ""}, {}))
    assert list(untested([Source("app/names/__init__.py", "class A:\n    def f(self): ...")], {}, {}))
