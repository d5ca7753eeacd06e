"""Logging in, with a code as second step for who has one, and out."""

from __future__ import annotations

import hmac
from datetime import timedelta
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import HelpdeskError
from bot.desk.accounts import SESSION, check_login, log_out, open_session, session_of
from bot.desk.guard import COOKIE, Ask, Guard, safe_next
from bot.desk.second_factor import use_code
from bot.desk.strangers import FIRST_COOKIE, Strangers, address
from bot.desk.templating import Pages
from bot.desk.throttle import Throttle
from bot.storage.staff import StaffMember

HALF_COOKIE = "desk_half"
"""Who gave a right password and still has to give a code."""
HALF_WAY = timedelta(minutes=5)


class Login:
    """The routes of logging in and out."""

    def __init__(self, made: Services, pages: Pages, strangers: Strangers) -> None:
        self._made, self._pages, self._strangers, self._throttle = made, pages, strangers, Throttle()

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            Route("/login", self.show, methods=["GET"]),
            Route("/login", self.enter, methods=["POST"]),
            Route("/login/code", self.show_code, methods=["GET"]),
            Route("/login/code", self.enter_code, methods=["POST"]),
            guard.post("/logout", self.leave, early=True),
        ]

    def _form(
        self,
        request: Request,
        template: str,
        status: int = 200,
        error: str = "",
        login: str = "",
        target: str = "",
    ) -> Response:
        return self._strangers.page(
            request,
            template,
            status,
            error=error,
            login=login,
            target=target or safe_next(request.query_params.get("next")),
            expired=bool(request.query_params.get("expired")),
        )

    async def show(self, request: Request) -> Response:
        """``GET /login``; who is logged in already goes on."""
        if await to_thread.run_sync(session_of, self._made.tools, request.cookies.get(COOKIE)):
            return RedirectResponse(safe_next(request.query_params.get("next")), 303)
        return self._form(request, "login.html")

    async def enter(self, request: Request) -> Response:
        """``POST /login``."""
        login, target = "", ""
        try:
            form = await self._strangers.form(request)
            login, target = form.get("login", "")[:120], safe_next(form.get("next"))
            found = await to_thread.run_sync(self._try, login, form.get("password", ""), address(request))
        except HelpdeskError as error:
            return self._form(request, "login.html", error.status, error.message, login, target)
        if found is None:
            words = "Login of wachtwoord klopt niet. Probeer het opnieuw."
            return self._form(request, "login.html", 401, words, login, target)
        member, needs_code = found
        if not needs_code:
            return await self._welcome(member.id, target)
        response = RedirectResponse(f"/desk/login/code?next={quote(target)}", 303)
        until = int((self._made.tools.now() + HALF_WAY).timestamp())
        value = f"{member.id}.{until}"
        signed = f"{value}.{self._strangers.sign('half', value)}"
        self._strangers.set_cookie(response, HALF_COOKIE, signed, int(HALF_WAY.total_seconds()))
        return response

    def _try(self, login: str, password: str, where: str) -> tuple[StaffMember, bool] | None:
        now = self._made.tools.now()
        self._throttle.check(login, where, now)
        # A password longer than any that can be set costs hashing time and nothing else.
        member = check_login(self._made.tools, login, password[:200])
        if member is None:
            self._throttle.failed(login, where, now)
            return None
        self._throttle.passed(login, where)
        with self._made.tools.look() as uow:
            return member, uow.people.second_factor(member.id).confirmed

    def _half(self, request: Request) -> int | None:
        value, _, signature = request.cookies.get(HALF_COOKIE, "").rpartition(".")
        staff_id, _, until = value.partition(".")
        if not signature or not hmac.compare_digest(
            signature.encode(), self._strangers.sign("half", value).encode()
        ):
            return None
        return int(staff_id) if int(until) > self._made.tools.now().timestamp() else None

    async def show_code(self, request: Request) -> Response:
        """``GET /login/code``: the second step."""
        if self._half(request) is None:
            return RedirectResponse("/desk/login", 303)
        return self._form(request, "login_code.html")

    async def enter_code(self, request: Request) -> Response:
        """``POST /login/code``."""
        staff_id = self._half(request)
        if staff_id is None:
            return RedirectResponse("/desk/login?expired=1", 303)
        target = ""
        try:
            form = await self._strangers.form(request)
            target = safe_next(form.get("next"))
            good = await to_thread.run_sync(self._try_code, staff_id, form.get("code", ""), address(request))
        except HelpdeskError as error:
            return self._form(request, "login_code.html", error.status, error.message, target=target)
        if not good:
            words = "Deze code klopt niet of is al gebruikt. Wacht op de volgende code."
            return self._form(request, "login_code.html", 401, words, target=target)
        return await self._welcome(staff_id, target)

    def _try_code(self, staff_id: int, code: str, where: str) -> bool:
        now, key = self._made.tools.now(), f"code {staff_id}"
        self._throttle.check(key, where, now)
        if use_code(self._made.tools, self._made.settings.secret_key, staff_id, code):
            self._throttle.passed(key, where)
            return True
        self._throttle.failed(key, where, now)
        return False

    async def _welcome(self, staff_id: int, target: str) -> Response:
        token = await to_thread.run_sync(open_session, self._made.tools, staff_id)
        response = RedirectResponse(target, 303)
        self._strangers.set_cookie(response, COOKIE, token, int(SESSION.total_seconds()))
        for name in (FIRST_COOKIE, HALF_COOKIE):
            response.delete_cookie(name, path="/desk")
        return response

    def leave(self, ask: Ask) -> Response:
        """``POST /logout``."""
        log_out(self._made.tools, ask.request.cookies[COOKIE])
        response = RedirectResponse("/desk/login", 303)
        response.delete_cookie(COOKIE, path="/desk")
        return response
