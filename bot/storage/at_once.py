"""What two connections do at the same moment. SQLite has one writer at a time; PostgreSQL has many, and this is for them."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


class Lock(IntEnum):
    """What can be held where there is no row to hold."""

    CASE_NUMBER = 1
    """The next number of a year."""
    SWITCH = 2
    """Whether the answer to a topic is switched off."""


def hold(db: Connection, lock: Lock, which: int | str) -> None:
    """Waits until nobody else holds this, and holds it until the end of the unit of work."""
    if db.dialect.name == "postgresql":
        number = func.hashtext(which) if isinstance(which, str) else which
        db.execute(select(func.pg_advisory_xact_lock(int(lock), number)))


def put(
    db: Connection, table: Table, key: Collection[str], values: dict[str, Any], change: Collection[str] = ()
) -> None:
    """Stores a row. If one with these ``key`` columns is there, it gets the ``change`` columns; without any it stays as it is."""
    make = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    row = make(table).values(**values)
    if change:
        db.execute(
            row.on_conflict_do_update(index_elements=key, set_={name: values[name] for name in change})
        )
    else:
        db.execute(row.on_conflict_do_nothing(index_elements=key))
