"""The desk as one application: its parts, and how errors look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import structlog
from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot.bootstrap import Services
from bot.core.errors import HelpdeskError, NotFound
from bot.desk.accounts import session_of
from bot.desk.cases import CasePages
from bot.desk.conversation import ConversationPage
from bot.desk.guard import COOKIE, Ask, Guard
from bot.desk.inbox import Inbox
from bot.desk.knowledge_page import KnowledgePage
from bot.desk.learning_page import LearningPage
from bot.desk.live import Live
from bot.desk.login import Login
from bot.desk.me import MyPage
from bot.desk.numbers import NumbersPage
from bot.desk.people import PeoplePages
from bot.desk.replies import Replies
from bot.desk.search import SearchPage
from bot.desk.side import SidePanel
from bot.desk.strangers import Strangers
from bot.desk.templating import Pages
from bot.desk.views import ViewPages
from bot.desk.year_page import YearPage

log = structlog.get_logger(__name__)

STATIC = Path(__file__).parent / "static"


class Trouble(HelpdeskError):
    """Something of ours broke."""

    code = "internal"
    status = 500


def desk_app(made: Services, wake: Callable[[], None]) -> Starlette:
    """The desk as an application of its own, mounted at ``/desk``. ``wake``: a message may wait for the assistant."""
    pages, guard = Pages(made), Guard(made.tools)
    strangers = Strangers(made, pages)
    parts = (
        Login(made, pages, strangers),
        Inbox(made, pages),
        ConversationPage(made, pages),
        CasePages(made, pages),
        SearchPage(made, pages),
        SidePanel(made, pages),
        Replies(made, pages),
        ViewPages(made, pages),
        KnowledgePage(made, pages),
        NumbersPage(made, pages),
        YearPage(made, pages),
        MyPage(made, pages),
        PeoplePages(made, pages, strangers),
        LearningPage(made, pages),
        Live(made),
    )

    async def shown(request: Request, error: HelpdeskError) -> Response:
        def render() -> Response:
            session = None
            try:
                session = session_of(made.tools, request.cookies.get(COOKIE))
                ask = Ask(request, session) if session else None
                return pages.error(error, ask, partial="hx-request" in request.headers)
            except SQLAlchemyError:
                # Without the database there is no menu either, but still a page.
                return pages.error(error, None, partial="hx-request" in request.headers)

        return await to_thread.run_sync(render)

    async def expected(request: Request, error: Exception) -> Response:
        assert isinstance(error, HelpdeskError)
        return await shown(request, error)

    async def by_status(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        words: HelpdeskError = NotFound("Deze pagina bestaat niet.")
        if error.status_code == 405:
            words = HelpdeskError("Dit kan niet op dit adres.")
        return await shown(request, words)

    async def crash(request: Request, error: Exception) -> Response:
        # The message of a database error holds its parameters, so only its kind is logged.
        log.error("desk_request_failed", kind=type(error).__name__)
        return await shown(
            request,
            Trouble(
                "Er ging iets mis bij ons. Wat je typte is bewaard in deze browser. Probeer het zo opnieuw."
            ),
        )

    return Starlette(
        routes=[
            Mount("/static", app=StaticFiles(directory=STATIC)),
            *(route for part in parts for route in part.routes(guard)),
        ],
        exception_handlers={
            HelpdeskError: expected,
            HTTPException: by_status,
            SQLAlchemyError: crash,
            Exception: crash,
        },
    )
