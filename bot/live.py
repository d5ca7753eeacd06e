"""Wakes those who watch a conversation or the inbox. Carries no content: who is woken reads the database.

One process needs nothing else. What another process wrote is seen at the next look, at most `RECHECK_S` later.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import move_on_after

INBOX = "inbox"
"""The key under which any change of any conversation is announced."""
RECHECK_S = 5.0


class Watch:
    """One watcher. `wait` returns true when something was announced, false after ``seconds``."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.typing: str | None = None

    def wake(self) -> None:
        """Makes `wait` return."""
        self._event.set()

    async def wait(self, seconds: float = RECHECK_S) -> bool:
        """Waits for the next announcement; those that came since the last wait count."""
        with move_on_after(seconds) as scope:
            await self._event.wait()
        self._event.clear()
        return not scope.cancelled_caught


class Hub:
    """Who watches what. `announce` may be called from any thread."""

    def __init__(self) -> None:
        self._watches: defaultdict[str, set[Watch]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Names the loop in which watchers live; before that, announcements reach nobody."""
        self._loop = loop

    def announce(self, conversation_id: str) -> None:
        """Something in a conversation changed."""
        self._call(self._wake, conversation_id, None)

    def typing(self, conversation_id: str, author: str) -> None:
        """``author`` (``bot`` or ``human``) is writing; passed on, never stored."""
        self._call(self._wake, conversation_id, author)

    def _call(self, function: object, *args: object) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *args)  # type: ignore[arg-type]

    def _wake(self, conversation_id: str, typing: str | None) -> None:
        for watch in self._watches.get(conversation_id, ()):
            if typing:
                watch.typing = typing
            watch.wake()
        if typing is None:
            for watch in self._watches.get(INBOX, ()):
                watch.wake()

    @asynccontextmanager
    async def watch(self, key: str) -> AsyncIterator[Watch]:
        """Watches a conversation (its id) or everything (`INBOX`)."""
        watch = Watch()
        self._watches[key].add(watch)
        try:
            yield watch
        finally:
            self._watches[key].discard(watch)
            if not self._watches[key]:
                del self._watches[key]

    def watchers(self) -> int:
        """How many watch now (a metric)."""
        return sum(len(watches) for watches in self._watches.values())
