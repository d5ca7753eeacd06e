"""The client of Rasa: timeouts, one kind of error, and no turn handled twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import httpx

from bot.core.errors import AssistantUnavailable
from bot.core.messages import Button, Draft, Effect, SourceLink
from bot.core.ports import Turn

CHANNEL = "helpdesk"
"""The name of our channel in Rasa (`bot.rasa_channel`)."""


def escape(text: str) -> str:
    """What a student typed, such that Rasa takes it as words.

    Rasa reads a text that starts with ``/`` as a command (``/restart``, or any intent), whoever wrote it.
    """
    plain = text.lstrip("/ \t\n")
    return plain or "?"


def read_reply(raw: Mapping[str, Any]) -> Draft | Effect | None:
    """One entry of Rasa's answer as something to say or to do; ``None`` for what we do not use (images)."""
    custom = raw.get("custom") or {}
    if "effect" in custom:
        return Effect(str(custom["effect"]), {k: v for k, v in custom.items() if k != "effect"})
    body = custom if "text" in custom else raw
    text = body.get("text")
    if not text:
        return None
    return Draft(
        text=str(text),
        buttons=tuple(Button(b["title"], b["payload"]) for b in body.get("buttons") or ()),
        sources=tuple(SourceLink(**source) for source in body.get("sources") or ()),
        topic=body.get("topic"),
        topic_version=body.get("version"),
    )


def read_turn(raw: Iterable[Mapping[str, Any]]) -> Turn:
    """Rasa's list of replies as a turn; what is said twice in one turn is said once."""
    parts: list[Draft | Effect] = []
    for part in map(read_reply, raw):
        # Where no rule fits, Rasa runs its fallback action until it may not any more, and says the same ten times.
        if part is not None and part not in parts:
            parts.append(part)
    return Turn(
        replies=[part for part in parts if isinstance(part, Draft)],
        effects=[part for part in parts if isinstance(part, Effect)],
    )


def turn_in_tracker(events: list[Mapping[str, Any]], message_id: str) -> tuple[bool, Turn | None]:
    """Looks for a turn that Rasa finished before: whether it has the message, and the turn if it also spoke."""
    for index in range(len(events) - 1, -1, -1):
        event = events[index]
        if event.get("event") == "user" and (event.get("metadata") or {}).get("message_id") == message_id:
            spoken = [
                {"text": later.get("text"), **(later.get("data") or {})}
                for later in events[index + 1 :]
                if later.get("event") == "bot"
            ]
            return True, read_turn(spoken) if spoken else None
    return False, None


class RasaAssistant:
    """Talks to our channel in Rasa. Keeps the promises of `bot.core.ports.Assistant`."""

    def __init__(
        self, url: str, token: str, timeout_s: float, client: httpx.AsyncClient | None = None
    ) -> None:
        # trust_env off: a proxy setting of the machine must not carry conversations elsewhere.
        self._http = client or httpx.AsyncClient(base_url=url, timeout=timeout_s, trust_env=False)
        self._token = token

    async def close(self) -> None:
        """Ends the connections."""
        await self._http.aclose()

    async def _call(self, method: str, path: str, **kwargs: Any) -> Any:
        try:
            answer = await self._http.request(method, path, **kwargs)
        except httpx.HTTPError as error:
            raise AssistantUnavailable(f"De assistent is niet bereikbaar ({type(error).__name__}).") from None
        if answer.status_code >= 400:
            raise AssistantUnavailable(f"De assistent gaf fout {answer.status_code}.")
        return answer.json() if answer.content else None

    async def answer(
        self, conversation_id: str, text: str, message_id: str, *, channel: str, again: bool = False
    ) -> Turn:
        """See `bot.core.ports.Assistant.answer`. A payload comes as it is; typed text must go through `escape`."""
        if again:
            tracker = await self._call(
                "GET", f"/conversations/{conversation_id}/tracker", params={"token": self._token}
            )
            known, turn = turn_in_tracker(tracker.get("events") or [], message_id)
            if turn is not None:
                return turn
            if known:
                # Rasa took the message but an action failed: undo its half of the turn before sending again.
                await self._call(
                    "POST",
                    f"/conversations/{conversation_id}/tracker/events",
                    params={"token": self._token},
                    json=[{"event": "rewind"}],
                )
        raw = await self._call(
            "POST",
            f"/webhooks/{CHANNEL}/webhook",
            headers={"Authorization": f"Bearer {self._token}"},
            json={
                "sender": conversation_id,
                "message": text,
                "metadata": {"message_id": message_id, "channel": channel},
            },
        )
        turn = read_turn(raw)
        if not turn.replies and not turn.effects:
            raise AssistantUnavailable("De assistent gaf geen antwoord.")
        return turn

    async def new_session(self, conversation_id: str) -> None:
        """Begins a new session: Rasa forgets old turns, keeps the slots, and stays fast."""
        await self._call(
            "POST",
            f"/conversations/{conversation_id}/execute",
            params={"token": self._token},
            json={"name": "action_session_start"},
        )

    async def ready(self) -> bool:
        """Whether Rasa is up with a model."""
        try:
            status = await self._call("GET", "/status", params={"token": self._token})
        except AssistantUnavailable:
            return False
        return bool(status and status.get("model_file"))
