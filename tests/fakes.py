"""Stand-ins of a few lines that remember what they got. No mock library."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta, timezone

from bot.core.errors import AssistantUnavailable
from bot.core.messages import Draft
from bot.core.ports import Turn

START = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **kwargs: float) -> None:
        self.now += timedelta(**kwargs)


class FakeNotifier:
    """Remembers who waits, and what is due."""

    def __init__(self) -> None:
        self.due: list[tuple[str, str]] = []
        self.told: list[tuple[str, str, bool]] = []

    def waiting(self, conversation_id: str, reason: str, urgent: bool) -> None:
        self.told.append((conversation_id, reason, urgent))

    def follow_up(self, reference: str, path: str) -> None:
        self.due.append((reference, path))


class FakeAssistant:
    """Answers with what it was given, in order; an exception is raised. Without any it echoes."""

    def __init__(self, *turns: Turn | Exception) -> None:
        self.turns = deque(turns)
        self.asked: list[tuple[str, str, bool]] = []
        self.sessions: list[str] = []

    async def answer(
        self, conversation_id: str, text: str, message_id: str, *, channel: str, again: bool = False
    ) -> Turn:
        self.asked.append((text, message_id, again))
        turn = self.turns.popleft() if self.turns else Turn([Draft(f"echo: {text}")])
        if isinstance(turn, Exception):
            raise turn
        return turn

    async def new_session(self, conversation_id: str) -> None:
        self.sessions.append(conversation_id)

    async def ready(self) -> bool:
        return True

    async def close(self) -> None:
        pass


def unavailable() -> AssistantUnavailable:
    return AssistantUnavailable("weg")
