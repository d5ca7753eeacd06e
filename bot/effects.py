"""What the assistant's effects leave behind besides words: feedback of students and counts, in the answer's transaction."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core.messages import Effect, Message
from bot.storage.unit_of_work import UnitOfWork

HERE = ZoneInfo("Europe/Amsterdam")

RIGHT_AWAY, AFTER_QUESTION = "answered", "answered_after_question"
QUESTIONS = (RIGHT_AWAY, AFTER_QUESTION, "no_answer")
"""Outcomes that name the topic which was asked about."""


def keep_effect(uow: UnitOfWork, message: Message, effect: Effect) -> None:
    """Stores what an effect says for the pages Kennis and Cijfers; to be given to `bot.helpdesk.Tools.on_effect`.

    ``message`` is what the student sent. An answer to a button under "Bedoel je …?" counts as one after a question back.
    """
    if effect.name == "feedback" and effect.data.get("topic"):
        uow.answers.add_feedback(
            message.id,
            str(effect.data["topic"]),
            str(effect.data.get("version") or ""),
            helpful=bool(effect.data.get("helpful")),
            at=message.at,
        )
    elif effect.name == "understood" and effect.data.get("outcome"):
        outcome = str(effect.data["outcome"])
        if outcome == RIGHT_AWAY and (message.payload or "").startswith("/vraag"):
            outcome = AFTER_QUESTION
        topics = effect.data.get("topics") or []
        topic = str(topics[0]) if topics and outcome != "clarified" else ""
        conversation = uow.conversations.get(message.conversation_id)
        channel = conversation.channel if conversation else ""
        uow.numbers.count_turn(message.at.astimezone(HERE).date(), channel, topic, outcome)
