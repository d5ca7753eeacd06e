"""To a human: on request, after an offer, and at once when somebody may be in danger."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.entries import source_links
from actions.forget import erase
from actions.speak import effect, say, understood
from bot.bootstrap import CRISIS_FALLBACK, services


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


def _say_who_comes(dispatcher: CollectingDispatcher) -> None:
    """Says who comes, when, and what that person sees; the buttons lead back to the bot."""
    say(
        dispatcher,
        f"Ik haal een bestuurslid van JOB erbij. {services().expectation()} Die leest dit hele gesprek, dus je hoeft niets te "
        "herhalen. Wil je nog iets toevoegen? Typ het hier. Wil je liever een bericht terug op een later moment? Laat dan een "
        "zaak achter.",
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
        _say_who_comes(dispatcher)
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
            _say_who_comes(dispatcher)
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
                buttons=[{"title": "Praat met een mens", "payload": "/human"}],
            )
            return [SlotSet("offered", None), SlotSet("misses", 1)]
        say(dispatcher, "Oké. Je kunt gewoon verder vragen. Een mens spreken kan altijd: typ dan **mens**.")
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
