"""What the inside asks of the outside. The storage, the knowledge files and the client of Rasa keep these promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.messages import Draft, Effect

Clock = Callable[[], datetime]
"""The time now, with a zone. Injected, so that a test moves it instead of sleeping."""


@dataclass(frozen=True)
class Turn:
    """What the assistant made of one message: what to say, in order, and what to do."""

    replies: Sequence[Draft]
    effects: Sequence[Effect] = ()


class Assistant(Protocol):
    """The understanding and the dialogue (Rasa)."""

    async def answer(
        self, conversation_id: str, text: str, message_id: str, *, channel: str, again: bool = False
    ) -> Turn:
        """The turn for one message. ``again``: it may have been handled before; then that turn is returned.

        Raises `AssistantUnavailable` if it cannot answer now.
        """
        ...

    async def forget(self, conversation_id: str) -> None:
        """Erases all that the assistant holds of a conversation."""
        ...


class Notifier(Protocol):
    """Tells staff that someone waits. Carries no text and no contact data."""

    def waiting(self, conversation_id: str, reason: str, urgent: bool) -> None:
        """A student waits for a human."""
        ...

    def follow_up(self, reference: str, path: str) -> None:
        """The day came on which staff wanted to look again; ``path`` is where, below ``/desk/``."""
        ...
