"""Rows to core objects and back. Nothing here decides anything, and nothing commits."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import and_, case, delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection, Row

from bot.core.cases import Case, CaseDraft, CaseStatus, reference
from bot.core.conversation import Conversation, HandOverReason, State
from bot.core.errors import Conflict
from bot.core.messages import Author, Button, Draft, Handling, Message, SourceLink
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


def _message(row: Row) -> Message:
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

    def inbox(self, view: str, staff_id: int | None = None, limit: int = 100) -> list[Conversation]:
        """Conversations for the desk: ``urgent``, ``waiting`` (longest first), ``mine``, ``bot``, ``all``, ``closed``."""
        c = t.conversations.c
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
        rows = self._db.execute(select(t.conversations).where(where).order_by(*order).limit(limit))
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
        # In this order on every database: answers point at messages.
        self._db.execute(
            update(t.cases).where(t.cases.c.conversation_id == conversation_id).values(conversation_id=None)
        )
        self._db.execute(delete(t.messages).where(t.messages.c.conversation_id == conversation_id))
        self._db.execute(delete(t.conversations).where(t.conversations.c.id == conversation_id))
        if self._db.dialect.name == "sqlite" and sqlite3.sqlite_version_info < (3, 42):
            # An older SQLite keeps the words of what was deleted in its search index until it is merged: merge now.
            self._db.exec_driver_sql("INSERT INTO messages_fts(messages_fts) VALUES ('optimize')")


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
        return _message(row) if row else None

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
        return _message(row) if row else None

    def after(self, conversation_id: str, message_id: int = 0, limit: int = 500) -> list[Message]:
        """The messages of a conversation with an id above ``message_id``, oldest first."""
        rows = self._db.execute(
            select(t.messages)
            .where(t.messages.c.conversation_id == conversation_id, t.messages.c.id > message_id)
            .order_by(t.messages.c.id)
            .limit(limit)
        )
        return [_message(row) for row in rows]

    def newest(self, conversation_id: str, limit: int) -> list[Message]:
        """The last ``limit`` messages of a conversation, oldest first."""
        rows = self._db.execute(
            select(t.messages)
            .where(t.messages.c.conversation_id == conversation_id)
            .order_by(t.messages.c.id.desc())
            .limit(limit)
        )
        return [_message(row) for row in reversed(rows.all())]

    def last(self, conversation_ids: Iterable[str]) -> dict[str, Message]:
        """What the student said last in each conversation; conversations without that are left out."""
        newest = (
            select(func.max(t.messages.c.id))
            .where(t.messages.c.conversation_id.in_(list(conversation_ids)), t.messages.c.author == "student")
            .group_by(t.messages.c.conversation_id)
        )
        rows = self._db.execute(select(t.messages).where(t.messages.c.id.in_(newest)))
        return {row.conversation_id: _message(row) for row in rows}

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
        return [_message(row) for row in rows]

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


def _case(row: Row) -> Case:
    return Case(
        id=row.id,
        reference=reference(row.year, row.number),
        status=CaseStatus(row.status),
        created_at=row.created_at,
        updated_at=row.updated_at,
        channel=row.channel,
        description=row.description,
        conversation_id=row.conversation_id,
        school=row.school,
        contact=row.contact,
        topic=row.topic,
        programme=row.programme,
        pathway=row.pathway,
        tried=row.tried,
        wish=row.wish,
        owner_id=row.owner_id,
        version=row.version,
    )


class Cases:
    """The cases table and its trail."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def by_source(self, source_message_id: str) -> Case | None:
        """The case that this message confirmed before, if it did."""
        row = self._db.execute(
            select(t.cases).where(t.cases.c.source_message_id == source_message_id)
        ).first()
        return _case(row) if row else None

    def add(self, draft: CaseDraft, at: datetime, year: int) -> Case:
        """Stores a case under the next number of ``year``."""
        highest = self._db.execute(select(func.max(t.cases.c.number)).where(t.cases.c.year == year)).scalar()
        result = self._db.execute(
            insert(t.cases).values(
                year=year,
                number=(highest or 0) + 1,
                conversation_id=draft.conversation_id,
                source_message_id=draft.source_message_id,
                status=CaseStatus.NEW.value,
                channel=draft.channel,
                description=draft.description,
                school=draft.school,
                contact=draft.contact,
                topic=draft.topic,
                programme=draft.programme,
                pathway=draft.pathway,
                tried=draft.tried,
                wish=draft.wish,
                consent_at=at,
                created_at=at,
                updated_at=at,
            )
        )
        case_id = int(result.inserted_primary_key[0])
        self.add_event(case_id, at, "created")
        stored = self.get(case_id)
        assert stored is not None
        return stored

    def get(self, case_id: int) -> Case | None:
        """One case."""
        row = self._db.execute(select(t.cases).where(t.cases.c.id == case_id)).first()
        return _case(row) if row else None

    def by_reference(self, ref: str) -> Case | None:
        """The case with a reference such as ``JOB-2026-00042``; ``None`` also for what is no reference."""
        match = re.fullmatch(r"JOB-(\d{4})-(\d{5,9})", ref)
        if match is None:
            return None
        year, number = match.groups()
        row = self._db.execute(
            select(t.cases).where(t.cases.c.year == int(year), t.cases.c.number == int(number))
        ).first()
        return _case(row) if row else None

    def of_conversation(self, conversation_id: str) -> list[Case]:
        """The cases that were logged in a conversation, newest first."""
        rows = self._db.execute(
            select(t.cases).where(t.cases.c.conversation_id == conversation_id).order_by(t.cases.c.id.desc())
        )
        return [_case(row) for row in rows]

    def in_states(self, statuses: Iterable[CaseStatus] | None = None, limit: int = 200) -> list[Case]:
        """Cases in these states (all without), newest first."""
        query = select(t.cases).order_by(t.cases.c.id.desc()).limit(limit)
        if statuses is not None:
            query = query.where(t.cases.c.status.in_([status.value for status in statuses]))
        return [_case(row) for row in self._db.execute(query)]

    def counts(self) -> dict[CaseStatus, int]:
        """How many cases there are in each state that has any."""
        rows = self._db.execute(select(t.cases.c.status, func.count().label("n")).group_by(t.cases.c.status))
        return {CaseStatus(row.status): int(row.n) for row in rows}

    def counts_since(self, since: datetime, until: datetime) -> dict[CaseStatus, int]:
        """How many cases of this time are in each state now."""
        k = t.cases.c
        rows = self._db.execute(
            select(k.status, func.count().label("n"))
            .where(k.created_at >= since, k.created_at < until)
            .group_by(k.status)
        )
        return {CaseStatus(row.status): int(row.n) for row in rows}

    def change(self, case_: Case, at: datetime, **values: Any) -> Case:
        """Writes ``values``; raises `Conflict` if someone changed the case since it was read."""
        plain = {key: getattr(value, "value", value) for key, value in values.items()}
        done = self._db.execute(
            update(t.cases)
            .where(t.cases.c.id == case_.id, t.cases.c.version == case_.version)
            .values(**plain, updated_at=at, version=case_.version + 1)
        )
        if done.rowcount != 1:
            raise Conflict("Iemand anders heeft deze zaak net veranderd. Ververs de pagina.")
        fresh = self.get(case_.id)
        assert fresh is not None
        return fresh

    def add_event(
        self,
        case_id: int,
        at: datetime,
        kind: str,
        staff_id: int | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Adds a line to the trail; ``data`` holds codes, never text of a student."""
        self._db.execute(
            insert(t.case_events).values(
                case_id=case_id, at=at, kind=kind, staff_id=staff_id, data=data or {}
            )
        )

    def events(self, case_id: int) -> list[dict[str, Any]]:
        """The trail of a case, oldest first."""
        rows = self._db.execute(
            select(t.case_events, t.staff.c.name.label("staff_name"))
            .outerjoin(t.staff, t.staff.c.id == t.case_events.c.staff_id)
            .where(t.case_events.c.case_id == case_id)
            .order_by(t.case_events.c.id)
        )
        return [dict(row._mapping) for row in rows]
