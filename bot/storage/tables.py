"""The tables. The database repeats the important rules, so that no bug in a use case can break them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with a zone. Stored as UTC; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        # SQLite gives back what was stored, without its zone.
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(120), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("password_hash", String(300), nullable=False),
    Column("role", String(20), nullable=False, server_default="handler"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    CheckConstraint("role in ('handler', 'editor', 'admin')", name="role"),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    # The hash of the cookie's token: who reads the database cannot log in with it.
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("csrf_token", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("channel", String(20), nullable=False),
    # The address on the channel (WhatsApp); unique per channel. Empty for the website.
    Column("address", String(140)),
    # The hash of the website's bearer token.
    Column("token_hash", String(64), unique=True),
    Column("state", String(10), nullable=False),
    Column("assignee_id", ForeignKey("staff.id")),
    Column("urgent", Boolean, nullable=False, default=False),
    Column("reason", String(20)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("last_student_at", UtcDateTime),
    Column("queued_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("close_reason", String(200)),
    Column("unread", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False, default=0),
    # Turns in the assistant's present session; a new one is begun before it grows slow.
    Column("session_turns", Integer, nullable=False, default=0),
    Column("form_open", Boolean, nullable=False, default=False),
    UniqueConstraint("channel", "address"),
    CheckConstraint("state in ('bot', 'queue', 'human', 'closed')", name="state"),
    CheckConstraint("(state = 'human') = (assignee_id is not null)", name="human_has_assignee"),
    Index("ix_conversations_state_urgent_queued_at", "state", "urgent", "queued_at"),
    Index("ix_conversations_updated_at", "updated_at"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("author", String(10), nullable=False),
    Column("name", String(120)),
    Column("text", Text, nullable=False),
    Column("payload", String(500)),
    Column("buttons", JSON, nullable=False, default=list),
    Column("sources", JSON, nullable=False, default=list),
    Column("topic", String(60)),
    Column("topic_version", String(20)),
    Column("staff_id", ForeignKey("staff.id")),
    Column("channel_message_id", String(200)),
    Column("handling", String(10)),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt_at", UtcDateTime),
    Column("delay_told", Boolean, nullable=False, default=False),
    Column("in_reply_to", ForeignKey("messages.id", ondelete="CASCADE")),
    Column("position", Integer),
    # What the assistant understood: guesses with confidence, and the outcome.
    Column("understanding", JSON),
    # The same channel message a second time changes nothing, also when both arrive at once.
    UniqueConstraint("conversation_id", "channel_message_id"),
    # An answer is saved once, also when two workers finish the same turn.
    UniqueConstraint("in_reply_to", "position"),
    CheckConstraint("author in ('student', 'bot', 'human', 'system')", name="author"),
    CheckConstraint(
        "(author = 'student') = (handling is not null) and handling in ('pending', 'done', 'for_human') or handling is null",
        name="handling",
    ),
    Index("ix_messages_conversation_id_id", "conversation_id", "id"),
    Index("ix_messages_handling_next_attempt_at", "handling", "next_attempt_at"),
    sqlite_autoincrement=True,
)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="SET NULL")),
    # The message that confirmed it: a retry or a crash makes no second case.
    Column("source_message_id", String(200), nullable=False, unique=True),
    Column("status", String(20), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("description", Text, nullable=False),
    Column("school", String(200)),
    Column("contact", String(200)),
    Column("topic", String(60)),
    Column("programme", String(200)),
    Column("pathway", String(20)),
    Column("tried", Text),
    Column("wish", Text),
    Column("consent_at", UtcDateTime, nullable=False),
    Column("owner_id", ForeignKey("staff.id")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False, default=0),
    # The case that this one was joined with. Where that one goes, this one goes.
    Column("merged_into_id", ForeignKey("cases.id", ondelete="CASCADE")),
    UniqueConstraint("year", "number"),
    CheckConstraint("status in ('new', 'waiting', 'in_progress', 'answered', 'closed')", name="status"),
    CheckConstraint("merged_into_id <> id", name="merged_into_another"),
    Index("ix_cases_status_created_at", "status", "created_at"),
    Index("ix_cases_conversation_id", "conversation_id"),
    Index("ix_cases_merged_into_id", "merged_into_id"),
)

# A trigger refuses every change of a row; rows go only together with their case.
case_events = Table(
    "case_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    # Codes only (old and new state): no text of a student, so that the trail may outlive it.
    Column("data", JSON, nullable=False, default=dict),
    Index("ix_case_events_case_id", "case_id"),
)

# --- What staff adds to a conversation. All of it goes when the conversation is erased. ---

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_notes_conversation_id", "conversation_id"),
)

note_mentions = Table(
    "note_mentions",
    metadata,
    Column("note_id", ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("seen_at", UtcDateTime),
    Index("ix_note_mentions_staff_id_seen_at", "staff_id", "seen_at"),
)

conversation_labels = Table(
    "conversation_labels",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("label", String(40), primary_key=True),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("due", Date, nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    # When staff was told that the day came. Another day is another row.
    Column("notified_at", UtcDateTime),
    Index("ix_follow_ups_due", "due"),
)

saved_replies = Table(
    "saved_replies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

topic_corrections = Table(
    "topic_corrections",
    metadata,
    Column("message_id", ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("topic", String(60), nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

presence = Table(
    "presence",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
)

# --- People ---

second_factors = Table(
    "second_factors",
    metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    # Whether an admin must have one. Only the account that tries out a fresh installation need not.
    Column("required", Boolean, nullable=False, default=True),
    # The secret is made from this and the helpdesk's own key: who reads the database cannot make codes.
    Column("nonce", String(64)),
    Column("confirmed_at", UtcDateTime),
    # The time step of the last code that was used: no code works twice.
    Column("last_step", Integer, nullable=False, default=0),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("login", String(120), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("invited_by", ForeignKey("staff.id"), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    CheckConstraint("role in ('handler', 'editor', 'admin')", name="role"),
)

audit_trail = Table(
    "audit_trail",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("action", String(60), nullable=False),
    # An id or a reference: no text, no name of a student. A trigger refuses every change of a row.
    Column("subject", String(80), nullable=False, default=""),
    Index("ix_audit_trail_subject", "subject"),
    Index("ix_audit_trail_staff_id_at", "staff_id", "at"),
)

# --- Answers and numbers. None of it points at a message or a person: it outlives what students wrote. ---

answer_reviews = Table(
    "answer_reviews",
    metadata,
    Column("topic", String(60), primary_key=True),
    # Another text is another version, which nobody has looked at yet.
    Column("version", String(20), primary_key=True),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

answer_switches = Table(
    "answer_switches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic", String(60), nullable=False),
    Column("off", Boolean, nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_answer_switches_topic", "topic"),
)

answer_feedback = Table(
    "answer_feedback",
    metadata,
    # The message that said it, so that a retry counts once; not a link, since messages go after a month.
    Column("message_id", Integer, primary_key=True, autoincrement=False),
    Column("topic", String(60), nullable=False),
    Column("version", String(20), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_answer_feedback_topic", "topic"),
)

turn_counts = Table(
    "turn_counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("topic", String(60), primary_key=True),
    Column("outcome", String(40), primary_key=True),
    Column("n", Integer, nullable=False),
)

human_waits = Table(
    "human_waits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("waited_s", Integer, nullable=False),
    Column("reason", String(20), nullable=False),
    Index("ix_human_waits_queued_at", "queued_at"),
)
