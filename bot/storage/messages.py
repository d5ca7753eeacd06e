"""Messages: rows to core objects and back. Nothing here decides anything, and nothing commits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.engine import Connection, Row

from bot.core.messages import Author, Button, Draft, Handling, Message, SourceLink
from bot.storage import tables as t


def message_of(row: Row) -> Message:
    """A row of the messages table as a message."""
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        at=row.at,
        author=Author(row.author),
        text=row.text,
        name=row.name,
        payload=row.payload,
        buttons=tuple(Button(**button) for button in row.buttons or ()),
        sources=tuple(SourceLink(**source) for source in row.sources or ()),
        topic=row.topic,
        topic_version=row.topic_version,
        staff_id=row.staff_id,
        channel_message_id=row.channel_message_id,
        handling=Handling(row.handling) if row.handling else None,
        attempts=row.attempts,
        in_reply_to=row.in_reply_to,
        understanding=row.understanding,
    )


class Messages:
    """The messages table."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def by_channel_id(self, conversation_id: str, channel_message_id: str) -> Message | None:
        """The message that the channel sent before under this id, if it did."""
        row = self._db.execute(
            select(t.messages).where(
                t.messages.c.conversation_id == conversation_id,
                t.messages.c.channel_message_id == channel_message_id,
            )
        ).first()
        return message_of(row) if row else None

    def add_student(
        self,
        conversation_id: str,
        at: datetime,
        text: str,
        channel_message_id: str,
        handling: Handling,
        payload: str | None = None,
    ) -> int:
        """Stores what a student said; gives its id."""
        result = self._db.execute(
            insert(t.messages).values(
                conversation_id=conversation_id,
                at=at,
                author=Author.STUDENT.value,
                text=text,
                payload=payload,
                channel_message_id=channel_message_id,
                handling=handling.value,
                next_attempt_at=at,
            )
        )
        return int(result.inserted_primary_key[0])

    def add(
        self,
        conversation_id: str,
        at: datetime,
        draft: Draft,
        *,
        in_reply_to: int | None = None,
        position: int | None = None,
        channel_message_id: str | None = None,
    ) -> int:
        """Stores what bot, human or system said; gives its id."""
        result = self._db.execute(
            insert(t.messages).values(
                conversation_id=conversation_id,
                at=at,
                author=draft.author.value,
                name=draft.name,
                text=draft.text,
                buttons=[asdict(button) for button in draft.buttons],
                sources=[asdict(source) for source in draft.sources],
                topic=draft.topic,
                topic_version=draft.topic_version,
                staff_id=draft.staff_id,
                in_reply_to=in_reply_to,
                position=position,
                channel_message_id=channel_message_id,
            )
        )
        return int(result.inserted_primary_key[0])

    def get(self, message_id: int) -> Message | None:
        """One message."""
        row = self._db.execute(select(t.messages).where(t.messages.c.id == message_id)).first()
        return message_of(row) if row else None

    def after(self, conversation_id: str, message_id: int = 0, limit: int = 500) -> list[Message]:
        """The messages of a conversation with an id above ``message_id``, oldest first."""
        rows = self._db.execute(
            select(t.messages)
            .where(t.messages.c.conversation_id == conversation_id, t.messages.c.id > message_id)
            .order_by(t.messages.c.id)
            .limit(limit)
        )
        return [message_of(row) for row in rows]

    def newest(self, conversation_id: str, limit: int) -> list[Message]:
        """The last ``limit`` messages of a conversation, oldest first."""
        rows = self._db.execute(
            select(t.messages)
            .where(t.messages.c.conversation_id == conversation_id)
            .order_by(t.messages.c.id.desc())
            .limit(limit)
        )
        return [message_of(row) for row in reversed(rows.all())]

    def last(self, conversation_ids: Iterable[str]) -> dict[str, Message]:
        """What the student said last in each conversation; conversations without that are left out."""
        newest = (
            select(func.max(t.messages.c.id))
            .where(t.messages.c.conversation_id.in_(list(conversation_ids)), t.messages.c.author == "student")
            .group_by(t.messages.c.conversation_id)
        )
        rows = self._db.execute(select(t.messages).where(t.messages.c.id.in_(newest)))
        return {row.conversation_id: message_of(row) for row in rows}

    def last_of_student(self, conversation_id: str) -> int:
        """The id of the student's last message, 0 without one."""
        m = t.messages.c
        return int(
            self._db.execute(
                select(func.max(m.id)).where(
                    m.conversation_id == conversation_id, m.author == Author.STUDENT.value
                )
            ).scalar()
            or 0
        )

    def due(self, now: datetime, limit: int = 50) -> list[Message]:
        """Of each conversation the oldest message that waits for the assistant, if it is due by ``now``."""
        m = t.messages
        oldest = (
            select(func.min(m.c.id))
            .where(m.c.handling == Handling.PENDING.value)
            .group_by(m.c.conversation_id)
        )
        rows = self._db.execute(
            select(m)
            .where(m.c.id.in_(oldest), or_(m.c.next_attempt_at.is_(None), m.c.next_attempt_at <= now))
            .order_by(m.c.id)
            .limit(limit)
        )
        return [message_of(row) for row in rows]

    def pending_count(self) -> int:
        """How many messages wait for the assistant."""
        return int(
            self._db.execute(
                select(func.count())
                .select_from(t.messages)
                .where(t.messages.c.handling == Handling.PENDING.value)
            ).scalar_one()
        )

    def set_handling(
        self, message_id: int, handling: Handling, understanding: dict[str, Any] | None = None
    ) -> None:
        """Marks a student's message."""
        values: dict[str, Any] = {"handling": handling.value}
        if understanding is not None:
            values["understanding"] = understanding
        self._db.execute(update(t.messages).where(t.messages.c.id == message_id).values(**values))

    def retry_at(self, message_id: int, at: datetime) -> None:
        """The assistant did not answer: try again not before ``at``."""
        self._db.execute(update(t.messages).where(t.messages.c.id == message_id).values(next_attempt_at=at))

    def release_claims(self, at: datetime) -> None:
        """After a restart of the only worker: what it had taken is due at once."""
        self._db.execute(
            update(t.messages)
            .where(t.messages.c.handling == Handling.PENDING.value)
            .values(next_attempt_at=at)
        )

    def claim(self, message_id: int, attempts: int, until: datetime) -> bool:
        """Takes a pending message for the attempt after ``attempts``, until then nobody else may; false if taken."""
        done = self._db.execute(
            update(t.messages)
            .where(
                t.messages.c.id == message_id,
                t.messages.c.attempts == attempts,
                t.messages.c.handling == Handling.PENDING.value,
            )
            .values(attempts=attempts + 1, next_attempt_at=until)
        )
        return bool(done.rowcount == 1)

    def claim_delay_notice(self, message_id: int) -> bool:
        """True once per message: the caller then tells the student that it takes a moment."""
        done = self._db.execute(
            update(t.messages)
            .where(t.messages.c.id == message_id, t.messages.c.delay_told.is_(False))
            .values(delay_told=True)
        )
        return bool(done.rowcount == 1)

    def pending_to_human(self, conversation_id: str) -> None:
        """A human took over: what the assistant had not answered is the human's now."""
        self._db.execute(
            update(t.messages)
            .where(
                t.messages.c.conversation_id == conversation_id,
                t.messages.c.handling == Handling.PENDING.value,
            )
            .values(handling=Handling.FOR_HUMAN.value)
        )
