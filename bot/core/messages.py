"""A message in and out, the same for every channel."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from bot.core.errors import BadInput

MAX_TEXT = 4_000
"""Longest message of a student, in characters. WhatsApp itself stops at 4,096."""
MAX_ID = 200
"""Longest id that a channel may give a message (a ``wamid`` has some 60 characters)."""


class Author(str, Enum):
    """Who said it."""

    STUDENT = "student"
    BOT = "bot"
    HUMAN = "human"
    SYSTEM = "system"


class Handling(str, Enum):
    """What has happened to a student's message."""

    PENDING = "pending"
    """Saved; the assistant still has to answer."""
    DONE = "done"
    """Answered, and the answer is saved."""
    FOR_HUMAN = "for_human"
    """Never goes to the assistant: a human has the conversation, or is awaited."""


@dataclass(frozen=True)
class Button:
    """A choice under a message. ``payload`` is what comes back when it is chosen; never shown."""

    title: str
    payload: str


@dataclass(frozen=True)
class SourceLink:
    """Where a claim comes from. ``seen`` is the ISO date on which it was read."""

    title: str
    url: str
    seen: str | None = None


@dataclass(frozen=True)
class Draft:
    """A message that is to be said by bot, human or system, before it is saved."""

    text: str
    author: Author = Author.BOT
    buttons: tuple[Button, ...] = ()
    sources: tuple[SourceLink, ...] = ()
    topic: str | None = None
    topic_version: str | None = None
    name: str | None = None
    staff_id: int | None = None


@dataclass(frozen=True)
class Message:
    """A saved message. ``id`` rises within a conversation; ``at`` carries a zone (UTC)."""

    id: int
    conversation_id: str
    at: datetime
    author: Author
    text: str
    name: str | None = None
    payload: str | None = None
    buttons: tuple[Button, ...] = ()
    sources: tuple[SourceLink, ...] = ()
    topic: str | None = None
    topic_version: str | None = None
    staff_id: int | None = None
    channel_message_id: str | None = None
    handling: Handling | None = None
    attempts: int = 0
    in_reply_to: int | None = None
    understanding: dict[str, Any] | None = None


@dataclass(frozen=True)
class Effect:
    """Something that the assistant wants done besides speaking; carried out together with saving its words.

    Names: ``understood``, ``hand_over``, ``erase``, ``feedback``, ``review``, ``form``.
    """

    name: str
    data: dict[str, Any] = field(default_factory=dict)


# Also half a character: a page that cuts an emoji in two sends one, and no database takes it.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean_text(raw: object) -> str:
    """The text of a student, fit to save: control characters out, ends trimmed.

    Raises `BadInput` (``text_empty``, ``text_too_long``, ``text_type``).
    """
    if not isinstance(raw, str):
        raise BadInput("text_type", "Het veld 'text' moet tekst zijn.")
    text = _CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise BadInput("text_empty", "Je bericht is leeg. Typ eerst je vraag.")
    if len(text) > MAX_TEXT:
        raise BadInput(
            "text_too_long",
            f"Je bericht heeft {len(text)} tekens. Er passen er {MAX_TEXT} in. Maak het korter of stuur het in twee delen.",
        )
    return text


def clean_message_id(raw: object) -> str:
    """An id as a channel gives it: 1 to 200 visible characters. Raises `BadInput` (``client_message_id``)."""
    if not isinstance(raw, str) or not 1 <= len(raw) <= MAX_ID or not raw.isprintable():
        raise BadInput(
            "client_message_id", f"Het veld 'client_message_id' moet 1 tot {MAX_ID} tekens hebben."
        )
    return raw
