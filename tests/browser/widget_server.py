"""A stand-in for the helpdesk that speaks the widget's contract and fails on command.

For the edge cases of the widget only; the widget with the real server is tested elsewhere. A test, in its own
thread, calls `say`, `set_state`, `fail` and the like, and looks in `requests` for what the widget did.
"""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from html import escape
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

WIDGET = Path(__file__).parents[2] / "bot" / "channels" / "website" / "widget"
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " + (
    "require-trusted-types-for 'script'"
)
GREETING = "Hoi! Ik ben de **chatbot** van JOB, een computer. Waar gaat je vraag over?"
TICK = 0.02


@dataclass
class Failure:
    """The next `times` calls of this kind fail. Status 0: the answer is lost after the work was done."""

    method: str
    path: str
    status: int
    code: str = "broken"
    message: str = "Er ging iets mis bij JOB."
    retry_after: str | None = None
    times: int = 1


@dataclass
class Talk:
    """One conversation: its messages, and everything its streams tell."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    events: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=lambda: {"state": "bot", "staff": None})
    generation: int = 0


class StandIn:
    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forgets everything, before each test."""
        self.talks: dict[str, Talk] = {}
        self.requests: list[tuple[str, str, Any, dict[str, str]]] = []
        self.failures: list[Failure] = []
        self.replies: dict[str, str] = {}
        self._open: set[object] = set()
        self.streaming = True
        self.echo = True
        self.delay = 0.0
        self._number = 0

    # ---- what a test says ----------------------------------------------------------------------------------

    @property
    def talk(self) -> Talk:
        """The newest conversation."""
        return list(self.talks.values())[-1]

    @property
    def streams_open(self) -> int:
        return len(self._open)

    def say(
        self, text: str, author: str = "bot", talk: Talk | None = None, tell: bool = True, **more: Any
    ) -> str:
        """A message out; with tell=False the streams stay silent about it, as in a gap."""
        self._number += 1
        talk = talk or self.talk
        message = {
            "id": f"m{self._number:04}",
            "at": datetime.now(timezone.utc).isoformat(),
            "author": author,
            "name": None,
            "text": text,
            "buttons": [],
            "sources": [],
            "topic": None,
            **more,
        }
        talk.messages.append(message)
        if tell and (self.echo or author != "student"):
            talk.events.append(("message", message["id"], message))
        return str(message["id"])

    def set_state(self, state: str, staff: str | None = None) -> None:
        self.talk.state = {"state": state, "staff": staff}
        self.talk.events.append(("state", "", self.talk.state))

    def typing(self, author: str) -> None:
        self.talk.events.append(("typing", "", {"author": author}))

    def erase(self) -> None:
        """Erased from the other side; the token stops working."""
        talk = self.talk
        talk.events.append(("erased", "", {}))
        time.sleep(TICK * 5)
        self.talks = {token: other for token, other in self.talks.items() if other is not talk}

    def break_streams(self) -> None:
        """Every open stream ends now, in the middle of a line."""
        self.talk.generation += 1

    def fail(self, method: str, path: str, status: int, **more: Any) -> None:
        self.failures.append(Failure(method, path, status, **more))

    def calls(self, method: str, path: str) -> list[Any]:
        """The bodies of these calls, oldest first."""
        return [body for verb, where, body, _ in self.requests if (verb, where) == (method, path)]

    def headers(self, method: str, path: str) -> list[dict[str, str]]:
        return [headers for verb, where, _, headers in self.requests if (verb, where) == (method, path)]

    # ---- what the widget asks ------------------------------------------------------------------------------

    async def _note(self, request: Request) -> Failure | None:
        raw = await request.body()
        path = request.url.path.removeprefix("/api/v1")
        self.requests.append((request.method, path, json.loads(raw) if raw else None, dict(request.headers)))
        await asyncio.sleep(self.delay)
        for failure in self.failures:
            if (failure.method, failure.path) == (request.method, path) and failure.times:
                failure.times -= 1
                return failure
        return None

    def _talk_of(self, request: Request) -> Talk | None:
        return self.talks.get(request.headers.get("Authorization", "").removeprefix("Bearer "))

    async def start(self, request: Request) -> Response:
        if failure := await self._note(request):
            return refuse(failure)
        token = f"token-{len(self.requests)}"
        self.talks[token] = Talk()
        self.say(GREETING)
        return JSONResponse({"conversation": f"c-{len(self.talks)}", "token": token}, 201)

    async def send(self, request: Request) -> Response:
        failure = await self._note(request)
        if failure and failure.status:
            return refuse(failure)
        talk = self._talk_of(request)
        if talk is None:
            return unknown()
        body = await request.json()
        client_id = body["client_message_id"]
        if client_id not in talk.sent:
            text = body.get("text") or body.get("title") or body["payload"]
            talk.sent[client_id] = self.say(text, "student", talk)
            if text in self.replies:
                self.say(self.replies[text], talk=talk)
        if failure:
            return Response(status_code=502)
        return JSONResponse({"id": talk.sent[client_id]}, 202)

    async def messages(self, request: Request) -> Response:
        if failure := await self._note(request):
            return refuse(failure)
        talk = self._talk_of(request)
        if talk is None:
            return unknown()
        ids = [message["id"] for message in talk.messages]
        after = request.query_params.get("after")
        return JSONResponse({"messages": talk.messages[ids.index(after) + 1 if after in ids else 0 :]})

    async def seen(self, request: Request) -> Response:
        if failure := await self._note(request):
            return refuse(failure)
        return Response(status_code=204) if self._talk_of(request) else unknown()

    async def events(self, request: Request) -> Response:
        if failure := await self._note(request):
            return refuse(failure)
        talk = self._talk_of(request)
        if talk is None:
            return unknown()
        return StreamingResponse(
            self._stream(talk, request.headers.get("Last-Event-ID")), media_type="text/event-stream"
        )

    async def _stream(self, talk: Talk, last: str | None) -> AsyncIterator[str]:
        generation = talk.generation
        known = [index for index, (_, id_, _) in enumerate(talk.events) if id_ and id_ == last]
        at = known[0] + 1 if known else len(talk.events)
        opened, mine = self._open, object()  # A stream of an earlier test does not count in the next.
        opened.add(mine)
        try:
            if not self.streaming:  # A school's proxy that keeps the stream to itself.
                await asyncio.Event().wait()
            yield ": hallo\n\n" + event("state", "", talk.state)
            while talk.generation == generation:
                while at < len(talk.events):
                    yield event(*talk.events[at])
                    at += 1
                await asyncio.sleep(TICK)
            yield 'event: message\ndata: {"id": "half'
        finally:
            opened.discard(mine)

    async def delete(self, request: Request) -> Response:
        if failure := await self._note(request):
            return refuse(failure)
        talk = self._talk_of(request)
        if talk is None:
            return unknown()
        talk.events.append(("erased", "", {}))
        self.talks = {token: other for token, other in self.talks.items() if other is not talk}
        return Response(status_code=204)

    def app(self) -> Starlette:
        async def demo(request: Request) -> Response:
            return FileResponse(WIDGET / "demo.html", headers={"Content-Security-Policy": STRICT})

        async def school(request: Request) -> Response:
            """A page of a school, on another origin; the query becomes the attributes."""
            port = request.url.port
            attributes = " ".join(
                f'data-{name}="{escape(value)}"' for name, value in request.query_params.items()
            )
            return HTMLResponse(
                "<!DOCTYPE html><html lang=nl><meta name=viewport content='width=device-width'>"
                "<title>School</title>"
                "<style>html{font-size:62.5%} button{display:none!important}</style><h1>School</h1>"
                f'<script src="http://127.0.0.1:{port}/widget/job-helpdesk.js" {attributes}></script>'
            )

        return Starlette(
            routes=[
                Route("/", demo),
                Route("/school", school),
                Mount("/widget", StaticFiles(directory=WIDGET)),
                Route("/api/v1/conversations", self.start, methods=["POST"]),
                Route("/api/v1/messages", self.send, methods=["POST"]),
                Route("/api/v1/messages", self.messages, methods=["GET"]),
                Route("/api/v1/messages/seen", self.seen, methods=["POST"]),
                Route("/api/v1/events", self.events, methods=["GET"]),
                Route("/api/v1/conversation", self.delete, methods=["DELETE"]),
            ],
            middleware=[
                Middleware(
                    CORSMiddleware,
                    allow_origins=["*"],
                    allow_methods=["*"],
                    allow_headers=["*"],
                    expose_headers=["Retry-After"],
                )
            ],
        )


def event(kind: str, id_: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\n" + (f"id: {id_}\n" if id_ else "") + f"data: {json.dumps(data)}\n\n"


def refuse(failure: Failure) -> Response:
    headers = {"Retry-After": failure.retry_after} if failure.retry_after else {}
    return JSONResponse(
        {"error": {"code": failure.code, "message": failure.message}}, failure.status, headers
    )


def unknown() -> Response:
    return JSONResponse({"error": {"code": "token_invalid", "message": "Dit gesprek is er niet meer."}}, 401)


class Running:
    """The stand-in on a free port of this machine, in a thread of its own."""

    def __init__(self) -> None:
        self.stand_in = StandIn()
        # ws="none": uvicorn does not work with the old websockets that Rasa needs; nothing here uses them.
        config = uvicorn.Config(
            self.stand_in.app(),
            port=0,
            ws="none",
            log_level="critical",
            lifespan="off",
            timeout_graceful_shutdown=0,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> "Running":
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the stand-in did not start; its error is above")
            time.sleep(TICK)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.other_origin = f"http://localhost:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=5)
