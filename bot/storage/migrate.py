"""Brings the database to the newest form, or back."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

HERE = Path(__file__).resolve().parent
LOCK = 0x4A4F42
"""Any number will do, as long as nobody else locks it."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    return config


def _one_at_a_time(connection: Connection) -> None:
    """The web and the actions start together, and each brings the database up. SQLite's transactions wait by themselves."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Runs the migrations up to ``revision``; does nothing if they ran before. Safe when two processes start at once."""
    config = _config()
    with engine.begin() as connection:
        _one_at_a_time(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Takes the migrations back to ``revision`` (``base``: an empty database)."""
    config = _config()
    with engine.begin() as connection:
        _one_at_a_time(connection)
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
