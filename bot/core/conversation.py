"""Who speaks now: the states of a conversation, and the one table of allowed transitions.

Drawn in ``docs/conversation-states.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.core.errors import Conflict


class State(str, Enum):
    """Who answers the student's next message."""

    BOT = "bot"
    QUEUE = "queue"
    """Waiting for a human; the bot is silent."""
    HUMAN = "human"
    """A board member has it; the bot is silent."""
    CLOSED = "closed"
    """Ended. The student's next message starts again with the bot."""


class Step(str, Enum):
    """What can happen to a conversation."""

    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    HAND_BACK = "hand_back"
    CLOSE = "close"
    REOPEN = "reopen"
    STUDENT_WRITES = "student_writes"
    TIME_OUT = "time_out"


TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.BOT, Step.HAND_OVER): State.QUEUE,
    # Staff may step in unasked; the bot then falls silent.
    (State.BOT, Step.TAKE_OVER): State.HUMAN,
    (State.BOT, Step.CLOSE): State.CLOSED,
    # Asked twice, or a crisis while waiting: it stays where it is, and may become urgent.
    (State.QUEUE, Step.HAND_OVER): State.QUEUE,
    (State.QUEUE, Step.TAKE_OVER): State.HUMAN,
    (State.QUEUE, Step.HAND_BACK): State.BOT,
    (State.QUEUE, Step.CLOSE): State.CLOSED,
    (State.HUMAN, Step.HAND_OVER): State.HUMAN,
    (State.HUMAN, Step.HAND_BACK): State.BOT,
    (State.HUMAN, Step.TIME_OUT): State.BOT,
    (State.HUMAN, Step.CLOSE): State.CLOSED,
    (State.CLOSED, Step.STUDENT_WRITES): State.BOT,
    (State.CLOSED, Step.REOPEN): State.HUMAN,
    (State.BOT, Step.STUDENT_WRITES): State.BOT,
    (State.QUEUE, Step.STUDENT_WRITES): State.QUEUE,
    (State.HUMAN, Step.STUDENT_WRITES): State.HUMAN,
}


class HandOverReason(str, Enum):
    """Why a human is needed. The order is that of the inbox."""

    CRISIS = "crisis"
    ASKED = "asked"
    TOPIC = "topic"
    NOT_HELPED = "not_helped"
    NOT_UNDERSTOOD = "not_understood"
    CASE = "case"
    STAFF = "staff"


CLOSE_REASONS = (
    "Vraag beantwoord",
    "Zaak gemaakt",
    "Doorverwezen",
    "Student reageert niet meer",
    "Geen vraag voor JOB",
)
"""What staff choose from when they close a conversation. They may type another reason, which is never counted by its words."""

_REFUSED = {
    Step.TAKE_OVER: "Dit gesprek is al van een collega of al gesloten. Ververs de pagina.",
    Step.HAND_BACK: "Dit gesprek is al terug bij de bot of al gesloten.",
    Step.CLOSE: "Dit gesprek is al gesloten.",
    Step.REOPEN: "Dit gesprek is niet gesloten.",
}


@dataclass(frozen=True)
class Conversation:
    """A conversation with one student on one channel. Times carry a zone (UTC)."""

    id: str
    channel: str
    state: State
    created_at: datetime
    updated_at: datetime
    assignee_id: int | None = None
    urgent: bool = False
    reason: HandOverReason | None = None
    queued_at: datetime | None = None
    closed_at: datetime | None = None
    last_student_at: datetime | None = None
    unread: bool = False
    version: int = 0
    """Rises with every change; who writes on an old version is refused."""


def next_state(state: State, step: Step) -> State:
    """Where ``step`` leads from ``state``. Raises `Conflict` if it is not allowed there."""
    try:
        return TRANSITIONS[state, step]
    except KeyError:
        raise Conflict(_REFUSED.get(step, f"Dit kan nu niet ({step.value} bij {state.value}).")) from None


def bot_may_speak(state: State) -> bool:
    """True only where the assistant answers; everywhere else its words are not sent."""
    return state is State.BOT
