"""What Rasa keeps of a conversation, in its own tracker store. Rasa 3.6 has no way to delete it, so we do."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table, delete, inspect
from sqlalchemy.engine import Engine

_events = Table("events", MetaData(), Column("sender_id", String(255)))


def erase(engine: Engine, conversation_id: str) -> int:
    """Deletes all events of a conversation; gives how many. Nothing to do before Rasa made its table."""
    if not inspect(engine).has_table("events"):
        return 0
    with engine.begin() as connection:
        return int(connection.execute(delete(_events).where(_events.c.sender_id == conversation_id)).rowcount)
