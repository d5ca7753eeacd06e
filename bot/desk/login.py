"""Logging in and out."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import HelpdeskError
from bot.desk.accounts import SESSION, log_in, log_out, session_of
from bot.desk.forms import check_origin, check_token, read_form
from bot.desk.guard import COOKIE, Ask, Guard, safe_next
from bot.desk.templating import Pages
from bot.desk.throttle import Throttle

FIRST_COOKIE = "desk_login"
"""Carries a random value before anybody is logged in; the form's token is made from it."""


class Login:
    """The routes of logging in and out. The login page is the desk's only page for strangers."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages, self._throttle = made, pages, Throttle()

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            Route("/login", self.show, methods=["GET"]),
            Route("/login", self.enter, methods=["POST"]),
            guard.post("/logout", self.leave),
        ]

    def _token(self, value: str) -> str:
        return hmac.new(
            self._made.settings.secret_key.encode(), f"login:{value}".encode(), hashlib.sha256
        ).hexdigest()

    def _form(
        self, request: Request, status: int = 200, error: str = "", login: str = "", target: str = ""
    ) -> Response:
        value = request.cookies.get(FIRST_COOKIE) or secrets.token_urlsafe(24)
        response = self._pages.page(
            "login.html",
            None,
            status,
            {"Cache-Control": "no-store"},
            token=self._token(value),
            error=error,
            login=login,
            target=target or safe_next(request.query_params.get("next")),
            expired=bool(request.query_params.get("expired")),
        )
        response.set_cookie(
            FIRST_COOKIE, value, path="/desk", httponly=True, samesite="lax", secure=self._made.settings.https
        )
        return response

    async def show(self, request: Request) -> Response:
        """``GET /login``; who is logged in already goes on."""
        if await to_thread.run_sync(session_of, self._made.tools, request.cookies.get(COOKIE)):
            return RedirectResponse(safe_next(request.query_params.get("next")), 303)
        return self._form(request)

    async def enter(self, request: Request) -> Response:
        """``POST /login``."""
        check_origin(request)
        form = await read_form(request)
        login, target = form.get("login", "")[:120], safe_next(form.get("next"))
        try:
            check_token(form.get("csrf", ""), self._token(request.cookies.get(FIRST_COOKIE, "")))
            token = await to_thread.run_sync(self._try, login, form.get("password", ""), _address(request))
        except HelpdeskError as error:
            return self._form(request, error.status, error.message, login, target)
        if token is None:
            return self._form(
                request, 401, "Login of wachtwoord klopt niet. Probeer het opnieuw.", login, target
            )
        response = RedirectResponse(target, 303)
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(SESSION.total_seconds()),
            path="/desk",
            httponly=True,
            samesite="lax",
            secure=self._made.settings.https,
        )
        response.delete_cookie(FIRST_COOKIE, path="/desk")
        return response

    def _try(self, login: str, password: str, address: str) -> str | None:
        now = self._made.tools.now()
        self._throttle.check(login, address, now)
        # A password longer than any that can be set costs hashing time and nothing else.
        found = log_in(self._made.tools, login, password[:200])
        if found is None:
            self._throttle.failed(login, address, now)
            return None
        self._throttle.passed(login, address)
        return found[1]

    def leave(self, ask: Ask) -> Response:
        """``POST /logout``."""
        log_out(self._made.tools, ask.request.cookies[COOKIE])
        response = RedirectResponse("/desk/login", 303)
        response.delete_cookie(COOKIE, path="/desk")
        return response


def _address(request: Request) -> str:
    return request.client.host if request.client else "-"
