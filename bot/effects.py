"""What is left behind besides words: feedback of students and counts, in the transaction of what they are about.

Counts outlive the messages and cases they were made of, so that a year can be reported after these are erased.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.cases import CaseDraft
from bot.core.conversation import CLOSE_REASONS, Conversation
from bot.core.messages import Effect, Message
from bot.storage.unit_of_work import UnitOfWork

HERE = ZoneInfo("Europe/Amsterdam")

RIGHT_AWAY, AFTER_QUESTION = "answered", "answered_after_question"
QUESTIONS = (RIGHT_AWAY, AFTER_QUESTION, "no_answer")
"""Outcomes that name the topic which was asked about."""
CONTACT, CRISIS, CASE, CASE_SCHOOL, CLOSED = "contact", "crisis", "case", "case_school", "closed"
"""What is counted besides turns. The name of a school or of a reason to close stands where a turn has its topic."""
NEW_CONTACT = timedelta(hours=24)
"""After so much silence a student who writes again is counted as a new contact."""
NO_SCHOOL, OTHER_REASON = "geen school genoemd, of niet op de lijst", "andere reden"


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
        uow.numbers.count_turn(_day(message.at), channel, topic, outcome)


def count_contact(uow: UnitOfWork, conversation: Conversation, now: datetime) -> None:
    """Counts a contact if this student begins to write; ``conversation`` is as it was before the message."""
    last = conversation.last_student_at
    if last is None or now - last >= NEW_CONTACT:
        uow.numbers.count_turn(_day(now), conversation.channel, "", CONTACT)


def count_crisis(uow: UnitOfWork, conversation: Conversation, now: datetime) -> None:
    """Counts a conversation that becomes urgent; once, as long as it stays so."""
    if not conversation.urgent:
        uow.numbers.count_turn(_day(now), conversation.channel, "", CRISIS)


def count_case(uow: UnitOfWork, draft: CaseDraft, now: datetime, *, school_listed: bool) -> None:
    """Counts a case by subject and by school. A school that is not of the list may say who somebody is: it has no name here.

    Schools are counted per month, not per day, so that no count points at one student.
    """
    uow.numbers.count_turn(_day(now), draft.channel, draft.topic or "", CASE)
    school = (draft.school or "")[:60] if school_listed else ""
    uow.numbers.count_turn(_day(now).replace(day=1), "", school or NO_SCHOOL, CASE_SCHOOL)


def count_closed(uow: UnitOfWork, conversation: Conversation, reason: str, now: datetime) -> None:
    """Counts a conversation that staff closed. Of what they typed themselves only is kept that it was something else."""
    known = reason if reason in CLOSE_REASONS else OTHER_REASON
    uow.numbers.count_turn(_day(now), conversation.channel, known, CLOSED)


def _day(now: datetime) -> date:
    return now.astimezone(HERE).date()
