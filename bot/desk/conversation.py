"""One conversation: the transcript, and what staff can do with it."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot import staff_desk
from bot.bootstrap import Services
from bot.core.conversation import Conversation, State
from bot.core.delivery import furthest
from bot.core.errors import BadInput, Conflict, NotFound
from bot.core.messages import clean_message_id
from bot.desk.forms import number
from bot.desk.guard import Ask, Guard
from bot.desk.side import side_values
from bot.desk.templating import Pages
from bot.helpdesk import forget

SHOWN = 1_000
"""Most messages on one page; the newest are shown."""


class ConversationPage:
    """The routes of one conversation."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages, self._tools = made, pages, made.tools

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        at = "/conversations/{id}"
        return [
            guard.get(at, self.show, reads="conversations/read"),
            guard.get(f"{at}/live", self.live),
            guard.post(f"{at}/take", self.take),
            guard.post(f"{at}/reply", self.reply),
            guard.post(f"{at}/hand-back", self.hand_back),
            guard.post(f"{at}/close", self.close),
            guard.post(f"{at}/reopen", self.reopen),
            guard.post(f"{at}/read-mark", self.read),
            guard.post(f"{at}/erase", self.erase, "admin"),
        ]

    def _values(self, ask: Ask) -> dict[str, Any]:
        with self._tools.look() as uow:
            conversation = uow.conversations.get(ask.path("id"))
            if conversation is None:
                raise NotFound("Dit gesprek bestaat niet (meer). Misschien is het gewist.")
            messages = uow.messages.newest(conversation.id, SHOWN)
            holder = uow.staff.get(conversation.assignee_id) if conversation.assignee_id else None
            reached = uow.deliveries.of(conversation.id)
            values: dict[str, Any] = {
                "conversation": conversation,
                "messages": messages,
                "deliveries": {each.id: furthest(reached.get(each.id, {}), each.at) for each in messages},
                "shown": SHOWN,
                "seen": max((message.id for message in messages), default=0),
                "holder": holder,
                "cases": uow.cases.of_conversation(conversation.id),
                "close_reason": uow.conversations.close_reason(conversation.id),
                "corrections": uow.work.corrections(conversation.id),
                **side_values(uow, conversation.id, ask, self._tools.now()),
            }
        values["mine"] = conversation.state is State.HUMAN and conversation.assignee_id == ask.staff.id
        values["known"] = _known(conversation)
        values["next_id"] = secrets.token_hex(12)
        return values

    def show(self, ask: Ask) -> Response:
        """The page."""
        return self._pages.page("conversation.html", ask, notice="", **self._values(ask))

    def live(self, ask: Ask) -> Response:
        """What changes by itself: the transcript, and the actions if who has the conversation changed meanwhile."""
        values = self._values(ask)
        changed = ask.query("known") != values["known"]
        return self._pages.page("_live.html", ask, with_actions=changed, **values)

    def _after(
        self, ask: Ask, notice: str = "", status: int = 200, headers: dict[str, str] | None = None
    ) -> Response:
        """The conversation as it is after an action: the part that shows it, or without htmx the page."""
        if not ask.partial and status == 200:
            return RedirectResponse(f"/desk/conversations/{ask.path('id')}", 303)
        template = "_conversation.html" if ask.partial else "conversation.html"
        return self._pages.page(template, ask, status, headers, notice=notice, **self._values(ask))

    def _do(
        self, ask: Ask, action: Any, *args: Any, headers: dict[str, str] | None = None, **named: Any
    ) -> Response:
        try:
            action(self._tools, ask.path("id"), ask.staff, *args, **named)
        except (Conflict, BadInput) as error:
            return self._after(ask, error.message, error.status)
        return self._after(ask, headers=headers)

    def take(self, ask: Ask) -> Response:
        """Take over from the bot, or from the queue."""
        return self._do(ask, staff_desk.take_over)

    def reply(self, ask: Ask) -> Response:
        """Say something to the student. The same form twice says it once."""
        key = clean_message_id(ask.form.get("client_message_id"))[:60]
        return self._do(
            ask, staff_desk.reply, ask.form.get("text", ""), key, headers={"HX-Trigger": "desk-replied"}
        )

    def hand_back(self, ask: Ask) -> Response:
        """Give the conversation back to the bot."""
        return self._do(ask, staff_desk.hand_back, seen=number(ask.form, "seen"))

    def close(self, ask: Ask) -> Response:
        """End it, with a reason for colleagues."""
        return self._do(ask, staff_desk.close, ask.form.get("reason", ""), seen=number(ask.form, "seen"))

    def reopen(self, ask: Ask) -> Response:
        """Take a closed conversation up again."""
        return self._do(ask, staff_desk.reopen)

    def read(self, ask: Ask) -> Response:
        """The one who has it saw what is new. Sent by the page itself, since looking (GET) changes nothing."""
        staff_desk.mark_read(self._tools, ask.path("id"), ask.staff)
        return Response(status_code=204)

    def erase(self, ask: Ask) -> Response:
        """Erases all of it on a student's request, also what Rasa kept. Cases stay, without a link to it."""
        if ask.form.get("sure") != "ja":
            return self._after(ask, "Zet eerst het vinkje: wissen kan niet ongedaan worden gemaakt.", 422)
        with self._tools.look() as uow:
            if uow.conversations.get(ask.path("id")) is None:
                raise NotFound("Dit gesprek bestaat niet (meer). Misschien is het gewist.")
        forget(self._tools, ask.path("id"))
        self._made.erase_in_rasa(ask.path("id"))
        return RedirectResponse("/desk/", 303)


def _known(conversation: Conversation) -> str:
    return f"{conversation.state.value}:{conversation.assignee_id or 0}"
