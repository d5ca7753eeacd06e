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
from bot.desk.words import HERE
from bot.storage.unit_of_work import UnitOfWork

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
            found = self._found(uow, view, ask)
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

    def _found(self, uow: UnitOfWork, view: str, ask: Ask) -> list[Conversation]:
        if view not in ("mentioned", "due"):
            return uow.conversations.inbox(view, ask.staff.id)
        today = self._made.tools.now().astimezone(HERE).date()
        ids = uow.work.mentions_of(ask.staff.id) if view == "mentioned" else uow.work.due(today)
        known = uow.conversations.many(ids[:100])
        return [known[each] for each in ids if each in known]

    def counts(self, ask: Ask) -> Response:
        """The numbers in the menu."""
        return self._pages.page("_views.html", ask, view=ask.query("view"))
