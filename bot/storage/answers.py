"""What JOB says of an answer (looked at, switched off) and what students say of it (helped, did not help)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, insert, select
from sqlalchemy.engine import Connection

from bot.core.knowledge import Review
from bot.storage import tables as t
from bot.storage.at_once import Lock, hold, put

_HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Event:
    """Something that an editor did to an answer: ``review``, ``off`` or ``on``."""

    at: datetime
    name: str
    kind: str


@dataclass(frozen=True)
class Feedback:
    """How often an answer helped, and how often not."""

    helped: int = 0
    not_helped: int = 0

    @property
    def share_not_helped(self) -> float | None:
        """Of those who said something the share that was not helped; ``None`` if nobody did."""
        total = self.helped + self.not_helped
        return self.not_helped / total if total else None


class AnswerStates:
    """The tables answer_reviews, answer_switches and answer_feedback."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def switched_off(self, topic: str) -> bool:
        """Whether an editor switched the answer to a topic off: a human is offered instead."""
        s = t.answer_switches.c
        row = self._db.execute(select(s.off).where(s.topic == topic).order_by(s.id.desc()).limit(1)).first()
        return bool(row and row.off)

    def all_switched_off(self) -> set[str]:
        """All topics whose answer is switched off."""
        s = t.answer_switches.c
        newest = select(func.max(s.id)).group_by(s.topic)
        return set(self._db.execute(select(s.topic).where(s.id.in_(newest), s.off)).scalars())

    def switch(self, topic: str, *, off: bool, staff_id: int, at: datetime) -> None:
        """Switches an answer off or on; who and when stay."""
        hold(self._db, Lock.SWITCH, topic)
        if self.switched_off(topic) is not off:
            self._db.execute(insert(t.answer_switches).values(topic=topic, off=off, staff_id=staff_id, at=at))

    def reviewed(self, topic: str, version: str) -> Review | None:
        """Who of JOB looked at this very text, and when; ``None`` if nobody did on the desk."""
        return self.all_reviews().get((topic, version))

    def all_reviews(self) -> dict[tuple[str, str], Review]:
        """All reviews on the desk, by topic and version."""
        r = t.answer_reviews.c
        rows = self._db.execute(
            select(r.topic, r.version, r.at, t.staff.c.name).join(t.staff, t.staff.c.id == r.staff_id)
        )
        return {
            (row.topic, row.version): Review(done=True, by=row.name, at=row.at.astimezone(_HERE).date())
            for row in rows
        }

    def review(self, topic: str, version: str, *, staff_id: int, at: datetime) -> None:
        """Somebody looked at this very text; the second time changes nothing."""
        row = {"topic": topic, "version": version, "staff_id": staff_id, "at": at}
        put(self._db, t.answer_reviews, ("topic", "version"), row)

    def history(self, topic: str) -> list[Event]:
        """What editors did to an answer, newest first."""
        r, s = t.answer_reviews.c, t.answer_switches.c
        reviews = self._db.execute(
            select(r.at, t.staff.c.name).join(t.staff, t.staff.c.id == r.staff_id).where(r.topic == topic)
        )
        switches = self._db.execute(
            select(s.at, s.off, t.staff.c.name)
            .join(t.staff, t.staff.c.id == s.staff_id)
            .where(s.topic == topic)
        )
        events = [Event(row.at, row.name, "review") for row in reviews]
        events += [Event(row.at, row.name, "off" if row.off else "on") for row in switches]
        return sorted(events, key=lambda event: event.at, reverse=True)

    def add_feedback(self, message_id: int, topic: str, version: str, *, helpful: bool, at: datetime) -> None:
        """A student said whether an answer helped; the same message a second time changes nothing."""
        row = {"message_id": message_id, "topic": topic, "version": version, "helpful": helpful, "at": at}
        put(self._db, t.answer_feedback, ["message_id"], row)

    def feedback(self, since: datetime | None = None, until: datetime | None = None) -> dict[str, Feedback]:
        """What students said between two moments, by topic."""
        f = t.answer_feedback.c
        query = select(
            f.topic,
            func.sum(case((f.helpful, 1), else_=0)).label("helped"),
            func.sum(case((f.helpful, 0), else_=1)).label("not_helped"),
        ).group_by(f.topic)
        if since:
            query = query.where(f.at >= since)
        if until:
            query = query.where(f.at < until)
        found: defaultdict[str, Feedback] = defaultdict(Feedback)
        for row in self._db.execute(query):
            found[row.topic] = Feedback(int(row.helped), int(row.not_helped))
        return found
