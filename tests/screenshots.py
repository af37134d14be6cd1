"""Pictures of every page on practice data: `python -m tests.screenshots OUT [PAGE…]`; measures nothing.

Every page of `navigation.PAGES`, light and dark, in three languages, at 1366 × 768, and at 200 % (in a process of its
own, because Qt takes the scale when it starts). A page may name more pictures of itself: a module constant
`SCREENSHOTS`, a dict of name → target for `open`, where `{activity}` and the like stand for a row of that type.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SIZE = (1366, 768)


def main() -> int:
    """Make the pictures; one process for each scale."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.screenshots")
    parser.add_argument("out", type=Path)
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--theme", action="append", choices=("light", "dark"))
    parser.add_argument("--language", action="append", choices=("az", "ru", "en"))
    parser.add_argument("--scale", action="append", type=int, choices=(100, 150, 200))
    args = parser.parse_args()
    if os.environ.get("SAHA_SCREENSHOT_CHILD"):
        draw(args)
        return 0
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        store = Path(os.environ.get("SAHA_SCREENSHOT_STORE") or practice_store(Path(place)))
        for scale in args.scale or (100, 200):
            env = {
                **os.environ,
                "SAHA_SCREENSHOT_CHILD": str(scale),
                "SAHA_SCREENSHOT_STORE": str(store),
                "QT_SCALE_FACTOR": str(scale / 100),
                "QT_QPA_PLATFORM": "offscreen",
                "SAHA_DATA": place,
            }
            done = subprocess.run([sys.executable, "-m", "tests.screenshots", *sys.argv[1:]], env=env, check=False)
            if done.returncode:
                return done.returncode
    return 0


def practice_store(place: Path) -> Path:
    """A practice office that has exchanged with two sites and has one conflict to decide; what the pages show."""
    from app.cli import demo
    from app.models.store import Store
    from app.sync import receive

    folder = place / "demo"
    demo.build(folder, "practice", people=120, events=28, seed=1)
    with Store.open(folder / "ganja", "practice") as ganja, Store.open(folder / "office", "practice") as office:
        with ganja.read() as reader:
            person = reader.list("person")[3]["id"]
        ganja.write(lambda w: w.put("person", {"phone": "+994502223344"}, person))
        office.write(lambda w: w.put("person", {"phone": "+994702223344"}, person))
        for bundle in demo.send_all(ganja, folder / "bundles"):
            receive.receive(office, bundle)
    return folder / "office"


def draw(args: argparse.Namespace) -> None:
    """Draw all pages of one scale."""
    from PySide6.QtWidgets import QApplication

    from app.basics import settings as remembered
    from app.basics import words
    from app.basics.settings import Settings
    from app.models.store import Store
    from app.ui import navigation, theme
    from app.ui.application import make_application
    from app.ui.main_window import MainWindow
    from app.ui.tasks import Tasks

    scale = os.environ["SAHA_SCREENSHOT_CHILD"]
    settings = Settings()
    settings.set(remembered.THEME, "light")
    app = make_application(settings)
    store = Store.open(Path(os.environ["SAHA_SCREENSHOT_STORE"]), "practice")
    tasks = Tasks(store, inline=True)
    rows = examples(store)
    for look in args.theme or ("light", "dark"):
        for language in args.language or ("az", "ru", "en"):
            settings.set(remembered.THEME, look)
            settings.set(remembered.LANGUAGE, language)
            words.use_language(language)
            theme.apply(app, look)
            window = MainWindow(tasks, settings, store.folder)
            window.resize(*SIZE)
            window.show()
            for entry in navigation.PAGES:
                if args.pages and entry.key not in args.pages:
                    continue
                for name, target in pictures(entry, rows).items():
                    window.go(entry.key, target)
                    for _ in range(6):
                        QApplication.processEvents()
                    window.grab().save(str(args.out / f"{entry.key}{name}-{look}-{language}-{scale}.png"))
            if not args.pages or "find" in args.pages:
                window.go("today", "")
                window.frame.palette_.open("ə")
                QApplication.processEvents()
                window.grab().save(str(args.out / f"find-{look}-{language}-{scale}.png"))
            window.close()
            window.deleteLater()
            if not args.pages or "unlock" in args.pages:
                draw_unlock(args.out, settings, store.folder, f"{look}-{language}-{scale}")
    tasks.close()


def draw_unlock(out: Path, settings: Any, folder: Path, ending: str) -> None:
    """The first page: with a register and without."""
    from PySide6.QtWidgets import QApplication

    from app.ui.main_window import MainWindow
    from app.ui.tasks import Tasks

    for name, place in (("unlock", folder), ("start", folder / "none")):
        window = MainWindow(Tasks(inline=True), settings, place)
        window.resize(*SIZE)
        window.show()
        for _ in range(3):
            QApplication.processEvents()
        window.grab().save(str(out / f"{name}-{ending}.png"))
        window.close()
        window.deleteLater()


def examples(store: Any) -> dict[str, str]:
    """The id of one telling row of each record type: the last one, for activities the last held one with people."""
    from app.specs.records import RECORDS

    found: dict[str, str] = {}
    with store.read() as reader:
        for record in RECORDS:
            rows = reader.list(record)
            if rows:
                found[record] = rows[-1]["id"]
        attended = [row["activity"] for row in reader.list("participation")]
        held = {row["id"]: row["start"] for row in reader.list("activity", status="held")}
        known = [activity for activity in attended if activity in held]
        if known:
            found["activity"] = max(known, key=lambda activity: held[activity])
    return found


def pictures(entry: Any, rows: dict[str, str]) -> dict[str, str]:
    """Name → target of the pictures of a page."""
    from app.ui import navigation

    made = {"": ""}
    if navigation.exists(entry):
        module = importlib.import_module(f"app.ui.pages.{entry.module.partition(':')[0]}")
        declared: dict[str, str] = getattr(module, "SCREENSHOTS", {})
        made |= {f"-{name}": target.format_map(_Rows(rows)) for name, target in declared.items()}
    elif entry.record in rows:
        made["-open"] = rows[entry.record]
    return made


class _Rows(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


if __name__ == "__main__":
    sys.exit(main())
