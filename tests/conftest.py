"""What every test shares: no screen, nobody's own data, a store, and noise that fails; builds no data."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from app.models.store import Store

# Before anything of the program or of Qt is loaded: a test must neither open a window nor read this person's register.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("SAHA_TEST_PLATFORM", "offscreen")
_HOME = tempfile.TemporaryDirectory(prefix="saha-tests-")
os.environ["SAHA_DATA"] = _HOME.name
for _name in ("SAHA_PASSPHRASE", "SAHA_STORE", "SAHA_LANGUAGE"):
    os.environ.pop(_name, None)

PASSPHRASE = "practice"

# Said by Qt itself where there is no screen; nothing of ours can help it.
_QT_NOISE = (r"This plugin does not support", r"propagateSizeHints", r"QFontDatabase: Cannot find font directory")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long`: simulations and fault runs at their full size."""
    parser.addoption("--long", action="store_true", default=False, help="simulations and fault runs at full size")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A warning of Qt during a test fails it, unless the test names the warning with `qt_log_ignore`."""
    for item in items:
        if item.get_closest_marker("qt_log_level_fail") is None:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
        named = item.get_closest_marker("qt_log_ignore")
        item.add_marker(pytest.mark.qt_log_ignore(*_QT_NOISE, *(named.args if named else ())), append=False)


# --- noise fails -----------------------------------------------------------------------------------------------------


class _Heard(logging.Handler):
    """Keeps the warnings and errors that the program logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing of ours may log a warning, but in a test that asks for `caplog` and so looks at the log itself."""
    heard = _Heard()
    root = logging.getLogger()
    root.addHandler(heard)
    yield
    root.removeHandler(heard)
    if "caplog" not in request.fixturenames:
        noise = [
            f"{r.name}: {r.getMessage()}" for r in heard.records if r.name.split(".")[0] in ("app", "saha", "root")
        ]
        assert not noise, "logged without being expected:\n" + "\n".join(noise)


_begun: weakref.WeakSet[Any] = weakref.WeakSet()


def _watch_transactions() -> None:
    from sqlalchemy import Engine, event

    if not event.contains(Engine, "begin", _begun.add):
        event.listen(Engine, "begin", _begun.add)


@pytest.fixture(autouse=True)
def _no_open_transaction() -> Iterator[None]:
    """A transaction left open would hold the one writer's lock."""
    if "sqlalchemy" in sys.modules:
        _watch_transactions()
    yield
    left = [connection for connection in _begun if not connection.closed and connection.in_transaction()]
    _begun.clear()
    assert not left, f"a transaction was left open: {left}"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Whatever language a test chose, the next one begins in English."""
    yield
    words = sys.modules.get("app.basics.words")
    if words is not None:
        words.use_language("en")


def _standing_alone() -> dict[int, Any]:
    """Every window, panel and menu without a parent, and every translator, by the address of Qt's own object."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets is not None else None
    if application is None:
        return {}
    from PySide6.QtCore import QTranslator
    from shiboken6 import getCppPointer

    found = [*widgets.QApplication.topLevelWidgets(), *application.findChildren(QTranslator)]
    return {getCppPointer(thing)[0]: thing for thing in found}


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    """What a test has made is gone with it: each widget left over would be dressed anew for every window to come, and
    each translator asked for every word."""
    before = set(_standing_alone())
    yield
    left = [thing for address, thing in _standing_alone().items() if address not in before]
    if left:
        from PySide6.QtCore import QCoreApplication, QEvent

        for thing in left:
            thing.deleteLater()  # a translator takes itself out
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


_ABOUT_KEYS = ("tests/keys/", "tests/sync/test_kitfile.py")


@pytest.fixture(autouse=True)
def _cheap_guesses(request: pytest.FixtureRequest) -> Iterator[None]:
    """A passphrase or a code costs what it costs people only where that is what is tested: elsewhere a thousandth."""
    from app.keys.slots import LIGHT, NORMAL
    from app.sync.kitfile import STRONG

    if request.node.nodeid.startswith(_ABOUT_KEYS):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        for work in (NORMAL, STRONG):  # these very objects are the defaults everywhere
            for name, value in vars(LIGHT).items():
                patch.setitem(vars(work), name, value)
        yield


# --- the store, and the window's way to it ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def _empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded office store, made once: migrations and reference data take longer than most tests."""
    from app.keys.slots import LIGHT
    from app.models.store import Store

    folder = tmp_path_factory.mktemp("made-once") / "office"
    Store.create(folder, PASSPHRASE, name="Bakı", role="office", work=LIGHT).close()
    return folder


@pytest.fixture
def store(_empty_office: Path, tmp_path: Path) -> Iterator[Store]:
    """An open, encrypted office store with the shipped reference data and nothing else."""
    from app.models.store import Store

    _watch_transactions()
    folder = tmp_path / "office"
    shutil.copytree(_empty_office, folder)
    with Store.open(folder, PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def tasks(store: Store, qtbot: Any) -> Iterator[Any]:
    """The window's way to the store, doing everything at once in the calling thread."""
    from app.ui.tasks import Tasks

    inline = Tasks(store, inline=True)
    yield inline
    inline.close()
