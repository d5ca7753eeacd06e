"""The use cases of the staff's side: take over, reply, hand back, close, and a case's state. Each in one transaction."""

from __future__ import annotations

from datetime import datetime

from bot.core.cases import Case, CaseStatus, check_move
from bot.core.conversation import Conversation, HandOverReason, State, Step, next_state
from bot.core.errors import BadInput, Conflict, NotFound
from bot.core.messages import Author, Draft, clean_text
from bot.effects import count_closed
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


def _not_of_a_colleague(uow: UnitOfWork, conversation: Conversation, staff: StaffMember) -> None:
    """Raises `Conflict` with the name of who has the conversation, if that is not ``staff``."""
    if conversation.state is State.HUMAN and conversation.assignee_id != staff.id:
        holder = uow.staff.get(conversation.assignee_id or 0)
        raise Conflict(
            f"{holder.name if holder else 'Een collega'} heeft dit gesprek nu. Er is niets veranderd."
        )


def _nothing_new(uow: UnitOfWork, conversation_id: str, seen: int | None) -> None:
    """Raises `Conflict` if the student wrote after message ``seen``, the last one that staff had on the screen."""
    if seen is not None and uow.messages.last_of_student(conversation_id) > seen:
        raise Conflict(
            "De student schreef net nog iets. Lees dat eerst. Er is niets veranderd en niets kwijt; "
            "daarna kun je het nog een keer doen."
        )


def take_over(tools: Tools, conversation_id: str, staff: StaffMember) -> Conversation:
    """``staff`` takes the conversation; the bot falls silent. Raises `Conflict` if a colleague was first.

    Taking what one already has changes nothing.
    """
    now = tools.now()
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        if conversation.state is State.HUMAN and conversation.assignee_id == staff.id:
            return conversation
        _not_of_a_colleague(uow, conversation, staff)
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
        if conversation.state is State.QUEUE and conversation.queued_at:
            waited = int((now - conversation.queued_at).total_seconds())
            reason = (conversation.reason or HandOverReason.ASKED).value
            uow.numbers.add_wait(conversation.queued_at, waited, reason)
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
        _not_of_a_colleague(uow, conversation, staff)
        if conversation.state is not State.HUMAN:
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


def hand_back(
    tools: Tools,
    conversation_id: str,
    staff: StaffMember | None,
    *,
    seen: int | None = None,
    silent_since: datetime | None = None,
) -> Conversation:
    """Returns the conversation to the bot.

    ``staff`` is ``None`` when a timer does it; then ``silent_since`` guards against anything that happened after the timer
    looked. ``seen`` is the last message that staff had on the screen. Raises `Conflict` and changes nothing if a colleague
    has the conversation, the student wrote after ``seen``, or it was not silent after all.
    """
    now = tools.now()
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        if silent_since is not None and conversation.updated_at >= silent_since:
            raise Conflict("In dit gesprek gebeurde net nog iets.")
        if staff is not None:
            _not_of_a_colleague(uow, conversation, staff)
            _nothing_new(uow, conversation_id, seen)
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
            _system(
                "Je praat weer met de chatbot van JOB. Wil je toch weer iemand van JOB? Typ dan **mens**."
            ),
        )
        uow.commit()
    tools.announce(conversation_id)
    return changed


def close(
    tools: Tools, conversation_id: str, staff: StaffMember, reason: str, *, seen: int | None = None
) -> Conversation:
    """Ends the conversation with a reason for colleagues; the student's next message starts again with the bot.

    ``seen`` is the last message that staff had on the screen. Raises `Conflict` and changes nothing if a colleague has the
    conversation or the student wrote after ``seen``.
    """
    reason = reason.strip()
    if not reason:
        raise BadInput("close_reason", "Kies of typ een reden om te sluiten.")
    now = tools.now()
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        _not_of_a_colleague(uow, conversation, staff)
        _nothing_new(uow, conversation_id, seen)
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
        count_closed(uow, conversation, reason, now)
        uow.messages.pending_to_human(conversation_id)
        uow.messages.add(
            conversation_id,
            now,
            _system(
                "Dit gesprek is afgesloten. Heb je nog een vraag? Typ hem gerust, dan helpt de chatbot je weer."
            ),
        )
        uow.commit()
    tools.announce(conversation_id)
    return changed


def reopen(tools: Tools, conversation_id: str, staff: StaffMember) -> Conversation:
    """``staff`` takes a closed conversation up again. Raises `Conflict` if it is not closed."""
    now = tools.now()
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        changed = uow.conversations.change(
            conversation,
            now,
            state=next_state(conversation.state, Step.REOPEN),
            assignee_id=staff.id,
            reason=HandOverReason.STAFF,
            closed_at=None,
            close_reason=None,
            unread=False,
        )
        uow.messages.add(
            conversation_id,
            now,
            _system(f"{staff.name} van JOB heeft dit gesprek weer geopend en praat verder met je."),
        )
        uow.commit()
    tools.announce(conversation_id)
    return changed


def assign(tools: Tools, conversation_id: str, staff: StaffMember, to_id: int) -> Conversation:
    """``staff`` gives the conversation to a colleague (or takes it from one who is away).

    Raises `BadInput` if there is no such colleague, `Conflict` if the conversation is not with a human or waiting for one.
    """
    now = tools.now()
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        colleague = uow.staff.get(to_id)
        if colleague is None or colleague.disabled:
            raise BadInput("assignee", "Kies een collega uit de lijst.")
        if conversation.state is State.HUMAN and conversation.assignee_id == to_id:
            return conversation
        if conversation.state not in (State.HUMAN, State.QUEUE):
            raise Conflict("Dit gesprek is bij de chatbot of gesloten. Neem het eerst over.")
        changed = uow.conversations.change(
            conversation, now, state=State.HUMAN, assignee_id=to_id, unread=to_id != staff.id
        )
        uow.messages.add(conversation_id, now, _system(f"{colleague.name} van JOB praat verder met je."))
        uow.commit()
    tools.announce(conversation_id)
    return changed


def mark_read(tools: Tools, conversation_id: str, staff: StaffMember) -> None:
    """Takes the unread mark off, if ``staff`` is the one who has the conversation."""
    with tools.begin() as uow:
        conversation = _get(uow, conversation_id)
        if not conversation.unread or conversation.assignee_id != staff.id:
            return
        uow.conversations.mark_read(conversation_id)
        uow.commit()
    tools.announce(conversation_id)


def move_case(tools: Tools, case_id: int, staff: StaffMember, to: CaseStatus, version: int) -> Case:
    """Gives a case another state, as seen at ``version``; who takes up a case becomes its owner.

    Raises `NotFound`, or `Conflict` if a colleague changed it meanwhile, it was joined with another, or the step is not allowed.
    """
    now = tools.now()
    with tools.begin() as uow:
        case = uow.cases.get(case_id)
        if case is None:
            raise NotFound("Deze zaak bestaat niet (meer).")
        if case.version != version:
            raise Conflict("Een collega heeft deze zaak net veranderd. Hieronder staat hoe hij nu is.")
        if case.merged_into:
            raise Conflict(f"Deze zaak is samengevoegd met {case.merged_into}. Verander de stand daar.")
        if case.status is to:
            return case
        check_move(case.status, to)
        owner_id = case.owner_id
        if owner_id is None and to is CaseStatus.IN_PROGRESS:
            owner_id = staff.id
        changed = uow.cases.change(case, now, status=to, owner_id=owner_id)
        uow.cases.add_event(case_id, now, "status", staff.id, {"from": case.status.value, "to": to.value})
        uow.commit()
    tools.announce(case.conversation_id or "")
    return changed
