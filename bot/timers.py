"""What happens by itself after a while. The times stand in the database, so a restart loses none."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from anyio import to_thread

from bot.core.errors import HelpdeskError
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


async def run_timers(tools: Tools, settings: Settings) -> None:
    """Looks at the timers for ever."""
    silence = timedelta(hours=settings.human_silence_hours)
    while True:
        try:
            await to_thread.run_sync(return_silent, tools, silence)
        except Exception:  # The database may be away for a while; the next look is soon.
            log.exception("timers_failed")
        await asyncio.sleep(LOOK_EVERY_S)
