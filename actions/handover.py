"""To a human: on request, after an offer, and at once when somebody may be in danger."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.entries import source_links
from actions.forget import erase
from actions.speak import HUMAN_BUTTON, HUMAN_FIRST, effect, say, understood
from bot.bootstrap import CRISIS_FALLBACK, services
from bot.core.context import StudentFacts


def hand_over(
    dispatcher: CollectingDispatcher, tracker: Tracker, reason: str, *, urgent: bool = False
) -> list[EventType]:
    """Puts the conversation before a human and tells the student what is passed on."""
    understood(dispatcher, tracker.latest_message, "handed_over")
    effect(dispatcher, "hand_over", reason=reason, urgent=urgent)
    events: list[EventType] = [SlotSet("offered", None), SlotSet("misses", 0), SlotSet("not_helped_count", 0)]
    if tracker.active_loop_name:
        # What was filled in stays in its slots; the student can take it up again later.
        effect(dispatcher, "form", open=False)
    return events


LEAVE = [{"title": "Zaak achterlaten", "payload": "/report_case"}, {"title": "Toch niet", "payload": "/deny"}]


def passed_on(tracker: Tracker) -> str:
    """What a human gets to see, in one line: nothing that the student did not say here."""
    entry = services().knowledge.entry(str(tracker.get_slot("last_topic") or ""))
    facts = StudentFacts.from_slot(tracker.get_slot("student"))
    about = [
        f"je {facts.pathway} doet" if facts.pathway else "",
        "je entree doet" if facts.entree else "",
        "je nog geen 18 bent" if facts.minor else "",
        "je op een particuliere school zit" if facts.not_funded else "",
    ]
    said = " en dat ".join(filter(None, about))
    topic = f" over **{entry.label or entry.title}**" if entry else ""
    return f"dit hele gesprek{topic}" + (f", en dat {said}" if said else "")


def _say_who_comes(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Says who comes, when, and what is passed on; the student may add to it or refuse, by button or by typing."""
    say(
        dispatcher,
        f"Ik vraag {HUMAN_FIRST} om je te helpen. {services().expectation()}\n\n**Dit geef ik door:** {passed_on(tracker)}. Je hoeft "
        "niets te herhalen.\n\nWil je nog iets toevoegen? Typ het hier. Wil je het toch niet? Typ **laat maar**. Wil je liever "
        "later een bericht terug? Laat dan een zaak achter.",
        buttons=LEAVE,
    )


class ActionHandOver(Action):
    """The student asks for a human."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_hand_over"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        _say_who_comes(dispatcher, tracker)
        return hand_over(dispatcher, tracker, "asked")


class ActionAffirm(Action):
    """Yes to what was offered last."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_affirm"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        if tracker.get_slot("offered") == "human":
            _say_who_comes(dispatcher, tracker)
            reason = "not_helped" if int(tracker.get_slot("not_helped_count") or 0) >= 2 else "not_understood"
            return hand_over(dispatcher, tracker, reason)
        if tracker.get_slot("offered") == "erase":
            erase(dispatcher)
            return [SlotSet("offered", None)]
        if tracker.get_slot("offered") == "topics":
            say(dispatcher, "Welke bedoel je? Kies een van de knoppen, of typ je vraag anders.")
            return []
        say(dispatcher, "Oké! Waar gaat je vraag over?")
        return []


class ActionDeny(Action):
    """No to what was offered last."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_deny"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        if tracker.get_slot("offered") == "topics":
            say(
                dispatcher,
                "Oké, dan snapte ik je verkeerd. Kun je je vraag in andere woorden zeggen?",
                buttons=[HUMAN_BUTTON],
            )
            return [SlotSet("offered", None), SlotSet("misses", 1)]
        say(
            dispatcher,
            "Oké. Je kunt gewoon verder vragen. Iemand van JOB spreken kan altijd: typ dan **mens**.",
        )
        return [SlotSet("offered", None)]


class ActionCrisis(Action):
    """Help first; a human sees it as urgent. Asks nothing."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_crisis"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        entry = services().knowledge.entry("crisis")
        say(
            dispatcher,
            entry.short if entry else CRISIS_FALLBACK,
            sources=source_links(entry) if entry else (),
            topic="crisis",
            version=entry.version if entry else None,
        )
        return hand_over(dispatcher, tracker, "crisis", urgent=True)
