"""Searches and lists that staff keeps under a name: what may be kept. A view holds filters only, never personal data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.errors import BadInput

MAX_NAME = 40
MAX_VIEWS = 30
"""Most views of one person: the menu must stay a menu."""

FILTERS = {
    "inbox": ("view", "label", "channel"),
    "search": ("q", "author", "state", "days", "label"),
}
"""The pages of which a view can be kept, and the filters that each has."""

_PERSONAL = re.compile(r"(?:\d[ .()/-]*){6}|@")


@dataclass(frozen=True)
class SavedView:
    """A page of the desk with its filters under a name."""

    id: int
    staff_id: int
    owner: str
    name: str
    page: str
    shared: bool
    filters: Mapping[str, str] = field(default_factory=dict)


def clean_name(raw: str) -> str:
    """A name as it is kept: one line without spaces at its ends. Raises `BadInput` (``view_name``)."""
    name = " ".join(raw.split())
    if not name:
        raise BadInput("view_name", "Geef de weergave een naam.")
    if len(name) > MAX_NAME or not name.isprintable():
        raise BadInput("view_name", f"Een naam heeft hoogstens {MAX_NAME} tekens.")
    if _PERSONAL.search(name):
        raise BadInput("view_name", "Gebruik geen nummer of mailadres in de naam van een weergave.")
    return name


def clean_filters(page: str, raw: Mapping[str, str]) -> dict[str, str]:
    """The filters of a page that are set. Raises `BadInput`: no such page, or words that hold personal data."""
    if page not in FILTERS:
        raise BadInput("view_page", "Van deze pagina kun je geen weergave bewaren.")
    filters = {name: raw.get(name, "").strip()[:200] for name in FILTERS[page]}
    if _PERSONAL.search(filters.get("q", "")):
        raise BadInput(
            "view_words",
            "Een weergave bewaart geen persoonsgegevens. Haal het nummer of mailadres uit je zoekwoorden.",
        )
    return {name: value for name, value in filters.items() if value}
