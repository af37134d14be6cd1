"""The project's sources as the rules read them: files with their syntax trees; never imports what it reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the project's root, with slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file's syntax tree."""
        return ast.parse(self.text, self.path)

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines."""
        return self.text.splitlines()

    def at(self, node: ast.AST, message: str) -> str:
        """A finding, in the form that editors and terminals make clickable."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {message}"


@cache
def sources(folder: str = "app") -> list[Source]:
    """Every Python file under a folder of the project."""
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "__pycache__" not in path.parts
    ]


def called(node: ast.Call) -> str:
    """The last name of what is called: `print(…)` → print, `a.b.commit()` → commit."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every imported name in full: `from a.b import c` → a.b.c."""
    package = source.path.removesuffix(".py").removesuffix("/__init__").split("/")
    if not source.path.endswith("/__init__.py"):
        package = package[:-1]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node, name.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            for name in node.names:
                yield node, f"{start}.{name.name}"
