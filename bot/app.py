"""The one public web application: mounts the channels, the desk, health and metrics."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import structlog
from anyio import to_thread
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.bootstrap import Services, services
from bot.channels.website.api import WebsiteApi, error_response
from bot.channels.website.limits import Limits
from bot.core.errors import HelpdeskError
from bot.desk.app import desk_app
from bot.timers import run_timers
from bot.turns import TurnRunner

log = structlog.get_logger(__name__)

WIDGET = Path(__file__).parent / "channels" / "website" / "widget"

WAITING = Gauge("helpdesk_messages_waiting", "Messages that wait for the assistant")
WATCHING = Gauge("helpdesk_live_watchers", "Open event streams")


async def _helpdesk_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HelpdeskError)
    return error_response(error)


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "Dit adres bestaat niet.", 405: "Dit kan niet op dit adres."}.get(
        error.status_code, "De aanvraag is geweigerd."
    )
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "refused")
    return JSONResponse(
        {"error": {"code": code, "message": words}}, error.status_code, dict(error.headers or {})
    )


async def _crash(request: Request, error: Exception) -> Response:
    if isinstance(error, SQLAlchemyError):
        # The message of a database error holds its parameters, so only its kind is logged.
        log.error("database_error", kind=type(error).__name__, path=request.url.path)
        status, code, words = (
            503,
            "try_again",
            "Dat lukte even niet. Je bericht is niet opgeslagen. Probeer het zo opnieuw.",
        )
    else:
        log.error("request_failed", kind=type(error).__name__, path=request.url.path)
        status, code, words = 500, "internal", "Er ging iets mis bij ons. Probeer het zo opnieuw."
    return JSONResponse({"error": {"code": code, "message": words}}, status)


class Revalidated(StaticFiles):
    """Files whose names hold no version: a browser asks each time whether they changed."""

    def file_response(self, *args, **kwargs) -> Response:  # type: ignore[no-untyped-def]
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


class SecurityHeaders:
    """Headers that every answer carries. A plain ASGI wrapper, because a response wrapper would hold up event streams."""

    def __init__(self, app: Callable[..., Awaitable[None]], https: bool) -> None:
        self._app = app
        self._headers = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
            (
                b"content-security-policy",
                b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                b"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            ),
        ]
        if https:
            self._headers.append((b"strict-transport-security", b"max-age=31536000"))

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message) -> None:  # type: ignore[no-untyped-def]
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in self._headers if name not in present),
                ]
            await send(message)

        await self._app(scope, receive, with_headers)


def make_app(made: Services | None = None) -> Starlette:
    """The application. Started by uvicorn, or by a test with services of its own."""
    made = made or services()
    settings, tools, hub = made.settings, made.tools, made.hub
    runner = TurnRunner(tools, made.assistant, hub.typing, made.erase_in_rasa)
    limits = Limits(settings.messages_per_minute, settings.conversations_per_minute)
    api = WebsiteApi(tools, hub, limits, runner.wake, made.erase_in_rasa)

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_: Request) -> Response:
        def database() -> int:
            with tools.look() as uow:
                return uow.messages.pending_count()

        state: dict[str, bool | int | None] = {"database": False, "assistant": False, "waiting": None}
        with contextlib.suppress(SQLAlchemyError):
            state["waiting"] = await to_thread.run_sync(database)
            state["database"] = True
        state["assistant"] = await made.assistant.ready()
        good = state["database"] and state["assistant"]
        return JSONResponse({"status": "ready" if good else "not_ready", **state}, 200 if good else 503)

    async def metrics(_: Request) -> Response:
        def count() -> int:
            with tools.look() as uow:
                return uow.messages.pending_count()

        WAITING.set(await to_thread.run_sync(count))
        WATCHING.set(hub.watchers())
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    async def demo(_: Request) -> Response:
        return FileResponse(WIDGET / "demo.html")

    async def privacy(_: Request) -> Response:
        return FileResponse(WIDGET / "privacy.html")

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        hub.bind(asyncio.get_running_loop())

        def release() -> None:
            with tools.begin() as uow:
                uow.messages.release_claims(tools.now())
                uow.commit()

        # What an earlier run had begun and not finished is due at once.
        await to_thread.run_sync(release)
        tasks = [
            asyncio.create_task(runner.run(), name="turns"),
            asyncio.create_task(run_timers(tools, settings, made.someone_is_there), name="timers"),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await made.assistant.close()

    return Starlette(
        routes=[
            Route("/", demo),
            Route("/privacy", privacy),
            Mount(
                "/api/v1",
                routes=api.routes(),
                # The token is a bearer token in a header, never a cookie: another site cannot ride on it.
                middleware=[
                    Middleware(
                        CORSMiddleware,
                        allow_origins=list(settings.allowed_origins),
                        allow_methods=["GET", "POST", "DELETE"],
                        allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
                        expose_headers=["Retry-After"],
                        max_age=600,
                    )
                ],
            ),
            Mount(
                "/widget",
                app=CORSMiddleware(Revalidated(directory=WIDGET), allow_origins=["*"], allow_methods=["GET"]),
            ),
            Mount("/desk", app=desk_app(made, runner.wake)),
            Route("/health/live", live),
            Route("/health/ready", ready),
            Route("/metrics", metrics),
        ],
        middleware=[Middleware(SecurityHeaders, https=settings.https)],
        exception_handlers={
            HelpdeskError: _helpdesk_error,
            HTTPException: _http_error,
            SQLAlchemyError: _crash,
            Exception: _crash,
        },
        lifespan=lifespan,
    )
