"""The list of conversations, by who has to do something."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.conversation import Conversation, State
from bot.core.errors import NotFound
from bot.core.messages import Message
from bot.desk.due import due_lines
from bot.desk.guard import Ask, Guard
from bot.desk.lists import VIEWS
from bot.desk.templating import Pages
from bot.desk.words import CHANNELS
from bot.follow_ups import dutch_day
from bot.storage.unit_of_work import UnitOfWork


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
        """One view of the inbox, narrowed by ``label`` and ``channel``; for htmx only the part that it swaps."""
        view, label, channel = ask.path("view"), ask.query("label"), ask.query("channel")
        if view not in VIEWS:
            raise NotFound("Deze lijst bestaat niet.")
        channel = channel if channel in CHANNELS else ""
        with self._made.tools.look() as uow:
            today = dutch_day(self._made.tools.now())
            due = due_lines(uow, view, ask.staff.id, today, label=label, channel=channel)
            on_top = {line.conversation_id for line in due if line.is_talk}
            # What stands on top is not said twice, unless somebody waits: that and its time must not get lost.
            found = [
                each
                for each in self._found(uow, view, ask, label, channel)
                if each.id not in on_top or each.urgent or each.state is State.QUEUE
            ]
            all_labels = uow.work.all_labels()
            last = uow.messages.last([each.id for each in found])
            names = {member.id: member.name for member in uow.staff.list()}
        lines = [Line(each, last.get(each.id), names.get(each.assignee_id or 0)) for each in found]
        title, empty = VIEWS[view]
        filters = {name: value for name, value in (("label", label), ("channel", channel)) if value}
        template = "inbox.html"
        if ask.partial:
            whole = ask.request.headers.get("hx-target") == "inbox"
            template = "_inbox.html" if whole else "_inbox_list.html"
        return self._pages.page(
            template,
            ask,
            label=label,
            channel=channel,
            all_labels=all_labels,
            filters=filters,
            due=due,
            names=names,
            narrowed=f"?{urlencode(filters)}" if filters else "",
            view=view,
            title=title,
            empty=empty,
            lines=lines,
        )

    def _found(self, uow: UnitOfWork, view: str, ask: Ask, label: str, channel: str) -> list[Conversation]:
        if view == "due":
            return []
        if view != "mentioned":
            return uow.conversations.inbox(view, ask.staff.id, label=label, channel=channel)
        ids = uow.work.mentions_of(ask.staff.id)
        if label:
            with_it = uow.work.labelled(label)
            ids = [each for each in ids if each in with_it]
        known = uow.conversations.many(ids[:100])
        found = [known[each] for each in ids if each in known]
        return [each for each in found if not channel or each.channel == channel]

    def counts(self, ask: Ask) -> Response:
        """The numbers in the menu."""
        return self._pages.page("_views.html", ask, view=ask.query("view"))
