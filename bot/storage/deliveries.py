"""How far messages of bot and staff got, a row for each state that was reported. Goes with the message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.core.delivery import Delivery
from bot.core.messages import Author
from bot.storage import tables as t

message_deliveries = Table(
    "message_deliveries",
    t.metadata,
    Column("message_id", ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("state", String(10), primary_key=True),
    Column("at", t.UtcDateTime, nullable=False),
    CheckConstraint("state in ('sent', 'delivered', 'read', 'failed', 'unknown')", name="state"),
)


class Deliveries:
    """The message_deliveries table."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def missing(self, conversation_id: str, message_ids: Iterable[int], state: Delivery) -> Sequence[int]:
        """Of these messages those of bot and staff in this conversation of which the state is not known yet."""
        m, d = t.messages.c, message_deliveries.c
        known = select(d.message_id).where(d.message_id == m.id, d.state == state.value).exists()
        rows = self._db.execute(
            select(m.id).where(
                m.conversation_id == conversation_id,
                m.id.in_(sorted(set(message_ids))),
                m.author.in_((Author.BOT.value, Author.HUMAN.value)),
                ~known,
            )
        )
        return list(rows.scalars())

    def add(self, message_ids: Sequence[int], state: Delivery, at: datetime) -> None:
        """Keeps when a state was reported; the first report counts."""
        if not message_ids:
            return
        make = sqlite.insert if self._db.dialect.name == "sqlite" else postgresql.insert
        rows = [{"message_id": each, "state": state.value, "at": at} for each in message_ids]
        self._db.execute(make(message_deliveries).values(rows).on_conflict_do_nothing())

    def of(self, conversation_id: str) -> dict[int, dict[Delivery, datetime]]:
        """What is known of the messages of a conversation, by message."""
        d = message_deliveries.c
        found: defaultdict[int, dict[Delivery, datetime]] = defaultdict(dict)
        for row in self._db.execute(
            select(message_deliveries)
            .join(t.messages, t.messages.c.id == d.message_id)
            .where(t.messages.c.conversation_id == conversation_id)
        ):
            found[row.message_id][Delivery(row.state)] = row.at
        return found
