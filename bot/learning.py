"""The use cases of learning: what is kept for review, what becomes an example, and the file that an editor reviews in git."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from bot.core.errors import BadInput, Conflict
from bot.core.messages import Effect, Message
from bot.helpdesk import Tools
from bot.storage.staff import StaffMember
from bot.storage.unit_of_work import UnitOfWork

KEPT = {
    "clarified": "clarify",
    "not_understood": "rephrase",
    "handed_over": "handed_over",
    "not_helped": "not_helped",
    "no_answer": "rephrase",
}
"""Outcomes that are kept for review, with the reason that the desk shows."""
EXAMPLE_CHARACTERS = (3, 1_000)


def note_for_review(uow: UnitOfWork, message: Message, effect: Effect, now: datetime) -> None:
    """Keeps the message that an outcome is about. Part of the transaction that saves the answer."""
    if effect.name != "understood":
        return
    outcome, topics = str(effect.data.get("outcome")), list(effect.data.get("topics") or [])
    earlier = [
        said
        for said in uow.messages.after(message.conversation_id)
        if said.author.value == "student" and said.id < message.id and said.payload is None
    ]
    if outcome == "answered" and message.payload and earlier:
        # A button of "Bedoel je …?": the student says what the question before it was about.
        uow.learning.suggest(earlier[-1].id, topics[0])
        return
    reason = KEPT.get(outcome)
    if reason is None:
        return
    # "It did not help", or a yes to a human, says something about the question before.
    about = message if outcome in ("clarified", "not_understood") and not message.payload else None
    if about is None:
        about = earlier[-1] if earlier else None
    if about is not None and about.text.strip():
        guesses = (about.understanding or effect.data).get("guesses") or []
        labels = [str(guess.get("label", "")) for guess in guesses]
        suggested = topics[0] if topics else next((x[6:] for x in labels if x.startswith("vraag/")), None)
        uow.learning.note(about.id, now, reason, suggested)


def note_correction(uow: UnitOfWork, message: Message, topic: str | None, now: datetime) -> None:
    """Staff said what a student's message was about (``None``: no topic): an editor may make it an example.

    Part of the transaction that keeps the correction. A button is nobody's own words, so it teaches nothing.
    """
    if not message.payload and message.text.strip():
        uow.learning.correct(message.id, now, topic)


def check_example(text: str) -> str:
    """A training example as one clean line. Raises `BadInput`."""
    line = re.sub(r"\s+", " ", re.sub(r"[\[\]{}]", "", text)).strip().lstrip("/-").strip()
    low, high = EXAMPLE_CHARACTERS
    if not low <= len(line) <= high:
        raise BadInput("example", f"Een voorbeeld heeft {low} tot {high} tekens.")
    return line


def use_as_example(tools: Tools, item_id: int, intent: str, text: str, staff: StaffMember) -> int:
    """Makes a reviewed message an example; gives its id. Raises `BadInput` or `Conflict`."""
    line = check_example(text)
    now = tools.now()
    with tools.begin() as uow:
        if not uow.learning.decide(item_id, "used", staff.id, now):
            raise Conflict("Een collega heeft dit bericht al bekeken.")
        example_id = uow.learning.add_example(intent, line, staff.id, now)
        uow.commit()
    return example_id


def drop_item(tools: Tools, item_id: int, staff: StaffMember) -> None:
    """Puts a message aside: nothing to learn from it. Raises `Conflict`."""
    with tools.begin() as uow:
        if not uow.learning.decide(item_id, "dropped", staff.id, tools.now()):
            raise Conflict("Een collega heeft dit bericht al bekeken.")
        uow.commit()


def export(tools: Tools, file: Path) -> int:
    """Writes all accepted examples to ``file`` in Rasa's form, for review in git; gives how many."""
    with tools.begin() as uow:
        examples = uow.learning.examples()
        uow.learning.mark_exported(tools.now())
        by_intent: defaultdict[str, list[str]] = defaultdict(list)
        for example in examples:
            if example.text.lower() not in (text.lower() for text in by_intent[example.intent]):
                by_intent[example.intent].append(example.text)
        lines = [
            "# From real questions, read and masked at the desk. Made by `helpdesk export training`.",
            'version: "3.1"',
        ]
        lines.append("nlu:" if by_intent else "nlu: []")
        for intent, texts in sorted(by_intent.items()):
            lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        uow.commit()
    return sum(len(texts) for texts in by_intent.values())
