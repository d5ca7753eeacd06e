"""Answers from the knowledge files, questions back, and a human where neither helps."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.case import say_status
from actions.entries import available, options, shown_text, source_links
from actions.speak import HUMAN_BUTTON, entity, offer_human, say, understood
from bot.bootstrap import services
from bot.core.cases import find_reference
from bot.core.context import StudentFacts, best_part, facts_in, is_follow_up, names_only_a_group
from bot.core.knowledge import Entry

SURE = 0.75
"""A follow-up question that names a topic with this confidence is about that topic, not about the last one."""
ANOTHER = {"title": "Iets anders", "payload": "/deny"}


def _done_already(tracker: Tracker) -> bool:
    """Whether `ActionAnswer` has run on the student's last message."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") == "action_answer":
            return True
    return False


class ActionAnswer(Action):
    """Answers a question, asks "Bedoel je …?", asks to rephrase, or offers a human."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        if _done_already(tracker):
            # Rasa falls back on this action where no rule fits, and would do so again after it, up to its limit.
            return [FollowupAction("action_listen")]
        latest = tracker.latest_message
        text = latest.get("text") or ""
        reference = find_reference(text)
        if reference:
            # "JOB-2026-00042 ABC234" is no question about a topic.
            say_status(dispatcher, tracker, reference, text)
            return []
        said = StudentFacts() if text.startswith("/") else facts_in(text)
        facts = StudentFacts.from_slot(tracker.get_slot("student")).and_then(said)
        events: list[EventType] = [SlotSet("student", facts.to_slot())] if said.to_slot() else []
        chosen = entity(latest, "topic")
        if chosen:
            return events + answer(dispatcher, latest, chosen, facts)
        followed = self._follow_up(dispatcher, tracker, text, said, facts)
        if followed is not None:
            return events + followed
        decision = latest.get("decision") or {}
        topics: list[str] = list(decision.get("topics") or [])
        if decision.get("kind") == "answer" and topics:
            return events + answer(dispatcher, latest, topics[0], facts, also=topics[1:2])
        if decision.get("kind") == "clarify" and topics:
            return events + self._clarify(dispatcher, latest, topics)
        return events + self._unsure(dispatcher, tracker)

    @staticmethod
    def _follow_up(
        dispatcher: CollectingDispatcher, tracker: Tracker, text: str, said: StudentFacts, facts: StudentFacts
    ) -> list[EventType] | None:
        """The answer to "en bij bbl?" or "hoe lang duurt dat?" about the last topic; ``None`` if it is no such question."""
        latest = tracker.latest_message
        entry = available(tracker.get_slot("last_topic"))
        guesses = latest.get("guesses") or []
        best: dict[str, Any] = guesses[0] if guesses else {"label": "", "confidence": 0.0}
        if entry is None or not is_follow_up(text):
            return None
        another = best["label"] != f"vraag/{entry.id}" and best["confidence"] >= SURE
        # "en bij bbl?" names nothing but a group, however sure the model is of the topic bbl-bol.
        if another and not names_only_a_group(text):
            return None
        if said.to_slot():
            return answer(dispatcher, latest, entry.id, facts, asked_for=said)
        index = best_part(text, entry.parts)
        if index is None:
            return None
        part = entry.parts[index]
        understood(dispatcher, latest, "answered", [entry.id])
        say(
            dispatcher,
            f"**{part.question}**\n\n{part.answer}",
            buttons=options(entry, human_first=False)[1:],
            sources=source_links(entry),
            topic=entry.id,
            version=entry.version,
        )
        return [SlotSet("misses", 0), SlotSet("offered", None)]

    @staticmethod
    def _clarify(
        dispatcher: CollectingDispatcher, latest: dict[str, Any], topics: list[str]
    ) -> list[EventType]:
        knowledge = services().knowledge
        buttons = []
        for topic in topics:
            entry = knowledge.entry(topic)
            title = entry.title if entry else knowledge.topics()[topic].description
            buttons.append({"title": title[:80], "payload": f'/vraag{{"topic": "{topic}"}}'})
        understood(dispatcher, latest, "clarified", topics)
        say(dispatcher, "Bedoel je …?" if len(topics) > 1 else "Bedoel je dit?", buttons=[*buttons, ANOTHER])
        # Who goes on without choosing ("geldt dat ook voor bbl?") most likely means the first.
        return [SlotSet("offered", "topics"), SlotSet("misses", 0), SlotSet("last_topic", topics[0])]

    @staticmethod
    def _unsure(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        misses = int(tracker.get_slot("misses") or 0) + 1
        understood(dispatcher, tracker.latest_message, "not_understood")
        if misses >= 2:
            question = "Ik begrijp je vraag nog steeds niet. Zal ik iemand van JOB vragen om mee te kijken?"
            return [SlotSet("misses", misses), offer_human(dispatcher, question)]
        say(
            dispatcher,
            "Ik begrijp je vraag nog niet goed. Kun je hem anders zeggen? Bijvoorbeeld: **hoeveel uur stage mag ik maken?**",
            buttons=[HUMAN_BUTTON],
        )
        return [SlotSet("misses", misses), SlotSet("offered", None)]


class ActionOutOfScope(Action):
    """Says kindly that this is not ours; the second time in a row it offers a human, who can tell better."""

    def name(self) -> str:
        """See `rasa_sdk.Action.name`."""
        return "action_out_of_scope"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """See `rasa_sdk.Action.run`."""
        misses = int(tracker.get_slot("misses") or 0) + 1
        understood(dispatcher, tracker.latest_message, "out_of_scope")
        ours = (
            "Daar weet ik niets van. Ik help met vragen over het mbo: je rechten op school, je stage of bbl, de studentenraad en JOB "
            "zelf."
        )
        if misses >= 2:
            question = f"{ours} Gaat je vraag daar wel over? Zal ik iemand van JOB vragen om mee te kijken?"
            return [SlotSet("misses", misses), offer_human(dispatcher, question)]
        say(dispatcher, f"{ours} Heb je daar een vraag over?")
        return [SlotSet("misses", misses), SlotSet("offered", None)]


def answer(
    dispatcher: CollectingDispatcher,
    latest: dict[str, Any],
    topic: str,
    facts: StudentFacts,
    *,
    asked_for: StudentFacts | None = None,
    also: list[str] | None = None,
) -> list[EventType]:
    """Says the answer to ``topic`` for this student, with sources and what can be asked next.

    ``asked_for``: what the student just asked about ("en bij bbl?"); ``also``: topics of a second question in the message.
    """
    entry = available(topic)
    if entry is None:
        understood(dispatcher, latest, "no_answer", [topic])
        return [
            offer_human(
                dispatcher, "Daar heb ik nu geen antwoord op. Zal ik iemand van JOB vragen om mee te kijken?"
            )
        ]
    understood(dispatcher, latest, "answered", [topic, *(also or [])])
    buttons = options(entry)
    second = available(also[0]) if also else None
    text = shown_text(entry, facts, asked_for)
    if second is not None:
        text += f"\n\nJe vroeg ook iets over **{second.title}**."
        buttons.insert(0, _topic_button(second))
    say(
        dispatcher,
        text,
        buttons=buttons,
        sources=source_links(entry),
        topic=topic,
        version=entry.version,
    )
    return [SlotSet("last_topic", topic), SlotSet("misses", 0), SlotSet("offered", None)]


def _topic_button(entry: Entry) -> dict[str, str]:
    return {"title": entry.title, "payload": f'/vraag{{"topic": "{entry.id}"}}'}
