"""Answers from the knowledge files, questions back, and the follow-up to an answer."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.speak import HUMAN_BUTTON, YES_NO, effect, entity, say, understood
from bot.bootstrap import services
from bot.core.knowledge import Entry, HumanNeed, LawSource

NOT_REVIEWED = "_Dit antwoord is nog niet door JOB nagekeken._"


def source_links(entry: Entry) -> list[dict[str, Any]]:
    """The sources of an entry for under the answer; a law says of which day its text was read."""
    links = []
    for source in entry.sources:
        title = source.line if isinstance(source, LawSource) else source.title
        links.append(
            {"title": title, "url": source.url, "seen": source.seen.isoformat() if source.seen else None}
        )
    unique = {(link["title"], link["url"]): link for link in links}
    return list(unique.values())


def offer_human(dispatcher: CollectingDispatcher, text: str) -> SlotSet:
    """Offers a human with yes and no; the answer comes back to `ActionAffirm` or `ActionDeny`."""
    say(dispatcher, text, buttons=YES_NO)
    return SlotSet("offered", "human")


class ActionAnswer(Action):
    """Answers a question, asks "Bedoel je …?", asks to rephrase, or offers a human."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        latest = tracker.latest_message
        chosen = entity(latest, "topic")
        decision = latest.get("decision") or {}
        topics: list[str] = [chosen] if chosen else list(decision.get("topics") or [])
        if chosen or decision.get("kind") == "answer":
            return self._answer(dispatcher, latest, topics[0])
        if decision.get("kind") == "clarify":
            return self._clarify(dispatcher, latest, topics)
        return self._unsure(dispatcher, tracker)

    def _answer(
        self, dispatcher: CollectingDispatcher, latest: dict[str, Any], topic: str
    ) -> list[EventType]:
        entry = services().knowledge.entry(topic)
        if entry is None:
            understood(dispatcher, latest, "no_answer", [topic])
            return [
                offer_human(
                    dispatcher,
                    "Daar heb ik nog geen antwoord op. Zal ik iemand van JOB vragen om mee te kijken?",
                )
            ]
        understood(dispatcher, latest, "answered", [topic])
        text = entry.short
        if not entry.review.done:
            text += f"\n\n{NOT_REVIEWED}"
        buttons = []
        if entry.steps:
            buttons.append({"title": "Wat kun je nu doen", "payload": f'/steps{{"topic": "{topic}"}}'})
        if entry.parts:
            buttons.append({"title": "Meer uitleg", "payload": f'/more{{"topic": "{topic}"}}'})
        buttons.append({"title": "Dit hielp", "payload": f'/helped{{"topic": "{topic}"}}'})
        buttons.append({"title": "Dit hielp niet", "payload": f'/not_helped{{"topic": "{topic}"}}'})
        if entry.human is HumanNeed.ALWAYS:
            text += "\n\nDit is iets om met een mens te bespreken. Iemand van JOB denkt graag met je mee."
            buttons.insert(0, HUMAN_BUTTON)
        say(
            dispatcher,
            text,
            buttons=buttons,
            sources=source_links(entry),
            topic=topic,
            version=entry.version,
        )
        return [SlotSet("last_topic", topic), SlotSet("misses", 0), SlotSet("offered", None)]

    def _clarify(
        self, dispatcher: CollectingDispatcher, latest: dict[str, Any], topics: list[str]
    ) -> list[EventType]:
        knowledge = services().knowledge
        buttons = []
        for topic in topics:
            entry = knowledge.entry(topic)
            title = entry.title if entry else knowledge.topics()[topic].description
            buttons.append({"title": title[:80], "payload": f'/vraag{{"topic": "{topic}"}}'})
        buttons.append({"title": "Iets anders", "payload": "/deny"})
        understood(dispatcher, latest, "clarified", topics)
        say(dispatcher, "Bedoel je …?" if len(topics) > 1 else "Bedoel je dit?", buttons=buttons)
        return [SlotSet("offered", "topics"), SlotSet("misses", 0)]

    def _unsure(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        misses = int(tracker.get_slot("misses") or 0) + 1
        understood(dispatcher, tracker.latest_message, "not_understood")
        if misses >= 2:
            return [
                SlotSet("misses", misses),
                offer_human(
                    dispatcher,
                    "Ik begrijp je vraag nog steeds niet. Zal ik iemand van JOB vragen om mee te kijken?",
                ),
            ]
        say(
            dispatcher,
            "Ik begrijp je vraag nog niet goed. Kun je hem anders zeggen? Bijvoorbeeld: *hoeveel uur stage mag ik maken?*",
            buttons=[HUMAN_BUTTON],
        )
        return [SlotSet("misses", misses), SlotSet("offered", None)]


class ActionMore(Action):
    """The details of the last answer, or of the one on the button."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        latest = tracker.latest_message
        topic = entity(latest, "topic") or tracker.get_slot("last_topic")
        entry = services().knowledge.entry(topic) if topic else None
        if entry is None:
            say(dispatcher, "Waarover wil je meer weten? Typ je vraag.")
            return []
        understood(dispatcher, latest, "details", [entry.id])
        part = entity(latest, "part")
        if part is not None and part.isdigit() and int(part) < len(entry.parts):
            chosen = entry.parts[int(part)]
            say(
                dispatcher, f"**{chosen.question}**\n\n{chosen.answer}", topic=entry.id, version=entry.version
            )
            return [SlotSet("last_topic", entry.id)]
        buttons = [
            {"title": each.question, "payload": f'/more{{"topic": "{entry.id}", "part": "{index}"}}'}
            for index, each in enumerate(entry.parts)
        ]
        say(dispatcher, f"Wat wil je weten over **{entry.title}**?", buttons=buttons)
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
        latest = tracker.latest_message
        topic = entity(latest, "topic") or tracker.get_slot("last_topic")
        entry = services().knowledge.entry(topic) if topic else None
        if entry is None or not entry.steps:
            say(dispatcher, "Vertel eerst waar je vraag over gaat. Dan zeg ik wat je kunt doen.")
            return []
        understood(dispatcher, latest, "steps", [entry.id])
        lines = [f"{number}. {step}" for number, step in enumerate(entry.steps, 1)]
        buttons = (
            [{"title": "Zaak melden bij JOB", "payload": "/report_case"}]
            if entry.human is not HumanNeed.NEVER
            else []
        )
        related = services().knowledge.related(entry)[:3]
        buttons += [
            {"title": other.title, "payload": f'/vraag{{"topic": "{other.id}"}}'} for other in related
        ]
        say(
            dispatcher,
            "**Wat kun je nu doen**\n\n" + "\n".join(lines),
            buttons=buttons,
            topic=entry.id,
            version=entry.version,
        )
        return [SlotSet("last_topic", entry.id)]


class ActionHelped(Action):
    """Thanks for the feedback."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_helped"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        _feedback(dispatcher, tracker, helpful=True)
        say(dispatcher, "Fijn om te horen. Heb je nog een vraag? Typ hem gerust.")
        return [SlotSet("not_helped_count", 0)]


class ActionNotHelped(Action):
    """Asks what was meant; the second time it offers a human."""

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
            return [
                SlotSet("not_helped_count", count),
                offer_human(
                    dispatcher,
                    "Sorry, ik help je niet goed verder. Zal ik iemand van JOB vragen om mee te kijken?",
                ),
            ]
        say(
            dispatcher,
            "Jammer. Vertel het eens in andere woorden: wat wil je precies weten?",
            buttons=[HUMAN_BUTTON],
        )
        return [SlotSet("not_helped_count", count), SlotSet("offered", None)]


def _feedback(dispatcher: CollectingDispatcher, tracker: Tracker, *, helpful: bool) -> None:
    topic = entity(tracker.latest_message, "topic") or tracker.get_slot("last_topic")
    entry = services().knowledge.entry(topic) if topic else None
    if entry is not None:
        effect(dispatcher, "feedback", topic=entry.id, version=entry.version, helpful=helpful)
    understood(
        dispatcher, tracker.latest_message, "helped" if helpful else "not_helped", [topic] if topic else []
    )
