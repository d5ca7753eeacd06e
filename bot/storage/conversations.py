"""Conversations: rows to core objects and back. Nothing here decides anything, and nothing commits."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import and_, case, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.core.conversation import Conversation, HandOverReason, State
from bot.core.errors import Conflict
from bot.storage import tables as t


def _aware(value: datetime) -> datetime:
    """SQLite gives what a function made of a time back without its zone."""
    return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value


def _conversation(row: Row) -> Conversation:
    return Conversation(
        id=row.id,
        channel=row.channel,
        state=State(row.state),
        created_at=row.created_at,
        updated_at=row.updated_at,
        assignee_id=row.assignee_id,
        urgent=row.urgent,
        reason=HandOverReason(row.reason) if row.reason else None,
        queued_at=row.queued_at,
        closed_at=row.closed_at,
        last_student_at=row.last_student_at,
        unread=row.unread,
        version=row.version,
    )


class Conversations:
    """The conversations table."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(
        self, conversation: Conversation, token_hash: str | None = None, address: str | None = None
    ) -> None:
        """Stores a new conversation."""
        self._db.execute(
            insert(t.conversations).values(
                id=conversation.id,
                channel=conversation.channel,
                state=conversation.state.value,
                created_at=conversation.created_at,
                updated_at=conversation.updated_at,
                token_hash=token_hash,
                address=address,
            )
        )

    def get(self, conversation_id: str, *, lock: bool = False) -> Conversation | None:
        """One conversation; ``lock`` holds its row until the end of the unit of work (PostgreSQL; SQLite locks all)."""
        query = select(t.conversations).where(t.conversations.c.id == conversation_id)
        row = self._db.execute(query.with_for_update() if lock else query).first()
        return _conversation(row) if row else None

    def many(self, conversation_ids: Sequence[str]) -> dict[str, Conversation]:
        """These conversations by id, as far as they exist."""
        rows = self._db.execute(select(t.conversations).where(t.conversations.c.id.in_(conversation_ids)))
        return {row.id: _conversation(row) for row in rows}

    def by_token_hash(self, token_hash: str) -> Conversation | None:
        """The website conversation that a bearer token opens."""
        row = self._db.execute(
            select(t.conversations).where(t.conversations.c.token_hash == token_hash)
        ).first()
        return _conversation(row) if row else None

    def by_address(self, channel: str, address: str) -> Conversation | None:
        """The conversation with an address on a channel (such as a WhatsApp user)."""
        row = self._db.execute(
            select(t.conversations).where(
                t.conversations.c.channel == channel, t.conversations.c.address == address
            )
        ).first()
        return _conversation(row) if row else None

    def change(self, conversation: Conversation, at: datetime, **values: Any) -> Conversation:
        """Writes ``values``; raises `Conflict` if someone changed the conversation since it was read."""
        plain = {key: getattr(value, "value", value) for key, value in values.items()}
        done = self._db.execute(
            update(t.conversations)
            .where(t.conversations.c.id == conversation.id, t.conversations.c.version == conversation.version)
            .values(**plain, updated_at=at, version=conversation.version + 1)
        )
        if done.rowcount != 1:
            raise Conflict("Iemand anders heeft dit gesprek net veranderd. Ververs de pagina.")
        fresh = self.get(conversation.id)
        assert fresh is not None
        return fresh

    def close_reason(self, conversation_id: str) -> str | None:
        """Why staff closed it; for colleagues only."""
        return self._db.execute(
            select(t.conversations.c.close_reason).where(t.conversations.c.id == conversation_id)
        ).scalar()

    def recent_waits(self, limit: int = 30) -> list[timedelta]:
        """How long the last students who got a human waited for the first words of one."""
        c, m = t.conversations.c, t.messages.c
        first = (
            select(m.conversation_id, func.min(m.at).label("at"))
            .join(t.conversations, c.id == m.conversation_id)
            .where(m.author == "human", c.queued_at.is_not(None), m.at >= c.queued_at)
            .group_by(m.conversation_id)
            .subquery()
        )
        rows = self._db.execute(
            select(c.queued_at, first.c.at)
            .join(first, first.c.conversation_id == c.id)
            .order_by(c.queued_at.desc())
            .limit(limit)
        )
        return [_aware(row.at) - row.queued_at for row in rows]

    def mark_read(self, conversation_id: str) -> None:
        """Takes the unread mark off."""
        self._db.execute(
            update(t.conversations).where(t.conversations.c.id == conversation_id).values(unread=False)
        )

    def session_turns(self, conversation_id: str) -> tuple[int, bool]:
        """Turns in the assistant's present session, and whether a form is open in it."""
        row = self._db.execute(
            select(t.conversations.c.session_turns, t.conversations.c.form_open).where(
                t.conversations.c.id == conversation_id
            )
        ).first()
        return (row.session_turns, row.form_open) if row else (0, False)

    def set_session(self, conversation_id: str, turns: int, form_open: bool) -> None:
        """Keeps count of the assistant's session; no change of version, since nobody decides on it."""
        self._db.execute(
            update(t.conversations)
            .where(t.conversations.c.id == conversation_id)
            .values(session_turns=turns, form_open=form_open)
        )

    def inbox(
        self,
        view: str,
        staff_id: int | None = None,
        limit: int = 100,
        *,
        label: str = "",
        channel: str = "",
    ) -> list[Conversation]:
        """Conversations for the desk: ``urgent``, ``waiting`` (longest first), ``mine``, ``bot``, ``all``, ``closed``.

        With a label or a channel only those that have it.
        """
        c, labels = t.conversations.c, t.conversation_labels.c
        where = {
            "urgent": and_(c.urgent, c.state.in_(("queue", "human"))),
            "waiting": c.state == "queue",
            "mine": and_(c.state == "human", c.assignee_id == staff_id),
            "human": c.state == "human",
            "bot": c.state == "bot",
            "all": c.state != "closed",
            "closed": c.state == "closed",
        }[view]
        order: Sequence[Any] = (c.updated_at.desc(),)
        if view in ("waiting", "urgent"):
            order = (c.urgent.desc(), c.queued_at.asc())
        elif view == "all":
            rank = case((c.state == "queue", 0), (c.state == "human", 1), else_=2)
            order = (c.urgent.desc(), rank, c.updated_at.desc())
        query = select(t.conversations).where(where)
        if label:
            query = query.where(c.id.in_(select(labels.conversation_id).where(labels.label == label)))
        if channel:
            query = query.where(c.channel == channel)
        rows = self._db.execute(query.order_by(*order).limit(limit))
        return [_conversation(row) for row in rows]

    def counts(self, staff_id: int) -> dict[str, int]:
        """How many conversations each view of the inbox holds."""
        c = t.conversations.c
        row = self._db.execute(
            select(
                func.sum(case((and_(c.urgent, c.state.in_(("queue", "human"))), 1), else_=0)).label("urgent"),
                func.sum(case((c.state == "queue", 1), else_=0)).label("waiting"),
                func.sum(case((and_(c.state == "human", c.assignee_id == staff_id), 1), else_=0)).label(
                    "mine"
                ),
                func.sum(case((c.state == "bot", 1), else_=0)).label("bot"),
                func.sum(case((c.state != "closed", 1), else_=0)).label("all"),
                func.sum(case((c.state == "closed", 1), else_=0)).label("closed"),
            )
        ).one()
        return {key: int(value or 0) for key, value in row._mapping.items()}

    def silent_with_human(self, before: datetime) -> list[Conversation]:
        """Conversations that a human has and in which nothing changed since ``before``."""
        c = t.conversations.c
        rows = self._db.execute(select(t.conversations).where(c.state == "human", c.updated_at < before))
        return [_conversation(row) for row in rows]

    def erase(self, conversation_id: str) -> None:
        """Deletes the conversation with its messages. Its cases stay, without a link to it."""
        # The conversation first, as all others do: a turn that is saved at this moment would wait for us, and we for it.
        self.get(conversation_id, lock=True)
        # In this order on every database: answers point at messages.
        self._db.execute(
            update(t.cases).where(t.cases.c.conversation_id == conversation_id).values(conversation_id=None)
        )
        self._db.execute(delete(t.messages).where(t.messages.c.conversation_id == conversation_id))
        self._db.execute(delete(t.conversations).where(t.conversations.c.id == conversation_id))
        if self._db.dialect.name == "sqlite" and sqlite3.sqlite_version_info < (3, 42):
            # An older SQLite keeps the words of what was deleted in its search index until it is merged: merge now.
            self._db.exec_driver_sql("INSERT INTO messages_fts(messages_fts) VALUES ('optimize')")
