"""Rules of the house that imports cannot tell, read from syntax trees, each proven on breaches; runs none of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from tests.architecture.code import Source, called, imports, sources

Finder = Callable[[Source], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """A rule, the files it does not hold for (each with the reason), what it finds, and breaches it must find."""

    name: str
    find: Finder
    breaches: list[tuple[str, str]]  # (path, code)
    sound: list[tuple[str, str]]
    exempt: dict[str, str] = field(default_factory=dict)  # path, or folder ending in a slash → reason

    def check(self, source: Source) -> list[str]:
        """The findings in one file, none where it is exempt."""
        if any(
            source.path == place or (place.endswith("/") and source.path.startswith(place)) for place in self.exempt
        ):
            return []
        return [f"{found}  [{self.name}]" for found in self.find(source)]


ENDING = {"commit", "rollback", "begin", "begin_nested", "begin_twophase"}
SESSIONS = {"Session", "sessionmaker", "scoped_session"}
ENDING_SQL = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|END TRANSACTION)\b")


def transactions(source: Source) -> Iterator[str]:
    not_here = {"begin"} if source.path.startswith("app/ui/") else set()
    for node, name in imports(source):
        if name.startswith("sqlalchemy.") and name.split(".")[-1] in SESSIONS:
            yield source.at(node, f"{name}: only Store opens sessions")
    for node in ast.walk(source.tree):
        # SQLAlchemy's take no argument, so `witness.begin(store)` is something else. In a window `form.begin()` is:
        # the contracts keep every connection out of it.
        if isinstance(node, ast.Call) and called(node) in ENDING - not_here and not node.args:
            yield source.at(node, f"{called(node)}(): only Store begins and ends a transaction")
        if isinstance(node, ast.Call) and called(node) in {"execute", "exec_driver_sql", "executescript", "text"}:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and ENDING_SQL.match(str(argument.value)):
                    yield source.at(node, f"{argument.value!r}: only Store begins and ends a transaction")


THREADS = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "Process", "Pool", "start_new_thread"}
QT_THREADS = {"QThread", "QThreadPool", "QRunnable", "QtConcurrent"}


def threads(source: Source) -> Iterator[str]:
    for node, name in imports(source):
        top, last = name.split(".")[0], name.split(".")[-1]
        made = top in {"asyncio", "multiprocessing", "concurrent", "_thread"} or (
            top == "threading" and last in THREADS
        )
        if made or last in QT_THREADS:
            yield source.at(node, f"{name}: threads are made only in app/ui/tasks.py")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in THREADS | QT_THREADS:
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in QT_THREADS or owner == "threading":
                yield source.at(node, f"{node.attr}: threads are made only in app/ui/tasks.py")


def names(wanted: set[str], message: str) -> Finder:
    """A rule that no file names any of `wanted`, imported, called or read."""

    def find(source: Source) -> Iterator[str]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ImportFrom):
                found = {alias.name for alias in node.names} & wanted
            elif isinstance(node, ast.Attribute):
                found = {node.attr} & wanted
            else:
                found = {node.id} & wanted if isinstance(node, ast.Name) else set()
            for name in sorted(found):
                yield source.at(node, f"{name}: {message}")

    return find


def labels(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) == "QLabel":
            yield source.at(
                node, "QLabel(): guesses at mark-up in what a person typed; use a label of app/ui/widgets/labels.py"
            )
        if isinstance(node, ast.ClassDef) and any("QLabel" in ast.unparse(base) for base in node.bases):
            yield source.at(node, "a kind of QLabel belongs in app/ui/widgets/labels.py")


def calls(wanted: set[str], message: str) -> Finder:
    """A rule that no file calls any of `wanted`, by whatever way."""

    def find(source: Source) -> Iterator[str]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and called(node) in wanted:
                yield source.at(node, f"{called(node)}(): {message}")

    return find


def rich_text(source: Source) -> Iterator[str]:
    yield from calls({"setHtml", "insertHtml", "appendHtml", "setMarkdown"}, "text is always plain")(source)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"RichText", "AutoText", "MarkdownText"}:
            yield source.at(node, f"{node.attr}: text is always plain")


def migrations_import(source: Source) -> Iterator[str]:
    if not source.path.startswith("app/models/migrations/"):
        return
    for node, name in imports(source):
        if name.startswith("app.models") and not name.startswith("app.models.migrations"):
            yield source.at(node, f"{name}: a migration must mean the same when the tables have moved on")


def vague_names(source: Source) -> Iterator[str]:
    vague = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
    for part in source.path.removesuffix(".py").split("/"):
        if part in vague:
            yield f"{source.path}:1: a module named {part} says nothing of what is in it"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Helper|Utils?)$", node.name):
            yield source.at(node, f"class {node.name}: name what it is")


def store_in_window(source: Source) -> Iterator[str]:
    if not source.path.startswith("app/ui/"):
        return
    only_types = {
        id(inner)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node, name in imports(source):
        if re.match(r"app\.models\.(store|writer|tables|engine)\b", name) and id(node) not in only_types:
            yield source.at(node, f"{name}: pages speak to the store only through Tasks")


RULES = [
    Rule(
        "one place ends transactions",
        transactions,
        [
            ("app/services/x.py", "def f(s):\n    s.connection.commit()\n"),
            ("app/ui/x.py", "def f(s):\n    s.connection.commit()\n"),
            ("app/services/x.py", "with engine.begin() as c: ...\n"),
            ("app/sync/x.py", "c.exec_driver_sql('begin immediate'.upper())\nc.execute('BEGIN IMMEDIATE')\n"),
            ("app/models/x.py", "from sqlalchemy.orm import Session\nwith Session(engine) as s: ...\n"),
        ],
        [
            ("app/models/queries/x.py", "rows = c.execute('SELECT 1')\nbeginning = s.beginning()\n"),
            ("app/x.py", "Session()\n"),
        ],
        exempt={
            "app/models/store.py": "the one place",
            "app/models/engine.py": "says how a transaction begins in the driver; Store decides when",
        },
    ),
    Rule(
        "threads only in tasks",
        threads,
        [
            ("app/services/x.py", "import threading\nthreading.Thread(target=f).start()\n"),
            ("app/sync/x.py", "from concurrent.futures import ThreadPoolExecutor\n"),
            ("app/ui/pages/x.py", "from PySide6.QtCore import QThread\n"),
            ("app/ui/pages/x.py", "from PySide6 import QtCore\nt = QtCore.QThread()\n"),
            ("app/cli/x.py", "from threading import Timer\n"),
        ],
        [("app/models/x.py", "import threading\nlock = threading.RLock()\n")],
        exempt={"app/ui/tasks.py": "the one place"},
    ),
    Rule(
        "message boxes only in messages",
        names({"QMessageBox"}, "say it with app/ui/messages.py"),
        [
            ("app/ui/pages/x.py", "from PySide6.QtWidgets import QMessageBox\n"),
            ("app/ui/pages/x.py", "from PySide6 import QtWidgets\nQtWidgets.QMessageBox.warning(None, '', '')\n"),
        ],
        [("app/ui/pages/x.py", "# QMessageBox is for messages.py\n")],
        exempt={"app/ui/messages.py": "the one place"},
    ),
    Rule(
        "migrations stand alone",
        migrations_import,
        [
            ("app/models/migrations/versions/0002_x.py", "from app.models.tables import person\n"),
            ("app/models/migrations/payload.py", "from app.models import tables\n"),
            ("app/models/migrations/payload.py", "from .. import tables\n"),
        ],
        [("app/models/migrations/env.py", "from app.models.migrations import payload\nfrom . import x\n")],
    ),
    Rule(
        "names that say something",
        vague_names,
        [
            ("app/ui/utils.py", ""),
            ("app/common/x.py", ""),
            ("app/sync/x.py", "class BundleManager: ...\n"),
        ],
        [("app/sync/communes.py", "class Managed: ...\n")],
    ),
    Rule(
        "labels show plain text",
        labels,
        [
            ("app/ui/pages/x.py", "label = QLabel(person.name)\n"),
            ("app/ui/pages/x.py", "label = QtWidgets.QLabel()\n"),
            ("app/ui/pages/x.py", "class Big(QLabel): ...\n"),
        ],
        [("app/ui/pages/x.py", "from app.ui.widgets.labels import Label\nlabel = Label(person.name)\n")],
        exempt={"app/ui/widgets/labels.py": "the one place; sets PlainText"},
    ),
    Rule(
        "no mark-up",
        rich_text,
        [
            ("app/ui/pages/x.py", "view.setHtml(note)\n"),
            ("app/ui/widgets/labels.py", "label.setTextFormat(Qt.TextFormat.RichText)\n"),
        ],
        [("app/ui/widgets/labels.py", "label.setTextFormat(Qt.TextFormat.PlainText)\n")],
    ),
    Rule(
        "only the command line prints",
        lambda source: (
            found for found in calls({"print"}, "log it, or return it")(source) if "cli" not in source.path
        ),
        [("app/services/x.py", "print('done')\n")],
        [
            ("app/cli.py", "print('done')\n"),
            ("app/cli/people.py", "print('done')\n"),
            ("app/ui/x.py", "printer.draw()\n"),
        ],
    ),
    Rule(
        "pages reach the store through tasks",
        store_in_window,
        [
            ("app/ui/pages/x.py", "from app.models.store import Store\n"),
            ("app/ui/x.py", "from app.models import tables\n"),
        ],
        [
            ("app/ui/pages/x.py", "from app.models.queries import people\n"),
            ("app/ui/pages/x.py", "if TYPE_CHECKING:\n    from app.models.store import Changes\n"),
        ],
        exempt={"app/ui/tasks.py": "the way itself"},
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_house_keeps_its_rule(rule: Rule) -> None:
    findings = [found for source in sources() for found in rule.check(source)]
    assert not findings, "\n".join(["", *findings])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_bites(rule: Rule) -> None:
    for path, code in rule.breaches:
        assert rule.check(Source(path, code)), f"not found: {path}\n{code}"
    for path, code in rule.sound:
        assert not rule.check(Source(path, code)), f"wrongly found: {path}\n{code}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_an_exemption_is_used(rule: Rule) -> None:
    """An exemption that covers nothing is a hole nobody would notice."""
    present = {source.path: source for source in sources()}
    for place, reason in rule.exempt.items():
        assert reason
        covered = [
            source for path, source in present.items() if path == place or path.startswith(place.rstrip("/") + "/")
        ]
        if covered:
            assert any(True for source in covered for _ in rule.find(source)), f"{place}: nothing there to exempt"
