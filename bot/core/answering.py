"""From what the model guesses to what the bot does: answer, ask back, or say that it did not understand.

All thresholds stand here, in `Thresholds`; how they were chosen is in ``docs/decisions/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

TOPIC_PREFIX = "vraag/"
"""Labels of topics; all other labels are dialogue intents."""


@dataclass(frozen=True)
class Guess:
    """A label with the model's confidence (0 to 1; all labels together make 1)."""

    label: str
    confidence: float

    @property
    def topic(self) -> str | None:
        """The topic id, or ``None`` for a dialogue intent."""
        return self.label[len(TOPIC_PREFIX) :] if self.label.startswith(TOPIC_PREFIX) else None


class Kind(str, Enum):
    """What the bot does with a message."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    """Offers two or three topics: "Bedoel je …?"."""
    UNSURE = "unsure"
    """Asks to say it in other words; the second time in a row it offers a human."""
    DIALOGUE = "dialogue"
    """Something else than a question: greeting, human, crisis."""


@dataclass(frozen=True)
class Thresholds:
    """When the bot is sure enough. Confidences are calibrated: of guesses at 0.8, about 80 % are right."""

    answer: float = 0.45
    """Least confidence of the first topic to answer at once."""
    margin: float = 0.15
    """Least distance to the second topic to answer at once."""
    offer: float = 0.30
    """Least confidence that the three offered topics have together to ask "Bedoel je …?"."""
    offer_each: float = 0.03
    """Least confidence of each offered topic."""
    dialogue: float = 0.35
    """Least confidence of a dialogue intent."""


@dataclass(frozen=True)
class Decision:
    """What to do, with the topics to answer or offer (best first) or the dialogue intent."""

    kind: Kind
    topics: tuple[str, ...] = ()
    intent: str | None = None


def decide(guesses: Sequence[Guess], thresholds: Thresholds = Thresholds()) -> Decision:
    """What the bot does with a message of which the model has these guesses (best first)."""
    if not guesses:
        return Decision(Kind.UNSURE)
    best = guesses[0]
    topics = [guess for guess in guesses if guess.topic is not None]
    if best.topic is None and best.confidence >= thresholds.dialogue:
        return Decision(Kind.DIALOGUE, intent=best.label)
    if not topics:
        return Decision(Kind.UNSURE)
    first = topics[0]
    second = topics[1].confidence if len(topics) > 1 else 0.0
    if (
        best is first
        and first.confidence >= thresholds.answer
        and first.confidence - second >= thresholds.margin
    ):
        return Decision(Kind.ANSWER, (first.topic or "",))
    offered = [guess for guess in topics[:3] if guess.confidence >= thresholds.offer_each]
    if sum(guess.confidence for guess in offered) >= thresholds.offer:
        return Decision(Kind.CLARIFY, tuple(guess.topic or "" for guess in offered))
    return Decision(Kind.UNSURE)
