"""Counts that outlive the messages they were made of: no text, no person, no conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import String, cast, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.core.messages import Message
from bot.storage import tables as t
from bot.storage.messages import message_of


@dataclass(frozen=True)
class TurnCount:
    """How often something happened with a topic on a day; ``topic`` is empty if none was found."""

    day: date
    channel: str
    topic: str
    outcome: str
    n: int


@dataclass(frozen=True)
class Wait:
    """How long a student waited for a human."""

    queued_at: datetime
    waited_s: int
    reason: str


class Numbers:
    """The tables turn_counts and human_waits."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def count_turn(self, day: date, channel: str, topic: str, outcome: str) -> None:
        """Counts one turn of the bot."""
        make = sqlite.insert if self._db.dialect.name == "sqlite" else postgresql.insert
        one = make(t.turn_counts).values(day=day, channel=channel, topic=topic, outcome=outcome[:40], n=1)
        self._db.execute(
            one.on_conflict_do_update(
                index_elements=["day", "channel", "topic", "outcome"], set_={"n": t.turn_counts.c.n + 1}
            )
        )

    def turns(self, since: date, until: date) -> Sequence[TurnCount]:
        """The counts of these days, both included."""
        c = t.turn_counts.c
        rows = self._db.execute(select(t.turn_counts).where(c.day >= since, c.day <= until).order_by(c.day))
        return [TurnCount(row.day, row.channel, row.topic, row.outcome, row.n) for row in rows]

    def first_day(self) -> date | None:
        """The first day on which anything was counted."""
        return self._db.execute(select(func.min(t.turn_counts.c.day))).scalar()

    def asked(self, outcomes: Sequence[str], since: date) -> dict[str, int]:
        """How often each topic was asked about."""
        c = t.turn_counts.c
        rows = self._db.execute(
            select(c.topic, func.sum(c.n).label("n"))
            .where(c.outcome.in_(outcomes), c.day >= since)
            .group_by(c.topic)
        )
        return {row.topic: int(row.n) for row in rows}

    def add_wait(self, queued_at: datetime, waited_s: int, reason: str) -> None:
        """A student who waited has a human now."""
        self._db.execute(insert(t.human_waits).values(queued_at=queued_at, waited_s=waited_s, reason=reason))

    def waits(self, since: datetime, until: datetime) -> Sequence[Wait]:
        """Waiting times of those who began to wait in this time."""
        c = t.human_waits.c
        rows = self._db.execute(
            select(t.human_waits).where(c.queued_at >= since, c.queued_at < until).order_by(c.queued_at)
        )
        return [Wait(row.queued_at, row.waited_s, row.reason) for row in rows]

    def not_understood(self, since: datetime, limit: int = 50) -> Sequence[Message]:
        """Questions that the bot did not understand or had no answer to, newest first, as far as they still exist."""
        m = t.messages.c
        outcome = cast(m.understanding, String)
        rows = self._db.execute(
            select(t.messages)
            .where(m.at >= since, or_(outcome.like('%"not_understood"%'), outcome.like('%"no_answer"%')))
            .order_by(m.id.desc())
            .limit(limit)
        )
        return [message_of(row) for row in rows]
