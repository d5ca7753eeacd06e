"""What happens by itself after a while. The times stand in the database, so a restart loses none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog
from anyio import to_thread

from bot.core.conversation import State
from bot.core.errors import HelpdeskError
from bot.core.messages import Author, Draft
from bot.follow_ups import tell_follow_ups
from bot.helpdesk import Tools
from bot.settings import Settings
from bot.staff_desk import hand_back

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 30.0


def return_silent(tools: Tools, silence: timedelta) -> int:
    """Returns conversations that a human has, but in which nobody said anything for ``silence``, to the bot.

    Gives how many. The student gets a message; a human who writes meanwhile keeps the conversation.
    """
    before = tools.now() - silence
    with tools.look() as uow:
        silent = uow.conversations.silent_with_human(before)
    done = 0
    for conversation in silent:
        try:
            hand_back(tools, conversation.id, None, silent_since=before)
        except HelpdeskError:
            continue
        done += 1
    return done


LATE = (
    "Er heeft nog niemand van JOB gereageerd. Sorry, dat duurt langer dan we willen. We hebben de mensen van JOB er nog een keer op "
    "gewezen. Je bericht blijft staan. Je hoeft niets te doen."
)


def say_late(tools: Tools, promise: timedelta, someone_is_there: bool) -> int:
    """Reminds staff, and tells the student honestly, that nobody answered within ``promise``; once for each time of waiting.

    Gives how many. Does nothing while nobody is expected to be there: the student was told when somebody is.
    """
    if not someone_is_there:
        return 0
    now = tools.now()
    with tools.look() as uow:
        late = [c for c in uow.conversations.inbox("waiting") if c.queued_at and now - c.queued_at >= promise]
    told = 0
    for each in late:
        assert each.queued_at is not None
        key = f"late:{each.queued_at.isoformat()}"
        with tools.begin() as uow:
            fresh = uow.conversations.get(each.id, lock=True)
            if fresh is None or fresh.state is not State.QUEUE or uow.messages.by_channel_id(each.id, key):
                continue
            # The key is unique in its conversation, so two processes tell it once.
            uow.messages.add(each.id, now, Draft(LATE, author=Author.SYSTEM), channel_message_id=key)
            uow.commit()
        tools.announce(each.id)
        tools.notifier.waiting(each.id, "late", each.urgent)
        told += 1
    return told


async def run_timers(tools: Tools, settings: Settings, someone_is_there: Callable[[], bool]) -> None:
    """Looks at the timers for ever. ``someone_is_there``: whether it is office hours now."""
    silence = timedelta(hours=settings.human_silence_hours)
    promise = timedelta(minutes=settings.answer_within_minutes)
    while True:
        try:
            await to_thread.run_sync(return_silent, tools, silence)
            await to_thread.run_sync(say_late, tools, promise, someone_is_there())
            await to_thread.run_sync(tell_follow_ups, tools)
        except Exception:  # The database may be away for a while; the next look is soon.
            log.exception("timers_failed")
        await asyncio.sleep(LOOK_EVERY_S)
