"""What this laptop remembers between starts: declared settings in a JSON file; never what the register holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One remembered choice; a kept value of another type, or outside `allowed`, is read as the default."""

    key: str
    default: T
    allowed: tuple[T, ...] = ()

    def accepts(self, value: object) -> bool:
        """Whether a value read from the file can be used."""
        return type(value) is type(self.default) and (not self.allowed or value in self.allowed)


LANGUAGE = Setting("language", "az", ("az", "ru", "en"))
THEME = Setting("theme", "system", ("system", "light", "dark"))
STORE = Setting("store", "")
PAGE = Setting("page", "today")
RAIL = Setting("rail", True)
WINDOW: Setting[list[int]] = Setting("window", [])
TABLES: Setting[dict[str, Any]] = Setting("tables", {})
SPLITTERS: Setting[dict[str, Any]] = Setting("splitters", {})
LOCK_AFTER = Setting("lock_after", 5, (5, 15, 60))
EXCHANGE_FOLDER = Setting("exchange_folder", "")
EXCHANGE_DAY = Setting("exchange_day", 25, (1, 5, 10, 15, 20, 25, 28))
STICK_BACKUP = Setting("stick_backup", True)


class Settings:
    """The settings file; a file that is missing or damaged means defaults. Without a path nothing is kept."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        if path is not None:
            try:
                read = json.loads(path.read_text("utf-8"))
                self._values = read if isinstance(read, dict) else {}
            except (OSError, ValueError):
                self._values = {}

    def get(self, setting: Setting[T]) -> T:
        """The kept value, or the default."""
        value = self._values.get(setting.key, setting.default)
        return value if setting.accepts(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep a value; ValueError if the setting does not accept it. A full or read-only disk is no reason to stop."""
        if not setting.accepts(value):
            raise ValueError(f"{setting.key}: {value!r}")
        if self._values.get(setting.key) == value:
            return
        self._values = {**self._values, setting.key: value}
        if self._path is not None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                draft = self._path.with_name(self._path.name + ".new")
                draft.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), "utf-8")
                draft.replace(self._path)
            except OSError:
                pass
