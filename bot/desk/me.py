"""My own page: password, second step, where I am logged in."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.bootstrap import Services
from bot.core.errors import BadInput
from bot.desk import second_factor
from bot.desk.accounts import MIN_PASSWORD, change_password
from bot.desk.guard import Ask, Guard
from bot.desk.templating import Pages


class MyPage:
    """The routes of one's own page."""

    def __init__(self, made: Services, pages: Pages) -> None:
        self._made, self._pages, self._tools = made, pages, made.tools

    def routes(self, guard: Guard) -> list[Route]:
        """All routes, relative to ``/desk``."""
        return [
            guard.get("/me", self.show, early=True),
            guard.post("/me/password", self.password),
            guard.post("/me/sessions/end", self.end),
            guard.post("/me/second-factor/begin", self.begin, early=True),
            guard.post("/me/second-factor/confirm", self.confirm, early=True),
        ]

    def show(self, ask: Ask, notice: str = "", status: int = 200) -> Response:
        """The page."""
        with self._tools.look() as uow:
            sessions = uow.staff.sessions_of(ask.staff.id, self._tools.now())
            factor = uow.people.second_factor(ask.staff.id)
        secret = picture = None
        if factor.nonce and not factor.confirmed:
            secret = second_factor.secret_of(self._made.settings.secret_key, ask.staff.id, factor.nonce)
            # Our own drawing of our own address: nothing in it comes from a stranger.
            picture = Markup(second_factor.qr_svg(secret, ask.staff.login))  # noqa: S704
        return self._pages.page(
            "me.html",
            ask,
            status,
            sessions=sessions,
            factor=factor,
            secret=secret,
            picture=picture,
            must=ask.session.second_factor_missing,
            this=ask.session.id,
            least=MIN_PASSWORD,
            notice=notice,
        )

    def password(self, ask: Ask) -> Response:
        """A new password; other logins end."""
        try:
            change_password(
                self._tools,
                ask.staff,
                ask.form.get("old", ""),
                ask.form.get("new", ""),
                ask.session.token_hash,
            )
        except BadInput as error:
            return self.show(ask, error.message, error.status)
        return RedirectResponse("/desk/me", 303)

    def end(self, ask: Ask) -> Response:
        """Ends one of my logins, or all others."""
        with self._tools.begin() as uow:
            wanted = ask.form.get("session", "")
            if wanted == "others":
                uow.staff.close_sessions(ask.staff.id, ask.session.token_hash)
            for session in uow.staff.sessions_of(ask.staff.id, self._tools.now()):
                if session.id == wanted:
                    uow.staff.close_session(session.token_hash)
            uow.commit()
        return RedirectResponse("/desk/me", 303)

    def begin(self, ask: Ask) -> Response:
        """Makes a secret to scan."""
        second_factor.begin(self._tools, ask.staff)
        return RedirectResponse("/desk/me", 303)

    def confirm(self, ask: Ask) -> Response:
        """The first code: from now on every login asks for one."""
        key = self._made.settings.secret_key
        if not second_factor.use_code(self._tools, key, ask.staff.id, ask.form.get("code", "")):
            return self.show(ask, "Deze code klopt niet. Typ de zes cijfers die nu in de app staan.", 422)
        return RedirectResponse("/desk/me", 303)
