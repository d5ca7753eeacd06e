"""Who may see what. Every route of the desk is made here, so none can forget to ask who you are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote, urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.errors import NotAllowed, NotFound
from bot.desk.accounts import session_of
from bot.desk.forms import MAX_NUMBER, Form, check_origin, check_token, clean, read_form
from bot.helpdesk import Tools
from bot.storage.staff import StaffMember, StaffSession

COOKIE = "desk_session"
RANK = {"handler": 0, "editor": 1, "admin": 2}
"""Each role may do what those before it may."""


@dataclass(frozen=True)
class Ask:
    """A request by somebody who is logged in. ``form`` is empty for a GET."""

    request: Request
    session: StaffSession
    form: Form = field(default_factory=dict)

    @property
    def staff(self) -> StaffMember:
        """Who asks."""
        return self.session.staff

    @property
    def partial(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return "hx-request" in self.request.headers

    def path(self, name: str) -> str:
        """A part of the address. Raises `NotFound` for a number that no row can have."""
        value = self.request.path_params[name]
        if isinstance(value, int) and value > MAX_NUMBER:
            raise NotFound("Deze pagina bestaat niet.")
        return clean(str(value))

    def query(self, name: str, default: str = "") -> str:
        """A value after the question mark, at most 200 characters."""
        return clean(self.request.query_params.get(name, default))[:200]

    def number(self, name: str) -> int | None:
        """A value after the question mark that names a row; ``None`` without one that can."""
        raw = self.query(name)
        return int(raw) if raw.isdecimal() and int(raw) <= MAX_NUMBER else None


READ_AGAIN = timedelta(minutes=15)

Handler = Callable[[Ask], Response]
AsyncHandler = Callable[[Ask], Awaitable[Response]]


def safe_next(raw: str | None) -> str:
    """Where to go after login: a page of the desk, never another site."""
    parts = urlsplit(raw or "")
    good = (
        not parts.scheme and not parts.netloc and parts.path.startswith("/desk/") and "\\" not in (raw or "")
    )
    return str(raw) if good and not parts.path.startswith(("/desk/login", "/desk/logout")) else "/desk/"


def to_login(request: Request) -> Response:
    """Sends to the login and, for what can be read again, back afterwards. What was typed stays in the browser."""
    url = urlsplit(request.headers.get("hx-current-url") or request.headers.get("referer") or "")
    if request.method == "GET" and "hx-request" not in request.headers:
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    else:
        back = url.path + (f"?{url.query}" if url.query else "")
    # Who comes for the first time was not logged out.
    ended = COOKIE in request.cookies or request.method != "GET" or "hx-request" in request.headers
    target = f"/desk/login?{'expired=1&' if ended else ''}next={quote(safe_next(back))}"
    if "hx-request" in request.headers:
        # A redirect would put the login form inside the page; htmx follows this header instead.
        return Response(status_code=401, headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)


class Guard:
    """Makes routes that ask who you are, what you may do, and whether a form is ours; and writes the audit trail.

    Handlers are plain functions and run in a thread: they may wait for the database.
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def get(
        self, path: str, handler: Handler, role: str = "handler", *, reads: str = "", early: bool = False
    ) -> Route:
        """A page that only reads. ``reads`` names what the audit trail says was read; ``early``: also for an admin who
        must set up a second factor first.
        """

        async def endpoint(request: Request) -> Response:
            session = await self._session(request)
            if session is None:
                return to_login(request)
            if session.second_factor_missing and not early:
                return RedirectResponse("/desk/me", 303)
            _check_role(session, role)
            response = await to_thread.run_sync(handler, Ask(request, session))
            if reads:
                await to_thread.run_sync(self._trail_read, session.staff.id, reads, _subject(request))
            return _private(response)

        return Route(path, endpoint, methods=["GET"])

    def post(self, path: str, handler: Handler, role: str = "handler", *, early: bool = False) -> Route:
        """Something that changes. Refused without the token of the session; in the audit trail if it was done."""

        async def endpoint(request: Request) -> Response:
            check_origin(request)
            session = await self._session(request)
            if session is None:
                return to_login(request)
            form = await read_form(request)
            check_token(form.get("csrf", ""), session.csrf_token)
            if session.second_factor_missing and not early:
                return RedirectResponse("/desk/me", 303)
            _check_role(session, role)
            response = await to_thread.run_sync(handler, Ask(request, session, form))
            if response.status_code < 400:
                await to_thread.run_sync(self._trail, session.staff.id, _action(path), _subject(request))
            return _private(response)

        return Route(path, endpoint, methods=["POST"])

    def stream(self, path: str, handler: AsyncHandler) -> Route:
        """An event stream. The browser gets a status instead of a login page, which it could not show."""

        async def endpoint(request: Request) -> Response:
            session = await self._session(request)
            if session is None or session.second_factor_missing:
                return Response(status_code=401)
            return await handler(Ask(request, session))

        return Route(path, endpoint, methods=["GET"])

    async def _session(self, request: Request) -> StaffSession | None:
        return await to_thread.run_sync(session_of, self._tools, request.cookies.get(COOKIE))

    def _trail(self, staff_id: int, action: str, subject: str) -> None:
        with self._tools.begin() as uow:
            uow.audit.add(self._tools.now(), staff_id, action, subject)
            uow.commit()

    def _trail_read(self, staff_id: int, what: str, subject: str) -> None:
        # A page that is looked at again and again within a quarter of an hour is one line.
        with self._tools.look() as uow:
            known = uow.audit.was_there(staff_id, what, subject, self._tools.now() - READ_AGAIN)
        if not known:
            self._trail(staff_id, what, subject)


def _action(path: str) -> str:
    """``/conversations/{id}/take`` -> ``conversations/take``."""
    return "/".join(part for part in path.split("/") if part and not part.startswith("{"))


def _subject(request: Request) -> str:
    """The ids in the address."""
    return clean(" ".join(str(value) for value in request.path_params.values()))


def _check_role(session: StaffSession, role: str) -> None:
    if RANK[session.staff.role] < RANK[role]:
        raise NotAllowed("Dit mag je niet met jouw rol. Vraag het aan een beheerder.")


def _private(response: Response) -> Response:
    # A transcript must not come back from a cache after somebody logged out.
    response.headers.setdefault("Cache-Control", "no-store")
    return response
