"""The databases that tests run on: SQLite always, PostgreSQL where ``HELPDESK_TEST_POSTGRES`` says that one runs.

The migrations run once on a template; each test gets a copy of its own in some 20 ms.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import text as sql
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.storage import migrate
from bot.storage.engine import make_engine

VARIABLE = "HELPDESK_TEST_POSTGRES"
ADDRESS = os.environ.get(VARIABLE, "")
KINDS = ["sqlite", "postgresql"] if ADDRESS else ["sqlite"]
LEFT_OUT = (
    "PostgreSQL was left out: the tests of the database ran on SQLite only. Both: scripts/with-postgresql make test "
    f"(or name a server where databases may be made: {VARIABLE}=postgresql://user:password@host/name)"
)


def why_not() -> str:
    """Why no test can run on PostgreSQL though an address is given; empty if they can, or if none is."""
    if not ADDRESS:
        return ""
    try:
        address = make_url(ADDRESS)
        engine = make_engine(ADDRESS)
        with engine.connect():
            engine.dispose()
    except (SQLAlchemyError, OSError) as error:
        where = "not an address" if isinstance(error, ArgumentError) else f"{address!r} does not answer"
        return f"{VARIABLE}: {where}. Start one: scripts/with-postgresql make test"
    return ""


class Server(Protocol):
    """Where databases come from."""

    kind: str

    def fresh(self, folder: Path, *, empty: bool = False) -> str:
        """The URL of a database of one's own: in its newest form, or without any table."""

    def drop(self, url: str) -> None:
        """Removes it, whoever still uses it."""


class SqliteServer:
    """Files."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        engine = make_engine(f"sqlite:///{self._template}")
        migrate.upgrade(engine)
        # What the last connection leaves is the one file, without a log beside it.
        engine.dispose()

    def fresh(self, folder: Path, *, empty: bool = False) -> str:
        file = folder / ("empty.db" if empty else "helpdesk.db")
        if not empty:
            shutil.copyfile(self._template, file)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        """Goes with the test's folder."""


class PostgresServer:
    """Databases on a server that runs; all that were made here are gone at the end."""

    kind = "postgresql"

    def __init__(self, address: str) -> None:
        self._address = make_url(address)
        self._template = f"helpdesk_template_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {self._template}")
        engine = make_engine(self._url(self._template))
        migrate.upgrade(engine)
        # A database that somebody is connected to cannot be copied.
        engine.dispose()

    def fresh(self, folder: Path, *, empty: bool = False) -> str:
        name = f"helpdesk_test_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else self._template}")
        return self._url(name)

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        """Removes the template."""
        self._run(f"DROP DATABASE IF EXISTS {self._template} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return self._address.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = make_engine(self._url(self._address.database or "postgres"))
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sql(statement))
        finally:
            engine.dispose()


@contextmanager
def servers(folder: Path) -> Iterator[dict[str, Server]]:
    """The servers of `KINDS`, each with its template."""
    found: dict[str, Server] = {"sqlite": SqliteServer(folder)}
    if not ADDRESS:
        yield found
        return
    postgres = PostgresServer(ADDRESS)
    try:
        yield {**found, "postgresql": postgres}
    finally:
        postgres.close()
