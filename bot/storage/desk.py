"""What only the desk asks of the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.storage import tables as t
from bot.storage.deliveries import message_deliveries
from bot.storage.follow_ups import case_follow_ups
from bot.storage.work import DeskWork


class DeskQueries:
    """Reads for the desk that are no repository's own."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def mark_of_all(self) -> str:
        """A text that is different after any change of a conversation or case."""
        c, k = t.conversations.c, t.cases.c
        row = self._db.execute(
            select(
                select(func.max(c.updated_at)).scalar_subquery(),
                select(func.max(t.messages.c.id)).scalar_subquery(),
                select(func.count()).select_from(t.conversations).where(c.unread).scalar_subquery(),
                select(func.max(k.updated_at)).scalar_subquery(),
                select(func.max(k.id)).scalar_subquery(),
                select(func.max(t.notes.c.id)).scalar_subquery(),
                select(func.max(t.case_events.c.id)).scalar_subquery(),
                select(func.count()).select_from(t.follow_ups).scalar_subquery(),
                select(func.count(t.follow_ups.c.notified_at)).scalar_subquery(),
                select(func.count(case_follow_ups.c.notified_at)).scalar_subquery(),
                select(func.count())
                .select_from(t.note_mentions)
                .where(t.note_mentions.c.seen_at.is_(None))
                .scalar_subquery(),
            )
        ).one()
        return repr(tuple(row))

    def mark_of(self, conversation_id: str, now: datetime) -> str:
        """A text that is different after any change of one conversation, its messages, its cases or the work around it."""
        m, c, k, f = t.messages.c, t.conversations.c, t.cases.c, t.follow_ups.c
        corrections = t.topic_corrections.c
        row = self._db.execute(
            select(
                select(func.max(m.id)).where(m.conversation_id == conversation_id).scalar_subquery(),
                select(func.count())
                .select_from(t.messages)
                .where(m.conversation_id == conversation_id, m.handling == "pending")
                .scalar_subquery(),
                select(func.count())
                .select_from(message_deliveries.join(t.messages, m.id == message_deliveries.c.message_id))
                .where(m.conversation_id == conversation_id)
                .scalar_subquery(),
                select(c.version).where(c.id == conversation_id).scalar_subquery(),
                select(c.unread).where(c.id == conversation_id).scalar_subquery(),
                select(func.sum(k.version + 1)).where(k.conversation_id == conversation_id).scalar_subquery(),
                select(func.max(t.notes.c.id))
                .where(t.notes.c.conversation_id == conversation_id)
                .scalar_subquery(),
                select(f.due).where(f.conversation_id == conversation_id).scalar_subquery(),
                select(func.max(corrections.at))
                .join(t.messages, m.id == corrections.message_id)
                .where(m.conversation_id == conversation_id)
                .scalar_subquery(),
            )
        ).one()
        work = DeskWork(self._db)
        return repr((tuple(row), work.labels(conversation_id), work.present(conversation_id, now)))
