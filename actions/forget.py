"""Erasing: what the student said is theirs."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.speak import HUMAN_BUTTON, YES_NO, effect, say, understood


class ActionForget(Action):
    """Asks once whether all of the conversation may be erased; `actions.handover.ActionAffirm` carries it out."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_forget"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        understood(dispatcher, tracker.latest_message, "erase_asked")
        say(
            dispatcher,
            "Ik kan dit hele gesprek wissen, ook voor JOB. Dat kun je niet terugdraaien. Een zaak die je hebt gemeld, blijft "
            "bestaan: vraag JOB om die te wissen. Wil je juist zien of verbeteren wat JOB van je heeft? Dan vraag ik iemand van "
            "JOB om mee te kijken. Zal ik dit gesprek wissen?",
            buttons=[*YES_NO, HUMAN_BUTTON],
        )
        return [SlotSet("offered", "erase")]


class ActionNothingToCancel(Action):
    """ "Stop" outside the form: nothing is running."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_nothing_to_cancel"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        if tracker.get_slot("offered") in ("human", "erase"):
            # "Laat maar" to an offer is a no.
            say(dispatcher, "Oké, dan doe ik dat niet. Je kunt gewoon verder vragen.")
            return [SlotSet("offered", None)]
        say(dispatcher, "Oké. Er loopt nu niets dat ik moet stoppen. Typ gerust een nieuwe vraag.")
        return [SlotSet("offered", None)]


def erase(dispatcher: CollectingDispatcher) -> None:
    """Says goodbye and has the helpdesk erase the conversation once this answer is saved."""
    say(dispatcher, "Ik wis dit gesprek nu.")
    effect(dispatcher, "erase")
