"""Brings waiting messages to the assistant, in order per conversation, and its answers back.

The queue is the database: a crash of any process loses nothing, and the message is tried again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog
from anyio import move_on_after, to_thread

from bot.assistant import RasaAssistant, escape
from bot.core.errors import AssistantUnavailable
from bot.core.messages import Message
from bot.helpdesk import SESSION_TURNS, Tools, claim, record_turn, tell_delay

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
"""For how long one attempt keeps a message; longer than the timeout of a call to Rasa."""
DELAY_TOLD_AFTER = timedelta(seconds=6)
MAX_PAUSE_S = 8.0
LOOK_EVERY_S = 0.5
AT_ONCE = 8


def pause_after(attempts: int) -> timedelta:
    """How long to wait before the next attempt: 0.5 s, 1 s, 2 s, ... at most `MAX_PAUSE_S`."""
    return timedelta(seconds=min(0.5 * 2 ** max(attempts - 1, 0), MAX_PAUSE_S))


class TurnRunner:
    """One per web process. `run` until cancelled; `wake` when a message was saved."""

    def __init__(
        self,
        tools: Tools,
        assistant: RasaAssistant,
        typing: Callable[[str, str], None] = lambda conversation_id, author: None,
        erase_in_rasa: Callable[[str], None] = lambda conversation_id: None,
    ) -> None:
        self._tools = tools
        self._assistant = assistant
        self._typing = typing
        self._erase_in_rasa = erase_in_rasa
        self._wake = asyncio.Event()
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)

    def wake(self) -> None:
        """A message may be waiting: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Handles what waits, for ever."""
        while True:
            try:
                await self.look()
            except Exception:  # The database may be away for a while; the messages are in it.
                log.exception("turns_look_failed")
            # Not asyncio.wait_for: on Python 3.10 it can swallow the cancellation that ends us.
            with move_on_after(LOOK_EVERY_S):
                await self._wake.wait()
            self._wake.clear()

    async def look(self) -> None:
        """Starts a task for each message that is due."""
        due = await to_thread.run_sync(self._due)
        for message in due:
            if message.conversation_id not in self._busy:
                self._busy.add(message.conversation_id)
                task = asyncio.create_task(self._guarded(message))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    def _due(self) -> list[Message]:
        with self._tools.look() as uow:
            return uow.messages.due(self._tools.now())

    async def _guarded(self, message: Message) -> None:
        try:
            async with self._slots:
                await self.handle(message)
        except Exception:
            log.exception("turn_failed", message_id=message.id)
        finally:
            self._busy.discard(message.conversation_id)
            self._wake.set()

    async def handle(self, message: Message) -> None:
        """One attempt at one message."""
        if not await to_thread.run_sync(claim, self._tools, message, LEASE):
            return
        self._typing(message.conversation_id, "bot")
        slow = asyncio.create_task(self._tell_delay_later(message))
        try:
            channel = await self._prepare(message)
            turn = await self._assistant.answer(
                message.conversation_id,
                message.payload or escape(message.text),
                str(message.id),
                channel=channel,
                again=message.attempts > 0,
            )
        except AssistantUnavailable as error:
            log.warning(
                "assistant_unavailable",
                message_id=message.id,
                attempts=message.attempts + 1,
                why=error.message,
            )
            await to_thread.run_sync(self._later, message)
            return
        finally:
            slow.cancel()
        await to_thread.run_sync(record_turn, self._tools, message, turn)
        if any(effect.name == "erase" for effect in turn.effects):
            await to_thread.run_sync(self._erase_in_rasa, message.conversation_id)

    async def _prepare(self, message: Message) -> str:
        """Begins a new session with the assistant where that is due; gives the channel of the conversation."""

        def read() -> tuple[str, int, bool]:
            with self._tools.look() as uow:
                conversation = uow.conversations.get(message.conversation_id)
                turns, form_open = uow.conversations.session_turns(message.conversation_id)
                return conversation.channel if conversation else "website", turns, form_open

        def reset() -> None:
            with self._tools.begin() as uow:
                uow.conversations.set_session(message.conversation_id, 0, False)
                uow.commit()

        channel, turns, form_open = await to_thread.run_sync(read)
        # Not in the middle of a form, and not on a second attempt, which looks for its turn in the old session.
        if turns >= SESSION_TURNS and not form_open and message.attempts == 0:
            await self._assistant.new_session(message.conversation_id)
            await to_thread.run_sync(reset)
        return channel

    def _later(self, message: Message) -> None:
        now = self._tools.now()
        with self._tools.begin() as uow:
            uow.messages.retry_at(message.id, now + pause_after(message.attempts + 1))
            uow.commit()
        if now - message.at >= DELAY_TOLD_AFTER:
            tell_delay(self._tools, message)

    async def _tell_delay_later(self, message: Message) -> None:
        waited = self._tools.now() - message.at
        await asyncio.sleep(max((DELAY_TOLD_AFTER - waited).total_seconds(), 0.0))
        await to_thread.run_sync(tell_delay, self._tools, message)
