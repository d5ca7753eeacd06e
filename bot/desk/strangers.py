"""Forms for who is not logged in (yet): login, code, invitation. Their token comes from a cookie of its own."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.bootstrap import Services
from bot.desk.forms import Form, check_origin, check_token, read_form
from bot.desk.templating import Pages

FIRST_COOKIE = "desk_login"
"""Carries a random value before anybody is logged in; the form's token is made from it."""


class Strangers:
    """Shows and reads the forms of strangers."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages = made, pages

    def sign(self, purpose: str, value: str) -> str:
        """A signature that only this helpdesk can make."""
        return hmac.new(
            self._made.settings.secret_key.encode(), f"{purpose}:{value}".encode(), hashlib.sha256
        ).hexdigest()

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """A page with a form; its template puts ``token`` into the field ``csrf``."""
        value = request.cookies.get(FIRST_COOKIE) or secrets.token_urlsafe(24)
        response = self._pages.page(
            template, None, status, {"Cache-Control": "no-store"}, token=self.sign("form", value), **values
        )
        self.set_cookie(response, FIRST_COOKIE, value)
        return response

    async def form(self, request: Request) -> Form:
        """What such a form sent. Raises `NotAllowed` if it is not ours."""
        check_origin(request)
        form = await read_form(request)
        check_token(form.get("csrf", ""), self.sign("form", request.cookies.get(FIRST_COOKIE, "")))
        return form

    def set_cookie(self, response: Response, name: str, value: str, max_age: int | None = None) -> None:
        """Sets a cookie that scripts cannot read and other sites do not send."""
        response.set_cookie(
            name,
            value,
            max_age=max_age,
            path="/desk",
            httponly=True,
            samesite="lax",
            secure=self._made.settings.https,
        )


def address(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else "-"
