"""What staff adds to a conversation: notes, labels, a follow-up date, a corrected topic; and who looks at it now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.storage import tables as t
from bot.storage.at_once import put

PRESENT = timedelta(seconds=25)
"""Who was seen less long ago is looking now; pages say that they are there every ten seconds."""


@dataclass(frozen=True)
class Note:
    """A note for colleagues; a student never sees it."""

    id: int
    at: datetime
    name: str
    text: str


@dataclass(frozen=True)
class SavedReply:
    """A reply that is typed often."""

    id: int
    title: str
    text: str


class DeskWork:
    """The tables around a conversation."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add_note(
        self, conversation_id: str, staff_id: int, at: datetime, text: str, mentioned: Iterable[int]
    ) -> int:
        """Stores a note; those who are mentioned in it see it in their list until they looked."""
        result = self._db.execute(
            insert(t.notes).values(conversation_id=conversation_id, staff_id=staff_id, at=at, text=text)
        )
        note_id = int(result.inserted_primary_key[0])
        for each in sorted(set(mentioned)):
            self._db.execute(insert(t.note_mentions).values(note_id=note_id, staff_id=each))
        return note_id

    def notes(self, conversation_id: str) -> list[Note]:
        """The notes of a conversation, oldest first."""
        rows = self._db.execute(
            select(t.notes, t.staff.c.name)
            .join(t.staff, t.staff.c.id == t.notes.c.staff_id)
            .where(t.notes.c.conversation_id == conversation_id)
            .order_by(t.notes.c.id)
        )
        return [Note(row.id, row.at, row.name, row.text) for row in rows]

    def mentions_of(self, staff_id: int) -> list[str]:
        """Conversations in which a colleague mentioned somebody who has not looked since, newest first."""
        n, m = t.notes.c, t.note_mentions.c
        rows = self._db.execute(
            select(n.conversation_id, func.max(n.id).label("newest"))
            .join(t.note_mentions, m.note_id == n.id)
            .where(m.staff_id == staff_id, m.seen_at.is_(None))
            .group_by(n.conversation_id)
            .order_by(func.max(n.id).desc())
        )
        return [row.conversation_id for row in rows]

    def see_mentions(self, conversation_id: str, staff_id: int, at: datetime) -> int:
        """Somebody looked at a conversation; gives how many mentions that were open are seen now."""
        m = t.note_mentions.c
        of_it = select(t.notes.c.id).where(t.notes.c.conversation_id == conversation_id)
        done = self._db.execute(
            update(t.note_mentions)
            .where(m.staff_id == staff_id, m.seen_at.is_(None), m.note_id.in_(of_it))
            .values(seen_at=at)
        )
        return int(done.rowcount)

    def labels(self, conversation_id: str) -> list[str]:
        """The labels of a conversation, by name."""
        c = t.conversation_labels.c
        return list(
            self._db.execute(
                select(c.label).where(c.conversation_id == conversation_id).order_by(c.label)
            ).scalars()
        )

    def all_labels(self) -> list[str]:
        """Every label in use, by name."""
        c = t.conversation_labels.c
        return list(self._db.execute(select(c.label).distinct().order_by(c.label)).scalars())

    def labelled(self, label: str) -> set[str]:
        """The conversations with a label."""
        c = t.conversation_labels.c
        return set(self._db.execute(select(c.conversation_id).where(c.label == label)).scalars())

    def add_label(self, conversation_id: str, label: str) -> None:
        """Puts a label on a conversation; the same one twice changes nothing."""
        put(
            self._db,
            t.conversation_labels,
            ("conversation_id", "label"),
            {"conversation_id": conversation_id, "label": label},
        )

    def remove_label(self, conversation_id: str, label: str) -> None:
        """Takes a label off."""
        c = t.conversation_labels.c
        self._db.execute(
            delete(t.conversation_labels).where(c.conversation_id == conversation_id, c.label == label)
        )

    def follow_up(self, conversation_id: str) -> date | None:
        """The day on which staff wants to look at the conversation again."""
        c = t.follow_ups.c
        return self._db.execute(select(c.due).where(c.conversation_id == conversation_id)).scalar()

    def set_follow_up(self, conversation_id: str, due: date | None, staff_id: int) -> None:
        """Sets that day; ``None`` takes it away. The same day again changes nothing, so that it is never told twice."""
        # Held until the end, so that of two at once the second sees what the first set.
        c = t.conversations.c
        self._db.execute(select(c.id).where(c.id == conversation_id).with_for_update())
        if due is not None and self.follow_up(conversation_id) == due:
            return
        if due is None:
            self._db.execute(delete(t.follow_ups).where(t.follow_ups.c.conversation_id == conversation_id))
            return
        # Of another day nobody was told yet.
        row = {"conversation_id": conversation_id, "due": due, "staff_id": staff_id, "notified_at": None}
        put(self._db, t.follow_ups, ["conversation_id"], row, change=("due", "staff_id", "notified_at"))

    def saved_replies(self) -> list[SavedReply]:
        """All saved replies, by title."""
        rows = self._db.execute(select(t.saved_replies).order_by(func.lower(t.saved_replies.c.title)))
        return [SavedReply(row.id, row.title, row.text) for row in rows]

    def save_reply(self, title: str, text: str, staff_id: int, at: datetime) -> None:
        """Stores a reply that is typed often."""
        self._db.execute(insert(t.saved_replies).values(title=title, text=text, staff_id=staff_id, at=at))

    def drop_reply(self, reply_id: int) -> None:
        """Removes a saved reply."""
        self._db.execute(delete(t.saved_replies).where(t.saved_replies.c.id == reply_id))

    def correct_topic(self, message_id: int, topic: str, staff_id: int, at: datetime) -> None:
        """Says what a student's message was really about; the last word counts."""
        row = {"message_id": message_id, "topic": topic, "staff_id": staff_id, "at": at}
        put(self._db, t.topic_corrections, ["message_id"], row, change=("topic", "staff_id", "at"))

    def corrections(self, conversation_id: str) -> dict[int, str]:
        """The corrected topics of a conversation's messages, by message."""
        c = t.topic_corrections.c
        rows = self._db.execute(
            select(c.message_id, c.topic)
            .join(t.messages, t.messages.c.id == c.message_id)
            .where(t.messages.c.conversation_id == conversation_id)
        )
        return {row.message_id: row.topic for row in rows}

    def look(self, conversation_id: str, staff_id: int, at: datetime) -> None:
        """Somebody has the conversation on the screen."""
        p = t.presence.c
        done = self._db.execute(
            update(t.presence)
            .where(p.conversation_id == conversation_id, p.staff_id == staff_id)
            .values(seen_at=at)
        )
        exists = select(t.conversations.c.id).where(t.conversations.c.id == conversation_id)
        if not done.rowcount and self._db.execute(exists).first():
            row = {"conversation_id": conversation_id, "staff_id": staff_id, "seen_at": at}
            put(self._db, t.presence, ("conversation_id", "staff_id"), row, change=["seen_at"])

    def leave(self, conversation_id: str, staff_id: int) -> None:
        """Somebody left the page."""
        p = t.presence.c
        self._db.execute(
            delete(t.presence).where(p.conversation_id == conversation_id, p.staff_id == staff_id)
        )

    def present(self, conversation_id: str, now: datetime) -> list[tuple[int, str]]:
        """Who looks at the conversation now: id and name, by name."""
        p = t.presence.c
        rows = self._db.execute(
            select(t.staff.c.id, t.staff.c.name)
            .join(t.presence, p.staff_id == t.staff.c.id)
            .where(p.conversation_id == conversation_id, p.seen_at > now - PRESENT)
            .order_by(t.staff.c.name)
        )
        return [(row.id, row.name) for row in rows]
