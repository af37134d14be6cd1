"""Brings a store's tables to the present form; revisions never import `app.models.tables`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

HEAD = "0001"
"""The newest revision; a test compares it with the files in `versions/`."""


def upgrade(connection: Connection) -> None:
    """Run every missing revision on an open transaction. Alembic is loaded only here: it costs half a second."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
