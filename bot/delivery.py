"""Keeps how far messages got. Every channel calls this with what it truly knows; see `bot.core.delivery`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.delivery import Delivery
from bot.helpdesk import Tools


def record_delivery(tools: Tools, conversation_id: str, message_ids: Sequence[int], state: Delivery) -> int:
    """Keeps that these messages of bot and staff reached ``state``; gives of how many that is news.

    Ids of another conversation, of a student's message or of none are passed over, and so is a report that came before.
    """
    with tools.look() as uow:
        # Most reports are no news (a page that was loaded again): those cost no write.
        if not uow.deliveries.missing(conversation_id, message_ids, state):
            return 0
    with tools.begin() as uow:
        # Held until the end: otherwise somebody may erase it in between, and there is nothing left to note it at.
        if uow.conversations.get(conversation_id, lock=True) is None:
            return 0
        fresh = uow.deliveries.missing(conversation_id, message_ids, state)
        uow.deliveries.add(fresh, state, tools.now())
        uow.commit()
    if fresh:
        tools.announce(conversation_id)
    return len(fresh)
