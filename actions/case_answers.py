"""Reads the answers to the questions of the case form; `bot.core.case_form` says what counts as one."""

from __future__ import annotations

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.case_slots import CANCEL, SKIP, filled
from actions.contact import contact_hint
from actions.schools import known_school
from actions.speak import HUMAN_BUTTON, entity, say
from bot.core import case_form
from bot.core.case_form import EXTRA, OPTIONAL, SKIPPED, Reading
from bot.core.education import LEVELS
from bot.core.messages import MAX_TEXT


class ValidateCaseForm(FormValidationAction):
    """Reads the answer to the question that was asked; leaves everything else to the dialogue."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "validate_case_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """The slots that the last message fills. None: Rasa then handles the message as said in between."""
        slot = tracker.get_slot("requested_slot")
        if not slot or tracker.active_loop_name is None:
            return []
        latest = tracker.latest_message
        intent, part = (latest.get("intent") or {}).get("name") or "", entity(latest, "part")
        if slot == "case_confirm" and intent == "more" and part == "case":
            return _add(tracker)
        if slot == "case_confirm" and intent == "go_back" and part in case_form.NAMES:
            changing = part if part in EXTRA else None
            return [SlotSet(part, None), SlotSet("case_changing", changing), SlotSet("requested_slot", part)]
        if slot in EXTRA and intent == "go_back":
            return _back(tracker, slot)
        reading = _read(latest, slot, intent, part)
        if reading.aside:
            # Rasa knows the required questions only: without this it would not come back to an extra one.
            return [SlotSet("requested_slot", slot)] if slot in EXTRA else []
        contact = reading.value if slot == "case_contact" else dict(reading.also).get("case_contact")
        hint = reading.hint
        if contact not in (None, case_form.ANONYMOUS):
            hint = contact_hint(str(contact))
        if hint or reading.value is None:
            return _not_usable(dispatcher, tracker, slot, hint or "")
        return _take(dispatcher, tracker, slot, reading)


def _read(latest: dict[str, Any], slot: str, intent: str, part: str | None) -> Reading:
    text = (latest.get("text") or "")[:MAX_TEXT]
    if text.startswith("/"):
        return _button(intent, part, slot)
    decision = latest.get("decision") or {}
    return case_form.read(slot, text, intent, topic_sure=decision.get("kind") in ("answer", "clarify"))


def _button(intent: str, part: str | None, slot: str) -> Reading:
    """What a button means. One that belongs to an earlier question answers no question of now."""
    if slot in OPTIONAL and intent == "deny":
        return Reading(value=SKIPPED, rest=part == "rest")
    if slot == "case_more" and intent == "affirm" and part is None:
        return Reading(value=True)
    known = {"case_pathway": ("bol", "bbl"), "case_level": tuple(LEVELS)}
    if intent == "affirm" and part is not None and part in known.get(slot, ()):
        return Reading(value=part)
    if slot in ("case_consent", "case_confirm") and part is None and intent in ("affirm", "deny"):
        return Reading(value=intent == "affirm")
    return case_form.ASIDE


def _add(tracker: Tracker) -> list[EventType]:
    """The extra questions that have no answer yet, from the summary; if all have one, what can be changed."""
    slots = filled(tracker)
    skipped = [slot for slot in EXTRA if slots[slot] == SKIPPED]
    first = case_form.next_extra(None, {**slots, **dict.fromkeys(skipped)})
    if first is None:
        return [SlotSet("case_changing", True)]
    return [
        *(SlotSet(slot, None) for slot in skipped),
        SlotSet("case_changing", None),
        SlotSet("requested_slot", first),
    ]


def _back(tracker: Tracker, slot: str) -> list[EventType]:
    """One question back among the extra ones; from the first to where the student came from."""
    before = case_form.previous(slot)
    if tracker.get_slot("case_changing") == slot or (
        before == "case_more" and tracker.get_slot("case_contact")
    ):
        # From the summary: back to it.
        return [SlotSet("case_changing", None)]
    return [SlotSet(before, None), SlotSet("case_tries", 0), SlotSet("requested_slot", before)]


def _take(dispatcher: CollectingDispatcher, tracker: Tracker, slot: str, reading: Reading) -> list[EventType]:
    """Keeps an answer, and asks for the next extra question if there is one."""
    value, done = reading.value, SlotSet("case_tries", 0)
    if slot == "case_consent" and value is False:
        say(
            dispatcher,
            "Dan sla ik niets op. Zonder jouw akkoord kan JOB je zaak niet bewaren. Wil je stoppen, of toch akkoord geven?",
        )
        return [SlotSet(slot, None), done]
    if slot == "case_confirm" and value is False:
        # The form asks for the confirmation again, and then shows what can be changed.
        return [SlotSet(slot, None), SlotSet("case_changing", True), done]
    new: dict[str, Any] = {slot: value, **dict(reading.also)}
    if slot == "case_school" and value != SKIPPED:
        new[slot] = known_school(str(value))
    slots = filled(tracker)
    if slot == "case_description":
        new |= {name: said for name, said in case_form.told_before(str(value)) if slots[name] is None}
    events = [*(SlotSet(name, each) for name, each in new.items()), done]
    changing = tracker.get_slot("case_changing") == slot
    if changing:
        events.append(SlotSet("case_changing", None))
    walks = slot in EXTRA or (slot == "case_more" and value is True)
    if walks and not reading.rest and not changing:
        following = case_form.next_extra(slot, {**slots, **new})
        if following:
            events.append(SlotSet("requested_slot", following))
    return events


def _not_usable(dispatcher: CollectingDispatcher, tracker: Tracker, slot: str, hint: str) -> list[EventType]:
    tries = int(tracker.get_slot("case_tries") or 0) + 1
    if tries >= case_form.MAX_TRIES:
        may_skip = "deze vraag overslaan, stoppen" if slot in OPTIONAL else "stoppen"
        say(
            dispatcher,
            f"{hint} Lukt het niet? Je kunt ook {may_skip}, of iemand van JOB vragen.",
            buttons=[*([SKIP] if slot in OPTIONAL else []), HUMAN_BUTTON, CANCEL],
        )
    else:
        say(dispatcher, hint)
    again = [SlotSet("requested_slot", slot)] if slot in EXTRA else []
    return [SlotSet(slot, None), SlotSet("case_tries", tries), *again]
