"""Rasa's private channel to our web application. Runs inside the Rasa process (see ``credentials.yml``).

Adds three things to Rasa's REST channel: a token, an error status when a turn failed (the stock channel answers 200 with
an empty list), and one turn for a message that comes twice while the first is still on its way.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

log = logging.getLogger(__name__)

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class HelpdeskInput(InputChannel):
    """The channel ``helpdesk``: POST ``/webhooks/helpdesk/webhook`` with a bearer token."""

    @classmethod
    def name(cls) -> str:
        """The name in URLs and in the tracker."""
        return "helpdesk"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> HelpdeskInput:
        """Made by Rasa from ``credentials.yml``; refuses to start without a token."""
        token = (credentials or {}).get("token")
        if not token:
            cls.raise_missing_credentials_exception()
        return cls(str(token))

    def __init__(self, token: str) -> None:
        self._token = token
        self._running: dict[str, asyncio.Future[list[dict[str, Any]]]] = {}

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes, as Rasa asks for them."""
        webhook = Blueprint("helpdesk_webhook", "bot.rasa_channel")

        @webhook.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            given = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if not hmac.compare_digest(given.encode(), self._token.encode()):
                return response.json({"error": "unauthorised"}, status=401)
            body = request.json
            metadata = body.get("metadata") or {}
            try:
                spoken = await self._once(
                    f"{body['sender']}:{metadata.get('message_id')}",
                    on_new_message,
                    body["sender"],
                    body["message"],
                    metadata,
                )
            except (
                Exception
            ):  # Whatever a component raised: the caller tries again, and the text stays out of the log.
                log.exception("turn_failed")
                return response.json({"error": "turn_failed"}, status=503)
            if not spoken:
                return response.json({"error": "no_reply"}, status=503)
            return response.json(spoken)

        return webhook

    async def _once(
        self, key: str, on_new_message: OnNewMessage, sender: str, text: str, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """The replies to a message; joins the turn if the same message is being handled."""
        running = self._running.get(key)
        if running is None:
            running = asyncio.ensure_future(self._turn(on_new_message, sender, text, metadata))
            self._running[key] = running
            running.add_done_callback(lambda _: self._running.pop(key, None))
        # Shielded: a caller that hangs up does not stop a turn half-way.
        return await asyncio.shield(running)

    async def _turn(
        self, on_new_message: OnNewMessage, sender: str, text: str, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        collector = CollectingOutputChannel()
        await on_new_message(
            UserMessage(text, collector, sender, input_channel=self.name(), metadata=metadata)
        )
        return list(collector.messages)
