"""After an answer: more of it, what to do now, and whether it helped."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.entries import available
from actions.speak import HUMAN_BUTTON, effect, entity, offer_human, say, understood
from bot.bootstrap import services
from bot.core.knowledge import Entry, HumanNeed


def _entry(tracker: Tracker) -> Entry | None:
    """The entry of the button that was pressed, else that of the last answer."""
    return available(entity(tracker.latest_message, "topic") or tracker.get_slot("last_topic"))


def _related(entry: Entry) -> list[dict[str, str]]:
    related = [other for other in services().knowledge.related(entry) if available(other.id)]
    return [{"title": other.title, "payload": f'/vraag{{"topic": "{other.id}"}}'} for other in related[:3]]


class ActionMore(Action):
    """The questions that often follow, or the answer to one of them."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        entry = _entry(tracker)
        if entry is None or not entry.parts:
            say(dispatcher, "Waarover wil je meer weten? Typ je vraag.")
            return []
        understood(dispatcher, tracker.latest_message, "details", [entry.id])
        number = entity(tracker.latest_message, "part") or ""
        chosen = int(number) if number.isdigit() and int(number) < len(entry.parts) else None
        buttons = [
            {"title": part.question, "payload": f'/more{{"topic": "{entry.id}", "part": "{index}"}}'}
            for index, part in enumerate(entry.parts)
            if index != chosen
        ]
        if chosen is None:
            text = f"Wat wil je weten over **{entry.title}**?"
        else:
            text = f"**{entry.parts[chosen].question}**\n\n{entry.parts[chosen].answer}"
        say(dispatcher, text, buttons=buttons, topic=entry.id, version=entry.version)
        return [SlotSet("last_topic", entry.id)]


class ActionSteps(Action):
    """What the student can do now."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_steps"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        entry = _entry(tracker)
        if entry is None or not entry.steps:
            say(dispatcher, "Vertel eerst waar je vraag over gaat. Dan zeg ik wat je kunt doen.")
            return []
        understood(dispatcher, tracker.latest_message, "steps", [entry.id])
        lines = [f"{number}. {step}" for number, step in enumerate(entry.steps, 1)]
        text = "**Wat kun je nu doen**\n\n" + "\n".join(lines)
        if entry.human_when:
            text += "\n\n**Vraag iemand van JOB** als " + "; of als ".join(entry.human_when[:3]) + "."
        buttons = [HUMAN_BUTTON, {"title": "Zaak melden bij JOB", "payload": "/report_case"}]
        if entry.human is HumanNeed.NEVER:
            buttons = []
        say(dispatcher, text, buttons=[*buttons, *_related(entry)], topic=entry.id, version=entry.version)
        return [SlotSet("last_topic", entry.id)]


class ActionHelped(Action):
    """Thanks for the feedback, and shows what others asked next."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_helped"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        entry = _feedback(dispatcher, tracker, helpful=True)
        related = _related(entry) if entry else []
        text = "Fijn om te horen. Heb je nog een vraag? Typ hem gerust."
        say(dispatcher, text + (" Dit hoort er ook bij:" if related else ""), buttons=related)
        return [SlotSet("not_helped_count", 0)]


class ActionNotHelped(Action):
    """Asks what was meant; the second time in a conversation it offers a human."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_not_helped"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        _feedback(dispatcher, tracker, helpful=False)
        count = int(tracker.get_slot("not_helped_count") or 0) + 1
        if count >= 2:
            question = "Sorry, ik help je niet goed verder. Zal ik iemand van JOB vragen om mee te kijken?"
            return [SlotSet("not_helped_count", count), offer_human(dispatcher, question)]
        say(
            dispatcher,
            "Jammer. Vertel het eens in andere woorden: wat wil je precies weten?",
            buttons=[HUMAN_BUTTON],
        )
        return [SlotSet("not_helped_count", count), SlotSet("offered", None)]


def _feedback(dispatcher: CollectingDispatcher, tracker: Tracker, *, helpful: bool) -> Entry | None:
    """Reports the feedback for the version that was shown; gives its entry."""
    entry = _entry(tracker)
    if entry is not None:
        effect(dispatcher, "feedback", topic=entry.id, version=entry.version, helpful=helpful)
    understood(
        dispatcher, tracker.latest_message, "helped" if helpful else "not_helped", [entry.id] if entry else []
    )
    return entry
