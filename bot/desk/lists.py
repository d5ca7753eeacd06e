"""The lists of the inbox, and where a saved view opens."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from bot.core.saved_views import FILTERS, SavedView

VIEWS = {
    "urgent": ("Spoed", "Niemand heeft nu spoed."),
    "waiting": ("Wacht op ons", "Niemand wacht. Mooi."),
    "mine": ("Van mij", "Je hebt nu geen gesprekken."),
    "mentioned": ("Genoemd", "Niemand heeft je genoemd."),
    "due": ("Vervolg vandaag", "Er is niets om vandaag op terug te komen."),
    "bot": ("Bij de chatbot", "De chatbot praat nu met niemand."),
    "all": ("Alles wat loopt", "Er lopen nu geen gesprekken."),
    "closed": ("Gesloten", "Er zijn nog geen gesloten gesprekken."),
}


def address(view: SavedView) -> str:
    """Where a view opens. A list that does not exist any more opens as all that goes on."""
    filters = {name: view.filters[name] for name in FILTERS[view.page] if view.filters.get(name)}
    path = "/desk/search"
    if view.page == "inbox":
        name = filters.pop("view", "all")
        path = f"/desk/inbox/{quote(name if name in VIEWS else 'all')}"
    return f"{path}?{urlencode({**filters, 'saved': view.id})}"
