"""Days on which staff wants to look at a conversation or a case again, and whether staff was told that such a day came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Date, ForeignKey, Index, Table, delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.core.cases import Case
from bot.storage import tables as t
from bot.storage.cases import case_of, select_cases

case_follow_ups = Table(
    "case_follow_ups",
    t.metadata,
    # Of a case, not of its conversation: messages go after a month, and an appeal takes longer.
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("due", Date, nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("notified_at", t.UtcDateTime),
    Index("ix_case_follow_ups_due", "due"),
)


@dataclass(frozen=True)
class DueCase:
    """A case to look at again."""

    case: Case
    due: date


@dataclass(frozen=True)
class DueTalk:
    """A conversation to look at again."""

    conversation_id: str
    due: date


class FollowUps:
    """The tables follow_ups (conversations) and case_follow_ups."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of_case(self, case_id: int) -> date | None:
        """The day on which staff wants to look at a case again."""
        f = case_follow_ups.c
        return self._db.execute(select(f.due).where(f.case_id == case_id)).scalar()

    def set_for_case(self, case_id: int, due: date | None, staff_id: int) -> bool:
        """Sets that day, ``None`` takes it away; false if nothing changed, so that the same day is never told twice."""
        # Held until the end, so that of two at once the second sees what the first set.
        self._db.execute(select(t.cases.c.id).where(t.cases.c.id == case_id).with_for_update())
        if self.of_case(case_id) == due:
            return False
        self._db.execute(delete(case_follow_ups).where(case_follow_ups.c.case_id == case_id))
        if due is not None:
            self._db.execute(insert(case_follow_ups).values(case_id=case_id, due=due, staff_id=staff_id))
        return True

    def due_cases(self, today: date, staff_id: int | None = None) -> list[DueCase]:
        """Cases to look at again today or earlier, longest due first; of one person: who set the day, or has the case."""
        f, k = case_follow_ups.c, t.cases.c
        query = (
            select_cases().add_columns(f.due).join(case_follow_ups, f.case_id == k.id).where(f.due <= today)
        )
        if staff_id is not None:
            query = query.where(or_(f.staff_id == staff_id, k.owner_id == staff_id))
        return [DueCase(case_of(row), row.due) for row in self._db.execute(query.order_by(f.due, k.id))]

    def due_talks(self, today: date, staff_id: int | None = None) -> list[DueTalk]:
        """Conversations to look at again, in the same way."""
        f, c = t.follow_ups.c, t.conversations.c
        query = (
            select(f.conversation_id, f.due)
            .join(t.conversations, c.id == f.conversation_id)
            .where(f.due <= today)
            .order_by(f.due, f.conversation_id)
        )
        if staff_id is not None:
            query = query.where(or_(f.staff_id == staff_id, c.assignee_id == staff_id))
        return [DueTalk(row.conversation_id, row.due) for row in self._db.execute(query)]

    def count_due(self, today: date) -> int:
        """How many conversations and cases are to be looked at again."""
        one, other = t.follow_ups, case_follow_ups
        return sum(
            self._db.execute(select(func.count()).select_from(table).where(table.c.due <= today)).scalar_one()
            for table in (one, other)
        )

    def untold(self, today: date) -> tuple[Sequence[str], Sequence[int]]:
        """The conversations and the cases of which the day came and staff was not told."""
        f, k = t.follow_ups.c, case_follow_ups.c
        talks = select(f.conversation_id).where(f.due <= today, f.notified_at.is_(None)).order_by(f.due)
        cases = select(k.case_id).where(k.due <= today, k.notified_at.is_(None)).order_by(k.due)
        return list(self._db.execute(talks).scalars()), list(self._db.execute(cases).scalars())

    def claim_talk(self, conversation_id: str, today: date, at: datetime) -> bool:
        """True once for each day that was set: the caller then tells staff."""
        f = t.follow_ups.c
        return self._claimed(
            update(t.follow_ups).where(f.conversation_id == conversation_id, f.due <= today), f, at
        )

    def claim_case(self, case_id: int, today: date, at: datetime) -> bool:
        """True once for each day that was set: the caller then tells staff."""
        f = case_follow_ups.c
        return self._claimed(update(case_follow_ups).where(f.case_id == case_id, f.due <= today), f, at)

    def _claimed(self, query, columns, at: datetime) -> bool:  # type: ignore[no-untyped-def]
        done = self._db.execute(query.where(columns.notified_at.is_(None)).values(notified_at=at))
        return bool(done.rowcount == 1)
