"""How far a message of the helpdesk got on its way to the student. The same words for every channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum


class Delivery(str, Enum):
    """What is truly known of a message; each state is stored with the moment at which we learned of it."""

    SAVED = "saved"
    """In our database and no further. Never stored: it is what holds without any other state."""
    SENT = "sent"
    """Handed over: written to the chat of the website, or accepted by WhatsApp."""
    DELIVERED = "delivered"
    """The channel says that it reached the device. The website has no such state: its chat only says what was seen."""
    READ = "read"
    """It stood on the screen: in a chat that was open and in view, or read as WhatsApp tells it."""
    FAILED = "failed"
    """The channel says that it will not arrive."""
    UNKNOWN = "unknown"
    """From before this was kept."""


_FURTHEST = (Delivery.READ, Delivery.DELIVERED, Delivery.FAILED, Delivery.SENT, Delivery.UNKNOWN)
"""Reports come in any order. One that says "read" is believed over one that says "failed": another device got it."""


def furthest(states: Mapping[Delivery, datetime], saved_at: datetime) -> tuple[Delivery, datetime]:
    """How far a message got, and when that was known; ``saved_at`` is when it was saved."""
    for state in _FURTHEST:
        if state in states:
            return state, states[state]
    return Delivery.SAVED, saved_at
