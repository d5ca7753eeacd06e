"""Messages that the assistant did not understand well, kept for an editor to look at.

A row points at the message; the text itself stays in one place, so erasing a conversation takes it away here, too. Only what an
editor has read and accepted is copied, without names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.storage import tables as t
from bot.storage.at_once import put

CORRECTED = "corrected"
"""The reason of a message whose topic staff corrected; their word goes before every other."""

review_items = Table(
    "review_items",
    t.metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", ForeignKey("messages.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("at", t.UtcDateTime, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("suggested", String(60)),
    Column("state", String(10), nullable=False, server_default="open"),
    Column("decided_by", ForeignKey("staff.id")),
    Column("decided_at", t.UtcDateTime),
    CheckConstraint("state in ('open', 'used', 'dropped')", name="state"),
    Index("ix_review_items_state_id", "state", "id"),
)

training_examples = Table(
    "training_examples",
    t.metadata,
    Column("id", Integer, primary_key=True),
    Column("intent", String(80), nullable=False),
    # Read and masked; says nothing about who asked, so it outlives the conversation.
    Column("text", Text, nullable=False),
    Column("added_by", ForeignKey("staff.id")),
    Column("added_at", t.UtcDateTime, nullable=False),
    Column("exported_at", t.UtcDateTime),
)


@dataclass(frozen=True)
class ReviewItem:
    """A message to look at. ``text`` is as the student typed it: mask it before showing."""

    id: int
    at: datetime
    reason: str
    suggested: str | None
    text: str
    understanding: dict[str, Any]


@dataclass(frozen=True)
class Example:
    """An accepted training example."""

    id: int
    intent: str
    text: str


class Learning:
    """The tables of learning."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def note(self, message_id: int, at: datetime, reason: str, suggested: str | None) -> None:
        """Keeps a message for review; a message that is kept already stays as it is."""
        row = {"message_id": message_id, "at": at, "reason": reason, "suggested": suggested}
        put(self._db, review_items, ["message_id"], row)

    def suggest(self, message_id: int, suggested: str) -> None:
        """The student chose a topic after a question back: that is what the message was about, unless staff knew better."""
        r = review_items.c
        self._db.execute(
            update(review_items)
            .where(r.message_id == message_id, r.state == "open", r.reason != CORRECTED)
            .values(suggested=suggested)
        )

    def correct(self, message_id: int, at: datetime, topic: str | None) -> None:
        """Staff said what a message was about (``None``: no topic). It is one item, however often it is corrected.

        A message that was put aside comes back if this says something new; one that became an example stays one.
        """
        r = review_items.c
        make = sqlite.insert if self._db.dialect.name == "sqlite" else postgresql.insert
        said: dict[str, Any] = {"at": at, "reason": CORRECTED, "suggested": topic}
        news = (r.reason != CORRECTED) | (func.coalesce(r.suggested, "") != (topic or ""))
        again = {**said, "state": "open", "decided_by": None, "decided_at": None}
        self._db.execute(
            make(review_items)
            .values(message_id=message_id, **said)
            .on_conflict_do_update(
                index_elements=["message_id"], set_=again, where=(r.state != "used") & news
            )
        )

    def open_items(self, limit: int = 50) -> list[ReviewItem]:
        """What is still to be looked at: first what staff corrected, then newest first."""
        corrected = case((review_items.c.reason == CORRECTED, 0), else_=1)
        rows = self._db.execute(
            select(review_items, t.messages.c.text, t.messages.c.understanding)
            .join(t.messages, t.messages.c.id == review_items.c.message_id)
            .where(review_items.c.state == "open")
            .order_by(corrected, review_items.c.at.desc(), review_items.c.id.desc())
            .limit(limit)
        )
        return [
            ReviewItem(row.id, row.at, row.reason, row.suggested, row.text, row.understanding or {})
            for row in rows
        ]

    def open_count(self) -> int:
        """How many are still to be looked at."""
        query = select(func.count()).select_from(review_items).where(review_items.c.state == "open")
        return int(self._db.execute(query).scalar_one())

    def decide(self, item_id: int, state: str, staff_id: int, at: datetime) -> bool:
        """Marks an item ``used`` or ``dropped``; false if somebody did before."""
        done = self._db.execute(
            update(review_items)
            .where(review_items.c.id == item_id, review_items.c.state == "open")
            .values(state=state, decided_by=staff_id, decided_at=at)
        )
        return bool(done.rowcount == 1)

    def reopen(self, item_id: int) -> None:
        """Undoes a decision."""
        self._db.execute(
            update(review_items)
            .where(review_items.c.id == item_id)
            .values(state="open", decided_by=None, decided_at=None)
        )

    def add_example(self, intent: str, text: str, staff_id: int, at: datetime) -> int:
        """Keeps an example until the next export."""
        result = self._db.execute(
            insert(training_examples).values(intent=intent, text=text, added_by=staff_id, added_at=at)
        )
        return int(result.inserted_primary_key[0])

    def drop_example(self, example_id: int) -> None:
        """Takes an example away again."""
        self._db.execute(delete(training_examples).where(training_examples.c.id == example_id))

    def examples(self) -> list[Example]:
        """All accepted examples, by intent."""
        rows = self._db.execute(
            select(training_examples).order_by(training_examples.c.intent, training_examples.c.id)
        )
        return [Example(row.id, row.intent, row.text) for row in rows]

    def mark_exported(self, at: datetime) -> None:
        """Notes that all examples are in the file now."""
        self._db.execute(
            update(training_examples).where(training_examples.c.exported_at.is_(None)).values(exported_at=at)
        )
