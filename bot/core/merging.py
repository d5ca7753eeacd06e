"""Joining two cases of one person: who may be the same person, and what may not be joined.

A joined case keeps its reference and its trail and follows the state of the case it was joined with. There is one level only:
no case is joined with one that is joined itself, so there is no chain and no circle.
"""

from __future__ import annotations

import re

from bot.core.cases import STATUS_DUTCH, Case
from bot.core.errors import BadInput, Conflict

PHONE_TAIL = 8
"""Last digits that tell telephone numbers apart, however the start is written (06, +31 6, 0031 6)."""


def contact_key(contact: str | None) -> str | None:
    """What two spellings of one mail address or telephone number have in common; ``None`` without a usable contact."""
    text = (contact or "").strip().lower()
    if "@" in text:
        return text
    digits = re.sub(r"\D", "", text)
    # One mark before a number, so that it never equals an address.
    return f"tel:{digits[-PHONE_TAIL:]}" if len(digits) >= PHONE_TAIL else None


def same_person(one: Case, other: Case) -> bool:
    """Whether something shows that both cases are of one person: the same conversation or the same contact."""
    if one.conversation_id is not None and one.conversation_id == other.conversation_id:
        return True
    key = contact_key(one.contact)
    return key is not None and key == contact_key(other.contact)


def check_merge(head: Case, other: Case, *, other_leads: bool, sure: bool) -> None:
    """Raises `Conflict` or `BadInput` unless ``other`` may be joined with ``head``.

    ``other_leads``: cases were joined with ``other`` before. ``sure``: staff said that it is the same person, for cases of
    which nothing shows it.
    """
    if other.id == head.id:
        raise BadInput("other", "Dit is dezelfde zaak. Kies een andere.")
    if head.merged_into:
        raise Conflict(
            f"{head.reference} is zelf samengevoegd met {head.merged_into}. Voeg de zaken daar samen."
        )
    if other.merged_into:
        raise Conflict(f"{other.reference} is al samengevoegd met {other.merged_into}. Maak die eerst los.")
    if other_leads:
        raise Conflict(
            f"Met {other.reference} zijn al zaken samengevoegd. Open {other.reference} en voeg deze zaak daar toe."
        )
    if not sure and not same_person(head, other):
        raise BadInput(
            "other_person",
            f"Niets laat zien dat {other.reference} van dezelfde student is. Zet het vinkje als je dat zeker weet.",
        )


def state_line(case: Case, head: Case | None) -> str:
    """What a student is told about a case (Markdown); ``head`` is the case that it was joined with, if it was."""
    if head is None:
        return f"**{case.reference}**: {STATUS_DUTCH[case.status]}"
    return (
        f"**{case.reference}** is samengevoegd met **{head.reference}**. Zo staat die ervoor: "
        f"{STATUS_DUTCH[head.status]}"
    )
