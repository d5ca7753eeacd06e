"""The database engine for SQLite (WAL) and PostgreSQL: same code, chosen by the URL."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for another before SQLite says that it is locked."""


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turns WAL on. The very first time this changes the file, and SQLite does not wait for another process that does the same."""
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.02)


def make_engine(url: str) -> Engine:
    """An engine for ``url``. For SQLite the folder is made, and WAL, foreign keys and full syncs are on.

    A connection with the execution option ``read_only`` sees one moment of the database, and does not wait for writers.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _postgres(url)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, future=True, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver's own implicit BEGIN comes too late for a read that leads to a write; see _begin.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        _write_ahead(connection)
        connection.execute("PRAGMA foreign_keys=ON")
        # A message that was acknowledged outlives a power cut.
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # IMMEDIATE: what a unit of work read is still true when it writes; two take-overs cannot both win.
        # Readers take it too, which at this load costs less than a second kind of transaction would.
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN DEFERRED" if read_only else "BEGIN IMMEDIATE")

    return engine


def _postgres(url: str) -> Engine:
    engine = create_engine(url, future=True, pool_pre_ping=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # As in SQLite, all that one look at the database finds is of one moment: what staff is said to have seen is what the
        # page showed. Writers read what is newest, after they locked the row that they decide on.
        if connection.get_execution_options().get("read_only", False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine
