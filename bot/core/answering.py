"""From what the model guesses to what the bot does: answer, ask back, or say that it did not understand.

All thresholds stand here, in `Thresholds`; how they were chosen is in ``docs/decisions/``.
"""

from __future__ import annotations

import math
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
    """When the bot is sure enough. Chosen on the dev questions by cost: a wrong answer costs five times a question back.

    The figures at other settings are in ``docs/decisions/0004-understanding.md``.
    """

    answer: float = 0.64
    """Least confidence of the first topic to answer at once."""
    margin: float = 0.0
    """Least distance to the second topic to answer at once."""
    offer: float = 0.1
    """Least confidence that the three offered topics have together to ask "Bedoel je …?"."""
    ours: float = 0.1
    """Below this for the three best topics together, a message is taken as not ours."""
    offer_each: float = 0.02
    """Least confidence of the second and third offered topic."""
    dialogue: float = 0.4
    """Least confidence of a dialogue intent."""
    crisis: float = 0.4
    """Least evidence (see `evidence`) of danger. Beside it stands the net of words, and a message whose best label is danger."""
    out_of_scope: float = -1.0
    """Least evidence that a message is not ours."""


NEVER = float("-inf")


@dataclass(frozen=True)
class Signals:
    """Scores of the two detectors beside the ranking; above zero means rather yes than no."""

    crisis: float = NEVER
    out_of_scope: float = NEVER


@dataclass(frozen=True)
class Decision:
    """What to do, with the topics to answer or offer (best first) or the dialogue intent."""

    kind: Kind
    topics: tuple[str, ...] = ()
    intent: str | None = None


def evidence(signal: float, share: float) -> float:
    """How much a detector (``signal``) and the ranking (``share``, 0 to 1) together speak for one label.

    Each alone rings too often: the detector on single words ("doodop"), the ranking on what looks like nothing else.
    """
    return signal + 0.5 * math.log(max(share, 1e-5))


def decide(
    guesses: Sequence[Guess],
    thresholds: Thresholds = Thresholds(),
    signals: Signals = Signals(),
) -> Decision:
    """What the bot does with a message of which the model has these guesses (best first)."""
    if not guesses:
        return Decision(Kind.UNSURE)
    sure = {guess.label: guess.confidence for guess in guesses}
    # Danger goes before all else.
    if evidence(signals.crisis, sure.get("crisis", 0.0)) >= thresholds.crisis:
        return Decision(Kind.DIALOGUE, intent="crisis")
    best = guesses[0]
    not_ours = evidence(signals.out_of_scope, sure.get("out_of_scope", 0.0)) >= thresholds.out_of_scope
    if not_ours and best.topic is not None:
        return Decision(Kind.DIALOGUE, intent="out_of_scope")
    if best.topic is None and best.confidence >= thresholds.dialogue:
        return Decision(Kind.DIALOGUE, intent=best.label)
    topics = [guess for guess in guesses if guess.topic is not None][:3]
    if not topics:
        return Decision(Kind.UNSURE)
    first = topics[0]
    second = topics[1].confidence if len(topics) > 1 else 0.0
    if first.confidence >= thresholds.answer and first.confidence - second >= thresholds.margin:
        return Decision(Kind.ANSWER, (first.topic or "",))
    together = sum(guess.confidence for guess in topics)
    if together >= thresholds.offer:
        offered = [first, *(guess for guess in topics[1:] if guess.confidence >= thresholds.offer_each)]
        return Decision(Kind.CLARIFY, tuple(guess.topic or "" for guess in offered))
    if together < thresholds.ours:
        return Decision(Kind.DIALOGUE, intent="out_of_scope")
    return Decision(Kind.UNSURE)
