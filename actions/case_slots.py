"""What the case form has filled in so far, and the buttons under its questions."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from bot.core import case_form
from bot.core.context import StudentFacts

SLOTS = (*case_form.ORDER, *case_form.EXTRA, "case_tries", "case_changing")
CANCEL = {"title": "Stoppen", "payload": "/cancel"}
SKIP = {"title": "Overslaan", "payload": '/deny{"part": "skip"}'}
SKIP_REST = {"title": "De rest overslaan", "payload": '/deny{"part": "rest"}'}
BACK = {"title": "Terug", "payload": "/go_back"}


def empty_slots() -> list[EventType]:
    """Takes all that was filled in out of the form."""
    return [SlotSet(name, None) for name in (*SLOTS, "requested_slot")]


def filled(tracker: Tracker) -> dict[str, object]:
    """The slots of the form; what the student said of themselves earlier in the conversation stands in for an answer."""
    said = StudentFacts.from_slot(tracker.get_slot("student"))
    known = {"case_pathway": said.pathway, "case_level": "1" if said.entree else None}
    slots = {slot: tracker.get_slot(slot) for slot in (*case_form.ORDER, *case_form.EXTRA)}
    return {slot: known.get(slot) if value is None else value for slot, value in slots.items()}


def text_of(slots: dict[str, object], slot: str) -> str | None:
    """An answer as text; ``None`` if it was skipped."""
    value = slots.get(slot)
    return None if value in (None, case_form.SKIPPED, case_form.ANONYMOUS) else str(value)
