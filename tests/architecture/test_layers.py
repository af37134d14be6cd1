"""Imports point downwards: runs the contracts of pyproject.toml and proves each on made-up trees; states none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.code import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LINT = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(cache_dir=None))"


def check_contracts(root: Path) -> tuple[int, str]:
    """The contracts' exit code and words on the package `app` under `root`."""
    run = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return run.returncode, run.stdout + run.stderr


def test_imports_point_downwards() -> None:
    code, words = check_contracts(ROOT)
    assert code == 0, words


SOUND = {
    "main.py": "from app.ui import tasks\nfrom app import cli\n",
    "cli.py": "from app.services import people\n",
    "ui/__init__.py": "",
    "ui/tasks.py": "import PySide6.QtCore\nfrom app.services import people\n",
    "ui/pages/__init__.py": "",
    "ui/pages/today.py": "from app.ui.forms import form\n",
    "ui/forms/__init__.py": "",
    "ui/forms/form.py": "from app.ui.widgets import labels\n",
    "ui/widgets/__init__.py": "",
    "ui/widgets/labels.py": "from PySide6 import QtWidgets\n",
    "services/__init__.py": "",
    "services/people.py": "from app.models import store\n",
    "sync/__init__.py": "",
    "reports/__init__.py": "",
    "reports/sheets.py": "import openpyxl\nfrom app.models import store\n",
    "rosters/__init__.py": "",
    "models/__init__.py": "",
    "models/store.py": "import sqlalchemy\nfrom app.specs import fields\n",
    "models/honesty.py": "if False:\n    from app.models.writer import Reader\n",  # the named exception
    "models/writer.py": "from app.models import honesty\n",
    "specs/__init__.py": "",
    "specs/fields.py": "from app.basics import ids\nfrom app.errors import UserError\n",
    "keys/__init__.py": "from app.basics import ids\n",
    "names/__init__.py": "",
    "basics/__init__.py": "",
    "basics/ids.py": "import app.errors\n",
    "errors.py": "class UserError(Exception): ...\n",
}

# (what is wrong, file, what is added to it, the contract that must catch it)
BREACHES = [
    ("the models import a service", "models/store.py", "from app.services import people", 0),
    ("services import their peer", "services/people.py", "import app.sync", 0),
    ("the command line imports the window", "cli.py", "import app.ui.widgets", 0),
    ("specs import the models", "specs/fields.py", "import app.models", 0),
    ("rosters import the models", "rosters/__init__.py", "import app.models", 0),
    ("errors import basics", "errors.py", "import app.basics.ids", 0),
    ("a stray module", "stray.py", "x = 1", 0),
    ("a widget imports a page", "ui/widgets/labels.py", "import app.ui.pages.today", 1),
    ("a form imports a page", "ui/forms/form.py", "import app.ui.pages.today", 1),
    ("services load Qt", "services/people.py", "import PySide6.QtGui", 2),
    ("main loads Qt itself", "main.py", "def f():\n    from PySide6.QtWidgets import QApplication", 2),
    ("a report speaks to the database", "reports/sheets.py", "from sqlalchemy import text", 3),
    ("services open the driver", "services/people.py", "def f():\n    import sqlcipher3", 3),
    ("sync writes workbooks", "sync/__init__.py", "import openpyxl", 4),
    ("a circle among siblings", "basics/clock.py", "import app.basics.ids", 5),
]


def build_tree(root: Path, files: dict[str, str]) -> None:
    shutil.copy(ROOT / "pyproject.toml", root)
    for name, content in files.items():
        path = root / "app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    (root / "app" / "__init__.py").touch()


def test_a_sound_tree_keeps_every_contract(tmp_path: Path) -> None:
    build_tree(tmp_path, SOUND)
    code, words = check_contracts(tmp_path)
    assert code == 0, words
    assert f"{len(CONTRACTS)} kept, 0 broken" in words


@pytest.mark.parametrize(("what", "file", "added", "contract"), BREACHES, ids=[b[0] for b in BREACHES])
def test_each_breach_breaks_its_contract(tmp_path: Path, what: str, file: str, added: str, contract: int) -> None:
    files = SOUND | {file: SOUND.get(file, "") + added + "\n"}
    if contract == 5:
        files["basics/ids.py"] += "import app.basics.clock\n"
    build_tree(tmp_path, files)
    code, words = check_contracts(tmp_path)
    assert code == 1, words
    assert f"{CONTRACTS[contract]['name']} BROKEN" in words


def test_every_contract_has_a_breach() -> None:
    assert {breach[3] for breach in BREACHES} == set(range(len(CONTRACTS)))


LOAD = """
import importlib, pkgutil, sys
for top in {packages}:
    package = importlib.import_module(top)
    for found in pkgutil.walk_packages(getattr(package, "__path__", []), top + "."):
        importlib.import_module(found.name)
loaded = sorted(m for m in sys.modules if m.split(".")[0] in ("PySide6", "shiboken6"))
sys.exit(f"loaded: {{loaded}}" if loaded else 0)
"""


def load_all(packages: list[str]) -> subprocess.CompletedProcess[str]:
    """Import every module of the packages in a fresh process; exit code 1 when Qt came with them."""
    return subprocess.run(
        [sys.executable, "-c", LOAD.format(packages=packages)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def test_only_the_window_loads_qt() -> None:
    without = [f"app.{name}" for name in ("services", "sync", "reports", "cli") if exists(name)]
    assert len(without) >= 3
    run = load_all(without)
    assert run.returncode == 0, run.stderr


def test_qt_would_be_noticed() -> None:
    run = load_all(["app.ui.tasks"])
    assert "loaded: ['PySide6" in run.stderr, run.stderr


# What the first window must not wait for: each costs a tenth of a second or more.
HEAVY = {
    "alembic",
    "cryptography",
    "numpy",
    "openpyxl",
    "PIL",
    "pyrage",
    "sqlalchemy",
    "sqlcipher3",
    "sqlite_utils",
    "zxingcpp",
}
START = """
import importlib, sys
for module in {modules}:
    importlib.import_module(module)
print(*{{name.split(".")[0] for name in sys.modules}})
"""


def loaded_by(modules: list[str]) -> set[str]:
    """The packages in memory once the modules are imported in a fresh process."""
    run = subprocess.run(
        [sys.executable, "-c", START.format(modules=modules)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def test_the_window_comes_before_the_heavy_libraries() -> None:
    loaded = loaded_by(["app.main", "app.ui.application", "app.ui.main_window"])
    assert "PySide6" in loaded
    assert not loaded & HEAVY


def test_a_heavy_library_would_be_noticed() -> None:
    assert "sqlalchemy" in loaded_by(["app.models.store"])


def exists(name: str) -> bool:
    return (ROOT / "app" / name).is_dir() or (ROOT / "app" / f"{name}.py").exists()
