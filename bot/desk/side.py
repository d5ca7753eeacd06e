"""Beside the transcript: who looks along, notes, labels, follow-up, colleague, and a topic that the bot got wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot import staff_desk
from bot.bootstrap import Services
from bot.core.errors import BadInput, NotFound
from bot.desk import work
from bot.desk.forms import number
from bot.desk.guard import Ask, Guard
from bot.desk.templating import Pages
from bot.storage.unit_of_work import UnitOfWork


def side_values(uow: UnitOfWork, conversation_id: str, ask: Ask, now: datetime) -> dict[str, Any]:
    """What the templates of the side need."""
    return {
        "notes": uow.work.notes(conversation_id),
        "labels": uow.work.labels(conversation_id),
        "all_labels": uow.work.all_labels(),
        "follow_up": uow.work.follow_up(conversation_id),
        "present": [
            name for staff_id, name in uow.work.present(conversation_id, now) if staff_id != ask.staff.id
        ],
        "mentioned_here": conversation_id in uow.work.mentions_of(ask.staff.id),
        "colleagues": [member for member in uow.staff.list() if not member.disabled],
        "cases": uow.cases.of_conversation(conversation_id),
    }


class SidePanel:
    """The routes of the side of a conversation."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages, self._tools = made, pages, made.tools

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        at = "/conversations/{id}"
        return [
            guard.get(f"{at}/side", self.show),
            guard.post(f"{at}/notes", self.note),
            guard.post(f"{at}/labels", self.label),
            guard.post(f"{at}/labels/remove", self.unlabel),
            guard.post(f"{at}/follow-up", self.follow_up),
            guard.post(f"{at}/assign", self.assign),
            guard.post(f"{at}/mentions-seen", self.seen),
            guard.get(f"{at}/topic/{{message:int}}", self.topic_form),
            guard.post(f"{at}/topic/{{message:int}}", self.topic),
        ]

    def show(self, ask: Ask, headers: dict[str, str] | None = None) -> Response:
        """The part that changes by itself."""
        with self._tools.look() as uow:
            conversation = uow.conversations.get(ask.path("id"))
            if conversation is None:
                raise NotFound("Dit gesprek bestaat niet (meer). Misschien is het gewist.")
            values = side_values(uow, conversation.id, ask, self._tools.now())
        return self._pages.page("_side_live.html", ask, 200, headers, conversation=conversation, **values)

    def _done(self, ask: Ask) -> Response:
        if ask.partial:
            return self.show(ask, {"HX-Trigger": "desk-saved"})
        return RedirectResponse(f"/desk/conversations/{ask.path('id')}", 303)

    def note(self, ask: Ask) -> Response:
        """Adds a note."""
        work.add_note(self._tools, ask.path("id"), ask.staff, ask.form.get("text", ""))
        return self._done(ask)

    def label(self, ask: Ask) -> Response:
        """Puts a label on."""
        work.change_label(self._tools, ask.path("id"), ask.form.get("label", ""), on=True)
        return self._done(ask)

    def unlabel(self, ask: Ask) -> Response:
        """Takes a label off."""
        work.change_label(self._tools, ask.path("id"), ask.form.get("label", ""), on=False)
        return self._done(ask)

    def follow_up(self, ask: Ask) -> Response:
        """Sets or clears the day to look again."""
        work.set_follow_up(self._tools, ask.path("id"), ask.staff, ask.form.get("due", ""))
        return self._done(ask)

    def assign(self, ask: Ask) -> Response:
        """Gives the conversation to a colleague."""
        staff_desk.assign(self._tools, ask.path("id"), ask.staff, number(ask.form, "to"))
        return self._done(ask)

    def seen(self, ask: Ask) -> Response:
        """The notes that mention this person are on the screen. Sent by the page, since looking (GET) changes nothing."""
        work.see_mentions(self._tools, ask.path("id"), ask.staff)
        return Response(status_code=204)

    def topic_form(self, ask: Ask) -> Response:
        """The form under a message."""
        topics: dict[str, list[tuple[str, str]]] = {}
        for topic in self._made.knowledge.topics().values():
            entry = self._made.knowledge.entry(topic.id)
            topics.setdefault(topic.theme, []).append((topic.id, entry.label if entry else topic.description))
        return self._pages.page(
            "_topic_form.html",
            ask,
            conversation_id=ask.path("id"),
            message_id=ask.path("message"),
            topics=topics,
        )

    def topic(self, ask: Ask) -> Response:
        """Corrects the topic of a message."""
        topic = ask.form.get("topic", "")
        if topic not in self._made.knowledge.topics() and topic != work.NO_TOPIC:
            raise BadInput("topic", "Kies een onderwerp uit de lijst.")
        work.correct_topic(self._tools, ask.path("id"), int(ask.path("message")), ask.staff, topic)
        if ask.partial:
            # The transcript shows it by itself: the change is announced.
            return Response("")
        return RedirectResponse(f"/desk/conversations/{ask.path('id')}", 303)
