"""The use cases of the student's side: what may happen to a conversation, each in one transaction.

The staff's side is in `bot.staff_desk`. Functions take the `Tools` they need and raise `bot.core.errors`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.core.cases import Case, CaseDraft
from bot.core.conversation import Conversation, HandOverReason, State, Step, bot_may_speak, next_state
from bot.core.errors import BadInput, NotFound
from bot.core.handover import adds_something, refusal
from bot.core.messages import Author, Draft, Effect, Handling, Message, clean_message_id, clean_text
from bot.core.ports import Clock, Notifier, Turn
from bot.core.privacy import mask_bsn
from bot.effects import count_case, count_contact, count_crisis
from bot.storage.unit_of_work import UnitOfWork

GREETING = (
    "Hoi! Ik ben de **chatbot** van JOB, dus een computer en geen mens. Ik geef uitleg over je rechten, je stage en je "
    "studentenraad op het mbo. Dat is informatie, geen juridisch advies.\n\n"
    "Typ je vraag. Wil je liever iemand van JOB, een bestuurslid? Typ dan **mens**. Deel geen wachtwoorden of je "
    "burgerservicenummer."
)
"""The first message on every channel: it says that this is a bot (AI Act, article 50)."""

STOPS_WAITING = frozenset({"/deny", "/report_case"})
"""Buttons with which a student who waits for a human goes back to the bot: "Toch niet", "Zaak achterlaten"."""

ADDED = "Dat staat erbij. Iemand van JOB leest het straks mee."
"""What a student who waits hears once after telling more."""

SESSION_TURNS = 40
"""Turns after which the assistant gets a new session: Rasa rebuilds a conversation from all its events at each turn."""


@dataclass(frozen=True)
class Tools:
    """What use cases need of the outside. Made by `bot.bootstrap`; a test makes its own."""

    begin: Callable[[], UnitOfWork]
    look: Callable[[], UnitOfWork]
    """A unit of work that only reads."""
    now: Clock
    announce: Callable[[str], None]
    notifier: Notifier
    is_crisis: Callable[[str], bool]
    crisis_help: Callable[[], Draft]
    on_effect: Callable[[UnitOfWork, Message, Effect], None] = field(
        default=lambda uow, message, effect: None
    )
    """What else effects lead to (feedback, review); part of the transaction that saves the answer."""


def hash_token(token: str) -> str:
    """What we store of a bearer token. The token itself is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_conversation(tools: Tools, channel: str, address: str | None = None) -> tuple[str, str]:
    """Begins a conversation with the greeting; gives its id and the bearer token that opens it.

    Both are unguessable: Rasa trusts whoever names a conversation.
    """
    conversation_id, token, now = secrets.token_hex(16), secrets.token_urlsafe(32), tools.now()
    with tools.begin() as uow:
        uow.conversations.add(
            Conversation(conversation_id, channel, State.BOT, now, now), hash_token(token), address
        )
        uow.messages.add(conversation_id, now, Draft(GREETING))
        uow.commit()
    tools.announce(conversation_id)
    return conversation_id, token


def conversation_of_token(tools: Tools, token: str) -> Conversation | None:
    """The conversation that a bearer token opens, if it still exists."""
    with tools.look() as uow:
        return uow.conversations.by_token_hash(hash_token(token))


def receive(
    tools: Tools,
    conversation_id: str,
    channel_message_id: object,
    text: object = None,
    payload: object = None,
) -> int:
    """Saves what a student sent, before anything else happens to it; gives the message's id.

    The same ``channel_message_id`` again gives the same id and changes nothing. Exactly one of ``text`` and
    ``payload`` (a button that was offered) is given. Raises `BadInput` or `NotFound`, and then nothing is saved.
    """
    message_key = clean_message_id(channel_message_id)
    if (text is None) == (payload is None):
        raise BadInput("text_or_payload", "Stuur 'text' of 'payload', niet allebei en niet geen van beide.")
    words = None if text is None else mask_bsn(clean_text(text))
    try:
        return _save(tools, conversation_id, message_key, words, payload)
    except IntegrityError:
        # Two copies arrived at the same moment on a database that lets both begin; the first one won.
        with tools.look() as uow:
            known = uow.messages.by_channel_id(conversation_id, message_key)
        if known is None:
            raise
        return known.id


def _save(tools: Tools, conversation_id: str, key: str, words: str | None, payload: object) -> int:
    now = tools.now()
    alert: HandOverReason | None = None
    with tools.begin() as uow:
        conversation = uow.conversations.get(conversation_id, lock=True)
        if conversation is None:
            raise NotFound("Dit gesprek bestaat niet meer. Begin een nieuw gesprek.")
        known = uow.messages.by_channel_id(conversation_id, key)
        if known is not None:
            return known.id
        if words is None:
            words, payload = _offered(uow, conversation_id, payload)
        elif conversation.state is State.QUEUE and not conversation.urgent:
            # Typed instead of pressed. Who may be in danger is not let go by "laat maar".
            payload = refusal(words)
        stops_waiting = conversation.state is State.QUEUE and payload in STOPS_WAITING
        state = next_state(conversation.state, Step.HAND_BACK if stops_waiting else Step.STUDENT_WRITES)
        handling = Handling.PENDING if bot_may_speak(state) else Handling.FOR_HUMAN
        message_id = uow.messages.add_student(
            conversation_id, now, words, key, handling, payload if isinstance(payload, str) else None
        )
        changes: dict[str, Any] = {"state": state, "last_student_at": now, "unread": True}
        if state is State.BOT:
            changes |= {"closed_at": None, "urgent": False, "reason": None, "queued_at": None}
        if handling is Handling.FOR_HUMAN and tools.is_crisis(words):
            # The assistant is silent here, but help cannot wait for a human to look.
            uow.messages.add(conversation_id, now, tools.crisis_help(), in_reply_to=message_id, position=0)
            changes |= {"urgent": True, "reason": HandOverReason.CRISIS}
            alert = HandOverReason.CRISIS
            count_crisis(uow, conversation, now)
        elif state is State.QUEUE and adds_something(words):
            _say_added(uow, conversation, now)
        count_contact(uow, conversation, now)
        uow.conversations.change(conversation, now, **changes)
        uow.commit()
    tools.announce(conversation_id)
    if alert:
        tools.notifier.waiting(conversation_id, alert.value, True)
    return message_id


def _say_added(uow: UnitOfWork, conversation: Conversation, now: datetime) -> None:
    """Tells a student who waits, once, that what was typed now is passed on as well."""
    since = conversation.queued_at or now
    if not any(m.text == ADDED and m.at >= since for m in uow.messages.after(conversation.id)):
        uow.messages.add(conversation.id, now, Draft(ADDED, author=Author.SYSTEM))


def _offered(uow: UnitOfWork, conversation_id: str, payload: object) -> tuple[str, str]:
    """The title of a button that was offered in this conversation, and its payload.

    Only such a payload reaches Rasa: otherwise anyone could give it commands.
    """
    for message in reversed(uow.messages.after(conversation_id, 0, limit=5_000)):
        for button in message.buttons:
            if button.payload == payload:
                return button.title, button.payload
    raise BadInput("unknown_payload", "Deze knop hoort niet bij dit gesprek. Typ je antwoord.")


def record_turn(tools: Tools, message: Message, turn: Turn) -> bool:
    """Saves what the assistant made of a message, all or nothing; false if it came too late.

    Too late: the turn was saved before, the conversation is gone, or a human took over in the meantime. Then nothing is
    said, so that no bot answer crosses a human's.
    """
    now = tools.now()
    hand_over: Effect | None = None
    with tools.begin() as uow:
        conversation = uow.conversations.get(message.conversation_id, lock=True)
        fresh = uow.messages.get(message.id)
        if conversation is None or fresh is None or fresh.handling is not Handling.PENDING:
            return False
        if not bot_may_speak(conversation.state):
            uow.messages.set_handling(message.id, Handling.FOR_HUMAN)
            uow.commit()
            return False
        for position, draft in enumerate(turn.replies):
            uow.messages.add(message.conversation_id, now, draft, in_reply_to=message.id, position=position)
        understanding: dict[str, Any] | None = None
        turns, form_open = uow.conversations.session_turns(message.conversation_id)
        for effect in turn.effects:
            if effect.name == "understood":
                understanding = effect.data
            elif effect.name == "form":
                form_open = bool(effect.data.get("open"))
            elif effect.name == "hand_over":
                hand_over = effect
            tools.on_effect(uow, fresh, effect)
        uow.messages.set_handling(message.id, Handling.DONE, understanding)
        uow.conversations.set_session(message.conversation_id, turns + 1, form_open)
        if hand_over is not None:
            _queue(uow, conversation, hand_over, tools)
        uow.commit()
    tools.announce(message.conversation_id)
    if hand_over is not None:
        tools.notifier.waiting(
            message.conversation_id, str(hand_over.data.get("reason")), bool(hand_over.data.get("urgent"))
        )
    if any(effect.name == "erase" for effect in turn.effects):
        forget(tools, message.conversation_id)
    return True


def _queue(uow: UnitOfWork, conversation: Conversation, effect: Effect, tools: Tools) -> None:
    now = tools.now()
    urgent = bool(effect.data.get("urgent")) or conversation.urgent
    if urgent:
        count_crisis(uow, conversation, now)
    uow.conversations.change(
        conversation,
        now,
        state=next_state(conversation.state, Step.HAND_OVER),
        reason=HandOverReason(effect.data.get("reason", "asked")),
        urgent=urgent,
        queued_at=conversation.queued_at or now,
        unread=True,
    )


def tell_delay(tools: Tools, message: Message) -> None:
    """Tells the student once that the answer takes a moment."""
    with tools.begin() as uow:
        if uow.conversations.get(message.conversation_id, lock=True) is None:
            return
        fresh = uow.messages.get(message.id)
        if (
            fresh is None
            or fresh.handling is not Handling.PENDING
            or not uow.messages.claim_delay_notice(message.id)
        ):
            return
        uow.messages.add(
            message.conversation_id,
            tools.now(),
            Draft(
                "Het duurt even langer dan normaal. Je bericht is bewaard. Je krijgt vanzelf antwoord.",
                author=Author.SYSTEM,
            ),
        )
        uow.commit()
    tools.announce(message.conversation_id)


def claim(tools: Tools, message: Message, lease: timedelta) -> bool:
    """Takes a waiting message for one attempt; false if another worker has it."""
    with tools.begin() as uow:
        taken = uow.messages.claim(message.id, message.attempts, tools.now() + lease)
        uow.commit()
        return taken


def open_case(tools: Tools, draft: CaseDraft, *, school_listed: bool = False) -> Case:
    """Logs a case; the same ``source_message_id`` again gives the same case.

    ``school_listed``: its school is one of the list of mbo schools, so its name may be counted. Raises `BadInput` if the
    case lacks a description or consent.
    """
    draft.check()
    now = tools.now()
    try:
        with tools.begin() as uow:
            known = uow.cases.by_source(draft.source_message_id)
            if known is not None:
                return known
            stored = _add_case(uow, draft, now, school_listed)
            uow.commit()
    except IntegrityError:
        # Two at once on PostgreSQL: the same message, or the same number. The second try sees the first.
        with tools.begin() as uow:
            known = uow.cases.by_source(draft.source_message_id)
            stored = known or _add_case(uow, draft, now, school_listed)
            uow.commit()
    tools.announce(draft.conversation_id)
    return stored


def _add_case(uow: UnitOfWork, draft: CaseDraft, now: datetime, school_listed: bool) -> Case:
    stored = uow.cases.add(draft, now, now.year)
    count_case(uow, draft, now, school_listed=school_listed)
    return stored


def forget(tools: Tools, conversation_id: str) -> None:
    """Erases a conversation with all its messages from our database.

    Its cases were logged with consent of their own and stay, without a link to the conversation. What Rasa holds is
    erased by `bot.turns` and the adapters through `bot.storage.rasa_tracker`.
    """
    with tools.begin() as uow:
        uow.conversations.erase(conversation_id)
        uow.commit()
    tools.announce(conversation_id)
