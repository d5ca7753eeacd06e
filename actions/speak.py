"""How actions speak: one JSON message for what a student reads, one for what the helpdesk must do with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

HUMAN_BUTTON = {"title": "Vraag iemand van JOB", "payload": "/human"}
HUMAN_FIRST = "iemand van JOB, een bestuurslid,"
"""What the human is called at first mention, in the middle of a sentence; after that "iemand van JOB"."""
YES_NO = [{"title": "Ja", "payload": "/affirm"}, {"title": "Nee", "payload": "/deny"}]


def say(
    dispatcher: CollectingDispatcher,
    text: str,
    *,
    buttons: Sequence[dict[str, str]] = (),
    sources: Sequence[dict[str, Any]] = (),
    topic: str | None = None,
    version: str | None = None,
) -> None:
    """Says ``text`` (Markdown) with buttons and sources as one message."""
    message: dict[str, Any] = {"text": text}
    if buttons:
        message["buttons"] = list(buttons)
    if sources:
        message["sources"] = list(sources)
    if topic:
        message |= {"topic": topic, "version": version}
    dispatcher.utter_message(json_message=message)


def offer_human(dispatcher: CollectingDispatcher, text: str) -> EventType:
    """Offers a human with yes and no; the reply comes back to `actions.handover`."""
    say(dispatcher, text, buttons=YES_NO)
    return SlotSet("offered", "human")


def effect(dispatcher: CollectingDispatcher, name: str, **data: Any) -> None:
    """Asks the helpdesk to do something together with saving the answer: see `bot.core.messages.Effect`."""
    dispatcher.utter_message(json_message={"effect": name, **data})


def understood(
    dispatcher: CollectingDispatcher, latest: dict[str, Any], outcome: str, topics: Sequence[str] = ()
) -> None:
    """Reports what was made of the message; the desk shows it, the numbers count it."""
    effect(
        dispatcher,
        "understood",
        outcome=outcome,
        topics=list(topics),
        guesses=(latest.get("guesses") or [])[:3],
        intent=(latest.get("intent") or {}).get("name"),
    )


def entity(latest: dict[str, Any], name: str) -> str | None:
    """The value that a button carries for ``name``."""
    for found in latest.get("entities") or []:
        if found.get("entity") == name:
            return str(found.get("value"))
    return None


def message_id(latest: dict[str, Any], fallback: str) -> str:
    """Our id of the message that is being handled; ``fallback`` when Rasa is used without the helpdesk (its shell)."""
    return str((latest.get("metadata") or {}).get("message_id") or fallback)
