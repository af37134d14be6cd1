"""Where things lie: the program's resources and the user's data; creates nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

RESOURCES = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2])) / "resources"


def data_dir() -> Path:
    """The platform's folder for this user's data of Sahə (may not exist yet)."""
    override = os.environ.get("SAHA_DATA")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "Saha"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Saha"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "saha"


def default_store() -> Path:
    """The store that is opened when none is named."""
    return data_dir() / "store"
