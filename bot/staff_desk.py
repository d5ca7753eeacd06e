"""The use cases of the staff's side: take over, reply, hand back, close. Each in one transaction."""

from __future__ import annotations

from bot.core.conversation import Conversation, HandOverReason, State, Step, next_state
from bot.core.errors import BadInput, Conflict, NotFound
from bot.core.messages import Author, Draft, clean_text
from bot.helpdesk import Tools
from bot.storage.staff import StaffMember
from bot.storage.unit_of_work import UnitOfWork


def _get(uow: UnitOfWork, conversation_id: str) -> Conversation:
    conversation = uow.conversations.get(conversation_id, lock=True)
    if conversation is None:
        raise NotFound("Dit gesprek bestaat niet (meer). Misschien is het gewist.")
    return conversation


def _system(text: str) -> Draft:
    return Draft(text, author=Author.SYSTEM)


def take_over(tools: Tools, conversation_id: str, staff: StaffMember) -> Conversation:
    """``staff`` takes the conversation; the bot falls silent. Raises `Conflict` if a colleague was first.

    Taking what one already has changes nothing.
    """
    now = tools.now()
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        if conversation.state is State.HUMAN and conversation.assignee_id == staff.id:
            return conversation
        changed = uow.conversations.change(
            conversation,
            now,
            state=next_state(conversation.state, Step.TAKE_OVER),
            assignee_id=staff.id,
            reason=conversation.reason or HandOverReason.STAFF,
            unread=False,
        )
        # What the bot had not answered yet is for the human.
        uow.messages.pending_to_human(conversation_id)
        uow.messages.add(
            conversation_id,
            now,
            _system(f"{staff.name} van JOB leest nu mee en praat verder met je. De chatbot is even stil."),
        )
        uow.commit()
    tools.announce(conversation_id)
    return changed


def reply(tools: Tools, conversation_id: str, staff: StaffMember, text: str, client_message_id: str) -> int:
    """Says ``text`` to the student; gives the message's id. The same ``client_message_id`` again says nothing twice.

    Raises `Conflict` unless ``staff`` has the conversation.
    """
    words = clean_text(text)
    now = tools.now()
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        known = uow.messages.by_channel_id(conversation_id, f"desk:{client_message_id}")
        if known is not None:
            return known.id
        if conversation.state is not State.HUMAN or conversation.assignee_id != staff.id:
            raise Conflict("Neem het gesprek eerst over. Je antwoord is nog niet verstuurd.")
        message_id = uow.messages.add(
            conversation_id,
            now,
            Draft(words, author=Author.HUMAN, name=staff.name, staff_id=staff.id),
            channel_message_id=f"desk:{client_message_id}",
        )
        uow.conversations.change(conversation, now, unread=False)
        uow.commit()
    tools.announce(conversation_id)
    return message_id


def hand_back(tools: Tools, conversation_id: str, staff: StaffMember | None) -> Conversation:
    """Returns the conversation to the bot; ``staff`` is ``None`` when a timer does it."""
    now = tools.now()
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        step = Step.HAND_BACK if staff else Step.TIME_OUT
        changed = uow.conversations.change(
            conversation,
            now,
            state=next_state(conversation.state, step),
            assignee_id=None,
            urgent=False,
            reason=None,
            queued_at=None,
            unread=False,
        )
        uow.messages.add(
            conversation_id,
            now,
            _system("Je praat weer met de chatbot van JOB. Wil je toch weer een mens? Typ dan **mens**."),
        )
        uow.commit()
    tools.announce(conversation_id)
    return changed


def close(tools: Tools, conversation_id: str, staff: StaffMember, reason: str) -> Conversation:
    """Ends the conversation with a reason for colleagues; the student's next message starts again with the bot.

    A message that the student sent a moment before is kept and stays visible on the desk.
    """
    reason = reason.strip()
    if not reason:
        raise BadInput("close_reason", "Kies of typ een reden om te sluiten.")
    now = tools.now()
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        changed = uow.conversations.change(
            conversation,
            now,
            state=next_state(conversation.state, Step.CLOSE),
            assignee_id=None,
            urgent=False,
            closed_at=now,
            close_reason=reason[:200],
            unread=False,
        )
        uow.messages.pending_to_human(conversation_id)
        uow.messages.add(
            conversation_id,
            now,
            _system("Dit gesprek is afgesloten. Heb je nog een vraag? Typ hem gerust, dan helpt de chatbot je weer."),
        )
        uow.commit()
    tools.announce(conversation_id)
    return changed
