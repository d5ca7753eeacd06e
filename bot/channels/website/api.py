"""The widget's API under ``/api/v1``. A contract: see ``docs/openapi.yaml``."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from typing import Any

import structlog
from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.website.limits import Limits
from bot.core.conversation import Conversation
from bot.core.delivery import Delivery
from bot.core.errors import BadInput, HelpdeskError
from bot.core.messages import Message
from bot.delivery import record_delivery
from bot.helpdesk import Tools, conversation_of_token, forget, receive, start_conversation
from bot.live import Hub

log = structlog.get_logger(__name__)

MAX_BODY = 64 * 1024
"""Largest request in bytes: 4,000 characters of any script, JSON-escaped, with room to spare."""
RECHECK_S = 5.0
MAX_SEEN = 200
"""Most messages in one report of what was seen."""


class Unauthorised(HelpdeskError):
    """No token, or one that opens nothing (any more)."""

    code = "unauthorised"
    status = 401


def message_out(message: Message) -> dict[str, Any]:
    """A message as the contract has it."""
    return {
        "id": message.id,
        "at": message.at.isoformat(),
        "author": message.author.value,
        "name": message.name,
        "text": message.text,
        "buttons": [asdict(button) for button in message.buttons],
        "sources": [asdict(source) for source in message.sources],
        "topic": message.topic,
    }


async def read_json(request: Request, allowed: set[str]) -> dict[str, Any]:
    """The body as an object with no other fields than ``allowed``. Raises `BadInput` with what to do."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise BadInput("body_too_large", "Het bericht is te groot.")
    try:
        data = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise BadInput("invalid_json", "De aanvraag is geen geldige JSON.") from None
    if not isinstance(data, dict):
        raise BadInput("invalid_json", "De aanvraag moet een JSON-object zijn.")
    unknown = sorted(set(data) - allowed)
    if unknown:
        raise BadInput("unknown_field", f"Onbekend veld: {', '.join(unknown)[:100]}.")
    return data


class WebsiteApi:
    """The endpoints. Database work happens in threads, so that one slow disk holds nobody up."""

    def __init__(
        self,
        tools: Tools,
        hub: Hub,
        limits: Limits,
        wake: Callable[[], None],
        erase_in_rasa: Callable[[str], None],
    ) -> None:
        self._tools, self._hub, self._limits = tools, hub, limits
        self._wake, self._erase_in_rasa = wake, erase_in_rasa

    def routes(self) -> list[Route]:
        """All routes, relative to ``/api/v1``."""
        return [
            Route("/conversations", self.start, methods=["POST"]),
            Route("/messages", self.messages, methods=["GET"]),
            Route("/messages", self.send, methods=["POST"]),
            Route("/messages/seen", self.seen, methods=["POST"]),
            Route("/events", self.events, methods=["GET"]),
            Route("/conversation", self.erase, methods=["DELETE"]),
        ]

    async def _conversation(self, request: Request) -> Conversation:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        found = None
        if scheme.lower() == "bearer" and token:
            found = await to_thread.run_sync(conversation_of_token, self._tools, token.strip())
        if found is None:
            raise Unauthorised("Dit gesprek is niet (meer) te openen. Begin een nieuw gesprek.")
        return found

    async def start(self, request: Request) -> Response:
        """``POST /conversations`` -> 201 ``{"conversation", "token"}``."""
        self._limits.new_conversation(request)
        await read_json(request, set())
        conversation_id, token = await to_thread.run_sync(start_conversation, self._tools, "website")
        return JSONResponse({"conversation": conversation_id, "token": token}, 201)

    async def send(self, request: Request) -> Response:
        """``POST /messages`` -> 202 ``{"id"}``: it is saved; the answer comes over ``/events``."""
        conversation = await self._conversation(request)
        data = await read_json(request, {"client_message_id", "text", "payload"})
        self._limits.message(conversation.id)
        message_id = await to_thread.run_sync(
            receive,
            self._tools,
            conversation.id,
            data.get("client_message_id"),
            data.get("text"),
            data.get("payload"),
        )
        self._wake()
        return JSONResponse({"id": message_id}, 202)

    def _after(self, conversation_id: str, last: int) -> list[Message]:
        with self._tools.look() as uow:
            return uow.messages.after(conversation_id, last)

    async def messages(self, request: Request) -> Response:
        """``GET /messages?after=ID`` -> ``{"messages": […]}``, oldest first, at most 500."""
        conversation = await self._conversation(request)
        after = _message_id(request.query_params.get("after"))
        found = await to_thread.run_sync(self._after, conversation.id, after)
        # After the answer was written: before that it may still be lost, and the chat asks again.
        return JSONResponse(
            {"messages": [message_out(message) for message in found]},
            background=BackgroundTask(self._sent, conversation.id, [message.id for message in found]),
        )

    def _sent(self, conversation_id: str, message_ids: list[int]) -> list[int]:
        """Notes what was written to the line; gives what could not be noted now."""
        try:
            record_delivery(self._tools, conversation_id, message_ids, Delivery.SENT)
        except SQLAlchemyError as error:
            # The student has the messages; that we could not note it must not take the line away.
            log.warning("delivery_not_recorded", kind=type(error).__name__)
            return message_ids
        return []

    async def seen(self, request: Request) -> Response:
        """``POST /messages/seen`` ``{"ids"}`` -> 204: these stood on the student's screen, in an open chat."""
        conversation = await self._conversation(request)
        ids = _message_ids((await read_json(request, {"ids"})).get("ids"))
        self._limits.seen(conversation.id)
        await to_thread.run_sync(record_delivery, self._tools, conversation.id, ids, Delivery.READ)
        return Response(status_code=204)

    async def events(self, request: Request) -> Response:
        """``GET /events``: server-sent events, from ``Last-Event-ID`` on."""
        conversation = await self._conversation(request)
        last = _message_id(request.headers.get("last-event-id"))
        return EventSourceResponse(
            self._stream(conversation.id, last),
            ping=15,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    def _state(self, conversation_id: str) -> dict[str, Any] | None:
        with self._tools.look() as uow:
            conversation = uow.conversations.get(conversation_id)
            if conversation is None:
                return None
            staff = uow.staff.get(conversation.assignee_id) if conversation.assignee_id else None
            return {"state": conversation.state.value, "staff": staff.name if staff else None}

    async def _stream(self, conversation_id: str, last: int) -> AsyncIterator[ServerSentEvent]:
        told: dict[str, Any] | None = None
        written: list[int] = []
        async with self._hub.watch(conversation_id) as watch:
            while True:
                for message in await to_thread.run_sync(self._after, conversation_id, last):
                    last = message.id
                    yield ServerSentEvent(
                        json.dumps(message_out(message), ensure_ascii=False),
                        event="message",
                        id=str(message.id),
                    )
                    # Here it was written to the line; a line that is gone never comes back to this point.
                    written.append(message.id)
                if written:
                    written = await to_thread.run_sync(self._sent, conversation_id, written)
                state = await to_thread.run_sync(self._state, conversation_id)
                if state is None:
                    yield ServerSentEvent("{}", event="erased")
                    return
                if state != told:
                    told = state
                    yield ServerSentEvent(json.dumps(state, ensure_ascii=False), event="state")
                if watch.typing:
                    author, watch.typing = watch.typing, None
                    yield ServerSentEvent(json.dumps({"author": author}), event="typing")
                await watch.wait(RECHECK_S)

    async def erase(self, request: Request) -> Response:
        """``DELETE /conversation`` -> 204: all of it is erased, also what Rasa kept."""
        conversation = await self._conversation(request)
        await to_thread.run_sync(forget, self._tools, conversation.id)
        await to_thread.run_sync(self._erase_in_rasa, conversation.id)
        return Response(status_code=204)


def _message_id(raw: str | None) -> int:
    if not raw:
        return 0
    try:
        value = int(raw)
    except ValueError:
        raise BadInput("after", "Het veld 'after' moet het id van een bericht zijn.") from None
    return max(0, min(value, 2**62))


def _message_ids(raw: object) -> list[int]:
    if not isinstance(raw, list) or not 1 <= len(raw) <= MAX_SEEN:
        raise BadInput("ids", f"Het veld 'ids' moet een lijst van 1 tot {MAX_SEEN} berichten zijn.")
    if not all(isinstance(each, int) and not isinstance(each, bool) and 0 < each < 2**62 for each in raw):
        raise BadInput("ids", "Het veld 'ids' moet id's van berichten bevatten.")
    return list(raw)


def error_response(error: HelpdeskError) -> JSONResponse:
    """The one shape of every error."""
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    retry = getattr(error, "retry_after_s", None)
    if retry is not None:
        headers["Retry-After"] = str(retry)
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, error.status, headers)
