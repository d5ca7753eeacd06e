"""Who read, changed, exported or erased what. Rows are only ever added; a trigger in the database refuses the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.storage import tables as t


@dataclass(frozen=True)
class AuditLine:
    """One line: ``action`` is a code, ``subject`` an id or a reference."""

    at: datetime
    name: str
    action: str
    subject: str


class AuditTrail:
    """The audit_trail table."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, at: datetime, staff_id: int, action: str, subject: str = "") -> None:
        """Adds a line."""
        self._db.execute(
            insert(t.audit_trail).values(at=at, staff_id=staff_id, action=action[:60], subject=subject[:80])
        )

    def was_there(self, staff_id: int, action: str, subject: str, since: datetime) -> bool:
        """Whether such a line was added after ``since``."""
        a = t.audit_trail.c
        query = select(a.id).where(
            a.staff_id == staff_id, a.at > since, a.action == action[:60], a.subject == subject[:80]
        )
        return self._db.execute(query.limit(1)).first() is not None

    def newest(
        self, limit: int = 200, *, staff_id: int | None = None, subject: str | None = None
    ) -> list[AuditLine]:
        """The newest lines, of one person or about one subject if given."""
        a = t.audit_trail.c
        query = (
            select(a.at, a.action, a.subject, t.staff.c.name)
            .join(t.staff, t.staff.c.id == a.staff_id)
            .order_by(a.id.desc())
            .limit(limit)
        )
        if staff_id is not None:
            query = query.where(a.staff_id == staff_id)
        if subject:
            query = query.where(a.subject == subject)
        return [AuditLine(row.at, row.name, row.action, row.subject) for row in self._db.execute(query)]
