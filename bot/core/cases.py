"""What a case is, its states, and the one table of allowed transitions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.core.errors import BadInput, Conflict


class CaseStatus(str, Enum):
    """Where a case stands."""

    NEW = "new"
    WAITING = "waiting"
    """Waiting for the student or a school."""
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"


ALLOWED: dict[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.NEW: frozenset(
        {CaseStatus.IN_PROGRESS, CaseStatus.WAITING, CaseStatus.ANSWERED, CaseStatus.CLOSED}
    ),
    CaseStatus.IN_PROGRESS: frozenset({CaseStatus.WAITING, CaseStatus.ANSWERED, CaseStatus.CLOSED}),
    CaseStatus.WAITING: frozenset({CaseStatus.IN_PROGRESS, CaseStatus.ANSWERED, CaseStatus.CLOSED}),
    CaseStatus.ANSWERED: frozenset({CaseStatus.IN_PROGRESS, CaseStatus.WAITING, CaseStatus.CLOSED}),
    CaseStatus.CLOSED: frozenset({CaseStatus.IN_PROGRESS}),
}

STATUS_DUTCH = {
    CaseStatus.NEW: "nieuw: iemand van JOB gaat je zaak bekijken",
    CaseStatus.WAITING: "we wachten op informatie",
    CaseStatus.IN_PROGRESS: "iemand van JOB is ermee bezig",
    CaseStatus.ANSWERED: "beantwoord",
    CaseStatus.CLOSED: "gesloten",
}

_REFERENCE = re.compile(r"\bJOB[\s-]?(20\d\d)[\s-]?(\d{1,5})\b", re.IGNORECASE)


def reference(year: int, number: int) -> str:
    """The reference of the ``number``-th case of ``year``: ``JOB-2026-00042``."""
    return f"JOB-{year}-{number:05d}"


def access_code(secret: str, ref: str) -> str:
    """The code with which a student asks for a case from anywhere: six letters and digits, made from the reference.

    Nothing is stored, and nobody without ``secret`` can make it; guesses are held off by the limit on messages.
    """
    digest = hmac.new(secret.encode(), f"case:{ref}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:6]


def code_fits(secret: str, ref: str, text: str) -> bool:
    """Whether ``text`` holds the code of the case ``ref``."""
    words = re.findall(r"[A-Z2-7]{6}", text.upper())
    return any(hmac.compare_digest(word, access_code(secret, ref)) for word in words)


def find_reference(text: str) -> str | None:
    """The first case reference in a student's text, in its standard form; also ``job 2026 42``."""
    match = _REFERENCE.search(text)
    return reference(int(match[1]), int(match[2])) if match else None


@dataclass(frozen=True)
class CaseDraft:
    """What a student has filled in and confirmed.

    ``contact`` is ``None`` for an anonymous case; ``consent`` must be true before anything is stored.
    ``source_message_id`` is the message that confirmed: the same one twice makes no second case.
    """

    conversation_id: str
    source_message_id: str
    description: str
    channel: str
    school: str | None = None
    contact: str | None = None
    topic: str | None = None
    programme: str | None = None
    pathway: str | None = None
    tried: str | None = None
    wish: str | None = None
    consent: bool = False

    def check(self) -> None:
        """Raises `BadInput` if the case may not be stored."""
        if not self.description.strip():
            raise BadInput("case_description", "Vertel eerst kort wat er is gebeurd.")
        if not self.consent:
            raise BadInput("case_consent", "Zonder jouw toestemming slaan we de zaak niet op.")


@dataclass(frozen=True)
class Case:
    """A stored case. Times carry a zone (UTC)."""

    id: int
    reference: str
    status: CaseStatus
    created_at: datetime
    updated_at: datetime
    channel: str
    description: str
    conversation_id: str | None
    school: str | None = None
    contact: str | None = None
    topic: str | None = None
    programme: str | None = None
    pathway: str | None = None
    tried: str | None = None
    wish: str | None = None
    owner_id: int | None = None
    version: int = 0
    merged_into: str | None = None
    """The reference of the case that this one was joined with; see `bot.core.merging`."""

    @property
    def anonymous(self) -> bool:
        """Whether the student chose to leave no way to be reached."""
        return self.contact is None


def check_move(now: CaseStatus, to: CaseStatus) -> None:
    """Raises `Conflict` unless a case may go from ``now`` to ``to``."""
    if to is not now and to not in ALLOWED[now]:
        raise Conflict(f"Een zaak die '{now.value}' is, kan niet meteen '{to.value}' worden.")
