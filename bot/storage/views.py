"""Saved views: the searches and lists that staff keeps under a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql.elements import ColumnElement

from bot.core.saved_views import MAX_NAME, SavedView
from bot.storage import tables as t

UNDO = timedelta(days=1)
"""How long a view that was thrown away can be put back."""

saved_views = Table(
    "saved_views",
    t.metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("name", String(MAX_NAME), nullable=False),
    Column("page", String(10), nullable=False),
    Column("filters", JSON, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("at", t.UtcDateTime, nullable=False),
    Column("dropped_at", t.UtcDateTime),
    CheckConstraint("page in ('inbox', 'search')", name="page"),
    Index("ix_saved_views_staff_id", "staff_id"),
)
Index(
    # Two who save at once, or one who clicks twice, do not get two views of one name.
    "uq_saved_views_staff_id_name",
    saved_views.c.staff_id,
    saved_views.c.name,
    unique=True,
    sqlite_where=saved_views.c.dropped_at.is_(None),
    postgresql_where=saved_views.c.dropped_at.is_(None),
)


def _view(row: Row) -> SavedView:
    return SavedView(
        row.id, row.staff_id, row.owner, row.name, row.page, bool(row.shared), dict(row.filters or {})
    )


class Views:
    """The saved_views table. A view that was thrown away is not found, except by `dropped`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def _where(self, *conditions: ColumnElement[bool]) -> list[SavedView]:
        v = saved_views.c
        rows = self._db.execute(
            select(saved_views, t.staff.c.name.label("owner"))
            .join(t.staff, t.staff.c.id == v.staff_id)
            .where(*conditions)
            .order_by(func.lower(v.name), v.id)
        )
        return [_view(row) for row in rows]

    def seen_by(self, staff_id: int) -> list[SavedView]:
        """Somebody's own views and those that colleagues share: own ones first, then by name."""
        v = saved_views.c
        found = self._where(v.dropped_at.is_(None), or_(v.staff_id == staff_id, v.shared))
        return sorted(found, key=lambda view: view.staff_id != staff_id)

    def get(self, view_id: int, staff_id: int) -> SavedView | None:
        """A view, if ``staff_id`` made it or it is shared."""
        v = saved_views.c
        mine = or_(v.staff_id == staff_id, v.shared)
        return next(iter(self._where(v.id == view_id, v.dropped_at.is_(None), mine)), None)

    def dropped(self, view_id: int, now: datetime) -> SavedView | None:
        """A view that was thrown away not long ago."""
        v = saved_views.c
        return next(iter(self._where(v.id == view_id, v.dropped_at > now - UNDO)), None)

    def names_of(self, staff_id: int, other_than: int = 0) -> Sequence[str]:
        """The names of somebody's own views, except of one."""
        v = saved_views.c
        return list(
            self._db.execute(
                select(v.name).where(v.staff_id == staff_id, v.id != other_than, v.dropped_at.is_(None))
            ).scalars()
        )

    def add(
        self, staff_id: int, name: str, page: str, filters: dict[str, str], *, shared: bool, at: datetime
    ) -> int:
        """Stores a view; gives its id."""
        made = self._db.execute(
            insert(saved_views).values(
                staff_id=staff_id, name=name, page=page, filters=filters, shared=shared, at=at
            )
        )
        return int(made.inserted_primary_key[0])

    def change(self, view_id: int, **values: Any) -> None:
        """Gives a view another name, or shares it or no longer."""
        self._db.execute(update(saved_views).where(saved_views.c.id == view_id).values(**values))

    def drop(self, view_id: int, at: datetime) -> None:
        """Throws a view away; those of which that is long ago go for good."""
        v = saved_views.c
        self._db.execute(
            delete(saved_views).where(and_(v.dropped_at.is_not(None), v.dropped_at <= at - UNDO))
        )
        self.change(view_id, dropped_at=at)
