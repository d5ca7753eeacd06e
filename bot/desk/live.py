"""Says that something changed; the page then asks for the part it shows. No content travels over the stream."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import anyio
from anyio import to_thread
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.desk.accounts import session_of
from bot.desk.guard import COOKIE, Ask, Guard
from bot.live import INBOX

RECHECK_S = 5.0
"""How late a change by another process shows at most."""
LOOKS_S = 10.0
"""How often an open page says that somebody looks at it; see `bot.storage.work.PRESENT`."""


class Live:
    """The event stream of the desk: ``inbox`` (lists and counts), ``conversation`` (the open one), ``expired``."""

    def __init__(self, made: Services) -> None:
        self._made = made

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [guard.stream("/events", self.events)]

    async def events(self, ask: Ask) -> Response:
        """``GET /events?conversation=ID``."""
        cookie = ask.request.cookies.get(COOKIE, "")
        return EventSourceResponse(
            self.stream(cookie, ask.query("conversation")), ping=15, headers={"Cache-Control": "no-store"}
        )

    def _marks(self, cookie: str, conversation_id: str, look: bool) -> tuple[str, str] | None:
        """Something that is different after each change: of all conversations, and of the open one."""
        session = session_of(self._made.tools, cookie)
        if session is None:
            return None
        now = self._made.tools.now()
        if conversation_id and look:
            with self._made.tools.begin() as uow:
                uow.work.look(conversation_id, session.staff.id, now)
                uow.commit()
        with self._made.tools.look() as uow:
            everything = uow.desk.mark_of_all()
            one = uow.desk.mark_of(conversation_id, now) if conversation_id else ""
        return everything, one

    def _leave(self, cookie: str, conversation_id: str) -> None:
        session = session_of(self._made.tools, cookie)
        if session is not None:
            with self._made.tools.begin() as uow:
                uow.work.leave(conversation_id, session.staff.id)
                uow.commit()
            self._made.tools.announce(conversation_id)

    async def stream(self, cookie: str, conversation_id: str) -> AsyncGenerator[ServerSentEvent, None]:
        """Events until the login ends. The first look is silent, except that it tells a reconnected page to look again."""
        try:
            async with aclosing(self._watch(cookie, conversation_id)) as events:
                async for event in events:
                    yield event
        finally:
            if conversation_id:
                # Shielded: this runs while the request is being cancelled.
                with anyio.CancelScope(shield=True):
                    await to_thread.run_sync(self._leave, cookie, conversation_id)

    async def _watch(self, cookie: str, conversation_id: str) -> AsyncGenerator[ServerSentEvent, None]:
        async with self._made.hub.watch(INBOX) as watch:
            told: tuple[str, str] | None = None
            looked = float("-inf")
            while True:
                look = anyio.current_time() - looked >= LOOKS_S
                if look:
                    looked = anyio.current_time()
                marks = await to_thread.run_sync(self._marks, cookie, conversation_id, look)
                if marks is None:
                    yield ServerSentEvent("{}", event="expired")
                    return
                if told is None or marks[0] != told[0]:
                    yield ServerSentEvent("{}", event="inbox")
                if conversation_id and (told is None or marks[1] != told[1]):
                    yield ServerSentEvent("{}", event="conversation")
                told = marks
                await watch.wait(RECHECK_S)
