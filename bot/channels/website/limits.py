"""How much one conversation, and one address, may ask. Wide for addresses: a whole school stands behind one."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from starlette.requests import Request

from bot.core.errors import HelpdeskError

MAX_KEYS = 50_000
SEEN_PER_MINUTE = 120
"""Reports of what stood on the screen, per conversation: a chat tells twice a second at most, and rests while nobody scrolls."""


class TooMany(HelpdeskError):
    """Asked too often; ``retry_after_s`` says when it works again."""

    code = "too_many_requests"
    status = 429

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Window:
    """At most ``limit`` events per key in ``seconds`` (sliding). Kept in memory: a restart forgets, which is harmless."""

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._seconds, self._clock = limit, seconds, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, key: str) -> None:
        """Counts one event. Raises `TooMany` if it is one too many; that one is not counted."""
        now = self._clock()
        times = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._limit:
            wait = max(1, int(times[0] + self._seconds - now) + 1)
            raise TooMany(f"Dat ging erg snel. Wacht {wait} seconden en probeer het dan opnieuw.", wait)
        times.append(now)
        while len(self._seen) > MAX_KEYS:
            self._seen.popitem(last=False)


class Limits:
    """The limits of the website's API."""

    def __init__(
        self, messages: int, conversations: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._messages = Window(messages, 60, clock)
        self._conversations = Window(conversations, 60, clock)
        self._seen = Window(SEEN_PER_MINUTE, 60, clock)

    def new_conversation(self, request: Request) -> None:
        """Counts a new conversation of the caller's address. Raises `TooMany`."""
        self._conversations.check(request.client.host if request.client else "-")

    def message(self, conversation_id: str) -> None:
        """Counts a message in a conversation. Raises `TooMany`."""
        self._messages.check(conversation_id)

    def seen(self, conversation_id: str) -> None:
        """Counts a report of what was seen in a conversation. Raises `TooMany`."""
        self._seen.check(conversation_id)
