"""The list of conversations, by who has to do something."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.conversation import Conversation
from bot.core.errors import NotFound
from bot.core.messages import Message
from bot.desk.guard import Ask, Guard
from bot.desk.templating import Pages

VIEWS = {
    "urgent": ("Spoed", "Niemand heeft nu spoed."),
    "waiting": ("Wacht op ons", "Niemand wacht. Mooi."),
    "mine": ("Van mij", "Je hebt nu geen gesprekken."),
    "bot": ("Bij de chatbot", "De chatbot praat nu met niemand."),
    "all": ("Alles wat loopt", "Er lopen nu geen gesprekken."),
    "closed": ("Gesloten", "Er zijn nog geen gesloten gesprekken."),
}


@dataclass(frozen=True)
class Line:
    """One conversation in the list."""

    conversation: Conversation
    last: Message | None
    holder: str | None


class Inbox:
    """The routes of the inbox."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages = made, pages

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            guard.get("/", self.first),
            guard.get("/inbox/{view}", self.show),
            guard.get("/counts", self.counts),
        ]

    def first(self, ask: Ask) -> Response:
        """Where the work is: urgent, else waiting."""
        with self._made.tools.look() as uow:
            urgent = uow.conversations.counts(ask.staff.id)["urgent"]
        return RedirectResponse(f"/desk/inbox/{'urgent' if urgent else 'waiting'}", 303)

    def show(self, ask: Ask) -> Response:
        """One view of the inbox; for htmx only its list."""
        view = ask.path("view")
        if view not in VIEWS:
            raise NotFound("Deze lijst bestaat niet.")
        with self._made.tools.look() as uow:
            found = uow.conversations.inbox(view, ask.staff.id)
            last = uow.messages.last([each.id for each in found])
            names = {member.id: member.name for member in uow.staff.list()}
        lines = [Line(each, last.get(each.id), names.get(each.assignee_id or 0)) for each in found]
        title, empty = VIEWS[view]
        return self._pages.page(
            "_inbox_list.html" if ask.partial else "inbox.html",
            ask,
            view=view,
            title=title,
            empty=empty,
            lines=lines,
        )

    def counts(self, ask: Ask) -> Response:
        """The numbers in the menu."""
        return self._pages.page("_views.html", ask, view=ask.query("view"))
